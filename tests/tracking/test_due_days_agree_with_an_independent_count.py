"""Every date on the page, counted again by another library, a day at a time."""

from datetime import date, timedelta
from typing import Any

import chinese_calendar
import pytest

from applications.lifecycle import Status
from applications.selectors import progress
from applications.services import acceptance
from applications.services.acceptance import Survey
from applications.services.filing import Need
from sla.vocabulary import Stage, UserType
from tests import cast
from tests.cast import at

pytestmark = pytest.mark.django_db

STAGES = {
    UserType.LOW_VOLTAGE: {"acceptance": 1, "plan_reply": 3, "connection": 2},
    UserType.HIGH_VOLTAGE_SINGLE: {
        "acceptance": 1,
        "plan_reply": 10,
        "design_review": 3,
        "mid_inspection": 2,
        "final_inspection": 3,
        "connection": 3,
    },
}
STAGES[UserType.HIGH_VOLTAGE_DUAL] = STAGES[UserType.HIGH_VOLTAGE_SINGLE] | {
    "plan_reply": 20
}
STAGES[UserType.EXTRA_HIGH_SINGLE] = STAGES[UserType.HIGH_VOLTAGE_SINGLE]


def counted(start: date, days: int) -> date:
    """Walk to the n-th working day after a date, asking for each day in turn."""
    while days:
        start += timedelta(days=1)
        days -= bool(chinese_calendar.is_workday(start))
    return start


def worked(after: date, until: date) -> int:
    """Count the working days after one date up to another."""
    days = (until - after).days
    return sum(
        bool(chinese_calendar.is_workday(after + timedelta(days=n + 1)))
        for n in range(days)
    )


@pytest.mark.parametrize(
    ("need", "survey", "user_type"),
    [
        (cast.SCHOOL, Survey(), UserType.LOW_VOLTAGE),
        (cast.FACTORY, Survey(concealed_works=True), UserType.HIGH_VOLTAGE_SINGLE),
        (cast.HOSPITAL, Survey(important=True), UserType.HIGH_VOLTAGE_DUAL),
        (cast.DATA_CENTRE, Survey(), UserType.EXTRA_HIGH_SINGLE),
    ],
)
def test_every_stage_of_every_user_type(
    need: Need, survey: Survey, user_type: str
) -> None:
    """Start before 国庆 and move every third day, so that rest days lie in the way."""
    day = date(2026, 9, 23)
    application = cast.submitted(need, moment=at(str(day)))
    seen = []
    while application.status != Status.ENERGISED:
        for card in progress.read(
            application, at=at(str(day), "16:00"), viewer=None
        ).cards:
            if card.current and not card.is_total:
                limit = STAGES[UserType(user_type)][card.stage]
                assert card.due_on == counted(day, limit), card.title
                assert (card.used, card.limit) == (0, limit)
                seen.append(card.stage)
        began, day = day, day + timedelta(days=3)
        cast.step(application, at(str(day)), survey)
        for node in progress.read(application, at=at(str(day)), viewer=None).timeline:
            if node.at == at(str(day)) and node.state == "done" and node.limit:
                assert node.used == worked(began, day)
    assert application.user_type == user_type
    assert set(seen) == {stage.value for stage in application.route}


@pytest.mark.parametrize(("external_line", "limit"), [(False, 5), (True, 15)])
def test_the_whole_process_of_three_zero(external_line: bool, limit: int) -> None:
    start = date(2026, 9, 30)
    application = cast.submitted(moment=at(str(start), "23:59"))
    cast.step(application, at("2026-10-08"), Survey(external_line=external_line))
    (card,) = progress.read(application, at=at("2026-10-09"), viewer=None).cards
    assert card.due_on == counted(start, limit)
    assert (card.used, card.limit) == (worked(start, date(2026, 10, 9)), limit)


def test_a_pause_over_the_holidays_moves_the_day_by_what_it_took() -> None:
    application = cast.submitted(cast.FACTORY, moment=at("2026-09-28"))
    owner: Any = application.filed_by
    acceptance.return_for_supplement(
        application, by=cast.wang(), at=at("2026-09-28", "15:00"), missing=["property"]
    )
    cast.hand_in(application, "property", by=owner, moment=at("2026-10-12"))
    acceptance.supplement(application, by=owner, at=at("2026-10-12"))
    card = progress.read(application, at=at("2026-10-12"), viewer=None).cards[0]
    assert card.stage == Stage.ACCEPTANCE
    assert card.due_on == counted(date(2026, 10, 12), 1) == date(2026, 10, 13)
