"""The day ledger laid out as a calendar: 为什么是这一天."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from sla import words
from sla.engine.days import HOLIDAY, MAKE_UP, PAUSED, WEEKEND, WORKDAY
from sla.vocabulary import Unit

KINDS = {
    WORKDAY: "workday",
    WEEKEND: "weekend",
    HOLIDAY: "holiday",
    MAKE_UP: "makeup",
    PAUSED: "paused",
}
COLUMNS = (
    pgettext_lazy("column of a calendar", "一"),
    pgettext_lazy("column of a calendar", "二"),
    pgettext_lazy("column of a calendar", "三"),
    pgettext_lazy("column of a calendar", "四"),
    pgettext_lazy("column of a calendar", "五"),
    pgettext_lazy("column of a calendar", "六"),
    pgettext_lazy("column of a calendar", "日"),
)
# The 休 and 班 of a Chinese wall calendar.
FLAGS = {
    "holiday": pgettext_lazy("on a calendar day", "休"),
    "makeup": pgettext_lazy("on a calendar day", "班"),
}
FESTIVALS = {
    "元旦": gettext_lazy("元旦"),
    "春节": gettext_lazy("春节"),
    "农历除夕": gettext_lazy("农历除夕"),
    "春节延长假期": gettext_lazy("春节延长假期"),
    "清明节": gettext_lazy("清明节"),
    "劳动节": gettext_lazy("劳动节"),
    "端午节": gettext_lazy("端午节"),
    "中秋节": gettext_lazy("中秋节"),
    "国庆节": gettext_lazy("国庆节"),
}
_SWAPPED = re.compile(r"与(\d{4}-\d{2}-\d{2})调休")


@dataclass(frozen=True, slots=True)
class Day:
    """One cell: the date, its class, the short words on it and the full sentence."""

    date: date
    kind: str
    word: str
    flag: str
    says: str
    counted: bool
    due: bool = False
    first: bool = False

    @property
    def shown(self) -> str:
        """Write the day of the month, with the month where one begins."""
        if self.first or self.date.day == 1:
            return words.calendar_day(self.date)
        return str(self.date.day)


@dataclass(frozen=True, slots=True)
class Ledger:
    """Weeks of cells (None outside the span), and what stands under the calendar."""

    weeks: list[list[Day | None]]
    summary: str
    pauses: list[str]
    sources: list[str]

    @property
    def weekdays(self) -> list[tuple[str, str]]:
        """Name what heads the columns, in full and as a letter or so."""
        return [
            (str(name), str(short))
            for name, short in zip(words.WEEKDAYS, COLUMNS, strict=True)
        ]


def lay_out(
    entries: Iterable[Any], started_on: date | str | None, due_on: date | str | None
) -> Ledger:
    """Turn ledger entries (``DayEntry`` or their JSON form) into a calendar."""
    start, due = _date(started_on or None), _date(due_on or None)
    rows = [_fields(entry) for entry in entries]
    cells: list[Day] = [_start_cell(start)] if start else []
    number = 0
    for day, verdict, counted, note in rows:
        number += counted
        cells.append(_cell(day, verdict, counted, note, number, day == due))
    return Ledger(
        weeks=_weeks(cells),
        summary=_summary(rows),
        pauses=_distinct(
            words.recorded(note)
            for _day, verdict, _counted, note in rows
            if verdict == PAUSED
        ),
        sources=_distinct(
            _split(note)[1]
            for _day, verdict, _counted, note in rows
            if verdict != PAUSED
        ),
    )


def _date(value: date | str | None) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _fields(entry: Any) -> tuple[date, str, bool, str]:
    if isinstance(entry, Mapping):
        day = date.fromisoformat(str(entry["date"]))
        return day, entry["verdict"], entry["counted"], entry.get("note", "")
    return entry.date, entry.verdict, entry.counted, entry.note


def _start_cell(day: date) -> Day:
    said = words.strung([words.short_day(day), _("起算日"), _("不计入")])
    return Day(day, "start", _("起算日"), "", said, counted=False)


def _cell(
    day: date, verdict: str, counted: bool, note: str, number: int, due: bool
) -> Day:
    kind = KINDS.get(verdict, "workday")
    festival, note_on_it = _festival(_split(note)[0]) if kind in FLAGS else ("", "")
    judged = words.verdict(verdict)
    reason = words.recorded(note) if kind == "paused" else festival + note_on_it
    if counted:
        word = _("第%d天") % number
    else:
        word = festival or judged if kind == "holiday" else judged
    said = [
        words.short_day(day),
        judged,
        reason,
        _("第 %d 天") % number if counted else _("不计入"),
    ]
    if due:
        said.append(_("到期日"))
    return Day(
        date=day,
        kind=kind,
        word=word,
        flag=str(FLAGS.get(kind, "")),
        says=words.strung(part for part in said if part),
        counted=counted,
        due=due,
    )


def _festival(name: str) -> tuple[str, str]:
    """Say the festivals of a day, and what a notice did to it: 国庆节, （补假）."""
    names, bracket, note = name.partition("（")
    said = words.listed(FESTIVALS.get(one, one) for one in names.split("、"))
    if not bracket:
        return said, ""
    note = note.removesuffix("）")
    swapped = _SWAPPED.fullmatch(note)
    if swapped:
        note = _("与%(day)s调休") % {"day": swapped[1]}
    elif note == "补假":
        note = _("补假")
    return said, words.noted("", note)


def _split(note: str) -> tuple[str, str]:
    """Part a note into festival and source, as ``Verdict.note`` joins them."""
    name, __, source = note.rpartition(" · ")
    return (name, source) if name else ("", note)


def _weeks(cells: Sequence[Day]) -> list[list[Day | None]]:
    """Lay consecutive days out by weeks that begin on Monday."""
    if not cells:
        return []
    by_date: dict[date, Day] = {cell.date: cell for cell in cells}
    by_date[cells[0].date] = replace(cells[0], first=True)
    monday = cells[0].date - timedelta(days=cells[0].date.weekday())
    weeks: list[list[Day | None]] = []
    while monday <= cells[-1].date:
        weeks.append([by_date.get(monday + timedelta(days=n)) for n in range(7)])
        monday += timedelta(days=7)
    return weeks


def _summary(rows: Sequence[tuple[date, str, bool, str]]) -> str:
    """Say how many days counted and how many did not, by kind."""
    counted = sum(row[2] for row in rows)
    left_out = Counter(verdict for _day, verdict, counts, _note in rows if not counts)
    whole = len(rows)
    if not left_out:
        return ngettext("共 %d 天，全部计入。", "共 %d 天，全部计入。", whole) % whole
    skipped = words.listed(
        _("%(kind)s %(days)s")
        % {
            "kind": words.verdict(verdict),
            "days": words.amount(n, Unit.CALENDAR_DAY),
        }
        for verdict, n in left_out.items()
    )
    return _("起算日次日起共 %(all)s：计入 %(counted)s，不计入%(skipped)s。") % {
        "all": words.amount(whole, Unit.CALENDAR_DAY),
        "counted": words.amount(counted, Unit.CALENDAR_DAY),
        "skipped": skipped,
    }


def _distinct(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(text for text in texts if text))
