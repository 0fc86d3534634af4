"""A picture is cleaned, kept under a name that tells nothing, and not lost track of."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings
from pypdf import PdfWriter

from outages.models import FaultReport
from outages.tasks import remove_orphans
from tests import cast
from tests.grid import Grid
from tests.repairs.desk import reported


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path) -> Iterator[None]:
    with override_settings(MEDIA_ROOT=tmp_path):
        yield


def picture(content: bytes = cast.PNG) -> SimpleUploadedFile:
    return SimpleUploadedFile("我家门口.png", content, "image/png")


def test_a_picture_is_kept_without_its_name_and_what_was_appended(net: Grid) -> None:
    report = reported(net, photo=picture(cast.PNG + b"secret position"))
    assert report.photo.name.startswith("faults/")
    assert "门口" not in report.photo.name
    with report.photo.open("rb") as kept:
        assert b"secret position" not in kept.read()


def test_a_pdf_is_no_picture(net: Grid, tmp_path: Path) -> None:
    writer = PdfWriter()
    writer.add_blank_page(72, 72)
    writer.write(tmp_path / "a.pdf")
    content = (tmp_path / "a.pdf").read_bytes()
    upload = SimpleUploadedFile("a.pdf", content, "application/pdf")
    with pytest.raises(ValidationError, match="不收PDF"):
        reported(net, photo=upload)
    assert not FaultReport.objects.exists()


def test_a_twin_keeps_no_second_picture(net: Grid) -> None:
    for _click in range(2):
        reported(net, phone="13800000001", photo=picture())
    assert len(default_storage.listdir("faults")[1]) == 1


def test_a_picture_without_a_report_goes_after_a_day(net: Grid) -> None:
    remove_orphans()
    kept = reported(net, photo=picture()).photo.name
    stray = default_storage.save("faults/abcdef.png", ContentFile(b"lost"))
    now = default_storage.get_modified_time(stray)
    with time_machine.travel(now + timedelta(hours=23)):
        remove_orphans()
    assert default_storage.exists(stray)
    with time_machine.travel(now + timedelta(hours=25)):
        remove_orphans()
        remove_orphans()
    assert not default_storage.exists(stray)
    assert default_storage.exists(kept)
