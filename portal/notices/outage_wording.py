"""What people are told of outages, repairs and governance: tables, proved to be total.

As in ``wording``: nothing that identifies anybody, and nothing that anybody typed but
what its reader calls a place.
Moments are said in Beijing time.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from outages.models import Lane, Outage
from portal.notices.wording import Text
from sla.engine import SHANGHAI
from sla.words import short_day


@dataclass(frozen=True, slots=True)
class News:
    """One piece of news: its title, its sentence, and in which lane it goes out.

    Sentences are filled from ``facts_of`` and ``whom``: whose power it is.
    """

    subject: Text
    text: Text
    lane: int

    def say(self, facts: Mapping[str, str]) -> str:
        """Return the sentence, filled."""
        return str(self.text) % facts


@dataclass(frozen=True, slots=True)
class Spoken:
    """A title and a sentence for one person; ``sms``: a text message repeats it."""

    subject: Text
    text: Text
    sms: bool = True

    def say(self, facts: Mapping[str, str]) -> str:
        """Return the sentence, filled."""
        return str(self.text) % facts


REMINDER = "remind"
MOST_NAMED = 3

OUTAGES: dict[str, News | None] = {
    "announce": News(
        gettext_lazy("计划停电预告"),
        gettext_lazy(
            "%(whom)s将于%(span)s停电（%(kind)s，编号 %(number)s）。请提前做好准备。"
        ),
        Lane.AHEAD,
    ),
    REMINDER: News(
        gettext_lazy("停电提醒"),
        gettext_lazy("提醒：%(whom)s将于%(span)s停电（编号 %(number)s）。"),
        Lane.AHEAD,
    ),
    "reschedule": News(
        gettext_lazy("停电时间有变"),
        gettext_lazy("停电时间有变：%(whom)s改为%(span)s停电（编号 %(number)s）。"),
        Lane.AHEAD,
    ),
    "cancel": News(
        gettext_lazy("停电取消"),
        gettext_lazy(
            "停电取消：%(whom)s原定%(span)s的停电不再进行，正常供电"
            "（编号 %(number)s）。"
        ),
        Lane.AHEAD,
    ),
    "break_out": News(
        gettext_lazy("故障停电"),
        gettext_lazy(
            "%(whom)s因故障停电，%(began)s开始，%(back)s。有进展会告诉您"
            "（编号 %(number)s）。"
        ),
        Lane.URGENT,
    ),
    "estimate": News(
        gettext_lazy("预计来电时间有变"),
        gettext_lazy("%(whom)s停电，%(back)s（编号 %(number)s）。"),
        Lane.URGENT,
    ),
    "extend": News(
        gettext_lazy("停电延长"),
        gettext_lazy("%(whom)s的停电需要延长，%(back)s（编号 %(number)s）。"),
        Lane.URGENT,
    ),
    "restore_part": News(
        gettext_lazy("已恢复供电"),
        gettext_lazy(
            "%(whom)s已恢复供电（编号 %(number)s）。如家里仍没有电，请先看空气开关，"
            "再报修。"
        ),
        Lane.URGENT,
    ),
    "restore": News(
        gettext_lazy("已恢复供电"),
        gettext_lazy(
            "%(whom)s已恢复供电（编号 %(number)s）。如家里仍没有电，请先看空气开关，"
            "再报修。"
        ),
        Lane.URGENT,
    ),
    # A planned outage begins as announced; the rest is work within the house.
    "begin": None,
    "draft": None,
    "import": None,
    "change": None,
    "approve": None,
    "send_back": None,
    "classify": None,
    "confirm_exclusion": None,
    "reject_exclusion": None,
    "review": None,
    "merge": None,
    "report_to_district": None,
    "give_final_notice": None,
    "record_payment": None,
    "note": None,
}

REPAIRS: dict[str, Spoken | None] = {
    "dispatch": Spoken(
        gettext_lazy("抢修人员已出发"),
        gettext_lazy("您的报修 %(number)s 已派单，抢修人员正在赶来。"),
    ),
    "arrive": Spoken(
        gettext_lazy("抢修人员已到达"),
        gettext_lazy("您的报修 %(number)s：抢修人员已到达现场。"),
        sms=False,
    ),
    "estimate": Spoken(
        gettext_lazy("预计来电时间"),
        gettext_lazy("您的报修 %(number)s：%(back)s。"),
    ),
    "restore": Spoken(
        gettext_lazy("已恢复供电"),
        gettext_lazy("您的报修 %(number)s 已修好，恢复供电。仍有问题请再次报修。"),
    ),
    "dismiss": Spoken(
        gettext_lazy("报修结果"),
        gettext_lazy(
            "您的报修 %(number)s 经查不属于电网故障，原因和建议请查看报修进度。"
        ),
    ),
    "report": None,
    "join": None,
    "redispatch": None,
    "start_repair": None,
    "link": None,
    "widen": None,
    "close": None,
    "note": None,
}

GOVERNANCE: dict[str, Spoken | None] = {
    "open": Spoken(
        gettext_lazy("频繁停电立案"),
        gettext_lazy("%(part)s停电次数超标，已立案 %(number)s，请制定治理方案。"),
    ),
    "reopen": Spoken(
        gettext_lazy("频繁停电重新立案"),
        gettext_lazy("%(part)s再次频繁停电，%(number)s 重新立案，请重新制定方案。"),
    ),
    "plan": Spoken(
        gettext_lazy("您负责一项频繁停电治理"),
        gettext_lazy("%(part)s的治理方案已定（%(number)s），由您负责。"),
    ),
    "lift": Spoken(
        gettext_lazy("频繁停电解除"),
        gettext_lazy("%(part)s重新认定后不再超标，%(number)s 已解除。"),
    ),
    "count": None,
    "start_works": None,
    "finish_works": None,
    "inspect": None,
    "close": None,
    "note": None,
}


def whom_of(places: Collection[str], *, for_residents: bool) -> str:
    """Say whose power it is, by the names its reader knows: 您订阅的地址（店铺）."""
    names = "、".join(list(places)[:MOST_NAMED])
    if len(places) > MOST_NAMED:
        names = _("%(names)s等%(count)s处") % {"names": names, "count": len(places)}
    named = {"names": names}
    if for_residents:
        return _("您管理的小区（%(names)s）") % named
    return _("您订阅的地址（%(names)s）") % named


def facts_of(outage: Outage, *, whom: str) -> dict[str, str]:
    """Return what the sentences about an outage may speak of."""
    return {
        "number": outage.number,
        "kind": outage.get_kind_display(),
        "span": span(outage.starts_at, outage.ends_at),
        "began": moment(outage.began_at) if outage.began_at else "",
        "back": back(outage.back_at),
        "whom": whom,
    }


def moment(at: datetime) -> str:
    """Say a moment: 12月3日（周四）9:05."""
    local = at.astimezone(SHANGHAI)
    return f"{short_day(local.date())}{_clock(local)}"


def span(start: datetime | None, end: datetime | None) -> str:
    """Say from when to when; the day once where it is one."""
    if start is None:
        return ""
    if end is None:
        return _("%(start)s起") % {"start": moment(start)}
    first, last = start.astimezone(SHANGHAI), end.astimezone(SHANGHAI)
    until = _clock(last) if first.date() == last.date() else moment(end)
    return _("%(start)s至%(end)s") % {"start": moment(start), "end": until}


def back(at: datetime | None) -> str:
    """Say when power is expected back, or that nobody knows yet."""
    if at is None:
        return _("恢复时间正在判断")
    return _("预计%(at)s恢复供电") % {"at": moment(at)}


def _clock(local: datetime) -> str:
    return f"{local.hour}:{local.minute:02}"
