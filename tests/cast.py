"""The people every test knows, and roads they walk: always through the real services.

王工 answers for 河西区, 李工 for 和平区, 赵班长 supervises both; 张大爷 wants power
at home, 陈老板 for a shop or a factory; 刘监管 looks on, 孙运维 keeps it running.
"""

import uuid
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.core.files.uploadedfile import SimpleUploadedFile

from applications.classification import LOW_VOLTAGES, ApplicantKind, Voltage
from applications.lifecycle import Status
from applications.models import Application
from applications.services import (
    acceptance,
    connecting,
    documents,
    filing,
    planning,
    works,
)
from applications.services.acceptance import Survey
from portal.accounts.models import User, phone_index
from sla.ground.uploads import CleanUpload
from sla.models import Policy, Region
from sla.services import policies
from sla.vocabulary import Stage

SHANGHAI = ZoneInfo("Asia/Shanghai")
HEXI, HEPING = "120103", "120101"
# A Tuesday with an ordinary fortnight before it and 国庆 well behind.
NOW = datetime(2026, 9, 1, 9, 0, tzinfo=SHANGHAI)
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


def at(day: str, time: str = "09:00") -> datetime:
    """Return a moment in Shanghai: ``at("2026-09-30")``."""
    return datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=SHANGHAI)


def laws() -> None:
    """Have the policies of the repository in force.

    A test database has them from the beginning, until a test that commits empties it.
    """
    if not Policy.objects.exists():
        policies.load(at=NOW)


def _person(username: str, role: str, **facts: Any) -> User:
    districts = facts.pop("districts", [])
    found = User.objects.filter(username=username).first()
    if found is not None:
        return found
    phone = facts.pop("phone", None)
    if phone:
        facts |= {
            "phone": phone,
            "phone_index": phone_index(phone),
            "phone_verified": True,
        }
    user = User(username=username, role=role, **facts)
    user.is_staff = role in {"manager", "supervisor", "operator"}
    user.set_password(f"{username}-password")
    user.save()
    user.districts.set(Region.objects.filter(pk__in=districts))
    return user


def zhang() -> User:
    """张大爷, who applies for his home."""
    return _person("zhang", "applicant", display_name="张大爷", phone="+8613800000001")


def chen() -> User:
    """陈老板, who applies for a business."""
    return _person("chen", "applicant", display_name="陈老板", phone="+8613800000002")


def wang() -> User:
    """王工, customer manager of 河西区."""
    return _person(
        "wang", "manager", display_name="王工", staff_no="T0012", districts=[HEXI]
    )


def li() -> User:
    """李工, customer manager of 和平区."""
    return _person(
        "li", "manager", display_name="李工", staff_no="T0021", districts=[HEPING]
    )


def zhao() -> User:
    """赵班长, who supervises both districts."""
    return _person(
        "zhao",
        "supervisor",
        display_name="赵班长",
        staff_no="T0001",
        districts=[HEXI, HEPING],
    )


def liu() -> User:
    """刘监管, who only looks."""
    return _person("liu", "regulator", display_name="刘监管", staff_no="J0001")


def sun() -> User:
    """孙运维, who keeps policies, calendars and users."""
    return _person("sun", "operator", display_name="孙运维", staff_no="Y0001")


HOME = filing.Need(
    kind=ApplicantKind.RESIDENT, purpose="家庭用电", capacity_kw=Decimal(8)
)
SHOP = filing.Need(
    kind=ApplicantKind.PRIVATE_BUSINESS, purpose="小超市", capacity_kw=Decimal(30)
)
SCHOOL = filing.Need(
    kind=ApplicantKind.ORGANISATION, purpose="小学教学楼", capacity_kw=Decimal(100)
)
FACTORY = filing.Need(
    kind=ApplicantKind.PRIVATE_BUSINESS, purpose="食品加工厂", capacity_kw=Decimal(630)
)
HOSPITAL = replace(
    FACTORY, kind=ApplicantKind.ORGANISATION, purpose="区医院", sources=2
)
DATA_CENTRE = replace(
    FACTORY, purpose="数据中心", capacity_kw=Decimal(12000), voltage=Voltage.KV35
)

PERSON = filing.Person(
    name="张建国",
    id_type="id_card",
    id_number="11010519491231002X",
    contact_name="张建国",
    phone="13800000001",
)
COMPANY = filing.Person(
    name="天津海河食品有限公司",
    id_type="uscc",
    id_number="91350100M000100Y43",
    contact_name="陈志强",
    phone="13800000002",
)
PAPERS = {
    ApplicantKind.RESIDENT: ["identity", "property"],
    ApplicantKind.PRIVATE_BUSINESS: [
        "business_licence",
        "legal_person_identity",
        "property",
    ],
    ApplicantKind.ORGANISATION: [
        "organisation_proof",
        "legal_person_identity",
        "property",
    ],
}


def paper() -> SimpleUploadedFile:
    """Return a picture as a phone would send it."""
    return SimpleUploadedFile("照片.png", PNG, content_type="image/png")


def hand_in(application: Application, kind: str, *, by: User, moment: datetime) -> None:
    """Keep one paper, cleaned before: what cleaning does has tests of its own."""
    clean = CleanUpload(PNG, "照片.png", "png", "image/png")
    documents.keep(application, kind=kind, clean=clean, by=by, at=moment)


