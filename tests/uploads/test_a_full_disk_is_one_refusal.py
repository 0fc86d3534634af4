"""Where the disk is full nothing half is left, and people are asked to come back."""

import errno
import os
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage

from applications.models import Document
from tests import cast
from tests.filing import walking

SENTENCE = "暂时存不下文件，没有保存：请过几分钟再传一次。"


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the disk take the first bytes of a file and no more."""

    def broken_off(storage: FileSystemStorage, name: str, _content: Any) -> str:
        path = Path(storage.path(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"half")
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(FileSystemStorage, "_save", broken_off)


def on_disk() -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def test_nothing_half_is_left(full: None) -> None:
    before = on_disk()
    with pytest.raises(ValidationError, match=SENTENCE):
        default_storage.save("full/一半.txt", ContentFile(b"x" * 1000))
    assert on_disk() == before


def test_the_operator_reads_why(full: None, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(ValidationError):
        default_storage.save("full/一半.txt", ContentFile(b"x" * 1000))
    assert "storage does not take a file: No space left" in caplog.text


@pytest.mark.django_db
def test_whoever_hands_in_a_paper_is_asked_to_come_back(
    request: pytest.FixtureRequest,
) -> None:
    cast.laws()
    client = walking.browser_of(cast.chen())
    draft = walking.fill_in(client, walking.SHOP)
    before, papers = on_disk(), Document.objects.count()
    request.getfixturevalue("full")

    answer = walking.upload(client, draft, "property")

    assert answer.status_code == 200
    assert SENTENCE in walking.text_of(answer)
    assert on_disk() == before
    assert Document.objects.count() == papers
