"""Reliability figures as they were published: written once, kept for ever."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from sla.ground.append_only import AppendOnly


class ReliabilityYear(AppendOnly):
    """One year's indices of one district, frozen at publication.

    ``figures`` holds what was published, with its definitions; a later correction is a
    new row with the next ``edition`` and its reason.
    """

    region = models.ForeignKey(
        "sla.Region",
        verbose_name=_("地区"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    year = models.PositiveSmallIntegerField(_("年度"))
    edition = models.PositiveSmallIntegerField(_("版次"), default=1)
    figures = models.JSONField(_("指标"))
    reason = models.CharField(_("更正原因"), max_length=200, blank=True)
    published_at = models.DateTimeField(_("发布时间"))
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("年度供电可靠性")
        verbose_name_plural = _("年度供电可靠性")
        constraints = [
            models.UniqueConstraint(
                fields=["region", "year", "edition"], name="reliability_edition_once"
            )
        ]

    def __str__(self) -> str:
        return _("%(region)s %(year)s 第%(edition)s版") % {
            "region": self.region_id,
            "year": self.year,
            "edition": self.edition,
        }
