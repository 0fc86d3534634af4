"""What people say to subscribe: how they want to be told, and where."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from outages.models import Way
from outages.services import subscribing
from sla.ground import outgoing
from sla.ground.phones import clean_mobile

LABELS = {
    Way.SMS: _("短信"),
    Way.IN_APP: _("站内消息（登录后在“我的消息”里看）"),
    Way.WEB_PUSH: _("浏览器通知（就用现在这个浏览器）"),
    Way.WEBHOOK: _("接口推送（物业或单位的系统）"),
}


class PlaceForm(forms.Form):
    """Ask which place, in any words people have for it."""

    q = forms.CharField(
        label=_("地址、小区或户号"),
        help_text=_("例如：友谊路12号、海河花园，或电费单上的10位、13位户号。"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )


class WayForm(forms.Form):
    """Ask how to be told; only the ways that are open to this visitor are offered."""

    way = forms.ChoiceField(
        label=_("怎么通知您"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("请选择一种通知方式。"),
            "invalid_choice": _("请从列出的方式里选一种。"),
        },
    )
    phone = forms.CharField(
        label=_("手机号码"),
        help_text=_("选短信时填写。我们先发一个验证码，确认号码是您的。"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )
    url = forms.CharField(
        label=_("接收地址"),
        help_text=_("选接口推送时填写，以 https:// 开头的公网地址。"),
        required=False,
        max_length=outgoing.LONGEST,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
    )
    label = forms.CharField(
        label=_("给这个地方起个称呼"),
        help_text=_(
            "例如：店铺、父母家。订阅了几处时，通知里用它说明是哪一处；"
            "请不要写姓名和门牌。不填就用小区或街道名。"
        ),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    browser = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, signed_in: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.signed_in = signed_in
        ways = [way for way in LABELS if way in self.open_ways()]
        choices = [(way.value, LABELS[way]) for way in ways]
        self.fields["way"].choices = choices  # type: ignore[attr-defined]
        self.fields["way"].initial = Way.SMS.value
        if not signed_in:
            del self.fields["url"]

    def open_ways(self) -> set[Way]:
        """Return the ways this visitor may choose: strangers register no systems."""
        ways = {Way.SMS}
        if settings.PUSH_KEY:
            ways.add(Way.WEB_PUSH)
        return ways | {Way.IN_APP, Way.WEBHOOK} if self.signed_in else ways

    def clean_label(self) -> str:
        """Return what may stand in notices."""
        return subscribing.clean_label(self.cleaned_data["label"])

    def clean(self) -> dict[str, Any]:
        """Ask for what the chosen way needs, and leave the rest alone."""
        given = super().clean() or {}
        checks = {
            Way.SMS.value: ("phone", self._phone),
            Way.WEBHOOK.value: ("url", self._url),
            Way.WEB_PUSH.value: ("way", self._browser),
        }
        check = checks.get(str(given.get("way", "")))
        if check is not None:
            name, look = check
            try:
                look(given)
            except ValidationError as error:
                self.add_error(name, error)
        return given

    def _phone(self, given: dict[str, Any]) -> None:
        if not given.get("phone"):
            raise ValidationError(_("请填写接收短信的手机号码。"))
        given["phone"] = clean_mobile(given["phone"])

    def _url(self, given: dict[str, Any]) -> None:
        if not given.get("url"):
            raise ValidationError(_("请填写接收推送的地址。"))
        given["url"] = outgoing.clean_url(given["url"])

    def _browser(self, given: dict[str, Any]) -> None:
        if not given.get("browser"):
            raise ValidationError(
                _("浏览器还没有允许通知：请在弹出的提示里点“允许”，或改选短信。")
            )
        subscribing.read_browser(given["browser"])
