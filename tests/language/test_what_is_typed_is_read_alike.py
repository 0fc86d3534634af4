"""Dates, numbers, scopes and headings mean the same in either language."""

from decimal import Decimal
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import translation

from applications.models import Application
from outages.services import scope_text
from outages.services.network_files.columns import Part, column_named, part_named
from tests import cast
from tests.grid import Grid
from tests.outages import lives
from tests.tracking.visits import BACKEND

LANGUAGES = ["zh-hans", "en"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("typed", ["2026-04-03", "2026/04/03"])
def test_a_date_begins_with_its_year(language: str, typed: str) -> None:
    with translation.override(language):
        assert forms.DateField().clean(typed) == cast.at("2026-04-03").date()
        moment = forms.DateTimeField().clean(f"{typed} 14:05")
        assert moment == cast.at("2026-04-03", "14:05")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("typed", ["03/04/2026", "4 March 2026", "Apr 3, 2026"])
def test_no_date_is_guessed(language: str, typed: str) -> None:
    with translation.override(language), pytest.raises(ValidationError):
        forms.DateField().clean(typed)


@pytest.mark.parametrize("typed", ["2026-09-30", "2026年9月30日", "2026.9.30"])
def test_the_calculator_finds_the_same_day(reader: Client, typed: str) -> None:
    page = reader.get("/deadline/", {"start": typed, "by": "days", "days": "10"})
    assert 'datetime="2026-10-20"' in page.content.decode()


def test_a_number_is_the_same_number(reader: Client, laws: None) -> None:
    reader.force_login(cast.chen(), backend=BACKEND)
    draft = cast.drafted(cast.SHOP)
    typed: dict[str, Any] = {"size": "", "capacity_kw": "12.5", "sources": "1"}
    reader.post(f"/apply/{draft.submission_key}/capacity/", typed)
    saved = Application.objects.get(pk=draft.pk)
    assert saved.capacity_kw == Decimal("12.5")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_scope_is_read_as_it_was_written(net: Grid, language: str) -> None:
    outage = lives.drafted(lives.LINE_ONE)
    with translation.override(language):
        assert scope_text.written(outage) == "线路:L-YY1"
        assert list(scope_text.read("线路:L-YY1")) == list(
            scope_text.read("line:L-YY1")
        )


@pytest.mark.parametrize("language", LANGUAGES)
def test_headings_of_files_are_known(language: str) -> None:
    with translation.override(language):
        assert column_named("名称") == "name"
        assert part_named("台区") is Part.TRANSFORMER
