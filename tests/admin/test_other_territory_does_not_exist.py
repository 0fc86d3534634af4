"""Whatever address of the admin one tries, another district's ticket is not there."""

import re
from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.test import Client
from django.urls import URLPattern

from applications.lifecycle import Status
from applications.models import Application
from tests import cast
from tests.admin import desk

PREFIX = "/admin/applications/application/"


def ticket_patterns() -> list[URLPattern]:
    """Return every pattern of the admin that takes the key of a ticket."""
    patterns = admin.site.get_model_admin(Application).get_urls()
    found = [
        p for p in patterns if "pk" in str(p.pattern) or "object_id" in str(p.pattern)
    ]
    assert len(found) >= 7, "the walk would prove nothing"
    return found


def addresses(application: Application) -> Iterator[str]:
    """Yield every address that names this ticket."""
    paper = application.documents.first()
    assert paper is not None
    values = {
        "<int:pk>": str(application.pk),
        "<path:object_id>": str(application.pk),
        "<str:action>": "accept",
        "<int:paper>": str(paper.pk),
    }
    for pattern in ticket_patterns():
        route = str(pattern.pattern)
        for part, value in values.items():
            route = route.replace(part, value)
        assert "<" not in route, route
        yield PREFIX + route


def body(response: Any) -> str:
    """Return what was answered, if it was a page."""
    return "" if response.streaming else desk.text(response)


def test_no_address_answers_for_another_district() -> None:
    application = cast.submitted(region=cast.HEPING)
    client = desk.sign_in(cast.wang())
    for address in addresses(application):
        for response in (client.get(address), client.post(address, {"seen": "1"})):
            # 302: Django's own <path:object_id>/ leads on to the ticket's page.
            assert response.status_code in {302, 403, 404, 405}, address
            assert str(application.number) not in body(response), address
    application.refresh_from_db()
    assert application.status == Status.SUBMITTED
    assert application.last_seq == 1


def test_the_same_addresses_do_answer_in_the_own_district() -> None:
    application = cast.submitted()
    client = desk.sign_in(cast.wang())
    codes = set()
    for address in addresses(application):
        response = client.get(address)
        codes.add(response.status_code)
        if response.streaming:
            assert desk.file_of(response)
    assert codes == {200, 302, 403, 405}


def test_a_ticket_that_is_not_there_and_one_elsewhere_look_alike() -> None:
    elsewhere = cast.submitted(region=cast.HEPING)
    client = desk.sign_in(cast.wang())
    there = client.get(desk.ticket_url(elsewhere))
    nowhere = client.get(f"{PREFIX}999999/change/")
    nonsense = client.get(f"{PREFIX}x'--/change/")
    assert there.status_code == nowhere.status_code == nonsense.status_code == 404
    # What differs is the address itself and the one-time token of the sign-out.
    differs = rb"application/[^/]*/|value=.\w{64}."
    said = [re.sub(differs, b"", r.content) for r in (there, nowhere)]
    assert said[0] == said[1]


def test_drafts_are_nobodys_business() -> None:
    draft = cast.drafted()
    for person in (cast.wang(), cast.zhao(), cast.liu(), cast.sun()):
        client: Client = desk.sign_in(person)
        assert client.get(desk.ticket_url(draft)).status_code == 404


def test_lists_and_search_stay_within_the_district() -> None:
    cast.submitted(region=cast.HEPING)
    client = desk.sign_in(cast.wang())
    pages = [
        client.get("/admin/"),
        client.get(PREFIX, {"queue": "all"}),
        client.get(PREFIX, {"queue": "all", "region": cast.HEPING}),
        client.post(f"{PREFIX}search/", {"text": "张建国"}),
        client.post(f"{PREFIX}search/", {"text": "13800000001"}),
    ]
    assert not any(b"BD-" in page.content for page in pages)


def test_keys_of_other_districts_in_a_bulk_act_are_passed_over() -> None:
    elsewhere = cast.submitted(region=cast.HEPING)
    client = desk.sign_in(cast.wang())
    answers = {"pk": [elsewhere.pk], "confirm": "yes"}
    response = client.post(f"{PREFIX}bulk/claim/", answers)
    assert str(elsewhere.number) not in body(response)
    elsewhere.refresh_from_db()
    assert elsewhere.manager is None


def test_the_sites_own_side_doors_are_shut() -> None:
    cast.submitted()
    client = desk.sign_in(cast.wang())
    assert client.get("/admin/r/1/1/").status_code == 404
    lookup = {
        "app_label": "applications",
        "model_name": "event",
        "field_name": "application",
    }
    assert client.get("/admin/autocomplete/", lookup).status_code in {403, 404}
