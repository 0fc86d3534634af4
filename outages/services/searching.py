"""Let people find their report by phone and place, and let nobody guess (TRUST S3)."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from outages.models import FaultReport, MissedSearch
from outages.selectors import repair_progress
from sla.ground.errors import TooOften
from sla.ground.fields import blind_index

HOUR, KEPT = timedelta(hours=1), timedelta(days=1)


def by_phone_and_place(
    phone: str, place: str, *, client: str, at: datetime
) -> list[FaultReport]:
    """Return the reports that phone and place both name; a miss is counted.

    ``client`` is where the request came from, kept as a keyed index only. Raises
    TooOften beyond MISSES_PER_CLIENT within the hour, ValidationError for a bad phone.
    """
    index = blind_index(client, "fault client")
    missed = MissedSearch.objects.filter(client_index=index, at__gt=at - HOUR)
    if missed.count() >= settings.MISSES_PER_CLIENT:
        raise TooOften(_("核对不上的次数太多，请一小时后再查，或拨打95598。"))
    found = repair_progress.of_phone(phone, place, at=at)
    if not found:
        forget(at=at)
        MissedSearch.objects.create(client_index=index, at=at)
    return found


def forget(*, at: datetime) -> None:
    """Forget the misses that count no more."""
    MissedSearch.objects.filter(at__lte=at - KEPT).delete()
