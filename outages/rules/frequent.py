"""频繁停电: how many outages in how many days are too many, by the rules as data."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from outages.rules import read

_DAY = timedelta(days=1)


class Verdict(TextChoices):
    """How a line or 台区 stands against the rules that count."""

    EXCEEDED = "exceeded", _("超标")
    NEAR = "near", _("再停一次即超标")
    CALM = "calm", _("未超标")


@dataclass(frozen=True, slots=True)
class Rule:
    """At most ``most`` outages in a window of ``days``; None: in the calendar year.

    Windows are whole Shanghai dates and hold the day they end on. ``counts`` tells
    whether breaking the rule opens a case, or is shown only.
    """

    key: str
    name: str
    most: int
    counts: bool
    days: int | None

    def first_day(self, last: date) -> date:
        """Return the first day of the window that ends on ``last``."""
        if self.days is None:
            return date(last.year, 1, 1)
        return last - timedelta(days=self.days - 1)

    def free_on(self, day: date) -> date:
        """Return the first date whose window no longer holds ``day``."""
        if self.days is None:
            return date(day.year + 1, 1, 1)
        return day + timedelta(days=self.days)


@cache
def rules() -> tuple[Rule, ...]:
    """Return the rules of ``frequent.yaml`` in their order."""
    return tuple(
        Rule(
            key=rule["key"],
            name=rule["name"],
            most=rule["most"],
            counts=rule["counts"],
            days=None if rule.get("calendar_year") else rule["days"],
        )
        for rule in read("frequent")["rules"]
    )


def counting_rules() -> list[Rule]:
    """Return the rules that open cases."""
    return [rule for rule in rules() if rule.counts]


def kinds() -> list[str]:
    """Return the kinds of outages that count."""
    return list(read("frequent")["kinds"])


def clean_days() -> int:
    """Return how many days without a counted outage come before 销号."""
    return int(read("frequent")["clean_days"])


def clean_period() -> timedelta:
    """Return the clean days as a length of time."""
    return timedelta(days=clean_days())


def first_day(last: date) -> date:
    """Return the first day of the longest window that ends on ``last``."""
    return min(rule.first_day(last) for rule in rules())


def next_day(day: date) -> date:
    """Return the day after."""
    return day + _DAY


def counts_of(days: Sequence[date], last: date) -> dict[str, int]:
    """Count the sorted days of outages in every window that ends on ``last``."""
    until = bisect_right(days, last)
    return {
        rule.key: until - bisect_left(days, rule.first_day(last), 0, until)
        for rule in rules()
    }


def broken(counts: Mapping[str, int]) -> list[Rule]:
    """Return the rules that count and that these counts break."""
    return [rule for rule in counting_rules() if counts[rule.key] > rule.most]


def verdict_of(counts: Mapping[str, int]) -> Verdict:
    """Judge counts by the rules that count: exceeded above the most, near at it."""
    if broken(counts):
        return Verdict.EXCEEDED
    at_most = any(counts[rule.key] == rule.most for rule in counting_rules())
    return Verdict.NEAR if at_most else Verdict.CALM
