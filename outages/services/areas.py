"""Say in an announcement's words which area an outage cuts: district, line, 台区, 小区.

An account is never named: whose it is, is nobody else's business.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from outages.models import Outage
from outages.vocabulary import ScopeLevel
from sla.ground.record import for_the_record

# As long as the announcement's field; a list is shortened until the text fits.
MOST = Outage._meta.get_field("area_text").max_length or 0
SHOWN = (40, 12, 6, 3, 1)
COMPOUNDS = 6
# Beyond this many areas nobody looks for his compound in a list.
SMALL = 60

Named = dict[str, list[Any]]


@dataclass(frozen=True, slots=True)
class Cut:
    """One transformer area that is cut: as a whole, or some accounts in it."""

    transformer_id: int
    line_id: int
    region_id: str
    name: str
    households: int
    whole: bool = True


@for_the_record()
def describe(
    named: Named,
    cuts: Sequence[Cut],
    *,
    compounds: Mapping[int, Sequence[str]],
    regions: Mapping[str, str],
) -> str:
    """Return district, line, 台区 and 小区 of a scope, at most 400 characters.

    ``compounds`` by transformer, ``regions`` their names by code.
    """
    ending = _further_districts(named, cuts, regions)
    if len(cuts) <= SMALL:
        ending += _compounds(cuts, compounds)
    for shown in SHOWN:
        text = _by_district(named, shown) + ending
        if len(text) <= MOST:
            return text
    return _in_short(cuts, regions)


def _by_district(named: Named, shown: int) -> str:
    items: dict[str, list[str]] = defaultdict(list)
    for district, words in [
        *_each(named[ScopeLevel.SUBSTATION], _("全部线路"), shown, _("座变电站")),
        *_each(named[ScopeLevel.LINE], _("全线"), shown, _("条线路")),
        *_areas(named[ScopeLevel.TRANSFORMER], shown),
        *_accounts(named[ScopeLevel.ACCOUNT]),
    ]:
        items[district].append(words)
    return "；".join(f"{name}：{'，'.join(said)}" for name, said in items.items())


def _each(
    parts: Iterable[Any], ending: str, shown: int, unit: str
) -> Iterable[tuple[str, str]]:
    names: dict[str, list[str]] = defaultdict(list)
    for part in parts:
        names[part.region.name].append(f"{part.name}{ending}")
    for district, said in names.items():
        yield district, _shortened(said, shown, unit)


def _areas(parts: Iterable[Any], shown: int) -> Iterable[tuple[str, str]]:
    names: dict[tuple[str, str], list[str]] = defaultdict(list)
    for part in parts:
        names[part.region.name, part.line.name].append(part.name)
    for (district, line), said in names.items():
        yield district, line + _shortened(said, shown, _("个台区"))


def _accounts(parts: Iterable[Any]) -> Iterable[tuple[str, str]]:
    counted: dict[tuple[str, str, str], int] = defaultdict(int)
    for part in parts:
        area = part.transformer
        counted[area.region.name, area.line.name, area.name] += 1
    for (district, line, area_name), number in counted.items():
        yield (
            district,
            _("%(line)s%(area)s内%(n)s户")
            % {"line": line, "area": area_name, "n": number},
        )


def _shortened(names: Sequence[str], shown: int, unit: str) -> str:
    if len(names) <= shown:
        return "、".join(names)
    return _("%(names)s等%(n)s%(unit)s") % {
        "names": "、".join(names[:shown]),
        "n": len(names),
        "unit": unit,
    }


def _further_districts(
    named: Named, cuts: Iterable[Cut], regions: Mapping[str, str]
) -> str:
    """Return the districts that a line reaches beside its own."""
    told = {part.region_id for level in _WITH_REGION for part in named[level]}
    told |= {account.transformer.region_id for account in named[ScopeLevel.ACCOUNT]}
    further = {cut.region_id for cut in cuts} - told
    if not further:
        return ""
    return _("；涉及%(districts)s部分区域") % {"districts": _joined(further, regions)}


_WITH_REGION = (ScopeLevel.SUBSTATION, ScopeLevel.LINE, ScopeLevel.TRANSFORMER)


def _joined(districts: Iterable[str], regions: Mapping[str, str]) -> str:
    return "、".join(regions[code] for code in sorted(districts))


def _compounds(cuts: Iterable[Cut], compounds: Mapping[int, Sequence[str]]) -> str:
    whole = [cut.transformer_id for cut in cuts if cut.whole]
    names = list(dict.fromkeys(name for pk in whole for name in compounds.get(pk, ())))
    if not names:
        return ""
    return _("（%(names)s）") % {"names": _shortened(names, COMPOUNDS, _("个小区"))}


def _in_short(cuts: Sequence[Cut], regions: Mapping[str, str]) -> str:
    """Return districts and counts alone, for a scope such as half the city."""
    return _("%(districts)s：%(lines)s条线路、%(areas)s个台区") % {
        "districts": _joined({cut.region_id for cut in cuts}, regions),
        "lines": len({cut.line_id for cut in cuts}),
        "areas": len(cuts),
    }
