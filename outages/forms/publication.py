"""Which year of reliability is published, and why once more."""

from datetime import datetime

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from sla.engine import SHANGHAI


class PublicationForm(forms.Form):
    """Ask for a year that is over; a correction needs its reason."""

    year = forms.TypedChoiceField(label=_("年度"), coerce=int)
    reason = forms.CharField(
        label=_("更正原因"),
        max_length=200,
        required=False,
        help_text=_("第一次发布不用填；再次发布是更正，须写明原因，原因一并公布。"),
    )

    def __init__(self, data: QueryDict | None, *, at: datetime) -> None:
        """Offer the ten years before this one."""
        super().__init__(data)
        this = at.astimezone(SHANGHAI).year
        years = [(year, _("%d年") % year) for year in range(this - 1, this - 11, -1)]
        field = self.fields["year"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = years
