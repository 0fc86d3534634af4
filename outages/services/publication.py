"""Publish a year's reliability: frozen as it was, corrected only by a new edition."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from outages.indices import Level
from outages.indices import year as whole_year
from outages.models import ReliabilityYear
from outages.permissions import publication as permissions
from outages.selectors import publication as published
from outages.selectors import reliability, targets
from outages.selectors.reliability import Reckoning
from outages.selectors.reliability_tables import head_of, levels_of
from sla.ground.actors import Actor
from sla.ground.errors import Refused
from sla.ground.record import for_the_record


def publish(
    year: int, *, city: str, by: Actor, at: datetime, reason: str = ""
) -> list[ReliabilityYear]:
    """Freeze a year's indices of a city and each of its districts, all or nothing.

    The first edition needs no reason; a later one says why it corrects the one before,
    and must differ from it. Raises Refused or ValidationError.
    """
    permissions.require_publisher(by)
    permissions.require_over(year, at)
    found = reliability.reckon(reliability.region(city), whole_year(year), at=at)
    if not found.customers_of(Level.LOW):
        raise Refused(_("还没有在运的台区，无法计算可靠性指标，请先导入电网。"))
    figures = figures_of(found)
    try:
        with transaction.atomic():
            return _store(year, figures, by=by, at=at, reason=reason.strip())
    except IntegrityError as twice:
        raise Refused(_("这一年刚刚由他人发布，请看过最新一版再办理。")) from twice


@for_the_record()
def figures_of(found: Reckoning) -> dict[str, dict[str, Any]]:
    """Return what is frozen, by region: definitions, both levels, all variants."""
    head = head_of(found) | targets.in_force()
    whole = {found.place.code: {**head, "levels": levels_of(found)}}
    districts = {part for _level, part, _class in found.customers}
    return whole | {
        code: {**head, "levels": levels_of(found, part=code)}
        for code in sorted(districts - whole.keys())
    }


def _store(
    year: int,
    figures: dict[str, dict[str, Any]],
    *,
    by: Actor,
    at: datetime,
    reason: str,
) -> list[ReliabilityYear]:
    before = published.latest(year)
    if before:
        _require_correction(before, figures, reason)
    edition = max((row.edition for row in before), default=0) + 1
    rows = [
        ReliabilityYear(
            region_id=region,
            year=year,
            edition=edition,
            figures=told,
            reason=reason if before else "",
            published_at=at,
            published_by_id=by.pk,
        )
        for region, told in figures.items()
    ]
    return ReliabilityYear.objects.bulk_create(rows)


def _require_correction(
    before: list[ReliabilityYear], figures: dict[str, dict[str, Any]], reason: str
) -> None:
    if not reason:
        raise ValidationError(
            {"reason": _("这一年已经发布，更正须写明原因，将作为新的一版公布。")}
        )
    known = {row.region_id: row.figures["levels"] for row in before}
    if known == {region: told["levels"] for region, told in figures.items()}:
        raise Refused(_("按现在的记录重算，与已发布的指标完全一致，没有可更正的。"))
