"""What every form of an act shares: the page it was decided on, and late entries."""

import inspect
from datetime import datetime
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from applications.models import Application
from applications.services.history import LateEntry
from sla.ground.actors import Actor, Role
from sla.ground.asking import AskingForm

LONG = 2000


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


def day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}))


LATE = ("late_happened_at", "late_reason", "late_witness")


def colleagues(application: Application, roles: frozenset[Role]) -> Any:
    """Return who works in the district of an application in one of these roles."""
    return (
        get_user_model()
        ._default_manager.filter(
            is_active=True, role__in=sorted(roles), districts=application.region_id
        )
        .order_by("staff_no", "pk")
    )


def _late_fields(application: Application) -> dict[str, forms.Field]:
    """Return what a late entry asks for: when it happened, why late, who vouches."""
    return {
        "late_happened_at": forms.DateTimeField(
            label=_("实际发生时间"),
            help_text=_("时限仍按现在的时间计算，补录对监管人员可见。"),
            required=False,
            widget=forms.DateTimeInput(
                attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"
            ),
        ),
        "late_reason": sentence(_("补录原因"), required=False),
        "late_witness": forms.ModelChoiceField(
            label=_("证明人（班组长）"),
            queryset=colleagues(application, frozenset({Role.SUPERVISOR})),
            required=False,
        ),
    }


class ActForm(AskingForm):
    """Parse one act; ``seen`` is the number of events on the page it was decided on."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.application = application
        self.initial.setdefault("seen", application.last_seq)
        if self.takes_late:
            self.fields |= _late_fields(application)

    @property
    def takes_late(self) -> bool:
        """Tell whether this act may be entered after it happened (补录)."""
        return "late" in inspect.signature(self.service()).parameters

    def clean(self) -> dict[str, Any]:
        """Ask for all three facts of a late entry once one of them is given."""
        answers = super().clean() or self.cleaned_data
        given = [name for name in LATE if answers.get(name)]
        for name in LATE if given else ():
            if name in self.fields and name not in self.errors and name not in given:
                self.add_error(name, _("补录须写明发生时间、原因和证明人。"))
        return answers

    def details(self) -> dict[str, Any]:
        """Return the keyword arguments of the service beside by, at, seen and late."""
        own = {"seen", *LATE}
        return {k: v for k, v in self.cleaned_data.items() if k not in own}

    def perform(self, *, by: Actor, at: datetime) -> Application:
        """Do the act. Raises Refused, OutOfOrder, Stale or ValidationError."""
        details = self.details()
        if self.cleaned_data.get("late_happened_at"):
            details["late"] = LateEntry(
                happened_at=self.cleaned_data["late_happened_at"],
                reason=self.cleaned_data["late_reason"],
                witness=self.cleaned_data["late_witness"],
            )
        done: Application = self.service()(
            self.application, by=by, at=at, seen=self.cleaned_data["seen"], **details
        )
        return done

    def take_back(self, refused: ValidationError) -> None:
        """Show at its fields what a service found wrong with the answers."""
        if not hasattr(refused, "error_dict"):
            self.add_error(None, refused)
            return
        for name, errors in refused.error_dict.items():
            self.add_error(name if name in self.fields else None, errors)

    def service(self) -> Any:
        """Return the service function of this act."""
        raise LookupError(type(self).__name__)
