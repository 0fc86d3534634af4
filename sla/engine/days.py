"""Single days: what a rule says of one, and what the calendar makes of it."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

WORKDAY = "工作日"
WEEKEND = "周末"
HOLIDAY = "法定节假日"
MAKE_UP = "调休上班"
PAUSED = "暂停"

VerdictKind = Literal["workday", "weekend", "holiday", "make_up"]


@dataclass(frozen=True, slots=True)
class DayRule:
    """Say of one date whether it is worked, on whose word, and why."""

    date: date
    workday: bool
    source: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one date is: kind, the word for it, the notice behind it, the festival."""

    kind: VerdictKind
    label: str
    source: str = ""
    name: str = ""

    @property
    def workday(self) -> bool:
        """Tell whether the day is worked."""
        return self.kind in {"workday", "make_up"}

    @property
    def note(self) -> str:
        """Return festival and notice in one line; empty for an ordinary day."""
        return " · ".join(part for part in (self.name, self.source) if part)


def is_weekend(day: date) -> bool:
    """Tell whether a date is a Saturday or Sunday."""
    return day.weekday() >= 5


def judge(day: date, rule: DayRule | None) -> Verdict:
    """Return the verdict on a date, given the rule that governs it, if any.

    A rest day that a notice names is a holiday even on a Saturday; one without a name
    is an ordinary weekend.
    """
    weekend = is_weekend(day)
    if rule is None:
        return Verdict("weekend", WEEKEND) if weekend else Verdict("workday", WORKDAY)
    words = rule.source, rule.name
    if rule.workday:
        if weekend:
            return Verdict("make_up", MAKE_UP, *words)
        return Verdict("workday", WORKDAY, *words)
    if weekend and not rule.name:
        return Verdict("weekend", WEEKEND, *words)
    return Verdict("holiday", HOLIDAY, *words)
