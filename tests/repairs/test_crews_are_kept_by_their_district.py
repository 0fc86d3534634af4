"""A supervisor says who is on duty in the own districts; the operator everywhere."""

import pytest
from django.test import Client

from outages.models import Crew
from portal.accounts.models import User
from sla.models import Region
from tests import cast
from tests.repairs.desk import crew
from tests.repairs.pages import browser_of, text_of

pytestmark = pytest.mark.django_db
HEDONG = "120102"


@pytest.fixture(autouse=True)
def _laws() -> None:
    cast.laws()


def saved(client: Client, row: Crew, *districts: str) -> int:
    """Send the page of a crew with another telephone; return the answer's status."""
    said = {"name": row.name, "phone": "022-1", "on_duty": "on", "regions": districts}
    return client.post(f"/admin/outages/crew/{row.pk}/change/", said).status_code


def phone_of(row: Crew) -> str:
    row.refresh_from_db()
    return row.phone


def districts_of(row: Crew) -> list[str]:
    return sorted(row.regions.values_list("pk", flat=True))


def test_a_supervisor_keeps_the_crews_of_the_own_districts() -> None:
    own = crew()
    assert saved(browser_of(cast.zhao()), own, cast.HEPING) == 302
    assert (phone_of(own), districts_of(own)) == ("022-1", [cast.HEPING])


@pytest.mark.parametrize("districts", [[HEDONG], [HEDONG, cast.HEXI]])
def test_a_crew_of_another_district_is_looked_at_only(districts: list[str]) -> None:
    theirs = crew("河东抢修一班", *districts)
    client = browser_of(cast.zhao())
    page = client.get(f"/admin/outages/crew/{theirs.pk}/change/")
    assert page.status_code == 200
    assert 'name="phone"' not in page.content.decode()
    assert saved(client, theirs, cast.HEXI) == 403
    assert (phone_of(theirs), districts_of(theirs)) == ("022-95598001", districts)


def test_no_crew_is_sent_to_anothers_district() -> None:
    own = crew()
    client = browser_of(cast.zhao())
    page = client.get(f"/admin/outages/crew/{own.pk}/change/").content.decode()
    assert "和平区" in page
    assert "河东区" not in page
    assert saved(client, own, HEDONG) == 200, "the page comes back with what is wrong"
    assert districts_of(own) == [cast.HEXI]


def test_the_operator_keeps_every_crew(sun: User) -> None:
    theirs = crew("河东抢修一班", HEDONG)
    client = browser_of(sun)
    assert saved(client, theirs, HEDONG, cast.HEXI) == 302
    assert districts_of(theirs) == [HEDONG, cast.HEXI]
    assert Region.objects.get(pk=HEDONG).name in text_of(
        client.get("/admin/outages/crew/")
    )


@pytest.fixture
def sun() -> User:
    return cast.sun()
