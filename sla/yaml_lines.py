"""YAML written by people: every value with its line, every fault with a sentence."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml


class FileRefused(ValueError):
    """Say which line of which file is wrong, and why."""


@dataclass(frozen=True)
class Located:
    """Keep a value of a file together with where it stands."""

    value: Any
    path: Path
    line: int

    def refuse(self, reason: str) -> FileRefused:
        """Make the sentence that names file, line and reason."""
        return FileRefused(f"{self.path.name} 第 {self.line} 行：{reason}")


class _TextDates(yaml.SafeLoader):
    """Read scalars as they are written; `on` and dates get their meaning later."""


_TextDates.yaml_implicit_resolvers = {
    first: [(tag, rule) for tag, rule in rules if not tag.endswith(":timestamp")]
    for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def parse(path: Path) -> Located:
    """Read one YAML file; refuse duplicate keys and broken syntax with their line."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as unreadable:
        raise FileRefused(f"{path.name}：文件读不出来（须为 UTF-8 文本）。") from (
            unreadable
        )
    return _parsed(path, text)


# The same text again is the same answer: rules are read far more often than edited.
@lru_cache(maxsize=64)
def _parsed(path: Path, text: str) -> Located:
    loader = _TextDates(text)
    try:
        node = loader.get_single_node()
        if node is None:
            raise FileRefused(f"{path.name} 第 1 行：文件是空的。")
        return _located(loader, node, path, set())
    except yaml.YAMLError as broken:
        mark = getattr(broken, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise FileRefused(f"{path.name} 第 {line} 行：不是有效的 YAML。") from broken
    except RecursionError:
        raise FileRefused(f"{path.name}：嵌套过深。") from None
    finally:
        loader.dispose()


def _located(
    loader: yaml.SafeLoader, node: yaml.Node, path: Path, seen: set[yaml.Node]
) -> Located:
    line = node.start_mark.line + 1
    if node in seen:  # an alias; it could also nest without end
        raise FileRefused(f"{path.name}：不支持引用（&、*），请把内容写全。")
    seen.add(node)
    if isinstance(node, yaml.MappingNode):
        entries: dict[str, Located] = {}
        for key_node, value_node in node.value:
            key, at = str(key_node.value), key_node.start_mark.line + 1
            if key in entries:
                raise FileRefused(f"{path.name} 第 {at} 行：“{key}”写了两次。")
            value = _located(loader, value_node, path, seen).value
            entries[key] = Located(value, path, at)
        return Located(entries, path, line)
    if isinstance(node, yaml.SequenceNode):
        items = [_located(loader, item, path, seen) for item in node.value]
        return Located(items, path, line)
    value = loader.construct_object(node)
    if type(value) is int and str(value) != node.value:
        # YAML would read 010 as 8, 1:30 as 90; nobody who writes a limit means that.
        raise FileRefused(
            f"{path.name} 第 {line} 行：“{node.value}”应写成十进制整数，代码请加引号。"
        )
    return Located(value, path, line)


def mapping(at: Located, known: Mapping[str, bool]) -> dict[str, Located]:
    """Give the entries of a mapping; `known` says which keys there are and must be."""
    if not isinstance(at.value, dict):
        raise at.refuse("这里应是“键: 值”的列表。")
    for key, entry in at.value.items():
        if key not in known:
            raise entry.refuse(f"不认识的键“{key}”，可用：{'、'.join(known)}。")
    for key, required in known.items():
        if required and key not in at.value:
            raise at.refuse(f"缺少“{key}”。")
    return dict(at.value)


def sequence(at: Located) -> list[Located]:
    """Give the items of a list."""
    if not isinstance(at.value, list):
        raise at.refuse("这里应是以“-”开头的列表。")
    return at.value


def text(at: Located, *, largest: int, empty: bool = False) -> str:
    """Give a trimmed text; numbers are taken as they are written."""
    value = at.value
    if value is None:
        value = ""
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise at.refuse("这里应是文字。")
    value = str(value).strip()
    if not value and not empty:
        raise at.refuse("不能为空。")
    if len(value) > largest:
        raise at.refuse(f"太长，最多 {largest} 字。")
    if not all(letter.isprintable() for letter in value if letter != "\n"):
        raise at.refuse("含有无法显示的字符。")
    return value


def choice(at: Located, choices: list[str], what: str) -> str:
    """Give one of the words a field may hold."""
    if not isinstance(at.value, str):
        raise at.refuse(f"{what}应是一个词，可用：{'、'.join(choices)}。")
    if at.value not in choices:
        raise at.refuse(f"不认识的{what}“{at.value}”，可用：{'、'.join(choices)}。")
    return at.value


def day(at: Located) -> date:
    """Give a date written as 2025-07-01."""
    try:
        return date.fromisoformat(str(at.value))
    except ValueError:
        raise at.refuse(f"“{at.value}”不是日期，应写成 2025-07-01。") from None
