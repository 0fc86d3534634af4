"""Forms that say which answer is missing, in a sentence that says what to do."""

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
