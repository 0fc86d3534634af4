"""Filed on a day of rest a clock starts that very day; day 1 is the next worked."""

import pytest

from sla.engine import reckon
from tests.sla_engine.cast import day, national, started, when, working_days


@pytest.mark.parametrize(
    ("start", "n", "due"),
    [
        ("2026-03-07", 1, "2026-03-09"),  # Saturday
        ("2026-03-08", 1, "2026-03-09"),  # Sunday
        ("2026-10-01", 1, "2026-10-08"),  # first day of a long holiday
        ("2026-10-07", 1, "2026-10-08"),  # its last
        ("2026-01-01", 3, "2026-01-06"),
    ],
)
def test_day_one_is_the_next_working_day(start, n, due):
    result = reckon(working_days(n), started(start), national(), when(start))
    assert result.started_on == day(start)
    assert result.due_on == day(due)
