"""Two years of outages behind the demo city, as another system recorded them."""

import random
from collections.abc import Collection, Iterator
from datetime import date, datetime, time, timedelta

from outages.models import Line
from outages.services import outage_files
from outages.services.records import OutageRecord
from outages.services.scoping import ScopePart
from outages.vocabulary import AreaClass, OutageKind, ScopeLevel
from sla.engine import SHANGHAI, day_of
from sla.ground.actors import Actor

# As far as the beginning of last year, whose figures are published whole.
DAYS_BACK = 740
# The last days belong to the stories that are told one by one.
QUIET_DAYS = 8
# Outages a line sees in a year, by where it runs; the air lines of the hills fail most.
PER_YEAR = {AreaClass.URBAN: 2.4, AreaClass.RURAL: 5.0, AreaClass.REMOTE: 7.0}

# (weight, kind, cause, reason, hours from, hours to)
HAPPENINGS: list[tuple[int, str, str, str, float, float]] = [
    (30, OutageKind.PLANNED, "planned_works", "线路检修", 2.0, 6.0),
    (9, OutageKind.PLANNED, "municipal_works", "配合市政道路施工", 3.0, 7.0),
    (8, OutageKind.PLANNED, "user_works", "新用户接入", 1.0, 3.0),
    (6, OutageKind.TEMPORARY, "equipment", "处理设备缺陷", 1.0, 3.0),
    (16, OutageKind.FAULT, "equipment", "设备故障", 0.5, 3.0),
    (9, OutageKind.FAULT, "overload", "过负荷跳闸", 0.5, 2.0),
    (6, OutageKind.FAULT, "animal", "树木碰触导线", 0.5, 2.0),
    (8, OutageKind.FAULT, "weather", "大风刮断导线", 1.0, 5.0),
    (8, OutageKind.FAULT, "third_party", "施工车辆碰断电杆", 1.5, 5.0),
]
PROOFS = {
    "weather": "市气象台大风黄色预警，现场照片",
    "third_party": "事故现场照片和肇事单位确认书",
}


def load(*, by: Actor, at: datetime, seed: int, leave_out: Collection[int]) -> int:
    """Load the history of every line but those left out; return how many outages."""
    dice = random.Random(seed)  # noqa: S311 -- a demo wants the same world twice
    records = [
        record
        for line in Line.objects.exclude(pk__in=leave_out).order_by("code")
        for record in _history(line, dice, day_of(at))
    ]
    return len(outage_files.load(records, by=by, at=at).outages)


def _history(line: Line, dice: random.Random, today: date) -> Iterator[OutageRecord]:
    codes = list(
        line.transformers.in_service().order_by("code").values_list("code", flat=True)
    )
    for number, back in enumerate(_days(dice, PER_YEAR[AreaClass(line.area_class)])):
        yield _record(line, codes, dice, today - timedelta(days=back), number)


def _days(dice: random.Random, per_year: float) -> list[int]:
    """Return days back, each once: what is over before the next day never overlaps."""
    chance = per_year / 365
    return [back for back in range(DAYS_BACK, QUIET_DAYS, -1) if dice.random() < chance]


def _record(
    line: Line, codes: list[str], dice: random.Random, day: date, number: int
) -> OutageRecord:
    weights = [row[0] for row in HAPPENINGS]
    _weight, kind, cause, reason, shortest, longest = dice.choices(HAPPENINGS, weights)[
        0
    ]
    planned = kind != OutageKind.FAULT
    hour = dice.randint(8, 10) if planned else dice.randint(0, 16)
    began = datetime.combine(day, time(hour, dice.randrange(60)), SHANGHAI)
    lasted = timedelta(minutes=round(60 * dice.uniform(shortest, longest)))
    excluded = cause in PROOFS and dice.random() < 0.8
    lead = timedelta(days=8) if kind == OutageKind.PLANNED else timedelta(hours=26)
    return OutageRecord(
        kind=kind,
        reason=reason,
        scope=_scope(line, codes, dice, planned=planned),
        began_at=began,
        restored_at=began + lasted,
        reference=f"OMS-{line.code}-{day:%Y%m%d}-{number}",
        starts_at=began if planned else None,
        ends_at=began + lasted if planned else None,
        # One in forty was announced too late, as it happens.
        published_at=began - (lead if dice.random() > 0.025 else lead / 3)
        if planned
        else None,
        cause=cause,
        exclusion="confirmed" if excluded else "none",
        evidence=PROOFS.get(cause, ""),
        classified_by="孙运维" if excluded else "",
        confirmed_by="周运维" if excluded else "",
    )


def _scope(
    line: Line, codes: list[str], dice: random.Random, *, planned: bool
) -> tuple[ScopePart, ...]:
    """Return now and then the whole line, mostly a section of it."""
    if dice.random() < (0.12 if planned else 0.2):
        return (ScopePart(ScopeLevel.LINE, line.code),)
    size = dice.randint(1, max(1, len(codes) // 3))
    first = dice.randrange(max(1, len(codes) - size + 1))
    section = codes[first : first + size]
    return tuple(ScopePart(ScopeLevel.TRANSFORMER, code) for code in section)
