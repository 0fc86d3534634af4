"""What happened: an append-only, hash-chained history that is also the outbox."""

import hashlib
import json
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from applications.actors import Role


class Event(models.Model):
    """One act on one application, numbered and chained to the one before.

    ``told_at`` is null until the notices floor has told whom it concerns.
    """

    application = models.ForeignKey(
        "applications.Application", on_delete=models.PROTECT, related_name="events"
    )
    seq = models.PositiveIntegerField(_("序号"))
    at = models.DateTimeField(_("时间"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    by_label = models.CharField(_("办理人"), max_length=80)
    by_role = models.CharField(_("身份"), max_length=20, choices=Role)
    action = models.CharField(_("事项"), max_length=40)
    before = models.CharField(_("办理前"), max_length=20)
    after = models.CharField(_("办理后"), max_length=20)
    payload = models.JSONField(_("内容"), default=dict)
    note = models.TextField(_("说明"), blank=True)
    late_entry = models.BooleanField(_("补录"), default=False)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    told_at = models.DateTimeField(null=True, editable=False)
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

    def content(self) -> dict[str, Any]:
        """Return what the hash covers; delivery (``told_at``) is no part of it."""
        return {
            "application": self.application_id,
            "seq": self.seq,
            "at": self.at.timestamp(),
            "by": self.by_id,
            "by_label": self.by_label,
            "by_role": self.by_role,
            "action": self.action,
            "before": self.before,
            "after": self.after,
            "payload": self.payload,
            "note": self.note,
            "late_entry": self.late_entry,
        }

    def digest(self) -> str:
        """Return the SHA-256 of the previous hash and this event's own content."""
        text = json.dumps(self.content(), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256((self.previous_hash + text).encode()).hexdigest()
