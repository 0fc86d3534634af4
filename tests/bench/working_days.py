"""The n-th working day after a date: prefix tables beside libraries and numpy."""

import random
from collections.abc import Callable, Sequence
from datetime import date
from statistics import median
from time import perf_counter_ns

import chinese_calendar
import holidays
import numpy as np

from sla.engine import WorkCalendar
from tests.bench.rows import Row, limited, peer, reference

FIRST, LAST = date(2004, 1, 1), date(2026, 10, 31)
ROUNDS, REPEATS = 7, 4
SCALAR_LIMIT_NS = 200
COLUMN = 1_000_000

Case = tuple[date, int]
Way = Callable[[date, int], object]


def run() -> list[Row]:
    """Measure single dates, then a column of a million, in interleaved rounds."""
    calendar = WorkCalendar.build("CN")
    return [*single_dates(calendar), *columns(calendar)]


def single_dates(calendar: WorkCalendar) -> list[Row]:
    """Return the cost of one answer, in nanoseconds."""
    library = holidays.country_holidays("CN", years=range(2003, 2029))
    rested = resting(calendar)

    def busday(start: date, n: int) -> object:
        return np.busday_offset(start, n, roll="preceding", busdaycal=rested)

    def find_workday(start: date, n: int) -> object:
        return chinese_calendar.find_workday(n, start)

    cases = some_cases(calendar, 2_000)
    few = cases[:50]
    ways: dict[str, tuple[Way, Sequence[Case]]] = {
        "add": (calendar.add, cases),
        "holidays.get_nth_working_day": (library.get_nth_working_day, cases[:500]),
        "numpy.busday_offset": (busday, cases[:500]),
        "chinesecalendar.find_workday": (find_workday, few),
    }
    for start, n in few:
        assert library.get_nth_working_day(start, n) == calendar.add(start, n)
    costs = interleaved(ways)
    ours, theirs = costs.pop("add"), costs["holidays.get_nth_working_day"]
    return [
        reference("add", ours, "ns"),
        limited("add ÷ 0.2 µs", ours, "ns", ours / SCALAR_LIMIT_NS, 1),
        limited("add ÷ holidays.get_nth_working_day", ours, "ns", ours / theirs, 0.01),
        *(peer(name, cost, "ns", cost / ours) for name, cost in costs.items()),
    ]


def columns(calendar: WorkCalendar) -> list[Row]:
    """Return the cost of one answer among a million."""
    spread = np.random.default_rng(7)
    starts = spread.integers(FIRST.toordinal(), LAST.toordinal(), COLUMN)
    numbers = spread.integers(1, 41, COLUMN)
    epoch = date(1970, 1, 1).toordinal()
    as_dates = (starts - epoch).astype("datetime64[D]")
    rested = resting(calendar)
    ours: list[float] = []
    theirs: list[float] = []
    for _round in range(3):
        began = perf_counter_ns()
        due = calendar.add_many(starts, numbers)
        ours.append((perf_counter_ns() - began) / COLUMN)
        began = perf_counter_ns()
        expected = np.busday_offset(
            as_dates, numbers, roll="preceding", busdaycal=rested
        )
        theirs.append((perf_counter_ns() - began) / COLUMN)
        assert np.array_equal(due, expected.astype(np.int64) + epoch)
    cost, peers = median(ours), median(theirs)
    return [
        reference("add_many, 1 000 000", cost, "ns"),
        peer("numpy.busday_offset, 1 000 000", peers, "ns", peers / cost),
    ]


def some_cases(calendar: WorkCalendar, number: int) -> list[Case]:
    """Return random starts, all worked (one peer rolls others forward first)."""
    spread = random.Random(7)
    cases: list[Case] = []
    while len(cases) < number:
        ordinal = spread.randrange(FIRST.toordinal(), LAST.toordinal())
        start = date.fromordinal(ordinal)
        if calendar.is_workday(start):
            cases.append((start, spread.randrange(1, 41)))
    return cases


def resting(calendar: WorkCalendar) -> np.busdaycalendar:
    """Return numpy's calendar: a week of seven days, every rest day a holiday."""
    every = map(date.fromordinal, range(FIRST.toordinal(), LAST.toordinal() + 900))
    off = [day for day in every if not calendar.is_workday(day)]
    return np.busdaycalendar(weekmask="1111111", holidays=off)


def interleaved(ways: dict[str, tuple[Way, Sequence[Case]]]) -> dict[str, float]:
    """Return the median cost per call of each way, measured in turns.

    Each turn takes the best of a few repeats: a slow peer leaves cold caches behind,
    and other work on the machine only ever adds.
    """
    costs: dict[str, list[float]] = {name: [] for name in ways}
    for _round in range(ROUNDS):
        for name, (way, cases) in ways.items():
            costs[name].append(min(timed(way, cases) for _repeat in range(REPEATS)))
    return {name: median(spent) for name, spent in costs.items()}


def timed(way: Way, cases: Sequence[Case]) -> float:
    """Return the mean cost per call, in nanoseconds."""
    began = perf_counter_ns()
    for start, n in cases:
        way(start, n)
    return (perf_counter_ns() - began) / len(cases)
