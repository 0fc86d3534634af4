"""The database itself refuses to change what happened."""

import pytest
from django.db import IntegrityError, connection, transaction

from sla.models import ClockEvent
from tests.sla.world import at, started

pytestmark = pytest.mark.usefixtures("laws")


def test_a_row_cannot_be_changed() -> None:
    event = started().events.get()
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        ClockEvent.objects.filter(pk=event.pk).update(at=at("2026-01-01"))


@pytest.mark.postgresql
def test_a_row_cannot_be_deleted() -> None:
    event = started().events.get()
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        event.delete()


def test_a_clock_with_a_ledger_cannot_be_deleted() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        started().delete()


def test_the_empty_sweep_reads_the_partial_index_alone() -> None:
    started()
    explain = "EXPLAIN " if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN "
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # With a handful of rows the planner may rather read and sort them all.
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_sort = off")
        cursor.execute(
            explain + "SELECT id FROM sla_clock WHERE state = 'running'"
            " AND next_event_at IS NOT NULL AND next_event_at < %s"
            " ORDER BY next_event_at LIMIT 1000",
            ["2026-01-01 00:00:00+00:00"],
        )
        plan = " ".join(str(row) for row in cursor.fetchall())
    assert "clock_next_moment" in plan
    assert "Sort" not in plan
    assert "TEMP B-TREE" not in plan
