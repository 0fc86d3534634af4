"""供电方案答复: the plan, its confirmation, objections, and its validity."""

import calendar
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from applications import catalogue
from applications.classification import LOW_VOLTAGES, Voltage
from applications.models import Application, Plan
from applications.services import filing, timing
from applications.services.acting import act
from applications.services.filing import answers
from applications.services.history import LateEntry
from sla.engine import day_of
from sla.ground.actors import SYSTEM, Actor
from sla.ground.errors import Refused
from sla.ground.texts import stated

DECIDED = "供电方案确定的供电电压"


@dataclass(frozen=True, slots=True)
class Offer:
    """The contents of a 供电方案答复单; capacity in kW."""

    voltage: str
    capacity_kw: Decimal
    supply_point: str
    metering: str
    ownership_boundary: str
    tariff: str
    fees: str
    works: str = ""
    overhead_transformer: bool = False


def reply_plan(
    application: Application,
    *,
    by: Actor,
    at: datetime,
    offer: Offer,
    note: str = "",
    seen: int | None = None,
    late: LateEntry | None = None,
) -> Application:
    """Deliver a supply plan; its clock stops and the applicant's turn begins."""
    _check(application, offer)
    with act(
        application, "reply_plan", by=by, at=at, note=note, seen=seen, late=late
    ) as running:
        row = running.application
        contents = asdict(offer)
        row.overhead_transformer = contents.pop("overhead_transformer")
        plan = Plan.objects.create(
            application=row,
            round=row.plans.count() + 1,
            valid_until=valid_until(at, low_voltage=row.is_low_voltage),
            replied_at=at,
            replied_by_id=by.pk,
            **contents,
        )
        running.remember(round=plan.round, valid_until=plan.valid_until.isoformat())
        user_type = filing.user_type_of(row, voltage=offer.voltage)
        if user_type != row.user_type:
            # 35 kV and above go through design review and mid-way inspection, too.
            row.user_type = user_type
            timing.refit_total(row, by=by, at=at, reason=DECIDED)
            running.remember(user_type=user_type)
    return application


def _check(application: Application, offer: Offer) -> None:
    problems: dict[str, str] = {}
    if offer.voltage not in Voltage.values:
        problems["voltage"] = _("请选择供电电压。")
    elif (offer.voltage in LOW_VOLTAGES) != application.is_low_voltage:
        problems["voltage"] = _("供电电压与用户类型不符：请核对后再答复。")
    if offer.capacity_kw <= 0:
        problems["capacity_kw"] = _("批准容量应大于0。")
    elif offer.capacity_kw > answers.LARGEST_KW:
        problems["capacity_kw"] = _("批准容量最多500000千瓦，请核对。")
    for name in ("supply_point", "metering", "ownership_boundary", "tariff", "fees"):
        if not getattr(offer, name).strip():
            label = Plan._meta.get_field(name).verbose_name  # type: ignore[union-attr]
            problems[name] = _("请填写%s。") % label
    if problems:
        raise ValidationError(problems)


def valid_until(replied_at: datetime, *, low_voltage: bool) -> date:
    """Return the last day a plan is valid (供电营业规则: 高压一年, 低压三个月)."""
    rule = catalogue.read("plans")
    months = rule["low_voltage_months" if low_voltage else "high_voltage_months"]
    return _months_after(day_of(replied_at), months)


def _months_after(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def confirm_plan(
    application: Application, *, by: Actor, at: datetime, seen: int | None = None
) -> Application:
    """Agree to the plan as it was replied."""
    with act(application, "confirm_plan", by=by, at=at, seen=seen) as running:
        plan = running.application.plans.latest("round")
        plan.confirmed_at = at
        plan.save(update_fields=["confirmed_at"])
    return application


def object_plan(
    application: Application,
    *,
    by: Actor,
    at: datetime,
    reason: str,
    seen: int | None = None,
) -> Application:
    """Object to the plan; a new clock of 供电方案答复 starts for the utility."""
    reason = stated(reason, _("请写明对方案哪里有异议，希望怎样调整。"))
    with act(
        application, "object_plan", by=by, at=at, note=reason, seen=seen
    ) as running:
        plan = running.application.plans.latest("round")
        plan.objected_at = at
        plan.objection = reason
        plan.save(update_fields=["objected_at", "objection"])
    return application


def take_objection(
    application: Application,
    *,
    by: Actor,
    at: datetime,
    note: str = "",
    seen: int | None = None,
) -> Application:
    """Take the objection in hand; the clock that it started goes on."""
    with act(application, "take_objection", by=by, at=at, note=note, seen=seen):
        pass
    return application


def extend_plan(
    application: Application, *, by: Actor, at: datetime, seen: int | None = None
) -> Application:
    """Extend the plan once by its own length, asked for ten days before it ends."""
    with act(application, "extend_plan", by=by, at=at, seen=seen) as running:
        row = running.application
        plan = row.plans.latest("round")
        rule = catalogue.read("plans")
        months = rule[
            "low_voltage_months" if row.is_low_voltage else "high_voltage_months"
        ]
        plan.valid_until = _months_after(plan.valid_until, months)
        plan.extended = True
        plan.save(update_fields=["valid_until", "extended"])
        running.remember(valid_until=plan.valid_until.isoformat())
    return application


def expire_plans(*, at: datetime) -> int:
    """End every application whose plan ran out unconfirmed; return how many."""
    today = day_of(at)
    # The plan of today counts; an earlier one, extended, may have run for longer.
    latest = Plan.objects.filter(application=OuterRef("pk")).order_by("-round")
    replied = Application.objects.filter(status="plan_replied")
    overdue = replied.alias(valid_until=Subquery(latest.values("valid_until")[:1]))
    ended = 0
    for application in overdue.filter(valid_until__lt=today).iterator():
        # Whoever extended or withdrew it meanwhile has the last word.
        with suppress(Refused), act(application, "expire_plan", by=SYSTEM, at=at):
            ended += 1
    return ended
