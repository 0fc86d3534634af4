"""The only place where time is reckoned: plain Python, no framework.

Days are dates of Asia/Shanghai; moments are aware; nothing here reads the clock.
"""

from sla.engine.calendar import (
    CalendarRangeError,
    UnknownRegion,
    WorkCalendar,
    check_region,
)
from sla.engine.days import DayRule, Verdict
from sla.engine.history import PausedSpan
from sla.engine.ledger import DayEntry
from sla.engine.limits import BadLimit, Limit
from sla.engine.moments import SHANGHAI, BadHistory, Moment, day_of, midnight
from sla.engine.prc import Knowledge, knowledge
from sla.engine.reckoning import Reckoning, reckon
from sla.engine.refusals import Unreckonable

__all__ = [
    "SHANGHAI",
    "BadHistory",
    "BadLimit",
    "CalendarRangeError",
    "DayEntry",
    "DayRule",
    "Knowledge",
    "Limit",
    "Moment",
    "PausedSpan",
    "Reckoning",
    "UnknownRegion",
    "Unreckonable",
    "Verdict",
    "WorkCalendar",
    "check_region",
    "day_of",
    "knowledge",
    "midnight",
    "reckon",
]
