"""Write what a plan says, all of it or nothing."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from outages.models import (
    Account,
    AddressKey,
    AreaChange,
    Line,
    NetworkImport,
    Premises,
    Substation,
    Transformer,
)
from outages.permissions import network as rules
from outages.selectors.places import names_above, searchable
from outages.services.network import address_keys
from outages.services.network_files.batches import batches
from outages.services.network_files.plans import AccountFact, Altered, Plan
from sla.ground.actors import Actor

ROWS_AT_ONCE = 5000


def apply(
    plan: Plan,
    *,
    by: Actor,
    at: datetime,
    progress: Callable[[int], None] | None = None,
) -> NetworkImport | None:
    """Write a plan and remember the import; None where nothing differs.

    ``progress`` is told how many accounts are written. Raises ValidationError (key
    file) for a plan with errors, or one that somebody else's change has overtaken;
    Refused for who may not.
    """
    rules.require_import(by)
    if plan.error_count:
        raise ValidationError({"file": _("文件有错误，没有导入任何内容。")})
    if not plan.alters:
        return None
    try:
        with transaction.atomic():
            return _write(plan, by, at, progress or (lambda _done: None))
    except IntegrityError as error:
        sentence = _("网络数据刚刚被别人改动，请重新预览再导入。")
        raise ValidationError({"file": sentence}) from error


def _write(
    plan: Plan, by: Actor, at: datetime, progress: Callable[[int], None]
) -> NetworkImport:
    _put(Substation, plan.substations, ["code"])
    _put(Line, plan.lines, ["code"])
    _put(Transformer, plan.areas, ["code"])
    _follow(plan.moved)
    _put(Premises, plan.premises, ["transformer", "address"])
    _index(plan.premises)
    done = 0
    for facts in batches(plan.accounts_new, ROWS_AT_ONCE):
        Account.objects.bulk_create(map(_account, facts))
        done += len(facts)
        progress(done)
    for facts in batches(plan.accounts_changed, ROWS_AT_ONCE):
        _replace(Account, map(_account, facts), ["number"])
    made = NetworkImport.objects.create(
        name=plan.name,
        sha256=plan.sha256,
        at=at,
        by_id=by.pk,
        by_label=by.label(),
        counts=plan.tally(),
    )
    changes = [
        AreaChange(
            transformer_id=fact.area.pk,
            source=made,
            at=at,
            field=fact.column,
            before=fact.before[:120],
            after=fact.after[:120],
        )
        for fact in plan.area_facts
    ]
    AreaChange.objects.bulk_create(changes, batch_size=ROWS_AT_ONCE)
    return made


def _put(model: type[models.Model], altered: Altered, key: list[str]) -> None:
    model._default_manager.bulk_create(altered.new, batch_size=ROWS_AT_ONCE)
    for rows in batches(altered.changed, ROWS_AT_ONCE):
        _replace(model, map(_without_key, rows), key)


def _replace(
    model: type[models.Model], rows: Iterable[models.Model], key: list[str]
) -> None:
    """Write facts over the rows that have the same natural key."""
    own = {*key, "id"}
    facts = [f.name for f in model._meta.concrete_fields if f.name not in own]
    model._default_manager.bulk_create(
        rows, update_conflicts=True, unique_fields=key, update_fields=facts
    )


def _without_key(row: models.Model) -> models.Model:
    """Return a copy without primary key: the natural key alone finds its row."""
    facts: dict[str, Any] = {}
    for field in row._meta.concrete_fields:
        if field.primary_key:
            continue
        # A part above may be new itself, and have got its key a moment ago.
        above = field.is_relation and field.is_cached(row)  # type: ignore[attr-defined]
        name = field.name if above else field.attname
        facts[name] = getattr(row, name)
    return type(row)(**facts)


def _account(fact: AccountFact) -> Account:
    return Account(
        number=fact.number,
        transformer_id=fact.area.pk,
        premises_id=fact.premises.pk if fact.premises else None,
        importance=fact.importance,
    )


def _follow(moved: Iterable[Transformer]) -> None:
    """Let the addresses of 台区 that changed district change with them."""
    for area in moved:
        names = names_above(area.region)
        rows = list(Premises.objects.filter(transformer=area).defer("property_phone"))
        for premises in rows:
            premises.region_id = area.region_id
            premises.searched = searchable(premises.address, names)[:120]
        Premises.objects.bulk_update(rows, ["region", "searched"], batch_size=100)
        _index(Altered(changed=rows))


def _index(premises: Altered) -> None:
    """Make the keys of these addresses anew."""
    for rows in batches(premises.changed):
        AddressKey.objects.filter(premises__in=rows).delete()
    for rows in batches([*premises.new, *premises.changed], ROWS_AT_ONCE):
        keys = [key for row in rows for key in address_keys(row)]
        AddressKey.objects.bulk_create(keys, batch_size=ROWS_AT_ONCE)
