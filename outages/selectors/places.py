"""Find the part of the network that somebody means by an address or a 户号."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from django.conf import settings
from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.functions import Length
from django.utils.translation import gettext as _

from outages.models import Account, AddressKey, Premises
from sla.models import Region

# A search that matches more than this is too vague for any order to mean much.
CANDIDATES = 400
# One character is in every second address.
FEWEST_CHARACTERS = 2
# Nobody's address is longer; what follows is a pasted text.
MOST_CHARACTERS = 60

# Control characters too: PostgreSQL takes no NUL.
_NOISE = re.compile(r"[\x00-\x1f\x7f\s,，。、;；:：·—_/\\()（）\[\]【】\"'“”‘’]+")
# Between numbers a dash separates (3-2-401); elsewhere it is noise.
_DASH = re.compile(r"(?<!\d)[-－–~]+|[-－–~]+(?!\d)")
_NUMERALS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_TENS = re.compile(r"([1-9]?)十([1-9]?)")
# 3号楼、3幢、3栋、3座、3#、3#楼、3楼: one house, however its number is written.
_HOUSE = re.compile(r"(?<=\d)(?:号院|号楼|号幢|号栋|[#＃]楼|[#＃幢栋座楼])")
_ENTRANCE = re.compile(r"(?<=\d)(?:单元|门栋|号门)")
# Before it stands the street: 友谊路12号, 友谊路十二号.
_HOUSE_NUMBER = re.compile(r"\d|[〇零一二三四五六七八九十百]+[号弄栋幢座楼]")
_STREET_NUMBER = re.compile(r"\D{2,}\d+号?")
_LAST_CHARACTER = chr(0x10FFFF)


def searchable(address: str, regions: Iterable[str] = ()) -> str:
    """Return an address as it is searched: no blanks or marks, half width, 0-9.

    ``友谊路 十二号 3栋`` becomes ``友谊路12号3号``; leading names of ``regions``
    (天津市, 河西区) are left out, also 天津 before a district.
    """
    plain = unicodedata.normalize("NFKC", address).upper()
    plain = _DASH.sub("", _NOISE.sub("", plain)).translate(_NUMERALS)
    plain = _TENS.sub(lambda ten: f"{ten[1] or '1'}{ten[2] or '0'}", plain)
    plain = _ENTRANCE.sub("门", _HOUSE.sub("号", plain))
    return _without_regions(plain, list(regions))


def _without_regions(text: str, names: list[str]) -> str:
    """Leave out what comes before the street; a name alone stays."""
    short = [name.removesuffix("市") for name in names if name.endswith("市")]
    while True:
        for name in names:
            if text.startswith(name) and text != name:
                text = text[len(name) :]
                break
        else:
            city = next((s for s in short if text.startswith(s)), "")
            if city and text[len(city) :].startswith(tuple(names)):
                text = text[len(city) :]
                continue
            return text


def names_above(region: Region) -> list[str]:
    """Return the names that an address of this region may begin with."""
    names = [region.name]
    while region.parent is not None:
        region = region.parent
        names.append(region.name)
    return names


def keys_of(searched: str, compound: str = "") -> list[str]:
    """Return the texts by whose beginning the middle of an address is found.

    Nobody begins to type inside a number or at the 号 behind it.
    """
    keys = list(_later_beginnings(searched))
    name = searchable(compound)
    if name and name not in searched:
        keys += [name, *_later_beginnings(name)]
    return list(dict.fromkeys(keys))


def _later_beginnings(text: str) -> Iterator[str]:
    for i in range(1, len(text) - 1):
        before, here = text[i - 1], text[i]
        inside = before.isascii() and here.isascii()
        if not inside and not (before.isdigit() and here in "号门室"):
            yield text[i:]


# -- Addresses -------------------------------------------------------------------------
def find_premises(
    text: str, *, region: str | None = None, most: int = 20
) -> list[Premises]:
    """Return the addresses that somebody may mean, the nearest first.

    Forgives 天津市 and 河西区 in front, blanks, full-width digits, ways of writing a
    house number, and a door number behind the house. Addresses of retired 台区 are
    left out. ``region`` is a GB/T 2260 code; a district that the text names narrows
    the search unless nothing is there.
    """
    districts = _districts()
    meant = searchable(text[: 2 * MOST_CHARACTERS], districts)[:MOST_CHARACTERS]
    if len(meant) < FEWEST_CHARACTERS:
        return []
    named = region or _district_named(text, districts)
    for wording, where in _readings(meant, list(districts), named, region):
        found = _search(wording, where, most)
        if found:
            return found
    return []


def _readings(
    meant: str, names: list[str], named: str | None, region: str | None
) -> Iterator[tuple[str, str | None]]:
    """Yield what may be meant and where, as written first, then more loosely."""
    yield meant, named
    if named != region:
        yield meant, region
    for city in (name.removesuffix("市") for name in names if name.endswith("市")):
        # 天津河西友谊路: neither 市 nor 区 was written.
        short = "|".join(name.removesuffix("区") for name in names)
        rest = re.sub(rf"^{city}(?:{short})?", "", meant)
        if rest != meant and len(rest) >= FEWEST_CHARACTERS:
            yield rest, region
    street = _STREET_NUMBER.match(meant)
    if street and street[0] != meant:
        yield street[0], region


def premises_at(address: str, *, region: str) -> Premises | None:
    """Return the known address that this one is, or lies in; None unless certain.

    ``友谊路12号3号楼401室`` lies in ``友谊路12号3号楼``; where two 台区 share a
    house, nobody can tell which of them supplies the door.
    """
    districts = _districts()
    meant = searchable(address, districts)[: 2 * MOST_CHARACTERS]
    beginnings = [meant[:n] for n in range(4, len(meant) + 1)]
    rows = Premises.objects.filter(
        searched__in=beginnings, region=region, transformer__retired_on=None
    )
    found = [
        row
        for row in rows.select_related("transformer")
        # A number that goes on is another number: 友谊路1 is not in 友谊路12号.
        if not (row.searched[-1:] + meant[len(row.searched) :][:1]).isdigit()
        or len(row.searched) == len(meant)
    ]
    longest = max((len(row.searched) for row in found), default=0)
    nearest = [row for row in found if len(row.searched) == longest]
    return nearest[0] if len({row.transformer_id for row in nearest}) == 1 else None


def _districts() -> dict[str, str]:
    """Return the codes of regions by their names as they are searched."""
    rows = Region.objects.filter(code__startswith=settings.HOME_REGION[:2])
    return {searchable(name): code for name, code in rows.values_list("name", "code")}


def _district_named(text: str, districts: dict[str, str]) -> str | None:
    plain = searchable(text)
    for name, code in districts.items():
        # Cities (…00) hold every address; only a district narrows anything.
        if not code.endswith("00") and name in plain[: len(name) + 3]:
            return code
    return None


def _search(meant: str, region: str | None, most: int) -> list[Premises]:
    """Look for what begins so, then what contains it, then what it goes beyond."""
    found = _in_order(_premises(region).filter(_begins("searched", meant)), most)
    if len(found) < most:
        keys = _keys(region).filter(_begins("key", meant))
        found += _behind(keys, most, found)
    if not found:
        beginnings = [meant[:n] for n in range(len(meant) - 1, 2, -1)]
        exact = _premises(region).filter(searched__in=beginnings)
        found = _in_order(exact, most, longest=True)
        keys = _keys(region).filter(key__in=beginnings)
        found += _behind(keys, most, found, longest=True)
    return found[:most]


def _begins(field: str, text: str) -> Q:
    if connection.vendor == "sqlite":
        # LIKE takes no index there; comparing bytes does.
        return Q(**{f"{field}__gte": text, f"{field}__lt": text + _LAST_CHARACTER})
    return Q(**{f"{field}__startswith": text})


def _premises(region: str | None) -> QuerySet[Premises]:
    rows = Premises.objects.all()
    return rows.filter(region=region) if region else rows


def _keys(region: str | None) -> QuerySet[AddressKey]:
    rows = AddressKey.objects.all()
    return rows.filter(region=region) if region else rows


def _in_order(
    rows: QuerySet[Premises], most: int, *, longest: bool = False
) -> list[Premises]:
    length = Length("searched")
    near = rows.order_by(length.desc() if longest else length.asc(), "searched", "pk")
    if not longest:
        near = near.filter(pk__in=rows.values("pk")[:CANDIDATES])
    return list(
        near.filter(transformer__retired_on=None).select_related(
            "transformer__line", "region"
        )[:most]
    )


def _behind(
    keys: QuerySet[AddressKey],
    most: int,
    found: list[Premises],
    *,
    longest: bool = False,
) -> list[Premises]:
    """Return the addresses of these keys that are not found yet."""
    rows = list(keys.values_list("key", "premises_id")[:CANDIDATES])
    rows.sort(key=lambda row: (-len(row[0]) if longest else len(row[0]), row))
    have = {premises.pk for premises in found}
    near = [pk for pk in dict.fromkeys(pk for _key, pk in rows) if pk not in have]
    wanted = near[: 2 * (most - len(found))]
    if not wanted:
        return []
    there = Premises.objects.filter(transformer__retired_on=None).select_related(
        "transformer__line", "region"
    )
    by_pk = {row.pk: row for row in there.filter(pk__in=wanted)}
    return [by_pk[pk] for pk in wanted if pk in by_pk][: most - len(found)]


# -- Accounts --------------------------------------------------------------------------
def street_of(premises: Premises) -> str:
    """Name where an address is, by its 小区 or street, not by a house; may be empty."""
    return premises.compound or _HOUSE_NUMBER.split(premises.address, 1)[0].strip()


def public_name(account: Account) -> str:
    """Name where a 户号 is, by its 小区 or 台区: it tells nobody who lives where."""
    compound = account.premises.compound if account.premises else ""
    return compound or account.transformer.name


def told(account: Account) -> str:
    """Say which 户号 is meant to somebody who typed it: where, and its last digits."""
    return _("%(place)s（户号尾号%(last)s）") % {
        "place": public_name(account),
        "last": account.number[-4:],
    }


def find_account(text: str) -> Account | None:
    """Return the account with this 户号, or None where there is none.

    Forgives blanks, dashes and full-width digits, and the province's three digits in
    front of the ten old ones, whether written or left out.
    """
    number = re.sub(r"[\s\-－–—]", "", unicodedata.normalize("NFKC", text))
    if not re.fullmatch(r"[0-9]{10}(?:[0-9]{3})?", number):
        return None
    prefix = settings.HOME_REGION[:3]
    other = prefix + number if len(number) == 10 else number.removeprefix(prefix)
    rows = Account.objects.filter(number__in={number, other}).select_related(
        "transformer__line", "transformer__region", "premises"
    )
    return max(rows, key=lambda row: row.number == number, default=None)
