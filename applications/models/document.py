"""Papers handed in: stored outside the web root, served by an authorised view only."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from applications import catalogue


def stored_name(document: "Document", original_name: str) -> str:
    """Return a random place for a file: its path tells no name and no owner."""
    name = uuid.uuid4().hex
    return f"documents/{name[:2]}/{name}.{document.extension}"


class Document(models.Model):
    """One file of one kind of the catalogue (see ``catalogue/documents.yaml``)."""

    application = models.ForeignKey(
        "applications.Application", on_delete=models.PROTECT, related_name="documents"
    )
    kind = models.CharField(_("材料"), max_length=40)
    file = models.FileField(upload_to=stored_name)
    original_name = models.CharField(_("文件名"), max_length=200)
    extension = models.CharField(max_length=8)
    content_type = models.CharField(max_length=60)
    size = models.PositiveIntegerField(_("大小（字节）"))
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    uploaded_at = models.DateTimeField(_("上传时间"))
    removed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("材料")
        verbose_name_plural = _("材料")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.label} {self.original_name}"

    @property
    def label(self) -> str:
        """Return what the catalogue calls this kind of paper."""
        kinds = catalogue.read("documents")["kinds"]
        return gettext(kinds.get(self.kind, {}).get("label", self.kind))
