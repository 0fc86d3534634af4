"""Whatever people do in whatever order, every promise about the data holds."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from applications.lifecycle import Status
from applications.models import Application
from applications.selectors.offers import offers
from applications.services import (
    acceptance,
    casework,
    connecting,
    planning,
    works,
)
from applications.services.invariants import invariants
from portal.accounts.models import User
from sla.ground.errors import Refused
from sla.models import Clock
from sla.services import sweep
from sla.services.invariants import invariants as clock_invariants
from tests import cast

pytestmark = pytest.mark.django_db

NEEDS = [cast.HOME, cast.SHOP, cast.SCHOOL, cast.FACTORY, cast.HOSPITAL]
SURVEYS = [
    acceptance.Survey(),
    acceptance.Survey(external_line=True),
    acceptance.Survey(important=True, external_line=True),
    acceptance.Survey(concealed_works=True),
]
Doer = Callable[[Application, User, datetime, acceptance.Survey], object]
UPGRADE = casework.Upgrade("冷库", "友谊路", "重载", "城南", "赵", date(2030, 1, 1))

DOERS: dict[str, Doer] = {
    "accept": lambda a, p, t, s: acceptance.accept(a, by=p, at=t, survey=s),
    "return_for_supplement": lambda a, p, t, s: acceptance.return_for_supplement(
        a, by=p, at=t, missing=["property"]
    ),
    "refuse": lambda a, p, t, s: acceptance.refuse(
        a, by=p, at=t, reason="无", next_step="无"
    ),
    "set_external_line": lambda a, p, t, s: acceptance.set_external_line(
        a, by=p, at=t, reason="架线"
    ),
    "reply_plan": lambda a, p, t, s: planning.reply_plan(
        a, by=p, at=t, offer=cast.offer_for(a)
    ),
    "confirm_plan": lambda a, p, t, s: planning.confirm_plan(a, by=p, at=t),
    "object_plan": lambda a, p, t, s: planning.object_plan(a, by=p, at=t, reason="改"),
    "take_objection": lambda a, p, t, s: planning.take_objection(a, by=p, at=t),
    "extend_plan": lambda a, p, t, s: planning.extend_plan(a, by=p, at=t),
    "start_design": lambda a, p, t, s: works.start_design(a, by=p, at=t, designer="院"),
    "approve_design": lambda a, p, t, s: works.approve_design(a, by=p, at=t),
    "reject_design": lambda a, p, t, s: works.reject_design(
        a, by=p, at=t, findings="改"
    ),
    "start_construction": lambda a, p, t, s: works.start_construction(
        a, by=p, at=t, contractor="公司"
    ),
    "report_mid_inspection": lambda a, p, t, s: works.report_mid_inspection(
        a, by=p, at=t
    ),
    "pass_mid_inspection": lambda a, p, t, s: works.pass_mid_inspection(a, by=p, at=t),
    "fail_mid_inspection": lambda a, p, t, s: works.fail_mid_inspection(
        a, by=p, at=t, findings="改"
    ),
    "pass_final_inspection": lambda a, p, t, s: works.pass_final_inspection(
        a, by=p, at=t
    ),
    "fail_final_inspection": lambda a, p, t, s: works.fail_final_inspection(
        a, by=p, at=t, findings="改"
    ),
    "energise": lambda a, p, t, s: connecting.energise(
        a, by=p, at=t, meter_number="TJ0000001", account_number="1200000001"
    ),
    "archive": lambda a, p, t, s: connecting.archive(a, by=p, at=t),
    "withdraw": lambda a, p, t, s: connecting.withdraw(a, by=p, at=t, reason="不建"),
    "claim": lambda a, p, t, s: casework.claim(a, by=p, at=t),
    "note": lambda a, p, t, s: casework.note(a, by=p, at=t, text="备注"),
    "wait_for_permit": lambda a, p, t, s: casework.wait_for_permit(
        a, by=p, at=t, authority="办"
    ),
    "receive_permit": lambda a, p, t, s: casework.receive_permit(a, by=p, at=t),
    "flag_grid_upgrade": lambda a, p, t, s: casework.flag_grid_upgrade(
        a, by=p, at=t, upgrade=UPGRADE
    ),
    "change_upgrade_date": lambda a, p, t, s: casework.change_upgrade_date(
        a, by=p, at=t, planned_on=date(2031, 1, 1), reason="延迟"
    ),
    "clear_grid_upgrade": lambda a, p, t, s: casework.clear_grid_upgrade(a, by=p, at=t),
}
WITH_PAPERS: dict[str, tuple[str, Doer]] = {
    "supplement": (
        "property",
        lambda a, p, t, s: acceptance.supplement(a, by=p, at=t),
    ),
    "submit_design": (
        "drawings",
        lambda a, p, t, s: works.submit_design(a, by=p, at=t),
    ),
    "report_completion": (
        "completion",
        lambda a, p, t, s: works.report_completion(a, by=p, at=t),
    ),
    "sign_contract": (
        "property",
        lambda a, p, t, s: connecting.sign_contract(
            a,
            by=p,
            at=t,
            signed_name=a.applicant.contact_name if a.applicant else "",
        ),
    ),
}


@contextmanager
def undone() -> Iterator[None]:
    """Run an example and take everything back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def do(
    action: str, a: Application, person: User, t: datetime, survey: acceptance.Survey
) -> None:
    if action in WITH_PAPERS:
        kind, doer = WITH_PAPERS[action]
        cast.hand_in(a, kind, by=person, moment=t)
        doer(a, person, t, survey)
    elif action in DOERS:
        DOERS[action](a, person, t, survey)


choices = st.tuples(
    st.integers(0, 999), st.floats(0.001, 12), st.booleans(), st.integers(0, 2)
)


@settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(
    need=st.sampled_from(NEEDS),
    survey=st.sampled_from(SURVEYS),
    walk=st.lists(choices, min_size=3, max_size=25),
)
def test_any_walk_keeps_every_promise(
    db: None,
    need: object,
    survey: acceptance.Survey,
    walk: list[tuple[int, float, bool, int]],
) -> None:
    with undone():
        cast.laws()
        moment = cast.at("2026-09-21")
        application = cast.submitted(need, moment=moment)  # type: ignore[arg-type]
        people = [application.filed_by, cast.wang(), cast.zhao()]
        for pick, days, swept, who in walk:
            moment += timedelta(days=days)
            person = people[who]
            shown = offers(application, by=person, at=moment)
            allowed = [offer.action for offer in shown if offer.allowed]
            if swept:
                sweep.run(at=moment)
            if allowed:
                try_out(
                    allowed[pick % len(allowed)], application, person, moment, survey
                )
        check(application, moment)


def try_out(
    action: str, a: Application, person: User, t: datetime, survey: acceptance.Survey
) -> None:
    """Do an allowed act: the rule may not refuse it; its details may be wrong."""
    try:
        do(action, a, person, t, survey)
    except ValidationError:
        a.refresh_from_db()
    except Refused as refusal:  # pragma: no cover - the failure itself
        raise AssertionError(f"{action} was offered, then refused") from refusal


def check(application: Application, moment: datetime) -> None:
    for invariant in [*invariants(moment), *clock_invariants(moment)]:
        assert invariant.broken == [], invariant.promise
    if application.status == Status.ARCHIVED:
        assert not Clock.objects.of(application.number).open().exists()
