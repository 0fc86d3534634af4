"""The queues of the workbench: what waits for whom, counted and listed by one rule."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min, OuterRef, Q, QuerySet, Subquery
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from applications.lifecycle import UTILITY_STATUSES, Status
from applications.models import Application
from applications.selectors.deadlines import Ticket, counting, tickets
from sla.engine import day_of, midnight
from sla.ground.actors import STAFF_WHO_ACT, Actor, Role
from sla.vocabulary import ClockState


@dataclass(frozen=True, slots=True)
class Queue:
    """One heap of work; ``tone`` colours it when it is not empty."""

    name: str
    label: str | Promise
    hint: str | Promise
    icon: str
    tone: str = "none"
    personal: bool = False


def _queues(*queues: Queue) -> dict[str, Queue]:
    return {queue.name: queue for queue in queues}


QUEUES = _queues(
    Queue(
        "my_turn",
        _("轮到我办"),
        _("我负责，该我们办"),
        "person-fill-exclamation",
        "normal",
        personal=True,
    ),
    Queue("mine", _("我的"), _("我负责的全部在办"), "person-check", personal=True),
    Queue("unclaimed", _("未认领"), _("还没有客户经理"), "inbox", "warning"),
    Queue(
        "due_today", _("今日到期"), _("今天 24:00 前要办完"), "alarm-fill", "due_today"
    ),
    Queue(
        "overdue",
        _("已超期"),
        _("超过国家时限"),
        "exclamation-octagon-fill",
        "overdue",
    ),
    Queue(
        "returned", _("待补正"), _("等申请人补齐材料"), "arrow-return-left", "paused"
    ),
    Queue("permit", _("等待行政审批"), _("外线工程审批中"), "bank", "paused"),
    Queue(
        "to_review",
        _("待我复核"),
        _("图纸、报验、异议"),
        "clipboard-check",
        "normal",
        personal=True,
    ),
    Queue("open", _("全部在办"), _("尚未办结的申请"), "collection"),
)

# What the applicant handed in and the utility has to examine.
_EXAMINED = frozenset(
    {
        Status.DESIGN_REVIEW,
        Status.MID_INSPECTION,
        Status.FINAL_INSPECTION,
        Status.PLAN_OBJECTED,
    }
)
MINE, NOBODYS = "mine", "nobody's"


@dataclass(frozen=True, slots=True)
class Cell:
    """How many open applications share status and manager; how many await a permit."""

    status: str
    manager_id: int | None
    count: int
    permits: int


@dataclass(frozen=True, slots=True)
class Rule:
    """What puts an open application into a queue; ``None`` asks for nothing.

    Said once: as a condition it lists the queue, upon cells it counts it.
    """

    whose: str | None = None  # MINE or NOBODYS
    statuses: frozenset[str] | None = None
    permit: bool | None = None

    def condition(self, by: Actor) -> Q:
        """Return the rule as a condition on applications."""
        found = Q()
        if self.whose is not None:
            found &= Q(manager_id=self._manager(by))
        if self.statuses is not None:
            found &= Q(status__in=sorted(self.statuses))
        if self.permit is not None:
            found &= Q(permit_since__isnull=not self.permit)
        return found

    def count(self, cells: Iterable[Cell], by: Actor) -> int:
        """Return how many applications of these cells the rule is for."""
        return sum(self._of(cell) for cell in cells if self._concerns(cell, by))

    def _concerns(self, cell: Cell, by: Actor) -> bool:
        return (self.whose is None or cell.manager_id == self._manager(by)) and (
            self.statuses is None or cell.status in self.statuses
        )

    def _of(self, cell: Cell) -> int:
        if self.permit is None:
            return cell.count
        return cell.permits if self.permit else cell.count - cell.permits

    def _manager(self, by: Actor) -> int | None:
        return by.pk if self.whose == MINE else None


_RULES = {
    "my_turn": Rule(MINE, frozenset(UTILITY_STATUSES), permit=False),
    "mine": Rule(MINE),
    "unclaimed": Rule(NOBODYS),
    "returned": Rule(statuses=frozenset({Status.RETURNED})),
    "permit": Rule(permit=True),
    "to_review": Rule(MINE, _EXAMINED, permit=False),
    "open": Rule(),
}


def offered_to(by: Actor) -> list[Queue]:
    """Return the queues this person works with; who only looks has no own ones."""
    acts = by.role in STAFF_WHO_ACT
    return [queue for queue in QUEUES.values() if acts or not queue.personal]


def in_queue(name: str, *, by: Actor, at: datetime) -> QuerySet[Application]:
    """Return the open applications of one queue within this person's reach.

    Raises KeyError for a queue that does not exist.
    """
    reach = Application.objects.visible_to(by).open()
    if name == "overdue":
        return reach.filter(number__in=_references(before=at))
    if name == "due_today":
        due = reach.filter(number__in=_references(before=_tonight(at)))
        return due.exclude(number__in=_references(before=at))
    return reach.filter(_RULES[name].condition(by))


def counts(*, by: Actor, at: datetime) -> dict[str, int]:
    """Return how many applications each queue holds (two queries at any number)."""
    reach = Application.objects.visible_to(by).open()
    shared = reach.values_list("status", "manager_id")
    cells = [Cell(*row) for row in shared.annotate(Count("pk"), Count("permit_since"))]
    found = {name: rule.count(cells, by) for name, rule in _RULES.items()}
    due = _running().filter(
        due_at__lt=_tonight(at), reference__in=reach.values("number")
    )
    late = due.aggregate(
        any=Count("reference", distinct=True),
        overdue=Count("reference", distinct=True, filter=Q(due_at__lt=at)),
    )
    overdue = late["overdue"]
    return found | {"overdue": overdue, "due_today": late["any"] - overdue}


def by_due(applications: QuerySet[Application]) -> QuerySet[Application]:
    """Annotate ``first_due``, the nearest national deadline (null: nothing runs)."""
    clocks = _running().filter(reference=OuterRef("number")).values("reference")
    # The first row by due_at would tempt PostgreSQL to read all that is due, each time.
    nearest = clocks.annotate(first=Min("due_at")).values("first")
    return applications.annotate(first_due=Subquery(nearest))


def urgent(*, by: Actor, at: datetime, most: int) -> list[Ticket]:
    """Return the tickets whose deadlines come first (three queries at any number).

    For a manager: their own and what nobody handles yet; a supervisor answers for all.
    Read along the index of due moments, so the cost does not grow with what is open.
    """
    reach = Application.objects.visible_to(by).open()
    if by.role == Role.MANAGER:
        reach = reach.filter(Q(manager_id=by.pk) | Q(manager__isnull=True))
    clocks = _running().filter(reference__in=reach.values("number")).order_by("due_at")
    # A ticket has at most two such clocks, its stage and its total.
    references = clocks.values_list("reference", flat=True)[: 2 * most]
    order = list(dict.fromkeys(references))[:most]
    rows = {row.number: row for row in listed(reach.filter(number__in=order))}
    return tickets([rows[number] for number in order if number in rows], at=at)


# What a line of a list shows; the rest, encrypted numbers above all, stays where it is.
LINE = (
    "number",
    "status",
    "user_type",
    "capacity_kw",
    "address",
    "key_project",
    "permit_since",
    "submitted_at",
    "last_seq",
    "applicant__kind",
    "applicant__name",
    "region__name",
    "manager__display_name",
)


def listed(applications: QuerySet[Application]) -> QuerySet[Application]:
    """Fetch what a list shows, and nothing else."""
    return applications.select_related("applicant", "region", "manager").only(*LINE)


def _running() -> QuerySet:  # type: ignore[type-arg]
    return counting().filter(state=ClockState.RUNNING)


def _references(*, before: datetime) -> QuerySet:  # type: ignore[type-arg]
    return _running().filter(due_at__lt=before).values("reference")


def _tonight(at: datetime) -> datetime:
    """Return the end of the Shanghai day that ``at`` falls in."""
    return midnight(day_of(at) + timedelta(days=1))
