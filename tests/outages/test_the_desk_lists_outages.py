"""The list of outages on the desk: who comes in, what stands first, what waits."""

from datetime import timedelta

import pytest

from outages.services import (
    judging,
    network,
    outage_files,
)
from outages.services.records import OutageRecord
from outages.services.scoping import ScopePart
from outages.vocabulary import ScopeLevel
from tests.cast import NOW, liu, sun, wang, zhang, zhao
from tests.grid import grid, zhou
from tests.outages.desk import ADD, FAULT, LIST, act_on, entered_as, page_of
from tests.outages.lives import (
    END,
    GARDEN,
    SCHOOL,
    SQUARE,
    VILLAGE,
    announced,
    drafted,
    fault,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


def test_only_those_who_keep_the_network_come_in(client):
    grid()
    outage = drafted()

    for person in (wang(), liu()):
        entered_as(client, person)
        for address in (LIST, ADD, FAULT, page_of(outage), act_on(outage, "approve")):
            assert client.get(address).status_code in {302, 403, 404}
    entered_as(client, zhang())
    assert client.get(LIST).status_code == 302


def test_a_supervisor_sees_his_districts(client):
    grid()
    station = network.add_substation(code="S-BC", name="北辰站", region="120113")
    line = network.add_line(code="L-BC", name="北辰线", substation=station)
    network.add_transformer(code="T-BC", name="北辰台区", line=line, households=5)
    here = drafted(SQUARE)
    elsewhere = drafted(ScopePart(ScopeLevel.LINE, "L-BC"))
    entered_as(client, zhao())

    page = client.get(LIST).content.decode()

    assert here.number in page
    assert elsewhere.number not in page
    assert client.get(page_of(elsewhere)).status_code == 404
    assert client.get(f"{LIST}?region=120113").status_code == 200


def test_the_list_is_narrowed_by_what_is_asked(client):
    grid()
    planned = announced(
        GARDEN, starts_at=NOW + timedelta(days=2), ends_at=END, late_reason="急"
    )
    broken = fault(SQUARE)
    judging.classify(broken, cause="weather", evidence="证明", by=zhou(), at=NOW)
    entered_as(client, sun())

    def numbers(query: str) -> list[str]:
        return [o.number for o in client.get(f"{LIST}?{query}").context["page"]]

    assert numbers("") == [planned.number, broken.number]
    assert numbers("late=1") == [planned.number]
    assert numbers("kind=fault") == [broken.number]
    assert numbers("status=announced&region=120103") == [planned.number]
    assert numbers("region=120101") == [broken.number]
    assert numbers("heap=claimed") == [broken.number]
    assert numbers("heap=out&kind=planned") == []
    assert numbers(f"number={planned.number.lower()}") == [planned.number]
    assert numbers("number=nonsense") == []
    assert numbers("kind=nonsense&heap=nonsense") == [planned.number, broken.number]


def test_what_nobody_began_in_its_time_waits_in_a_heap_of_its_own(client):
    grid()
    start = NOW - timedelta(hours=3)
    missed = announced(
        starts_at=start,
        ends_at=start + timedelta(hours=2),
        at=NOW - timedelta(days=20),
    )
    ahead = announced(SCHOOL)
    entered_as(client, sun())

    def numbers(heap: str) -> list[str]:
        return [o.number for o in client.get(f"{LIST}?heap={heap}").context["page"]]

    assert numbers("lapsed") == [missed.number]
    assert numbers("announced") == [ahead.number]


def test_the_list_goes_by_when_an_outage_is_not_by_when_it_was_typed(client):
    grid()
    ahead = announced()
    undated = drafted(VILLAGE, starts_at=None, ends_at=None)
    record = OutageRecord(
        "fault",
        "雷击",
        (SQUARE,),
        NOW - timedelta(days=300),
        NOW - timedelta(days=300) + timedelta(hours=1),
    )
    (past,) = outage_files.load([record], by=sun(), at=NOW + timedelta(hours=1)).outages
    running_now = fault(SQUARE, moment=NOW - timedelta(minutes=5))
    entered_as(client, sun())

    page = client.get(LIST).context["page"]

    assert [o.number for o in page] == [
        ahead.number,
        undated.number,
        running_now.number,
        past.number,
    ]
