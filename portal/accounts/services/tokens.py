"""Tokens for programs: one for each person, known by digest, worth a sign-in."""

import secrets
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.utils.crypto import constant_time_compare

from portal.accounts.models import ProgramToken, User
from sla.ground.fields import blind_index


@transaction.atomic
def issue(user: User, *, at: datetime) -> str:
    """Return a new token, shown this once; the old one ends."""
    withdraw(user)
    token = secrets.token_hex(20)
    ProgramToken.objects.create(
        user=user,
        digest=_digest(token),
        proof=user.get_session_auth_hash(),
        issued_at=at,
    )
    return token


def withdraw(user: User) -> None:
    """End the token of a person, if there is one."""
    ProgramToken.objects.filter(user=user).delete()


def owner_of(token: str) -> User | None:
    """Return whom a token still speaks for.

    Nobody once the password is another, the account is off, or its second factor was
    taken away: a token opens no more than its owner could.
    """
    known = ProgramToken.objects.select_related("user").filter(digest=_digest(token))
    found = known.first()
    if found is None or not found.user.is_active or lacks_second_factor(found.user):
        return None
    same = constant_time_compare(found.proof, found.user.get_session_auth_hash())
    return found.user if same else None


def lacks_second_factor(user: User) -> bool:
    """Tell whether staff still have to set up what STAFF_MFA_REQUIRED asks for."""
    if not (settings.STAFF_MFA_REQUIRED and user.is_person_of_staff):
        return False
    totp = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP)
    return not totp.exists()


def _digest(token: str) -> str:
    return blind_index(token, "program token")
