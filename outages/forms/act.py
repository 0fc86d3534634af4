"""What every form of an act on this floor shares: the page it was decided on."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from outages.models import GovernanceCase, Outage, RepairOrder
from sla.ground.actors import Actor
from sla.ground.asking import AskingForm

LONG = 2000
ISO_MINUTE = "%Y-%m-%dT%H:%M"


def sentence(label: Any, *, hint: Any = "", required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, max_length=200, required=required
    )


def text(label: Any, *, hint: Any = "", required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=LONG,
        required=required,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def moment(label: Any, *, hint: Any = "", required: bool = True) -> forms.DateTimeField:
    """Return a question for a moment, in Shanghai's time as everything in the admin."""
    return forms.DateTimeField(
        label=label,
        help_text=hint,
        required=required,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=ISO_MINUTE),
        error_messages={"invalid": _("请填写日期和时间，例如 2026-09-01 08:00。")},
    )


class ActForm(AskingForm):
    """Parse one act; ``seen`` is the number of events on the page it was decided on."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    service: ClassVar[Callable[..., Any]]

    def __init__(
        self,
        *args: Any,
        row: Outage | RepairOrder | GovernanceCase,
        at: datetime,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.row, self.at = row, at
        self.initial.setdefault("seen", row.last_seq)

    def details(self) -> dict[str, Any]:
        """Return the keyword arguments of the service beside by, at and seen."""
        return {k: v for k, v in self.cleaned_data.items() if k != "seen"}

    def perform(self, *, by: Actor, at: datetime) -> None:
        """Do the act. Raises Refused, OutOfOrder, Stale or ValidationError."""
        seen = self.cleaned_data["seen"]
        type(self).service(self.row, by=by, at=at, seen=seen, **self.details())

    def take_back(self, refused: ValidationError) -> None:
        """Show at its fields what a service found wrong with the answers."""
        take_back(self, refused)


def take_back(form: forms.Form, refused: ValidationError) -> None:
    """Show a service's refusal at the fields it names, or above them all."""
    if not hasattr(refused, "error_dict"):
        form.add_error(None, refused)
        return
    for name, errors in refused.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)
