"""Write down who is without power from when to when: the rows every index counts."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q, Sum
from django.utils.translation import gettext as _

from outages.lifecycles.outage import OUT
from outages.models import Interruption, LineInterruption, Outage, Transformer
from sla.ground.errors import Refused
from sla.ground.record import for_the_record
from sla.words import exact_moment, listed

NAMED = 5


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Areas that were already without power, and under which outages."""

    codes: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()

    @property
    def remark(self) -> str:
        """Return the sentence for people about what was left out."""
        areas = listed(self.codes[:NAMED])
        if len(self.codes) > NAMED:
            areas += _("等%(n)s个台区") % {"n": len(self.codes)}
        return _("%(areas)s已在 %(numbers)s 中停电，不重复计入。") % {
            "areas": areas,
            "numbers": listed(self.numbers),
        }

    @for_the_record()
    def payload(self) -> dict[str, Any]:
        """Return what the event keeps; nothing when nothing was left out."""
        if not self.codes:
            return {}
        return {
            "left_out": list(self.codes),
            "already_out_in": list(self.numbers),
            "remark": self.remark,
        }


def begin(outage: Outage, *, moment: datetime) -> LeftOut:
    """Stamp the beginning on the rows of a locked outage; return what was left out.

    An area that is without power already stays with the outage that cut it. Raises
    Refused when nothing else remains, and ValidationError (key began_at) when an area
    had no power yet at that moment, under an outage that ended later.
    """
    areas = list(
        outage.interruptions.order_by("transformer_id").values_list(
            "transformer_id", "whole"
        )
    )
    # Two outages that begin at once must not both count the same area.
    list(
        Transformer.objects.select_for_update(no_key=True)
        .filter(interruptions__outage=outage)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    _require_accounts_not_out(outage)
    _require_restored_before(outage, moment)
    left = _leave_out(outage)
    if len(left.codes) == len(areas):
        raise Refused(
            _("所选范围已在 %(numbers)s 中停电，不能重复登记。")
            % {"numbers": listed(left.numbers)}
        )
    outage.interruptions.update(began_at=moment)
    outage.line_interruptions.update(began_at=moment)
    outage.households = _households(outage)
    return left


def restore(
    outage: Outage, *, moment: datetime, transformers: Collection[int] | None = None
) -> None:
    """Stamp the end on rows that are out: all of them, or those of some areas."""
    assert outage.began_at is not None
    rows = outage.interruptions.filter(restored_at=None)
    if transformers is not None:
        rows = rows.filter(transformer__in=list(transformers))
    seconds = int((moment - outage.began_at).total_seconds())
    rows.update(restored_at=moment, seconds=seconds)
    dark = outage.interruptions.filter(restored_at=None)
    outage.line_interruptions.filter(restored_at=None).exclude(
        line__in=dark.values("line")
    ).update(restored_at=moment)


def _households(outage: Outage) -> int:
    total = outage.interruptions.aggregate(total=Sum("households"))["total"]
    return int(total or 0)


def _out_elsewhere(outage: Outage) -> Any:
    """Return what other outages keep dark as a whole among this one's areas."""
    mine = outage.interruptions.values("transformer")
    return Interruption.objects.filter(
        transformer__in=mine, whole=True, outage__status__in=OUT
    ).exclude(outage=outage)


def _leave_out(outage: Outage) -> LeftOut:
    dark = _out_elsewhere(outage).filter(restored_at=None, began_at__isnull=False)
    found = list(
        dark.order_by("transformer__code").values_list(
            "transformer_id", "transformer__code", "outage__number"
        )
    )
    if not found:
        return LeftOut()
    outage.interruptions.filter(transformer__in=[row[0] for row in found]).delete()
    _leave_out_lines(outage)
    return LeftOut(
        tuple(row[1] for row in found), tuple(dict.fromkeys(row[2] for row in found))
    )


def _leave_out_lines(outage: Outage) -> None:
    """Leave out lines that are out already, or of which nothing is left to cut."""
    out = LineInterruption.objects.filter(
        outage__status__in=OUT, began_at__isnull=False, restored_at=None
    ).exclude(outage=outage)
    outage.line_interruptions.filter(
        Q(line__in=list(out.values_list("line_id", flat=True)))
        | ~Q(line__in=outage.interruptions.values("line"))
    ).delete()


def _require_restored_before(outage: Outage, moment: datetime) -> None:
    """Refuse a beginning at which some area had no power to lose."""
    rows = Interruption.objects.filter(
        transformer__in=outage.interruptions.filter(whole=True).values("transformer"),
        whole=True,
        restored_at__gt=moment,
    ).exclude(outage=outage)
    latest = rows.order_by("-restored_at").select_related("transformer", "outage")
    found = latest.first()
    if found is not None and found.restored_at is not None:
        raise ValidationError(
            {
                "began_at": _(
                    "%(area)s在 %(number)s 中到%(restored)s才复电，"
                    "停电时间不能早于该时刻。"
                )
                % {
                    "area": found.transformer,
                    "number": found.outage.number,
                    "restored": exact_moment(found.restored_at),
                }
            }
        )


def _require_accounts_not_out(outage: Outage) -> None:
    """Refuse to cut an account that another outage has cut by name."""
    mine = outage.scope.filter(account__isnull=False).values("account")
    again = Outage.objects.out_now().filter(scope__account__in=mine)
    numbers: Iterable[str] = (
        again.exclude(pk=outage.pk).values_list("number", flat=True).distinct()
    )
    if numbers:
        raise Refused(
            _("所选户号已在 %(numbers)s 中停电，不能重复停电。")
            % {"numbers": listed(numbers)}
        )
