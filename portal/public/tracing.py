"""Progress without an account: a number, and the phone it was filed with.

A number is no credential: it is asked about a few times an hour, and whether it exists
is told to nobody (TRUST S3).
"""

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from applications.models import Application
from portal.accounts.models import SignInCode, phone_index
from portal.accounts.services import codes
from portal.public.models import TrackingRequest
from sla.ground.fields import blind_index

HOUR = timedelta(hours=1)
KEPT = timedelta(days=1)
PER_NUMBER = 5
MISSES_PER_ADDRESS = 10


class TooOften(Exception):
    """Refuse a further question for now."""

    seconds = int(HOUR.total_seconds())


def ask(*, number: str, phone: str, ip: str, at: datetime) -> SignInCode:
    """Send a code to the phone, whatever the number; raise TooOften or TooMany."""
    forget(at=at)
    recent = TrackingRequest.objects.since(at - HOUR)
    if recent.filter(ip=ip, missed=True).count() >= MISSES_PER_ADDRESS:
        raise TooOften(_("核对不上的次数太多，请一小时后再试，或拨打 95598。"))
    if recent.filter(number=number).count() >= PER_NUMBER:
        raise TooOften(_("这个编号查询得太频繁，请一小时后再试，或拨打 95598。"))
    code = codes.request_code(phone=phone, ip=ip, at=at)
    TrackingRequest.objects.create(number=number, ip=ip, at=at)
    return code


def find(*, number: str, phone: str, ip: str, at: datetime) -> Application | None:
    """Return the application that number and proved phone both point to.

    A number that does not exist and one of somebody else are the same: nothing found.
    """
    theirs = Q(applicant__phone_index=blind_index(phone, "phone"))
    filer = Q(filed_by__phone_index=phone_index(phone))
    filed = Application.objects.filed().filter(number=number)
    found = filed.filter(theirs | filer).first()
    if found is None:
        TrackingRequest.objects.create(number=number, ip=ip, at=at, missed=True)
    return found


def forget(*, at: datetime) -> None:
    """Forget the questions that count no more."""
    TrackingRequest.objects.filter(at__lte=at - KEPT).delete()
