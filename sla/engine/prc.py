"""Working days of the People's Republic of China, as far as notices are known.

The `holidays` library carries the yearly notices of the State Council with their
swapped days, and beyond them the statutory days of the law. Where it departs from a
notice, the correction stands here as data, with its source.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import holidays

from sla.engine.days import DayRule, is_weekend

FIRST = date(2000, 1, 1)
LAST = date(2100, 12, 31)

LAW = "全国年节及纪念日放假办法"
_NOTICE = "国务院办公厅关于{year}年部分节假日安排的通知"
_NOTICE_TITLES = {
    2001: "国务院办公厅关于2001年春节、“五一”、“十一”放假安排的通知",
    2002: "国务院办公厅关于2002年部分节假日休息安排的通知",
    2003: "国务院办公厅关于2003年部分节假日休息安排的通知",
    2006: "国务院办公厅关于2006年部分节假日安排的通知（国办发明电〔2005〕35号）",
}
_SARS = "国务院办公厅关于2003年“五一”放假调休安排的通知"
_VICTORY = "国务院关于中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日调休放假的通知"
_LABOUR_2019 = "国务院办公厅关于调整2019年劳动节假期安排的通知"
_EPIDEMIC = "国务院办公厅关于延长2020年春节假期的通知"
# Days that a later notice changed within its year.
_LATER_NOTICES = {
    date(2003, 5, 5): _SARS,
    date(2015, 9, 3): _VICTORY,
    date(2015, 9, 4): _VICTORY,
    date(2015, 9, 6): _VICTORY,
    date(2019, 4, 28): _LABOUR_2019,
    date(2019, 5, 2): _LABOUR_2019,
    date(2019, 5, 3): _LABOUR_2019,
    date(2019, 5, 5): _LABOUR_2019,
    date(2020, 1, 31): _EPIDEMIC,
    date(2020, 2, 1): _EPIDEMIC,
    date(2020, 2, 2): _EPIDEMIC,
}
# On 2003-04-21 the long May holiday was called off because of SARS; the library still
# has the plan of the year before.
CORRECTIONS = (
    DayRule(date(2003, 4, 26), False, _SARS),
    DayRule(date(2003, 4, 27), False, _SARS),
    DayRule(date(2003, 5, 6), True, _SARS),
    DayRule(date(2003, 5, 7), True, _SARS),
)

_SWAP = re.compile(r"由 (\d{4}-\d{2}-\d{2}) 调休")
# Parts of 春节 that are not a festival of their own.
_NOT_A_FESTIVAL = {"农历除夕", "春节延长假期"}
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Every date that a notice or law speaks of, and the span of official notices."""

    rules: dict[date, DayRule]
    official_from: date
    official_until: date


@cache
def knowledge() -> Knowledge:
    """Return what is known of every date from FIRST to LAST (once per process)."""
    table: dict[date, str] = {}
    years = range(FIRST.year, LAST.year + 1)
    library = holidays.country_holidays("CN", language="zh_CN", years=years)
    table.update(library.items())
    swaps = {
        day: date.fromisoformat(found[1])
        for day, label in table.items()
        if (found := _SWAP.search(label))
    }
    # A year was noticed when days were swapped in it: no notice ever did without, and
    # a single extra day announced early does not make a year official.
    noticed = {_notice_year(day) for day in swaps}
    rules = {rule.date: rule for rule in _rules(table, swaps, noticed)}
    rules.update((rule.date, rule) for rule in CORRECTIONS)
    return Knowledge(rules, date(min(noticed), 1, 1), date(max(noticed), 12, 31))


def _rules(
    table: dict[date, str], swaps: dict[date, date], noticed: set[int]
) -> Iterator[DayRule]:
    worked = set(swaps.values())
    for day, label in table.items():
        if day not in swaps:
            source = _source(day, day.year, noticed)
            yield DayRule(day, False, source, label.replace("; ", "、"))
            continue
        # The notice is of the day off, even for a day worked in the December before.
        year = _notice_year(day)
        name = _festival(day, table, worked)
        swapped = swaps[day]
        off, on = _source(day, year, noticed), _source(swapped, year, noticed)
        yield DayRule(day, False, off, f"{name}（与{swapped}调休）")
        yield DayRule(swapped, True, on, f"{name}（与{day}调休）")


def _notice_year(day_off: date) -> int:
    """Return the year whose notice gave a day off: December's belong to 元旦."""
    return day_off.year + (day_off.month == 12)


def _source(day: date, year: int, noticed: set[int]) -> str:
    if day in _LATER_NOTICES:
        return _LATER_NOTICES[day]
    if year not in noticed:
        return LAW
    return _NOTICE_TITLES.get(year) or _NOTICE.format(year=year)


def _festival(day: date, table: dict[date, str], worked: set[date]) -> str:
    """Return the festivals of the unbroken run of rest days around a swapped day."""

    def rests(one: date) -> bool:
        return one in table or (is_weekend(one) and one not in worked)

    first = day
    while rests(first - _ONE_DAY):
        first -= _ONE_DAY
    names: dict[str, None] = {}
    while rests(first):
        for name in table.get(first, "").split("; "):
            if name and "（" not in name and name not in _NOT_A_FESTIVAL:
                names[name] = None
        first += _ONE_DAY
    return "、".join(names)
