"""A small city to look at: every kind of case, walked through the real services."""

from datetime import datetime, timedelta
from typing import Any

from django.test import Client

from applications.models import Application
from applications.services import acceptance, casework, connecting, filing
from applications.services.acceptance import Survey
from portal.accounts.models import User
from portal.supervision.scope import Scope
from sla.services import sweep
from tests import cast

# A Wednesday: clocks of July and August have ended, been missed, or run over.
NOW = cast.at("2026-08-19", "15:00")


def filed(
    need: filing.Need,
    day: str,
    *,
    steps: int = 0,
    gap: int = 1,
    region: str = cast.HEXI,
) -> Application:
    """File on a day and take some steps, one every ``gap`` days."""
    moment = cast.at(day)
    found = cast.submitted(need, region=region, moment=moment)
    for _step in range(steps):
        moment += timedelta(days=gap)
        cast.step(found, moment)
    return found


def city() -> dict[str, Application]:
    """Build the cases and sweep once; the answer names them."""
    cast.laws()
    cases = {
        "home on time": filed(cast.HOME, "2026-07-06", steps=6),
        "home late": filed(cast.HOME, "2026-07-06", steps=6, gap=4),
        "home over": filed(cast.HOME, "2026-08-03", steps=1),
        "home today": filed(cast.HOME, "2026-08-12", steps=1),
        "home fresh": filed(cast.HOME, "2026-08-18", region=cast.HEPING),
        "school on time": filed(cast.SCHOOL, "2026-07-07", steps=6),
        "school slow": filed(cast.SCHOOL, "2026-07-01", steps=6, gap=6),
        "school over": filed(cast.SCHOOL, "2026-08-10", steps=1),
        "factory waits": filed(cast.FACTORY, "2026-07-20", steps=2, gap=3),
        "factory done": filed(cast.FACTORY, "2026-06-15", steps=9, gap=2),
        "factory exempt": filed(cast.FACTORY, "2026-07-01", steps=1),
        "factory paused late": filed(cast.FACTORY, "2026-07-13"),
        "hospital": filed(cast.HOSPITAL, "2026-07-27", region=cast.HEPING),
        "school returned": filed(cast.SCHOOL, "2026-08-18", region=cast.HEPING),
        "home withdrawn": filed(cast.HOME, "2026-07-20"),
        "factory permit": filed(cast.FACTORY, "2026-08-03", steps=1),
    }
    _detours(cases)
    sweep.run(at=NOW)
    return cases


def _detours(cases: dict[str, Application]) -> None:
    upgrade = casework.Upgrade(
        project_name="友谊路变电站增容",
        project_address="河西区友谊路",
        reason="上级变电站满载",
        responsible_unit="市公司发展部",
        approved_by_name="赵班长",
        planned_on=cast.at("2026-12-01").date(),
    )
    casework.flag_grid_upgrade(
        cases["factory exempt"],
        by=cast.wang(),
        at=cast.at("2026-07-10"),
        upgrade=upgrade,
    )
    # Returned long after its one day: late first, then paused.
    acceptance.return_for_supplement(
        cases["factory paused late"],
        by=cast.wang(),
        at=cast.at("2026-07-20"),
        missing=["property"],
    )
    acceptance.return_for_supplement(
        cases["school returned"],
        by=cast.li(),
        at=cast.at("2026-08-18", "16:00"),
        missing=["property"],
    )
    acceptance.accept(
        cases["hospital"], by=cast.li(), at=cast.at("2026-07-28"), survey=Survey()
    )
    withdrawn = cases["home withdrawn"]
    connecting.withdraw(
        withdrawn, by=withdrawn.filed_by, at=cast.at("2026-07-21"), reason="不办了"
    )
    permit = cases["factory permit"]
    acceptance.set_external_line(
        permit, by=cast.wang(), at=cast.at("2026-08-05"), reason="需架空线"
    )
    casework.wait_for_permit(
        permit, by=cast.wang(), at=cast.at("2026-08-06"), authority="区城管委"
    )


def signed_in(user: User) -> Client:
    """Return a browser in which this person is signed in."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def scope(since: str | None = None, until: datetime = NOW, **more: Any) -> Scope:
    """Return the regulator's question about everything up to a moment."""
    begun = cast.at(since, "00:00") if since else None
    return Scope(viewer=cast.liu(), at=until, since=begun, past=until < NOW, **more)
