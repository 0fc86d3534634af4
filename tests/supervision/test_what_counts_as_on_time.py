"""On time = met ÷ (met + missed + open overdue); what is apart stays apart."""

from applications.models import Application
from portal.supervision.scope import Basis
from portal.supervision.selectors import cases, overview
from portal.supervision.selectors.overview import Overview, Rate, per_mille
from portal.supervision.templatetags.board import one_digit, over_words, per_cent
from sla.models import Clock
from tests import cast
from tests.supervision import world


def rate(page: Overview, basis: Basis) -> Rate:
    return page.rates[list(Basis).index(basis)]


def test_what_runs_over_its_limit_is_in_the_denominator(
    city: dict[str, Application],
) -> None:
    told = rate(overview.read(world.scope(), basis=Basis.WHOLE), Basis.WHOLE)
    assert told.figures.overdue > 0
    judged = told.figures.met + told.figures.missed + told.figures.overdue
    assert told.figures.judged == judged
    assert told.tenths == told.figures.met * 1000 // judged


def test_it_stays_there_though_nothing_closed_in_the_period(
    city: dict[str, Application],
) -> None:
    today = overview.read(world.scope("2026-08-19"), basis=Basis.WHOLE)
    figures = rate(today, Basis.WHOLE).figures
    assert (figures.met, figures.missed) == (0, 0)
    assert figures.overdue > 0
    assert rate(today, Basis.WHOLE).tenths == 0


def test_what_is_reported_as_waiting_for_the_grid_is_never_on_time(
    city: dict[str, Application],
) -> None:
    number = city["factory exempt"].number
    hand = cases.in_hand(world.scope())
    assert [r["reference"] for r in hand.filter(cases.OPEN["exempt"])] == [number]
    late = hand.filter(cases.OPEN["overdue"])
    assert number not in [row["reference"] for row in late]
    stages = Clock.objects.filter(reference=number, exempt_reported=True)
    assert stages.exists()
    # Nor when it is done at last: it is not among the cases that were judged.
    cast.step(city["factory exempt"], world.NOW)
    done = cases.finished(world.scope()).values_list("reference", flat=True)
    assert number not in done


def test_a_case_is_on_time_only_if_every_stage_was(
    city: dict[str, Application],
) -> None:
    ended = cases.finished(world.scope())
    late = {clock.reference: vars(clock)["late"] for clock in ended}
    assert late[str(city["school on time"].number)] is False
    assert late[str(city["school slow"].number)] is True
    assert late[str(city["home late"].number)] is True
    assert city["home withdrawn"].number not in late
    total = Clock.objects.get(
        reference=city["home on time"].number, stage="total", level="national"
    )
    assert total.state == "met"


def test_a_pause_takes_a_case_aside_but_does_not_hide_that_it_was_late(
    city: dict[str, Application],
) -> None:
    number = city["factory paused late"].number
    hand = cases.in_hand(world.scope())
    for bucket, inside in (("paused", True), ("paused_late", True), ("overdue", False)):
        found = [r["reference"] for r in hand.filter(cases.OPEN[bucket])]
        assert (number in found) is inside


def test_a_past_reporting_date_keeps_what_it_said(
    city: dict[str, Application],
) -> None:
    then = world.scope("2026-07-01", cast.at("2026-07-31", "23:59"))
    before = overview.read(then, basis=Basis.STAGE)
    # What runs now is finished later; July stays as it was.
    cast.step(city["school over"], world.NOW)
    cast.step(city["home over"], world.NOW)
    after = overview.read(then, basis=Basis.STAGE)
    assert [r.figures for r in after.rates] == [r.figures for r in before.rates]
    assert after.in_hand == before.in_hand


def test_a_rate_is_never_rounded_up_to_full_marks() -> None:
    assert per_mille(9999, 10000) == 999
    assert [per_cent(n) for n in (None, 0, 963, 999, 1000)] == [
        "—",
        "0.0%",
        "96.3%",
        "99.9%",
        "100%",
    ]
    assert [one_digit(n) for n in (None, 3, 3.5, 2.96)] == ["—", "3", "3.5", "3"]


def test_days_over_are_said_in_whole_working_days() -> None:
    assert over_words(3) == "超期 3 个工作日"
    assert over_words(0) == "超期不足 1 个工作日"
