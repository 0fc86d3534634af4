"""Which reports are one trouble: a known outage, an open order, or something new."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from outages import rules
from outages.lifecycles.outage import OUT, Status
from outages.models import (
    Account,
    FaultReport,
    Interruption,
    Line,
    Outage,
    Premises,
    RepairOrder,
    Transformer,
)
from outages.vocabulary import (
    URGENCY,
    AreaClass,
    Importance,
    OutageKind,
    Trouble,
)
from sla.models import Region

# What an outage explains. A wire on the ground or a flickering lamp it does not: those
# need a crew even where power is said to be off.
WITHOUT_POWER = frozenset({Trouble.HOME, Trouble.BUILDING, Trouble.NEIGHBOURHOOD})


@dataclass(frozen=True, slots=True)
class Where:
    """The place of a trouble, as far as the network knows it."""

    region: str
    place: str
    premises: Premises | None = None
    account: Account | None = None
    transformer: Transformer | None = None

    @property
    def line(self) -> Line | None:
        return self.transformer.line if self.transformer else None

    @property
    def area_class(self) -> str:
        """Return the class of the area; an unknown place gets the strictest promise."""
        return self.transformer.area_class if self.transformer else AreaClass.URBAN


def urgency_of(trouble: str, importance: str) -> int:
    """Return 1 (most urgent) to 5; danger to life comes before everything."""
    if trouble == Trouble.DANGER:
        return 1
    return URGENCY[Importance(importance)]


def hold(where: Where) -> None:
    """Let reports of one 台区 (or, where none is known, one district) come in turn.

    Otherwise two neighbours who press at the same moment would send two crews.
    """
    if where.transformer is not None:
        areas = Transformer.objects.select_for_update(of=("self",), no_key=True)
        areas.get(pk=where.transformer.pk)
    else:
        districts = Region.objects.select_for_update(of=("self",), no_key=True)
        districts.get(pk=where.region)


def known_outage(where: Where, trouble: str, *, at: datetime) -> Outage | None:
    """Return the outage that explains why there is no power here now.

    Under way, or announced for now though nobody pressed the button. Who is cut for
    arrears is told by nobody but the notice they got.
    """
    if where.transformer is None or trouble not in WITHOUT_POWER:
        return None
    due = Q(
        outage__status=Status.ANNOUNCED,
        outage__starts_at__lte=at,
        outage__ends_at__gt=at,
    )
    concerned = Q(whole=True)
    if where.account is not None:
        concerned |= Q(outage__scope__account=where.account)
    rows = (
        Interruption.objects.filter(
            concerned,
            due | Q(outage__status__in=sorted(OUT)),
            transformer=where.transformer,
            restored_at=None,
        )
        .exclude(outage__kind=OutageKind.ARREARS)
        .select_related("outage")
        .order_by("-outage__began_at", "pk")
    )
    first = rows.first()
    return first.outage if first else None


def open_order(where: Where, trouble: str, *, at: datetime) -> RepairOrder | None:
    """Return the open order that this report belongs to, locked.

    Of the same 台区 within ``same_trouble_minutes`` of a report, else an open order of
    the whole line, else of the very same place in words. Street lights keep apart.
    """
    street = trouble == Trouble.STREET_LIGHT
    orders = RepairOrder.objects.open().select_for_update(of=("self",))
    if street:
        orders = orders.filter(trouble=Trouble.STREET_LIGHT)
    else:
        orders = orders.exclude(trouble=Trouble.STREET_LIGHT)
    if where.transformer is None or street:
        alike = Q(region=where.region, place=where.place)
        return _fresh(orders.filter(alike), at).first()
    same = _fresh(orders.filter(transformer=where.transformer), at).first()
    if same is not None:
        return same
    return orders.filter(transformer=None, line=where.line).order_by("pk").first()


def _fresh(orders: QuerySet[RepairOrder], at: datetime) -> QuerySet[RepairOrder]:
    """Keep orders of which somebody reported lately; the first opened comes first."""
    since = at - timedelta(minutes=rules.read("repair")["same_trouble_minutes"])
    lately = FaultReport.objects.filter(order=OuterRef("pk"), reported_at__gte=since)
    return orders.filter(Exists(lately)).order_by("pk")


def suspected_lines(orders: Iterable[RepairOrder]) -> dict[int, list[RepairOrder]]:
    """Return, by line, the orders that together look like a fault of the line.

    So many 台区 of one line within so many minutes of each other (``line_suspected``).
    Orders that an outage explains already, or that are the line's own, do not count.
    """
    rule = rules.read("repair")["line_suspected"]
    span = timedelta(minutes=rule["minutes"])
    by_line: dict[int, list[RepairOrder]] = defaultdict(list)
    for order in sorted(orders, key=lambda order: order.reported_at):
        alone = order.line_id is None or order.transformer_id is None
        if not alone and order.outage_id is None:
            by_line[order.line_id or 0].append(order)
    return {
        line: rows
        for line, rows in by_line.items()
        if _most_at_once(rows, span) >= rule["transformers"]
    }


def _most_at_once(rows: list[RepairOrder], span: timedelta) -> int:
    """Return how many 台区 at most were reported within ``span`` of one of them."""
    return max(
        len(
            {
                later.transformer_id
                for later in rows[first:]
                if later.reported_at - row.reported_at <= span
            }
        )
        for first, row in enumerate(rows)
    )
