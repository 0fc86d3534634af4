"""For every start 2004–2026 and n = 1…40 the due day is what another library says.

chinesecalendar's `is_workday` is right on every day but one: it calls 2005-12-31 a day
of rest, which 国办发明电〔2005〕35号 made a working day (swapped with 2006-01-03).
"""

from datetime import date

import chinese_calendar
import numpy as np

from tests.sla_engine.cast import ONE_DAY, national

FIRST, LAST = date(2004, 1, 1), date(2026, 12, 31)
NOTICED_OTHERWISE = {date(2005, 12, 31): True}


def oracle() -> list[date]:
    """Return all working days that chinesecalendar knows."""
    worked, at = [], FIRST
    while at <= LAST:
        if NOTICED_OTHERWISE.get(at, chinese_calendar.is_workday(at)):
            worked.append(at)
        at += ONE_DAY
    return worked


def test_every_date_is_worked_or_not_as_the_oracle_says():
    worked = set(oracle())
    at = FIRST
    while at <= LAST:
        assert national().is_workday(at) == (at in worked), at
        at += ONE_DAY


def test_the_nth_working_day_after_every_start_is_the_oracles():
    calendar = national()
    worked = oracle()
    passed, at, cases = 0, FIRST, 0
    while at <= LAST:
        if passed < len(worked) and worked[passed] == at:
            passed += 1
        for n, expected in enumerate(worked[passed : passed + 40], start=1):
            assert calendar.add(at, n) == expected, (at, n)
            cases += 1
        at += ONE_DAY
    assert cases > 330_000


def test_whole_columns_agree_with_single_dates():
    calendar = national()
    starts = np.arange(FIRST.toordinal(), LAST.toordinal() + 1)
    for n in (1, 5, 40):
        due = calendar.add_many(starts, n)
        assert [date.fromordinal(o) for o in due.tolist()] == [
            calendar.add(date.fromordinal(o), n) for o in starts.tolist()
        ]
