"""What outages did to areas and lines: the facts that every figure counts."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from outages.models.network import Line, Transformer
from outages.models.outage import Outage

# Seconds; no outage should last 60 days, and reckoning need not look back further.
VERY_LONG = 60 * 86400


class Interruption(models.Model):
    """What one outage does to one transformer area: the fact every index is made of.

    Written when the scope is known; ``began_at`` with the outage, ``restored_at`` when
    this area has power again. ``households`` is the count of that day and stays.
    """

    outage = models.ForeignKey(
        Outage, on_delete=models.CASCADE, related_name="interruptions"
    )
    transformer = models.ForeignKey(
        Transformer, on_delete=models.PROTECT, related_name="interruptions"
    )
    line = models.ForeignKey(
        Line, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    region = models.ForeignKey(
        "sla.Region", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    # The area itself was cut, not just some accounts in it.
    whole = models.BooleanField(default=True)
    households = models.PositiveIntegerField(_("影响户数"))
    began_at = models.DateTimeField(_("停电时间"), null=True)
    restored_at = models.DateTimeField(_("复电时间"), null=True)
    # restored_at − began_at, so that sums need no arithmetic on moments.
    seconds = models.PositiveIntegerField(_("停电秒数"), null=True)

    class Meta:
        verbose_name = _("台区停电")
        verbose_name_plural = _("台区停电")
        constraints = [
            models.UniqueConstraint(
                fields=["outage", "transformer"], name="interruption_once"
            ),
            models.CheckConstraint(
                name="interruption_in_order",
                condition=Q(restored_at=None) | Q(restored_at__gte=F("began_at")),
            ),
            models.CheckConstraint(
                name="interruption_measured_iff_over",
                condition=Q(restored_at=None, seconds=None)
                | Q(restored_at__isnull=False, seconds__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["transformer", "began_at"], name="interruption_of_area"
            ),
            models.Index(
                fields=["region", "began_at"], name="interruption_of_district"
            ),
            models.Index(fields=["line", "began_at"], name="interruption_of_line"),
            # "Is my address out?": what is out or ahead, however long the history.
            models.Index(
                fields=["transformer"],
                condition=Q(restored_at=None),
                name="interruption_not_over",
            ),
            # Those that lasted very long are looked for far behind; they are few.
            models.Index(
                fields=["restored_at"],
                condition=Q(seconds__gt=VERY_LONG),
                name="interruption_very_long",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.outage_id} {self.transformer_id}"


class LineInterruption(models.Model):
    """A line that an outage cut as a whole, for the counts per line."""

    outage = models.ForeignKey(
        Outage, on_delete=models.CASCADE, related_name="line_interruptions"
    )
    line = models.ForeignKey(
        Line, on_delete=models.PROTECT, related_name="interruptions", db_index=False
    )
    began_at = models.DateTimeField(_("停电时间"), null=True)
    restored_at = models.DateTimeField(_("复电时间"), null=True)

    class Meta:
        verbose_name = _("线路停电")
        verbose_name_plural = _("线路停电")
        constraints = [
            models.UniqueConstraint(
                fields=["outage", "line"], name="line_interruption_once"
            )
        ]
        indexes = [
            models.Index(fields=["line", "began_at"], name="line_interruption_of_line")
        ]

    def __str__(self) -> str:
        return f"{self.outage_id} {self.line_id}"
