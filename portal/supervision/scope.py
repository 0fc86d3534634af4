"""What a board is asked about: which period, which place, which users, seen by whom."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from sla.engine import SHANGHAI, day_of, midnight
from sla.ground.actors import Actor


class Period(TextChoices):
    """Which closings are counted; what is open is counted at the period's end."""

    THIS_MONTH = "this_month", _("本月")
    LAST_MONTH = "last_month", _("上月")
    EVER = "ever", _("开办以来")
    CUSTOM = "custom", _("自选日期")


class Basis(TextChoices):
    """What is judged: three measures that are never added up or averaged.

    6/22/32 is the sum of the utility's own steps, 5/15 the whole process (附件2).
    """

    STAGE = "stage", _("各环节")
    WHOLE = "whole", _("三零全过程")
    STEPS = "steps", _("各环节合计")


@dataclass(frozen=True, slots=True)
class Scope:
    """Hold one question; ``since`` is None for everything so far.

    ``at`` is the reporting moment: now, or the last moment of a period that is over
    (``past``).
    """

    viewer: Actor
    at: datetime
    since: datetime | None = None
    past: bool = False
    district: str = ""
    user_type: str = ""

    @property
    def today(self) -> date:
        """Return the reporting date in Shanghai."""
        return day_of(self.at)

    @property
    def since_on(self) -> date | None:
        """Return the first day of the period in Shanghai."""
        return day_of(self.since) if self.since else None


def dates_of(period: str, today: date) -> tuple[date | None, date]:
    """Return first and last day of a period that needs no further dates."""
    first = today.replace(day=1)
    if period == Period.EVER:
        return None, today
    if period == Period.LAST_MONTH:
        last = first - timedelta(days=1)
        return last.replace(day=1), last
    return first, today


def moments_of(
    first: date | None, last: date, now: datetime
) -> tuple[datetime | None, datetime, bool]:
    """Return since, reporting moment, and whether the period is over."""
    since = midnight(first) if first else None
    end = datetime.combine(last, time.max, SHANGHAI)
    return since, min(now, end), end < now
