"""A report of a fault by anybody: answered by what is known, or given to a crew."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from outages import rules
from outages.models import Account, FaultReport, Premises, RepairOrder
from outages.services import acting, grouping, photos, repair_clocks
from outages.services.grouping import Where
from outages.vocabulary import URGENCY, Importance, Trouble
from sla.ground import numbers
from sla.ground.actors import Actor, Role
from sla.ground.errors import TooOften
from sla.ground.fields import blind_index
from sla.ground.phones import clean_phone
from sla.ground.uploads import CleanUpload
from sla.models import Region

LONGEST_PLACE = 160
LONGEST_DESCRIPTION = 300
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Caller:
    """Whoever reports speaks as somebody without power, whatever else they are here."""

    pk: Any = None
    is_active: bool = True
    role: str = Role.APPLICANT.value

    def district_codes(self) -> frozenset[str]:
        """Return no district: nobody reports on behalf of one."""
        return frozenset()

    def label(self) -> str:
        """Return what records call them; who it was stands in the report alone."""
        return "报修人"


@dataclass(frozen=True, slots=True)
class Told:
    """What was reported, checked and in normal form."""

    trouble: str
    importance: str
    where: Where
    phone: str = ""
    description: str = ""
    photo: CleanUpload | None = None
    caller: Caller = field(default_factory=Caller)
    client_index: str = ""

    @property
    def phone_index(self) -> str:
        return index_of_phone(self.phone) if self.phone else ""

    @property
    def urgency(self) -> int:
        return grouping.urgency_of(self.trouble, self.importance)


def index_of_phone(phone: str) -> str:
    """Return what the reports of a normalised number are found by."""
    return blind_index(phone, "fault phone")


def report(
    *,
    trouble: str,
    region: str,
    place: str,
    phone: str = "",
    account: Account | None = None,
    premises: Premises | None = None,
    importance: str = Importance.ORDINARY,
    description: str = "",
    photo: UploadedFile | None = None,
    reporter: Actor | None = None,
    client: str = "",
    at: datetime,
) -> FaultReport:
    """Keep a report, and answer it or hand it to a crew; the same twice is one.

    ``region`` is a district's GB/T 2260 code, ``client`` where the request came from
    (kept as a keyed index only). Raises ValidationError by field, TooOften beyond
    FAULTS_PER_PHONE or FAULTS_PER_CLIENT within the hour.
    """
    told = _checked(
        trouble=trouble,
        importance=importance,
        where=_where(region, place, premises, account),
        phone=phone,
        description=description,
        caller=Caller(reporter.pk if reporter else None),
        client_index=blind_index(client, "fault client") if client else "",
    )
    if photo:
        # Opening a picture is what costs: not for a twin, and not without end.
        twin = _known_already(told, at)
        if twin is not None:
            return twin
        told = replace(told, photo=photos.checked(photo))
    with transaction.atomic():
        grouping.hold(told.where)
        return _known_already(told, at) or _keep(told, at)


# -- What was said ---------------------------------------------------------------------
def _where(
    region: str, place: str, premises: Premises | None, account: Account | None
) -> Where:
    """Return the place; what the network knows of it wins over what was typed."""
    premises = premises or (account.premises if account else None)
    transformer = account.transformer if account else None
    if transformer is None and premises is not None:
        transformer = premises.transformer
    words = " ".join(place.split())
    if not words and premises is not None:
        words = premises.address
    if not words and account is not None:
        words = f"户号尾号{account.number[-4:]}"
    return Where(
        region=transformer.region_id if transformer else region,
        place=words,
        premises=premises,
        account=account,
        transformer=transformer,
    )


def _checked(
    *,
    trouble: str,
    importance: str,
    where: Where,
    phone: str,
    description: str,
    caller: Caller,
    client_index: str,
) -> Told:
    problems: dict[str, Any] = {}
    if trouble not in Trouble.values:
        problems["trouble"] = _("请选择遇到的情况。")
    if importance not in Importance.values:
        problems["importance"] = _("请选择用电情况。")
    problems |= _problems_of_place(where)
    description = description.strip()
    if len(description) > LONGEST_DESCRIPTION:
        problems["description"] = _("情况说明请不要超过%(limit_value)s个字。") % {
            "limit_value": LONGEST_DESCRIPTION
        }
    number = ""
    try:
        number = clean_phone(phone) if phone.strip() else ""
    except ValidationError as refused:
        problems["phone"] = refused.messages
    if problems:
        raise ValidationError(problems)
    return Told(
        trouble=trouble,
        importance=_most_urgent(importance, where.account),
        where=where,
        phone=number,
        description=description,
        caller=caller,
        client_index=client_index,
    )


def _problems_of_place(where: Where) -> dict[str, str]:
    problems = {}
    if not where.place:
        problems["place"] = _("请填写地点，例如“友谊路12号3门”，或填写户号。")
    elif len(where.place) > LONGEST_PLACE:
        problems["place"] = _("地点请不要超过%(limit_value)s个字。") % {
            "limit_value": LONGEST_PLACE
        }
    districts = Region.objects.filter(parent__isnull=False, children__isnull=True)
    if not districts.filter(pk=where.region).exists():
        problems["region"] = _("请选择所在的区。")
    return problems


def _most_urgent(importance: str, account: Account | None) -> str:
    """Return what was said, or what the records know of the account."""
    if account is None:
        return importance
    return _more_urgent(importance, account.importance)


def _more_urgent(one: str, other: str) -> str:
    return min((Importance(one), Importance(other)), key=URGENCY.__getitem__).value


# -- Once, and not too often -----------------------------------------------------------
def _twin(told: Told, at: datetime) -> FaultReport | None:
    """Return the same report by the same person of a few minutes ago."""
    if told.phone:
        mine = {"phone_index": told.phone_index}
    elif told.caller.pk is not None:
        mine = {"reporter": told.caller.pk, "phone_index": ""}
    elif told.client_index:
        mine = {"client_index": told.client_index, "phone_index": ""}
    else:
        return None
    lately = at - timedelta(minutes=rules.read("repair")["same_report_minutes"])
    return FaultReport.objects.filter(
        reported_at__gt=lately,
        region=told.where.region,
        place=told.where.place,
        trouble=told.trouble,
        importance=told.importance,
        **mine,
    ).first()


def _known_already(told: Told, at: datetime) -> FaultReport | None:
    """Return the report that this one repeats; raise TooOften for one too many."""
    twin = _twin(told, at)
    if twin is None:
        _require_pace(told, at)
    return twin


def _require_pace(told: Told, at: datetime) -> None:
    recent = FaultReport.objects.filter(reported_at__gt=at - HOUR)
    counted = (
        ("phone_index", told.phone_index, settings.FAULTS_PER_PHONE),
        ("client_index", told.client_index, settings.FAULTS_PER_CLIENT),
    )
    for column, value, most in counted:
        if value and recent.filter(**{column: value}).count() >= most:
            raise TooOften(
                _("一小时内的报修次数太多，请直接拨打95598，24小时有人接听。")
            )


# -- Answered, or given to a crew ------------------------------------------------------
def _keep(told: Told, at: datetime) -> FaultReport:
    where = told.where
    row = FaultReport(
        number=numbers.new_number("BX"),
        trouble=told.trouble,
        importance=told.importance,
        region_id=where.region,
        place=where.place,
        premises=where.premises,
        account=where.account,
        description=told.description,
        reporter_id=told.caller.pk,
        phone=told.phone,
        phone_index=told.phone_index,
        client_index=told.client_index,
        reported_at=at,
    )
    row.outage = grouping.known_outage(where, told.trouble, at=at)
    if row.outage is None:
        row.order = _order_for(told, row.number, at)
    if told.photo is not None:
        photos.attach(row, told.photo)
    row.save(force_insert=True)
    return row


def _order_for(told: Told, number: str, at: datetime) -> RepairOrder:
    known = grouping.open_order(told.where, told.trouble, at=at)
    if known is None:
        return _open(told, number, at)
    return _join(known, told, number, at)


def _open(told: Told, number: str, at: datetime) -> RepairOrder:
    where = told.where
    # A lamp in the street hangs on no household's transformer.
    street = told.trouble == Trouble.STREET_LIGHT
    order = RepairOrder(
        number=numbers.new_number("QX"),
        trouble=told.trouble,
        region_id=where.region,
        place=where.place,
        transformer=None if street else where.transformer,
        line=None if street else where.line,
        area_class=where.area_class,
        importance=told.importance,
        urgency=told.urgency,
        reported_at=at,
    )
    acting.record(
        order,
        action="report",
        before="",
        by=told.caller,
        at=at,
        payload={"report": number, "trouble": told.trouble, "urgency": told.urgency},
    )
    order.save(force_insert=True)
    repair_clocks.received(order, by=told.caller.label())
    return order


def _join(order: RepairOrder, told: Told, number: str, at: datetime) -> RepairOrder:
    """Add a report to an open order; a more urgent one raises it."""
    with acting.act(order, "join", by=told.caller, at=at) as act:
        act.remember(report=number, trouble=told.trouble)
        if told.urgency < act.row.urgency:
            act.remember(urgency=[act.row.urgency, told.urgency])
            act.row.urgency = told.urgency
        if (
            URGENCY[Importance(told.importance)]
            < URGENCY[Importance(act.row.importance)]
        ):
            act.row.importance = told.importance
        if told.trouble == Trouble.DANGER:
            act.row.trouble = told.trouble
    return order
