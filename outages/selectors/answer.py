"""The answer to 我家停电了吗: what was meant, and how power stands there."""

import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from outages.models import Account, FaultReport, Premises, Subscription
from outages.selectors import (
    places,
    power,
    sentences,
    shown,
    story,
    subscribers,
)
from outages.selectors.power import Cut, Power
from outages.selectors.shown import RESTORED, Card, Face
from outages.selectors.story import Node
from outages.vocabulary import OutageKind
from sla.ground import numbers
from sla.ground.phones import clean_mobile
from sla.words import noted

MOST_PLACES = 20
# As many places fit a phone's screen; the nearest to what was typed come first.
AT_A_GLANCE = 5
# A compound is told as one place, however many houses it has.
MOST_HOUSES = 100


@dataclass(frozen=True, slots=True)
class Meant:
    """What a question means: a number of ours, a 户号, or addresses to choose from."""

    outage: str = ""
    report: str = ""
    account: Account | None = None
    premises: tuple[Premises, ...] = ()
    number: bool = False
    phone: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """How power stands at one place: what is out, announced, and over there."""

    place: str
    district: str
    premises: Premises | None
    # Where several houses are answered as one.
    compound: str
    # What everybody may read of it; the cards say the same in sentences.
    power: Power
    out: list[Card]
    ahead: list[Card]
    recent: list[Card]
    # How the hope for power came to be what it is, the last word first.
    changes: list[Node]
    sentence: str
    face: Face

    @property
    def is_out(self) -> bool:
        return bool(self.out)


def meant(text: str, *, district: str = "") -> Meant:
    """Return what somebody means by these words; nothing at all is a ``Meant()``."""
    number = numbers.normalise(text, "TD")
    if number and shown.visible().filter(number=number).exists():
        return Meant(outage=number)
    number = numbers.normalise(text, "BX")
    if number and FaultReport.objects.filter(number=number).exists():
        return Meant(report=number)
    if looks_like_account(text):
        return Meant(
            account=places.find_account(text), number=True, phone=_is_phone(text)
        )
    found = places.find_premises(text, region=district or None, most=MOST_HOUSES)
    return Meant(premises=tuple(found))


def looks_like_account(text: str) -> bool:
    """Tell whether somebody typed nothing but a long number."""
    plain = unicodedata.normalize("NFKC", text)
    digits = "".join(c for c in plain if not c.isspace() and c not in "-－–—")
    return digits.isascii() and digits.isdigit() and len(digits) >= 7


def _is_phone(text: str) -> bool:
    try:
        clean_mobile(text)
    except ValidationError:
        return False
    return True


def by_account(account: Account, *, at: datetime) -> Answer:
    """Return how power stands for a 户号; who owes money is told to nobody here.

    Nor is where a household lives: the place is named by its 小区 or 台区.
    """
    looked = power.look([account.transformer_id], at=at, account=account)
    return _answer(
        looked,
        place=places.public_name(account),
        district=account.transformer.region.name,
        premises=None,
    )


def by_premises(premises: Premises, *, at: datetime) -> Answer:
    """Return how power stands at an address."""
    looked = power.look([premises.transformer_id], at=at)
    return _answer(
        looked,
        place=full_name(premises),
        district=premises.region.name,
        premises=premises,
    )


@dataclass(frozen=True, slots=True)
class Choice:
    """One place to choose: an address, or the houses of a compound that fare alike.

    ``key`` is the first of them, ``several`` tells that it stands for more.
    """

    key: int
    several: bool
    place: str
    district: str
    sentence: str
    face: Face


def choices(premises: Iterable[Premises], *, at: datetime) -> list[Choice]:
    """Return the places that these addresses are, and how power stands at each.

    Houses of one compound are one place while the same is true of all. A list longer
    than a screen begins where power is out, then where it will be. Two queries.
    """
    found = list(premises)
    looked = power.look({each.transformer_id for each in found}, at=at)
    groups: dict[object, list[Premises]] = {}
    for each in found:
        alike = (each.region_id, each.compound or each.pk, _fate(each, looked))
        groups.setdefault(alike, []).append(each)
    names = Counter((rows[0].region_id, rows[0].compound) for rows in groups.values())
    if len(groups) > AT_A_GLANCE:
        groups = dict(sorted(groups.items(), key=lambda g: _urgency(g[1][0], looked)))
    return [
        _choice(rows, looked, alone=names[rows[0].region_id, rows[0].compound] == 1)
        for rows in groups.values()
    ]


def by_choice(key: int, *, at: datetime) -> Answer | None:
    """Return how power stands at an address and its compound's houses that fare alike.

    None where nobody is supplied.
    """
    chosen = at_place(key)
    if chosen is None or not chosen.compound:
        return by_premises(chosen, at=at) if chosen else None
    rows = Premises.objects.filter(
        region=chosen.region_id,
        compound=chosen.compound,
        transformer__retired_on=None,
    )
    compound = list(rows.order_by("pk"))
    looked = power.look({each.transformer_id for each in compound}, at=at)
    fate = _fate(chosen, looked)
    alike = [each for each in compound if _fate(each, looked) == fate]
    return _answer(
        power.look({each.transformer_id for each in alike}, at=at),
        place=_name(alike, alone=len(alike) == len(compound)),
        district=chosen.region.name,
        premises=None,
        compound=chosen.compound,
    )


