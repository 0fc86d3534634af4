"""How the tests cut power and govern: always through the real services."""

from datetime import date, datetime, timedelta
from typing import Any

from outages.models import Frequency, GovernanceCase, Line, Outage, Transformer
from outages.services import governance, judging, running
from outages.services.scoping import ScopePart
from tests.cast import at, sun
from tests.grid import zhou

HOUR = timedelta(hours=1)


def part_of(row: Any) -> ScopePart:
    """Return the scope that names a row of the network."""
    return ScopePart(
        type(row).__name__.lower(), getattr(row, "number", None) or row.code
    )


def cut(
    *parts: Any, began: datetime, by: Any = None, told: datetime | None = None
) -> Outage:
    """Record a fault of an hour, told as it happens (or later); return it restored."""
    by = by or sun()
    told = told or began
    outage = running.record_fault(
        scope=[part_of(part) for part in parts],
        reason="电缆故障",
        began_at=began,
        by=by,
        at=told,
    )
    running.restore(outage, restored_at=began + HOUR, by=by, at=max(told, began + HOUR))
    return outage


def cut_on(part: Any, *days: str, time: str = "10:00") -> list[Outage]:
    """Record a fault on each of these days."""
    return [cut(part, began=at(day, time)) for day in days]


def exclude(outage: Outage, moment: datetime) -> None:
    """Leave an outage out of the counts: weather, seen by two people."""
    claim(outage, moment)
    judging.confirm_exclusion(outage, by=zhou(), at=moment)


def claim(outage: Outage, moment: datetime) -> None:
    """Claim that an outage was the weather's doing."""
    judging.classify(
        outage, cause="weather", evidence="气象台暴雨红色预警", by=sun(), at=moment
    )


def count_again(outage: Outage, moment: datetime) -> None:
    """Classify an outage anew as the grid's own doing."""
    judging.classify(outage, cause="equipment", by=sun(), at=moment)


def case_of(part: Line | Transformer) -> Any:
    """Return the case of a part, if it has one."""
    return part.governance_cases.first()


def frequency_of(part: Line | Transformer) -> Any:
    """Return the cached counts of a part, if there are any."""
    return Frequency.objects.filter(**{type(part).__name__.lower(): part}).first()


def numbers(frequency: Frequency | None) -> tuple[int, int, int]:
    """Return the three counts of a part; nothing kept is nothing counted."""
    if frequency is None:
        return (0, 0, 0)
    return (frequency.in_60_days, frequency.in_365_days, frequency.in_this_year)


def plan(case: GovernanceCase, moment: datetime, until: str) -> None:
    """Plan the works of a case."""
    governance.plan(
        case,
        measures="更换老化电缆，加装分段开关",
        planned_on=date.fromisoformat(until),
        responsible=sun(),
        by=sun(),
        at=moment,
    )


def finish(case: GovernanceCase, moment: datetime, until: str = "2026-12-31") -> None:
    """Plan, begin and finish the works, all at one moment, all by 孙运维."""
    plan(case, moment, until)
    governance.start_works(case, by=sun(), at=moment)
    governance.finish_works(case, by=sun(), at=moment)


def observe(case: GovernanceCase, moment: datetime) -> None:
    """Finish the works and let 周运维 find them good."""
    finish(case, moment)
    governance.inspect(
        case, inspection="现场查看合格", passed=True, by=zhou(), at=moment
    )
