"""What a visitor types to follow an application."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from sla.ground import numbers
from sla.ground.phones import clean_mobile

NO_NUMBER = _("申请编号不对，请逐字核对，例如 BD-7K3M-9QXD-2TFA-P。")


class TrackForm(forms.Form):
    """Ask for the number of an application and the phone it was filed with."""

    number = forms.CharField(
        label=_("申请编号"),
        help_text=_("以 BD 开头，在受理短信和申请确认页上。"),
        max_length=40,
        error_messages={"required": _("请输入申请编号。"), "max_length": NO_NUMBER},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters"}
        ),
    )
    phone = forms.CharField(
        label=_("手机号码"),
        help_text=_("申请时登记的手机号，用来接收验证码。"),
        max_length=40,
        error_messages={
            "required": _("请输入手机号码。"),
            "max_length": _("手机号码不正确：请填写11位手机号码。"),
        },
        widget=forms.TextInput(
            attrs={"inputmode": "tel", "autocomplete": "tel", "class": "w-phone"}
        ),
    )

    def clean_number(self) -> str:
        """Return the number as issued; its check character finds a slip."""
        number = numbers.normalise(self.cleaned_data["number"])
        if number is None:
            raise ValidationError(NO_NUMBER)
        return number

    def clean_phone(self) -> str:
        """Return the E.164 form."""
        return clean_mobile(self.cleaned_data["phone"])
