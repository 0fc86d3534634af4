"""The day ledger laid out as a calendar: 为什么是这一天."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sla.engine.days import HOLIDAY, MAKE_UP, PAUSED, WEEKEND, WORKDAY

KINDS = {
    WORKDAY: "workday",
    WEEKEND: "weekend",
    HOLIDAY: "holiday",
    MAKE_UP: "makeup",
    PAUSED: "paused",
}
WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class Day:
    """One cell: the date, its class, the short words on it and the full sentence.

    ``flag`` is the 休 or 班 of a Chinese wall calendar.
    """

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
            return f"{self.date.month}/{self.date.day}"
        return str(self.date.day)


@dataclass(frozen=True, slots=True)
class Ledger:
    """Weeks of cells (None outside the span), and what stands under the calendar."""

    weeks: list[list[Day | None]]
    summary: str
    pauses: list[str]
    sources: list[str]


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
        pauses=_distinct(note for _, verdict, _, note in rows if verdict == PAUSED),
        sources=_distinct(
            _split(note)[1] for _, verdict, _, note in rows if verdict != PAUSED
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
    said = f"{_said(day)}，起算日，不计入"
    return Day(day, "start", "起算日", "", said, counted=False)


def _cell(
    day: date, verdict: str, counted: bool, note: str, number: int, due: bool
) -> Day:
    kind = KINDS.get(verdict, "workday")
    name = _split(note)[0] if kind in ("holiday", "makeup") else ""
    reason = note if kind == "paused" else name
    if counted:
        word = f"第{number}天"
    else:
        word = name.split("（")[0] or verdict if kind == "holiday" else verdict
    said = [_said(day), verdict, reason, f"第 {number} 天" if counted else "不计入"]
    if due:
        said.append("到期日")
    return Day(
        date=day,
        kind=kind,
        word=word,
        flag={"holiday": "休", "makeup": "班"}.get(kind, ""),
        says="，".join(part for part in said if part),
        counted=counted,
        due=due,
    )


def _said(day: date) -> str:
    return f"{day.month}月{day.day}日（周{WEEKDAYS[day.weekday()]}）"


def _split(note: str) -> tuple[str, str]:
    """Part a note into festival and source, as ``Verdict.note`` joins them."""
    name, _, source = note.rpartition(" · ")
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
    left_out = Counter(verdict for _, verdict, counts, _ in rows if not counts)
    if not left_out:
        return f"共 {len(rows)} 天，全部计入。"
    skipped = "、".join(f"{verdict} {n} 天" for verdict, n in left_out.items())
    return f"起算日次日起共 {len(rows)} 天：计入 {counted} 天，不计入{skipped}。"


def _distinct(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(text for text in texts if text))
