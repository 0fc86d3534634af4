"""时限公示: the limits in force, arranged as 附件2 prints them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from applications import catalogue
from portal.public import deadlines
from sla.models import Policy, PolicyLimit, Region
from sla.services import policies, rulebook
from sla.vocabulary import Level, Measure, Stage, Unit, UserType
from sla.words import amount, labelled, listed

HIGH_VOLTAGE = (UserType.HIGH_VOLTAGE_SINGLE, UserType.HIGH_VOLTAGE_DUAL)

STEPS = [stage for stage in Stage if stage is not Stage.TOTAL]
Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Cell:
    """One step of one user type; without a limit where the step is not gone through."""

    stage: str
    limit: PolicyLimit | None


@dataclass(frozen=True, slots=True)
class StepsRow:
    """One user type of 附件2: a cell per step, and the sum."""

    user_type: str
    label: str
    cells: list[Cell]
    total: PolicyLimit | None


@dataclass(frozen=True, slots=True)
class LevelTable:
    """What one level sets: sums of steps and whole processes, never in one table."""

    level: str
    label: str
    steps: list[StepsRow]
    whole: list[PolicyLimit]
    policies: list[Policy]

    @property
    def notes(self) -> list[str]:
        """List what the limits of the table say beside their figures, once each."""
        said: dict[str, dict[str, None]] = {}
        for row in self.steps:
            for limit in (row.total, *(cell.limit for cell in row.cells)):
                if limit is not None and limit.note:
                    said.setdefault(limit.note, {})[row.label] = None
        return [_("%s。") % labelled(listed(rows), note) for note, rows in said.items()]


@dataclass(frozen=True, slots=True)
class Disclosure:
    """The limits of a region on a day, by level, and promises that are words only."""

    region: str
    city: str
    on: date
    levels: list[LevelTable]
    commitments: list[Policy]
    cities: list[Region]
    ordinary: str


def of(region: str, on: date) -> Disclosure:
    """Return what is in force in a region on a day; raises UnknownRegion."""
    levels = tables(policies.in_force(region=region, on=on))
    return Disclosure(
        region=region,
        city=Region.objects.get(pk=region).name,
        on=on,
        levels=levels,
        commitments=policies.commitments_in_force(region=region, on=on),
        cities=cities(),
        ordinary=ordinary_sums(region, on),
    )


def tables(limits: Iterable[PolicyLimit]) -> list[LevelTable]:
    """Return a table per level that sets any limit."""
    by_key = {
        (limit.policy.level, limit.user_type, limit.stage): limit for limit in limits
    }
    held = {key[0] for key in by_key}
    return [_table(level, by_key) for level in Level if level in held]


def _table(level: Level, by_key: dict[Key, PolicyLimit]) -> LevelTable:
    mine = {key: limit for key, limit in by_key.items() if key[0] == level}
    whole = [limit for limit in mine.values() if limit.measure == Measure.WHOLE_PROCESS]
    rows = [_row(level, user_type, mine) for user_type in UserType]
    return LevelTable(
        level=level,
        label=str(level.label),
        steps=[row for row in rows if row is not None],
        whole=whole,
        policies=_documents(mine.values()),
    )


def _row(
    level: Level, user_type: UserType, mine: dict[Key, PolicyLimit]
) -> StepsRow | None:
    cells = [
        Cell(str(stage.label), mine.get((level, user_type, stage))) for stage in STEPS
    ]
    total = mine.get((level, user_type, Stage.TOTAL))
    if total is not None and total.measure == Measure.WHOLE_PROCESS:
        total = None
    if total is None and not any(cell.limit for cell in cells):
        return None
    return StepsRow(user_type, str(user_type.label), cells, total)


def _documents(limits: Iterable[PolicyLimit]) -> list[Policy]:
    return list({limit.policy_id: limit.policy for limit in limits}.values())


def of_types(region: str, on: date, user_types: Iterable[str]) -> list[LevelTable]:
    """Return the tables of some user types only, levels without any left out."""
    wanted = set(user_types)
    chosen = [
        LevelTable(
            level=table.level,
            label=table.label,
            steps=[row for row in table.steps if row.user_type in wanted],
            whole=[limit for limit in table.whole if limit.user_type in wanted],
            policies=table.policies,
        )
        for table in tables(deadlines.in_force(region, on))
    ]
    return [table for table in chosen if table.steps or table.whole]


def cities() -> list[Region]:
    """List the regions that set limits or promises of their own."""
    own = Policy.objects.current().exclude(region=rulebook.COUNTRY)
    return list(Region.objects.filter(pk__in=own.values("region")).order_by("pk"))


def ordinary_sums(region: str, on: date) -> str:
    """Say what ordinary high-voltage users' steps add up to (17 and 27), or nothing.

    They go through neither design review nor mid inspection (catalogue/routes.yaml),
    so less than the printed total of 附件2 applies to them.
    """
    stages = catalogue.read("routes")["high_voltage"]
    sums = [
        (
            str(user_type.label),
            policies.national_sum(
                region=region, user_type=user_type, stages=stages, on=on
            ),
        )
        for user_type in HIGH_VOLTAGE
    ]
    return pgettext("between sums", "，").join(
        f"{label} {amount(value, Unit.WORKING_DAY)}"
        for label, value in sums
        if value is not None
    )
