"""Whoever chose English reads English: pages, refusals, and what is read aloud."""

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client

from applications.lifecycle import Status
from applications.models import Application
from outages.models import Outage
from tests import cast
from tests.grid import Grid, zhou
from tests.language.reading import chinese_left, kept_in_the_database
from tests.outages import lives
from tests.repairs import desk
from tests.tracking.visits import BACKEND

pytestmark = pytest.mark.django_db

# What people typed and the database keeps encrypted, or shows in part.
TYPED = {"张建国", "陈志强", "陈**", cast.COMPANY.name, "王", "月亮湾9号"}
# Addresses as examples, since ours are found in Chinese; scopes as files write them.
EXAMPLES = {"友谊路12号", "友谊路12号3门401", "海河花园", "海河花园3栋", "线路:L-YY1"}
NOTICES = {"国务院办公厅关于2026年部分节假日安排的通知"}


@pytest.fixture(autouse=True)
def _today(net: Grid) -> Iterator[None]:
    with time_machine.travel(cast.at("2026-09-28", "10:00"), tick=False):
        yield


@pytest.fixture
def outage(net: Grid) -> Outage:
    return lives.restored(lives.LINE_ONE)


@pytest.fixture
def case(net: Grid) -> Application:
    return cast.walk(Status.PLAN_REPLIED, cast.HOSPITAL, moment=cast.at("2026-09-15"))


def reads_english(
    client: Client, path: str, typed: dict[str, str] | None = None, *, status: int = 200
) -> str:
    """Get a page, or post what was typed; nothing on it may be left in Chinese."""
    answer = client.post(path, typed) if typed else client.get(path)
    assert answer.status_code == status
    page = str(answer.content.decode())
    assert '<html lang="en"' in page
    data = (
        kept_in_the_database()
        | TYPED
        | EXAMPLES
        | NOTICES
        | set((typed or {}).values())
    )
    assert chinese_left(page, data=data) == []
    return page


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/limits/",
        "/guide/",
        "/guide/home/",
        "/guide/extra-high-voltage/",
        "/deadline/",
        "/deadline/?start=2026-09-30&by=days&days=10",
        "/deadline/?start=soon&by=days&days=many",
        "/track/",
        "/sign-in/",
        "/staff/sign-in/",
        "/outages/",
        "/outages/?q=月亮湾9号",
        "/outages/map/",
        "/outages/data/",
        "/outages/frequent/",
        "/outages/reliability/",
        "/outages/subscribe/",
        "/outages/report/",
        "/outages/report/find/",
    ],
)
def test_public_pages(reader: Client, outage: Outage, path: str) -> None:
    reads_english(reader, path)


def test_an_address_that_does_not_exist(reader: Client) -> None:
    page = reads_english(reader, "/nowhere/", status=404)
    assert "Page not found" in page


@pytest.mark.parametrize(
    ("path", "typed"),
    [
        ("/sign-in/", {"phone": "123"}),
        ("/track/", {"number": "BD-1", "phone": "12"}),
        ("/staff/sign-in/", {"login": "wang", "password": "wrong"}),
        ("/outages/report/find/", {"phone": "1", "place": ""}),
    ],
)
def test_refusals_of_the_public_pages(
    reader: Client, path: str, typed: dict[str, str]
) -> None:
    page = reads_english(reader, path, typed)
    assert "is-invalid" in page or "error-summary" in page


def test_one_outage(reader: Client, outage: Outage) -> None:
    reads_english(reader, f"/outages/{outage.number}/")


def test_reporting_a_fault(reader: Client, net: Grid) -> None:
    where = "/outages/report/where/?trouble=home"
    reads_english(reader, where)
    page = reads_english(reader, where, {"region": "", "place": ""})
    assert "error-summary" in page


def test_applying(reader: Client, net: Grid) -> None:
    reader.force_login(cast.chen(), backend=BACKEND)
    draft = cast.drafted(cast.SHOP)
    for step in ("", "need/", "capacity/", "site/", "person/", "documents/", "check/"):
        reads_english(reader, f"/apply/{draft.submission_key}/{step}")


@pytest.mark.parametrize("step", ["need", "capacity", "site", "person"])
def test_what_is_wrong_with_an_answer(reader: Client, net: Grid, step: str) -> None:
    reader.force_login(cast.chen(), backend=BACKEND)
    draft = cast.drafted(cast.SHOP)
    wrong = {"name": "", "address": " ", "kw": "x"}
    page = reads_english(reader, f"/apply/{draft.submission_key}/{step}/", wrong)
    assert "error-summary" in page


def test_following_an_application(reader: Client, case: Application) -> None:
    reader.force_login(case.filed_by, backend=BACKEND)
    page = reads_english(reader, f"/applications/{case.number}/")
    assert "Supply plan" in page
    for path in ("plan/", "papers/", "confirm_plan/", "object_plan/", "withdraw/"):
        reads_english(reader, f"/applications/{case.number}/{path}")
    reads_english(reader, "/applications/")


@pytest.mark.parametrize(
    "path",
    ["/admin/", "/admin/applications/application/", "/board/", "/board/clocks/",
     "/board/cases/", "/board/outages/", "/admin/outages/outage/",
     "/admin/outages/repairorder/", "/admin/outages/governancecase/"],
)  # fmt: skip
def test_desks_and_boards(
    reader: Client, case: Application, outage: Outage, path: str
) -> None:
    reader.force_login(cast.zhao(), backend=BACKEND)
    reads_english(reader, path)


def test_one_ticket(reader: Client, case: Application) -> None:
    reader.force_login(cast.wang(), backend=BACKEND)
    reads_english(reader, f"/admin/applications/application/{case.pk}/change/")


def test_one_outage_at_the_desk(reader: Client, outage: Outage, net: Grid) -> None:
    reader.force_login(zhou(), backend=BACKEND)
    reads_english(reader, f"/admin/outages/outage/{outage.pk}/change/")
    report = desk.reported(net, at=cast.at("2026-09-28"))
    assert report.order is not None
    reads_english(reader, f"/admin/outages/repairorder/{report.order.pk}/change/")
