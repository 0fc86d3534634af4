"""Reliability indices: what is summed up, and what follows from the sums (FACTS §11).

Whole seconds and whole customers until the one division at the end; DL/T 836.1-2016
names the levels and the variants.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Self

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from outages.vocabulary import Exclusion, OutageKind
from sla.engine import midnight

SECOND = timedelta(seconds=1)


class Level(TextChoices):
    """Who is counted as a customer; printed on every figure."""

    # Each publicly owned transformer (公用台区) is one user.
    MEDIUM = "medium", _("中压")
    # Households; statistics of low voltage are a pilot (附件1 第16项).
    LOW = "low", _("低压（试点）")


class Variant(TextChoices):
    """What is left out: the number after the dash, as in SAIDI-1."""

    ALL = "1", _("计入全部停电")
    WITHOUT_EXTERNAL = "2", _("不计已认定的不可抗力和外力破坏")
    WITHOUT_RATIONING = "3", _("不计限电")
    WITHOUT_SHORT = "4", _("不计短时停电")


def counts(variant: str, *, kind: str, exclusion: str, short: bool) -> bool:
    """Tell whether a variant counts an interruption of these facts."""
    left_out = {
        Variant.ALL: False,
        Variant.WITHOUT_EXTERNAL: exclusion == Exclusion.CONFIRMED,
        Variant.WITHOUT_RATIONING: kind == OutageKind.RATIONING,
        Variant.WITHOUT_SHORT: short,
    }
    return not left_out[Variant(variant)]


@dataclass(frozen=True, slots=True)
class Sums:
    """Numerators: interruptions, customers cut off, and customers × seconds off."""

    interruptions: int = 0
    customers_off: int = 0
    customer_seconds: int = 0

    def __add__(self, other: Self) -> "Sums":
        return Sums(
            self.interruptions + other.interruptions,
            self.customers_off + other.customers_off,
            self.customer_seconds + other.customer_seconds,
        )


@dataclass(frozen=True, slots=True)
class Indices:
    """The four indices of some customers over some time; None where undefined."""

    customers: int
    period_seconds: int
    sums: Sums

    @property
    def saidi(self) -> Fraction | None:
        """Return hours without power per customer."""
        if not self.customers:
            return None
        return Fraction(self.sums.customer_seconds, 3600 * self.customers)

    @property
    def saifi(self) -> Fraction | None:
        """Return interruptions per customer."""
        if not self.customers:
            return None
        return Fraction(self.sums.customers_off, self.customers)

    @property
    def caidi(self) -> Fraction | None:
        """Return hours per interruption: SAIDI ÷ SAIFI; None when nothing began."""
        if not self.customers or not self.sums.customers_off:
            return None
        return Fraction(self.sums.customer_seconds, 3600 * self.sums.customers_off)

    @property
    def asai(self) -> Fraction | None:
        """Return the share of customer hours with power, in per cent."""
        supplied = self.customers * self.period_seconds
        if not supplied:
            return None
        return 100 - Fraction(100 * self.sums.customer_seconds, supplied)

    def as_json(self) -> dict[str, int | float | None]:
        """Return the indices, and what they were divided from, exactly."""
        return {
            "saidi_hours": _number(self.saidi),
            "saifi": _number(self.saifi),
            "caidi_hours": _number(self.caidi),
            "asai_percent": _number(self.asai),
            "customers": self.customers,
            "period_seconds": self.period_seconds,
            "interruptions": self.sums.interruptions,
            "customers_off": self.sums.customers_off,
            "customer_seconds": self.sums.customer_seconds,
        }


def from_json(told: dict[str, int | float | None]) -> Indices:
    """Return indices from what ``as_json`` kept; only the whole numbers are read."""
    names = ("interruptions", "customers_off", "customer_seconds")
    return Indices(
        int(told["customers"] or 0),
        int(told["period_seconds"] or 0),
        Sums(*(int(told[name] or 0) for name in names)),
    )


def _number(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def rounded_down(value: Fraction | None, digits: int) -> str:
    """Write a rate, never better than it is: 99.99996 % is not 100 %."""
    return _written(value, digits, up=False)


def rounded_up(value: Fraction | None, digits: int) -> str:
    """Write hours or times, never fewer than they are."""
    return _written(value, digits, up=True)


def _written(value: Fraction | None, digits: int, *, up: bool) -> str:
    if value is None:
        return "—"
    scale: int = 10**digits
    scaled = value * scale
    whole = -(-scaled.numerator // scaled.denominator) if up else scaled // 1
    sign = "-" if whole < 0 else ""
    before, after = divmod(abs(whole), scale)
    return f"{sign}{before}.{after:0{digits}d}" if digits else f"{sign}{before}"


@dataclass(frozen=True, slots=True)
class Span:
    """Shanghai dates from ``first`` to ``last``, both counted."""

    first: date
    last: date

    def cuts(self, at: datetime) -> list[datetime]:
        """Return the moments that bound its months, none of them later than ``at``.

        At least two; they coincide when nothing of the span has passed at ``at``.
        """
        now = at.replace(microsecond=0)
        end = midnight(self.last + timedelta(days=1))
        bounds = [midnight(self.first)]
        while bounds[-1] < end:
            bounds.append(min(end, _next_month(bounds[-1])))
        passed = [bound for bound in bounds[1:] if bound <= now]
        if len(passed) < len(bounds) - 1:
            passed.append(max(now, bounds[0]))
        return [bounds[0], *dict.fromkeys(passed)]


def year(number: int) -> Span:
    """Return a calendar year."""
    return Span(date(number, 1, 1), date(number, 12, 31))


def _month_after(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1)


def _next_month(moment: datetime) -> datetime:
    return midnight(_month_after(moment.date()))
