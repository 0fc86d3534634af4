"""How outages are said: plain sentences, the same on every page and in the API."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import takewhile

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from outages.lifecycles.outage import OUT, OVER, Status
from outages.models import Outage
from sla import words
from sla.engine import SHANGHAI, day_of
from sla.vocabulary import Unit

_NEAR = {
    -2: gettext_lazy("前天"),
    -1: gettext_lazy("昨天"),
    0: gettext_lazy("今天"),
    1: gettext_lazy("明天"),
    2: gettext_lazy("后天"),
}
_DAY = 24 * 60
_NUMBERS = re.compile(r"(\d+)")
_JUST = timedelta(minutes=1)


def day(moment: datetime, *, at: datetime) -> str:
    """Say the day of a moment as people near it do: 今天, 明天, 11月25日（周三）."""
    local, today = day_of(moment), day_of(at)
    near = _NEAR.get((local - today).days)
    return words.day(local, today=today) if near is None else str(near)


def moment(moment: datetime, *, at: datetime) -> str:
    """Say a moment in Beijing time: 今天 14:30."""
    return _("%(day)s %(time)s") % {
        "day": day(moment, at=at),
        "time": moment.astimezone(SHANGHAI).strftime("%H:%M"),
    }


def window(start: datetime, end: datetime, *, at: datetime) -> str:
    """Say a span of time, the day once if it is the same: 明天 08:00 至 12:00."""
    same = day_of(start) == day_of(end)
    last = f"{end.astimezone(SHANGHAI):%H:%M}" if same else moment(end, at=at)
    return _("%(start)s 至 %(end)s") % {"start": moment(start, at=at), "end": last}


def length(span: timedelta) -> str:
    """Say a length of time in minutes, hours and days: 2 小时 15 分钟."""
    minutes = max(int(span.total_seconds()) // 60, 0)
    if not minutes:
        return _("不到 1 分钟")
    days, rest = divmod(minutes, _DAY)
    hours, minutes = divmod(rest, 60)
    parts = [
        words.amount(days, Unit.CALENDAR_DAY) if days else "",
        ngettext("%d 小时", "%d 小时", hours) % hours if hours else "",
        words.amount(minutes, Unit.MINUTE) if minutes and not days else "",
    ]
    return " ".join(part for part in parts if part)


def when(outage: Outage, *, at: datetime) -> str:
    """Say when the power goes and comes back, and how long that is."""
    if outage.status == Status.CANCELLED:
        return _cancelled(outage, at)
    if outage.status in OVER:
        assert outage.began_at is not None
        assert outage.restored_at is not None
        return over(outage.began_at, outage.restored_at, at=at)
    if outage.status in OUT:
        return _out(outage, at)
    return _ahead(outage, at)


def back(expected: datetime | None, *, at: datetime) -> str:
    """Say when power is hoped to be back, and how far off that is."""
    if expected is None:
        return _("恢复时间正在核实，有消息马上更新。")
    facts = {"when": moment(expected, at=at), "left": length(abs(expected - at))}
    if expected <= at < expected + _JUST:
        return _("原预计 %(when)s 恢复，正在核实是否已经恢复。") % facts
    if expected <= at:
        return (
            _("原预计 %(when)s 恢复，已超过 %(left)s，正在核实新的恢复时间。") % facts
        )
    return _("%(when)s 前恢复，预计还有 %(left)s。") % facts


def _out(outage: Outage, at: datetime) -> str:
    assert outage.began_at is not None
    facts = {
        "when": moment(outage.began_at, at=at),
        "since": length(at - outage.began_at),
    }
    said = _("%(when)s 开始停电，已停 %(since)s。") % facts
    return words.run_on([said, back(outage.back_at, at=at)])


def over(began: datetime, restored: datetime, *, at: datetime) -> str:
    """Say from when to when power was out, and how long."""
    return _("%(span)s，停电 %(long)s，已恢复供电。") % {
        "span": window(began, restored, at=at),
        "long": length(restored - began),
    }


def _ahead(outage: Outage, at: datetime) -> str:
    assert outage.starts_at is not None, "what is announced has its time"
    if outage.ends_at is None:
        return _("%s 开始停电，恢复时间待定。") % moment(outage.starts_at, at=at)
    facts = {
        "span": window(outage.starts_at, outage.ends_at, at=at),
        "long": length(outage.ends_at - outage.starts_at),
    }
    if outage.has_lapsed(at):
        return _("原定 %(span)s 停电，没有进行。再要停电会重新公告。") % facts
    if outage.starts_at <= at:
        return _("原定 %(span)s 停电，尚未开始。") % facts
    return _("%(span)s 停电，约 %(long)s。") % facts


def _cancelled(outage: Outage, at: datetime) -> str:
    if outage.starts_at is None or outage.ends_at is None:
        return _("停电已取消，照常供电。")
    span = window(outage.starts_at, outage.ends_at, at=at)
    return _("原定 %s 的停电已取消，照常供电。") % span


def together(addresses: Iterable[str], *, compound: str) -> str:
    """Say addresses of a compound in one breath: 友谊路12号海河花园1号楼、2号楼.

    What they begin with is said once, up to the compound's name or a house number.
    """
    first, *rest = sorted(addresses, key=_by_number)
    ends = min([first, *rest]), max([first, *rest])
    pairs = takewhile(lambda pair: pair[0] == pair[1], zip(*ends, strict=False))
    alike = "".join(letter for letter, _same in pairs)
    shared = re.match(rf".*(?:{re.escape(compound)}|号院|号)", alike)
    said = len(shared[0]) if shared else 0
    return words.listed([first, *(each[said:] for each in rest)])


def _by_number(address: str) -> list[tuple[int, str]]:
    """Return what puts 2号楼 before 10号楼."""
    parts = _NUMBERS.split(address)
    return [(int(part), "") if part.isdecimal() else (0, part) for part in parts]
