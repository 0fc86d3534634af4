"""A request that broke off leaves no personal file behind for ever."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import override_settings

from applications.tasks import remove_orphans
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(tmp_path):
    with override_settings(MEDIA_ROOT=tmp_path):
        yield


def test_a_file_without_a_row_goes_after_a_day_and_others_stay():
    cast.laws()
    paper = cast.drafted().documents.first()
    stray = default_storage.save("documents/ab/abcdef.png", ContentFile(b"lost"))
    now = default_storage.get_modified_time(stray)

    with time_machine.travel(now + timedelta(hours=23)):
        remove_orphans()
    assert default_storage.exists(stray)

    with time_machine.travel(now + timedelta(hours=25)):
        remove_orphans()
        remove_orphans()
    assert not default_storage.exists(stray)
    assert default_storage.exists(paper.file.name)


def test_where_nothing_was_ever_uploaded_nothing_happens():
    remove_orphans()
    assert not default_storage.exists("documents")
