"""Limits as data: who set them, where, from when to when, and how many days."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from sla.models.region import Region
from sla.vocabulary import Level, Measure, Stage, Unit, UserType

# A limit beyond a year is a slip of the pen, whatever the unit.
LARGEST: Mapping[str, int] = MappingProxyType(
    {Unit.WORKING_DAY: 250, Unit.CALENDAR_DAY: 366, Unit.MINUTE: 527_040}
)


class PolicyQuerySet(models.QuerySet["Policy"]):
    def current(self) -> "PolicyQuerySet":
        """Leave out versions that a later one replaced."""
        return self.filter(superseded_at=None)

    def valid_on(self, day: date) -> "PolicyQuerySet":
        """Keep what is in force on the day; both ends belong to the period."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=day), valid_from__lte=day)


class Policy(models.Model):
    """Name one document that sets limits, or promises, for a region."""

    key = models.SlugField(_("标识"), max_length=60)
    region = models.ForeignKey(
        Region, verbose_name=_("适用地区"), on_delete=models.PROTECT, related_name="+"
    )
    level = models.CharField(_("层级"), max_length=10, choices=Level)
    title = models.CharField(_("名称"), max_length=120)
    source = models.CharField(_("依据文件"), max_length=200)
    clause = models.CharField(_("条款"), max_length=120, blank=True)
    valid_from = models.DateField(_("自"))
    valid_to = models.DateField(_("至"), null=True, blank=True)
    version = models.PositiveIntegerField(_("版本"), default=1, editable=False)
    commitments = models.TextField(
        _("承诺原文"), blank=True, help_text=_("不构成单件时限的承诺，一行一条。")
    )
    note = models.TextField(_("备注"), blank=True)
    # Set by loading: the same file again changes nothing, an operator's edit survives.
    file_digest = models.CharField(max_length=64, blank=True, editable=False)
    superseded_at = models.DateTimeField(_("被替代于"), null=True, editable=False)
    history = HistoricalRecords()

    objects = PolicyQuerySet.as_manager()

    class Meta:
        verbose_name = _("时限政策")
        verbose_name_plural = _("时限政策")
        constraints = [
            models.UniqueConstraint(
                fields=["key", "version"], name="policy_version_once"
            ),
            models.UniqueConstraint(
                fields=["key"],
                condition=Q(superseded_at=None),
                name="policy_one_current_version",
                violation_error_message=_("这个标识已有现行版本。"),
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=models.F("valid_from")),
                name="policy_period_in_order",
                violation_error_message=_("失效日期早于生效日期。"),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class PolicyLimit(models.Model):
    """Set one limit: for whom, for which stage or the whole, and how long."""

    policy = models.ForeignKey(
        Policy,
        verbose_name=_("政策"),
        on_delete=models.PROTECT,
        related_name="limits",
    )
    user_type = models.CharField(_("用户类型"), max_length=20, choices=UserType)
    stage = models.CharField(_("环节"), max_length=20, choices=Stage)
    value = models.PositiveIntegerField(_("时限"), validators=[MinValueValidator(1)])
    unit = models.CharField(
        _("单位"), max_length=12, choices=Unit, default=Unit.WORKING_DAY
    )
    measure = models.CharField(
        _("口径"),
        max_length=14,
        choices=Measure,
        blank=True,
        help_text=_("只用于全流程：环节合计与全过程是两种口径，不可混用。"),
    )
    note = models.CharField(_("备注"), max_length=200, blank=True)
    clause = models.CharField(_("条款"), max_length=120, blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("时限")
        verbose_name_plural = _("时限")
        constraints = [
            models.UniqueConstraint(
                fields=["policy", "user_type", "stage"],
                name="policy_limit_once",
                violation_error_message=_("同一用户类型的同一环节写了两次。"),
            ),
            models.CheckConstraint(
                condition=Q(value__gte=1), name="policy_limit_at_least_one"
            ),
            models.CheckConstraint(
                condition=(Q(stage=Stage.TOTAL) & ~Q(measure=""))
                | (~Q(stage=Stage.TOTAL) & Q(measure="")),
                name="policy_measure_for_totals_only",
                violation_error_message=_("全流程必须写明口径，单个环节不写口径。"),
            ),
        ]

    def __str__(self) -> str:
        return _("%(type)s %(stage)s %(value)s%(unit)s") % {
            "type": self.get_user_type_display(),
            "stage": self.get_stage_display(),
            "value": self.value,
            "unit": self.get_unit_display(),
        }

    def clean(self) -> None:
        """Refuse a limit nobody can have meant."""
        largest = LARGEST.get(self.unit)
        if largest and self.value and self.value > largest:
            raise ValidationError(
                {
                    "value": _("%(value)s %(unit)s 超过一年，请核对。")
                    % {"value": self.value, "unit": self.get_unit_display()}
                }
            )
