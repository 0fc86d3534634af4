"""What is asked before an account is closed, and which phone comes next."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from portal.accounts.forms import PhoneForm


class NewPhoneForm(PhoneForm):
    """Ask for the phone that the account is to have."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, now: str = "") -> None:
        super().__init__(data)
        self._now = now
        self.fields["phone"].label = _("新的手机号码")
        self.fields["phone"].help_text = _("11 位大陆手机号。我们先发一个验证码。")

    def clean_phone(self) -> str:
        """Return the E.164 form of a number that is not the one of now."""
        phone = super().clean_phone()
        if phone == self._now:
            raise ValidationError(_("这就是您现在的号码，请填写新的号码。"))
        return phone


class CloseForm(forms.Form):
    """Ask whether somebody means it; nothing is ticked beforehand."""

    sure = forms.BooleanField(
        label=_("我已知道以上内容，确认注销账号"),
        error_messages={"required": _("请先勾选“确认注销账号”。")},
    )
