"""Official notices on days off and make-up days; their rows win over the library."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from sla.models.region import Region


class CalendarNotice(models.Model):
    """Record one notice of the State Council or of a local government."""

    region = models.ForeignKey(
        Region, verbose_name=_("适用地区"), on_delete=models.PROTECT, related_name="+"
    )
    title = models.CharField(_("通知名称"), max_length=120)
    source = models.CharField(
        _("文号或来源"), max_length=120, help_text=_("例：国办发明电〔2025〕7号")
    )
    published_on = models.DateField(_("发布日期"))
    version = models.PositiveIntegerField(_("版本"), default=1, editable=False)
    covered_until = models.DateField(
        _("安排到哪一天为止"),
        null=True,
        blank=True,
        help_text=_(
            "全年安排填当年12月31日；只改个别日期的通知留空。此日之后的期限标为暂定。"
        ),
    )
    entered_by = models.CharField(_("录入人"), max_length=80, editable=False)
    created_at = models.DateTimeField(_("录入时间"), auto_now_add=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("工作日通知")
        verbose_name_plural = _("工作日通知")

    def __str__(self) -> str:
        return f"{self.title}（{self.source}）"

    def clean(self) -> None:
        """Refuse a coverage that ends outside what the calendar can hold."""
        if self.covered_until and not 2000 <= self.covered_until.year <= 2100:
            raise ValidationError(
                {"covered_until": _("日期应在 2000 年至 2100 年之间。")}
            )


class CalendarDay(models.Model):
    """Say of one date whether people work on it."""

    notice = models.ForeignKey(
        CalendarNotice,
        verbose_name=_("通知"),
        on_delete=models.CASCADE,
        related_name="days",
    )
    date = models.DateField(_("日期"))
    workday = models.BooleanField(_("上班"), default=False)
    name = models.CharField(
        _("说明"), max_length=40, blank=True, help_text=_("例：国庆节、调休上班")
    )
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("日期安排")
        verbose_name_plural = _("日期安排")
        constraints = [
            models.UniqueConstraint(
                fields=["notice", "date"],
                name="calendar_day_once_per_notice",
                violation_error_message=_("同一通知里这一天写了两次。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.date:%Y-%m-%d} {_('上班') if self.workday else _('休息')}"

    def clean(self) -> None:
        """Refuse a date the calendar cannot hold."""
        if self.date and not 2000 <= self.date.year <= 2100:
            raise ValidationError({"date": _("日期应在 2000 年至 2100 年之间。")})


class CalendarEdition(models.Model):
    """Keep the rules a clock was reckoned with, so that it can be explained for ever.

    Content-addressed and never changed: editing a notice makes another edition. One
    named after a release of the library alone holds what that release knew.
    """

    version = models.CharField(_("版本"), max_length=40, primary_key=True)
    rules = models.JSONField(_("日期"))
    covered_until = models.DateField(_("覆盖到"), null=True)
    created_at = models.DateTimeField(_("产生时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("日历版本")
        verbose_name_plural = _("日历版本")

    def __str__(self) -> str:
        return self.version
