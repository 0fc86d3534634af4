"""Days, moments, lengths and lists: one way to say each, in each language."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.utils import translation

from outages.selectors import sentences
from portal.public.ledger import lay_out
from sla import words
from sla.engine import DayEntry
from tests.cast import at

DAY = date(2026, 11, 25)
LATE = at("2026-11-25", "00:30")


@pytest.mark.parametrize(
    ("say", "chinese", "english"),
    [
        (lambda: words.weekday(DAY), "周三", "Wed"),
        (lambda: words.month(DAY), "2026年11月", "November 2026"),
        (lambda: words.month_name(11), "11月", "November"),
        (lambda: words.month_day(DAY), "11月25日", "25 November"),
        (lambda: words.plain_day(DAY), "2026年11月25日", "25 November 2026"),
        (lambda: words.short_day(DAY), "11月25日（周三）", "Wed 25 November"),
        (lambda: words.full_day(DAY), "2026年11月25日（周三）", "Wed 25 November 2026"),
        (
            lambda: words.short_moment(LATE),
            "11月25日（周三）00:30",
            "Wed 25 November, 00:30",
        ),
        (
            lambda: words.full_moment(LATE),
            "2026年11月25日（周三）00:30",
            "Wed 25 November 2026, 00:30",
        ),
        (
            lambda: words.exact_moment(LATE + timedelta(seconds=5)),
            "2026年11月25日00:30:05",
            "25 November 2026, 00:30:05",
        ),
        (lambda: words.amount(1, "working_day"), "1 个工作日", "1 working day"),
        (lambda: words.amount(3, "working_day"), "3 个工作日", "3 working days"),
        (lambda: words.amount(7, "calendar_day"), "7 天", "7 days"),
        (lambda: words.amount(45, "minute"), "45 分钟", "45 minutes"),
        (lambda: words.length(10, "working_day"), "10个工作日", "10 working days"),
        (lambda: words.length(8, "calendar_day"), "8日", "8 days"),
        (
            lambda: words.exact_length(timedelta(days=6, hours=1, minutes=59)),
            "6天1小时59分钟",
            "6 days 1 hour 59 minutes",
        ),
        (lambda: words.exact_length(timedelta(seconds=1)), "1秒", "1 second"),
        (lambda: words.exact_length(timedelta(0)), "0秒", "0 seconds"),
        (
            lambda: sentences.length(timedelta(hours=2, minutes=1)),
            "2 小时 1 分钟",
            "2 hours 1 minute",
        ),
        (
            lambda: sentences.window(LATE, LATE + timedelta(hours=2), at=LATE),
            "今天 00:30 至 02:30",
            "today, 00:30 to 02:30",
        ),
        (
            lambda: sentences.day(LATE, at=LATE - timedelta(days=2)),
            "后天",
            "the day after tomorrow",
        ),
    ],
)
def test_each_is_said_in_each_language(
    say: Callable[[], str], chinese: str, english: str
) -> None:
    assert say() == chinese
    with translation.override("en"):
        assert say() == english


@pytest.mark.parametrize(
    ("say", "chinese", "english"),
    [
        (lambda: words.listed(["L1", "L2"]), "L1、L2", "L1, L2"),
        (lambda: words.clauses(["a, b", "c"]), "a, b；c", "a, b; c"),
        (lambda: words.strung(["a", "b"]), "a，b", "a, b"),
        (lambda: words.run_on(["One.", "", "Two."]), "One.Two.", "One. Two."),
        (lambda: words.run_on([]), "", ""),
        (lambda: words.labelled("A", "b"), "A：b", "A: b"),
        (lambda: words.labelled("A", ""), "A", "A"),
        (lambda: words.noted("A", "b"), "A（b）", "A (b)"),
        (lambda: words.noted("A", None), "A", "A"),
    ],
)
def test_joints_are_those_of_the_language(
    say: Callable[[], str], chinese: str, english: str
) -> None:
    assert say() == chinese
    with translation.override("en"):
        assert say() == english


def test_a_year_is_said_where_it_is_another() -> None:
    assert words.day(DAY, today=date(2026, 1, 1)) == "11月25日（周三）"
    assert words.day(DAY, today=date(2027, 1, 1)) == "2026年11月25日（周三）"
    assert words.day(DAY, today=None) == "11月25日（周三）"


def test_records_are_shown_in_the_language_of_the_page_but_for_what_was_typed() -> None:
    with translation.override("en"):
        assert words.recorded("系统") == "System"
        assert words.recorded("系统；停电检修") == "System; 停电检修"
        assert words.recorded("") == ""
    assert words.recorded("系统；停电检修") == "系统；停电检修"


def test_the_day_ledger_names_festivals_and_swapped_days() -> None:
    entries = [
        DayEntry(date(2026, 10, 1), "法定节假日", False, "国庆节 · 通知"),
        DayEntry(
            date(2026, 10, 7), "法定节假日", False, "国庆节（与2026-10-10调休） · 通知"
        ),
        DayEntry(date(2026, 10, 8), "工作日", True, ""),
    ]
    with translation.override("en"):
        first, swapped, counted = [
            day for week in lay_out(entries, None, None).weeks for day in week if day
        ]
        assert first.word == "National Day"
        assert "swapped" in swapped.says
        assert "2026-10-10" in swapped.says
        assert counted.says == "Thu 8 October, working day, day 1"
        summary = lay_out(entries, None, None).summary
    assert "法定节假日" not in summary
    assert lay_out(entries, None, None).summary == (
        "起算日次日起共 3 天：计入 1 天，不计入法定节假日 2 天。"
    )
