"""The body of each act, described from the form that parses it, and held to its types.

A form reads whatever it is given as text; a program that sends an object for a remark,
or "no" for a yes, has made a mistake that must not become a record.
"""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from applications.forms.acts import FORMS
from applications.models import Application

_KINDS: list[tuple[type[forms.Field], type[serializers.Field[Any, Any, Any, Any]]]] = [
    (forms.BooleanField, serializers.BooleanField),
    (forms.IntegerField, serializers.IntegerField),
    (forms.DateTimeField, serializers.DateTimeField),
    (forms.DateField, serializers.DateField),
]

_TEXTS = (forms.MultipleChoiceField, forms.ModelMultipleChoiceField)
_NUMBERS = (forms.IntegerField, forms.DecimalField, forms.ModelChoiceField)


def misfits(fields: dict[str, forms.Field], body: dict[str, Any]) -> dict[str, Any]:
    """Return a sentence for each field given in another JSON type than it has."""
    return {
        name: [sentence]
        for name, value in body.items()
        if name in fields and value is not None
        for fits, sentence in [_judged(fields[name], value)]
        if not fits
    }


def _judged(field: forms.Field, value: Any) -> tuple[bool, str | Promise]:
    if isinstance(field, forms.BooleanField):
        return isinstance(value, bool), _("应为true或false。")
    if isinstance(field, _TEXTS):
        fits = isinstance(value, list) and all(isinstance(one, str) for one in value)
        return fits, _("应为由文字组成的列表。")
    if isinstance(field, _NUMBERS):
        number = isinstance(value, int | float | str) and not isinstance(value, bool)
        return number, _("应为数字。")
    return isinstance(value, str), _("应为文字。")


def _described(field: forms.Field) -> serializers.Field[Any, Any, Any, Any]:
    words: dict[str, Any] = {
        "required": field.required,
        "help_text": " ".join(str(t) for t in (field.label, field.help_text) if t),
    }
    if isinstance(field, forms.ModelChoiceField):
        # Before the choices are looked at: those would be read from the database.
        return serializers.IntegerField(**words)
    choices = list(field.choices) if isinstance(field, forms.ChoiceField) else []  # type: ignore[arg-type]
    if isinstance(field, forms.MultipleChoiceField):
        return serializers.MultipleChoiceField(choices=choices, **words)
    if isinstance(field, forms.ChoiceField):
        return serializers.ChoiceField(choices=choices, **words)
    if isinstance(field, forms.DecimalField):
        return serializers.DecimalField(max_digits=10, decimal_places=1, **words)
    for kind, shape in _KINDS:
        if isinstance(field, kind):
            return shape(**words)
    return serializers.CharField(**words)


def described_bodies() -> list[type[serializers.Serializer[Any]]]:
    """Return one serializer an act, for the OpenAPI document only."""
    bodies = []
    for action, form in FORMS.items():
        fields = form(application=Application()).fields
        shapes = {name: _described(field) for name, field in fields.items()}
        name = "".join(part.capitalize() for part in action.split("_"))
        bodies.append(type(f"{name}Body", (serializers.Serializer,), shapes))
    return bodies
