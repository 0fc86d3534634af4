"""为什么是这一天: start, limit with its source, each date's verdict, pauses."""

from datetime import date

import pytest

from applications.lifecycle import Status
from applications.models import Application
from applications.selectors import progress
from applications.services import acceptance
from applications.services.acceptance import Survey
from sla.models import Clock, PolicyLimit
from sla.services import calendars, recompute
from tests import cast
from tests.cast import at
from tests.tracking.visits import browser_of, on, page_of, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def accepted() -> Application:
    """A factory accepted on 2026-09-28: the plan's ten days cross 国庆."""
    return cast.walk(Status.ACCEPTED, cast.FACTORY, moment=at("2026-09-28"))


def clock_of(application: Application, stage: str = "plan_reply") -> Clock:
    return Clock.objects.of(str(application.number)).get(stage=stage)


def address(application: Application, clock: Clock) -> str:
    return f"{page_of(application)}why/{clock.pk}/"


def test_every_date_has_its_verdict(accepted: Application) -> None:
    why = progress.why(clock_of(accepted), at=at("2026-09-30"))
    verdicts = {entry.date: entry.verdict for entry in why.ledger}
    assert why.due_on == date(2026, 10, 16)
    assert verdicts[date(2026, 10, 1)] == "法定节假日"
    assert verdicts[date(2026, 10, 10)] == "调休上班"
    assert verdicts[date(2026, 10, 11)] == "周末"
    assert sum(entry.counted for entry in why.ledger) == 10


def test_the_limit_names_document_and_clause(accepted: Application) -> None:
    why = progress.why(clock_of(accepted), at=at("2026-09-30"))
    assert "2025-2029年" in why.document
    assert why.clause == "附件2"
    assert why.valid_from == date(2025, 7, 1)


def test_the_page_is_the_same_for_applicant_staff_and_regulator(
    accepted: Application,
) -> None:
    path = address(accepted, clock_of(accepted))
    with on(at("2026-09-30")):
        told = [
            text_of(browser_of(person).get(path)).partition("需要帮忙")[0]
            for person in (accepted.filed_by, cast.wang(), cast.liu())
        ]
    for said in told:
        assert "为什么是10月16日（周五）" in said
        assert "国庆节" in said
        assert "附件2" in said


def test_others_do_not_see_it(accepted: Application) -> None:
    path = address(accepted, clock_of(accepted))
    with on(at("2026-09-30")):
        assert browser_of(cast.zhang()).get(path).status_code == 404
        assert browser_of(cast.li()).get(path).status_code == 404


def test_a_clock_of_another_application_is_not_shown_under_this_one(
    accepted: Application,
) -> None:
    other = cast.submitted(cast.SCHOOL, moment=at("2026-09-28"))
    with on(at("2026-09-30")):
        client = browser_of(accepted.filed_by)
        assert (
            client.get(address(accepted, clock_of(other, "total"))).status_code == 404
        )


def test_a_pause_is_told_with_its_reason() -> None:
    application = cast.submitted(cast.FACTORY, moment=at("2026-11-02"))
    acceptance.return_for_supplement(
        application, by=cast.wang(), at=at("2026-11-02", "15:00"), missing=["property"]
    )
    clock = clock_of(application, "acceptance")
    why = progress.why(clock, at=at("2026-11-05"))
    assert why.due_on is None
    assert why.pauses == ("11月2日（周一）起暂停至今：一次性告知补正",)
    assert {entry.verdict for entry in why.ledger} == {"暂停"}
    with on(at("2026-11-05")):
        said = text_of(
            browser_of(application.filed_by).get(address(application, clock))
        )
    assert "时限怎么算" in said
    cast.hand_in(
        application, "property", by=application.filed_by, moment=at("2026-11-06")
    )
    acceptance.supplement(application, by=application.filed_by, at=at("2026-11-06"))
    why = progress.why(clock, at=at("2026-11-09"))
    assert why.pauses == ("11月2日（周一）暂停，11月6日（周五）恢复：一次性告知补正",)


def test_a_changed_limit_says_when_and_why() -> None:
    application = cast.submitted(moment=at("2026-11-02"))
    acceptance.accept(
        application,
        by=cast.wang(),
        at=at("2026-11-03"),
        survey=Survey(external_line=True),
    )
    clock = clock_of(application, "total")
    why = progress.why(clock, at=at("2026-11-05"))
    assert [(c.value, c.reason) for c in why.changes] == [
        (15, "受理时核定用户类型和办理环节")
    ]
    with on(at("2026-11-05")):
        said = text_of(
            browser_of(application.filed_by).get(address(application, clock))
        )
    assert "改为 15 个工作日" in said


def test_a_recomputed_day_says_that_it_was() -> None:
    application = cast.walk(Status.ACCEPTED, cast.FACTORY, moment=at("2026-11-02"))
    calendars.record(
        region="120000",
        title="临时放假",
        source="津政办发〔2026〕1号",
        published_on=date(2026, 11, 3),
        days={date(2026, 11, 6): (False, "全运会")},
        by="孙运维",
    )
    recompute.run(at=at("2026-11-04"), by="孙运维")
    why = progress.why(clock_of(application), at=at("2026-11-04"))
    assert why.recomputed
    assert why.due_on == date(2026, 11, 17)
    assert "津政办发〔2026〕1号" in {e.note.split(" · ")[-1] for e in why.ledger}


def test_a_provisional_day_says_so() -> None:
    application = cast.walk(Status.ACCEPTED, cast.FACTORY, moment=at("2026-12-25"))
    clock = clock_of(application)
    with on(at("2026-12-28")):
        said = text_of(
            browser_of(application.filed_by).get(address(application, clock))
        )
    assert "暂定" in said
    assert "放假安排已公布到 2026年12月31日。" in said


def test_a_sum_without_a_limit_of_its_own_says_so() -> None:
    PolicyLimit.objects.filter(stage="total", user_type="high_voltage_single").delete()
    application = cast.submitted(cast.FACTORY, moment=at("2026-09-28"))
    why = progress.why(clock_of(application, "total"), at=at("2026-09-30"))
    assert (why.document, why.clause) == ("", "附件2：各环节时限之和")
    with on(at("2026-09-30")):
        page = browser_of(application.filed_by).get(
            address(application, clock_of(application, "total"))
        )
    assert "附件2：各环节时限之和" in text_of(page)


def test_a_summed_whole_says_what_it_adds_up(accepted: Application) -> None:
    cards = progress.read(accepted, at=at("2026-09-30"), viewer=None).cards
    total = next(card for card in cards if card.is_total)
    assert total.title == "供电企业各环节合计 · 国家时限"
    assert total.limit == 17
    assert "各环节之和" in total.source
