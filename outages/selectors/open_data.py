"""Public outages and the network as data: what is given away, and what it means."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from django.db.models import (
    BigIntegerField,
    Count,
    ExpressionWrapper,
    F,
    Max,
    Min,
    Q,
    QuerySet,
    Sum,
)
from django.db.models.functions import Cast
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from outages import rules
from outages.models import Interruption, Line, Outage, Substation, Transformer
from outages.selectors import districts, shown
from sla.engine import SHANGHAI

BATCH = 1000
LICENCE = "CC BY 4.0"
DECEMBER = 12

# Name, heading, meaning; the order of the columns.
FIELDS: tuple[tuple[str, str | Promise, str | Promise], ...] = (
    ("number", _("停电编号"), _("公开编号，在 /outages/编号/ 可以看到全部经过")),
    (
        "kind",
        _("类型"),
        _(
            "planned 计划检修、temporary 临时检修、fault 故障、rationing 限电；"
            "不含欠费停电"
        ),
    ),
    (
        "status",
        _("状态"),
        _(
            "announced 已公告、under_way 停电中、extended 已延时、"
            "restored 已复电、reviewed 已复核、cancelled 公告后取消"
        ),
    ),
    ("reason", _("停电原因"), _("公告中的原因")),
    ("cause", _("原因代码"), _("事后认定的原因，见 cause_name；空白为尚未认定")),
    ("cause_name", _("原因名称"), _("原因代码的中文名称")),
    (
        "exclusion",
        _("是否计入"),
        _(
            "none 计入、claimed 申请剔除、confirmed 已剔除（不可抗力、外力）、"
            "rejected 不予剔除"
        ),
    ),
    ("area", _("停电范围"), _("区、线路、台区、小区；不含户号")),
    ("districts", _("涉及的区"), _("GB/T 2260 区划代码，多个用分号隔开")),
    ("transformers", _("停电台区数"), _("被停电的台区个数")),
    ("households", _("影响户数"), _("停电当天台区的户数之和")),
    (
        "household_seconds",
        _("停电户秒"),
        _("各台区“户数×已停秒数”之和；除以3600为停电时户数；没有恢复的台区不计"),
    ),
    ("published_at", _("公告时间"), _("ISO 8601，北京时间；没有公告的为空")),
    ("late_notice", _("迟公告"), _("1 为没有按规定提前公告")),
    ("starts_at", _("计划停电时间"), _("ISO 8601，北京时间")),
    ("ends_at", _("计划复电时间"), _("ISO 8601，北京时间")),
    ("began_at", _("实际停电时间"), _("ISO 8601，北京时间；没有停的为空")),
    ("estimated_at", _("预计复电时间"), _("最近一次预计")),
    ("restored_at", _("实际复电时间"), _("全部恢复的时间；没有恢复的为空")),
)


def years(at: datetime) -> list[int]:
    """Return the years there is something of, the latest first."""
    span = shown.visible().aggregate(first=Min("began_at"), last=Max("began_at"))
    this = at.astimezone(SHANGHAI).year
    first = span["first"].astimezone(SHANGHAI).year if span["first"] else this
    return list(range(this, first - 1, -1))


def wanted(year: int, month: int | None, district: str) -> QuerySet[Outage]:
    """Return the public outages of a year or a month, by when they began or will."""
    first = datetime(year, month or 1, 1, tzinfo=SHANGHAI)
    years, months = divmod(month or DECEMBER, DECEMBER)
    last = datetime(year + years, months + 1, 1, tzinfo=SHANGHAI)
    within = Q(began_at__gte=first, began_at__lt=last) | Q(
        began_at=None, starts_at__gte=first, starts_at__lt=last
    )
    found = shown.visible().filter(within)
    return shown.in_district(found, district).order_by("pk")


def rows(outages: QuerySet[Outage]) -> Iterator[dict[str, Any]]:
    """Yield one row an outage, a thousand at a time: two queries each."""
    causes = rules.read("causes")["causes"]
    found = outages.iterator(chunk_size=BATCH)
    while batch := list(islice(found, BATCH)):
        sums = _sums(batch)
        for outage in batch:
            yield _row(outage, sums.get(outage.pk, _NOTHING), causes)


# Half the city for a day is more than 32 bits hold.
_LOST = ExpressionWrapper(
    Cast("households", BigIntegerField()) * F("seconds"), BigIntegerField()
)
_NOTHING: dict[str, Any] = {"areas": 0, "lost": 0, "districts": ()}


def _sums(batch: list[Outage]) -> dict[int, dict[str, Any]]:
    found: dict[int, dict[str, Any]] = {}
    parts = (
        Interruption.objects.filter(outage__in=[outage.pk for outage in batch])
        .values("outage", "region")
        .annotate(areas=Count("pk"), lost=Sum(_LOST))
        .order_by("outage", "region")
    )
    for part in parts:
        told = found.setdefault(
            part["outage"], {"areas": 0, "lost": 0, "districts": []}
        )
        told["areas"] += part["areas"]
        told["lost"] += part["lost"] or 0
        told["districts"].append(part["region"])
    return found


def _row(
    outage: Outage, sums: dict[str, Any], causes: dict[str, Any]
) -> dict[str, Any]:
    return {
        "number": outage.number,
        "kind": outage.kind,
        "status": outage.status,
        "reason": outage.reason,
        "cause": outage.cause,
        "cause_name": causes[outage.cause]["name"] if outage.cause else "",
        "exclusion": outage.exclusion,
        "area": outage.area_text,
        "districts": ";".join(sums["districts"]),
        "transformers": sums["areas"],
        "households": outage.households,
        "household_seconds": sums["lost"],
        "published_at": _said(outage.published_at),
        "late_notice": int(outage.late_notice),
        "starts_at": _said(outage.starts_at),
        "ends_at": _said(outage.ends_at),
        "began_at": _said(outage.began_at),
        "estimated_at": _said(outage.estimated_at),
        "restored_at": _said(outage.restored_at),
    }


def _said(moment: datetime | None) -> str:
    return moment.astimezone(SHANGHAI).isoformat(timespec="seconds") if moment else ""


# -- The network -----------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class NetworkLine:
    """One district's part of the network, as it stands."""

    code: str
    name: str
    substations: int
    lines: int
    transformers: int
    households: int
    not_direct: int


def network() -> list[NetworkLine]:
    """Return the network of every district; four queries."""
    stations = _counted(Substation.objects.all())
    lines = _counted(Line.objects.all())
    areas = {
        row["region"]: row
        for row in Transformer.objects.in_service()
        .values("region")
        .annotate(
            count=Count("pk"),
            households=Sum("households"),
            not_direct=Count("pk", filter=Q(direct_supplied=False)),
        )
        .order_by("region")
    }
    nothing = {"count": 0, "households": 0, "not_direct": 0}
    return [
        NetworkLine(
            code,
            name,
            stations.get(code, 0),
            lines.get(code, 0),
            areas.get(code, nothing)["count"],
            areas.get(code, nothing)["households"],
            areas.get(code, nothing)["not_direct"],
        )
        for code, name in districts.names().items()
    ]


def _counted(parts: QuerySet[Any]) -> dict[str, int]:
    found = parts.values("region").annotate(count=Count("pk")).order_by("region")
    return {row["region"]: row["count"] for row in found}
