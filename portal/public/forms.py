"""What a visitor types into the public pages, read with forgiveness."""

import re
import unicodedata
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sla.vocabulary import UserType

LONGEST = 250  # working days: about a year
# The engine knows 2000 to 2100; no limit that a policy may set is longer than a year.
FIRST_YEAR, LAST_YEAR = 2000, 2098


class NoSuchDay(ValueError):
    """A date written well that no calendar has, such as 30 February."""


def read_date(text: str) -> date:
    """Read 2026-09-30, 2026/9/30, 2026年9月30日, 20260930, full-width digits too.

    Raises NoSuchDay for a date that does not exist, ValueError for anything else.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    found = re.fullmatch(
        r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?", plain
    ) or re.fullmatch(r"(\d{4})(\d{2})(\d{2})", plain)
    if not found:
        raise ValueError(text)
    year, month, day = (int(part) for part in found.groups())
    try:
        return date(year, month, day)
    except ValueError:
        raise NoSuchDay(text) from None


class ForgivingDateField(forms.CharField):
    """A date typed in any of the usual ways."""

    def clean(self, value: Any) -> Any:
        """Return the date; raise ValidationError with what is wrong when it is none."""
        text = super().clean(value)
        try:
            day = read_date(text)
        except NoSuchDay:
            raise forms.ValidationError(
                _("没有“%(text)s”这一天，请核对月和日。"), params={"text": text}
            ) from None
        except ValueError:
            raise forms.ValidationError(
                _("日期“%(text)s”看不懂，请写成 2026-09-30 这样。"),
                params={"text": text},
            ) from None
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise forms.ValidationError(
                _("只能推算 %(first)s 年到 %(last)s 年之间的日期。"),
                params={"first": FIRST_YEAR, "last": LAST_YEAR},
            )
        return day


class WorkingDaysField(forms.CharField):
    """A number of working days, with or without its unit."""

    def clean(self, value: Any) -> Any:
        """Return the number, or None when nothing was typed."""
        text = unicodedata.normalize("NFKC", super().clean(value)).strip()
        if not text:
            return None
        found = re.fullmatch(r"(\d{1,6})\s*(?:个)?(?:工作日|天|日)?", text)
        if not found:
            raise forms.ValidationError(_("天数请填整数，例如 10。"))
        days = int(found.group(1))
        if not 1 <= days <= LONGEST:
            raise forms.ValidationError(
                _("天数请填 1 到 %(longest)s 之间的整数。"), params={"longest": LONGEST}
            )
        return days


class DeadlineForm(forms.Form):
    """Ask when it starts, and how long it may take: by kind of user or by days."""

    BY_TYPE, BY_DAYS = "type", "days"

    start = ForgivingDateField(
        label=_("从哪一天起算"),
        help_text=_("提交申请或收到材料的那一天，它本身不计入。例如 2026-09-30。"),
        error_messages={"required": _("请填写从哪一天起算。")},
        max_length=20,
        widget=forms.TextInput(
            attrs={"class": "w-date", "autocomplete": "off", "inputmode": "text"}
        ),
    )
    by = forms.ChoiceField(
        label=_("按什么算"),
        choices=[
            (BY_TYPE, _("按用电类型，用公示的时限")),
            (BY_DAYS, _("按天数，自己填")),
        ],
        error_messages={
            "required": _("请选择按什么算。"),
            "invalid_choice": _("请从两种算法中选一种。"),
        },
        widget=forms.RadioSelect,
    )
    user_type = forms.ChoiceField(
        label=_("用电类型"),
        choices=[("", _("请选择")), *UserType.choices],
        required=False,
        error_messages={"invalid_choice": _("请从列表中选择用电类型。")},
    )
    days = WorkingDaysField(
        label=_("工作日天数"),
        required=False,
        max_length=12,
        widget=forms.TextInput(
            attrs={"class": "w-figure", "inputmode": "numeric", "autocomplete": "off"}
        ),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for what the chosen way needs."""
        cleaned = super().clean() or self.cleaned_data
        by = cleaned.get("by")
        if by == self.BY_TYPE:
            self.errors.pop("days", None)
            if not cleaned.get("user_type") and "user_type" not in self.errors:
                self.add_error("user_type", _("请选择用电类型。"))
        elif by == self.BY_DAYS:
            self.errors.pop("user_type", None)
            if not cleaned.get("days") and "days" not in self.errors:
                self.add_error("days", _("请填写工作日天数。"))
        return cleaned
