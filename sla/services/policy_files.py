"""Read limits from YAML and refuse what cannot be meant, with file, line and reason."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from sla.models.policy import LARGEST
from sla.vocabulary import Level, Measure, Stage, Unit, UserType
from sla.yaml_lines import (
    FileRefused,
    Located,
    choice,
    day,
    mapping,
    parse,
    sequence,
    shown,
    text,
)

REGIONS_FILE = "regions.yaml"


@dataclass(frozen=True)
class RegionEntry:
    """Name a region as the file gives it."""

    code: str
    name: str
    parent: str | None


@dataclass(frozen=True)
class LimitEntry:
    """Hold one limit as the file gives it, and the line it stands on."""

    user_type: str
    stage: str
    value: int
    unit: str
    measure: str
    note: str
    clause: str
    line: int = field(compare=False, repr=False)


@dataclass(frozen=True)
class PolicyDocument:
    """Hold one file: a document that sets limits, or promises without a limit."""

    path: Path
    key: str
    key_line: int = field(compare=False, repr=False)
    region: str
    level: str
    title: str
    source: str
    clause: str
    valid_from: date
    valid_to: date | None
    note: str
    commitments: tuple[str, ...]
    limits: tuple[LimitEntry, ...]

    @property
    def digest(self) -> str:
        """Condense what the file says; remarks and layout do not count."""
        says = replace(self, path=Path(self.key))
        return hashlib.sha256(repr(says).encode()).hexdigest()


def whole(at: Located, unit: str) -> int:
    """Give a limit that somebody can have meant in this unit."""
    value: object = at.value
    largest = LARGEST[unit]
    if isinstance(value, list | dict):
        raise at.refuse("时限应是一个整数。")
    if isinstance(value, bool) or not isinstance(value, int):
        raise at.refuse(f"时限应是整数，写的是“{shown(value)}”。")
    if not 1 <= value <= largest:
        raise at.refuse(f"时限 {shown(value)} 不合理，应在 1 到 {largest} 之间。")
    return value


def read_regions(folder: Path) -> dict[str, RegionEntry]:
    """Read regions.yaml: code, name and parent of each region, parents first."""
    path = folder / REGIONS_FILE
    if not path.is_file():
        raise FileRefused(f"{folder} 里没有 {REGIONS_FILE}。")
    regions: dict[str, RegionEntry] = {}
    for item in sequence(parse(path)):
        entry = mapping(item, {"code": True, "name": True, "parent": False})
        code = text(entry["code"], largest=6)
        if len(code) != 6 or not (code.isascii() and code.isdigit()):
            raise entry["code"].refuse("区划代码是六位数字。")
        if code in regions:
            raise entry["code"].refuse(f"地区 {code} 写了两次。")
        parent = text(entry["parent"], largest=6) if "parent" in entry else None
        if parent is not None and parent not in regions:
            raise entry["parent"].refuse(f"上级 {parent} 没有写在前面。")
        regions[code] = RegionEntry(code, text(entry["name"], largest=40), parent)
    return regions


_POLICY = {
    "key": True, "region": True, "level": True, "title": True, "source": True,
    "clause": False, "valid_from": True, "valid_to": False, "note": False,
    "commitments": False, "limits": False,
}  # fmt: skip
_LIMIT = {
    "user_type": True, "unit": False, "steps": False, "total": False,
    "measure": False, "note": False, "clause": False,
}  # fmt: skip
_STEPS = [stage for stage in Stage.values if stage != Stage.TOTAL]


def read_policies(folder: Path, regions: set[str]) -> list[PolicyDocument]:
    """Read every policy file of a folder; raise FileRefused at the first fault."""
    documents = [
        read_policy(path, regions)
        for path in sorted([*folder.glob("*.yaml"), *folder.glob("*.yml")])
        if path.name != REGIONS_FILE
    ]
    if not documents:
        raise FileRefused(f"{folder} 里没有政策文件（*.yaml）。")
    keys: dict[str, PolicyDocument] = {}
    for document in documents:
        if document.key in keys:
            raise FileRefused(
                f"{document.path.name} 第 {document.key_line} 行：标识“{document.key}”"
                f"已用于 {keys[document.key].path.name}。"
            )
        keys[document.key] = document
    refuse_overlaps(documents)
    return documents


def read_policy(path: Path, regions: set[str]) -> PolicyDocument:
    """Read one policy file."""
    root = parse(path)
    entries = mapping(root, _POLICY)
    region = text(entries["region"], largest=6)
    if region not in regions:
        raise entries["region"].refuse(f"没有代码为“{region}”的地区。")
    valid_from = day(entries["valid_from"])
    valid_to = _valid_to(entries, valid_from)
    commitments = tuple(
        text(item, largest=200) for item in _items(entries.get("commitments"))
    )
    limits = tuple(_limits(entries.get("limits")))
    if not limits and not commitments:
        raise root.refuse("既没有时限（limits），也没有承诺（commitments）。")
    return PolicyDocument(
        path=path,
        key=_key(entries["key"]),
        key_line=entries["key"].line,
        region=region,
        level=choice(entries["level"], Level.values, "层级"),
        title=text(entries["title"], largest=120),
        source=text(entries["source"], largest=200),
        clause=_optional(entries, "clause", 120),
        valid_from=valid_from,
        valid_to=valid_to,
        note=_optional(entries, "note", 2000),
        commitments=commitments,
        limits=limits,
    )


def _items(at: Located | None) -> list[Located]:
    return [] if at is None else sequence(at)


def _optional(entries: dict[str, Located], key: str, largest: int) -> str:
    return text(entries[key], largest=largest, empty=True) if key in entries else ""


def _key(at: Located) -> str:
    key = text(at, largest=60)
    if not all(c.isascii() and (c.isalnum() or c in "-_") for c in key):
        raise at.refuse("标识只用英文字母、数字、“-”和“_”。")
    return key


def _valid_to(entries: dict[str, Located], valid_from: date) -> date | None:
    at = entries.get("valid_to")
    if at is None or at.value is None:
        return None
    valid_to = day(at)
    if valid_to < valid_from:
        raise at.refuse(f"失效日期 {valid_to} 早于生效日期 {valid_from}。")
    return valid_to


def _limits(at: Located | None) -> Iterator[LimitEntry]:
    seen: set[tuple[str, str]] = set()
    for item in _items(at):
        for limit in _limit_rows(item):
            if (limit.user_type, limit.stage) in seen:
                raise item.refuse(
                    f"{UserType(limit.user_type).label}的"
                    f"“{Stage(limit.stage).label}”写了两次。"
                )
            seen.add((limit.user_type, limit.stage))
            yield limit


def _limit_rows(item: Located) -> Iterator[LimitEntry]:
    """Give the rows of one user type: its steps, then the whole."""
    entries = mapping(item, _LIMIT)
    user_type = choice(entries["user_type"], UserType.values, "用户类型")
    unit: str = Unit.WORKING_DAY
    if "unit" in entries:
        unit = choice(entries["unit"], Unit.values, "单位")
    note, clause = _optional(entries, "note", 200), _optional(entries, "clause", 120)
    steps = _steps(entries.get("steps"), unit)
    for stage, (value, line) in steps.items():
        yield LimitEntry(user_type, stage, value, unit, "", note, clause, line)
    total = entries.get("total")
    if total is None:
        if not steps:
            raise item.refuse("没有写任何时限（steps 或 total）。")
        if "measure" in entries:
            raise entries["measure"].refuse("没有合计（total），不必写口径。")
        return
    value, measure = whole(total, unit), _measure(item, entries)
    spent = sum(days for days, _line in steps.values())
    if measure == Measure.UTILITY_STEPS and steps and spent != value:
        sum_text = "+".join(str(days) for days, _line in steps.values())
        raise total.refuse(f"各环节之和 {sum_text}={spent}，与合计 {value} 不符。")
    yield LimitEntry(
        user_type, Stage.TOTAL, value, unit, measure, note, clause, total.line
    )


def _steps(at: Located | None, unit: str) -> dict[str, tuple[int, int]]:
    if at is None:
        return {}
    if not isinstance(at.value, dict):
        raise at.refuse("steps 应写成“环节: 天数”。")
    for stage, entry in at.value.items():
        if stage not in _STEPS:
            raise entry.refuse(
                f"不认识的环节“{shown(stage)}”，可用：{'、'.join(_STEPS)}。"
            )
    return {
        stage: (whole(entry, unit), entry.line) for stage, entry in at.value.items()
    }


def _measure(item: Located, entries: dict[str, Located]) -> str:
    if "measure" not in entries:
        raise item.refuse(
            "合计（total）须写明口径（measure）：utility_steps 或 whole_process。"
        )
    return choice(entries["measure"], Measure.values, "口径")


def refuse_overlaps(documents: list[PolicyDocument]) -> None:
    """Refuse two limits for the same thing in the same place at the same time."""
    held: dict[tuple[str, str, str, str], list[tuple[PolicyDocument, int]]] = {}
    for document in documents:
        for limit in document.limits:
            place = (document.region, document.level, limit.user_type, limit.stage)
            for other, line in held.setdefault(place, []):
                if overlap(document, other):
                    raise FileRefused(
                        f"{document.path.name} 第 {limit.line} 行："
                        f"{UserType(limit.user_type).label}的"
                        f"“{Stage(limit.stage).label}”有效期与 {other.path.name}"
                        f" 第 {line} 行重叠。"
                    )
            held[place].append((document, limit.line))


def overlap(one: PolicyDocument, other: PolicyDocument) -> bool:
    """Tell whether two documents hold on one day at least."""
    return (one.valid_to is None or other.valid_from <= one.valid_to) and (
        other.valid_to is None or one.valid_from <= other.valid_to
    )
