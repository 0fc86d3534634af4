"""我家停电了吗: one field for an address, a 小区, a 户号 or a number of ours."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from outages.selectors import districts

LONGEST = 120


class SearchForm(forms.Form):
    """What somebody asks, and the district they mean."""

    q = forms.CharField(
        label=_("小区、地址、户号，或停电、报修编号"),
        help_text=_("例如：海河花园、友谊路12号，或电费单上的10位或13位户号。"),
        max_length=LONGEST,
        error_messages={
            "required": _("请填写小区、地址、户号或编号。"),
            "max_length": _("最多120个字，请只填小区或门牌号。"),
        },
        widget=forms.TextInput(
            attrs={"autocomplete": "street-address", "enterkeyhint": "search"}
        ),
    )
    district = forms.ChoiceField(
        label=_("所在区"),
        required=False,
        error_messages={"invalid_choice": _("没有这个区，请从列表中选择。")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["district"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("全市")), *districts.names().items()]
