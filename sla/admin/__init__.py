"""The operator's pages: regions, working days, policies, and clocks to look at."""

from sla.admin.calendar import CalendarNoticeAdmin
from sla.admin.clock import ClockAdmin
from sla.admin.policy import PolicyAdmin
from sla.admin.region import RegionAdmin

__all__ = ["CalendarNoticeAdmin", "ClockAdmin", "PolicyAdmin", "RegionAdmin"]
