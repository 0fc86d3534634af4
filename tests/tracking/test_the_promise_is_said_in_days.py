"""One sentence says how much time is left, and it is the same on every page."""

from datetime import datetime

import pytest

from applications.lifecycle import Status
from applications.models import Application
from applications.selectors import progress, reckoned, sentences
from applications.selectors.headline import Headline
from applications.services import acceptance, casework, connecting, planning
from applications.services.acceptance import Survey
from sla import words
from sla.services import sweep
from tests import cast
from tests.cast import at

pytestmark = pytest.mark.django_db


def told(application: Application, moment: datetime) -> Headline:
    return progress.read(application, at=moment, viewer=application.filed_by).headline


@pytest.fixture
def accepted() -> Application:
    """A factory accepted on Friday 2026-11-06: the plan is due on the 20th."""
    return cast.walk(Status.ACCEPTED, cast.FACTORY, moment=at("2026-11-06"))


@pytest.mark.parametrize(
    ("day", "sentence", "tone", "label"),
    [
        ("2026-11-06", "还剩 10 个工作日，11月20日（周五）前答复", "normal", "正常"),
        ("2026-11-17", "还剩 3 个工作日，11月20日（周五）前答复", "normal", "正常"),
        ("2026-11-18", "还剩 2 个工作日，11月20日（周五）前答复", "warning", "预警"),
        ("2026-11-19", "还剩 1 个工作日，11月20日（周五）前答复", "warning", "预警"),
        (
            "2026-11-20",
            "今日到期，11月20日（周五） 24:00前答复",
            "due_today",
            "今日到期",
        ),
        ("2026-11-21", "已超期，应在11月20日（周五）前答复", "overdue", "超期"),
        (
            "2026-11-24",
            "已超期 2 个工作日，应在11月20日（周五）前答复",
            "overdue",
            "超期 2 个工作日",
        ),
    ],
)
def test_the_days_run_down(
    accepted: Application, day: str, sentence: str, tone: str, label: str
) -> None:
    headline = told(accepted, at(day))
    assert (headline.promise, headline.tone, headline.label) == (sentence, tone, label)


def test_the_sentence_is_the_same_whether_the_sweep_ran_or_not(
    accepted: Application,
) -> None:
    moment = at("2026-11-24")
    before = told(accepted, moment)
    sweep.run(at=moment)
    assert told(accepted, moment) == before


def test_timeline_headline_and_card_agree(accepted: Application) -> None:
    read = progress.read(accepted, at=at("2026-11-18"), viewer=accepted.filed_by)
    node = next(node for node in read.timeline if node.state == "current")
    card = read.cards[0]
    assert node.promise == card.sentence == read.headline.promise
    assert (node.used, node.limit) == (card.used, card.limit) == (8, 10)
    assert (node.title, node.turn) == ("供电方案答复", "轮到供电企业办理")


def test_a_supplement_pauses_and_says_for_whom() -> None:
    application = cast.submitted(cast.FACTORY, moment=at("2026-11-19"))
    acceptance.return_for_supplement(
        application, by=cast.wang(), at=at("2026-11-20"), missing=["property"]
    )
    headline = told(application, at("2026-11-30"))
    assert headline.promise == "暂停：等待您补正（11月20日起）"
    assert (headline.turn, headline.yours) == ("轮到您办理", True)
    read = progress.read(application, at=at("2026-11-30"), viewer=cast.wang())
    assert read.headline.promise == "暂停：等待申请人补正（11月20日起）"
    assert read.headline.turn == "轮到申请人办理"


def test_a_permit_pauses_the_utility_and_names_the_government() -> None:
    school = cast.submitted(cast.SCHOOL, moment=at("2026-11-16"))
    acceptance.accept(
        school, by=cast.wang(), at=at("2026-11-16"), survey=Survey(external_line=True)
    )
    casework.wait_for_permit(
        school, by=cast.wang(), at=at("2026-11-17"), authority="城市管理委"
    )
    headline = told(school, at("2026-11-25"))
    assert headline.promise == "暂停：等待行政审批（11月17日起）"
    assert headline.turn == "轮到行政审批部门办理"
    assert headline.says == "正在等待行政审批，办结后供电企业继续办理。"


def test_a_date_beyond_the_official_notices_is_provisional() -> None:
    application = cast.walk(Status.ACCEPTED, cast.FACTORY, moment=at("2026-12-25"))
    headline = told(application, at("2026-12-28"))
    assert headline.promise == "还剩 9 个工作日，2027年1月11日（周一）前答复（暂定）"
    assert headline.provisional


def test_the_answer_to_a_plan_has_a_day_of_its_own() -> None:
    application = cast.walk(Status.PLAN_REPLIED, cast.FACTORY, moment=at("2026-11-06"))
    headline = told(application, at("2026-11-09"))
    assert headline.promise == "暂停：等待您办理（11月6日起）"
    assert headline.notes == (
        "方案有效期至2027年11月6日（周六），请在此之前确认或提出异议。",
    )


def test_an_extension_moves_that_day() -> None:
    application = cast.walk(Status.PLAN_REPLIED, moment=at("2026-11-06"))
    planning.extend_plan(application, by=application.filed_by, at=at("2026-12-01"))
    assert "2027年5月6日（周四）" in told(application, at("2026-12-02")).notes[0]


