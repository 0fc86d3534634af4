"""Who asked for power and got none is forgotten once nobody can dispute it any more.

What stays of such a case is what figures are made of: number, dates, district, need,
and the history, in which applicants are masked.
"""

from datetime import datetime

from django.db import transaction

from applications import catalogue
from applications.lifecycle import STATUSES, Status
from applications.models import Applicant, Application
from applications.services import acting, documents
from sla.engine import SHANGHAI
from sla.ground.masking import mask_address

UNSUCCESSFUL = [
    status
    for status, facts in STATUSES.items()
    if facts.closed and status != Status.ARCHIVED
]


def forget_unsuccessful(*, at: datetime) -> int:
    """Empty what names people in cases that came to nothing; return how many.

    Source of the years: ``catalogue/retention.yaml``.
    """
    old = Application.objects.filter(
        status__in=UNSUCCESSFUL, closed_at__lt=_years_before(at)
    ).exclude(applicant__name="")
    due = list(old.order_by("pk").values_list("pk", flat=True))
    for pk in due:
        _forget(Application(pk=pk))
    return len(due)


def _years_before(at: datetime) -> datetime:
    years = catalogue.read("retention")["unsuccessful_years"]
    today = at.astimezone(SHANGHAI)
    # 29 February has no namesake in most years: a day later is in time for everybody.
    day = 28 if (today.month, today.day) == (2, 29) else today.day
    return today.replace(year=today.year - years, day=day)


@transaction.atomic
def _forget(application: Application) -> None:
    row = acting.lock(application)
    assert row.applicant is not None, "what was filed has one"
    for paper in row.documents.all():
        documents.erase(paper)
    row.address = mask_address(row.address)
    row.save(update_fields=["address"])
    Applicant.objects.filter(pk=row.applicant.pk).update(
        name="", id_number="", id_index="", contact_name="", phone="", phone_index=""
    )
