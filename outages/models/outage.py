"""An outage: what is cut, why, from when to when, and for how many."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import FSMField, transition

from outages.lifecycles.acts import edge
from outages.lifecycles.outage import ACTS, AHEAD, HAPPENED, OUT, OVER, PUBLIC, Status
from outages.models.network import Account, Line, Substation, Transformer
from outages.vocabulary import Exclusion, OutageKind, ScopeLevel

# When an outage is or was: as it happened, else as planned, else as it was drafted.
MOMENT = Coalesce("began_at", "starts_at", "created_at")


class OutageQuerySet(models.QuerySet["Outage"]):
    """Questions about many outages."""

    def public(self) -> Self:
        """Keep what everybody may read; who owes money is nobody else's business."""
        return self.filter(status__in=PUBLIC).exclude(kind=OutageKind.ARREARS)

    def out_now(self) -> Self:
        """Keep what is without power now."""
        return self.filter(status__in=OUT)

    def ahead(self) -> Self:
        """Keep what is planned and has not begun."""
        return self.filter(status__in=AHEAD)

    def coming(self, at: datetime) -> Self:
        """Keep what is announced and may still begin."""
        announced = self.filter(status=Status.ANNOUNCED)
        return announced.exclude(ends_at__lte=at)

    def lapsed(self, at: datetime) -> Self:
        """Keep what was announced, and neither began in its time nor was called off."""
        return self.filter(status=Status.ANNOUNCED, ends_at__lte=at)

    def happened(self) -> Self:
        """Keep what has begun, and therefore counts."""
        return self.filter(status__in=HAPPENED)


