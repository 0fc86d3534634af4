"""A person of whom everything is kept that can be, and how they come in."""

from django.test import Client

from applications.lifecycle import Status
from applications.models import Application
from outages.models import FaultReport
from outages.services import repairing, subscribing
from outages.services.subscribing import Place
from portal.accounts.models import User
from portal.notices import tasks
from tests import cast
from tests.accounts.conftest import last_code
from tests.cast import NOW
from tests.grid import Grid
from tests.repairs import desk

PHONE, NEW_PHONE = "13800000001", "13912345678"


def browser(user: User | None = None) -> Client:
    """Return a browser whose person signed in at some time, if there is one."""
    client = Client()
    if user is not None:
        client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


def signed_in(phone: str = PHONE) -> Client:
    """Return a browser whose person came in by a code just now."""
    client = Client()
    client.post("/sign-in/", {"phone": phone})
    client.post("/sign-in/", {"code": last_code()})
    return client


def prove(client: Client, purpose: str) -> str:
    """Give the code that is asked for; return where that leads."""
    page = f"/me/code/?for={purpose}"
    client.post(page)
    answer = client.post(page, {"code": last_code()})
    return str(answer.headers.get("Location", ""))


def fault(net: Grid, **said: object) -> FaultReport:
    """Return a report of 张大爷, with everything that can be said in one."""
    facts = {
        "phone": PHONE,
        "description": "门口有穿红衣服的老李接",
        "photo": cast.paper(),
        "account": net.zhang_home,
        "reporter": cast.zhang(),
    }
    return desk.reported(net, **{**facts, **said})  # type: ignore[arg-type]


def mended(report: FaultReport) -> None:
    """Let a crew repair what was reported."""
    order = desk.order_of(report)
    repairing.dispatch(order, crew=desk.crew(), by=cast.wang(), at=NOW)
    repairing.arrive(order, by=cast.wang(), at=NOW)
    repairing.restore(order, by=cast.wang(), at=NOW, outcome="已更换表箱开关")


def whole(net: Grid) -> Application:
    """Let 张大爷 have a closed case, a draft, wishes, a mended fault and messages."""
    done = cast.walk(Status.ARCHIVED, cast.HOME)
    cast.drafted(cast.HOME)
    place = Place(net.garden, account=net.zhang_home)
    subscribing.by_sms(place, phone=f"+86{PHONE}", user=cast.zhang(), at=NOW)
    subscribing.in_app(place, user=cast.zhang(), at=NOW)
    mended(fault(net))
    tasks.deliver()
    return done
