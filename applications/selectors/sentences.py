"""How deadlines are said: plain sentences, the same on every page, in every message."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.lifecycle import Turn
from applications.selectors.reckoned import Timed
from sla.vocabulary import ClockState, Stage
from sla.words import amount, day, month_day

# What the utility has done by the promised day.
DONE_BY = {
    Stage.ACCEPTANCE: gettext_lazy("答复是否受理"),
    Stage.PLAN_REPLY: gettext_lazy("答复"),
    Stage.DESIGN_REVIEW: gettext_lazy("完成审查"),
    Stage.MID_INSPECTION: gettext_lazy("完成检查"),
    Stage.FINAL_INSPECTION: gettext_lazy("完成检验"),
    Stage.CONNECTION: gettext_lazy("送电"),
    Stage.TOTAL: gettext_lazy("送电"),
}


def promise(timed: Timed, *, waiting: str = "") -> str:
    """Say what is promised by when: days left, today, overdue, paused, or how it ended.

    ``waiting`` says for whom a paused clock waits.
    """
    if timed.clock.state == ClockState.PAUSED:
        return _paused(timed, waiting)
    if timed.clock.state != ClockState.RUNNING or timed.due_on is None:
        return _ended(timed)
    said = _running(timed)
    return said + _("（暂定）") if timed.clock.provisional else said


def _running(timed: Timed) -> str:
    assert timed.due_on is not None, "a running clock has its day"
    tone, over = timed.tone, timed.reckoning.overdue_by
    facts = {
        "day": day(timed.due_on, today=timed.today),
        "done": DONE_BY[Stage(timed.clock.stage)],
    }
    if tone == "due_today":
        return _("今日到期，%(day)s 24:00前%(done)s") % facts
    if tone != "overdue":
        facts["left"] = amount(max(timed.reckoning.remaining, 0), timed.unit)
        return _("还剩 %(left)s，%(day)s前%(done)s") % facts
    if over:
        facts["over"] = amount(over, timed.unit)
        return _("已超期 %(over)s，应在%(day)s前%(done)s") % facts
    return _("已超期，应在%(day)s前%(done)s") % facts


def _paused(timed: Timed, waiting: str) -> str:
    since = timed.paused_since
    assert since is not None, "a paused clock knows since when"
    facts = {"who": waiting, "since": month_day(since)}
    if waiting:
        return _("暂停：%(who)s（%(since)s起）") % facts
    return _("计时暂停（%(since)s起）") % facts


def _ended(timed: Timed) -> str:
    used = amount(timed.used, timed.unit)
    if timed.clock.state == ClockState.MET:
        return _("按时完成，用时 %(used)s") % {"used": used}
    if timed.clock.state == ClockState.CANCELLED:
        return _("计时已终止，已用 %(used)s") % {"used": used}
    return _missed(timed, used)


def _missed(timed: Timed, used: str) -> str:
    """Say both days: five of five days used may be late by a weekend."""
    if timed.due_on is None or timed.ended_on is None:
        return _("超期完成，用时 %(used)s") % {"used": used}
    return _("超期完成：应在%(due)s前，实际%(ended)s，用时 %(used)s") % {
        "due": day(timed.due_on, today=timed.today),
        "ended": day(timed.ended_on, today=timed.today),
        "used": used,
    }


def tone_label(timed: Timed) -> str:
    """Say the tone of a clock in the few words of a chip."""
    over = timed.reckoning.overdue_by
    if timed.tone == "overdue" and over:
        return _("超期 %(over)s") % {"over": amount(over, timed.unit)}
    return str(TONES[timed.tone])


TONES = {
    "normal": gettext_lazy("正常"),
    "warning": gettext_lazy("预警"),
    "due_today": gettext_lazy("今日到期"),
    "overdue": gettext_lazy("超期"),
    "paused": gettext_lazy("暂停"),
    "met": gettext_lazy("按时完成"),
    "missed": gettext_lazy("超期完成"),
    "cancelled": gettext_lazy("已终止"),
}


def done_by(whose: Turn, *, own: bool) -> str:
    """Say who does a step that lies ahead."""
    if whose is Turn.APPLICANT:
        return _("由您办理") if own else _("由申请人办理")
    return _("由%(who)s办理") % {"who": whose.label}


def turn(whose: Turn, *, own: bool) -> str:
    """Say whose turn it is; ``own`` when the reader is the applicant."""
    if whose is Turn.APPLICANT:
        return _("轮到您办理") if own else _("轮到申请人办理")
    if whose is Turn.NOBODY:
        return ""
    return _("轮到%(who)s办理") % {"who": whose.label}
