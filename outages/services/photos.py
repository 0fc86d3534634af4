"""Photographs of faults: cleaned, under random names, outside the web root."""

import uuid
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from outages.models import FaultReport
from sla.ground import strays, uploads
from sla.ground.uploads import CleanUpload

FOLDER = "faults"


def checked(photo: UploadedFile) -> CleanUpload:
    """Return a picture without its position and camera.

    Raises ValidationError at ``photo`` with what to do instead.
    """
    try:
        clean = uploads.clean(photo)
    except ValidationError as refused:
        raise ValidationError({"photo": refused.messages}) from refused
    if clean.extension == "pdf":
        raise ValidationError({"photo": _("这里只收照片，不收PDF：请拍照后上传。")})
    return clean


def attach(report: FaultReport, clean: CleanUpload) -> None:
    """Keep a picture with a report that is about to be saved."""
    name = f"{uuid.uuid4().hex}.{clean.extension}"
    report.photo.save(name, ContentFile(clean.content), save=False)


def remove_orphans(*, at: datetime) -> int:
    """Delete pictures older than a day that no report names; return how many."""
    return strays.remove(FOLDER, FaultReport.objects.all(), "photo", at=at)
