"""Find an application by whatever somebody at the counter can name."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.db.models import Q

from applications.models import ApplicationQuerySet
from sla.ground import numbers
from sla.ground.fields import blind_index
from sla.ground.phones import clean_phone
from sla.ground.texts import address_line

_ACCOUNT = re.compile(r"^\d{10}(\d{3})?$")
_PAPER = re.compile(r"^(?=.*\d)[0-9A-Z]{5,30}$")
SHORTEST = 2


def matching(applications: ApplicationQuerySet, text: str) -> ApplicationQuerySet:
    """Keep what one search field may mean: number, phone, ID, 户号, name or address.

    Full phone and ID numbers are compared by their blind index. Fewer than two
    characters find nothing.
    """
    term = unicodedata.normalize("NFKC", text).strip()
    if len(term) < SHORTEST:
        return applications.none()
    number = numbers.normalise(term)
    if number is not None:
        return applications.filter(number=number)
    exact = _exact(term)
    words = (
        Q(applicant__name__icontains=term)
        | Q(applicant__contact_name__icontains=term)
        | Q(address__icontains=address_line(term))
        | Q(number__istartswith=term)
    )
    return applications.filter(exact | words)


def _exact(term: str) -> Q:
    compact = "".join(c for c in term.upper() if c.isalnum())
    found = Q()
    if _ACCOUNT.match(compact):
        found |= Q(connection__account_number=compact)
    if _PAPER.match(compact):
        found |= Q(applicant__id_index=blind_index(compact, "identity"))
    try:
        phone = clean_phone(term)
    except ValidationError:
        return found
    return found | Q(applicant__phone_index=blind_index(phone, "phone"))
