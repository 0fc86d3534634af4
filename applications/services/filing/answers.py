"""The answers of an application, and what makes each of them acceptable."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from applications import identity
from applications.classification import LOW_VOLTAGES, ApplicantKind, Voltage
from sla.ground.phones import clean_phone
from sla.ground.texts import address_line, one_line
from sla.models import Region
from sla.services import rulebook

SMALLEST_KW = Decimal("0.1")
LARGEST_KW = Decimal(500_000)
LONGEST_PURPOSE = 100
LONGEST_ADDRESS = 200
LONGEST_NAME = 100
LONGEST_CONTACT = 50

Problems = dict[str, str]


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


def problems_of_use(kind: str, purpose: str) -> Problems:
    """Return what is wrong with who uses electricity, and what for."""
    problems: Problems = {}
    if kind not in ApplicantKind.values:
        problems["kind"] = _("请选择谁用电。")
    if not one_line(purpose):
        problems["purpose"] = _("请填写电用来做什么，例如“开小超市”。")
    elif len(one_line(purpose)) > LONGEST_PURPOSE:
        problems["purpose"] = _("用途请不要超过100个字。")
    return problems


def problems_of_demand(
    capacity_kw: Decimal | None, sources: int, voltage: str
) -> Problems:
    """Return what is wrong with how much is asked for, and how it is to be supplied."""
    problems: Problems = {}
    if capacity_kw is None or not capacity_kw.is_finite():
        problems["capacity_kw"] = _("请填写需要多少千瓦，例如8。")
    elif not SMALLEST_KW <= capacity_kw <= LARGEST_KW:
        problems["capacity_kw"] = _("申请容量应在0.1至500000千瓦之间。")
    if sources not in {1, 2}:
        problems["sources"] = _("请选择一路或两路电源。")
    if voltage and voltage not in Voltage.values:
        problems["voltage"] = _("请从列表中选择供电电压。")
    elif sources == 2 and voltage in LOW_VOLTAGES:
        problems["voltage"] = _("两路电源须由10千伏及以上电压供电。")
    return problems


def problems_of_site(region: str, address: str) -> Problems:
    """Return what is wrong with where; a district is a region with none below it."""
    problems: Problems = {}
    if not rulebook.current().is_district(region):
        problems["region"] = _("请选择用电地址所在的区。")
    length = len(one_line(address))
    if length < 4:
        problems["address"] = _("请填写详细地址：街道、门牌或小区楼栋。")
    elif length > LONGEST_ADDRESS:
        problems["address"] = _("地址请不要超过200个字。")
    return problems


def checked_site(site: Site) -> Site:
    """Return the place in its normal form: without the city and district in front.

    Raises ValidationError with one sentence a field, also where the address names
    another district than the one chosen.
    """
    rules = rulebook.current()
    own = rules.chain(site.region) if rules.is_district(site.region) else []
    names = dict(
        Region.objects.filter(code__startswith=site.region[:2]).values_list(
            "code", "name"
        )
    )
    address = _without(
        [names[code] for code in own if code in names], address_line(site.address)
    )
    problems = problems_of_site(site.region, address)
    other = next(
        (n for c, n in names.items() if c not in own and address.startswith(n)), None
    )
    if other and not problems:
        problems["address"] = _(
            "地址里写的是%(other)s，上面选的是%(chosen)s：请改成同一个区。"
        ) % {"other": other, "chosen": names[site.region]}
    if problems:
        raise ValidationError(problems)
    return replace(site, address=address)


def _without(places: list[str], address: str) -> str:
    """Leave out the names of places in front, also 天津 before a district."""
    fronts = [f"{place.removesuffix('市')}{places[0]}" for place in places[1:]]
    fronts += places
    while True:
        front = next((f for f in fronts if address.startswith(f)), "")
        if not front:
            return address
        address = address[len(front) :]


def allowed_id_types(kind: str) -> tuple[identity.IdType, ...]:
    """Return the papers that may identify an applicant of this kind."""
    if kind == ApplicantKind.RESIDENT:
        return identity.PERSON_TYPES
    return identity.ORGANISATION_TYPES


def checked_person(kind: str, person: Person) -> tuple[str, str]:
    """Return the number of the paper and the phone in their normal forms.

    Raises ValidationError with one sentence a field.
    """
    problems: dict[str, object] = dict(_problems_of_names(person))
    id_number = phone = ""
    if person.id_type not in allowed_id_types(kind):
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
    if problems:
        raise ValidationError(problems)
    return id_number, phone


def _problems_of_names(person: Person) -> Problems:
    problems: Problems = {}
    name, contact = one_line(person.name), one_line(person.contact_name)
    if not name:
        problems["name"] = _("请填写姓名或单位名称，与证件一致。")
    elif len(name) > LONGEST_NAME:
        problems["name"] = _("姓名或单位名称请不要超过100个字。")
    if not contact:
        problems["contact_name"] = _("请填写联系人，客户经理会与其联系。")
    elif len(contact) > LONGEST_CONTACT:
        problems["contact_name"] = _("联系人请不要超过50个字。")
    return problems
