"""Rows of the ground floor: regions, working days, policies and clocks."""

from sla.models.calendar import CalendarDay, CalendarEdition, CalendarNotice
from sla.models.clock import Clock, ClockEvent
from sla.models.policy import Policy, PolicyLimit
from sla.models.region import Region
from sla.models.rules_mark import RulesMark

__all__ = [
    "CalendarDay",
    "CalendarEdition",
    "CalendarNotice",
    "Clock",
    "ClockEvent",
    "Policy",
    "PolicyLimit",
    "Region",
    "RulesMark",
]
