"""一停多用: works that would cut the same people twice, and one window for both."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from outages import rules
from outages.lifecycles.outage import AHEAD, Status
from outages.models import Interruption, Outage, OutageScope
from outages.permissions.outages import MOVABLE
from outages.rules import frequent
from sla.words import exact_length, exact_moment, listed

NAMED = 3


@dataclass(frozen=True, slots=True)
class Window:
    """From when to when both works could be done in one outage."""

    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Conflict:
    """Another outage that would cut some of the same areas soon before or after."""

    other: Outage
    areas: int
    names: tuple[str, ...]
    households: int
    apart: timedelta
    window: Window
    mergeable: bool

    @property
    def sentence(self) -> str:
        """Return what a planner should know, and do."""
        named = listed(self.names)
        if self.areas > len(self.names):
            named += _("等%(n)s个台区") % {"n": self.areas}
        when = (
            _("相隔%(apart)s") % {"apart": exact_length(self.apart)}
            if self.apart
            else _("时间重叠")
        )
        return _(
            "%(number)s（%(status)s）%(when)s，都要停%(areas)s，共%(households)s户。"
            "建议合并为一次：%(starts)s至%(ends)s。"
        ) % {
            "number": self.other.number,
            "status": self.other.get_status_display(),
            "when": when,
            "areas": named,
            "households": self.households,
            "starts": exact_moment(self.window.starts_at),
            "ends": exact_moment(self.window.ends_at),
        }


def within() -> timedelta:
    """Return how close two outages must lie to be worth one: the shortest window."""
    days = [rule.days for rule in frequent.counting_rules() if rule.days]
    return timedelta(days=min(days))


def conflicts(outage: Outage, *, at: datetime) -> list[Conflict]:
    """Return works ahead that would cut the same areas within 60 days, closest first.

    Nothing for an outage that cannot wait, is over, or has no times yet. Statements:
    two, and one a conflict, however many areas.
    """
    if not _can_share(outage):
        return []
    assert outage.starts_at is not None
    assert outage.ends_at is not None
    near = within()
    others = {
        other.pk: other
        for other in Outage.objects.filter(
            status__in=AHEAD,
            kind__in=MOVABLE,
            starts_at__lte=outage.ends_at + near,
            ends_at__gte=outage.starts_at - near,
        ).exclude(pk=outage.pk)
    }
    shared = (
        _shared(outage)
        .filter(outage__in=list(others))
        .order_by()
        .values("outage")
        .annotate(areas=Count("pk"), cut=Sum("households"))
    )
    found = [
        _conflict(outage, others[row["outage"]], row["areas"], row["cut"], at)
        for row in shared
    ]
    return sorted(found, key=lambda conflict: (conflict.apart, conflict.other.pk))


def _can_share(outage: Outage) -> bool:
    movable = outage.status in AHEAD and outage.kind in MOVABLE
    return movable and outage.starts_at is not None


def _shared(outage: Outage) -> QuerySet[Interruption]:
    """Return what cuts somebody whom this outage cuts too.

    Two that cut single accounts of one area meet where they name the same account.
    """
    mine = outage.interruptions
    accounts = outage.scope.filter(account__isnull=False).values("account")
    same = OutageScope.objects.filter(
        outage=OuterRef("outage"),
        account__in=accounts,
        account__transformer=OuterRef("transformer"),
    )
    return Interruption.objects.filter(
        Q(whole=True)
        | Q(transformer__in=mine.filter(whole=True).values("transformer"))
        | Q(Exists(same)),
        transformer__in=mine.values("transformer"),
    )


def _conflict(
    outage: Outage, other: Outage, areas: int, households: int, at: datetime
) -> Conflict:
    names = (
        _shared(outage)
        .filter(outage=other)
        .order_by("transformer__code")
        .values_list("transformer__name", flat=True)
    )
    return Conflict(
        other,
        areas,
        tuple(names[:NAMED]),
        households,
        _apart(outage, other),
        common_window(outage, other, at=at),
        outage.status == other.status == Status.DRAFTED,
    )


def _apart(one: Outage, other: Outage) -> timedelta:
    """Return how long power would be on between the two; nothing if they overlap."""
    first, second = sorted(
        (one, other), key=lambda outage: (outage.starts_at, outage.pk)
    )
    assert first.ends_at is not None
    assert second.starts_at is not None
    return max(second.starts_at - first.ends_at, timedelta())


def common_window(one: Outage, other: Outage, *, at: datetime) -> Window:
    """Return one window for both: long enough for the longer, and told in time.

    It begins with the one that people were told of already, else with the earlier one
    that can still be announced in time, else with the later one.
    """
    ordered = sorted((one, other), key=lambda outage: (outage.starts_at, outage.pk))
    told = [o for o in ordered if o.status == Status.ANNOUNCED]
    lead = timedelta(
        minutes=max(rules.read("notices")["lead_minutes"][o.kind] for o in ordered)
    )
    in_time = [o for o in ordered if o.starts_at and o.starts_at - lead >= at]
    first = [*told, *in_time, ordered[-1]][0]
    assert first.starts_at is not None
    longest = max(o.ends_at - o.starts_at for o in ordered if o.starts_at and o.ends_at)
    return Window(first.starts_at, first.starts_at + longest)
