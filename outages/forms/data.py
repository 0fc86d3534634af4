"""开放数据: which part of it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from outages.selectors import districts
from sla.words import month_name


def _months() -> list[tuple[str, Any]]:
    """Offer the year as a whole and its months, as the reader calls them."""
    return [("", _("全年")), *((str(n), month_name(n)) for n in range(1, 13))]


class DataForm(forms.Form):
    """Ask for a year, and a month and a district if only these are wanted."""

    year = forms.TypedChoiceField(
        label=_("年份"),
        coerce=int,
        error_messages={
            "required": _("请选择年份。"),
            "invalid_choice": _("没有这一年的数据，请从列表中选择。"),
        },
    )
    month = forms.TypedChoiceField(
        label=_("月份"),
        choices=_months,
        coerce=int,
        required=False,
        empty_value=None,
        error_messages={"invalid_choice": _("没有这个月份，请从列表中选择。")},
    )
    district = forms.ChoiceField(
        label=_("所在区"),
        required=False,
        error_messages={"invalid_choice": _("没有这个区，请从列表中选择。")},
    )

    def __init__(self, *args: Any, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer("year", [(str(year), str(year)) for year in years])
        self._offer("district", [("", _("全市")), *districts.names().items()])

    def _offer(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices
