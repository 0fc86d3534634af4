"""The design system's filters: dates as said, tones as icons, fields as controls."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any

from django import template
from django.forms import BoundField, CheckboxInput, Select
from django.forms.widgets import (
    CheckboxSelectMultiple,
    FileInput,
    RadioSelect,
)
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from applications.selectors.sentences import TONES
from portal.public.ledger import Ledger, lay_out
from sla import words
from sla.engine import SHANGHAI, day_of

register = template.Library()


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
TONE_WORDS = TONES | {
    "provisional": _("暂定"),
    "exempt": _("受限已报备"),
    "none": _("未开始"),
}
MESSAGE_ICONS = {
    "success": "check-circle-fill",
    "warning": "exclamation-triangle-fill",
    "error": "exclamation-octagon-fill",
    "info": "info-circle-fill",
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
        return day_of(value)
    return value


def _as_moment(value: datetime | str | None) -> datetime | None:
    """Read a Shanghai moment from an aware datetime or ISO text; None stays None."""
    if not value:
        return None
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    return value.astimezone(SHANGHAI)


def _day_filter(say: Callable[[date], str]) -> Callable[[Any], str]:
    """Register a way to say days as a filter for dates, moments and ISO text."""

    def filtered(value: date | datetime | str | None) -> str:
        on = _as_date(value)
        return say(on) if on else ""

    return register.filter(say.__name__, filtered)


def _moment_filter(say: Callable[[datetime], str]) -> Callable[[Any], str]:
    """Register a way to say moments as a filter for moments and ISO text."""

    def filtered(value: datetime | str | None) -> str:
        at = _as_moment(value)
        return say(at) if at else ""

    return register.filter(say.__name__, filtered)


# The words of sla.words, under their own names; nothing is said of None or "".
weekday = _day_filter(words.weekday)
month = _day_filter(words.month)
month_day = _day_filter(words.month_day)
plain_day = _day_filter(words.plain_day)
short_day = _day_filter(words.short_day)
full_day = _day_filter(words.full_day)
short_moment = _moment_filter(words.short_moment)
full_moment = _moment_filter(words.full_moment)
register.filter(words.listed)
register.filter(words.clauses)
register.filter(words.run_on)
register.filter(words.recorded)
register.filter(words.labelled)
register.filter(words.noted)


@register.filter
def comma(first: object, then: object) -> str:
    """Put two facts in one line, or the one there is: 10千伏，315 千瓦."""
    return words.strung(part for part in (first, then) if part)


@register.filter
def within(title: str, district: str) -> str:
    """Say of which district a heading is, if of one: 河西区正在停电."""
    if not district:
        return title
    return _("%(district)s%(title)s") % {"district": district, "title": title}


@register.filter
def then(first: str, sentence: str) -> str:
    """Let another sentence follow."""
    return words.run_on([first, sentence])


@register.filter
def about(what: object) -> SafeString:
    """Tell those who hear the page what a link or a button is about."""
    return format_html('<span class="visually-hidden">{}</span>', _("：%s") % what)


@register.filter
def iso(value: date | datetime | str | None) -> str:
    """Write a date or moment for <time datetime=…>."""
    if isinstance(value, datetime):
        return value.astimezone(SHANGHAI).isoformat(timespec="minutes")
    return str(value or "")


@register.filter
def days(value: int | None, unit: str = "working_day") -> str:
    """Say a limit with its unit: 3 个工作日, 45 分钟."""
    return "" if value is None else words.amount(abs(value), unit)


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
    attrs: dict[str, str | bool] = {"class": " ".join(name for name in names if name)}
    if field.form.errors:
        attrs["autofocus"] = False  # the error summary takes the focus
    return field.as_widget(attrs=attrs)


@register.simple_tag
def calendar_of(
    entries: Iterable[object],
    started_on: date | str | None = None,
    due_on: date | str | None = None,
) -> Ledger:
    """Lay a day ledger out as a calendar, for parts/ledger.html."""
    return lay_out(entries, started_on, due_on)
