"""Marking 10 000 due clocks among 20 000 and 1 000 000 open ones, on PostgreSQL.

The reference is the least that could be done: one UPDATE … RETURNING over everything
due, with the events inserted from it, on the same rows. Both leave the same data; they
take turns, and between turns the rows are put back and vacuumed.
"""

import statistics
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import environ
import psycopg2
from django.core.management import call_command
from django.db import connection, connections

from sla.engine import SHANGHAI
from sla.services import sweep
from tests.bench.rows import Row, limited, reference
from tests.run import postgresql

AT = datetime(2026, 9, 1, 9, 0, tzinfo=SHANGHAI)
DUE = 10_000
ROUNDS = 5
SIZES = (20_000, 1_000_000)
LIMIT = 3.0
EMPTY_MS = 2.0

FILL = """
INSERT INTO sla_clock (kind, reference, region_id, user_type, stage, level, round,
    limit_value, limit_summed, limit_unit, calendar_version, state, started_at, due_at,
    warn_at, next_event_at, provisional, exempt_reported, last_seq)
SELECT 'stage', 'BD' || n, '100000', 'low_voltage', 'plan_reply', 'national', 1, 3,
    false, 'working_day', 'bench', 'running', %(start)s, %(due)s, warn, warn,
    false, false, 1
FROM (
    SELECT n, CASE WHEN n %% %(every)s = 0 THEN %(past)s::timestamptz
        ELSE %(future)s::timestamptz END + n * interval '1 millisecond' AS warn
    FROM generate_series(1, %(size)s) AS n
) AS numbered
"""
BACK = "UPDATE sla_clock SET next_event_at = warn_at, last_seq = 1 WHERE last_seq > 1"
RAW = """
WITH marked AS (
    UPDATE sla_clock SET next_event_at = due_at, last_seq = last_seq + 1
    WHERE state = 'running' AND next_event_at IS NOT NULL AND next_event_at < %s
    RETURNING id, last_seq, warn_at
)
INSERT INTO sla_clockevent (clock_id, seq, at, kind, reason, by, payload)
SELECT id, last_seq, warn_at, 'warn', '', '系统', '{}' FROM marked
"""


@contextmanager
def scratch_database() -> Iterator[None]:
    """Point Django at a new database of its own, and drop that afterwards."""
    before = connections.databases["default"]
    name = f"bandian_bench_{uuid.uuid4().hex[:8]}"
    with postgresql() as url:
        server = psycopg2.connect(url)
        server.autocommit = True
        server.cursor().execute(f"CREATE DATABASE {name}")
        settings = environ.Env.db_url_config(url) | {"NAME": name}
        connection.close()
        connections.databases["default"] = {**before, "OPTIONS": {}, **settings}
        del connections["default"]
        try:
            call_command("migrate", verbosity=0)
            yield
        finally:
            connection.close()
            connections.databases["default"] = before
            del connections["default"]
            server.cursor().execute(f"DROP DATABASE {name}")
            server.close()


def fill(size: int) -> None:
    """Put so many open clocks into the table, 10 000 of them due for a warning."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE sla_clock, sla_clockevent")
        cursor.execute(
            "INSERT INTO sla_region (code, name) VALUES ('100000', '全国')"
            " ON CONFLICT DO NOTHING"
        )
        cursor.execute(
            FILL,
            {
                "start": AT - timedelta(days=9),
                "due": AT + timedelta(days=60),
                "past": AT - timedelta(hours=3),
                "future": AT + timedelta(days=1),
                "every": size // DUE,
                "size": size,
            },
        )
    put_back()


def put_back() -> None:
    """Undo what a turn marked, and leave no dead rows to the next."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE sla_clockevent")
        cursor.execute(BACK)
        cursor.execute("VACUUM ANALYZE sla_clock")


def timed(act: Callable[[], object]) -> float:
    """Return the milliseconds an act takes."""
    started = time.perf_counter()
    act()
    return (time.perf_counter() - started) * 1000


def raw() -> None:
    """Mark everything due in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(RAW, [AT])


def ours() -> None:
    """Sweep, in batches, skipping what others have locked."""
    found = sweep.run(at=AT)
    assert found.warned == DUE, found


def nothing() -> None:
    """Sweep at a moment when nothing is due."""
    found = sweep.run(at=AT - timedelta(days=1))
    assert found.batches == 0, found


def measure(size: int) -> Iterator[Row]:
    """Return the rows of one size."""
    fill(size)
    nothing()
    empty = statistics.median(timed(nothing) for _ in range(50))
    least, batched, after = [], [], []
    for _ in range(ROUNDS):
        least.append(timed(raw))
        put_back()
        batched.append(timed(ours))
        after.append(timed(nothing))
        put_back()
    ratio = statistics.median(b / a for a, b in zip(least, batched, strict=True))
    among = f"{size:,} 个在办中标记 {DUE:,} 个到期"
    yield reference(f"{among}：一条 SQL", statistics.median(least), "ms")
    ms = statistics.median(batched)
    yield limited(f"{among}：扫描（每批 1,000）", ms, "ms", ratio, LIMIT)
    yield empty_row(f"{size:,} 个在办，无到期的扫描（限 {EMPTY_MS:g} ms）", empty)
    late = statistics.median(after)
    yield empty_row(f"{size:,} 个在办，大扫描后立即再扫（限 {EMPTY_MS:g} ms）", late)


def empty_row(name: str, ms: float) -> Row:
    """Return the row of an empty sweep, limited in milliseconds."""
    return Row(name, ms, "ms", None, None, ms < EMPTY_MS)


def run() -> Iterator[Row]:
    """Measure every size."""
    with scratch_database():
        for size in SIZES:
            yield from measure(size)