class Outage(models.Model):
    """One interruption of supply; ``status`` is written by its transitions only.

    Times are whole seconds. ``starts_at``/``ends_at`` are what was announced,
    ``began_at``/``restored_at`` what happened, ``estimated_at`` what is hoped for.
    """

    number = models.CharField(_("停电编号"), max_length=24, unique=True)
    kind = models.CharField(_("类型"), max_length=10, choices=OutageKind)
    status = FSMField(
        _("状态"),
        default=Status.DRAFTED,
        choices=Status.choices,
        protected=False,
        editable=False,
    )
    reason = models.CharField(_("停电原因"), max_length=200)
    # The area and lines in the words of the announcement; made from the scope.
    area_text = models.CharField(_("停电范围"), max_length=400, blank=True)
    households = models.PositiveIntegerField(_("影响户数"), default=0, editable=False)

    starts_at = models.DateTimeField(_("计划停电时间"), null=True, blank=True)
    ends_at = models.DateTimeField(_("计划复电时间"), null=True, blank=True)
    began_at = models.DateTimeField(_("实际停电时间"), null=True, editable=False)
    estimated_at = models.DateTimeField(_("预计复电时间"), null=True, editable=False)
    restored_at = models.DateTimeField(_("实际复电时间"), null=True, editable=False)

    # The announcement in force, and whether it came in time (条例 第28条)
    published_at = models.DateTimeField(_("公告时间"), null=True, editable=False)
    lead_minutes = models.PositiveIntegerField(
        _("应提前（分钟）"), null=True, editable=False
    )
    late_notice = models.BooleanField(_("迟公告"), default=False, editable=False)
    late_reason = models.CharField(_("迟公告原因"), max_length=200, blank=True)

    # Why it happened, whether it counts, and who said so
    cause = models.CharField(_("原因代码"), max_length=30, blank=True)
    cause_evidence = models.TextField(_("认定依据"), blank=True)
    cause_set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    exclusion = models.CharField(
        _("是否计入"), max_length=10, choices=Exclusion, default=Exclusion.NONE
    )
    exclusion_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="merged"
    )
    # Brought in from another system's records rather than run in this one.
    imported = models.BooleanField(_("导入记录"), default=False, editable=False)
    # What that system calls it; the same record is never brought in twice.
    source_reference = models.CharField(
        _("来源编号"), max_length=60, blank=True, editable=False
    )
    created_at = models.DateTimeField(_("登记时间"))
    last_seq = models.PositiveIntegerField(default=0, editable=False)

    objects = OutageQuerySet.as_manager()

    class Meta:
        verbose_name = _("停电")
        verbose_name_plural = pgettext_lazy("several", "停电")
        constraints = [
            models.UniqueConstraint(
                fields=["source_reference"],
                condition=~Q(source_reference=""),
                name="outage_source_reference_once",
            ),
            models.CheckConstraint(
                name="outage_status_known", condition=Q(status__in=list(Status.values))
            ),
            models.CheckConstraint(
                name="outage_plan_in_order",
                condition=Q(starts_at=None)
                | Q(ends_at=None)
                | Q(ends_at__gt=F("starts_at")),
            ),
            models.CheckConstraint(
                name="outage_ends_after_it_began",
                condition=Q(restored_at=None) | Q(restored_at__gte=F("began_at")),
            ),
            models.CheckConstraint(
                name="outage_happened_iff_began",
                condition=Q(status__in=sorted(HAPPENED), began_at__isnull=False)
                | (~Q(status__in=sorted(HAPPENED)) & Q(began_at=None)),
            ),
            models.CheckConstraint(
                name="outage_over_iff_restored",
                condition=Q(status__in=sorted(OVER), restored_at__isnull=False)
                | (~Q(status__in=sorted(OVER)) & Q(restored_at=None)),
            ),
        ]
        indexes = [
            # What is out, ahead or called off is little, however many years lie behind.
            models.Index(
                fields=["status", "starts_at"],
                condition=~Q(status__in=[Status.RESTORED, Status.REVIEWED]),
                name="outage_live",
            ),
            models.Index(fields=["began_at"], name="outage_began"),
            models.Index(MOMENT.desc(), name="outage_by_moment"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.get_kind_display()}"

    @property
    def is_out(self) -> bool:
        return self.status in OUT

    def has_lapsed(self, at: datetime) -> bool:
        """Tell whether its announced time is over and it never began."""
        over = self.ends_at is not None and self.ends_at <= at
        return self.status == Status.ANNOUNCED and over

    @property
    def back_at(self) -> datetime | None:
        """Return when power is back or is expected back, the surest word first."""
        return self.restored_at or self.estimated_at or self.ends_at

    # -- The transitions: each stamps its own row and nothing else ---------------------
    @transition(field=status, **edge(ACTS, "approve"))
    def approve(self, at: datetime) -> None:
        pass

    @transition(field=status, **edge(ACTS, "send_back"))
    def send_back(self, at: datetime) -> None:
        pass

    @transition(field=status, **edge(ACTS, "announce"))
    def announce(self, at: datetime) -> None:
        self.published_at = at.replace(microsecond=0)

    @transition(field=status, **edge(ACTS, "begin"))
    def begin(self, at: datetime) -> None:
        self.began_at = self.began_at or at.replace(microsecond=0)

    @transition(field=status, **edge(ACTS, "break_out"))
    def break_out(self, at: datetime) -> None:
        self.began_at = self.began_at or at.replace(microsecond=0)

    @transition(field=status, **edge(ACTS, "extend"))
    def extend(self, at: datetime) -> None:
        pass

    @transition(field=status, **edge(ACTS, "restore"))
    def restore(self, at: datetime) -> None:
        self.restored_at = self.restored_at or at.replace(microsecond=0)

    @transition(field=status, **edge(ACTS, "review"))
    def review(self, at: datetime) -> None:
        pass

    @transition(field=status, **edge(ACTS, "cancel"))
    def cancel(self, at: datetime) -> None:
        pass


class OutageScope(models.Model):
    """One part of the network that an outage names; what it cuts follows from it."""

    outage = models.ForeignKey(Outage, on_delete=models.CASCADE, related_name="scope")
    level = models.CharField(_("层级"), max_length=12, choices=ScopeLevel)
    substation = models.ForeignKey(
        Substation, on_delete=models.PROTECT, null=True, related_name="+"
    )
    line = models.ForeignKey(
        Line, on_delete=models.PROTECT, null=True, related_name="+"
    )
    transformer = models.ForeignKey(
        Transformer, on_delete=models.PROTECT, null=True, related_name="+"
    )
    account = models.ForeignKey(
        Account, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("停电范围")
        verbose_name_plural = _("停电范围")
        constraints = [
            models.CheckConstraint(
                name="outage_scope_names_one_part",
                condition=Q(
                    level=ScopeLevel.SUBSTATION,
                    substation__isnull=False,
                    line=None,
                    transformer=None,
                    account=None,
                )
                | Q(
                    level=ScopeLevel.LINE,
                    substation=None,
                    line__isnull=False,
                    transformer=None,
                    account=None,
                )
                | Q(
                    level=ScopeLevel.TRANSFORMER,
                    substation=None,
                    line=None,
                    transformer__isnull=False,
                    account=None,
                )
                | Q(
                    level=ScopeLevel.ACCOUNT,
                    substation=None,
                    line=None,
                    transformer=None,
                    account__isnull=False,
                ),
            )
        ]

    def __str__(self) -> str:
        return str(self.part)

    @property
    def part(self) -> models.Model:
        """Return the row of the network that is named."""
        part = getattr(self, self.level)
        assert isinstance(part, models.Model)
        return part


class Work(models.Model):
    """One job done while the power is off; several share one outage (一停多用)."""

    outage = models.ForeignKey(Outage, on_delete=models.CASCADE, related_name="works")
    content = models.CharField(_("工作内容"), max_length=200)
    unit = models.CharField(_("施工单位"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("检修工作")
        verbose_name_plural = _("检修工作")

    def __str__(self) -> str:
        return self.content


class Arrears(models.Model):
    """The legal steps before somebody who owes money is cut off."""

    outage = models.OneToOneField(
        Outage, on_delete=models.CASCADE, primary_key=True, related_name="arrears"
    )
    due_on = models.DateField(_("电费到期日"))
    reminded_on = models.JSONField(_("催交日期"), default=list)
    residential_compound = models.BooleanField(_("涉及居民住宅小区"), default=False)
    district_told_at = models.DateTimeField(
        _("报告区能源（电力）管理部门"), null=True, editable=False
    )
    district_reference = models.CharField(_("报告文号"), max_length=80, blank=True)
    final_notice_at = models.DateTimeField(
        _("停电前再次通知"), null=True, editable=False
    )
    paid_at = models.DateTimeField(_("交清时间"), null=True, editable=False)

    class Meta:
        verbose_name = _("欠费停电程序")
        verbose_name_plural = _("欠费停电程序")

    def __str__(self) -> str:
        return str(self.outage_id)
