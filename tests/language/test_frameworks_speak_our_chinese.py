"""Where a field has no sentence of its own, the framework's says what to do, too."""

import gettext
from pathlib import Path
from typing import Any

import django
import pytest
import rest_framework
from django import forms
from django.conf import settings
from rest_framework import serializers

from tests import cast

OURS = Path(settings.BASE_DIR) / "locale"
THEIRS = [
    Path(django.__file__).parent / "conf" / "locale",
    Path(django.__file__).parent / "contrib" / "admin" / "locale",
    Path(rest_framework.__file__).parent / "locale",
]


def sentences(folder: Path) -> set[str]:
    """Return what a catalogue in simplified Chinese translates, compiled."""
    path = folder / "zh_Hans" / "LC_MESSAGES" / "django.mo"
    with path.open("rb") as file:
        catalogue = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    return {key[0] if isinstance(key, tuple) else key for key in catalogue} - {""}


def test_only_sentences_are_reworded_that_the_frameworks_say() -> None:
    ours = sentences(OURS)
    assert ours
    assert ours <= set().union(*map(sentences, THEIRS))


@pytest.mark.parametrize(
    ("field", "answer", "sentence"),
    [
        (forms.CharField(), "", "请填写这一项。"),
        (forms.CharField(max_length=3), "海河便利店", "最多3个字，现在有5个，请缩短。"),
        (
            forms.ChoiceField(choices=[("甲", "甲")]),
            "乙",
            "没有“乙”这个选项，请从列表中选择。",
        ),
        (forms.IntegerField(), "十", "请填写整数，例如10。"),
        (forms.DateField(), "明天", "请填写日期，例如2026-10-20。"),
        (forms.DecimalField(decimal_places=1), "1.25", "小数最多1位，请核对。"),
    ],
)
def test_a_form_says_what_to_do(field: forms.Field, answer: str, sentence: str) -> None:
    with pytest.raises(forms.ValidationError) as refused:
        field.clean(answer)
    assert refused.value.messages == [sentence]


@pytest.mark.parametrize(
    ("field", "answer", "sentence"),
    [
        (serializers.CharField(), "", "这一项不能为空，请填写。"),
        (serializers.IntegerField(), "十", "请填写整数，例如10。"),
        (serializers.CharField(max_length=3), "海河便利店", "最多3个字，请缩短。"),
        (serializers.BooleanField(), "也许", "应是true或false。"),
    ],
)
def test_the_api_says_what_to_do(
    field: serializers.Field[Any, Any, Any, Any], answer: str, sentence: str
) -> None:
    with pytest.raises(serializers.ValidationError) as refused:
        field.run_validation(answer)
    assert [str(each) for each in refused.value.detail] == [sentence]


@pytest.mark.django_db
def test_leaving_has_one_word_in_the_portal_and_in_the_admin(client) -> None:
    client.force_login(cast.wang(), backend="django.contrib.auth.backends.ModelBackend")
    page = client.get("/admin/").content.decode()
    assert ">退出</button>" in page
    assert "注销" not in page
