"""装表接电: the contract, the meter, the power; and the ends of the road."""

import re
import unicodedata
from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from applications.models import Application, Connection
from applications.services.acting import act
from applications.services.history import LateEntry
from outages.services import network
from outages.vocabulary import Importance
from sla.ground.actors import Actor
from sla.ground.texts import one_line, stated

_BETWEEN = re.compile(r"[\s·•‧・.]")


def sign_contract(
    application: Application,
    *,
    by: Actor,
    at: datetime,
    signed_name: str,
    seen: int | None = None,
) -> Application:
    """Sign the supply contract; the clock of 装表接电 starts."""
    with act(application, "sign_contract", by=by, at=at, seen=seen) as running:
        applicant = running.application.applicant
        assert applicant is not None, "a filed application has its applicant"
        names = (applicant.name, applicant.contact_name)
        if _as_signed(signed_name) not in {_as_signed(name) for name in names}:
            wanted = _("签名应与申请人或联系人姓名一致，请填写“%s”。")
            either = _("”或“").join(dict.fromkeys(names))
            raise ValidationError({"signed_name": wanted % either})
        running.remember(signed_by=one_line(signed_name))
    return application


def _as_signed(name: str) -> str:
    """Return a name as signatures are compared: blanks, dots, width and case aside."""
    plain = unicodedata.normalize("NFKC", one_line(name)).casefold()
    return _BETWEEN.sub("", plain)


def energise(
    application: Application,
    *,
    by: Actor,
    at: datetime,
    meter_number: str,
    account_number: str,
    note: str = "",
    seen: int | None = None,
    late: LateEntry | None = None,
) -> Application:
    """Hang the meter and switch on; the clocks of 装表接电 and of the whole stop.

    Where the network knows the address, the new 户号 is registered there, so that its
    outages are told to whoever lives there.
    """
    with act(
        application, "energise", by=by, at=at, note=note, seen=seen, late=late
    ) as running:
        connection = Connection(
            application=running.application,
            meter_number=meter_number.strip().upper(),
            account_number="".join(account_number.split()),
            energised_at=at,
            energised_by_id=by.pk,
        )
        connection.full_clean(exclude=["application", "energised_by"])
        connection.save()
        _register(running.application, connection.account_number)
        running.remember(
            meter_number=connection.meter_number,
            account_number=connection.account_number,
        )
    return application


def _register(application: Application, number: str) -> None:
    network.register_account(
        number=number,
        address=application.address,
        region=str(application.region_id),
        importance=Importance.IMPORTANT
        if application.important
        else Importance.ORDINARY,
    )


def archive(
    application: Application,
    *,
    by: Actor,
    at: datetime,
    note: str = "",
    seen: int | None = None,
) -> Application:
    """Close the file of an energised application."""
    with act(application, "archive", by=by, at=at, note=note, seen=seen):
        pass
    return application


def withdraw(
    application: Application,
    *,
    by: Actor,
    at: datetime,
    reason: str,
    seen: int | None = None,
) -> Application:
    """Take an application back; its clocks end without a verdict."""
    reason = stated(reason, _("请简单说明撤回的原因。"))
    with act(application, "withdraw", by=by, at=at, note=reason, seen=seen):
        pass
    return application
