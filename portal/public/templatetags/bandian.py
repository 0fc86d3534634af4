"""The design system's filters: dates as said, tones as icons, fields as controls."""

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django import template
from django.forms import BoundField, CheckboxInput, Select
from django.forms.widgets import (
    CheckboxSelectMultiple,
    FileInput,
    RadioSelect,
)
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from portal.public.ledger import Ledger, lay_out

register = template.Library()

SHANGHAI = ZoneInfo("Asia/Shanghai")
WEEKDAYS = "一二三四五六日"

# Every tone has an icon and (in the caller's label) a word: colour never stands alone.
TONE_ICONS = {
    "normal": "check-circle",
    "warning": "hourglass-split",
    "due_today": "alarm-fill",
    "overdue": "exclamation-octagon-fill",
    "paused": "pause-circle",
    "provisional": "patch-question",
    "met": "check-circle-fill",
    "missed": "exclamation-octagon",
    "exempt": "flag",
    "cancelled": "x-circle",
    "none": "circle",
}
TONE_WORDS = {
    "normal": _("正常"),
    "warning": _("预警"),
    "due_today": _("今日到期"),
    "overdue": _("超期"),
    "paused": _("暂停"),
    "provisional": _("暂定"),
    "met": _("按时完成"),
    "missed": _("超期完成"),
    "exempt": _("受限已报备"),
    "cancelled": _("已终止"),
    "none": _("未开始"),
}
MESSAGE_ICONS = {
    "success": "check-circle-fill",
    "warning": "exclamation-triangle-fill",
    "error": "exclamation-octagon-fill",
    "info": "info-circle-fill",
}
UNIT_WORDS = {
    "working_day": "个工作日",
    "calendar_day": "天",
    "minute": "分钟",
}


def _as_date(value: date | datetime | str | None) -> date | None:
    """Read a Shanghai date from a date, an aware moment or ISO text."""
    if not value:
        return None
    if isinstance(value, str):
        value = (
            datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
        )
    if isinstance(value, datetime):
        return value.astimezone(SHANGHAI).date()
    return value


def _as_moment(value: datetime | str | None) -> datetime | None:
    """Read a Shanghai moment from an aware datetime or ISO text; None stays None."""
    if not value:
        return None
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    return value.astimezone(SHANGHAI)


@register.filter
def zh_date(value: date | datetime | str | None) -> str:
    """Say a date without its year: 11月25日（周三）."""
    day = _as_date(value)
    return f"{day.month}月{day.day}日（周{WEEKDAYS[day.weekday()]}）" if day else ""


@register.filter
def zh_month_day(value: date | datetime | str | None) -> str:
    """Say a date without year and weekday: 11月25日."""
    day = _as_date(value)
    return f"{day.month}月{day.day}日" if day else ""


@register.filter
def zh_weekday(value: date | datetime | str | None) -> str:
    """Say the weekday of a date: 周三."""
    day = _as_date(value)
    return f"周{WEEKDAYS[day.weekday()]}" if day else ""


@register.filter
def zh_full_date(value: date | datetime | str | None) -> str:
    """Say a date with its year: 2026年11月25日（周三）."""
    day = _as_date(value)
    return f"{day.year}年{zh_date(day)}" if day else ""


@register.filter
def zh_day(value: date | datetime | str | None) -> str:
    """Say a plain date, as documents do: 2026年11月25日."""
    day = _as_date(value)
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


@register.filter
def zh_moment(value: datetime | str | None) -> str:
    """Say a moment in Beijing time without its year: 11月25日（周三）14:05."""
    moment = _as_moment(value)
    return f"{zh_date(moment)}{moment:%H:%M}" if moment else ""


@register.filter
def zh_full_moment(value: datetime | str | None) -> str:
    """Say a moment in Beijing time with its year: 2026年11月25日（周三）14:05."""
    moment = _as_moment(value)
    return f"{moment.year}年{zh_moment(moment)}" if moment else ""


@register.filter
def iso(value: date | datetime | str | None) -> str:
    """Write a date or moment for <time datetime=…>."""
    if isinstance(value, datetime):
        return value.astimezone(SHANGHAI).isoformat(timespec="minutes")
    return str(value or "")


@register.filter
def days(value: int | None, unit: str = "working_day") -> str:
    """Say a limit with its unit: 3 个工作日, 45 分钟."""
    return "" if value is None else f"{abs(value)} {UNIT_WORDS[unit]}"


@register.filter
def tone_icon(tone: str) -> str:
    """Return the bootstrap-icons name that belongs to a tone."""
    return TONE_ICONS.get(str(tone), TONE_ICONS["none"])


@register.filter
def tone_word(tone: str) -> str:
    """Say a tone in words, for a chip without words of its own."""
    return str(TONE_WORDS.get(str(tone), ""))


@register.filter
def message_icon(level: str) -> str:
    """Return the bootstrap-icons name that belongs to a message level."""
    return MESSAGE_ICONS.get(level, MESSAGE_ICONS["info"])


@register.filter
def is_group(field: BoundField) -> bool:
    """Say whether a field is a set of radios or checkboxes, hence a fieldset."""
    return isinstance(field.field.widget, RadioSelect | CheckboxSelectMultiple)


@register.filter
def is_single_check(field: BoundField) -> bool:
    """Say whether a field is one checkbox, whose label follows it."""
    return isinstance(field.field.widget, CheckboxInput)


@register.filter
def focus_id(field: BoundField) -> str:
    """Return the id an error link jumps to; of a group, its first control."""
    if is_group(field):
        return f"{field.auto_id}_0"
    return field.id_for_label or str(field.auto_id)


@register.filter
def control(field: BoundField) -> SafeString:
    """Render a field's control in the portal's clothes, with its own attributes."""
    widget = field.field.widget
    if isinstance(widget, CheckboxInput):
        own = "form-check-input"
    elif isinstance(widget, Select):
        own = "form-select"
    elif isinstance(widget, FileInput):
        own = "form-control form-file"
    else:
        own = "form-control"
    wrong = "is-invalid" if field.errors else ""
    names = (own, widget.attrs.get("class", ""), wrong)
    return field.as_widget(attrs={"class": " ".join(name for name in names if name)})


@register.simple_tag
def calendar_of(
    entries: Iterable[object],
    started_on: date | str | None = None,
    due_on: date | str | None = None,
) -> Ledger:
    """Lay a day ledger out as a calendar, for parts/ledger.html."""
    return lay_out(entries, started_on, due_on)
