"""Forms in which operators enter notices and policies, checked as a whole."""

from typing import Any

from django.core.exceptions import ValidationError
from django.forms import BaseInlineFormSet, Form

from sla.services import calendars, policies


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
