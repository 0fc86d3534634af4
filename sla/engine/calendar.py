"""Which dates are working days, answered from tables.

"The n-th working day after d" is one look-up: the number of working days up to d, plus
n, indexes the list of all working days. Dates outside the tables are refused, because
an unchecked negative index would wrap round without a word.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from itertools import accumulate, compress
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sla.engine.days import DayRule, Verdict, is_weekend, judge
from sla.engine.prc import FIRST, LAST, Knowledge, knowledge
from sla.engine.refusals import Unreckonable

Ordinals = NDArray[np.integer[Any]]

_BASE = FIRST.toordinal()
_DATES = tuple(map(date.fromordinal, range(_BASE, LAST.toordinal() + 1)))
_WEEKDAYS = bytes(not is_weekend(day) for day in _DATES)
_SPAN = f"{FIRST}至{LAST}"

# Provinces of GB/T 2260 in which the State Council's notices apply.
_PROVINCES = frozenset(
    str(code)
    for first, last in ((11, 15), (21, 23), (31, 37), (41, 46), (50, 54), (61, 65))
    for code in range(first, last + 1)
)


class CalendarRangeError(Unreckonable):
    """A date outside the years that the calendar knows."""


class UnknownRegion(Unreckonable):
    """A code that names no place where this calendar applies."""


@dataclass(frozen=True, slots=True, eq=False)
class Tables:
    """Prefix tables over FIRST..LAST, for single dates and for whole columns."""

    before: dict[date, int]  # index of the last working day up to and with the date
    workdays: list[date]
    ranks: NDArray[np.int64]
    ordinals: NDArray[np.int64]


@lru_cache(maxsize=4)
def _tabulate(flags: bytes) -> Tables:
    """Build the tables from one byte per date; few calendars differ at a time."""
    ranks = list(accumulate(flags, initial=-1))[1:]
    workdays = list(compress(_DATES, flags))
    return Tables(
        before=dict(zip(_DATES, ranks, strict=True)),
        workdays=workdays,
        ranks=np.array(ranks, dtype=np.int64),
        ordinals=np.array([day.toordinal() for day in workdays], dtype=np.int64),
    )


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class WorkCalendar:
    """Know the working days of one region; make one with `build`."""

    region: str
    official_from: date
    official_until: date
    _rules: dict[date, DayRule]
    _before: dict[date, int]
    _workdays: list[date]
    _tables: Tables = field(repr=False)

    @classmethod
    def build(
        cls,
        region: str,
        rules: Iterable[DayRule] = (),
        covered_until: date | None = None,
        known: Knowledge | None = None,
    ) -> "WorkCalendar":
        """Lay rules over what is known of the country; a later rule wins.

        `covered_until` is the last date that a notice among the rules covers: the
        calendar is official up to that or to the library's last notice. `known` is
        what an earlier library knew; else it is what the installed one knows.
        """
        check_region(region)
        known = known or knowledge()
        official_until = max(known.official_until, covered_until or FIRST)
        return cls._over(
            region, known.official_from, official_until, known.rules, rules
        )

    def with_rules(self, rules: Iterable[DayRule]) -> "WorkCalendar":
        """Return this calendar with further rules laid over it."""
        return self._over(
            self.region, self.official_from, self.official_until, self._rules, rules
        )

    @classmethod
    def _over(
        cls,
        region: str,
        official_from: date,
        official_until: date,
        known: dict[date, DayRule],
        rules: Iterable[DayRule],
    ) -> "WorkCalendar":
        merged = dict(known)
        for rule in rules:
            check_date(rule.date)
            merged[rule.date] = _named_after(rule, merged.get(rule.date))
        flags = bytearray(_WEEKDAYS)
        for day, rule in merged.items():
            flags[day.toordinal() - _BASE] = rule.workday
        tables = _tabulate(bytes(flags))
        return cls(
            region=region,
            official_from=official_from,
            official_until=official_until,
            _rules=merged,
            _before=tables.before,
            _workdays=tables.workdays,
            _tables=tables,
        )

    def is_workday(self, day: date) -> bool:
        """Tell whether a date is worked."""
        return self.verdict(day).workday

    def verdict(self, day: date) -> Verdict:
        """Return what a date is, with the notice that made it so."""
        check_date(day)
        return judge(day, self._rules.get(day))

    def add(self, start: date, n: int) -> date:
        """Return the n-th working day after a date, which is itself not counted.

        n = 0 gives the date back. The dictionary refuses dates out of range and
        datetimes (whose date depends on a time zone) in the same look-up.
        """
        if n > 0:
            try:
                return self._workdays[self._before[start] + n]
            except KeyError:
                raise _out_of_range(start) from None
            except IndexError:
                raise CalendarRangeError(
                    f"{start}之后第{n}个工作日超出了日历范围（{_SPAN}）。"
                ) from None
        if n < 0:
            raise CalendarRangeError(f"工作日数不能为负数（{n}）。")
        check_date(start)
        return start

    def count(self, after: date, until: date) -> int:
        """Return the number of working days in (after, until]."""
        try:
            days = self._before[until] - self._before[after]
        except KeyError:
            bad = until if after in self._before else after
            raise _out_of_range(bad) from None
        if after > until:
            raise CalendarRangeError(f"起始日{after}晚于截止日{until}。")
        return days

    def add_many(self, starts: Ordinals, n: int | Ordinals) -> NDArray[np.int64]:
        """Return `add` for a column of date ordinals; n is a number or a column."""
        index = self._ranks(starts) + n
        least = np.min(n, initial=1)
        if least < 0:
            raise CalendarRangeError("工作日数不能为负数。")
        try:
            due = self._tables.ordinals.take(index)
        except IndexError:
            raise CalendarRangeError(f"有结果超出了日历范围（{_SPAN}）。") from None
        return due if least else np.where(np.equal(n, 0), starts, due)

    def count_many(self, after: Ordinals, until: Ordinals) -> NDArray[np.int64]:
        """Return `count` for two columns of date ordinals."""
        days = self._ranks(until) - self._ranks(after)
        if np.any(np.greater(after, until)):
            raise CalendarRangeError("有起始日晚于截止日。")
        return days

    def is_official(self, after: date, until: date) -> bool:
        """Tell whether official notices cover every date in (after, until]."""
        return (
            self.official_from - timedelta(days=1) <= after
            and until <= self.official_until
        )

    def _ranks(self, ordinals: Ordinals) -> NDArray[np.int64]:
        index = np.subtract(ordinals, _BASE)
        try:
            # Too great an index is refused by numpy, a negative one would wrap round.
            if np.min(index, initial=0) >= 0:
                return self._tables.ranks.take(index)
        except IndexError:
            pass
        raise CalendarRangeError(f"有日期超出了日历范围（{_SPAN}）。")


def check_date(day: date) -> None:
    """Refuse what is no plain date within the calendar's years."""
    if type(day) is not date or not FIRST <= day <= LAST:
        raise _out_of_range(day)


def _out_of_range(day: object) -> CalendarRangeError:
    if type(day) is not date:
        return CalendarRangeError(f"日历只认日期，不认{day!r}。")
    return CalendarRangeError(f"日期{day}超出了日历范围（{_SPAN}）。")


def check_region(code: str) -> None:
    """Raise UnknownRegion unless CN, or a GB/T 2260 code under this calendar."""
    national = code in {"CN", "100000"}
    six_digits = len(code) == 6 and code.isascii() and code.isdigit()
    if not national and not (six_digits and code[:2] in _PROVINCES):
        raise UnknownRegion(
            f"不认识的地区代码{code!r}，应为六位行政区划代码，如120000（天津市）。"
        )


def _named_after(rule: DayRule, known: DayRule | None) -> DayRule:
    """Keep the festival's name when a nameless rule repeats what is known."""
    if rule.name or known is None or known.workday != rule.workday:
        return rule
    return DayRule(rule.date, rule.workday, rule.source, known.name)
