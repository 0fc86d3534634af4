"""Kept parts of pages, files and feeds: no reader gets what another language left."""

import pytest
from django.core.cache import caches
from django.test import Client

from applications.lifecycle import Status
from applications.models import Application
from tests import cast
from tests.cast import at
from tests.grid import Grid
from tests.outages import lives
from tests.tracking.visits import browser_of, on, page_of, text_of

pytestmark = pytest.mark.django_db

PROMISED = {"zh-hans": "还剩 9 个工作日", "en": "9 working days left"}


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    caches["template_fragments"].clear()


@pytest.fixture
def accepted(laws: None) -> Application:
    return cast.walk(Status.ACCEPTED, cast.FACTORY, moment=at("2026-11-06"))


def visit(client: Client, address: str, language: str) -> str:
    client.cookies["language"] = language
    with on(at("2026-11-09")):
        return text_of(client.get(address))


@pytest.mark.parametrize("first", ["zh-hans", "en"])
@pytest.mark.parametrize("part", ["", "status/?seen=2"])
def test_the_tracking_page_is_kept_for_readers_of_its_language(
    accepted: Application, first: str, part: str
) -> None:
    client, address = browser_of(accepted.filed_by), page_of(accepted) + part
    second = {"zh-hans": "en", "en": "zh-hans"}[first]
    for language, other in ((first, second), (second, first)):
        said = visit(client, address, language)
        assert PROMISED[language] in said
        assert PROMISED[other] not in said


@pytest.mark.parametrize("first", ["zh-hans", "en"])
def test_the_ticket_is_kept_for_readers_of_its_language(
    accepted: Application, first: str
) -> None:
    client = browser_of(cast.wang())
    address = f"/admin/applications/application/{accepted.pk}/change/"
    heads = {"zh-hans": "供电方案答复", "en": "Supply plan reply"}
    second = {"zh-hans": "en", "en": "zh-hans"}[first]
    for language, other in ((first, second), (second, first)):
        said = visit(client, address, language)
        assert heads[language] in said
        assert heads[other] not in said


@pytest.mark.parametrize(
    "address",
    [
        "/admin/applications/application/export/?file=csv&queue=all",
        "/board/figures.csv",
        "/board/clocks.csv",
        "/board/cases.csv",
    ],
)
def test_files_of_staff_have_the_same_content(
    accepted: Application, address: str
) -> None:
    client = browser_of(cast.sun())
    files = {}
    for language in PROMISED:
        client.cookies["language"] = language
        with on(at("2026-11-09")):
            answer = client.get(address)
        assert answer["Content-Type"].startswith("text/csv")
        files[language] = answer.content
    assert files["en"] == files["zh-hans"]


def test_open_data_and_calendars_have_the_same_content(net: Grid) -> None:
    outage = lives.announced()
    for address in (
        "/outages/data/outages.csv?year=2026",
        "/outages/data/outages.json?year=2026",
        "/outages/data/network.csv",
        "/outages/frequent.csv",
        f"/outages/calendar/{outage.number}.ics",
    ):
        files = []
        for language in PROMISED:
            client = Client()
            client.cookies["language"] = language
            with on(at("2026-09-02")):
                answer = client.get(address)
            assert answer.status_code == 200, address
            files.append(b"".join(answer))
        assert files[0] == files[1]
