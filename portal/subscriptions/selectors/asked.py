"""Which place a visitor means: by address, by 户号, or by the outage he looks at."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode

from django.utils.translation import gettext as _

from applications.models import Connection
from outages.models import Account, Outage, Premises, Transformer
from outages.selectors import places
from outages.services import subscribing
from outages.services.subscribing import Place
from portal.accounts.models import User
from sla.ground import numbers

SHOWN = 20
_NUMBER = re.compile(r"[0-9]{1,18}")
_CODE = re.compile(r"[A-Z0-9-]{2,32}")


@dataclass(frozen=True, slots=True)
class Choice:
    """One place to choose: its name, what else helps to tell it, and the link."""

    name: str
    hint: str
    query: str


@dataclass(slots=True)
class Found:
    """What a search gave: choices, or the sentence that says why there are none."""

    text: str = ""
    choices: list[Choice] = field(default_factory=list)
    problem: str = ""
    more: bool = False


def place_of(query: Mapping[str, str]) -> Place | None:
    """Return the place that ``?premises=``, ``account`` or ``area`` names, if any."""
    if _NUMBER.fullmatch(query.get("premises", "")):
        rows = Premises.objects.select_related("transformer")
        premises = rows.filter(pk=int(query["premises"])).first()
        return subscribing.at_premises(premises) if premises else None
    if query.get("account"):
        account = places.find_account(query["account"])
        return subscribing.at_account(account) if account else None
    if _CODE.fullmatch(query.get("area", "")):
        area = Transformer.objects.filter(code=query["area"]).first()
        return Place(area) if area else None
    return _only_area_of(query.get("outage", ""))


def place_named(query: str) -> Place | None:
    """Return the place that a query string of ours names."""
    return place_of(dict(parse_qsl(query)))


def query_of(place: Place) -> str:
    """Return the query string that names a place again."""
    if place.account:
        return urlencode({"account": place.account.number})
    if place.premises:
        return urlencode({"premises": place.premises.pk})
    return urlencode({"area": place.transformer.code})


def _only_area_of(number: str) -> Place | None:
    """Return the area of an outage that touches one alone; of many, people choose."""
    known = numbers.normalise(number, "TD")
    outage = Outage.objects.public().filter(number=known).first() if known else None
    if outage is None:
        return None
    areas = Transformer.objects.filter(interruptions__outage=outage)
    found = list(areas.order_by("pk")[:2])
    return Place(found[0]) if len(found) == 1 else None


def search(text: str) -> Found:
    """Return what an address, the name of a compound or a 户号 leads to."""
    text = text.strip()[:100]
    if not text:
        return Found(problem=_("请填写小区、街道门牌，或电费单上的户号。"))
    account = places.find_account(text)
    if account is not None:
        return Found(text, [_of_account(account)])
    premises = places.find_premises(text, most=SHOWN + 1)
    if not premises:
        return Found(text, problem=_nothing())
    choices = [_of_premises(row) for row in premises[:SHOWN]]
    return Found(text, choices, more=len(premises) > SHOWN)


def own_accounts(user: User) -> list[Choice]:
    """Return the 户号 that a person got power for through this portal."""
    rows = Connection.objects.filter(application__filed_by=user)
    known = rows.order_by("-pk").values_list("account_number", flat=True)[:SHOWN]
    found = Account.objects.filter(number__in=list(known))
    found = found.select_related("premises", "transformer")
    return [_of_account(each) for each in found]


def _of_account(account: Account) -> Choice:
    query = urlencode({"account": account.number})
    name = _("户号 %(number)s") % {"number": account.number}
    return Choice(name, places.public_name(account), query)


def _of_premises(premises: Premises) -> Choice:
    hint = f"{premises.region.name} · {premises.compound}".rstrip(" ·")
    return Choice(premises.address, hint, urlencode({"premises": premises.pk}))


def _nothing() -> str:
    return _(
        "没有找到这个地址或户号。请换个写法，例如只填小区名，"
        "或填电费单上10位或13位的户号；仍找不到请拨打 95598。"
    )
