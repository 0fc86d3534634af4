"""Out of order, by the wrong person, from another district, on an old page: refused."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from applications.lifecycle import ACTIONS, STATUSES, Status
from applications.models import Application
from applications.permissions import can
from applications.selectors.offers import offers
from applications.services import (
    acceptance,
    casework,
    connecting,
    documents,
    filing,
    planning,
    works,
)
from applications.services.acceptance import Survey
from sla.ground.actors import SYSTEM, Actor
from sla.ground.errors import OutOfOrder, Refused, Stale
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _laws() -> None:
    cast.laws()


def events(application: Application) -> list[str]:
    return list(application.events.order_by("seq").values_list("action", flat=True))


def test_an_act_out_of_order_names_the_status() -> None:
    application = cast.submitted()
    with pytest.raises(OutOfOrder, match=r"待受理.*装表送电"):
        connecting.energise(
            application,
            by=cast.wang(),
            at=cast.NOW,
            meter_number="TJ0000000001",
            account_number="1200000001",
        )
    assert events(application) == ["submit"]


def test_the_same_act_twice_is_done_once() -> None:
    application = cast.submitted()
    acceptance.accept(application, by=cast.wang(), at=cast.NOW)
    with pytest.raises(OutOfOrder):
        acceptance.accept(application, by=cast.wang(), at=cast.NOW)
    assert events(application) == ["submit", "accept"]


def test_an_applicant_cannot_accept_their_own_application() -> None:
    application = cast.submitted()
    with pytest.raises(Refused, match="只能由客户经理"):
        acceptance.accept(application, by=cast.zhang(), at=cast.NOW)


def test_a_manager_cannot_act_in_another_district() -> None:
    application = cast.submitted(region=cast.HEXI)
    with pytest.raises(Refused, match="不在您负责的区域"):
        acceptance.accept(application, by=cast.li(), at=cast.NOW)


def test_another_applicant_cannot_act() -> None:
    application = cast.walk(Status.PLAN_REPLIED)
    with pytest.raises(Refused, match="本人"):
        planning.confirm_plan(application, by=cast.chen(), at=cast.NOW)


def test_a_regulator_only_looks() -> None:
    application = cast.submitted()
    assert offers(application, by=cast.liu(), at=cast.NOW) == []
    with pytest.raises(Refused):
        casework.note(application, by=cast.liu(), at=cast.NOW, text="看过")


def test_a_switched_off_account_does_nothing() -> None:
    application, manager = cast.submitted(), cast.wang()
    manager.is_active = False
    with pytest.raises(Refused, match="停用"):
        acceptance.accept(application, by=manager, at=cast.NOW)


def test_a_decision_on_an_old_page_names_who_was_faster() -> None:
    application = cast.submitted()
    seen = application.last_seq
    acceptance.accept(application, by=cast.zhao(), at=cast.NOW, seen=seen)
    with pytest.raises(Stale, match=r"赵班长.*受理"):
        acceptance.refuse(
            application,
            by=cast.wang(),
            at=cast.NOW,
            reason="重复",
            next_step="无",
            seen=seen,
        )


def test_supplements_are_told_once_only() -> None:
    application = cast.submitted()
    acceptance.return_for_supplement(
        application, by=cast.wang(), at=cast.NOW, missing=["property"]
    )
    cast.hand_in(application, "property", by=cast.zhang(), moment=cast.NOW)
    acceptance.supplement(application, by=cast.zhang(), at=cast.NOW)
    with pytest.raises(Refused, match="一次性告知"):
        acceptance.return_for_supplement(
            application, by=cast.wang(), at=cast.NOW, missing=["identity"]
        )


@pytest.mark.parametrize("missing", [[], ["secret_handshake"]])
def test_only_papers_of_the_list_may_be_demanded(missing: list[str]) -> None:
    application = cast.submitted()
    with pytest.raises(ValidationError):
        acceptance.return_for_supplement(
            application, by=cast.wang(), at=cast.NOW, missing=missing
        )


def test_a_supplement_needs_everything_that_was_asked_for() -> None:
    application = cast.submitted()
    later = cast.at("2026-09-02")
    acceptance.return_for_supplement(
        application, by=cast.wang(), at=later, missing=["property"]
    )
    with pytest.raises(ValidationError, match="权属证明"):
        acceptance.supplement(application, by=cast.zhang(), at=later)


def test_low_voltage_has_no_works_to_report() -> None:
    application = cast.walk(Status.PLAN_CONFIRMED, cast.SCHOOL)
    owner = application.filed_by
    with pytest.raises(Refused, match="没有受电工程"):
        works.start_construction(
            application, by=owner, at=cast.NOW, contractor="某公司"
        )
    with pytest.raises(Refused, match="不需要设计审查"):
        works.start_design(application, by=owner, at=cast.NOW, designer="某院")


def test_high_voltage_signs_after_the_final_inspection() -> None:
    application = cast.walk(Status.PLAN_CONFIRMED, cast.FACTORY)
    with pytest.raises(OutOfOrder, match="竣工检验合格后"):
        connecting.sign_contract(
            application, by=cast.chen(), at=cast.NOW, signed_name="陈志强"
        )


def test_a_reviewed_case_cannot_skip_design_or_mid_inspection() -> None:
    survey = Survey(important=True)
    application = cast.walk(Status.PLAN_CONFIRMED, cast.HOSPITAL, survey=survey)
    with pytest.raises(Refused, match="设计审查"):
        works.start_construction(
            application, by=cast.chen(), at=cast.NOW, contractor="某公司"
        )
    for _step in range(3):
        cast.step(application, cast.NOW)
    assert application.status == Status.CONSTRUCTING
    with pytest.raises(Refused, match="中间检查"):
        works.report_completion(application, by=cast.chen(), at=cast.NOW)


def test_an_ordinary_case_has_no_mid_inspection() -> None:
    application = cast.walk(Status.CONSTRUCTING, cast.FACTORY)
    with pytest.raises(Refused, match="不需要中间检查"):
        works.report_mid_inspection(application, by=cast.chen(), at=cast.NOW)


def test_a_passed_mid_inspection_is_not_repeated() -> None:
    application = cast.walk(
        Status.MID_INSPECTION, cast.FACTORY, survey=Survey(concealed_works=True)
    )
    cast.step(application, cast.NOW)
    with pytest.raises(Refused, match="已经合格"):
        works.report_mid_inspection(application, by=cast.chen(), at=cast.NOW)


def test_the_signature_must_be_the_applicants() -> None:
    application = cast.walk(Status.PLAN_CONFIRMED)
    with pytest.raises(ValidationError, match="姓名一致"):
        connecting.sign_contract(
            application, by=cast.zhang(), at=cast.NOW, signed_name="别人"
        )


def test_promised_papers_come_before_the_contract() -> None:
    draft = cast.drafted()
    for document in draft.documents.filter(kind="property"):
        documents.remove(document, by=cast.zhang(), at=cast.NOW)
    filing.promise_documents(draft, ["property"], by=cast.zhang())
    filing.submit(draft, by=cast.zhang(), at=cast.NOW)
    for _step in range(3):
        cast.step(draft, cast.NOW)
    with pytest.raises(Refused, match="补齐"):
        cast.step(draft, cast.NOW)
    cast.hand_in(draft, "property", by=cast.zhang(), moment=cast.NOW)
    cast.step(draft, cast.NOW)
    assert draft.status == Status.CONNECTING


@pytest.mark.parametrize(
    ("meter", "account", "sentence"),
    [("TJ0001", "12345", "户号"), ("?", "1200000001", "电能表编号")],
)
def test_meter_and_account_have_their_form(
    meter: str, account: str, sentence: str
) -> None:
    application = cast.walk(Status.CONNECTING)
    with pytest.raises(ValidationError, match=sentence):
        connecting.energise(
            application,
            by=cast.wang(),
            at=cast.NOW,
            meter_number=meter,
            account_number=account,
        )
    application.refresh_from_db()
    assert application.status == Status.CONNECTING


def test_the_supply_voltage_fits_the_user_type() -> None:
    application = cast.walk(Status.ACCEPTED, cast.FACTORY)
    wrong = replace(cast.offer_for(application), voltage="220V", fees=" ")
    with pytest.raises(ValidationError) as refusal:
        planning.reply_plan(application, by=cast.wang(), at=cast.NOW, offer=wrong)
    assert set(refusal.value.message_dict) == {"voltage", "fees"}


@pytest.mark.parametrize("capacity", ["0", "-1", "500000.1", "99999999.9"])
def test_an_approved_capacity_is_one_that_can_be_asked_for(capacity: str) -> None:
    application = cast.walk(Status.ACCEPTED, cast.FACTORY)
    wrong = replace(cast.offer_for(application), capacity_kw=Decimal(capacity))
    with pytest.raises(ValidationError, match="批准容量"):
        planning.reply_plan(application, by=cast.wang(), at=cast.NOW, offer=wrong)


def test_the_button_and_the_act_say_the_same() -> None:
    """Ask every act of every person at every status of a reviewed road."""
    application = cast.submitted(cast.HOSPITAL)
    people: list[Actor] = [cast.zhang(), cast.chen(), cast.wang(), cast.li()]
    people += [cast.zhao(), SYSTEM]
    while not STATUSES[Status(application.status)].closed:
        for person in people:
            shown = offers(application, by=person, at=cast.NOW)
            allowed = {offer.action for offer in shown if offer.allowed}
            for action in ACTIONS:
                passes, reason = can(action, application, by=person, at=cast.NOW)
                assert passes == (action in allowed)
                assert passes != bool(reason)
        cast.step(application, cast.NOW, Survey(important=True))
