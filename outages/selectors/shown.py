"""What everybody may read of outages: out now, ahead, over, and each as a card."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, ngettext

from outages.lifecycles.outage import OUT, OVER, PUBLIC, Status
from outages.models import Interruption, Outage, Work
from outages.models.outage import OutageQuerySet
from outages.selectors import sentences
from outages.vocabulary import OutageKind
from sla.words import clauses, noted

AHEAD_DAYS = 7
RECENT_DAYS = 3
# What is over is found by when it began; no outage of interest lasted longer.
_LONGEST = timedelta(days=60)
# A cancelled outage stays in the list until its day is over.
_CANCELLED_SHOWN = timedelta(hours=12)

# Tone, icon and word of every status that the public sees.
PUBLIC_FACES: dict[str, tuple[str, str, str | Promise]] = {
    Status.ANNOUNCED: ("warning", "calendar-event", gettext_lazy("计划停电")),
    Status.UNDER_WAY: ("overdue", "lightning-charge-fill", gettext_lazy("正在停电")),
    Status.EXTENDED: (
        "overdue",
        "lightning-charge-fill",
        gettext_lazy("正在停电（已延时）"),
    ),
    Status.RESTORED: ("met", "check-circle-fill", gettext_lazy("已恢复供电")),
    Status.REVIEWED: ("met", "check-circle-fill", gettext_lazy("已恢复供电")),
    Status.CANCELLED: ("cancelled", "x-circle", gettext_lazy("已取消，不停电")),
}


@dataclass(frozen=True, slots=True)
class Face:
    """How a status looks: tone, icon and word."""

    tone: str
    icon: str
    label: str | Promise


RESTORED = Face("met", "check-circle-fill", gettext_lazy("已恢复供电"))


def face_of(outage: Outage) -> Face:
    """Return how this outage's status looks to the public."""
    tone, icon, label = PUBLIC_FACES[outage.status]
    return Face(tone, icon, label)


@dataclass(frozen=True, slots=True)
class Card:
    """One outage as a list shows it: what, where, when, how long, whose work."""

    number: str
    kind: str
    face: Face
    where: str
    when: str
    households: str
    reason: str
    work: str
    late: bool


def visible() -> OutageQuerySet:
    """Return what the public may open: also what was announced and then cancelled."""
    told = Q(status__in=PUBLIC) | Q(status=Status.CANCELLED, published_at__isnull=False)
    return Outage.objects.filter(told).exclude(kind=OutageKind.ARREARS)


def in_district(outages: QuerySet[Outage], district: str) -> QuerySet[Outage]:
    """Keep what touches a district; all of it when ``district`` is empty."""
    if not district:
        return outages
    touching = Interruption.objects.filter(outage=OuterRef("pk"), region=district)
    return outages.filter(Exists(touching))


def out_now(district: str = "") -> QuerySet[Outage]:
    """Return what is without power now, the latest first."""
    return in_district(visible().filter(status__in=OUT), district).order_by(
        "-began_at", "-pk"
    )


def announced(at: datetime) -> QuerySet[Outage]:
    """Return what will be cut within the next days."""
    until = at + timedelta(days=AHEAD_DAYS)
    return visible().coming(at).filter(starts_at__lte=until)


def ahead(at: datetime, district: str = "") -> QuerySet[Outage]:
    """Return what is announced for the next days, cancelled or not, the next first."""
    cancelled = visible().filter(
        status=Status.CANCELLED,
        starts_at__gte=at - _CANCELLED_SHOWN,
        starts_at__lte=at + timedelta(days=AHEAD_DAYS),
    )
    return in_district(announced(at) | cancelled, district).order_by("starts_at", "pk")


def restored(at: datetime, district: str = "") -> QuerySet[Outage]:
    """Return what was restored within the last days, the latest first."""
    since = at - timedelta(days=RECENT_DAYS)
    over = visible().filter(
        status__in=OVER, restored_at__gte=since, began_at__gte=since - _LONGEST
    )
    return in_district(over, district).order_by("-restored_at", "-pk")


def cards(outages: Iterable[Outage], *, at: datetime) -> list[Card]:
    """Return the cards of a page of outages; two queries however many there are."""
    page = list(outages)
    waiting = _still_out([outage for outage in page if outage.is_out])
    works = works_of(page)
    return [
        _card(outage, at, waiting.get(outage.pk), works.get(outage.pk, []))
        for outage in page
    ]


def _still_out(running: list[Outage]) -> dict[int, int]:
    rows = (
        Interruption.objects.filter(outage__in=running, restored_at=None)
        .values("outage")
        .annotate(waiting=Sum("households"))
    )
    return {row["outage"]: row["waiting"] for row in rows}


def works_of(outages: Iterable[Outage]) -> dict[int, list[str]]:
    """Return what is done under each outage, and by whom, as sentences."""
    rows = (
        Work.objects.filter(outage__in=list(outages))
        .order_by("pk")
        .values_list("outage", "content", "unit")
    )
    found: dict[int, list[str]] = {}
    for outage, content, unit in rows:
        said = noted(content, unit) if unit else content
        found.setdefault(outage, []).append(said)
    return found


def _card(outage: Outage, at: datetime, waiting: int | None, works: list[str]) -> Card:
    return Card(
        number=outage.number,
        kind=outage.get_kind_display(),
        face=face_of(outage),
        where=outage.area_text,
        when=sentences.when(outage, at=at),
        households=households(outage, waiting),
        reason=outage.reason,
        work=clauses(works),
        late=outage.late_notice,
    )


def households(outage: Outage, waiting: int | None) -> str:
    """Say how many households are concerned, and how many still wait."""
    if waiting is not None and waiting < outage.households:
        return ngettext(
            "影响 %(all)s 户，还有 %(left)s 户没有恢复",
            "影响 %(all)s 户，还有 %(left)s 户没有恢复",
            outage.households,
        ) % {
            "all": f"{outage.households:,}",
            "left": f"{waiting:,}",
        }
    affected = ngettext("影响 %s 户", "影响 %s 户", outage.households)
    return affected % f"{outage.households:,}"
