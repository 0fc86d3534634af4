"""One morning digest for each manager, at 08:30 on working days."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _

from applications.models import Application
from portal.notices.models import Message
from portal.notices.services import addressing, writing
from portal.notices.services.writing import Letter
from sla.engine import SHANGHAI, midnight
from sla.ground.actors import STAFF_WHO_ACT
from sla.ground.record import for_the_record
from sla.models import Clock
from sla.services import calendars

MORNING = time(8, 30)
LISTED = 10
CHUNK = 500


@dataclass(slots=True)
class Desk:
    """What lies before one person this morning: numbers, oldest deadline first."""

    due_today: list[str] = field(default_factory=list)
    overdue: list[str] = field(default_factory=list)
    unclaimed: int = 0

    @property
    def is_clear(self) -> bool:
        """Tell whether there is nothing to say."""
        return not (self.due_today or self.overdue or self.unclaimed)


@for_the_record()
def run(*, at: datetime) -> int:
    """Write today's digests once it is 08:30 of a working day; return how many.

    Level-triggered: whoever runs late in the morning writes the same rows, once.
    """
    today = at.astimezone(SHANGHAI)
    if today.time() < MORNING or not _is_workday(today.date()):
        return 0
    about = f"digest:{today.date().isoformat()}"
    if Message.objects.filter(about=about).exists():
        return 0
    messages: list[Message] = []
    written = 0
    for person, desk in _desks(today.date(), at):
        if desk.is_clear:
            continue
        written += 1
        letter = Letter(about, str(_("今日待办")), _said(desk), link="/admin/")
        messages += addressing.messages_for(
            letter, addressing.colleague(person), happened=at, at=at, sms=False
        )
    writing.keep(messages)
    return written


def _is_workday(day: date) -> bool:
    return calendars.calendar_for(settings.HOME_REGION).is_workday(day)


def _desks(today: date, at: datetime) -> Iterator[tuple[Any, Desk]]:
    people = list(
        get_user_model()
        .objects.filter(role__in=STAFF_WHO_ACT, is_active=True)
        .order_by("pk")
    )
    desks = {person.pk: Desk() for person in people}
    for number, manager_id, due_at in _pressing(today):
        desk = desks.get(manager_id) if manager_id else None
        if desk is not None:
            (desk.overdue if due_at < at else desk.due_today).append(number)
    unclaimed = _unclaimed_by_district()
    for person in people:
        desk = desks[person.pk]
        desk.unclaimed = sum(unclaimed.get(code, 0) for code in person.district_codes())
        yield person, desk


def _pressing(today: date) -> Iterator[tuple[str, int | None, datetime]]:
    """Yield number, manager and deadline of what is due by tonight, earliest first."""
    tonight = midnight(today + timedelta(days=1))
    clocks = Clock.objects.running().filter(kind="stage", due_at__lt=tonight)
    rows = clocks.order_by("-due_at").values_list("reference", "due_at")
    # The earliest comes last, and stays.
    dues = {reference: due_at for reference, due_at in rows if due_at}
    managers = _managers_of(dues)
    for number, due_at in sorted(dues.items(), key=lambda row: (row[1], row[0])):
        yield number, managers.get(number), due_at


def _managers_of(numbers: Iterable[str]) -> dict[str, int | None]:
    wanted = list(numbers)
    managers: dict[str, int | None] = {}
    for start in range(0, len(wanted), CHUNK):
        rows = Application.objects.filter(number__in=wanted[start : start + CHUNK])
        for number, manager_id in rows.values_list("number", "manager_id"):
            managers[number or ""] = manager_id
    return managers


def _unclaimed_by_district() -> dict[str, int]:
    counts: dict[str, int] = {}
    for region_id in Application.objects.unclaimed().values_list(
        "region_id", flat=True
    ):
        counts[region_id or ""] = counts.get(region_id or "", 0) + 1
    return counts


def _said(desk: Desk) -> str:
    lines = []
    if desk.overdue:
        lines.append(_("已超期 %(n)s 件：%(list)s") % _listed(desk.overdue))
    if desk.due_today:
        lines.append(_("今日到期 %(n)s 件：%(list)s") % _listed(desk.due_today))
    if desk.unclaimed:
        lines.append(_("辖区内未认领 %(n)s 件") % {"n": desk.unclaimed})
    return "；\n".join(lines) + "。"


def _listed(numbers: list[str]) -> dict[str, object]:
    more = "……" if len(numbers) > LISTED else ""
    return {"n": len(numbers), "list": "、".join(numbers[:LISTED]) + more}
