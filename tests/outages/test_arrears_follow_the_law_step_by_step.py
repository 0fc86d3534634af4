"""Nobody is cut off for money before every legal step: each refusal names the step."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from outages.lifecycles.outage import Status
from outages.models import Interruption, Outage, OutageEvent
from outages.permissions import can
from outages.services import announcing, arrears, drafting, running
from outages.services.drafting import Debt
from outages.vocabulary import OutageKind
from sla.ground.errors import OutOfOrder, Refused
from tests.cast import NOW, sun
from tests.grid import grid, zhou
from tests.outages.lives import GARDEN, START, ZHANG_HOME, drafted, fault

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
MINUTE = timedelta(minutes=1)
DEBT = Debt(TODAY - timedelta(days=31), (TODAY - timedelta(days=10),), True)


def _owing(debt: Debt | None = DEBT, **facts):
    return drafted(
        *facts.pop("scope", [ZHANG_HOME]),
        **{
            "kind": OutageKind.ARREARS, "reason": "逾期未交电费", "ends_at": None,
            "arrears": debt,
        }
        | facts,
    )  # fmt: skip


def _approved(debt: Debt = DEBT, **facts):
    outage = _owing(debt, **facts)
    announcing.approve(outage, by=sun(), at=NOW)
    return outage


def _told(debt: Debt = DEBT):
    outage = _approved(debt)
    announcing.announce(outage, by=sun(), at=NOW)
    return outage


def _ready():
    outage = _told()
    arrears.report_to_district(outage, reference="西能报12号", by=zhou(), at=NOW)
    arrears.give_final_notice(outage, by=zhou(), at=START - timedelta(minutes=30))
    return outage


def test_with_every_step_done_the_account_is_cut_and_brought_back():
    net = grid()
    outage = _ready()

    running.begin(outage, by=zhou(), at=START)
    arrears.record_payment(outage, by=zhou(), at=START + timedelta(hours=5))
    running.restore(outage, by=zhou(), at=START + timedelta(hours=29))

    row = outage.interruptions.get()
    assert (row.transformer, row.households, row.whole) == (net.garden, 1, False)
    assert outage.cause == "unpaid"
    told = OutageEvent.objects.get(reference=outage.number, action="restore")
    assert told.payload["restored_late"] is False
    assert not Outage.objects.public().exists()


def test_more_than_a_day_after_payment_is_flagged():
    grid()
    outage = _ready()
    running.begin(outage, by=zhou(), at=START)
    arrears.record_payment(outage, by=zhou(), at=START)

    running.restore(outage, by=zhou(), at=START + timedelta(hours=24) + MINUTE)

    told = OutageEvent.objects.get(reference=outage.number, action="restore")
    assert told.payload["restored_late"] is True


def test_power_may_come_back_though_nobody_paid():
    grid()
    outage = _ready()
    running.begin(outage, by=zhou(), at=START)

    running.restore(outage, by=zhou(), at=START + timedelta(days=90))

    told = OutageEvent.objects.get(reference=outage.number, action="restore")
    assert told.payload["unpaid"] is True
    assert Interruption.objects.get().seconds == 90 * 86400


def test_thirty_days_are_not_more_than_thirty():
    grid()
    outage = _owing(Debt(TODAY - timedelta(days=30), (TODAY,)))

    with pytest.raises(
        Refused, match="逾期30日，须超过30日才能停电（《电力供应与使用条例》第39条）"
    ):
        announcing.approve(outage, by=sun(), at=NOW)


def test_who_was_never_reminded_is_not_cut():
    grid()
    outage = _owing(Debt(TODAY - timedelta(days=31)))

    with pytest.raises(Refused, match="缺少催交记录"):
        announcing.approve(outage, by=sun(), at=NOW)


def test_approval_takes_a_second_person():
    grid()
    outage = _owing()

    with pytest.raises(Refused, match="另一人批准"):
        announcing.approve(outage, by=zhou(), at=NOW)


def test_notice_comes_seven_days_before_or_not_at_all():
    grid()
    outage = _approved()

    with pytest.raises(Refused, match="提前7日送达（《民法典》第654条"):
        announcing.announce(
            outage, by=sun(), at=START - timedelta(days=7) + MINUTE, late_reason="急"
        )
    announcing.announce(outage, by=sun(), at=START - timedelta(days=7))

    assert outage.status == Status.ANNOUNCED


def test_a_compound_is_reported_before_it_is_cut():
    grid()
    outage = _told()
    arrears.give_final_notice(outage, by=zhou(), at=START - timedelta(hours=1))

    with pytest.raises(
        OutOfOrder, match="报告所在区能源（电力）管理部门（天津行动计划三-12"
    ):
        running.begin(outage, by=zhou(), at=START)
    with pytest.raises(ValidationError, match="报告文号"):
        arrears.report_to_district(outage, reference=" ", by=zhou(), at=START)


def test_without_a_compound_there_is_nothing_to_report():
    grid()
    outage = _told(Debt(DEBT.due_on, DEBT.reminded_on, residential_compound=False))

    with pytest.raises(Refused, match="不涉及居民住宅小区"):
        arrears.report_to_district(outage, reference="1号", by=zhou(), at=NOW)
    arrears.give_final_notice(outage, by=zhou(), at=START - timedelta(hours=1))
    running.begin(outage, by=zhou(), at=START)

    assert outage.status == Status.UNDER_WAY


@pytest.mark.parametrize(
    "ahead", [timedelta(minutes=29), timedelta(hours=24) + MINUTE, timedelta()]
)
def test_the_last_notice_is_neither_too_late_nor_too_early(ahead):
    grid()
    outage = _told()

    with pytest.raises(OutOfOrder, match="停电前24小时内、至少提前30分钟"):
        arrears.give_final_notice(outage, by=zhou(), at=START - ahead)


def test_without_the_last_notice_nothing_begins():
    grid()
    outage = _told()
    arrears.report_to_district(outage, reference="1号", by=zhou(), at=NOW)

    with pytest.raises(OutOfOrder, match="停电前30分钟再次通知用户"):
        running.begin(outage, by=zhou(), at=START)


def test_a_last_notice_of_yesterday_is_given_again():
    grid()
    outage = _ready()
    late = START + timedelta(hours=24)

    with pytest.raises(
        OutOfOrder, match="再次通知（2026年9月9日08:30）须在停电前24小时内"
    ):
        running.begin(outage, by=zhou(), at=late)


def test_a_moved_cut_needs_its_days_and_its_last_notice_again():
    grid()
    outage = _ready()
    at = START - MINUTE
    with pytest.raises(Refused, match="提前7日"):
        announcing.reschedule(
            outage, starts_at=START + timedelta(days=6), ends_at=None, reason="改期",
            by=sun(), at=at, late_reason="急",
        )  # fmt: skip

    announcing.reschedule(
        outage, starts_at=START + timedelta(days=8), ends_at=None, reason="改期",
        by=sun(), at=at,
    )  # fmt: skip

    outage.arrears.refresh_from_db()
    assert outage.arrears.final_notice_at is None


def test_who_paid_is_not_cut():
    grid()
    outage = _ready()
    arrears.record_payment(outage, by=zhou(), at=START)

    with pytest.raises(Refused, match="已于2026年9月9日09:00交清电费，不得停电"):
        running.begin(outage, by=zhou(), at=START)
    with pytest.raises(OutOfOrder, match="登记交清"):
        arrears.record_payment(outage, by=zhou(), at=START)


def test_arrears_concern_accounts_and_nobody_else():
    grid()

    with pytest.raises(ValidationError, match="只针对欠费的户号"):
        _owing(scope=[ZHANG_HOME, GARDEN])
    with pytest.raises(ValidationError, match="到期日和催交记录"):
        _owing(None)
    with pytest.raises(ValidationError, match="只有欠费停电才填写"):
        drafted(arrears=DEBT)


@pytest.mark.parametrize("day", [TODAY + timedelta(days=1), DEBT.due_on])
def test_reminders_lie_between_the_due_day_and_today(day):
    grid()

    with pytest.raises(ValidationError, match="催交日期"):
        _owing(Debt(DEBT.due_on, (day,)))


def test_the_steps_of_arrears_are_for_arrears_alone():
    grid()
    outage = fault()

    with pytest.raises(Refused, match="只有欠费停电"):
        arrears.record_payment(outage, by=zhou(), at=NOW)


def test_nobody_estimates_when_a_debt_is_paid():
    grid()
    outage = _ready()
    running.begin(outage, by=zhou(), at=START)

    allowed, why = can("estimate", outage, by=zhou(), at=START)

    assert not allowed
    assert "24小时内恢复" in why


def test_a_changed_draft_keeps_its_debt_until_it_is_something_else():
    grid()
    outage = _owing()

    drafting.change(outage, reason="逾期三个月", by=zhou(), at=NOW)
    assert drafting.debt_of(outage) == DEBT
    drafting.change(
        outage, kind=OutageKind.PLANNED, scope=[GARDEN], ends_at=START + MINUTE,
        by=zhou(), at=NOW,
    )  # fmt: skip

    assert drafting.debt_of(outage) is None