def drafted(
    need: filing.Need = HOME,
    *,
    by: User | None = None,
    region: str = HEXI,
    moment: datetime = NOW,
) -> Application:
    """Return a draft with every question answered and every paper handed in."""
    by = by or (zhang() if need.kind == ApplicantKind.RESIDENT else chen())
    person = PERSON if need.kind == ApplicantKind.RESIDENT else COMPANY
    draft = filing.start(by=by, at=moment, key=uuid.uuid4())
    filing.save_need(draft, need, by=by)
    filing.save_site(draft, filing.Site(region, "友谊路12号3门401"), by=by)
    filing.save_person(draft, person, by=by)
    for kind in PAPERS[ApplicantKind(need.kind)]:
        hand_in(draft, kind, by=by, moment=moment)
    return draft


def submitted(
    need: filing.Need = HOME,
    *,
    by: User | None = None,
    region: str = HEXI,
    moment: datetime = NOW,
) -> Application:
    """Return an application that waits for acceptance."""
    draft = drafted(need, by=by, region=region, moment=moment)
    return filing.submit(draft, by=draft.filed_by, at=moment)


def offer_for(application: Application) -> planning.Offer:
    """Return a supply plan that fits."""
    assert application.capacity_kw is not None
    return planning.Offer(
        voltage=application.voltage,
        capacity_kw=application.capacity_kw,
        supply_point="10千伏友谊线 友谊路3号台区",
        metering="低压计量" if application.voltage in LOW_VOLTAGES else "高供高计",
        ownership_boundary="电能表出线端",
        tariff="居民生活" if application.capacity_kw < 20 else "工商业单一制",
        fees="无",
    )


# The one-step moves of the happy road: who acts, and how.
def _accept(a: Application, moment: datetime, survey: Survey) -> None:
    acceptance.accept(a, by=wang(), at=moment, survey=survey)


def _reply(a: Application, moment: datetime) -> None:
    planning.reply_plan(a, by=wang(), at=moment, offer=offer_for(a))


def _after_confirmation(a: Application, moment: datetime) -> None:
    if a.is_low_voltage:
        _sign(a, moment)
    elif Stage.DESIGN_REVIEW in a.route:
        works.start_design(a, by=a.filed_by, at=moment, designer="天津滨海设计院")
    else:
        works.start_construction(
            a, by=a.filed_by, at=moment, contractor="天津津能电力工程公司"
        )


def _draw(a: Application, moment: datetime) -> None:
    hand_in(a, "drawings", by=a.filed_by, moment=moment)
    works.submit_design(a, by=a.filed_by, at=moment)


def _build(a: Application, moment: datetime) -> None:
    if Stage.MID_INSPECTION in a.route and not a.mid_inspection_passed:
        works.report_mid_inspection(a, by=a.filed_by, at=moment)
        return
    hand_in(a, "completion", by=a.filed_by, moment=moment)
    works.report_completion(a, by=a.filed_by, at=moment)


def _sign(a: Application, moment: datetime) -> None:
    assert a.applicant is not None
    connecting.sign_contract(
        a, by=a.filed_by, at=moment, signed_name=a.applicant.contact_name
    )


def _energise(a: Application, moment: datetime) -> None:
    connecting.energise(
        a,
        by=wang(),
        at=moment,
        meter_number=f"TJ{a.pk:010d}",
        account_number=f"{1200000000 + a.pk}",
    )


def step(a: Application, moment: datetime, survey: Survey | None = None) -> None:
    """Take the one step of the happy road that the status calls for."""
    moves: dict[str, Any] = {
        Status.SUBMITTED: lambda: _accept(a, moment, survey or Survey()),
        Status.ACCEPTED: lambda: _reply(a, moment),
        Status.PLAN_REPLIED: lambda: planning.confirm_plan(a, by=a.filed_by, at=moment),
        Status.PLAN_CONFIRMED: lambda: _after_confirmation(a, moment),
        Status.DESIGNING: lambda: _draw(a, moment),
        Status.DESIGN_REVIEW: lambda: works.approve_design(a, by=wang(), at=moment),
        Status.CONSTRUCTING: lambda: _build(a, moment),
        Status.MID_INSPECTION: lambda: works.pass_mid_inspection(
            a, by=wang(), at=moment
        ),
        Status.RECTIFYING: lambda: _build(a, moment),
        Status.FINAL_INSPECTION: lambda: works.pass_final_inspection(
            a, by=wang(), at=moment
        ),
        Status.SIGNING: lambda: _sign(a, moment),
        Status.CONNECTING: lambda: _energise(a, moment),
        Status.ENERGISED: lambda: connecting.archive(a, by=wang(), at=moment),
    }
    moves[a.status]()


def walk(
    to: Status,
    need: filing.Need = HOME,
    *,
    survey: Survey | None = None,
    moment: datetime = NOW,
    by: User | None = None,
) -> Application:
    """Return an application of 河西区 that came to ``to`` along the happy road."""
    application = submitted(need, moment=moment, by=by)
    for _ in range(20):
        if application.status == to:
            return application
        step(application, moment, survey)
    raise AssertionError(f"the happy road does not lead to {to}")
