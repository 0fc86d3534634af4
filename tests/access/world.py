"""One row behind every address: what is 张大爷's lies in 河西, with 王工."""

import re
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from applications.lifecycle import Status
from outages.models import GovernanceCase
from portal.accounts.models import User
from portal.notices.models import Message
from portal.notices.services import telling
from sla.models import Clock
from tests import cast
from tests.governance import world as cuts
from tests.grid import Grid
from tests.outage_news import readers
from tests.outages import lives
from tests.repairs import desk

# In the order of the columns of the matrix; nobody stands for a stranger.
ROLES = {
    "stranger": lambda: None,
    "张大爷": cast.zhang,
    "陈老板": cast.chen,
    "王工": cast.wang,
    "李工": cast.li,
    "赵班长": cast.zhao,
    "刘监管": cast.liu,
    "孙运维": cast.sun,
}


def routes() -> list[str]:
    """Return every pattern that leads to a page, an act or a file, once."""
    return sorted(dict.fromkeys(_below(get_resolver(), "")))


def _below(resolver: URLResolver, prefix: str) -> Iterator[str]:
    for found in resolver.url_patterns:
        here = prefix + str(found.pattern)
        if isinstance(found, URLResolver):
            yield from _below(found, here)
        else:
            assert isinstance(found, URLPattern)
            yield here


def addresses(net: Grid) -> dict[str, str]:
    """Return an address for every route, with rows that exist behind it."""
    found = _values(net)
    return {route: _filled(route, found) for route in routes()}


def _values(net: Grid) -> dict[str, Any]:
    draft = cast.drafted(by=cast.zhang())
    taken = cast.walk(Status.PLAN_REPLIED, cast.HOME)
    paper = taken.documents.first()
    clock = Clock.objects.filter(reference=taken.number).first()
    desk.crew()
    report = desk.reported(net, phone="13800000001", photo=cast.paper())
    cuts.cut_on(net.school, "2026-07-01", "2026-07-10", "2026-07-20", "2026-07-30")
    case = GovernanceCase.objects.get()
    announced = lives.announced(lives.MARKET)
    subscription = readers.by_phone(net.garden)
    telling.run(at=cast.NOW)
    message = Message.objects.filter(recipient=taken.filed_by).first()
    assert paper is not None
    assert clock is not None
    assert message is not None
    chen = cast.chen()
    # By the beginning of the route; the first that fits.
    return {
        "apply/": {"key": draft.submission_key, "kind": "property"},
        "applications/": {
            "number": taken.number,
            "clock": clock.pk,
            "action": "withdraw",
        },
        "track/": {"number": taken.number},
        "documents/": {"pk": paper.pk},
        "messages/": {"message_id": message.pk},
        "board/": {"number": taken.number, "kind": "csv"},
        "guide/": {"slug": "home"},
        "api/v1/applications/": {
            "ref": taken.number,
            "clock": clock.pk,
            "action": "withdraw",
        },
        "api/v1/outages/frequent/": {"number": case.number, "action": "plan"},
        "api/v1/outages/reports/": {"number": report.number},
        "api/v1/outages/repairs/": {
            "number": report.order.number,
            "action": "dispatch",
        },
        "api/v1/outages/": {"number": announced.number, "action": "cancel"},
        "outages/reports/": {"number": report.number},
        "outages/frequent/": {"number": case.number},
        "outages/subscriptions/": {"token": subscription.token},
        "outages/calendar/": {"number": announced.number, "token": "a" * 32},
        "outages/": {"number": announced.number, "year": 2025},
        "admin/applications/application/": {
            "pk": taken.pk,
            "object_id": taken.pk,
            "paper": paper.pk,
            "action": "note",
        },
        "admin/outages/outage/": {"pk": announced.pk, "action": "cancel"},
        "admin/outages/repairorder/": {"pk": report.order_id, "action": "dispatch"},
        "admin/outages/governancecase/": {"pk": case.pk, "action": "plan"},
        "admin/accounts/user/": {"object_id": chen.pk, "id": chen.pk},
        "admin/": {"app_label": "sla", "url": "nothing-here/"},
    }


def _filled(route: str, values: dict[str, Any]) -> str:
    plain = re.sub(r"[\^$]|\\(?=\.)", "", route)
    known: dict[str, Any] = next(
        (found for start, found in values.items() if plain.startswith(start)), {}
    )
    if re.search(r"object_id|\(\[", plain):
        known = {**_row_of(plain), **known}
    plain = plain.replace("history/([/]+)", "history/<version>")
    plain = re.sub(r"\(\[/\]\+\)", "<object_id>", plain)
    plain = re.sub(r"\(\?P<(\w+)>[^()]*\)", r"<\1>", plain)
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda m: str(known[m[1]]), plain)


def _row_of(route: str) -> dict[str, Any]:
    """Return the keys of one row and of one of its former states, where it has any."""
    _admin, app, model = route.split("/")[:3]
    row = apps.get_model(app, model).objects.first()
    former = row.history.first() if hasattr(row, "history") else None
    return {
        "object_id": 1 if row is None else row.pk,
        "version": 1 if former is None else former.pk,
    }


def browser_of(person: User | None, number: int) -> Client:
    """Return a browser of one's own, at an address of its own."""
    client = Client(REMOTE_ADDR=f"198.51.{number // 250}.{number % 250 + 1}")
    if person is not None:
        client.force_login(person, "django.contrib.auth.backends.ModelBackend")
    return client
