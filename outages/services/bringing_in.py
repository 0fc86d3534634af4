"""Judge many recorded outages together, and write them in bulk with their history."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from outages.models import (
    Interruption,
    LineInterruption,
    Outage,
    OutageEvent,
    OutageScope,
    Subject,
    Transformer,
)
from outages.services import overlaps, records, scope_text, scoping
from outages.services.drafting import PREFIX
from outages.services.moments import iso
from outages.services.records import OutageRecord
from outages.services.scoping import Resolved, ScopePart
from sla.ground.actors import Actor
from sla.ground.numbers import new_number

CHUNK = 2000
BATCH = 1000


@dataclass(frozen=True, slots=True)
class Accepted:
    """A record that may be written."""

    record: OutageRecord
    outage: Outage
    resolved: Resolved


@dataclass(slots=True)
class Judged:
    """What became of the records: accepted, known already, or wrong."""

    accepted: list[Accepted] = field(default_factory=list)
    unchanged: int = 0
    errors: list[str] = field(default_factory=list)


def at_row(row: int, error: ValidationError) -> str:
    """Return a row's sentence: ``第12行：…``."""
    return _("第%(row)s行：%(why)s") % {"row": row, "why": "".join(error.messages)}


def judge(rows: Sequence[OutageRecord], *, at: datetime) -> Judged:
    """Judge every record, alone and against all others; writes nothing.

    The areas in question are locked first, until the caller's transaction ends: whoever
    brings in the same records, or begins an outage there, comes before or after.
    """
    rows = [
        row if row.row else replace(row, row=index) for index, row in enumerate(rows, 1)
    ]
    scopes = _resolved({record.scope for record in rows})
    _lock(scope for scope in scopes.values() if isinstance(scope, Resolved))
    judged = Judged()
    for record in _not_known(rows, judged):
        try:
            outage = records.outage_of(record, at=at)
            resolved = scopes[record.scope]
            if isinstance(resolved, ValidationError):
                raise resolved
        except ValidationError as error:
            judged.errors.append(at_row(record.row, error))
            continue
        judged.accepted.append(Accepted(record, outage, resolved))
    judged.errors += overlaps.sentences(
        overlaps.Claim(one.record.row, one.outage, one.resolved)
        for one in judged.accepted
    )
    return judged


def _resolved(
    scopes: Collection[tuple[ScopePart, ...]],
) -> dict[tuple[ScopePart, ...], Resolved | ValidationError]:
    """Return whom each scope cuts, or why it cuts nobody."""
    named = {part for scope in scopes for part in scope}
    survey = scoping.survey(scope_text.candidates(named))
    found: dict[tuple[ScopePart, ...], Resolved | ValidationError] = {}
    for scope in scopes:
        try:
            found[scope] = survey.resolve(scope_text.settled(scope, survey))
        except ValidationError as error:
            found[scope] = error
    return found


def _lock(scopes: Iterable[Resolved]) -> None:
    """Lock areas in the order of their keys, as whoever begins an outage does."""
    keys = sorted({key for scope in scopes for key in scope.transformers})
    for start in range(0, len(keys), scoping.CHUNK):
        areas = Transformer.objects.select_for_update(no_key=True).filter(
            pk__in=keys[start : start + scoping.CHUNK]
        )
        list(areas.order_by("pk").values_list("pk", flat=True))


def write(accepted: Sequence[Accepted], *, by: Actor, at: datetime) -> list[Outage]:
    """Write accepted records, each with its one event, in the caller's transaction."""
    written: list[Outage] = []
    for start in range(0, len(accepted), CHUNK):
        chunk = accepted[start : start + CHUNK]
        for one in chunk:
            outage, resolved = one.outage, one.resolved
            outage.number = new_number(PREFIX)
            outage.area_text = resolved.area_text
            outage.households = resolved.households
            outage.last_seq = 1
        Outage.objects.bulk_create([one.outage for one in chunk], BATCH)
        OutageScope.objects.bulk_create(_scope_rows(chunk), BATCH)
        LineInterruption.objects.bulk_create(_line_rows(chunk), BATCH)
        Interruption.objects.bulk_create(_interruption_rows(chunk), BATCH)
        OutageEvent.objects.bulk_create([_event(one, by, at) for one in chunk], BATCH)
        written += [one.outage for one in chunk]
    return written


def _not_known(rows: Iterable[OutageRecord], judged: Judged) -> list[OutageRecord]:
    """Return the records to bring in; count those that were, refuse changed ones."""
    rows = list(rows)
    known = _fingerprints({row.reference for row in rows if row.reference})
    fresh: list[OutageRecord] = []
    seen: dict[str, int] = {}
    for row in rows:
        said = known.get(row.reference)
        if row.reference and row.reference in seen:
            judged.errors.append(
                _("第%(row)s行：来源编号“%(reference)s”与第%(first)s行重复。")
                % {
                    "row": row.row,
                    "reference": row.reference,
                    "first": seen[row.reference],
                }
            )
        elif said is None:
            fresh.append(row)
        elif said == row.fingerprint():
            judged.unchanged += 1
        else:
            judged.errors.append(
                _("第%(row)s行：来源编号“%(reference)s”已导入过，内容不同，不能覆盖。")
                % {"row": row.row, "reference": row.reference}
            )
        seen.setdefault(row.reference, row.row)
    return fresh


def _fingerprints(references: Iterable[str]) -> dict[str, str]:
    wanted = sorted(references)
    found: dict[str, str] = {}
    for start in range(0, len(wanted), scoping.CHUNK):
        numbers = dict(
            Outage.objects.filter(
                source_reference__in=wanted[start : start + scoping.CHUNK]
            ).values_list("number", "source_reference")
        )
        events = OutageEvent.objects.filter(reference__in=list(numbers), seq=1)
        for number, payload in events.values_list("reference", "payload"):
            found[numbers[number]] = payload["fingerprint"]
    return found


def _scope_rows(chunk: Iterable[Accepted]) -> list[OutageScope]:
    return [
        row for one in chunk for row in scoping.scope_rows(one.outage, one.resolved)
    ]


def _interruption_rows(chunk: Iterable[Accepted]) -> list[Interruption]:
    found = []
    for one in chunk:
        began, restored = one.outage.began_at, one.outage.restored_at
        assert began is not None
        seconds = None if restored is None else int((restored - began).total_seconds())
        for row in scoping.interruption_rows(one.outage, one.resolved):
            row.began_at, row.restored_at, row.seconds = began, restored, seconds
            found.append(row)
    return found


def _line_rows(chunk: Iterable[Accepted]) -> list[LineInterruption]:
    found = []
    for one in chunk:
        for row in scoping.line_rows(one.outage, one.resolved):
            row.began_at, row.restored_at = one.outage.began_at, one.outage.restored_at
            found.append(row)
    return found


def _event(one: Accepted, by: Actor, at: datetime) -> OutageEvent:
    """Return the one event of a record: nobody is told of what is long over."""
    outage, record = one.outage, one.record
    event = OutageEvent(
        subject=Subject.OUTAGE,
        reference=outage.number,
        seq=1,
        at=at,
        by_id=by.pk,
        by_label=by.label(),
        by_role=by.role,
        action="import",
        before="",
        after=outage.status,
        payload={
            "fingerprint": record.fingerprint(),
            "reference": outage.source_reference,
            "began_at": iso(outage.began_at),
            "restored_at": iso(outage.restored_at),
            "exclusion": outage.exclusion,
            "classified_by": record.classified_by.strip(),
            "confirmed_by": record.confirmed_by.strip(),
        },
        previous_hash="",
        told_at=at,
    )
    event.hash = event.digest()
    return event
