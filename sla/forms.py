"""Forms in which operators enter notices and policies, checked as a whole."""

from typing import Any

from django.core.exceptions import ValidationError
from django.forms import (
    BaseInlineFormSet,
    Form,
    HiddenInput,
    IntegerField,
    ModelForm,
)
from django.utils.translation import gettext as _

from sla.services import calendars, policies


class RuleForm(ModelForm):  # type: ignore[type-arg]
    """A rule with its version: what somebody saved meanwhile is not overwritten."""

    seen = IntegerField(required=False, widget=HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "seen" in self.fields:
            self.fields["seen"].initial = self.instance.version

    def clean(self) -> dict[str, Any]:
        """Refuse what was decided on an earlier version."""
        found = super().clean() or self.cleaned_data
        if found.get("seen") not in {None, self.instance.version}:
            raise ValidationError(
                _("这条规则刚刚由他人修改，请重新打开，看过最新内容再改。")
            )
        return found


class RowsFormSet(BaseInlineFormSet):  # type: ignore[type-arg]
    """Rows of a table whose inputs say what they are to who cannot see the heading."""

    def add_fields(self, form: Form, index: int | None) -> None:
        """Name each input as its column is named, with the number of its row."""
        super().add_fields(form, index)
        row = "" if index is None else f" {index + 1}"
        for field in form.fields.values():
            field.widget.attrs["aria-label"] = f"{field.label}{row}"


class DayFormSet(RowsFormSet):
    """Check the dates of a notice together with the notice itself."""

    def clean(self) -> None:
        """Refuse dates that the notice cannot mean, naming each of them."""
        super().clean()
        if any(self.errors) or self.instance.published_on is None:
            return
        wrong = calendars.check_days(self.instance, rows(self))
        if wrong:
            raise ValidationError(wrong)


class LimitFormSet(RowsFormSet):
    """Check the limits of a policy together with its period."""

    def clean(self) -> None:
        """Refuse sums that do not add up, and a second limit for the same time."""
        super().clean()
        if any(self.errors) or self.instance.valid_from is None:
            return
        wrong = policies.check_limits(self.instance, rows(self))
        if wrong:
            raise ValidationError(wrong)


def rows(formset: "BaseInlineFormSet[Any, Any, Any]") -> list[Any]:
    """List the objects that will stand once the formset is saved."""
    deleted = formset.deleted_forms
    return [
        form.instance
        for form in formset.forms
        if form not in deleted and (form.has_changed() or form.instance.pk)
    ]
