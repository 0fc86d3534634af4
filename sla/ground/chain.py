"""A history that shows a change: every record's hash covers the one before."""

import hashlib
import json
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from sla.ground.actors import Role
from sla.ground.append_only import AppendOnly


def digest(previous_hash: str, content: dict[str, Any]) -> str:
    """Return the SHA-256 of the previous hash and a record's own content, as JSON."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256((previous_hash + text).encode()).hexdigest()


class ChainedEvent(AppendOnly):
    """One act on one thing, numbered and chained to the one before.

    ``told_at`` is null until the notices floor has told whom it concerns.
    """

    set_later: ClassVar[tuple[str, ...]] = ("told_at",)

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
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    told_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True

    def about(self) -> dict[str, Any]:
        """Return what only this kind of event says: above all, what it is about."""
        raise NotImplementedError

    def content(self) -> dict[str, Any]:
        """Return what the hash covers; delivery (``told_at``) is no part of it."""
        return {
            **self.about(),
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
        }

    def digest(self) -> str:
        """Return the SHA-256 of the previous hash and this event's own content."""
        return digest(self.previous_hash, self.content())
