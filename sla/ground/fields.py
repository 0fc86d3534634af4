"""Personal data at rest: an encrypted column, and a keyed index for exact search."""

import hmac
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext_lazy as _


class UndecryptableError(ValueError):
    """A stored value was written under a key that this installation does not have."""


@lru_cache(maxsize=8)
def _keyring(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def encrypt(value: str) -> str:
    """Return the token of a text, under the first of FIELD_KEYS."""
    return _keyring(tuple(settings.FIELD_KEYS)).encrypt(value.encode()).decode()


def decrypt(token: str) -> str:
    """Return the text of a token written under any of FIELD_KEYS."""
    try:
        return _keyring(tuple(settings.FIELD_KEYS)).decrypt(token.encode()).decode()
    except InvalidToken as error:
        raise UndecryptableError(_("密文无法解密：请核对 FIELD_KEYS。")) from error


def blind_index(value: str, purpose: str) -> str:
    """Return 64 hex digits that are equal for equal values of one purpose.

    Keyed, since a plain hash of an ID card or phone number is guessed in seconds; the
    purpose keeps two columns from being joined with each other.
    """
    message = f"{purpose}\x00{value}".encode()
    return hmac.digest(settings.INDEX_KEY.encode(), message, "sha256").hex()


class EncryptedTextField(models.TextField):  # type: ignore[type-arg]
    """Keep a text encrypted in the database; search it through a blind index only.

    Nothing is remembered on the field object: it is shared by every thread.
    """

    description = _("加密文本")

    def get_db_prep_save(self, value: Any, connection: BaseDatabaseWrapper) -> Any:
        """Encrypt what is written by save, create, update and bulk writes."""
        if value is None or hasattr(value, "resolve_expression"):
            return super().get_db_prep_save(value, connection)
        return encrypt(str(value))

    def from_db_value(
        self, value: str | None, _expression: object, _connection: object
    ) -> str | None:
        """Decrypt what is read; raise UndecryptableError rather than show a token."""
        return None if value is None else decrypt(value)

    def get_lookup(self, lookup_name: str) -> Any:
        """Refuse every comparison: equal texts have different tokens."""
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None
