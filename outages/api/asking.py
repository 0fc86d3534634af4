"""What every view of this API does: who asks, which row, which acts are open."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, TypeVar

from django.db import models
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.request import Request

from outages import permissions
from outages.api.bodies import Act
from outages.models import GovernanceCase, Outage, RepairOrder
from outages.permissions import book_of
from sla.ground import numbers
from sla.ground.actors import Actor

Row = TypeVar("Row", bound=models.Model)


def viewer(request: Request) -> Actor | None:
    """Return who is signed in, or nobody."""
    return request.user if request.user.is_authenticated else None


def actor(request: Request) -> Actor:
    """Return who acts; the address wants somebody signed in."""
    assert request.user.is_authenticated
    return request.user


def one(rows: models.QuerySet[Row], number: str, prefix: str) -> Row:
    """Return the row of a number, however it was typed; 404 where there is none."""
    proper = numbers.normalise(number, prefix)
    found = rows.filter(number=proper).first() if proper else None
    if found is None:
        raise Http404(number)
    return found


def offers(
    row: Outage | RepairOrder, acts: Iterable[str], *, by: Actor | None, at: datetime
) -> list[dict[str, Any]]:
    """Return every act of whoever may do any, with what stands in the way."""
    known = book_of(row).acts
    if by is None or not any(by.role in known[name].who for name in acts):
        return []
    found = []
    for name in acts:
        if by.role not in known[name].who or row.status not in known[name].sources:
            continue
        allowed, reason = permissions.can(name, row, by=by, at=at)
        found.append(
            {
                "action": name,
                "label": str(known[name].label),
                "allowed": allowed,
                "reason": reason,
            }
        )
    return found


def allowed(offered: list[dict[str, Any]]) -> list[str]:
    """Return the names of what may be done now."""
    return [offer["action"] for offer in offered if offer["allowed"]]


def perform(
    row: Outage | RepairOrder | GovernanceCase,
    action: str,
    acts: dict[str, type[Act]],
    request: Request,
    at: datetime,
) -> None:
    """Do an act on a row; rule first, so that who may not is told that, not a typo."""
    body = acts.get(action)
    if body is None:
        raise Http404(action)
    permissions.require(action, row, by=actor(request), at=at)
    if not isinstance(request.data, dict):
        raise serializers.ValidationError(_("请求内容应是一个JSON对象。"))
    asked = body(data=request.data)
    asked.is_valid(raise_exception=True)
    asked.perform(row, by=actor(request), at=at)
