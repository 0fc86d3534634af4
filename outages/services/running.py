"""While the power is off: begin, tell when it will be back, bring it back."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from outages.models import Outage, Transformer
from outages.permissions import arrears as arrears_rules
from outages.services import (
    acting,
    cutting,
    frequency,
    moments,
    rescoping,
    scoping,
)
from outages.services.acting import Act
from outages.services.drafting import create
from outages.services.moments import iso
from outages.services.scoping import ScopePart
from outages.vocabulary import OutageKind
from sla.ground.actors import Actor
from sla.ground.texts import stated
from sla.words import exact_moment, listed

NAMED = 5


def begin(
    outage: Outage,
    *,
    began_at: datetime | None = None,
    by: Actor,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Begin an announced outage, now or a little earlier as the crew says.

    Raises Refused before the announced time, while a legal step is missing, or when
    everything is out already; ValidationError (key began_at).
    """
    with transaction.atomic():
        with acting.act(outage, "begin", by=by, at=at, seen=seen) as step:
            row = step.row
            moment = moments.happened(
                began_at, field="began_at", after=row.starts_at, at=at
            )
            if row.ends_at is not None and moment >= row.ends_at:
                raise ValidationError(
                    {
                        "began_at": _(
                            "公告的停电时段（至%(ends)s）已过，请取消后重新拟定、公告。"
                        )
                        % {"ends": exact_moment(row.ends_at)}
                    }
                )
            if row.kind == OutageKind.ARREARS:
                arrears_rules.require_every_step(row, moment)
            step.remember(**rescoping.bring_up_to_date(row))
            _cut(step, moment)
        frequency.recount([outage], at=at)


def record_fault(
    *,
    scope: Sequence[ScopePart],
    reason: str,
    began_at: datetime | None,
    estimated_at: datetime | None = None,
    by: Actor,
    at: datetime,
) -> Outage:
    """Record a fault as it happens: no approval, no announcement ahead.

    Raises ValidationError (keys scope, reason, began_at, estimated_at) and Refused.
    """
    resolved = scoping.resolve(scope)
    moment = moments.happened(began_at, field="began_at", after=None, at=at)
    moments.not_too_long(moment, at, field="began_at")
    with transaction.atomic():
        outage = create(
            kind=OutageKind.FAULT, reason=reason, resolved=resolved, by=by, at=at
        )
        with acting.act(outage, "break_out", by=by, at=at) as step:
            _cut(step, moment)
            if estimated_at is not None:
                step.row.estimated_at = moments.hoped_for(
                    estimated_at, field="estimated_at", began=moment, at=at
                )
                step.remember(estimated_at=iso(step.row.estimated_at))
        frequency.recount([outage], at=at)
    return outage


def estimate(
    outage: Outage,
    *,
    estimated_at: datetime,
    reason: str = "",
    by: Actor,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Say when power is hoped to be back; a change of that hope needs its reason.

    Raises ValidationError (keys estimated_at, reason) and Refused.
    """
    with acting.act(outage, "estimate", by=by, at=at, note=reason, seen=seen) as step:
        row = step.row
        assert row.began_at is not None
        before = row.estimated_at
        if before is not None:
            stated(reason, _("预计复电时间有变化，请写明原因。"))
        row.estimated_at = moments.hoped_for(
            estimated_at, field="estimated_at", began=row.began_at, at=at
        )
        step.remember(estimated_at=iso(row.estimated_at), before=iso(before))


def extend(
    outage: Outage,
    *,
    ends_at: datetime,
    reason: str,
    by: Actor,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Let an outage last longer than announced; said after the old end, it is flagged.

    Raises ValidationError (keys ends_at, reason) and Refused.
    """
    said = stated(reason, _("请写明延长停电的原因。"))
    with acting.act(outage, "extend", by=by, at=at, note=said, seen=seen) as step:
        row = step.row
        assert row.began_at is not None
        assert row.ends_at is not None
        before = row.ends_at
        after = moments.hoped_for(ends_at, field="ends_at", began=row.began_at, at=at)
        if after <= before:
            raise ValidationError(
                {
                    "ends_at": _("延长后的时间须晚于原公告的%(before)s。")
                    % {"before": exact_moment(before)}
                }
            )
        row.ends_at, row.estimated_at = after, None
        step.remember(
            ends_at=iso(after), ends_at_before=iso(before), after_end=at > before
        )


def restore_part(
    outage: Outage,
    *,
    transformers: Iterable[str],
    restored_at: datetime | None = None,
    by: Actor,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Bring back some areas, by their codes, while others wait.

    Raises ValidationError (keys transformers, restored_at) and Refused.
    """
    with acting.act(outage, "restore_part", by=by, at=at, seen=seen) as step:
        row = step.row
        moment = moments.happened(
            restored_at, field="restored_at", after=row.began_at, at=at
        )
        areas = _still_dark(row, transformers)
        cutting.restore(row, moment=moment, transformers=[area.pk for area in areas])
        step.remember(
            transformers=[area.code for area in areas], restored_at=iso(moment)
        )


def restore(
    outage: Outage,
    *,
    restored_at: datetime | None = None,
    by: Actor,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Bring back everything that is still out.

    Raises ValidationError (key restored_at) and Refused.
    """
    with acting.act(outage, "restore", by=by, at=at, seen=seen) as step:
        row = step.row
        assert row.began_at is not None
        parts = row.interruptions.aggregate(latest=Max("restored_at"))["latest"]
        moment = moments.happened(
            restored_at, field="restored_at", after=parts or row.began_at, at=at
        )
        if row.kind != OutageKind.ARREARS:
            moments.not_too_long(row.began_at, moment, field="restored_at")
        row.restored_at = moment
        cutting.restore(row, moment=moment)
        step.remember(restored_at=iso(moment), **_lateness(row, moment))


def _cut(step: Act[Outage], moment: datetime) -> None:
    row = step.row
    left = cutting.begin(row, moment=moment)
    row.began_at = moment
    step.remember(began_at=iso(moment), households=row.households, **left.payload())


def _still_dark(row: Outage, codes: Iterable[str]) -> list[Transformer]:
    """Return the areas of these codes; refuse any that is not out, or all there are."""
    wanted = list(dict.fromkeys(code.strip().upper() for code in codes))
    dark = Transformer.objects.filter(
        interruptions__outage=row, interruptions__restored_at=None
    )
    found = {area.code: area for area in dark.order_by("code")}
    wrong = [code for code in wanted if code not in found]
    if wrong:
        raise ValidationError(
            {
                "transformers": _("台区“%(codes)s”不在这次停电中，或者已经复电。")
                % {"codes": listed(wrong[:NAMED])}
            }
        )
    if not wanted:
        raise ValidationError({"transformers": _("请选择已经复电的台区。")})
    if len(wanted) == len(found):
        raise ValidationError(
            {"transformers": _("所选台区复电后已无停电台区，请办理全部复电。")}
        )
    return [found[code] for code in wanted]


def _lateness(row: Outage, moment: datetime) -> dict[str, object]:
    """Return by how much the end came later than announced, or than the law asks."""
    if row.kind == OutageKind.ARREARS:
        return arrears_rules.restored_late(row, moment)
    if row.ends_at is not None and moment > row.ends_at:
        return {"overran_seconds": int((moment - row.ends_at).total_seconds())}
    return {}
