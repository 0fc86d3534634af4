"""Accounts: who gets one, and how phone and index stay together."""

from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.utils.crypto import get_random_string

from portal.accounts.models import ADMIN_ROLES, User, phone_index
from sla.models import Region


def set_phone(user: User, *, phone: str, verified: bool) -> User:
    """Give a user a normalised phone; raises IntegrityError if another one has it."""
    user.phone, user.phone_index = phone, phone_index(phone)
    user.phone_verified = verified
    user.save(update_fields=["phone", "phone_index", "phone_verified"])
    return user


def applicant_with(*, phone: str) -> User:
    """Return whose phone this is; a new phone gets an applicant's account.

    Two sign-ins at once end in one account: the index is unique.
    """
    known = User.objects.by_phone(phone)
    if known is not None:
        return known
    user = User(
        username=f"p-{get_random_string(16).lower()}",
        phone=phone,
        phone_index=phone_index(phone),
        phone_verified=True,
    )
    user.set_unusable_password()
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError:
        return User.objects.get(phone_index=phone_index(phone))
    return user


def erase(user: User) -> User:
    """Take from an account what names its owner and switch it off.

    The row stays for what it did. Its sessions end: they hang on the password's hash.
    """
    user.phone = user.phone_index = None
    user.phone_verified = user.is_active = False
    user.display_name = user.first_name = user.last_name = user.email = ""
    user.set_unusable_password()
    user.save()
    return user


@transaction.atomic
def create_staff(
    *,
    username: str,
    password: str,
    role: str,
    display_name: str,
    staff_no: str = "",
    districts: Iterable[Region] = (),
) -> User:
    """Create an account for staff; who works in the admin is let into it."""
    user = User.objects.create_user(
        username,
        password=password,
        role=role,
        display_name=display_name,
        staff_no=staff_no,
        is_staff=role in ADMIN_ROLES,
        is_superuser=False,
    )
    user.districts.set(districts)
    return user
