"""Pauses that overlap are one: the clock runs again when every one was resumed."""

from sla.engine import PausedSpan, reckon
from tests.sla_engine.cast import day, national, started, when, working_days

NESTED = (
    ("pause", "2026-03-10", "等待客户"),
    ("pause", "2026-03-11", "电网升级"),
    ("pause", "2026-03-11T10:00", "等待客户"),
    ("resume", "2026-03-12"),
    ("resume", "2026-03-12T10:00"),
    ("resume", "2026-03-16"),
)


def test_the_span_reaches_from_the_first_pause_to_the_last_resumption():
    result = reckon(
        working_days(5), started("2026-03-09", *NESTED), national(), when("2026-03-16")
    )
    assert result.paused_spans == (
        PausedSpan(day("2026-03-10"), day("2026-03-16"), "等待客户；电网升级"),
    )
    assert result.due_on == day("2026-03-20")


def test_one_resumption_of_several_leaves_it_paused():
    result = reckon(
        working_days(5), started("2026-03-09", *NESTED), national(), when("2026-03-13")
    )
    assert result.state == "paused"
    assert result.used == 1


def test_a_later_pause_has_its_own_reason():
    history = started(
        "2026-03-09",
        *NESTED,
        ("pause", "2026-03-17", "缺材料"),
        ("resume", "2026-03-18"),
    )
    result = reckon(working_days(5), history, national(), when("2026-03-18"))
    assert [span.reason for span in result.paused_spans] == [
        "等待客户；电网升级",
        "缺材料",
    ]
