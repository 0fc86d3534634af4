"""A reckoning laid out: rows for tables, groups by month, kind, cause and place."""

from dataclasses import astuple, dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from outages import rules
from outages.indices import Indices, Level, Variant, rounded_down, rounded_up
from outages.selectors.reliability import Reckoning
from outages.vocabulary import AreaClass, OutageKind
from sla.models import Region

# 口径: what every figure means, for pages, files and programs.
DEFINITIONS: dict[str, str | Promise] = {
    "saidi": gettext_lazy(
        "户均停电时间（SAIDI，小时/户）= Σ（停电时长 × 停电户数）÷ 总户数。"
        "跨统计期的停电只计期内部分；尚未复电的计到统计时刻。"
    ),
    "saifi": gettext_lazy(
        "户均停电次数（SAIFI，次/户）= Σ 停电户数 ÷ 总户数。"
        "一次停电计入开始的那个统计期。"
    ),
    "caidi": gettext_lazy(
        "平均每次停电时间（CAIDI，小时/次）= SAIDI ÷ SAIFI；"
        "期内没有新发生停电时没有这个数。"
    ),
    "asai": gettext_lazy(
        "供电可靠率（ASAI，%）= 1 − 停电时户数 ÷（总户数 × 统计期小时数）。只舍不入，"
        "不足 100% 的不写成 100%；时间和次数只入不舍。"
    ),
    "levels": gettext_lazy(
        "中压：每个公用台区算一个用户，整个台区停电才计。"
        "低压（试点）：按户统计，专用台区和只停个别户号的停电也计入。两种口径不相加。"
    ),
    "variants": gettext_lazy(
        "-1 计入全部停电；-2 不计经第二人复核认定的不可抗力和外力破坏；-3 不计限电；"
        "-4 不计不超过 3 分钟的短时停电。欠费停电都不计。"
    ),
    "customers": gettext_lazy("总户数按统计时在运的台区；已退出运行的台区不计。"),
}

Group = list[tuple[str, str, Indices]]


@dataclass(frozen=True, slots=True)
class Written:
    """Indices as people read them: hours and times rounded up, the rate down."""

    customers: str
    interruptions: str
    customers_off: str
    customer_hours: str
    saidi: str
    saifi: str
    caidi: str
    asai: str


def written(told: Indices) -> Written:
    """Write the indices; what is undefined is a dash."""
    return Written(
        customers=f"{told.customers:,}",
        interruptions=f"{told.sums.interruptions:,}",
        customers_off=f"{told.sums.customers_off:,}",
        customer_hours=f"{told.sums.customer_seconds / 3600:,.2f}",
        saidi=rounded_up(told.saidi, 3),
        saifi=rounded_up(told.saifi, 3),
        caidi=rounded_up(told.caidi, 3),
        asai=rounded_down(told.asai, 4),
    )


def cells_of(told: Indices) -> list[str]:
    """Return one row of a plain table, in the order of ``Written``."""
    return list(astuple(written(told)))[1:]


def groups_of(found: Reckoning, level: Level) -> list[tuple[str, Group]]:
    """Return the indices of variant -1 by month, kind, cause, district and class."""
    return [
        (_("按月份"), by_month(found, level)),
        (_("按类型"), by_kind(found, level)),
        (_("按原因"), by_cause(found, level)),
        (_("按区"), by_region(found, level)),
        (_("按地区类别"), by_area_class(found, level)),
    ]


def by_month(found: Reckoning, level: Level, **only: Any) -> Group:
    """Return one row a month that has begun."""
    return [
        (f"{first:%Y-%m}", f"{first:%Y-%m}", found.indices(level, month=month, **only))
        for month, first in found.months()
    ]


def by_kind(found: Reckoning, level: Level, **only: Any) -> Group:
    """Return one row a kind of outage that occurred."""
    return [
        (kind, str(OutageKind(kind).label), found.indices(level, kind=kind, **only))
        for kind in found.values_of("kind", **only)
    ]


def by_cause(found: Reckoning, level: Level, **only: Any) -> Group:
    """Return one row a cause that occurred; without one it is still to be found."""
    return [
        (cause, cause_name(cause), found.indices(level, cause=cause, **only))
        for cause in found.values_of("cause", **only)
    ]


def by_region(found: Reckoning, level: Level) -> Group:
    """Return one row a district where anybody lives or anything happened."""
    codes = {part for _level, part, _class in found.customers}
    codes |= {cell.part for _level, cell in found.cells}
    names = Region.objects.filter(pk__in=codes).order_by("pk")
    return [
        (code, name, found.indices(level, part=code))
        for code, name in names.values_list("pk", "name")
    ]


def by_area_class(found: Reckoning, level: Level, **only: Any) -> Group:
    """Return one row a class of area where anybody lives or anything happened."""
    happened = found.values_of("area_class", **only)
    return [
        (area.value, str(area.label), found.indices(level, area_class=area, **only))
        for area in AreaClass
        if area in happened or found.customers_of(level, area_class=area, **only)
    ]


def cause_name(code: str) -> str:
    """Return what a cause is called."""
    if not code:
        return _("尚未认定")
    known = rules.read("causes")["causes"]
    return _(known[code]["name"]) if code in known else code


def as_json(found: Reckoning) -> dict[str, Any]:
    """Return a reckoning as programs read it; every figure beside its exact parts."""
    told = head_of(found) | {
        "region": found.place.code,
        "name": found.place.name,
        "levels": levels_of(found),
    }
    for level in Level:
        told["levels"][level.value]["by_region"] = _rows(
            "region", by_region(found, level)
        )
    return told


def head_of(found: Reckoning) -> dict[str, Any]:
    """Return which span was reckoned, when, and by what definitions."""
    return {
        "from": found.span.first.isoformat(),
        "to": found.span.last.isoformat(),
        "at": found.at.astimezone(found.cuts[0].tzinfo).isoformat(timespec="seconds"),
        "period_hours": found.seconds_of() / 3600,
        "source": rules.read("reliability")["source"],
    }


def levels_of(found: Reckoning, **only: Any) -> dict[str, Any]:
    """Return both levels, all variants and groups; ``only`` narrows to a part."""
    groups = {
        "month": by_month,
        "kind": by_kind,
        "cause": by_cause,
        "area_class": by_area_class,
    }
    return {
        level.value: {
            "level": str(level.label),
            "customers": found.customers_of(level, **only),
            "variants": {
                variant.value: {
                    "meaning": str(variant.label),
                    **found.indices(level, variant, **only).as_json(),
                }
                for variant in Variant
            },
            **{
                f"by_{key}": _rows(key, group(found, level, **only))
                for key, group in groups.items()
            },
        }
        for level in Level
    }


def _rows(key: str, group: Group) -> list[dict[str, Any]]:
    return [{key: code, "name": name, **told.as_json()} for code, name, told in group]
