"""报修: where it is, and how to reach whoever waits."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from outages.selectors import districts
from outages.services.reporting import LONGEST_DESCRIPTION, LONGEST_PLACE
from outages.vocabulary import Importance
from sla.ground import uploads

# What people know about themselves; who is an important user stands in the records.
IMPORTANCES = [
    (Importance.ORDINARY.value, _("没有下面的情况")),
    (Importance.MEDICAL.value, _("家里有人靠医疗设备（如呼吸机、制氧机）")),
    (Importance.LIFT.value, _("电梯、水泵停了")),
    (Importance.HOSPITAL.value, _("医院、急救场所")),
]


class WhereForm(forms.Form):
    """Ask where: an address in words, or a 户号."""

    place = forms.CharField(
        label=_("地址或户号"),
        help_text=_("例如：友谊路12号3门401。户号是电费单上的10位或13位数字。"),
        max_length=LONGEST_PLACE,
        error_messages={
            "required": _("请填写地址或户号，抢修人员要靠它找到您。"),
            "max_length": _("地点请不要超过%(limit_value)s个字。"),
        },
        widget=forms.TextInput(
            attrs={"autocomplete": "street-address", "enterkeyhint": "next"}
        ),
    )
    region = forms.ChoiceField(
        label=_("在哪个区"),
        help_text=_("不清楚可以不选，我们按地址查。"),
        required=False,
        error_messages={"invalid_choice": _("没有这个区，请从列表中选择。")},
    )

    def __init__(self, *args: Any, spot: bool = False, **kwargs: Any) -> None:
        """``spot``: a place in the street, which nobody looks up."""
        super().__init__(*args, **kwargs)
        region = self.fields["region"]
        assert isinstance(region, forms.ChoiceField)
        region.choices = [("", _("请选择")), *districts.names().items()]
        if spot:
            place = self.fields["place"]
            place.label = _("在什么位置")
            place.help_text = _("例如：友谊路与围堤道交口，往东第二盏。")
            place.error_messages["required"] = _("请填写路灯在什么位置。")
            region.required = True
            region.help_text = ""
            region.error_messages["required"] = _("请选择路灯所在的区。")


class DetailsForm(forms.Form):
    """Ask how to reach whoever waits, and what else the crew should know."""

    phone = forms.CharField(
        label=_("联系电话"),
        help_text=_("抢修人员找不到地方时打给您。不留也能报修。"),
        max_length=40,
        required=False,
        widget=forms.TextInput(
            attrs={"inputmode": "tel", "autocomplete": "tel", "class": "w-phone"}
        ),
    )
    importance = forms.ChoiceField(
        label=_("有没有特别着急的情况"),
        choices=IMPORTANCES,
        initial=Importance.ORDINARY,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择一项。")},
    )
    photo = forms.FileField(
        label=_("现场照片"),
        help_text=_("不要为了拍照靠近电线。照片只有抢修人员和您能看到。"),
        required=False,
        widget=forms.FileInput(attrs={"accept": uploads.ACCEPTED_PICTURES}),
    )
    description = forms.CharField(
        label=_("还想说明什么"),
        max_length=LONGEST_DESCRIPTION,
        required=False,
        error_messages={"max_length": _("情况说明请不要超过%(limit_value)s个字。")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def take_back(self, problems: dict[str, list[str]]) -> None:
        """Show at its field what the service found wrong."""
        for name, sentences in problems.items():
            for sentence in sentences:
                self.add_error(name if name in self.fields else None, sentence)
