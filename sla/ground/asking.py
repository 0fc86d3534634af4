"""Forms that say which answer is missing, in a sentence that says what to do."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _

_PLAIN = forms.Field.default_error_messages["required"]


class AskingForm(forms.Form):
    """Ask for every required answer by its name, where no field has words of its own.

    Django's "this field is required" tells nobody which, once it stands in a summary.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if field.required and field.error_messages["required"] == _PLAIN:
                words = _wanted(field) % {"label": field.label}
                field.error_messages["required"] = words


def _wanted(field: forms.Field) -> str:
    if isinstance(field, forms.BooleanField):
        return _("请勾选“%(label)s”。")
    if isinstance(field, forms.ChoiceField):
        return _("请选择“%(label)s”。")
    return _("请填写“%(label)s”。")


@dataclass(frozen=True, slots=True)
class Together:
    """Several forms of one page, for the summary of what must be put right in any."""

    parts: Sequence[forms.BaseForm]

    @property
    def errors(self) -> list[Any]:
        return [form.errors for form in self.parts if form.errors]

    def non_field_errors(self) -> list[str]:
        return [str(e) for form in self.parts for e in form.non_field_errors()]

    def visible_fields(self) -> list[forms.BoundField]:
        return [field for form in self.parts for field in form.visible_fields()]

    def hidden_fields(self) -> list[forms.BoundField]:
        return [field for form in self.parts for field in form.hidden_fields()]
