"""What happened to a clock, and when."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from sla.engine.calendar import check_date
from sla.engine.refusals import Unreckonable

SHANGHAI: Final = ZoneInfo("Asia/Shanghai")
KINDS: Final = ("start", "pause", "resume", "stop", "cancel", "extend")


class BadHistory(Unreckonable):
    """A history that cannot have happened."""


def in_shanghai(at: datetime) -> datetime:
    """Return an aware moment on Shanghai's wall, within the calendar's years.

    Shanghai has kept one offset since 1991, so moments on its wall compare and subtract
    as they are; no other zone's fold can disturb their order.
    """
    if not isinstance(at, datetime) or at.utcoffset() is None:
        raise BadHistory(f"时刻{at}没有时区，应写成如2026-09-30T09:00:00+08:00。")
    # Dates at the ends of time cannot be moved to another zone at all.
    if 1 < at.year < 9999:
        at = at.astimezone(SHANGHAI)
    check_date(at.date())
    return at


def day_of(at: datetime) -> date:
    """Return the Shanghai date on which an aware moment lies."""
    return at.astimezone(SHANGHAI).date()


def midnight(day: date) -> datetime:
    """Return the moment at which a date begins in Shanghai."""
    return datetime.combine(day, time.min, SHANGHAI)


@dataclass(frozen=True, slots=True)
class Moment:
    """One act on a clock; `extend` carries the new total limit in `value`."""

    at: datetime
    kind: str
    reason: str = ""
    value: int | None = None

    def __post_init__(self) -> None:
        """Refuse naive times and unknown kinds; keep the time as Shanghai's."""
        object.__setattr__(self, "at", in_shanghai(self.at))
        if self.kind not in KINDS:
            raise BadHistory(
                f"不认识的事件类型{self.kind!r}，应为{'、'.join(KINDS)}之一。"
            )
        if self.kind == "extend" and self.value is None:
            raise BadHistory("变更时限（extend）必须给出新的时限value。")

    @property
    def day(self) -> date:
        """Return the Shanghai date."""
        return self.at.date()
