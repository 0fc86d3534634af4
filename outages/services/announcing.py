"""Approve an outage, make it known in time, move it, or call it off."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from outages.models import Arrears, Outage
from outages.permissions import arrears as arrears_rules
from outages.permissions.outages import is_announced
from outages.services import acting, moments, notice, rescoping
from outages.services.moments import iso
from outages.vocabulary import OutageKind
from sla.ground.actors import Actor
from sla.ground.texts import stated


def approve(
    outage: Outage,
    *,
    by: Actor,
    at: datetime,
    note: str = "",
    seen: int | None = None,
) -> None:
    """Approve a draft that somebody else wrote. Raises Refused."""
    with acting.act(outage, "approve", by=by, at=at, note=note, seen=seen):
        pass


def send_back(
    outage: Outage,
    *,
    reason: str,
    by: Actor,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Send an approved outage back to be changed. Raises ValidationError, Refused."""
    said = stated(reason, _("请写明退回的原因。"))
    with acting.act(outage, "send_back", by=by, at=at, note=said, seen=seen):
        pass


def announce(
    outage: Outage,
    *,
    by: Actor,
    at: datetime,
    late_reason: str = "",
    seen: int | None = None,
) -> None:
    """Make an outage known; too late only with a reason, and flagged (条例 第28条).

    Raises ValidationError (key late_reason) and Refused.
    """
    with acting.act(outage, "announce", by=by, at=at, seen=seen) as step:
        row = step.row
        assert row.starts_at is not None
        verdict = notice.judge(row.kind, starts_at=row.starts_at, at=at)
        step.remember(**rescoping.bring_up_to_date(row))
        notice.stamp(row, verdict, late_reason=late_reason)
        step.remember(
            starts_at=iso(row.starts_at),
            ends_at=iso(row.ends_at),
            late=row.late_notice,
            late_reason=row.late_reason,
            households=row.households,
        )


def reschedule(
    outage: Outage,
    *,
    starts_at: datetime,
    ends_at: datetime | None = None,
    reason: str,
    by: Actor,
    at: datetime,
    late_reason: str = "",
    seen: int | None = None,
) -> None:
    """Move an announced outage; the change is itself an announcement, judged anew.

    Only an earlier end of an unchanged beginning leaves the old announcement in force:
    nobody is cut at a time he was not told of. Raises ValidationError and Refused.
    """
    said = stated(reason, _("请写明变更停电时间的原因。"))
    with acting.act(outage, "reschedule", by=by, at=at, note=said, seen=seen) as step:
        row = step.row
        before = (row.starts_at, row.ends_at)
        after = moments.plan(
            starts_at, ends_at, at=at, endless=row.kind == OutageKind.ARREARS
        )
        if after == before:
            raise ValidationError({"starts_at": _("停电时间没有变化。")})
        row.starts_at, row.ends_at = after
        if not _only_shorter(before, after):
            _announce_anew(row, late_reason=late_reason, at=at)
        step.remember(
            starts_at=iso(after[0]),
            ends_at=iso(after[1]),
            starts_at_before=iso(before[0]),
            ends_at_before=iso(before[1]),
            late=row.late_notice,
            late_reason=row.late_reason,
        )


def cancel(
    outage: Outage,
    *,
    reason: str,
    by: Actor,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Call an outage off before it begins; whoever was told of it is told of this.

    Raises ValidationError without a reason, and Refused.
    """
    said = stated(reason, _("请写明取消停电的原因。"))
    with acting.act(outage, "cancel", by=by, at=at, note=said, seen=seen) as step:
        step.remember(announced=is_announced(step.row))


def _only_shorter(
    before: tuple[datetime | None, datetime | None],
    after: tuple[datetime | None, datetime | None],
) -> bool:
    if before[1] is None or after[1] is None:
        return False
    return before[0] == after[0] and after[1] < before[1]


def _announce_anew(row: Outage, *, late_reason: str, at: datetime) -> None:
    assert row.starts_at is not None
    if row.kind == OutageKind.ARREARS:
        arrears_rules.require_notice(row, at)
        Arrears.objects.filter(pk=row.pk).update(final_notice_at=None)
    verdict = notice.judge(row.kind, starts_at=row.starts_at, at=at)
    notice.stamp(row, verdict, late_reason=late_reason)
