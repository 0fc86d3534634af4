"""What happened: an append-only, hash-chained history that is also the outbox."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from sla.ground.chain import ChainedEvent


class Event(ChainedEvent):
    """One act on one application, numbered and chained to the one before."""

    application = models.ForeignKey(
        "applications.Application", on_delete=models.PROTECT, related_name="events"
    )
    late_entry = models.BooleanField(_("补录"), default=False)
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("办理记录")
        verbose_name_plural = _("办理记录")
        constraints = [
            models.UniqueConstraint(
                fields=["application", "seq"], name="event_seq_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["at"],
                name="event_untold",
                condition=models.Q(told_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.application_id} #{self.seq} {self.action}"

    def about(self) -> dict[str, Any]:
        """Return the application, and whether this was entered late."""
        return {"application": self.application_id, "late_entry": self.late_entry}
