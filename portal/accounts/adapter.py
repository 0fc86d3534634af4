"""What allauth asks of this portal."""

from datetime import timedelta
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django import forms
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import get_random_string

from portal.accounts import idleness, landing
from portal.accounts.models import User
from portal.accounts.services import people
from portal.notices.services import writing
from sla.ground.clients import client_ip
from sla.ground.fields import decrypt, encrypt
from sla.ground.phones import clean_mobile

SIGNED_IN_AT = "signed_in_at"
REAUTHENTICATION_TIMEOUT = 300


class AccountAdapter(DefaultAccountAdapter):
    """Know people by one normal form of their phone, and land them where they work."""

    def clean_phone(self, phone: str) -> str:
        """Return the E.164 form, or say what is wrong with the number."""
        return clean_mobile(phone)

    def phone_form_field(self, **kwargs: Any) -> forms.CharField:
        """Return the field in which allauth's own forms ask for a phone."""
        return forms.CharField(**kwargs)

    def set_phone(self, user: AbstractBaseUser, phone: str, verified: bool) -> None:
        """Give a user a phone."""
        people.set_phone(_ours(user), phone=phone, verified=verified)

    def get_phone(self, user: AbstractBaseUser) -> tuple[str, bool] | None:
        """Return a user's phone and whether it is proved."""
        person = _ours(user)
        return (person.phone, person.phone_verified) if person.phone else None

    def set_phone_verified(self, user: AbstractBaseUser, phone: str) -> None:
        """Note that a user proved to hold a phone."""
        people.set_phone(_ours(user), phone=phone, verified=True)

    def get_user_by_phone(self, phone: str) -> User | None:
        """Return who has a phone, however it is written."""
        try:
            return User.objects.by_phone(clean_mobile(phone))
        except ValidationError:
            return None

    def generate_phone_verification_code(
        self, *, user: AbstractBaseUser, phone: str
    ) -> str:
        """Return six digits: letters are hard to type on a phone."""
        return get_random_string(6, "0123456789")

    def send_verification_code_sms(
        self, user: AbstractBaseUser, phone: str, code: str, **kwargs: Any
    ) -> None:
        """Write the message that carries a code."""
        at = timezone.now()  # noqa: TID251 allauth calls, so this is an edge
        about = f"verify:{user.pk}:{at.timestamp():.0f}"
        writing.send_code(phone=phone, code=code, about=about, at=at)

    def send_unknown_account_sms(self, phone: str, **kwargs: Any) -> None:
        """Stay silent: strangers are not told whether a number is known."""

    def send_account_already_exists_sms(self, phone: str) -> None:
        """Stay silent: strangers are not told whether a number is known."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse allauth's own sign-up: accounts come from a confirmed phone."""
        return False

    def is_safe_url(self, url: str) -> bool:
        """Accept paths of this portal only."""
        return bool(url) and landing.is_own_path(url)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Return where the person's work lies."""
        return landing.landing_for(str(getattr(request.user, "role", "")))

    def get_login_stages(self) -> list[str]:
        """Ask for the second factor only: the phone was proved by coming in."""
        return ["allauth.mfa.stages.AuthenticateStage"]

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the address that limits are counted by."""
        return client_ip(request)

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Sign in; a staff session ends with the working day, or when left alone."""
        super().login(request, user)
        at = timezone.now()  # noqa: TID251 allauth calls, so this is an edge
        request.session[SIGNED_IN_AT] = at.timestamp()
        if _ours(user).is_person_of_staff:
            # A moment, not a length: every saving would begin a length anew.
            request.session.set_expiry(
                at + timedelta(hours=settings.STAFF_SESSION_HOURS)
            )
            idleness.note(request.session, at=at.timestamp())

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Ask for the password again unless it was given within five minutes.

        allauth counts repeated sign-ins only, so that setting up the second factor
        right after the first sign-in would ask for the password twice.
        """
        signed_in_at = self.request.session.get(SIGNED_IN_AT, 0)
        age = timezone.now().timestamp() - signed_in_at  # noqa: TID251 an edge
        fresh = age < REAUTHENTICATION_TIMEOUT
        return not fresh and super().is_reauthentication_required(app=app, **kwargs)

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Stay silent: our pages say what happened in their own words."""


class SecondFactorAdapter(DefaultMFAAdapter):
    """Keep the secrets of authenticator apps as personal data is kept."""

    def encrypt(self, text: str) -> str:
        """Return the token of a secret."""
        return encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Return the secret of a token."""
        return decrypt(encrypted_text)


def _ours(user: AbstractBaseUser) -> User:
    if not isinstance(user, User):
        raise TypeError(f"not a user of this portal: {user!r}")
    return user
