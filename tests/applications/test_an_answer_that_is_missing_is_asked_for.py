"""An act that needs words, papers or a person says which, and changes nothing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from applications.classification import Voltage
from applications.lifecycle import Status
from applications.models import Application
from applications.services import (
    acceptance,
    casework,
    connecting,
    planning,
    privacy,
    works,
)
from applications.services.acceptance import Survey
from sla.ground.errors import Refused
from sla.vocabulary import UserType
from tests import cast

pytestmark = pytest.mark.django_db
Attempt = Callable[[Application], object]
NOW, BLANK = cast.NOW, "  "
UPGRADE = casework.Upgrade(
    BLANK, "友谊路12号", "线路重载", "城南公司", BLANK, date(2026, 12, 31)
)


@pytest.fixture(autouse=True)
def _laws() -> None:
    cast.laws()


OF_STAFF: dict[str, tuple[Status, Attempt]] = {
    "请勾选需要补正的材料": (
        Status.SUBMITTED,
        lambda a: acceptance.return_for_supplement(
            a, by=cast.wang(), at=NOW, missing=[]
        ),
    ),
    "请写明不予受理的原因": (
        Status.SUBMITTED,
        lambda a: acceptance.refuse(
            a, by=cast.wang(), at=NOW, reason=BLANK, next_step="找物业"
        ),
    ),
    "请写明申请人下一步": (
        Status.SUBMITTED,
        lambda a: acceptance.refuse(
            a, by=cast.wang(), at=NOW, reason="未移交", next_step=BLANK
        ),
    ),
    "请写明认定有电力外线工程的依据": (
        Status.SUBMITTED,
        lambda a: acceptance.set_external_line(a, by=cast.wang(), at=NOW, reason=BLANK),
    ),
    "只能分派给在岗的客户经理": (
        Status.SUBMITTED,
        lambda a: casework.assign(a, by=cast.zhao(), at=NOW, manager=cast.sun()),
    ),
    "请写明为什么需要查看完整信息": (
        Status.SUBMITTED,
        lambda a: privacy.reveal(a, by=cast.wang(), at=NOW, reason=BLANK),
    ),
    "请选择供电电压": (
        Status.ACCEPTED,
        lambda a: planning.reply_plan(
            a, by=cast.wang(), at=NOW, offer=replace(cast.offer_for(a), voltage="")
        ),
    ),
    "请填写备注内容": (
        Status.SUBMITTED,
        lambda a: casework.note(a, by=cast.wang(), at=NOW, text=BLANK),
    ),
    "请填写办理行政审批的部门": (
        Status.ACCEPTED,
        lambda a: casework.wait_for_permit(a, by=cast.wang(), at=NOW, authority=BLANK),
    ),
    "请填写批准人": (
        Status.ACCEPTED,
        lambda a: casework.flag_grid_upgrade(
            a, by=cast.wang(), at=NOW, upgrade=UPGRADE
        ),
    ),
    "请写明计划变更的原因": (
        Status.ACCEPTED,
        lambda a: casework.change_upgrade_date(
            a, by=cast.wang(), at=NOW, planned_on=date(2027, 1, 1), reason=BLANK
        ),
    ),
    "请一次写清全部审查意见": (
        Status.DESIGN_REVIEW,
        lambda a: works.reject_design(a, by=cast.wang(), at=NOW, findings=BLANK),
    ),
    "请一次写清全部缺陷和整改要求": (
        Status.MID_INSPECTION,
        lambda a: works.fail_mid_inspection(a, by=cast.wang(), at=NOW, findings=BLANK),
    ),
}
OF_THE_APPLICANT: dict[str, tuple[Status, Attempt]] = {
    "请简单说明撤回的原因": (
        Status.ACCEPTED,
        lambda a: connecting.withdraw(a, by=cast.chen(), at=NOW, reason=BLANK),
    ),
    "请写明对方案哪里有异议": (
        Status.PLAN_REPLIED,
        lambda a: planning.object_plan(a, by=cast.chen(), at=NOW, reason=BLANK),
    ),
    "请填写您委托的设计单位": (
        Status.PLAN_CONFIRMED,
        lambda a: works.start_design(a, by=cast.chen(), at=NOW, designer=BLANK),
    ),
    "请先上传设计图纸": (
        Status.DESIGNING,
        lambda a: works.submit_design(a, by=cast.chen(), at=NOW),
    ),
}


@pytest.mark.parametrize("sentence", [*OF_STAFF, *OF_THE_APPLICANT])
def test_what_is_missing_is_named_and_nothing_happens(sentence: str) -> None:
    status, attempt = (OF_STAFF | OF_THE_APPLICANT)[sentence]
    application = cast.walk(status, cast.DATA_CENTRE)
    before = application.last_seq
    with pytest.raises(ValidationError) as refused:
        attempt(application)
    assert any(sentence in said for said in refused.value.messages)
    application.refresh_from_db()
    assert (application.status, application.last_seq) == (status, before)


def test_a_supplement_names_the_papers_that_are_still_missing() -> None:
    application, asked = cast.submitted(), cast.at("2026-09-02")
    acceptance.return_for_supplement(
        application, by=cast.wang(), at=asked, missing=["property"]
    )
    with pytest.raises(ValidationError, match="还缺少"):
        acceptance.supplement(application, by=cast.zhang(), at=asked)
    assert acceptance.still_missing(application) == {"property": "用电地址权属证明"}


def test_a_plan_cannot_be_confirmed_once_it_has_run_out() -> None:
    application = cast.walk(Status.PLAN_REPLIED)
    with pytest.raises(Refused, match="已超过有效期"):
        planning.confirm_plan(application, by=cast.zhang(), at=cast.at("2026-12-02"))


def test_a_plan_of_35_kilovolts_makes_another_user_type() -> None:
    application = cast.walk(Status.ACCEPTED, cast.FACTORY)
    offer = replace(cast.offer_for(application), voltage=Voltage.KV35)
    planning.reply_plan(application, by=cast.wang(), at=NOW, offer=offer)
    assert application.user_type == UserType.EXTRA_HIGH_SINGLE
    told = application.events.latest("seq").payload
    assert told["user_type"] == UserType.EXTRA_HIGH_SINGLE


def test_with_an_overhead_transformer_no_completion_papers_are_asked_for() -> None:
    application = cast.walk(Status.ACCEPTED, cast.FACTORY, survey=Survey())
    offer = replace(cast.offer_for(application), overhead_transformer=True)
    planning.reply_plan(application, by=cast.wang(), at=NOW, offer=offer)
    planning.confirm_plan(application, by=cast.chen(), at=NOW)
    works.start_construction(application, by=cast.chen(), at=NOW, contractor="津能")
    works.report_completion(application, by=cast.chen(), at=NOW)
    assert application.status == Status.FINAL_INSPECTION
