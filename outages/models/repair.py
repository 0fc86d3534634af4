"""Repair in sight: what people report, and the order that a crew works on."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from outages.lifecycles.acts import edge
from outages.lifecycles.outage import OUT
from outages.lifecycles.repair import ACTS, OPEN, Status
from outages.models.network import Account, Line, Premises, Transformer
from outages.models.outage import Outage
from outages.vocabulary import AreaClass, Importance, Trouble
from sla.ground.fields import EncryptedTextField


class Crew(models.Model):
    """Those who drive out."""

    name = models.CharField(_("抢修班组"), max_length=60, unique=True)
    phone = models.CharField(_("值班电话"), max_length=20)
    regions = models.ManyToManyField(
        "sla.Region", verbose_name=_("负责区域"), related_name="+", blank=True
    )
    on_duty = models.BooleanField(_("当值"), default=True)

    class Meta:
        verbose_name = _("抢修班组")
        verbose_name_plural = _("抢修班组")

    def __str__(self) -> str:
        return self.name


class RepairOrderQuerySet(models.QuerySet["RepairOrder"]):
    """Questions about many repair orders."""

    def open(self) -> Self:
        """Keep what somebody still waits for."""
        return self.filter(status__in=OPEN)


class RepairOrder(models.Model):
    """One trouble that one crew repairs, however many people reported it.

    The clocks of arrival and restoration run under its number.
    """

    number = models.CharField(_("抢修单号"), max_length=24, unique=True)
    status = FSMField(
        _("状态"),
        default=Status.RECEIVED,
        choices=Status.choices,
        protected=False,
        editable=False,
    )
    trouble = models.CharField(_("故障现象"), max_length=14, choices=Trouble)
    region = models.ForeignKey(
        "sla.Region",
        verbose_name=_("所在区"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    place = models.CharField(_("地点"), max_length=160)
    transformer = models.ForeignKey(
        Transformer, on_delete=models.PROTECT, null=True, related_name="repairs"
    )
    line = models.ForeignKey(
        Line, on_delete=models.PROTECT, null=True, related_name="repairs"
    )
    outage = models.ForeignKey(
        Outage,
        verbose_name=_("关联停电"),
        on_delete=models.PROTECT,
        null=True,
        related_name="repairs",
    )
    area_class = models.CharField(_("地区类别"), max_length=8, choices=AreaClass)
    importance = models.CharField(
        _("民生等级"),
        max_length=10,
        choices=Importance,
        default=Importance.ORDINARY,
    )
    # 1 is the most urgent; the queue is worked by it, then by age.
    urgency = models.PositiveSmallIntegerField(_("紧急程度"), default=5)
    crew = models.ForeignKey(
        Crew,
        verbose_name=_("抢修班组"),
        on_delete=models.PROTECT,
        null=True,
        related_name="orders",
    )
    reported_at = models.DateTimeField(_("首次报修时间"))
    dispatched_at = models.DateTimeField(_("派单时间"), null=True, editable=False)
    arrived_at = models.DateTimeField(_("到达时间"), null=True, editable=False)
    estimated_at = models.DateTimeField(_("预计复电时间"), null=True, editable=False)
    restored_at = models.DateTimeField(_("恢复供电时间"), null=True, editable=False)
    closed_at = models.DateTimeField(_("办结时间"), null=True, editable=False)
    outcome = models.CharField(_("处理结果"), max_length=200, blank=True)
    last_seq = models.PositiveIntegerField(default=0, editable=False)

    objects = RepairOrderQuerySet.as_manager()

    class Meta:
        verbose_name = _("抢修单")
        verbose_name_plural = _("抢修单")
        constraints = [
            models.CheckConstraint(
                name="repair_status_known", condition=Q(status__in=list(Status.values))
            ),
            models.CheckConstraint(
                name="repair_urgency_known", condition=Q(urgency__range=(1, 5))
            ),
        ]
        indexes = [
            models.Index(
                fields=["urgency", "reported_at"],
                condition=Q(status__in=sorted(OPEN)),
                name="repair_queue",
            ),
            models.Index(fields=["-reported_at"], name="repair_latest"),
        ]

    def __str__(self) -> str:
        return self.number

    # -- The transitions ---------------------------------------------------------------
    @transition(field=status, **edge(ACTS, "dispatch"))
    def dispatch(self, at: datetime) -> None:
        self.dispatched_at = at

    @transition(field=status, **edge(ACTS, "arrive"))
    def arrive(self, at: datetime) -> None:
        self.arrived_at = at

    @transition(field=status, **edge(ACTS, "start_repair"))
    def start_repair(self, at: datetime) -> None:
        pass

    @transition(field=status, **edge(ACTS, "restore"))
    def restore(self, at: datetime) -> None:
        self.restored_at = at

    @transition(field=status, **edge(ACTS, "dismiss"))
    def dismiss(self, at: datetime) -> None:
        self.closed_at = at

    @transition(field=status, **edge(ACTS, "close"))
    def close(self, at: datetime) -> None:
        self.closed_at = at


class FaultReportQuerySet(models.QuerySet["FaultReport"]):
    """Questions about many reports."""

    def over(self) -> Self:
        """Keep what nobody waits for any more."""
        repaired = self.exclude(order__status__in=OPEN)
        return repaired.exclude(order=None, outage__status__in=OUT)


class FaultReport(models.Model):
    """What one person reported; its number is what they follow it by."""

    number = models.CharField(_("报修编号"), max_length=24, unique=True)
    order = models.ForeignKey(
        RepairOrder,
        verbose_name=_("抢修单"),
        on_delete=models.PROTECT,
        null=True,
        related_name="reports",
    )
    # Known already: an outage that covers the place answers the report.
    outage = models.ForeignKey(
        Outage, on_delete=models.PROTECT, null=True, related_name="reports"
    )
    trouble = models.CharField(_("故障现象"), max_length=14, choices=Trouble)
    importance = models.CharField(
        _("民生等级"),
        max_length=10,
        choices=Importance,
        default=Importance.ORDINARY,
    )
    region = models.ForeignKey(
        "sla.Region",
        verbose_name=_("所在区"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    place = models.CharField(_("地点"), max_length=160)
    premises = models.ForeignKey(
        Premises, on_delete=models.PROTECT, null=True, related_name="+"
    )
    account = models.ForeignKey(
        Account, on_delete=models.PROTECT, null=True, related_name="+"
    )
    description = models.CharField(_("情况说明"), max_length=300, blank=True)
    photo = models.FileField(_("照片"), upload_to="faults/", blank=True)
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    phone = EncryptedTextField(_("联系电话"), blank=True, default="")
    phone_index = models.CharField(max_length=64, blank=True, db_index=True)
    # Where it came from, as a keyed index: enough to count, nothing to read.
    client_index = models.CharField(
        max_length=64, blank=True, db_index=True, editable=False
    )
    reported_at = models.DateTimeField(_("报修时间"))
    # Since when nothing here tells who reported (rules/retention.yaml).
    forgotten_at = models.DateTimeField(null=True, editable=False)

    objects = FaultReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("报修")
        verbose_name_plural = _("报修")
        indexes = [
            models.Index(fields=["-reported_at"], name="fault_report_latest"),
            models.Index(
                fields=["reported_at"],
                condition=Q(forgotten_at=None),
                name="fault_report_remembered",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class MissedSearch(models.Model):
    """A search for somebody's report that found nothing: who guesses is stopped."""

    client_index = models.CharField(max_length=64)
    at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("未查到的查询")
        verbose_name_plural = _("未查到的查询")
        indexes = [models.Index(fields=["client_index", "at"], name="missed_search")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"
