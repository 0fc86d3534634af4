"""How applications fare in the demo world: scripts of steps and days between them."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from io import BytesIO

from PIL import Image

from applications.classification import LOW_VOLTAGES, ApplicantKind
from applications.models import Application
from applications.services import (
    acceptance,
    casework,
    connecting,
    documents,
    filing,
    planning,
    works,
)
from portal.accounts.models import User
from portal.demo_world import names, network
from sla.ground.uploads import CleanUpload
from sla.vocabulary import Stage

Step = Callable[["Journey", datetime], None]


@dataclass(slots=True)
class Journey:
    """One application under way, and the people on its road."""

    application: Application
    owner: User
    manager: User
    dice: random.Random
    survey: acceptance.Survey = field(default_factory=acceptance.Survey)


def _picture() -> bytes:
    canvas = BytesIO()
    Image.new("RGB", (64, 40), "#e6efee").save(canvas, "PNG")
    return canvas.getvalue()


PICTURE = _picture()


def hand_in(journey: Journey, kind: str, at: datetime) -> None:
    """Keep one paper: our own picture, which needs no cleaning a thousand times."""
    clean = CleanUpload(PICTURE, f"{kind}.png", "png", "image/png")
    documents.keep(journey.application, kind=kind, clean=clean, by=journey.owner, at=at)


def file(
    *,
    owner: User,
    who: names.Somebody,
    manager: User,
    need: filing.Need,
    district: str,
    dice: random.Random,
    at: datetime,
    survey: acceptance.Survey,
    submit: bool = True,
) -> Journey:
    """Fill in a draft as people do: main papers at once, ownership promised."""
    draft = filing.start(by=owner, at=at)
    place = names.address(dice, district, need.kind)
    if need.kind == ApplicantKind.RESIDENT:
        # Whoever gets power at home is told of its outages.
        place = network.home(dice, district) or place
    filing.fill(
        draft,
        need=need,
        site=filing.Site(district, place),
        person=filing.Person(
            who.name, who.id_type, who.id_number, who.contact, who.phone
        ),
        promised=[],
        by=owner,
    )
    journey = Journey(draft, owner, manager, dice, survey)
    papers = documents.checklist(draft)
    for item in papers:
        if item.required and not item.deferrable:
            hand_in(journey, item.kind, at)
    filing.promise_documents(
        draft, [item.kind for item in papers if item.deferrable], by=owner
    )
    if submit:
        filing.submit(draft, by=owner, at=at)
    return journey


# -- The steps -------------------------------------------------------------------
def accept(j: Journey, at: datetime) -> None:
    acceptance.accept(j.application, by=j.manager, at=at, survey=j.survey)


def ask_for_papers(j: Journey, at: datetime) -> None:
    acceptance.return_for_supplement(
        j.application,
        by=j.manager,
        at=at,
        missing=[_unreadable(j)],
        note="照片反光，看不清号码，请重新拍摄。",
    )


def _unreadable(j: Journey) -> str:
    """Return the paper whose photograph is asked for again: who applies."""
    papers = documents.checklist(j.application)
    return next(item.kind for item in papers if item.required and not item.deferrable)


def supplement(j: Journey, at: datetime) -> None:
    hand_in(j, _unreadable(j), at)
    acceptance.supplement(j.application, by=j.owner, at=at, note="已重新上传。")


def refuse(j: Journey, at: datetime) -> None:
    acceptance.refuse(
        j.application,
        by=j.manager,
        at=at,
        reason="该小区为非电网直供电小区，配电设施尚未移交。",
        next_step="请联系小区物业；需要协调的可向所在区能源（电力）管理部门反映。",
    )


def reply(j: Journey, at: datetime) -> None:
    a = j.application
    assert a.capacity_kw is not None
    low = a.voltage in LOW_VOLTAGES
    line = j.dice.choice(["友谊", "海河", "卫津", "津塘", "新港", "光明"])
    planning.reply_plan(
        a,
        by=j.manager,
        at=at,
        offer=planning.Offer(
            voltage=a.voltage,
            capacity_kw=a.capacity_kw,
            supply_point=f"{line}线 {j.dice.randrange(1, 60)}号"
            + ("台区" if low else "环网柜"),
            metering="低供低计" if low else "高供高计",
            ownership_boundary="电能表出线端" if low else "环网柜出线侧电缆头",
            tariff="居民生活"
            if a.applicant_kind == ApplicantKind.RESIDENT
            else ("工商业单一制" if a.capacity_kw < 315 else "工商业两部制"),
            fees="无",
            works="" if low else "用户侧受电工程由用户自行委托设计、施工。",
            overhead_transformer=False,
        ),
    )


def confirm(j: Journey, at: datetime) -> None:
    planning.confirm_plan(j.application, by=j.owner, at=at)


def object_to_plan(j: Journey, at: datetime) -> None:
    planning.object_plan(
        j.application, by=j.owner, at=at, reason="希望电源点改到厂区北侧，距离更近。"
    )


def take_objection(j: Journey, at: datetime) -> None:
    planning.take_objection(j.application, by=j.manager, at=at)


def engage(j: Journey, at: datetime) -> None:
    if Stage.DESIGN_REVIEW in j.application.route:
        works.start_design(
            j.application, by=j.owner, at=at, designer="天津市津电设计咨询有限公司"
        )
    else:
        works.start_construction(
            j.application, by=j.owner, at=at, contractor="天津滨海电力安装有限公司"
        )


def submit_design(j: Journey, at: datetime) -> None:
    hand_in(j, "drawings", at)
    works.submit_design(j.application, by=j.owner, at=at)


def approve_design(j: Journey, at: datetime) -> None:
    works.approve_design(j.application, by=j.manager, at=at, findings="符合规范。")


def report_mid(j: Journey, at: datetime) -> None:
    works.report_mid_inspection(
        j.application, by=j.owner, at=at, note="电缆沟和接地装置已完成。"
    )


def pass_mid(j: Journey, at: datetime) -> None:
    works.pass_mid_inspection(j.application, by=j.manager, at=at)


def report_completion(j: Journey, at: datetime) -> None:
    hand_in(j, "completion", at)
    works.report_completion(j.application, by=j.owner, at=at)


def fail_final(j: Journey, at: datetime) -> None:
    works.fail_final_inspection(
        j.application,
        by=j.manager,
        at=at,
        findings="接地电阻超标；配电室缺少绝缘垫。请一并整改。",
    )


def pass_final(j: Journey, at: datetime) -> None:
    works.pass_final_inspection(j.application, by=j.manager, at=at)


def sign(j: Journey, at: datetime) -> None:
    for kind in list(j.application.promised_documents):
        hand_in(j, kind, at)
    assert j.application.applicant is not None
    connecting.sign_contract(
        j.application,
        by=j.owner,
        at=at,
        signed_name=j.application.applicant.contact_name,
    )


def wait_for_permit(j: Journey, at: datetime) -> None:
    casework.wait_for_permit(
        j.application, by=j.manager, at=at, authority="区政务服务办"
    )


def receive_permit(j: Journey, at: datetime) -> None:
    casework.receive_permit(j.application, by=j.manager, at=at)


def flag_upgrade(j: Journey, at: datetime) -> None:
    planned = (at + timedelta(days=90)).date()
    casework.flag_grid_upgrade(
        j.application,
        by=j.manager,
        at=at,
        upgrade=casework.Upgrade(
            project_name=f"{j.application.address[:12]}用电项目",
            project_address=j.application.address,
            reason="10千伏线路重载，须新建出线后方可接入。",
            responsible_unit="城区供电分公司",
            approved_by_name="赵班长",
            planned_on=planned,
        ),
    )


def energise(j: Journey, at: datetime) -> None:
    connecting.energise(
        j.application,
        by=j.manager,
        at=at,
        meter_number=f"TJ26{j.application.pk:08d}",
        account_number=f"12{j.application.pk:08d}",
    )


def archive(j: Journey, at: datetime) -> None:
    connecting.archive(j.application, by=j.manager, at=at)


def withdraw(j: Journey, at: datetime) -> None:
    connecting.withdraw(
        j.application, by=j.owner, at=at, reason="店面不租了，暂时不需要用电。"
    )