def _choice(rows: list[Premises], looked: Power, *, alone: bool) -> Choice:
    first = rows[0]
    out, ahead = (_here(first, cuts) for cuts in (looked.out, looked.ahead))
    return Choice(
        key=first.pk,
        several=len(rows) > 1,
        place=_name(rows, alone=alone) if len(rows) > 1 else full_name(first),
        district=first.region.name,
        sentence=_sentence(out, ahead, looked.at),
        face=_face(out, ahead),
    )


def _name(rows: list[Premises], *, alone: bool) -> str:
    """Return a compound by its name, with its houses unless those are all of it."""
    compound = rows[0].compound
    if alone:
        return compound
    houses = sentences.together((row.address for row in rows), compound=compound)
    return f"{compound}（{houses}）"


def _fate(premises: Premises, looked: Power) -> tuple[frozenset[int], frozenset[int]]:
    """Return which outages are under way and announced at an address."""
    out, ahead = (
        frozenset(cut.outage.pk for cut in _here(premises, cuts))
        for cuts in (looked.out, looked.ahead)
    )
    return out, ahead


def _urgency(premises: Premises, looked: Power) -> int:
    out, ahead = _fate(premises, looked)
    return 0 if out else 1 if ahead else 2


def _here(premises: Premises, cuts: Iterable[Cut]) -> list[Cut]:
    area = premises.transformer_id
    return [cut for cut in _public(cuts) if area in cut.transformer_ids]


def at_place(key: int) -> Premises | None:
    """Return the address of a key that was offered, unless nobody is supplied there."""
    rows = Premises.objects.select_related("transformer", "region")
    return rows.filter(pk=key, transformer__retired_on=None).first()


def full_name(premises: Premises) -> str:
    """Return an address with its 小区, once."""
    if premises.compound and premises.compound not in premises.address:
        return noted(premises.compound, premises.address)
    return premises.address


@dataclass(frozen=True, slots=True)
class Own:
    """One address of somebody signed in, and how power stands there, in short."""

    place: str
    premises: int | None
    sentence: str
    face: Face


def of_user(user_id: int, *, at: datetime) -> list[Own]:
    """Return the addresses somebody subscribed to; three queries however many."""
    rows = subscribers.running_of(user_id).order_by("-pk")
    areas = {row.transformer_id: row for row in rows}
    looked = power.look(list(areas), at=at)
    return [_own(area, row, looked) for area, row in areas.items()]


def _own(area: int, row: Subscription, looked: Power) -> Own:
    place = subscribers.place_of(row)
    out = [c for c in _public(looked.out) if area in c.transformer_ids]
    ahead = [c for c in _public(looked.ahead) if area in c.transformer_ids]
    return Own(
        place, row.premises_id, _sentence(out, ahead, looked.at), _face(out, ahead)
    )


def _answer(
    looked: Power,
    *,
    place: str,
    district: str,
    premises: Premises | None,
    compound: str = "",
) -> Answer:
    out, ahead, recent = (
        _public(cuts) for cuts in (looked.out, looked.ahead, looked.recent)
    )
    at = looked.at
    return Answer(
        place=place,
        district=district,
        premises=premises,
        compound=compound,
        power=Power(at, tuple(out), tuple(ahead), tuple(recent)),
        out=shown.cards([cut.outage for cut in out], at=at),
        ahead=shown.cards([cut.outage for cut in ahead], at=at),
        recent=_over(recent, at),
        changes=story.estimates([cut.outage.number for cut in out], at=at),
        sentence=_sentence(out, ahead, at),
        face=_face(out, ahead),
    )


def _public(cuts: Iterable[Cut]) -> list[Cut]:
    return [cut for cut in cuts if cut.outage.kind != OutageKind.ARREARS]


def _over(cuts: list[Cut], at: datetime) -> list[Card]:
    """Return what is over here, though it may go on elsewhere."""
    cards = shown.cards([cut.outage for cut in cuts], at=at)
    return [
        replace(
            card,
            face=RESTORED,
            when=sentences.over(cut.began_at, cut.restored_at, at=at),
        )
        for card, cut in zip(cards, cuts, strict=True)
        if cut.began_at is not None and cut.restored_at is not None
    ]


def _sentence(out: list[Cut], ahead: list[Cut], at: datetime) -> str:
    if out:
        return sentences.back(out[0].back_at, at=at)
    if ahead:
        return sentences.when(ahead[0].outage, at=at)
    return _("没有查到停电，也没有停电计划。")


def _face(out: list[Cut], ahead: list[Cut]) -> Face:
    if out:
        return shown.face_of(out[0].outage)
    if ahead:
        return Face("warning", "calendar-event", _("现在有电，已有停电计划"))
    return Face("met", "check-circle-fill", _("没有停电信息"))
