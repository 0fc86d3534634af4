"""Who may not try a password just now: an address, and a name tried from everywhere."""

from typing import Any

from axes.attempts import get_cool_off_threshold
from axes.handlers.database import AxesDatabaseHandler
from axes.helpers import get_client_username
from axes.models import AccessAttempt, AccessLog
from django.conf import settings
from django.db.models import Sum
from django.http import HttpRequest

from sla.ground.clients import client_ip


class Lockout(AxesDatabaseHandler):
    """Lock one name for one address after few failures, for new addresses after many.

    Else a thousand addresses had five tries each. Where a name came in before it may go
    on: nobody keeps others from their work by guessing badly.
    """

    def get_failures(self, request: HttpRequest, credentials: Any = None) -> int:
        """Return how often this name failed here; the limit where it is locked."""
        failures: int = super().get_failures(request, credentials)
        if self._is_tried_everywhere(request, credentials):
            return max(failures, settings.AXES_FAILURE_LIMIT)
        return failures

    def _is_tried_everywhere(self, request: HttpRequest, credentials: Any) -> bool:
        name = get_client_username(request, credentials)
        since = get_cool_off_threshold(request)
        tries = AccessAttempt.objects.filter(username=name, attempt_time__gte=since)
        failures = tries.aggregate(all=Sum("failures_since_start"))["all"] or 0
        if failures < settings.STAFF_NAME_FAILURES:
            return False
        known = AccessLog.objects.filter(username=name, ip_address=client_ip(request))
        return not known.exists()
