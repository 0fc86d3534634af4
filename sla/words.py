"""Dates and limits as people read them."""

from datetime import date

from sla.vocabulary import Unit

WEEKDAYS = "一二三四五六日"


def weekday(day: date) -> str:
    """Name the weekday: 周二."""
    return f"周{WEEKDAYS[day.weekday()]}"


def day_words(day: date) -> str:
    """Write a date as people read it: 2026年10月20日（周二）."""
    return f"{day.year}年{day.month}月{day.day}日（{weekday(day)}）"


def length(value: int, unit: str) -> str:
    """Write a limit as people read it: 10个工作日, 8日, 45分钟."""
    return f"{value}{'个' if unit == Unit.WORKING_DAY else ''}{Unit(unit).label}"
