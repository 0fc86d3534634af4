"""The log says which page was asked for, when and by which account: nothing typed."""

import json
import logging
import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client

from portal.logs import without_keys
from tests import cast
from tests.access import world

pytestmark = pytest.mark.django_db

PHONE, PAPER, PLACE = "13812345678", "11010519491231002X", "平山道12号3门501"


@pytest.fixture
def lines() -> Iterator[list[str]]:
    """Give every line of the log, written as production writes it."""
    written: list[str] = []
    facts = settings.LOGGING["formatters"]["lines"]
    formatter = facts["()"](
        processor=lambda _logger, _name, line: json.dumps(line, default=str),
        foreign_pre_chain=facts["foreign_pre_chain"],
    )

    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            written.append(formatter.format(record))

    root, kept = logging.getLogger(), Kept()
    root.addHandler(kept)
    yield written
    root.removeHandler(kept)


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(cast.wang(), "django.contrib.auth.backends.ModelBackend")
    return client


def said(lines: list[str]) -> str:
    text = "\n".join(lines)
    assert "request_started" in text
    assert "request_finished" in text
    return text.encode().decode("unicode_escape")


@pytest.mark.parametrize("words", [PHONE, PAPER, PLACE])
def test_what_staff_search_for_is_not_written_down(desk, lines, words):
    desk.get("/admin/applications/application/search/", {"q": words})

    assert "/admin/applications/application/search/" in said(lines)
    assert words not in said(lines)


def test_whose_power_is_out_is_not_written_down(client, lines):
    client.get("/outages/", {"q": PLACE})
    client.get("/api/v1/outages/power/", {"address": PLACE})

    assert "平山道" not in said(lines)
    assert "%E5%B9%B3" not in said(lines)


def test_a_phone_that_asks_for_a_code_is_not_written_down(client, lines):
    client.post("/sign-in/", {"phone": PHONE})
    client.post("/track/", {"number": "BD-7K3M-9QXD-2TFA-P", "phone": PHONE})

    assert PHONE not in said(lines)


@pytest.mark.parametrize("page", ["subscriptions/{}/", "calendar/{}.ics"])
def test_a_key_to_subscriptions_is_not_written_down(client, lines, page):
    key = "kQ3x_-" * 6

    client.get("/outages/" + page.format(key))

    assert "/outages/" in said(lines)
    assert key not in said(lines)


def test_every_address_with_a_key_in_it_is_known_to_the_log():
    keyed = [route for route in world.routes() if "token>" in route]
    assert keyed
    for route in keyed:
        address = "/" + re.sub(r"<[^>]*>", "a" * 32, route)
        assert "aaa" not in without_keys(None, "", {"event": address})["event"]


def test_an_address_that_a_client_claims_is_not_believed(client, lines):
    client.get("/", headers={"X-Forwarded-For": "203.0.113.9"})

    assert "203.0.113.9" not in said(lines)
    assert "127.0.0.1" in said(lines)


def test_the_door_writes_no_queries_and_no_keys_either(repository):
    told = (repository / "docker-compose.yml").read_text(encoding="utf-8")
    [written] = re.findall(r"log_format pages (.*?);", told, re.DOTALL)

    assert "access_log /var/log/nginx/access.log pages;" in told
    shown = set(re.findall(r"\w+", written))
    assert "page" in shown
    assert shown.isdisjoint({"request", "request_uri", "args", "uri", "http_referer"})
    assert "~^/outages/subscriptions/ /outages/subscriptions/…;" in told
    assert "~^/outages/calendar/ /outages/calendar/…;" in told
    assert "--access-log" not in told
