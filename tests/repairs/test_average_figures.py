"""The promise is an average: mean, median and share against a count by hand."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from outages.selectors import repair_figures
from outages.services import repairing
from tests import cast
from tests.grid import Grid
from tests.repairs.desk import crew, order_of, reported

SINCE, UNTIL = cast.at("2026-09-01", "00:00"), cast.at("2026-10-01", "00:00")


def repaired(
    net: Grid, arrival: int, restore: int, *, at: datetime = cast.NOW, **said: Any
) -> None:
    """Leave a repair behind that took so many minutes."""
    order = order_of(reported(net, at=at, **said))
    there = at + timedelta(minutes=arrival)
    crews = crew("全市班组", cast.HEXI, cast.HEPING)
    repairing.dispatch(order, crew=crews, by=cast.sun(), at=at)
    repairing.arrive(order, by=cast.sun(), at=there)
    back = there + timedelta(minutes=restore)
    repairing.restore(order, by=cast.sun(), at=back)


def test_mean_median_and_share(net: Grid) -> None:
    for arrival, restore in ((20, 60), (30, 90), (70, 300)):
        repaired(net, arrival, restore)
    (all_,) = repair_figures.table(since=SINCE, until=UNTIL)
    there, back = all_.arrival, all_.restore
    assert there is not None
    assert back is not None
    assert (there.number, there.mean, there.median) == (3, 40, 30)
    assert (there.within, there.share, there.promised) == (2, 2 / 3, 45)
    assert there.kept is True
    assert (back.mean, back.median, back.share) == (150, 90, 2 / 3)
    assert back.kept is True


def test_by_area_each_has_its_own_promise(net: Grid) -> None:
    repaired(net, 60, 10)
    net.market.area_class = "rural"
    net.market.save()
    repaired(net, 60, 10, premises=net.market_hall)
    rural, urban = repair_figures.table("area_class", since=SINCE, until=UNTIL)
    assert (rural.key, urban.key) == (("rural",), ("urban",))
    assert rural.arrival is not None
    assert urban.arrival is not None
    assert (rural.arrival.kept, urban.arrival.kept) == (True, False)
    (both,) = repair_figures.table(since=SINCE, until=UNTIL)
    assert both.arrival is not None
    assert (both.arrival.promised, both.arrival.kept) == (None, None)
    assert both.arrival.share == 0.5


def test_remote_areas_have_no_promise_of_restoration(net: Grid) -> None:
    net.garden.area_class = "remote"
    net.garden.save()
    repaired(net, 60, 500)
    (row,) = repair_figures.table(since=SINCE, until=UNTIL)
    assert row.restore is not None
    assert (row.restore.share, row.restore.kept) == (None, None)


def test_by_district_and_month(net: Grid) -> None:
    repaired(net, 10, 10, at=cast.at("2026-09-30", "23:59"))
    repaired(net, 10, 10, premises=None, region=cast.HEPING, place="和平路")
    found = repair_figures.table("region", "month", since=SINCE, until=UNTIL)
    assert [row.key for row in found] == [
        (cast.HEPING, "2026-09"),
        (cast.HEXI, "2026-09"),
    ]
    only = repair_figures.table("region", since=SINCE, until=UNTIL, regions=[cast.HEXI])
    assert [row.key for row in only] == [(cast.HEXI,)]


def test_what_is_open_is_reported_but_not_measured(net: Grid) -> None:
    reported(net)
    (row,) = repair_figures.table(since=SINCE, until=UNTIL)
    assert (row.reported, row.arrival, row.restore) == (1, None, None)


@pytest.mark.parametrize("trouble", ["street_light", "home"])
def test_lamps_and_what_was_no_fault_are_left_out(net: Grid, trouble: str) -> None:
    order = order_of(reported(net, trouble=trouble))
    if trouble == "home":
        repairing.dismiss(order, reason="空开跳闸", by=cast.wang(), at=cast.NOW)
    assert repair_figures.table(since=SINCE, until=UNTIL) == []


def test_the_month_is_that_of_shanghai(net: Grid) -> None:
    reported(net, at=cast.at("2026-10-01", "00:00"))
    assert repair_figures.table(since=SINCE, until=UNTIL) == []