def test_the_whole_process_of_three_zero_goes_on_while_the_applicant_is_asked() -> None:
    application = cast.walk(Status.PLAN_REPLIED, moment=at("2026-11-16"))
    headline = told(application, at("2026-11-18"))
    assert headline.promise == "还剩 3 个工作日，11月23日（周一）前送电"
    assert headline.notes[-1].startswith("“三零”服务按全过程计时")


def test_three_zero_shows_gross_and_net_and_is_judged_on_gross() -> None:
    application = cast.submitted(moment=at("2026-11-02"))
    cast.step(application, at("2026-11-02", "15:00"))
    cast.step(application, at("2026-11-03"))
    cast.step(application, at("2026-11-10"))
    cast.step(application, at("2026-11-10", "15:00"))
    cast.step(application, at("2026-11-11"))
    card = progress.read(application, at=at("2026-11-12"), viewer=None).cards[0]
    assert (card.used, card.net_used, card.limit) == (7, 2, 5)
    assert (card.state, card.label) == ("missed", "超期完成")


def test_what_ended_late_says_both_days_also_when_no_working_day_lay_between() -> None:
    application = cast.submitted(moment=at("2026-11-13"))
    for moment in ("2026-11-16", "2026-11-16", "2026-11-16", "2026-11-16"):
        cast.step(application, at(moment))
    cast.step(application, at("2026-11-22"))
    (timed, *_others) = reckoned.of(application.number, at=at("2026-11-23"))
    assert sentences.promise(timed) == (
        "超期完成：应在11月20日（周五）前，实际11月22日（周日），用时 5 个工作日"
    )


def test_a_whole_in_time_names_the_step_that_was_not() -> None:
    application = cast.walk(Status.CONNECTING, cast.SCHOOL, moment=at("2026-11-16"))
    cast.step(application, at("2026-11-19"))
    headline = told(application, at("2026-11-20"))
    assert headline.promise == "按时完成，用时 3 个工作日"
    assert headline.notes == ("超过国家时限的环节：装表接电。这件申请不算“全部按时”。",)


def test_a_grid_upgrade_is_stated_with_its_date_until_it_is_done() -> None:
    application = cast.walk(Status.ACCEPTED, cast.FACTORY, moment=at("2026-11-16"))
    upgrade = casework.Upgrade(
        "友谊线改造", "友谊路", "满载", "城南公司", "周主任", at("2026-12-31").date()
    )
    casework.flag_grid_upgrade(
        application, by=cast.wang(), at=at("2026-11-17"), upgrade=upgrade
    )
    casework.change_upgrade_date(
        application,
        by=cast.wang(),
        at=at("2026-11-18"),
        planned_on=at("2027-01-15").date(),
        reason="物资晚到",
    )
    notes = told(application, at("2026-11-19")).notes
    assert notes[-1].startswith(
        "公共电网需要先升级改造，计划2027年1月15日（周五）前完工"
    )
    casework.clear_grid_upgrade(application, by=cast.wang(), at=at("2026-11-20"))
    assert told(application, at("2026-11-23")).notes == ()


def test_a_server_whose_clock_lags_a_moment_behind_still_answers() -> None:
    application = cast.submitted(cast.FACTORY, moment=at("2026-11-16", "09:00:01"))
    headline = told(application, at("2026-11-16"))
    assert headline.promise == "还剩 1 个工作日，11月17日（周二）前答复是否受理"


def test_other_units_are_said_in_their_own_words() -> None:
    assert words.amount(3, "working_day") == "3 个工作日"
    assert words.amount(7, "calendar_day") == "7 天"
    assert words.amount(45, "minute") == "45 分钟"


def test_a_pause_nobody_is_named_for_is_still_said() -> None:
    application = cast.submitted(cast.FACTORY, moment=at("2026-11-19"))
    acceptance.return_for_supplement(
        application, by=cast.wang(), at=at("2026-11-20"), missing=["property"]
    )
    (timed, *_others) = reckoned.of(application.number, at=at("2026-11-23"))
    assert sentences.promise(timed) == "计时暂停（11月20日起）"


def test_a_draft_has_no_clocks_and_no_past() -> None:
    draft = cast.drafted()
    read = progress.read(draft, at=cast.NOW, viewer=draft.filed_by)
    assert (read.cards, read.timeline) == ([], [])


def test_power_closes_with_the_time_it_took() -> None:
    application = cast.walk(Status.ENERGISED, moment=at("2026-11-16"))
    headline = told(application, at("2026-12-01"))
    assert headline.promise == "按时完成，用时 0 个工作日"
    assert headline.turn == ""
    assert [mark.state for mark in headline.phases] == ["done", "done", "done"]


def test_a_withdrawn_application_promises_nothing() -> None:
    application = cast.submitted(moment=at("2026-11-16"))
    connecting.withdraw(
        application, by=application.filed_by, at=at("2026-11-17"), reason="不装了"
    )
    headline = told(application, at("2026-11-18"))
    assert (headline.promise, headline.limit) == ("", None)
    assert [mark.state for mark in headline.phases] == ["ended", "future", "future"]


@pytest.mark.parametrize(
    ("need", "says"),
    [
        (cast.HOME, "方案已确认，请签订供用电合同。"),
        (cast.FACTORY, "方案已确认，请选择施工单位并登记。"),
        (cast.DATA_CENTRE, "方案已确认，请选择设计单位并登记。"),
    ],
)
def test_after_the_plan_the_next_step_depends_on_the_road(
    need: object, says: str
) -> None:
    application = cast.walk(Status.PLAN_CONFIRMED, need)  # type: ignore[arg-type]
    assert told(application, cast.NOW).says == says
