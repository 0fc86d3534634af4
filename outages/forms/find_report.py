"""查抢修进度 without the number: by the phone that was left, and where it was."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from outages.models import FaultReport
from outages.selectors import repair_progress
from outages.services import searching
from outages.services.reporting import LONGEST_PLACE
from sla.ground import numbers
from sla.ground.errors import TooOften


class FindReportForm(forms.Form):
    """Ask for a number of ours, or a phone and the place; never a phone alone."""

    number = forms.CharField(
        label=_("报修编号"),
        help_text=_("以 BX 开头，记得编号的只填这一项。"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    phone = forms.CharField(
        label=_("报修时留的电话"),
        required=False,
        max_length=40,
        widget=forms.TextInput(
            attrs={"inputmode": "tel", "autocomplete": "tel", "class": "w-phone"}
        ),
    )
    place = forms.CharField(
        label=_("报修的地点"),
        help_text=_("例如：友谊路12号。为了保护您，电话和地点要都对得上。"),
        required=False,
        max_length=LONGEST_PLACE,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )

    def clean(self) -> dict[str, Any]:
        """Require one way or the other; refuse a number that nobody gave."""
        told = super().clean() or {}
        if told.get("number"):
            self._known(told)
        elif not (told.get("phone") and told.get("place")):
            missing = "place" if told.get("phone") else "phone"
            words = {
                "phone": _("请填写报修编号，或者报修时留的电话和地点。"),
                "place": _("请再填写报修的地点。"),
            }
            self.add_error(missing, words[missing])
        return told

    def _known(self, told: dict[str, Any]) -> None:
        proper = numbers.normalise(told["number"], "BX")
        told["report"] = repair_progress.find(proper) if proper else None
        if told["report"] is None:
            self.add_error(
                "number", _("没有这个报修编号，请核对；记不清的，改填电话和地点。")
            )

    def found(self, *, client: str, at: datetime) -> list[FaultReport]:
        """Return the reports that are meant; a refusal becomes this form's error."""
        told = self.cleaned_data
        if told.get("report"):
            return [told["report"]]
        try:
            return searching.by_phone_and_place(
                told["phone"], told["place"], client=client, at=at
            )
        except ValidationError as refused:
            self.add_error("phone", refused)
        except TooOften as refused:
            self.add_error(None, refused.reason)
        return []
