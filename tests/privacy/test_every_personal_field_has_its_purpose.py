"""docs/privacy.md names every field that may tell of a person: purpose and time."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models

from portal.privacy import kept
from sla.ground.fields import EncryptedTextField

PAGE = Path(settings.BASE_DIR, "docs", "privacy.md")
OURS = ("accounts", "notices", "public", "supervision", "applications", "outages")
KINDS = (
    EncryptedTextField,
    models.EmailField,
    models.FileField,
    models.GenericIPAddressField,
)
NAMES = re.compile(
    r"phone|name|address|mail|_index$|label|place|owner$|contact|description|note$"
    r"|token|recipient|(account|meter)_number"
)
FIELD = re.compile(r"`(\w+\.\w+\.\w+)`")


def tells_of_a_person(field: Any) -> bool:
    """Tell whether a column may name a person, by its kind or by its name."""
    if field.is_relation:
        return bool(field.related_model == apps.get_model("accounts.User"))
    worded = isinstance(field, models.CharField | models.TextField)
    return isinstance(field, KINDS) or (worded and bool(NAMES.search(field.name)))


def suspects() -> Iterator[str]:
    for app in OURS:
        for model in apps.get_app_config(app).get_models():
            for field in model._meta.concrete_fields:
                if tells_of_a_person(field):
                    yield f"{app}.{model.__name__}.{field.name}"


def rows() -> list[list[str]]:
    """Return the cells of the table of personal fields: fields, purpose, kept."""
    table = PAGE.read_text(encoding="utf-8").partition("\n## ")[0]
    lines = [line for line in table.splitlines() if line.startswith("| `")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_every_field_that_may_name_a_person_is_listed_once() -> None:
    listed = FIELD.findall(PAGE.read_text(encoding="utf-8"))
    assert sorted(listed) == sorted(set(listed))
    assert sorted(set(suspects()) - set(listed)) == []


def test_every_field_listed_exists() -> None:
    for name in FIELD.findall(PAGE.read_text(encoding="utf-8")):
        app, model, field = name.split(".")
        assert apps.get_model(app, model)._meta.get_field(field)


def test_every_row_says_what_for_and_how_long() -> None:
    assert len(rows()) > 10
    for fields, purpose, time in rows():
        assert FIELD.search(fields)
        assert len(purpose) > 10, fields
        assert re.search(r"\d+ days?|at closing|as a file|with the", time), fields


def test_every_group_that_people_are_told_of_is_a_row() -> None:
    groups = {group.key for group in kept.groups()}
    page = PAGE.read_text(encoding="utf-8")
    assert groups == set(re.findall(r"\*\*(\w+)\*\*", page))


@pytest.mark.parametrize(
    "field",
    [
        EncryptedTextField(name="secret"),
        models.CharField(name="second_phone", max_length=20),
        models.CharField(name="id_index", max_length=64),
        models.GenericIPAddressField(name="seen_from"),
        models.FileField(name="scan"),
    ],
)
def test_a_new_personal_field_would_be_noticed(field: Any) -> None:
    assert tells_of_a_person(field)
    assert not tells_of_a_person(models.CharField(name="colour", max_length=20))
