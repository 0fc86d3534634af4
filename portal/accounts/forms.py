"""What people type to come in."""

import unicodedata
from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from portal.accounts.services import codes
from sla.ground.phones import clean_mobile


class PhoneForm(forms.Form):
    """Ask for a mobile number, in any of the ways people write one."""

    phone = forms.CharField(
        label=_("手机号码"),
        help_text=_("11 位大陆手机号。首次登录将自动建立账号。"),
        max_length=40,
        error_messages={"required": _("请输入手机号码。")},
        widget=forms.TextInput(
            attrs={"inputmode": "tel", "autocomplete": "tel", "autofocus": True}
        ),
    )

    def clean_phone(self) -> str:
        """Return the E.164 form."""
        return clean_mobile(self.cleaned_data["phone"])


class CodeForm(forms.Form):
    """Ask for the six digits that were sent."""

    code = forms.CharField(
        label=_("短信验证码"),
        help_text=_("6 位数字，10 分钟内有效。"),
        max_length=20,
        error_messages={"required": _("请输入短信中的 6 位验证码。")},
        widget=forms.TextInput(
            attrs={
                "inputmode": "numeric",
                "autocomplete": "one-time-code",
                "autofocus": True,
            }
        ),
    )

    def clean_code(self) -> str:
        """Return the digits alone: spaces, dashes and full-width forms are forgiven."""
        text = unicodedata.normalize("NFKC", self.cleaned_data["code"])
        digits = "".join(mark for mark in text if mark not in " -.\t")
        if not (digits.isascii() and digits.isdigit() and len(digits) == codes.DIGITS):
            raise ValidationError(_("验证码是 6 位数字，请核对短信。"))
        return digits


class StaffSignInForm(AuthenticationForm):
    """Ask staff for user name and password; applicants have neither."""

    error_messages = {
        "invalid_login": _("用户名或密码不正确。"),
        "inactive": _("用户名或密码不正确。"),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("用户名")
        self.fields["password"].label = _("密码")
        self.fields["username"].error_messages["required"] = _("请输入用户名。")
        self.fields["password"].error_messages["required"] = _("请输入密码。")

    def confirm_login_allowed(self, user: Any) -> None:
        """Let in staff only, and say no more than for a wrong password."""
        super().confirm_login_allowed(user)
        if not user.is_person_of_staff:
            raise self.get_invalid_login_error()
