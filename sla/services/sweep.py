"""Mark what has come due: one warning and one breach per clock, at their true moments.

Level-triggered: whatever is due and unmarked is found, however long nobody looked. The
batches are plain SQL because the ORM cannot update, number and insert in one statement
(PERF.md: three times the cost in batches, a hundred times row by row).
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from sla.models import Clock, ClockEvent
from sla.services.ledger import SYSTEM
from sla.vocabulary import ClockEventKind, ClockState

_CLOCK = Clock._meta.db_table
_EVENT = ClockEvent._meta.db_table

# The condition is the partial index's own, word for word; both ends of a batch are its.
_DUE = f"""
    SELECT id FROM {_CLOCK}
    WHERE state = '{ClockState.RUNNING}' AND next_event_at IS NOT NULL
      AND next_event_at < %s
    ORDER BY next_event_at LIMIT %s
"""  # noqa: S608 -- our own table
_MARK = f"""
    UPDATE {_CLOCK} SET
        last_seq = last_seq + 1,
        breached_at = CASE WHEN next_event_at = due_at THEN due_at END,
        next_event_at = CASE WHEN next_event_at = due_at THEN NULL ELSE due_at END
"""  # noqa: S608
# After the mark a clock without a next moment was breached, any other was warned.
_POSTGRESQL = f"""
WITH due AS ({_DUE} FOR UPDATE SKIP LOCKED),
marked AS (
    {_MARK} FROM due WHERE {_CLOCK}.id = due.id
    RETURNING {_CLOCK}.id, last_seq, warn_at, due_at, next_event_at
),
noted AS (
    INSERT INTO {_EVENT} (clock_id, seq, at, kind, reason, by, payload)
    SELECT id, last_seq, CASE WHEN next_event_at IS NULL THEN due_at ELSE warn_at END,
        CASE WHEN next_event_at IS NULL
            THEN '{ClockEventKind.BREACH}' ELSE '{ClockEventKind.WARN}' END,
        '', %s, '{{}}'
    FROM marked
    RETURNING kind
)
SELECT count(*) FILTER (WHERE kind = '{ClockEventKind.WARN}'), count(*) FROM noted
"""  # noqa: S608
_SQLITE_MARK = f"""
{_MARK} WHERE id IN ({_DUE}) RETURNING id, last_seq, warn_at, due_at, next_event_at
"""
_SQLITE_NOTE = f"""
INSERT INTO {_EVENT} (clock_id, seq, at, kind, reason, by, payload)
VALUES (%s, %s, %s, %s, '', %s, '{{}}')
"""  # noqa: S608


@dataclass(frozen=True)
class SweepResult:
    """Count what one sweep marked."""

    warned: int
    breached: int
    batches: int


def run(*, at: datetime, batch: int = 1000) -> SweepResult:
    """Mark every warning and breach that came before `at`, in batches.

    Each batch is one transaction, so a sweep that was killed has lost nothing, and
    several at once share the work: what one has locked the others skip.
    """
    warned = breached = batches = 0
    while True:
        found, marked = _mark(at, batch)
        if marked == 0:
            return SweepResult(warned, breached, batches)
        warned, breached = warned + found, breached + marked - found
        batches += 1


def _mark(at: datetime, batch: int) -> tuple[int, int]:
    """Mark one batch; give how many were warnings and how many there were."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(_POSTGRESQL, [at, batch, SYSTEM])
            warned, marked = cursor.fetchone()
        return warned, marked
    with transaction.atomic(), connection.cursor() as cursor:
        moment = connection.ops.adapt_datetimefield_value(at)
        cursor.execute(_SQLITE_MARK, [moment, batch])
        rows = [
            (pk, seq, warn_at, ClockEventKind.WARN)
            if next_event_at
            else (pk, seq, due_at, ClockEventKind.BREACH)
            for pk, seq, warn_at, due_at, next_event_at in cursor.fetchall()
        ]
        cursor.executemany(_SQLITE_NOTE, [(*row, SYSTEM) for row in rows])
    return sum(row[3] == ClockEventKind.WARN for row in rows), len(rows)
