"""What waits at the desks of outages, for the first page of staff."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from outages.admin.access import within_reach
from outages.lifecycles.outage import KEEPERS, OUT
from outages.lifecycles.repair import DISPATCHERS
from outages.selectors import governed, repair_desk
from sla.ground.actors import Actor


@dataclass(frozen=True, slots=True)
class Door:
    """One heap of work at a desk, with its number and its address."""

    label: str | Promise
    hint: str | Promise
    icon: str
    alarm: str
    count: int
    href: str

    @property
    def tone(self) -> str:
        """Return the tone of the figure; an empty heap alarms nobody."""
        return self.alarm if self.count else "none"


def doors(by: Actor, *, at: datetime) -> list[Door]:
    """Return what waits for this person beside the tickets; at most four queries."""
    return [*_repairs(by), *_outages(by), *_cases(by, at)]


def _repairs(by: Actor) -> list[Door]:
    if by.role not in DISPATCHERS:
        return []
    numbers = repair_desk.counts(by)
    desk = reverse("admin:outages_repairorder_changelist")
    return [
        Door(
            _("抢修待派单"), _("还没有派出班组"), "telephone-inbound", "overdue",
            numbers["received"], f"{desk}?queue=received",
        ),
        Door(
            _("抢修在办"), _("还有人在等来电"), "tools", "warning",
            numbers["open"], desk,
        ),
    ]  # fmt: skip


def _outages(by: Actor) -> list[Door]:
    if by.role not in KEEPERS:
        return []
    out = within_reach(by).filter(status__in=sorted(OUT)).count()
    desk = reverse("admin:outages_outage_changelist")
    return [
        Door(
            _("正在停电"), _("停电、公告、原因认定"), "lightning-charge", "overdue",
            out, f"{desk}?heap=out",
        )
    ]  # fmt: skip


def _cases(by: Actor, at: datetime) -> list[Door]:
    if by.role not in KEEPERS:
        return []
    waiting = governed.in_queue(governed.reach(by), "to_plan", at=at).count()
    desk = reverse("admin:outages_governancecase_changelist")
    return [
        Door(
            _("频繁停电待治理"), _("已超标，还没有方案"), "pencil-square", "overdue",
            waiting, f"{desk}?queue=to_plan",
        )
    ]  # fmt: skip
