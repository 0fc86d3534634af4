"""Each manager finds one digest at 08:30 of a working day."""

import pytest

from applications.services import casework
from portal.notices.models import Message
from portal.notices.services import digest
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("laws")]

MORNING = cast.at("2026-09-02", "08:30")


def claimed(moment=cast.NOW):
    case = cast.submitted(cast.SCHOOL, moment=moment)
    casework.claim(case, by=cast.wang(), at=moment)
    return case


def text_for(person) -> str:
    return Message.objects.get(about__startswith="digest:", recipient=person).text


def test_it_lists_what_is_due_today_and_what_is_late():
    late = claimed(cast.at("2026-08-28"))
    due = claimed()
    assert digest.run(at=MORNING) == 1
    text = text_for(cast.wang())
    assert f"已超期 1 件：{late.number}" in text
    assert f"今日到期 1 件：{due.number}" in text


def test_what_nobody_claimed_is_counted_for_its_district_alone():
    cast.li()
    cast.wang()
    cast.submitted(cast.SCHOOL)
    digest.run(at=MORNING)
    assert "未认领 1 件" in text_for(cast.wang())
    assert not Message.objects.filter(recipient=cast.li()).exists()


def test_an_empty_desk_gets_no_digest():
    cast.wang()
    assert digest.run(at=MORNING) == 0


def test_it_is_written_once_however_often_it_is_asked_for():
    claimed()
    assert digest.run(at=MORNING) == 1
    assert digest.run(at=cast.at("2026-09-02", "08:40")) == 0
    assert Message.objects.filter(about="digest:2026-09-02").count() == 1


def test_a_late_morning_still_gets_it():
    claimed()
    assert digest.run(at=cast.at("2026-09-02", "11:50")) == 1


@pytest.mark.parametrize(
    "moment",
    [
        cast.at("2026-09-02", "08:29"),
        cast.at("2026-09-05", "08:30"),
        cast.at("2026-10-01", "08:30"),
    ],
    ids=["too early", "Saturday", "National Day"],
)
def test_there_is_none_before_half_past_eight_or_on_rest_days(moment):
    claimed()
    assert digest.run(at=moment) == 0


def test_a_saturday_that_is_worked_has_its_digest():
    claimed()
    assert digest.run(at=cast.at("2026-10-10", "08:30")) == 1


def test_a_long_list_is_cut():
    for _ in range(12):
        claimed()
    digest.run(at=MORNING)
    text = text_for(cast.wang())
    assert "今日到期 12 件" in text
    assert "……" in text


def test_its_queries_do_not_grow_with_the_cases(django_assert_max_num_queries):
    for _ in range(5):
        claimed()
    cast.zhao()
    with django_assert_max_num_queries(14):
        digest.run(at=MORNING)
