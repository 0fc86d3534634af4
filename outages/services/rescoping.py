"""Lay a scope over the network of the day an outage is told, and of the day it begins.

While an outage waits files may change the network: households, lines, retired areas.
"""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from outages.models import Interruption, LineInterruption, Outage, Transformer
from outages.services import scoping
from outages.services.areas import Cut
from outages.services.scoping import BATCH, Resolved, ScopePart
from outages.vocabulary import ScopeLevel
from sla.ground.errors import Refused


def bring_up_to_date(outage: Outage) -> dict[str, list[str]]:
    """Write whom the outage's parts supply today; the caller saves the locked row.

    Returns the codes of areas that joined and left, for the event. The words of an
    announcement stay as people read them. Raises Refused where nobody is supplied.
    """
    try:
        resolved = scoping.resolve(_in_service(outage))
    except ValidationError as nobody:
        raise Refused(
            _("停电范围内已没有在运的台区，不影响任何用户，请取消停电。")
        ) from nobody
    before = _standing(outage)
    after = {cut.transformer_id: _facts(cut) for cut in resolved.cuts}
    lines = set(outage.line_interruptions.values_list("line_id", flat=True))
    if before == after and lines == set(resolved.lines):
        return {}
    _rewrite(outage, resolved)
    changed = {
        "areas_joined": _codes(after.keys() - before.keys()),
        "areas_left": _codes(before.keys() - after.keys()),
    }
    return {name: codes for name, codes in changed.items() if codes}


def _in_service(outage: Outage) -> list[ScopePart]:
    """Return the parts that are named, without areas that retired meanwhile.

    Those have no account left that could be named.
    """
    retired = outage.scope.filter(transformer__retired_on__isnull=False)
    gone = set(retired.values_list("transformer__code", flat=True))
    return [
        part
        for part in scoping.parts_of(outage)
        if part.level != ScopeLevel.TRANSFORMER or part.code not in gone
    ]


def _standing(outage: Outage) -> dict[int, tuple[object, ...]]:
    return {row.transformer_id: _facts(row) for row in outage.interruptions.all()}


def _facts(row: Interruption | Cut) -> tuple[object, ...]:
    return row.line_id, row.region_id, row.households, row.whole


def _rewrite(outage: Outage, resolved: Resolved) -> None:
    outage.interruptions.all().delete()
    outage.line_interruptions.all().delete()
    Interruption.objects.bulk_create(scoping.interruption_rows(outage, resolved), BATCH)
    LineInterruption.objects.bulk_create(scoping.line_rows(outage, resolved), BATCH)
    outage.households = resolved.households
    if outage.published_at is None:
        outage.area_text = resolved.area_text


def _codes(areas: set[int]) -> list[str]:
    rows = Transformer.objects.filter(pk__in=areas).order_by("code")
    return list(rows.values_list("code", flat=True))
