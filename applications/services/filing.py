"""Filing: a draft that keeps every step, submitted exactly once."""

import hashlib
import json
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from applications import classification, identity, numbers
from applications.actors import Actor, Role
from applications.classification import LOW_VOLTAGES, ApplicantKind, Voltage
from applications.errors import Refused, Reused
from applications.fields import blind_index
from applications.lifecycle import Status
from applications.models import Applicant, Application
from applications.phones import clean_phone
from applications.services import acting, documents
from sla.models import Region
from sla.vocabulary import UserType

LARGEST_KW = Decimal(500_000)


@dataclass(frozen=True, slots=True)
class Need:
    """What is wanted, in the applicant's own words; capacity in kW."""

    kind: str
    purpose: str
    capacity_kw: Decimal
    sources: int = 1
    voltage: str = ""
    wanted_on: date | None = None


@dataclass(frozen=True, slots=True)
class Site:
    """Where: a district (GB/T 2260) and an address in it."""

    region: str
    address: str


@dataclass(frozen=True, slots=True)
class Person:
    """Who applies, and how to reach them."""

    name: str
    id_type: str
    id_number: str
    contact_name: str
    phone: str
    is_agent: bool = False


def start(*, by: Actor, at: datetime, key: uuid.UUID | None = None) -> Application:
    """Open a draft, or return the one this person already opened under ``key``."""
    if by.role != Role.APPLICANT:
        raise Refused(_("请使用申请人账号提交申请。"))
    key = key or uuid.uuid4()
    try:
        with transaction.atomic():
            return Application.objects.create(submission_key=key, filed_by_id=by.pk)
    except IntegrityError:
        draft = Application.objects.filter(
            submission_key=key, filed_by_id=by.pk
        ).first()
        if draft is None:
            raise Reused(_("提交编号已被使用，请重新开始申请。")) from None
        return draft


def save_need(draft: Application, need: Need, *, by: Actor) -> Application:
    """Keep the answers about the electricity itself. Raises ValidationError."""
    _check_need(need)
    with _editing(draft, by) as row:
        row.applicant_kind = need.kind
        if row.applicant is not None:
            row.applicant.kind = need.kind
            row.applicant.save(update_fields=["kind"])
        row.purpose = need.purpose.strip()
        row.capacity_kw = need.capacity_kw
        row.sources = need.sources
        row.voltage = need.voltage or classification.suggest_voltage(
            need.capacity_kw, need.sources
        )
        row.wanted_on = need.wanted_on
    return draft


def _check_need(need: Need) -> None:
    problems: dict[str, str] = {}
    if need.kind not in ApplicantKind.values:
        problems["kind"] = _("请选择谁用电。")
    if not need.purpose.strip():
        problems["purpose"] = _("请填写电用来做什么，例如“开小超市”。")
    if not Decimal("0.1") <= need.capacity_kw <= LARGEST_KW:
        problems["capacity_kw"] = _("申请容量应在0.1至500000千瓦之间。")
    if need.sources not in {1, 2}:
        problems["sources"] = _("请选择一路或两路电源。")
    if need.voltage and need.voltage not in Voltage.values:
        problems["voltage"] = _("请从列表中选择供电电压。")
    elif need.sources == 2 and need.voltage in LOW_VOLTAGES:
        problems["voltage"] = _("两路电源须由10千伏及以上电压供电。")
    if problems:
        raise ValidationError(problems)


def save_site(draft: Application, site: Site, *, by: Actor) -> Application:
    """Keep where the electricity is needed. Raises ValidationError."""
    region = Region.objects.filter(code=site.region, parent__isnull=False).first()
    if region is None:
        raise ValidationError({"region": _("请选择用电地址所在的区。")})
    if len(site.address.strip()) < 4:
        raise ValidationError({"address": _("请填写详细地址：街道、门牌或小区楼栋。")})
    with _editing(draft, by) as row:
        row.region = region
        row.address = site.address.strip()
    return draft


def save_person(draft: Application, person: Person, *, by: Actor) -> Application:
    """Keep who applies; numbers are verified, encrypted, found by blind index."""
    id_number, phone = _clean_person(draft, person)
    with _editing(draft, by) as row:
        applicant = row.applicant or Applicant(owner_id=by.pk)
        applicant.kind = row.applicant_kind
        applicant.name = person.name.strip()
        applicant.id_type = person.id_type
        applicant.id_number = id_number
        applicant.id_index = blind_index(id_number, "identity")
        applicant.contact_name = person.contact_name.strip()
        applicant.phone = phone
        applicant.phone_index = blind_index(phone, "phone")
        applicant.is_agent = person.is_agent
        applicant.save()
        row.applicant = applicant
    return draft


