"""Which dates are working days in a region, now and as a clock once reckoned them."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import lru_cache

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from sla.engine import DayRule, Knowledge, WorkCalendar, day_of, knowledge
from sla.models import CalendarDay, CalendarEdition, CalendarNotice, Clock
from sla.services import rulebook
from sla.words import noted, weekday

ALARM_DAYS = 60
FAR_YEARS = 1
SATURDAY = 5


class EditionMissing(LookupError):
    """Say that the rules a clock was reckoned with are gone."""


class CalendarRefused(ValueError):
    """Say why a notice cannot be taken as it stands."""


def calendar_for(region: str) -> WorkCalendar:
    """Give today's calendar of a region: the library, then notices, nearest first."""
    return rulebook.current().calendar(region)[2]


def pinned(book: rulebook.RuleBook, region: str) -> tuple[str, WorkCalendar]:
    """Give version and calendar to pin a clock to, and keep their rules for ever."""
    version, rules, calendar = book.calendar(region)
    if version != rulebook.LIBRARY:
        _keep(version, rules)
    return version, calendar


def keep_library() -> None:
    """Keep what the installed library knows, for when a later one knows more.

    A closed clock is explained by the calendar of its day, whatever is installed since.
    """
    known = knowledge()
    days = tuple(known.rules[day] for day in sorted(known.rules))
    _keep(rulebook.LIBRARY, rulebook.Rules(days, known.official_until))


def _keep(version: str, rules: rulebook.Rules) -> None:
    if CalendarEdition.objects.filter(pk=version).exists():
        return
    row = CalendarEdition(
        version=version, rules=rules.rows(), covered_until=rules.covered_until
    )
    CalendarEdition.objects.bulk_create([row], ignore_conflicts=True)


@lru_cache(maxsize=256)
def edition(version: str) -> WorkCalendar:
    """Give the calendar a clock is pinned to; raise EditionMissing if it was deleted.

    Kept without expiry: the version is the content, whatever region it came from.
    """
    library, _plus, notices = version.partition("+")
    known = knowledge() if library == rulebook.LIBRARY else _known_by(library)
    if not notices:
        return WorkCalendar.build(rulebook.COUNTRY, known=known)
    rules = _kept(version)
    return WorkCalendar.build(
        rulebook.COUNTRY, rules.days, rules.covered_until, known=known
    )


def _known_by(library: str) -> Knowledge:
    """Return what a library knew that was installed before; it learns years alone."""
    rules, now = _kept(library), knowledge()
    return Knowledge(
        {rule.date: rule for rule in rules.days},
        now.official_from,
        rules.covered_until or now.official_until,
    )


def _kept(version: str) -> rulebook.Rules:
    row = CalendarEdition.objects.filter(pk=version).first()
    if row is None:
        raise EditionMissing(f"找不到日历版本 {version}。")
    days = [
        DayRule(date.fromisoformat(day), workday, source, name)
        for day, workday, source, name in row.rules
    ]
    return rulebook.Rules(tuple(days), row.covered_until)


def check_days(notice: CalendarNotice, days: list[CalendarDay]) -> list[str]:
    """List what is wrong with a notice and its dates, one sentence each."""
    if not days:
        return [_("通知里没有任何日期。")]
    others = _without(notice)
    wrong: list[str] = []
    seen: set[date] = set()
    for day in days:
        if day.date in seen:
            wrong.append(_("%s 写了两次。") % day.date)
        seen.add(day.date)
        wrong += _faults(notice, day, others)
    return wrong


def _faults(
    notice: CalendarNotice, day: CalendarDay, others: WorkCalendar
) -> Iterator[str]:
    until, published = notice.covered_until, notice.published_on
    if until and day.date > until:
        yield _("%(day)s 晚于本通知安排的最后一天 %(last)s。") % {
            "day": day.date,
            "last": until,
        }
    if abs(day.date.year - published.year) > FAR_YEARS:
        yield _("%(day)s 与发布日期 %(published)s 相差太远，请核对年份。") % {
            "day": day.date,
            "published": published,
        }
    elif day.workday and day.date.weekday() < SATURDAY and others.is_workday(day.date):
        said = noted(day.date, weekday(day.date))
        yield _("%s本来就上班，不必写成调休上班。") % said


def _without(notice: CalendarNotice) -> WorkCalendar:
    """Give the calendar of a notice's region as it would be without that notice."""
    book = rulebook.current()
    others = {
        code: [(other, rows) for other, rows in held if other.pk != notice.pk]
        for code, held in book.notices.items()
    }
    rules = rulebook.merged(others, book.chain(notice.region_id))
    return WorkCalendar.build(notice.region_id, rules.days, rules.covered_until)


def changes_nothing(notice: CalendarNotice) -> list[str]:
    """List dates that say what holds without the notice; harmless, but worth a look."""
    others = _without(notice)
    return [
        (_("%s上班。") if day.workday else _("%s休息。"))
        % noted(day.date, weekday(day.date))
        for day in notice.days.order_by("date")
        if others.is_workday(day.date) == day.workday
    ]


@transaction.atomic
def record(
    *,
    region: str,
    title: str,
    source: str,
    published_on: date,
    days: dict[date, tuple[bool, str]],
    covered_until: date | None = None,
    by: str,
) -> CalendarNotice:
    """Enter a notice with its dates ({date: (workday, name)}).

    Raises CalendarRefused with every reason if the dates cannot be meant.
    """
    notice = CalendarNotice(
        region_id=region,
        title=title,
        source=source,
        published_on=published_on,
        covered_until=covered_until,
        entered_by=by,
    )
    rows = [
        CalendarDay(notice=notice, date=day, workday=workday, name=name)
        for day, (workday, name) in sorted(days.items())
    ]
    wrong = check_days(notice, rows)
    if wrong:
        raise CalendarRefused("".join(wrong))
    notice.save()
    for row in rows:
        row.save()
    return notice


def revised(notice: CalendarNotice) -> None:
    """Count one more version of a notice that was edited."""
    CalendarNotice.objects.filter(pk=notice.pk).update(version=F("version") + 1)
    notice.refresh_from_db(fields=["version"])


def furthest_open_deadline() -> date | None:
    """Give the last day any running clock may still take."""
    last: datetime | None = Clock.objects.running().aggregate(last=Max("due_at"))[
        "last"
    ]
    return day_of(last) if last else None


def alarm(at: datetime, *, region: str = rulebook.COUNTRY) -> str:
    """Say that the official calendar soon ends before the deadlines do, or nothing.

    The operator hears of it 60 days ahead, also when no clock is open (TRUST R8).
    """
    until = calendar_for(region).official_until
    furthest = furthest_open_deadline() or day_of(at)
    if furthest + timedelta(days=ALARM_DAYS) <= until:
        return ""
    return _(
        "官方放假安排只到 %(until)s，在办时限最远到 %(furthest)s："
        "请在新的放假通知发布后录入，此前越过该日的期限标为暂定。"
    ) % {"until": until, "furthest": furthest}
