"""What is missing or impossible is said at its field, all of it at once."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from outages.models import FaultReport
from tests import cast
from tests.grid import Grid
from tests.repairs.desk import reported

PDF = SimpleUploadedFile("现场.pdf", b"%PDF-1.4 nothing", "application/pdf")


@pytest.mark.parametrize(
    ("said", "field", "words"),
    [
        ({"trouble": "earthquake"}, "trouble", "请选择遇到的情况"),
        ({"importance": "king"}, "importance", "请选择用电情况"),
        ({"premises": None, "place": "  "}, "place", "请填写地点"),
        ({"place": "长" * 161}, "place", "160"),
        ({"premises": None, "region": "999999"}, "region", "请选择所在的区"),
        ({"premises": None, "region": "120000"}, "region", "请选择所在的区"),
        ({"phone": "12"}, "phone", "手机号码不正确"),
        ({"description": "长" * 301}, "description", "300"),
        ({"photo": SimpleUploadedFile("a.exe", b"MZ")}, "photo", ""),
    ],
)
def test_a_bad_answer_is_named(
    net: Grid, said: dict[str, Any], field: str, words: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        reported(net, **said)
    assert list(refused.value.message_dict) == [field]
    assert words in refused.value.message_dict[field][0]
    assert not FaultReport.objects.exists()


def test_everything_wrong_is_said_at_once(net: Grid) -> None:
    with pytest.raises(ValidationError) as refused:
        reported(net, trouble="", phone="x", place="", premises=None)
    assert set(refused.value.message_dict) == {"trouble", "phone", "place"}


def test_a_landline_is_as_good(net: Grid) -> None:
    assert reported(net, phone="022-23456789").phone == "+862223456789"


def test_a_district_that_is_known_is_enough(net: Grid) -> None:
    assert reported(net, premises=None, region=cast.HEPING).region_id == cast.HEPING
