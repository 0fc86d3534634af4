"""Photographs of faults: cleaned, under random names, outside the web root."""

import uuid
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from outages.models import FaultReport
from sla.ground import uploads
from sla.ground.uploads import CleanUpload

FOLDER = "faults"
# Long after any request that might still write the row; looked for once a day, a
# picture without one is gone within two.
YOUNG = timedelta(days=1)


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
    if not default_storage.exists(FOLDER):
        return 0
    names = [f"{FOLDER}/{name}" for name in default_storage.listdir(FOLDER)[1]]
    kept = set(
        FaultReport.objects.filter(photo__in=names).values_list("photo", flat=True)
    )
    gone = [
        name
        for name in names
        if name not in kept and default_storage.get_modified_time(name) < at - YOUNG
    ]
    for name in gone:
        default_storage.delete(name)
    return len(gone)
