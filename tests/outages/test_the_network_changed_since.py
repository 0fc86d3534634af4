"""Between draft and outage the network may change: cut is who is supplied that day."""

import pytest

from outages.models import Interruption, LineInterruption, Outage, OutageEvent
from outages.services import announcing, running
from outages.services.invariants import outages as promises
from sla.ground.errors import Refused
from tests.cast import NOW, sun
from tests.grid import grid, zhou
from tests.outages.lives import (
    END,
    GARDEN,
    LINE_ONE,
    MARKET,
    START,
    announced,
    approved,
)
from tests.outages_network import files

pytestmark = pytest.mark.django_db


def changed(*rows: str, header: str) -> None:
    """Bring a file in while the outage waits."""
    files.brought_in(files.csv(*rows, header=header))


def cut(outage: Outage) -> dict[str, int]:
    """Return the households of each area that is cut."""
    rows = Interruption.objects.filter(outage=outage)
    return dict(rows.values_list("transformer__code", "households"))


def begun(outage: Outage) -> OutageEvent:
    """Begin as announced, and return what the record says of it."""
    running.begin(outage, by=zhou(), at=START)
    assert [promise for promise in promises.invariants(END) if promise.broken] == []
    return OutageEvent.objects.get(reference=outage.number, action="begin")


def test_households_are_those_of_the_day():
    grid()
    outage = announced(GARDEN)
    changed("transformer,T-YY1-01,350", header="part,code,households")

    begun(outage)

    assert cut(outage) == {"T-YY1-01": 350}
    assert outage.households == 350


def test_an_area_that_joined_the_line_is_cut_with_it():
    grid()
    outage = announced(LINE_ONE)
    changed("transformer,T-YY2-01,L-YY1", header="part,code,parent")

    event = begun(outage)

    assert cut(outage) == {
        "T-YY1-01": 300,
        "T-YY1-02": 200,
        "T-YY1-03": 100,
        "T-YY2-01": 100,
    }
    assert event.payload["areas_joined"] == ["T-YY2-01"]
    assert LineInterruption.objects.get(outage=outage).line.code == "L-YY1"


def test_an_area_that_left_the_line_or_retired_is_not_cut():
    grid()
    outage = announced(LINE_ONE)
    changed("transformer,T-YY1-02,L-YY2", header="part,code,parent")
    changed("transformer,T-YY1-03,2026-08-31", header="part,code,retired_on")

    event = begun(outage)

    assert cut(outage) == {"T-YY1-01": 300}
    assert event.payload["areas_left"] == ["T-YY1-02", "T-YY1-03"]


def test_an_area_that_is_named_counts_for_the_line_it_hangs_on_now():
    grid()
    outage = announced(GARDEN)
    changed("transformer,T-YY1-01,L-YY2", header="part,code,parent")

    begun(outage)

    assert Interruption.objects.get(outage=outage).line.code == "L-YY2"


def test_of_named_areas_the_retired_one_is_left_out():
    grid()
    outage = announced(GARDEN, MARKET)
    changed("transformer,T-YY1-03,2026-08-31", header="part,code,retired_on")

    begun(outage)

    assert cut(outage) == {"T-YY1-01": 300}


def test_where_nobody_is_supplied_any_more_nothing_begins():
    grid()
    outage = announced(MARKET)
    changed("transformer,T-YY1-03,2026-08-31", header="part,code,retired_on")

    with pytest.raises(Refused, match="不影响任何用户"):
        running.begin(outage, by=zhou(), at=START)
    outage.refresh_from_db()
    assert outage.status == "announced"


def test_announced_is_who_is_there_that_day():
    grid()
    outage = approved(GARDEN)
    changed("transformer,T-YY1-01,350", header="part,code,households")

    announcing.announce(outage, by=sun(), at=NOW)

    assert outage.households == 350
    event = OutageEvent.objects.get(reference=outage.number, action="announce")
    assert event.payload["households"] == 350


def test_an_unchanged_network_leaves_the_rows_as_they_are():
    grid()
    outage = announced(LINE_ONE)
    before = set(outage.interruptions.values_list("pk", flat=True))

    event = begun(outage)

    assert set(outage.interruptions.values_list("pk", flat=True)) == before
    assert not {"areas_joined", "areas_left"} & set(event.payload)
