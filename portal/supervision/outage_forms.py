"""The filter of the outage board: this year unless another period is asked for."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from outages.indices import Span
from portal.supervision.forms import FilterForm
from portal.supervision.scope import Period
from sla.ground.actors import Actor

THIS_YEAR = "this_year"
# What would take every statement to the beginning of time is asked for in parts.
MOST_DAYS = 3660


class OutageFilterForm(FilterForm):
    """Ask for period and district."""

    period = forms.ChoiceField(
        label=_("统计期"),
        required=False,
        choices=[
            (THIS_YEAR, _("今年")),
            *((each.value, each.label) for each in Period if each is not Period.EVER),
        ],
    )

    def __init__(self, data: QueryDict, *, viewer: Actor, now: datetime) -> None:
        """Read the query of an address."""
        given = data.copy()
        given.setdefault("period", THIS_YEAR)
        super().__init__(given, viewer=viewer, now=now)
        del self.fields["user_type"], self.fields["basis"]

    def clean(self) -> dict[str, Any]:
        """Settle first and last day of the period."""
        given = super().clean()
        if given.get("period") == THIS_YEAR:
            given["first"] = date(self.today.year, 1, 1)
        first, last = given.get("first"), given.get("last")
        if first and last and (last - first).days > MOST_DAYS:
            self.add_error("first", _("统计期最长10年，请分段查看。"))
        return given | {"user_type": ""}

    @property
    def span(self) -> Span:
        """Return the days asked for; the form must be valid."""
        return Span(self.cleaned_data["first"], self.cleaned_data["last"])