def _clean_person(draft: Application, person: Person) -> tuple[str, str]:
    problems: dict[str, object] = {}
    id_number = phone = ""
    allowed = allowed_id_types(draft.applicant_kind)
    if person.id_type not in allowed:
        problems["id_type"] = _("请选择证件类型。")
    else:
        try:
            id_number = identity.clean_number(person.id_type, person.id_number)
        except ValidationError as error:
            problems["id_number"] = error.messages
    try:
        phone = clean_phone(person.phone)
    except ValidationError as error:
        problems["phone"] = error.messages
    if not person.name.strip():
        problems["name"] = _("请填写姓名或单位名称，与证件一致。")
    if not person.contact_name.strip():
        problems["contact_name"] = _("请填写联系人，客户经理会与其联系。")
    if problems:
        raise ValidationError(problems)
    return id_number, phone


def allowed_id_types(kind: str) -> tuple[identity.IdType, ...]:
    """Return the papers that may identify an applicant of this kind."""
    if kind == ApplicantKind.RESIDENT:
        return identity.PERSON_TYPES
    return identity.ORGANISATION_TYPES


def promise_documents(
    draft: Application, kinds: list[str], *, by: Actor
) -> Application:
    """Promise to hand in deferrable papers later (一证受理、容缺受理)."""
    deferrable = {i.kind for i in documents.checklist(draft) if i.deferrable}
    if not set(kinds) <= deferrable:
        raise ValidationError(_("只有标明“可承诺后补”的材料可以后补。"))
    with _editing(draft, by) as row:
        row.promised_documents = sorted(kinds)
    return draft


def missing(draft: Application) -> list[str]:
    """Return what still has to be filled in before submission, as sentences."""
    gaps = []
    if draft.capacity_kw is None:
        gaps.append(_("用电需求：请填写用途和容量。"))
    if draft.region_id is None or not draft.address:
        gaps.append(_("用电地址：请选择所在区并填写详细地址。"))
    if draft.applicant is None:
        gaps.append(_("申请人：请填写身份信息和联系方式。"))
    else:
        gaps += [
            _("材料：请上传“%s”。") % item.label
            for item in documents.checklist(draft)
            if not item.satisfied
        ]
        if draft.applicant.id_type not in allowed_id_types(draft.applicant_kind):
            gaps.append(_("申请人：证件类型与用电人类别不符，请重新填写身份信息。"))
    return gaps


def submit(application: Application, *, by: Actor, at: datetime) -> Application:
    """Submit a complete draft; the same click again returns the same application.

    Stage 业务受理 and the total clock start at ``at``. Raises ValidationError listing
    what is missing.
    """
    with transaction.atomic():
        locked = acting.lock(application)
        if locked.status != Status.DRAFT and locked.filed_by_id == by.pk:
            application.refresh_from_db()
            return application
        gaps = missing(locked)
        if gaps:
            raise ValidationError(gaps)
        with acting.act(application, "submit", by=by, at=at) as act:
            row = act.application
            row.number = numbers.new_number()
            row.user_type = user_type_of(row)
            row.fingerprint = fingerprint_of(row)
            act.remember(
                user_type=row.user_type,
                capacity_kw=str(row.capacity_kw),
                region=row.region_id,
                promised=row.promised_documents,
            )
    return application


def user_type_of(application: Application) -> UserType:
    """Derive the user type of 附件2 from the answers; never asked of the applicant."""
    assert application.capacity_kw is not None
    return classification.classify(
        kind=application.applicant_kind,
        capacity_kw=application.capacity_kw,
        voltage=application.voltage,
        sources=application.sources,
        district=application.region_id or "",
        external_line=application.external_line,
    )


def fingerprint_of(application: Application) -> str:
    """Return a digest of what was asked for: it tells a repeat from a reuse."""
    answers = {
        "need": [
            application.applicant_kind,
            application.purpose,
            f"{application.capacity_kw:.1f}",
            application.sources,
            application.voltage,
        ],
        "site": [application.region_id, application.address],
        "applicant": [
            application.applicant.id_index if application.applicant else "",
            application.applicant.name if application.applicant else "",
        ],
    }
    text = json.dumps(answers, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def discard(draft: Application, *, by: Actor) -> None:
    """Delete a draft with its files and answers; nothing filed is ever deleted."""
    with transaction.atomic():
        locked = acting.lock(draft)
        _require_own_draft(locked, by)
        applicant = locked.applicant
        for document in locked.documents.all():
            document.file.delete(save=False)
            document.delete()
        locked.delete()
        if applicant is not None and not applicant.applications.exists():
            applicant.delete()


@contextmanager
def _editing(draft: Application, by: Actor) -> Iterator[Application]:
    """Lock a draft of one's own, save it, and show the caller the result."""
    with transaction.atomic():
        row = acting.lock(draft)
        _require_own_draft(row, by)
        yield row
        row.save()
    draft.refresh_from_db()


def _require_own_draft(row: Application, by: Actor) -> None:
    if row.filed_by_id != by.pk:
        raise Refused(_("只能修改本人的申请。"))
    if row.status != Status.DRAFT:
        raise Refused(
            _("申请已经提交，不能再修改；如有错误请联系客户经理或撤回后重填。")
        )
