"""Any history of pauses gives the due day that a clerk finds walking the calendar."""

from datetime import date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from sla.engine import SHANGHAI, Moment, reckon
from tests.sla_engine.cast import national, walked_due, working_days

gaps = st.one_of(st.integers(0, 3 * 24), st.integers(0, 40 * 24))
lives = st.lists(st.tuples(gaps, st.sampled_from(["pause", "resume"])), max_size=12)


def told(start: date, hour: int, life: list[tuple[int, str]]) -> list[Moment]:
    """Return a possible history: resumptions without a pause are left out."""
    at = datetime.combine(start, time(hour), SHANGHAI)
    history, depth = [Moment(at, "start")], 0
    for hours, kind in life:
        at += timedelta(hours=hours)
        if kind == "pause" or depth:
            depth += 1 if kind == "pause" else -1
            history.append(Moment(at, kind))
    return history


@given(
    st.dates(date(2004, 1, 1), date(2026, 12, 31)),
    st.integers(0, 23),
    st.integers(1, 40),
    lives,
)
def test_the_due_day_the_used_days_and_the_ledger_agree(start, hour, limit, life):
    history = told(start, hour, life)
    calendar = national()
    at = history[-1].at + timedelta(days=3)
    result = reckon(working_days(limit), history, calendar, at)
    due = walked_due(limit, start, result.paused_spans, calendar.is_workday)
    assert result.due_on == due
    counted = sum(entry.counted for entry in result.ledger)
    if result.state == "paused":
        assert counted == result.used
    else:
        assert counted == limit
        assert result.ledger[-1].date == due
    assert result.remaining == limit - result.used
