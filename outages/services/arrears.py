"""The legal steps before and after somebody who owes money is cut off.

Approval and notice are acts of every outage (``announcing``); these are the others.
The rules stand in ``permissions/arrears.py``, their figures in rules/notices.yaml.
"""

from datetime import datetime

from django.utils.translation import gettext as _

from outages.models import Arrears, Outage
from outages.services import acting, moments
from outages.services.moments import iso
from sla.ground.actors import Actor
from sla.ground.texts import stated


def report_to_district(
    outage: Outage,
    *,
    reference: str,
    by: Actor,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Record that the district's energy department was told of a compound first.

    天津行动计划 三-12. Raises ValidationError (key reference) and Refused.
    """
    said = stated(reference, _("请填写报告文号。"), field="reference")
    with acting.act(outage, "report_to_district", by=by, at=at, seen=seen) as step:
        told_at = at.replace(microsecond=0)
        Arrears.objects.filter(pk=step.row.pk).update(
            district_told_at=told_at, district_reference=said[:80]
        )
        step.remember(reference=said[:80], told_at=iso(told_at))


def give_final_notice(
    outage: Outage,
    *,
    note: str = "",
    by: Actor,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Record the last notice, 30 minutes to 24 hours before the cut. Raises Refused."""
    with acting.act(
        outage, "give_final_notice", by=by, at=at, note=note, seen=seen
    ) as step:
        given_at = at.replace(microsecond=0)
        Arrears.objects.filter(pk=step.row.pk).update(final_notice_at=given_at)
        step.remember(given_at=iso(given_at))


def record_payment(
    outage: Outage,
    *,
    paid_at: datetime | None = None,
    by: Actor,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Record that everything was paid: no cut any more, or power back within a day.

    Raises ValidationError (key paid_at) and Refused.
    """
    with acting.act(outage, "record_payment", by=by, at=at, seen=seen) as step:
        moment = moments.happened(paid_at, field="paid_at", after=None, at=at)
        Arrears.objects.filter(pk=step.row.pk).update(paid_at=moment)
        step.remember(paid_at=iso(moment))
