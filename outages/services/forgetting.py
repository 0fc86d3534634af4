"""Who reported a fault is forgotten once nobody needs to ask back.

What stays of a report is what figures are made of: when, what, in which street, and
what came of it.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import Q

from outages import rules
from outages.models import FaultReport, FaultReportQuerySet, RepairOrder
from outages.services import reporting, searching
from sla.ground.masking import mask_address

BATCH = 500


def forget(*, at: datetime) -> int:
    """Forget who reported what is over and older than the rules keep; return how many.

    Traces of the network a report came from go much earlier.
    """
    kept = rules.read("retention")
    searching.forget(at=at)
    FaultReport.objects.filter(
        reported_at__lt=at - timedelta(days=kept["client_days"])
    ).exclude(client_index="").update(client_index="")
    old = FaultReport.objects.over().filter(
        reported_at__lt=at - timedelta(days=kept["report_days"]), forgotten_at=None
    )
    return _forget_all(old, at)


def forget_reporter(user_id: int, phone: str, *, at: datetime) -> int:
    """Forget at once who reported, where it was this person; return how many reports.

    ``phone`` is one that the person proved. What is still being repaired is left.
    """
    theirs = Q(reporter=user_id) | Q(phone_index=reporting.index_of_phone(phone))
    return _forget_all(FaultReport.objects.over().filter(theirs, forgotten_at=None), at)


def _forget_all(reports: FaultReportQuerySet, at: datetime) -> int:
    forgotten = 0
    while rows := list(reports.order_by("pk")[:BATCH]):
        _forget(rows, at)
        forgotten += len(rows)
    return forgotten


@transaction.atomic
def _forget(reports: Sequence[FaultReport], at: datetime) -> None:
    pictures = [report.photo for report in reports if report.photo]
    for report in reports:
        report.place = _street_of(report.place)
    FaultReport.objects.bulk_update(reports, ["place"])
    FaultReport.objects.filter(pk__in=[report.pk for report in reports]).update(
        phone="",
        phone_index="",
        client_index="",
        description="",
        photo="",
        reporter=None,
        account=None,
        forgotten_at=at,
    )
    orders = RepairOrder.objects.filter(reports__in=reports).distinct()
    for order in orders:
        order.place = _street_of(order.place)
    RepairOrder.objects.bulk_update(orders, ["place"])
    for picture in pictures:
        transaction.on_commit(partial(picture.delete, save=False))


def _street_of(place: str) -> str:
    """Return a place without its house, however often this is asked."""
    return place if place.endswith("****") else mask_address(place)
