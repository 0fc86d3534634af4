"""Where the server's own clock stands does not matter."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from sla.engine import Moment, reckon
from tests.sla_engine.cast import day, national, started, when, working_days


@pytest.fixture(params=["UTC", "America/Los_Angeles", "Asia/Shanghai"])
def _machine(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    with monkeypatch.context() as patch:
        patch.setenv("TZ", request.param)
        time.tzset()
        yield
    time.tzset()


@pytest.mark.usefixtures("_machine")
@pytest.mark.parametrize(
    ("start", "due"),
    [
        ("2026-09-30T23:59:59", "2026-10-20"),
        ("2026-10-01T00:00:00", "2026-10-20"),
        ("2026-10-08T00:00:00", "2026-10-21"),
    ],
)
def test_the_due_day_is_the_same(start, due):
    result = reckon(working_days(10), started(start), national(), when(start))
    assert result.due_on == day(due)
    assert result.due_at == when(f"{due}T23:59:59.999999")


@pytest.mark.usefixtures("_machine")
def test_a_moment_taken_on_that_machine_is_read_in_shanghai():
    at = datetime(2026, 9, 30, 16, 30, tzinfo=UTC).astimezone()  # 10-01 00:30
    result = reckon(working_days(1), [Moment(at, "start")], national(), at)
    assert result.started_on == day("2026-10-01")
