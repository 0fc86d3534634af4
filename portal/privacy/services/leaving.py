"""注销账号: what names its owner goes; what was filed stays on file."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from applications.lifecycle import Status
from applications.models import Application
from applications.services import filing
from outages.models import FaultReport
from outages.services import forgetting as faults
from portal.accounts.models import User
from portal.accounts.services import people, tokens
from portal.notices.services import forgetting as notices
from portal.privacy.services import record
from sla.ground.errors import Refused


def require_closable(user: User) -> None:
    """Raise Refused, with what to do, while something of theirs is under way."""
    waiting = Application.objects.filter(filed_by=user).filed().open()
    numbers = list(waiting.order_by("pk").values_list("number", flat=True)[:3])
    if numbers:
        raise Refused(
            _("还有申请正在办理（%(numbers)s），请等办结，或先撤回，再注销账号。")
            % {"numbers": "、".join(map(str, numbers))}
        )
    own = FaultReport.objects.filter(reporter=user)
    unmended = own.exclude(pk__in=own.over()).order_by("pk").first()
    if unmended is not None:
        raise Refused(
            _("您的报修（%(number)s）还没有修好，修好以后就可以注销账号。")
            % {"number": unmended.number}
        )


@transaction.atomic
def close(user: User, *, at: datetime) -> None:
    """Close an account: erase who it was, end its sessions, delete what need not stay.

    Raises Refused while something is under way.
    """
    person = User.objects.select_for_update().get(pk=user.pk)
    phone = str(person.phone)
    require_closable(person)
    for draft in Application.objects.filter(filed_by=person, status=Status.DRAFT):
        filing.discard(draft, by=person)
    notices.forget_person(person.pk, phone)
    faults.forget_reporter(person.pk, phone, at=at)
    tokens.withdraw(person)
    people.erase(person)
    record.note(person, record.CLOSED, at=at)
