"""What is remembered of visitors who ask for progress without signing in."""

from datetime import datetime
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _


class TrackingRequestQuerySet(models.QuerySet["TrackingRequest"]):
    """Questions about many requests."""

    def since(self, at: datetime) -> Self:
        """Keep what was asked after a moment."""
        return self.filter(at__gt=at)


class TrackingRequest(models.Model):
    """One question about one number, existing or not; kept a day, to count tries.

    ``missed`` is set when number and phone turned out not to belong together.
    """

    number = models.CharField(_("申请编号"), max_length=24)
    ip = models.GenericIPAddressField(_("来源地址"))
    at = models.DateTimeField(_("时间"))
    missed = models.BooleanField(_("不相符"), default=False)

    objects = TrackingRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("进度查询")
        verbose_name_plural = _("进度查询")
        indexes = (
            models.Index(fields=["number", "at"], name="public_tracking_number"),
            models.Index(fields=["ip", "at"], name="public_tracking_ip"),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.at:%Y-%m-%d %H:%M}"
