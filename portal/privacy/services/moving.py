"""Another phone for the same account, once its owner proved to hold it."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from outages.models import Subscription, Way
from outages.services import subscribing
from portal.accounts.models import User
from portal.accounts.services import people
from portal.privacy.services import record
from sla.ground.errors import Refused


@transaction.atomic
def move(user: User, *, phone: str, at: datetime) -> User:
    """Give an account a phone that was proved; texts about outages follow it.

    What was filed keeps the phone it was filed with. Raises Refused where another
    account has this one.
    """
    person = User.objects.select_for_update().get(pk=user.pk)
    before = str(person.phone)
    try:
        with transaction.atomic():
            people.set_phone(person, phone=phone, verified=True)
    except IntegrityError as error:
        raise Refused(
            _("这个号码已经有账号：请换一个号码，或先用它登录并注销那个账号。")
        ) from error
    _readdress(person, before, phone, at)
    record.note(person, record.MOVED, at=at)
    return person


def _readdress(user: User, before: str, phone: str, at: datetime) -> None:
    texts = Subscription.objects.filter(way=Way.SMS, ended_at=None)
    there = texts.filter(address_index=subscribing.index_of(phone))
    theirs = texts.filter(user=user, address_index=subscribing.index_of(before))
    theirs.filter(transformer__in=list(there.values_list("transformer"))).update(
        ended_at=at
    )
    theirs.update(address=phone, address_index=subscribing.index_of(phone))
