"""On time is met over met, missed and open overdue: per date, national limits only."""

from typing import Any

import pytest

from sla.models import Clock
from sla.services import statistics, sweep
from sla.services.statistics import CaseFigures, Figures
from tests.sla.world import JINING, act, at, number, started

pytestmark = pytest.mark.usefixtures("laws")
NOW = at("2026-09-15", "12:00")  # clocks of 09-01 end today


def figures(**more: Any) -> Figures:
    """Count everything as of NOW."""
    told = statistics.table(Clock.objects.all(), "level", **({"at": NOW} | more))
    return told.get(("national",), Figures())


def cases(**more: Any) -> CaseFigures:
    """Judge every finished case as of NOW."""
    told = statistics.cases_by(Clock.objects.all(), "level", at=NOW, **more)
    return told.get(("national",), CaseFigures())


def test_nothing_judged_has_no_rate() -> None:
    started("2026-09-14")
    assert figures() == Figures(1, 0, 0, 0, 0, 0, 0)
    assert figures().rate is None


def test_open_overdue_stands_in_the_denominator() -> None:
    act("stop", started("2026-09-01"), "2026-09-03")
    act("stop", started("2026-08-03"), "2026-09-03")
    started("2026-08-03")
    started("2026-09-01")
    act("pause", started("2026-08-31"), "2026-09-02")
    told = figures()
    assert told == Figures(
        open=3, paused=1, due_today=1, overdue=1, met=1, missed=1, exempt=0
    )
    assert told.rate == pytest.approx(1 / 3)


def test_the_sweep_does_not_change_the_figures() -> None:
    started("2026-08-03")
    before = figures()
    sweep.run(at=NOW)
    assert figures() == before


def test_promises_are_not_what_regulators_count() -> None:
    started("2026-09-01", region=JINING)  # the promise of 2 days is long past
    assert (figures().open, figures().overdue) == (1, 0)


def test_waiting_for_the_grid_is_a_bucket_of_its_own() -> None:
    late, done = started("2026-08-03"), started("2026-08-03")
    for clock in (late, done):
        act("mark_exempt", clock, "2026-08-04", reason="电网改造")
    act("stop", done, "2026-09-03")
    told = figures()
    assert (told.exempt, told.overdue, told.missed, told.rate) == (2, 0, 0, None)


def test_cancelled_clocks_count_nowhere() -> None:
    act("cancel", started("2026-08-03"), "2026-09-03")
    assert figures() == Figures(0, 0, 0, 0, 0, 0, 0)


def test_a_past_reporting_date_still_says_what_it_said() -> None:
    act("stop", started("2026-08-03"), "2026-09-03")
    then = figures(at=at("2026-09-01"))
    assert (then.open, then.overdue, then.missed) == (1, 1, 0)


def test_a_period_counts_what_closed_in_it() -> None:
    act("stop", started("2026-08-03"), "2026-08-05")
    act("stop", started("2026-09-01"), "2026-09-03")
    assert figures(since=at("2026-09-01", "00:00")).met == 1


def test_groups_by_stage_user_type_and_district() -> None:
    act("stop", started("2026-09-01"), "2026-09-03")
    started("2026-08-03", stage="connection", region="120103")
    for field, keys in (
        ("stage", ["connection", "plan_reply"]),
        ("user_type", ["high_voltage_single"]),
        ("region", ["120101", "120103"]),
    ):
        rows = statistics.table(Clock.objects.all(), field, at=NOW)
        assert sorted(rows) == [(key,) for key in keys]
        assert sum(rows.values(), Figures()).judged == 2


def test_a_board_costs_one_query_per_table(django_assert_num_queries: Any) -> None:
    for _ in range(5):
        started("2026-09-01")
    with django_assert_num_queries(2):
        statistics.table(Clock.objects.all(), "stage", at=NOW)
        statistics.cases_by(Clock.objects.all(), "user_type", at=NOW)


def test_a_case_is_on_time_only_if_every_stage_was() -> None:
    good, bad, running, called_off, waiting = (number() for _ in range(5))
    for reference in (good, bad, running):
        act("stop", started("2026-09-01", reference=reference), "2026-09-03")
    late = started("2026-09-01", reference=bad, stage="connection")
    act("stop", late, "2026-09-14")
    started("2026-09-10", reference=running, stage="connection")
    act("cancel", started("2026-09-01", reference=called_off), "2026-09-02")
    exempt = started("2026-08-03", reference=waiting)
    act("mark_exempt", exempt, "2026-08-04", reason="电网改造")
    act("stop", exempt, "2026-09-03")
    assert (cases(), cases().rate) == (CaseFigures(2, 1), 0.5)
    assert cases(since=at("2026-09-10", "00:00")) == CaseFigures(1, 0)


def test_where_no_case_is_finished_there_is_no_rate() -> None:
    started("2026-09-01")
    assert cases().rate is None
