"""Write everything encrypted anew under the first of FIELD_KEYS, so that others may go.

Works while the portal serves: rows are locked a few hundred at a time, and every key is
still read meanwhile.
"""

from collections.abc import Iterator
from typing import Any

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db import models, transaction

from sla.ground.fields import EncryptedTextField, decrypt, encrypt

BATCH = 500


def encrypted() -> Iterator[tuple[type[models.Model], list[str]]]:
    """Give every model with encrypted columns, and their names."""
    for model in apps.get_models():
        columns = model._meta.concrete_fields
        names = [each.name for each in columns if isinstance(each, EncryptedTextField)]
        if names:
            yield model, names


def renew() -> int:
    """Write every row and every second factor anew; return how many rows.

    Raises UndecryptableError where a key is missing; what was written stays, and a
    second run goes over all of it again.
    """
    rows = sum(_renew(model, names) for model, names in encrypted())
    return rows + _renew_second_factors()


def _renew(model: type[models.Model], names: list[str]) -> int:
    done = last = 0
    while rows := _renew_some(model, names, last):
        done, last = done + len(rows), rows[-1].pk
    return done


@transaction.atomic
def _renew_some(
    model: type[models.Model], names: list[str], after: int
) -> list[models.Model]:
    """Lock, read and write the next rows; reading decrypts, writing encrypts."""
    known = model._base_manager.select_for_update().filter(pk__gt=after)
    rows = list(known.order_by("pk").only("pk", *names)[:BATCH])
    model._base_manager.bulk_update(rows, names)
    return rows


@transaction.atomic
def _renew_second_factors() -> int:
    """Write the secrets of authenticator apps anew (allauth keeps them in JSON)."""
    found = list(Authenticator.objects.select_for_update().order_by("pk"))
    for each in found:
        each.data = {key: _anew(key, value) for key, value in each.data.items()}
    Authenticator.objects.bulk_update(found, ["data"])
    return len(found)


def _anew(key: str, value: Any) -> Any:
    if key in {"secret", "seed"}:
        return encrypt(decrypt(value))
    if key == "migrated_codes":
        return [encrypt(decrypt(code)) for code in value]
    return value
