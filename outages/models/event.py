"""What happened: an append-only, hash-chained history that is also the outbox."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from sla.ground.chain import ChainedEvent


class Subject(models.TextChoices):
    """Whose lifecycle an event belongs to."""

    OUTAGE = "outage", _("停电")
    REPAIR = "repair", _("抢修")
    GOVERNANCE = "governance", _("频繁停电治理")


class OutageEvent(ChainedEvent):
    """One act on one subject, known by its public number, chained to the one before."""

    subject = models.CharField(_("对象"), max_length=10, choices=Subject)
    reference = models.CharField(_("编号"), max_length=24)

    class Meta:
        verbose_name = _("停电办理记录")
        verbose_name_plural = _("停电办理记录")
        constraints = [
            models.UniqueConstraint(
                fields=["reference", "seq"], name="outage_event_seq_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["at"],
                name="outage_event_untold",
                condition=models.Q(told_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.reference} #{self.seq} {self.action}"

    def about(self) -> dict[str, Any]:
        """Return the subject by its kind and number."""
        return {"subject": self.subject, "reference": self.reference}
