"""Days, moments, lengths and lists as people read them, in the language of their page.

Dates follow Django's date formats, so that a catalogue may write them in its own order.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from functools import lru_cache, reduce, wraps

from django.utils import dateformat
from django.utils.translation import (
    get_language,
    gettext_lazy,
    ngettext,
    pgettext,
    pgettext_lazy,
)
from django.utils.translation import gettext as _

from sla.engine import SHANGHAI
from sla.engine.days import HOLIDAY, MAKE_UP, PAUSED, WEEKEND, WORKDAY
from sla.vocabulary import Unit

WEEKDAYS = (
    gettext_lazy("周一"),
    gettext_lazy("周二"),
    gettext_lazy("周三"),
    gettext_lazy("周四"),
    gettext_lazy("周五"),
    gettext_lazy("周六"),
    gettext_lazy("周日"),
)

# The engine knows no framework: its words for a day are said here.
VERDICTS = {
    WORKDAY: pgettext_lazy("how a day counts", "工作日"),
    WEEKEND: pgettext_lazy("how a day counts", "周末"),
    HOLIDAY: pgettext_lazy("how a day counts", "法定节假日"),
    MAKE_UP: pgettext_lazy("how a day counts", "调休上班"),
    PAUSED: pgettext_lazy("how a day counts", "暂停"),
}


def _once_a_language(say: Callable[[date], str]) -> Callable[[date], str]:
    """Remember what a day is called: a list says the same few days over and over."""
    remembered = lru_cache(maxsize=2000)(lambda on, _language: say(on))

    @wraps(say)
    def said(on: date) -> str:
        return remembered(on, get_language())

    return said


@_once_a_language
def weekday(on: date) -> str:
    """Name the weekday: 周二."""
    return str(WEEKDAYS[on.weekday()])


@_once_a_language
def month(on: date) -> str:
    """Name the month a date lies in: 2026年10月."""
    return dateformat.format(on, pgettext("date format", "Y年n月"))


def month_name(number: int) -> str:
    """Name a month of any year: 10月."""
    return dateformat.format(date(2000, number, 1), pgettext("date format", "n月"))


@_once_a_language
def month_day(on: date) -> str:
    """Write a date without its year: 10月20日."""
    return dateformat.format(on, pgettext("date format", "n月j日"))


@_once_a_language
def calendar_day(on: date) -> str:
    """Write a date as calendars do, where a month begins: 10/1."""
    return dateformat.format(on, pgettext("date format", "n/j"))


@_once_a_language
def plain_day(on: date) -> str:
    """Write a date as documents do: 2026年10月20日."""
    return dateformat.format(on, pgettext("date format", "Y年n月j日"))


@_once_a_language
def short_day(on: date) -> str:
    """Write a date with its weekday: 10月20日（周二）."""
    return _weekly(month_day(on), on)


@_once_a_language
def full_day(on: date) -> str:
    """Write a date with year and weekday: 2026年10月20日（周二）."""
    return _weekly(plain_day(on), on)


def day(on: date, *, today: date | None) -> str:
    """Write a date with its weekday, and with its year if that is not today's."""
    return full_day(on) if today and on.year != today.year else short_day(on)


def verdict(word: str) -> str:
    """Say how the engine judged a day: 工作日, 法定节假日, 暂停."""
    return str(VERDICTS[word])


def short_moment(at: datetime) -> str:
    """Write a moment in Beijing time: 10月20日（周二）14:05."""
    local = at.astimezone(SHANGHAI)
    return timed(short_day(local.date()), local)


def full_moment(at: datetime) -> str:
    """Write a moment in Beijing time with its year: 2026年10月20日（周二）14:05."""
    local = at.astimezone(SHANGHAI)
    return timed(full_day(local.date()), local)


def exact_moment(at: datetime) -> str:
    """Write a moment as records do: 2026年10月20日14:05, seconds if there are any."""
    local = at.astimezone(SHANGHAI)
    clock = "%H:%M:%S" if local.second else "%H:%M"
    return timed(plain_day(local.date()), local, clock)


def timed(day: str, local: datetime, clock: str = "%H:%M") -> str:
    """Put the time of a Shanghai moment behind its day, said already."""
    return _("%(day)s%(time)s") % {"day": day, "time": local.strftime(clock)}


def amount(value: int, unit: str) -> str:
    """Say how much time there is: 3 个工作日, 3 天 or 45 分钟."""
    if unit == Unit.MINUTE:
        return ngettext("%d 分钟", "%d 分钟", value) % value
    if unit == Unit.CALENDAR_DAY:
        return ngettext("%d 天", "%d 天", value) % value
    return ngettext("%d 个工作日", "%d 个工作日", value) % value


def length(value: int, unit: str) -> str:
    """Write a limit as its document does: 10个工作日, 8日, 45分钟."""
    if unit == Unit.MINUTE:
        return ngettext("%d分钟", "%d分钟", value) % value
    if unit == Unit.CALENDAR_DAY:
        return ngettext("%d日", "%d日", value) % value
    return ngettext("%d个工作日", "%d个工作日", value) % value


def exact_length(span: timedelta) -> str:
    """Write a length of time: 6天23小时59分钟; less than a minute in seconds."""
    seconds = int(span.total_seconds())
    if seconds < 60:
        return ngettext("%d秒", "%d秒", seconds) % seconds
    minutes, hours, days = seconds // 60 % 60, seconds // 3600 % 24, seconds // 86400
    parts = [
        ngettext("%d天", "%d天", days) % days if days else "",
        ngettext("%d小时", "%d小时", hours) % hours if hours else "",
        ngettext("%d分钟", "%d分钟", minutes) % minutes if minutes else "",
    ]
    return run_on(parts)


def listed(parts: Iterable[object]) -> str:
    """Enumerate: 甲、乙、丙; by semicolons what has commas of its own."""
    said, comma = [str(part) for part in parts], _("、")
    return clauses(said) if any(comma in part for part in said) else comma.join(said)


def strung(parts: Iterable[object]) -> str:
    """Join what goes together in one line: 甲，乙，丙."""
    return _("，").join(map(str, parts))


def clauses(parts: Iterable[object]) -> str:
    """Enumerate what is longer: 甲；乙；丙."""
    return _("；").join(map(str, parts))


def run_on(parts: Iterable[str]) -> str:
    """Put sentences, or the parts of a length, one behind the other."""
    said = list(filter(None, parts))
    if not said:
        return ""
    return reduce(
        lambda first, then: _("%(first)s%(then)s") % {"first": first, "then": then},
        said,
    )


def recorded(text: str) -> str:
    """Say a reason that was written into a record: our own words as readers know them.

    Records are Chinese; what people typed into them stays as it is.
    """
    return clauses(_(part) for part in text.split("；"))


def labelled(label: object, value: object) -> str:
    """Say of what a value is: 原因：雷击; where there is none, say the label alone."""
    said = _("%(label)s：%(value)s") % {"label": label, "value": value}
    return said if value else str(label)


def noted(name: object, note: object) -> str:
    """Put a note behind a name, if there is one: 友谊路线（L-001）."""
    said = _("%(name)s（%(note)s）") % {"name": name, "note": note}
    return said if note else str(name)


def _weekly(said: str, on: date) -> str:
    return _("%(date)s（%(weekday)s）") % {"date": said, "weekday": weekday(on)}
