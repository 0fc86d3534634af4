"""From the parts of the network that an outage names to everybody whom it cuts."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from outages.models import (
    Account,
    Interruption,
    Line,
    LineInterruption,
    Outage,
    OutageScope,
    Premises,
    Substation,
    Transformer,
)
from outages.services import areas
from outages.services.areas import Cut, Named
from outages.vocabulary import ScopeLevel
from sla.models import Region
from sla.words import listed

BATCH = 500
CHUNK = 5000
NAMED = 5  # unknown codes that a sentence names before it only counts
MODELS: dict[str, type[models.Model]] = {
    ScopeLevel.SUBSTATION: Substation,
    ScopeLevel.LINE: Line,
    ScopeLevel.TRANSFORMER: Transformer,
    ScopeLevel.ACCOUNT: Account,
}


@dataclass(frozen=True, slots=True)
class ScopePart:
    """One part of the network by its code; of an account, its 户号."""

    level: str
    code: str


@dataclass(frozen=True, slots=True)
class Resolved:
    """Everybody whom a scope cuts. ``lines`` holds those that are cut as a whole."""

    named: Named
    cuts: list[Cut]
    lines: list[int]
    area_text: str

    @property
    def transformers(self) -> list[int]:
        return [cut.transformer_id for cut in self.cuts]

    @property
    def accounts(self) -> list[int]:
        return [account.pk for account in self.named[ScopeLevel.ACCOUNT]]

    @property
    def households(self) -> int:
        return sum(cut.households for cut in self.cuts)

    @property
    def districts(self) -> set[str]:
        return {cut.region_id for cut in self.cuts}


@dataclass(frozen=True, slots=True)
class Survey:
    """The part of the network that some scopes name, in memory."""

    rows: dict[str, dict[str, Any]]
    areas_of: dict[tuple[str, int], list[Cut]]
    compounds: dict[int, list[str]]
    regions: dict[str, str]

    def resolve(self, parts: Iterable[ScopePart]) -> Resolved:
        """Return whom these surveyed parts cut. Raises as ``scoping.resolve``."""
        named = self._named(parts)
        whole = self._whole_areas(named)
        cuts = [*whole.values(), *_partial_areas(named[ScopeLevel.ACCOUNT], whole)]
        if not cuts:
            raise wrong(_("所选范围内没有在运的台区，不影响任何用户，请核对。"))
        text = areas.describe(
            named, cuts, compounds=self.compounds, regions=self.regions
        )
        return Resolved(named, cuts, self._whole_lines(whole), text)

    def _named(self, parts: Iterable[ScopePart]) -> Named:
        codes: dict[str, dict[str, None]] = defaultdict(dict)
        for part in parts:
            codes[part.level][part.code.strip().upper()] = None
        if not codes:
            raise wrong(_("请至少选择一个停电范围。"))
        return {level: self._found(level, codes[level]) for level in MODELS}

    def _found(self, level: str, codes: Iterable[str]) -> list[Any]:
        missing = [code for code in codes if code not in self.rows[level]]
        if missing:
            more = _("等%(n)s个") % {"n": len(missing)} if missing[NAMED:] else ""
            raise wrong(
                _("找不到%(level)s“%(codes)s”%(more)s，请核对编码。")
                % {
                    "level": ScopeLevel(level).label,
                    "codes": listed(missing[:NAMED]),
                    "more": more,
                }
            )
        return [self.rows[level][code] for code in codes]

    def _whole_areas(self, named: Named) -> dict[int, Cut]:
        """Return the transformer areas that are cut as a whole, by their id."""
        _require_in_service(named[ScopeLevel.TRANSFORMER])
        cuts = [
            area
            for level in (ScopeLevel.SUBSTATION, ScopeLevel.LINE)
            for part in named[level]
            for area in self.areas_of.get((level, part.pk), ())
        ]
        cuts += [_cut(area, area.households) for area in named[ScopeLevel.TRANSFORMER]]
        return {
            cut.transformer_id: cut
            for cut in sorted(cuts, key=lambda cut: cut.transformer_id)
        }

    def _whole_lines(self, whole: dict[int, Cut]) -> list[int]:
        """Return the lines of which no area in service keeps its power."""
        cut = Counter(area.line_id for area in whole.values())
        return sorted(
            line
            for line, number in cut.items()
            if number == len(self.areas_of[ScopeLevel.LINE, line])
        )


def resolve(parts: Iterable[ScopePart]) -> Resolved:
    """Return whom these parts cut.

    Raises ValidationError (key ``scope``) for an unknown level or code, a transformer
    that is out of service, and for a scope that covers nothing.
    """
    asked = list(parts)
    return survey(asked).resolve(asked)


def parts_of(outage: Outage) -> list[ScopePart]:
    """Return the parts that an outage names, as ``resolve`` takes them."""
    rows = outage.scope.select_related(*MODELS).order_by("pk")
    return [
        ScopePart(
            row.level,
            row.account.number if row.account else getattr(row.part, "code", ""),
        )
        for row in rows
    ]


def lay_out(outage: Outage, resolved: Resolved) -> None:
    """Write the scope of a saved draft, and whom it cuts; the caller saves the row."""
    outage.scope.all().delete()
    outage.interruptions.all().delete()
    outage.line_interruptions.all().delete()
    OutageScope.objects.bulk_create(scope_rows(outage, resolved), BATCH)
    Interruption.objects.bulk_create(interruption_rows(outage, resolved), BATCH)
    LineInterruption.objects.bulk_create(line_rows(outage, resolved), BATCH)
    outage.households = resolved.households
    outage.area_text = resolved.area_text


def scope_rows(outage: Outage, resolved: Resolved) -> list[OutageScope]:
    """Return the unsaved rows that name the parts."""
    return [
        OutageScope(outage=outage, level=level, **{level: part})
        for level in MODELS
        for part in resolved.named[level]
    ]


def interruption_rows(outage: Outage, resolved: Resolved) -> list[Interruption]:
    """Return one unsaved row a transformer area."""
    return [
        Interruption(
            outage=outage,
            transformer_id=cut.transformer_id,
            line_id=cut.line_id,
            region_id=cut.region_id,
            whole=cut.whole,
            households=cut.households,
        )
        for cut in resolved.cuts
    ]


def line_rows(outage: Outage, resolved: Resolved) -> list[LineInterruption]:
    """Return one unsaved row a line that is cut as a whole."""
    return [LineInterruption(outage=outage, line_id=line) for line in resolved.lines]


def wrong(sentence: str) -> ValidationError:
    """Return the refusal of a scope."""
    return ValidationError({"scope": sentence})


def _cut(area: Transformer, households: int, *, whole: bool = True) -> Cut:
    return Cut(area.pk, area.line_id, area.region_id, area.name, households, whole)


def _require_in_service(transformers: Iterable[Transformer]) -> None:
    retired = [area.code for area in transformers if area.retired_on is not None]
    if retired:
        raise wrong(
            _("台区“%(codes)s”已退出运行，请从范围中去掉。")
            % {"codes": listed(retired[:NAMED])}
        )


def _partial_areas(accounts: Iterable[Account], whole: dict[int, Cut]) -> list[Cut]:
    """Return the areas where only some accounts are cut."""
    found = {account.transformer_id: account.transformer for account in accounts}
    _require_in_service(found.values())
    counted = Counter(account.transformer_id for account in accounts)
    return [
        _cut(found[pk], number, whole=False)
        for pk, number in sorted(counted.items())
        if pk not in whole
    ]


def survey(parts: Iterable[ScopePart]) -> Survey:
    """Read whatever part of the network these name: a query a level and three more.

    Raises ValidationError for an unknown level; unknown codes wait for ``resolve``.
    """
    codes: dict[str, dict[str, None]] = defaultdict(dict)
    for part in parts:
        if part.level not in MODELS:
            raise wrong(_("不认识的层级“%(level)s”。") % {"level": part.level})
        codes[part.level][part.code.strip().upper()] = None
    rows = {level: _rows(level, list(codes[level])) for level in MODELS}
    areas_of = _areas_of(rows)
    regions = {cut.region_id for cuts in areas_of.values() for cut in cuts}
    accounts = rows[ScopeLevel.ACCOUNT].values()
    regions |= {account.transformer.region_id for account in accounts}
    return Survey(rows, areas_of, _compounds(areas_of), _names_of(regions))


def _rows(level: str, codes: Sequence[str]) -> dict[str, Any]:
    key = "number" if level == ScopeLevel.ACCOUNT else "code"
    found: dict[str, Any] = {}
    for start in range(0, len(codes), CHUNK):
        batch = codes[start : start + CHUNK]
        rows = MODELS[level]._default_manager.filter(**{f"{key}__in": batch})
        found |= {getattr(r, key): r for r in rows.select_related(*_ABOVE[level])}
    return found


_ABOVE: dict[str, tuple[str, ...]] = {
    ScopeLevel.SUBSTATION: ("region",),
    ScopeLevel.LINE: ("region",),
    ScopeLevel.TRANSFORMER: ("line", "region"),
    ScopeLevel.ACCOUNT: ("transformer__line", "transformer__region"),
}


def _areas_of(rows: dict[str, dict[str, Any]]) -> dict[tuple[str, int], list[Cut]]:
    """Return the areas in service of every line and substation in question."""
    substations = [part.pk for part in rows[ScopeLevel.SUBSTATION].values()]
    lines = {part.pk for part in rows[ScopeLevel.LINE].values()}
    lines |= {part.line_id for part in rows[ScopeLevel.TRANSFORMER].values()}
    if not (substations or lines):
        return {}
    facts = (
        Transformer.objects.in_service()
        .filter(Q(line__substation__in=substations) | Q(line__in=lines))
        .order_by("pk")
        .values_list(
            "pk", "line_id", "region_id", "name", "households", "line__substation_id"
        )
    )
    found: dict[tuple[str, int], list[Cut]] = defaultdict(list)
    for pk, line, region, name, households, substation in facts:
        area = Cut(pk, line, region, name, households)
        found[ScopeLevel.LINE, area.line_id].append(area)
        found[ScopeLevel.SUBSTATION, substation].append(area)
    return found


def _compounds(areas_of: dict[tuple[str, int], list[Cut]]) -> dict[int, list[str]]:
    """Return the names of the compounds that each area supplies."""
    lines = [key for level, key in areas_of if level == ScopeLevel.LINE]
    rows = Premises.objects.filter(transformer__line__in=lines).exclude(compound="")
    found: dict[int, dict[str, None]] = defaultdict(dict)
    ordered = rows.order_by("transformer", "pk")
    for area, compound in ordered.values_list("transformer_id", "compound").iterator():
        found[area][compound] = None
    return {area: list(names) for area, names in found.items()}


def _names_of(regions: Iterable[str]) -> dict[str, str]:
    rows = Region.objects.filter(pk__in=list(regions)).order_by("pk")
    return dict(rows.values_list("pk", "name"))
