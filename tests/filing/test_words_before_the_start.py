"""What is promised comes from the limits in force, and nothing is promised without."""

import pytest

from applications.selectors import brochure
from applications.selectors.outlook import outlook
from sla.models import PolicyLimit
from sla.vocabulary import Stage, UserType
from tests import cast
from tests.filing import walking

pytestmark = pytest.mark.django_db


def test_the_limits_are_those_in_force():
    told = [(time.who, time.days) for time in brochure.limits(at=cast.NOW)]

    assert [days for _who, days in told] == [
        "5 个工作日",
        "6 个工作日",
        "22 个工作日",
        "32 个工作日",
    ]


def test_without_policies_nothing_is_promised():
    PolicyLimit.objects.all().delete()

    assert brochure.limits(at=cast.NOW) == []


def test_without_a_longer_limit_none_is_named():
    lines = PolicyLimit.objects.filter(user_type=UserType.THREE_ZERO_LINE)
    lines.filter(stage=Stage.TOTAL).delete()

    assert "新架" not in brochure.limits(at=cast.NOW)[0].note


def test_one_limit_for_both_is_named_once():
    rows = PolicyLimit.objects.filter(stage=Stage.TOTAL)
    rows.filter(user_type=UserType.THREE_ZERO_LINE).update(value=5)

    told = outlook(cast.drafted(), at=cast.NOW)

    assert told is not None
    assert "新架线路" not in told.explained


def test_a_limit_that_leaves_the_calendar_has_no_date():
    told = outlook(cast.drafted(cast.SCHOOL), at=cast.at("2100-12-31"))

    assert told is not None
    assert [promise.due_on for promise in told.promises] == [None, None, None]
    assert told.promises[0].within == "提交后 1 个工作日内"


def test_who_is_to_bring_what():
    kinds = {kind.who: kind for kind in brochure.papers()}

    assert kinds["居民家庭"].now == ["用电人有效身份证件"]
    assert kinds["居民家庭"].later == ["用电地址权属证明"]


def test_an_agent_is_named_on_the_last_page():
    client = walking.browser_of(cast.chen())
    draft = walking.begin(client)
    client.post(f"{draft}need/", walking.SHOP.need)
    client.post(f"{draft}person/", {**walking.COMPANY, "is_agent": "on"})

    assert "由他人代办" in walking.text_of(client.get(f"{draft}check/"))
