"""Look for records of outages that cannot be right, or are not yet finished.

Nothing is corrected here: a doubtful record is looked into by people. What is doubtful
says ``rules/quality.yaml``.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import (
    Count,
    DateTimeField,
    F,
    Max,
    Q,
    QuerySet,
    RowRange,
    Value,
    Window,
)
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from outages import rules
from outages.models import Interruption
from outages.selectors.reliability import Place

Rows = QuerySet[Interruption]
UNKNOWN_CAUSES = ("", "unknown")


@dataclass(frozen=True, slots=True)
class Check:
    """One doubt: what it is called, what exactly it means, and where it is found."""

    key: str
    name: str | Promise
    meaning: str | Promise


CHECKS: dict[str, Check] = {
    check.key: check
    for check in (
        Check(
            "overlap",
            _("停电重叠"),
            _("同一台区的一次停电还没有复电，又登记了另一次停电，时间会重复计算。"),
        ),
        Check(
            "open",
            _("久未复电"),
            _("停电已久，还没有登记复电时间，多半是漏登。"),
        ),
        Check(
            "impossible",
            _("时长异常"),
            _("停电时长为零，或者长得不合常理。"),
        ),
        Check(
            "households",
            _("户数不符"),
            _("停电当时登记的户数，与现在的台区户数相差过大。"),
        ),
        Check(
            "early",
            _("早于公告"),
            _("实际停电明显早于公告的停电时间，公告没有起到作用。"),
        ),
        Check(
            "cause",
            _("原因未定"),
            _("停电开始已久，仍没有认定原因，或仍是“原因待查”。"),
        ),
    )
}


def doubtful(
    check: str, place: Place, *, since: datetime, at: datetime
) -> QuerySet[Interruption]:
    """Return the interruptions begun in [since, at] that one check doubts.

    Raises KeyError for a check nobody knows.
    """
    rows = place.interruptions().filter(began_at__gte=since, began_at__lte=at)
    if check == "overlap":
        return _overlapping(place, rows, since)
    return rows.filter(_conditions(at)[check])


def problems(place: Place, *, since: datetime, at: datetime) -> dict[str, int]:
    """Count what each check doubts, in two statements."""
    conditions = _conditions(at)
    rows = place.interruptions().filter(began_at__gte=since, began_at__lte=at)
    counted = rows.aggregate(
        **{key: Count("pk", filter=condition) for key, condition in conditions.items()}
    )
    counted["overlap"] = _overlapping(place, rows, since).count()
    return {key: counted[key] for key in CHECKS}


def _conditions(at: datetime) -> dict[str, Q]:
    known = rules.read("quality")

    def before(days: str) -> datetime:
        return at - timedelta(days=known[days])

    longest = timedelta(days=known["longest_days"]).total_seconds()
    early = timedelta(minutes=known["early_minutes"])
    share = known["households_percent"] / 100
    return {
        "open": Q(restored_at=None, began_at__lt=before("open_days")),
        "impossible": Q(seconds=0)
        | Q(seconds__gt=longest)
        | Q(restored_at=None, began_at__lt=before("longest_days")),
        "households": Q(
            _differ(share),
            whole=True,
            began_at__gte=before("households_days"),
        ),
        "early": Q(began_at__lt=F("outage__starts_at") - early),
        "cause": Q(outage__cause__in=UNKNOWN_CAUSES, began_at__lt=before("cause_days")),
    }


def _differ(share: float) -> Q:
    """Say in SQL that the snapshot is off by a share and by more than a few."""
    least = rules.read("quality")["households_at_least"]
    of = F("transformer__households")
    up = Q(households__gte=of + least, households__gt=of * (1 + share))
    down = Q(households__lte=of - least, households__lt=of * (1 - share))
    return up | down


def _overlapping(place: Place, rows: Rows, since: datetime) -> Rows:
    """Find what began while its area was out already, by one walk in order of time.

    The walk starts some time before, to meet what was still out then.
    """
    far = timedelta(days=rules.read("quality")["longest_days"])
    never = Value(datetime.fromisoformat("9999-12-31T00:00+00:00"))
    walked = (
        place.interruptions()
        .filter(whole=True, began_at__gte=since - far)
        .annotate(
            out_until=Window(
                Max(Coalesce("restored_at", never, output_field=DateTimeField())),
                partition_by=F("transformer"),
                order_by=("began_at", "pk"),
                frame=RowRange(start=None, end=-1),
            )
        )
        .filter(out_until__gt=F("began_at"))
    )
    return rows.filter(pk__in=walked.values("pk"))
