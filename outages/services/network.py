"""Put parts into the network, each checked against its own rules."""

from decimal import Decimal
from typing import Any, TypeVar

from django.db import models, transaction

from outages.models import (
    Account,
    AddressKey,
    Line,
    Premises,
    Substation,
    Transformer,
)
from outages.selectors.places import (
    keys_of,
    names_above,
    premises_at,
    searchable,
)
from outages.vocabulary import AreaClass, Importance

Part = TypeVar("Part", bound=models.Model)


def _checked(part: Part) -> Part:
    part.full_clean()
    part.save(force_insert=True)
    return part


def add_substation(
    *, code: str, name: str, region: str, voltage: str = "110kV", **facts: Any
) -> Substation:
    """Add a substation; ``region`` is a GB/T 2260 code. Raises ValidationError."""
    return _checked(
        Substation(code=code, name=name, region_id=region, voltage=voltage, **facts)
    )


def add_line(
    *,
    code: str,
    name: str,
    substation: Substation,
    region: str | None = None,
    area_class: str = AreaClass.URBAN,
    **facts: Any,
) -> Line:
    """Add a line, in its substation's district unless told. Raises ValidationError."""
    return _checked(
        Line(
            code=code,
            name=name,
            substation=substation,
            region_id=region or substation.region_id,
            area_class=area_class,
            **facts,
        )
    )


def add_transformer(
    *,
    code: str,
    name: str,
    line: Line,
    households: int,
    region: str | None = None,
    area_class: str | None = None,
    capacity_kva: int | None = 630,
    load_kw: Decimal | None = None,
    **facts: Any,
) -> Transformer:
    """Add a 台区 with its number of households, in its line's district unless told.

    Raises ValidationError.
    """
    return _checked(
        Transformer(
            code=code,
            name=name,
            line=line,
            region_id=region or line.region_id,
            area_class=area_class or line.area_class,
            households=households,
            capacity_kva=capacity_kva,
            load_kw=load_kw,
            **facts,
        )
    )


def add_premises(*, transformer: Transformer, address: str, **facts: Any) -> Premises:
    """Add an address that a transformer supplies. Raises ValidationError."""
    regions = names_above(transformer.region)
    with transaction.atomic():
        premises = _checked(
            Premises(
                transformer=transformer,
                region_id=transformer.region_id,
                address=address,
                searched=searchable(address, regions),
                **facts,
            )
        )
        AddressKey.objects.bulk_create(address_keys(premises))
    return premises


def register_account(
    *, number: str, address: str, region: str, importance: str = Importance.ORDINARY
) -> Account | None:
    """Add a 户号 where its address is known for certain; None where it is not.

    A number that is known already stays where it is. Raises ValidationError.
    """
    known = Account.objects.filter(number=number).first()
    if known is not None:
        return known
    premises = premises_at(address, region=region)
    if premises is None:
        return None
    return add_account(number=number, premises=premises, importance=importance)


def address_keys(premises: Premises) -> list[AddressKey]:
    """Return the rows by which the middle of an address is found, not yet saved."""
    return [
        AddressKey(premises=premises, region_id=premises.region_id, key=key)
        for key in keys_of(premises.searched, premises.compound)
    ]


def add_account(
    *,
    number: str,
    premises: Premises,
    importance: str = Importance.ORDINARY,
) -> Account:
    """Add a 户号 at an address. Raises ValidationError."""
    return _checked(
        Account(
            number=number,
            premises=premises,
            transformer_id=premises.transformer_id,
            importance=importance,
        )
    )
