"""The body of each act, described from the form that parses it."""

from typing import Any

from django import forms
from rest_framework import serializers

from applications.forms.acts import FORMS
from applications.models import Application

_KINDS: list[tuple[type[forms.Field], type[serializers.Field[Any, Any, Any, Any]]]] = [
    (forms.BooleanField, serializers.BooleanField),
    (forms.IntegerField, serializers.IntegerField),
    (forms.DateTimeField, serializers.DateTimeField),
    (forms.DateField, serializers.DateField),
]


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
