"""What beat starts: the sweep, a recomputation when rules changed, the alarm."""

import logging

import pytest
import time_machine

from portal.celery import app
from sla import tasks
from tests.sla.world import at, kinds, notice, started

pytestmark = pytest.mark.usefixtures("laws")


def test_beat_knows_them_by_name() -> None:
    app.loader.import_default_modules()
    planned = {entry["task"] for entry in app.conf.beat_schedule.values()}
    assert {"sla.sweep", "sla.recompute", "sla.calendar_alarm"} <= planned
    assert planned <= set(app.tasks)


def test_the_sweep_marks_what_is_due(caplog: pytest.LogCaptureFixture) -> None:
    clock = started("2026-09-01")
    with caplog.at_level(logging.INFO), time_machine.travel(at("2026-09-20")):
        tasks.sweep_clocks()
        tasks.sweep_clocks()
    assert kinds(clock) == ["start", "warn", "breach"]
    assert caplog.messages == ["sweep: 1 warned, 1 breached"]


def test_clocks_are_recomputed_once_after_a_change(
    caplog: pytest.LogCaptureFixture,
) -> None:
    clock = started("2026-12-28")
    notice({"2027-01-04": False}, until="2027-12-31")
    with caplog.at_level(logging.INFO), time_machine.travel(at("2026-12-29")):
        tasks.recompute_clocks()
        tasks.recompute_clocks()
    assert kinds(clock) == ["start", "recompute"]
    assert caplog.messages == ["recompute: 1 moved, 0 annotated"]


def test_the_end_of_the_calendar_is_told(caplog: pytest.LogCaptureFixture) -> None:
    with time_machine.travel(at("2026-06-01")):
        tasks.calendar_alarm()
    assert caplog.messages == []
    with time_machine.travel(at("2026-12-01")):
        tasks.calendar_alarm()
    assert "官方放假安排只到 2026-12-31" in caplog.text
