"""The one header of network files: its columns, their Chinese names, and the parts."""

import unicodedata
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sla.ground.record import for_the_record
from sla.words import listed


class Part(TextChoices):
    """What a row describes, from the top of the network to its ends."""

    SUBSTATION = "substation", gettext_lazy("变电站")
    LINE = "line", gettext_lazy("线路")
    TRANSFORMER = "transformer", gettext_lazy("台区")
    PREMISES = "premises", gettext_lazy("用电地址")
    ACCOUNT = "account", gettext_lazy("户号")


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its name in the header, and by what people call it."""

    name: str
    label: Promise
    also: tuple[str, ...] = ()


COLUMNS = (
    Column("part", gettext_lazy("类别"), ("部分", "类型")),
    Column("code", gettext_lazy("编码"), ("编号", "户号")),
    Column("name", gettext_lazy("名称")),
    Column("parent", gettext_lazy("上级编码"), ("上级", "所属编码")),
    Column("region", gettext_lazy("所在区"), ("区划代码", "地区")),
    Column("voltage", gettext_lazy("电压等级"), ("电压",)),
    Column("area_class", gettext_lazy("地区类别")),
    Column("public", gettext_lazy("公用变压器"), ("公变",)),
    Column("direct_supplied", gettext_lazy("电网直供"), ("直供",)),
    Column("owner", gettext_lazy("产权单位")),
    Column("households", gettext_lazy("户数")),
    Column("capacity_kva", gettext_lazy("容量（千伏安）"), ("容量",)),
    Column("load_kw", gettext_lazy("最大负荷（千瓦）"), ("最大负荷", "负荷")),
    Column("longitude", gettext_lazy("经度")),
    Column("latitude", gettext_lazy("纬度")),
    Column("address", gettext_lazy("地址"), ("用电地址",)),
    Column("compound", gettext_lazy("小区")),
    Column("property_manager", gettext_lazy("物业单位"), ("物业",)),
    Column("property_phone", gettext_lazy("物业联系电话"), ("物业电话",)),
    Column("importance", gettext_lazy("民生等级")),
    Column("retired_on", gettext_lazy("退出运行日期"), ("退运日期",)),
)
LABELS: dict[str, Promise] = {column.name: column.label for column in COLUMNS}


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).lower().split())


with for_the_record():
    _NAMES = {
        _plain(word): column.name
        for column in COLUMNS
        for word in (column.name, str(column.label), *column.also)
    }
    _PARTS = {
        _plain(word): part for part in Part for word in (part.value, str(part.label))
    }
_PARTS |= {
    _plain(word): part
    for word, part in (
        ("变压器", Part.TRANSFORMER),
        ("地址", Part.PREMISES),
        ("用户", Part.ACCOUNT),
    )
}


def column_named(text: str) -> str | None:
    """Return the column that a heading means, or None where it means none."""
    return _NAMES.get(_plain(text))


def part_named(text: str) -> Part | None:
    """Return the part that a cell means, or None where it means none."""
    return _PARTS.get(_plain(text))


def headings_fault(headings: list[str]) -> str:
    """Return what is wrong with a header as a sentence, or an empty string."""
    found = [column_named(text) for text in headings]
    unknown = [text for text, name in zip(headings, found, strict=True) if not name]
    if unknown:
        return _("不认识的列“%(names)s”；可用的列是：%(known)s。") % {
            "names": listed(text[:20] or _("（空）") for text in unknown[:5]),
            "known": listed(LABELS),
        }
    twice = {str(name) for name in found if found.count(name) > 1}
    if twice:
        return _("列“%s”出现了两次，请只留一列。") % listed(sorted(twice))
    if "part" not in found:
        return _(
            "缺少“part”（类别）列：它说明每一行是变电站、线路、台区、地址还是户号。"
        )
    return ""
