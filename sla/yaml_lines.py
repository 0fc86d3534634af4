"""YAML written by people: every value with its line, every fault with a sentence."""

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

SHOWN = 40  # letters of a wrong value that its sentence repeats
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_BROKEN = "不是有效的 YAML，请检查本行和上一行：冒号用半角、后面空一格，缩进用空格。"


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

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        """Refuse what means another thing than it says; an alias may nest for ever."""
        event = self.peek_event()  # type: ignore[no-untyped-call]
        if event.anchor or getattr(event, "tag", None):
            raise yaml.composer.ComposerError(problem_mark=event.start_mark)
        return super().compose_node(parent, index)


_TextDates.yaml_implicit_resolvers = {
    first: [(tag, rule) for tag, rule in rules if not tag.endswith(":timestamp")]
    for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def parse(path: Path) -> Located:
    """Read one YAML file; refuse duplicate keys and broken syntax with their line."""
    try:
        content = path.read_bytes()
    except OSError as unreadable:
        raise FileRefused(f"{path.name}：文件读不出来。") from unreadable
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as foreign:
        line = content.count(b"\n", 0, foreign.start) + 1
        raise _refused(path, line, "不是 UTF-8 文本，请另存为 UTF-8。") from foreign
    return _parsed(path, text)


def _refused(path: Path, line: int, reason: str) -> FileRefused:
    return Located(None, path, line).refuse(reason)


# The same text again is the same answer: rules are read far more often than edited.
@lru_cache(maxsize=64)
def _parsed(path: Path, text: str) -> Located:
    try:
        loader = _TextDates(text)
    except yaml.reader.ReaderError as odd:
        line = text.count("\n", 0, odd.position) + 1
        raise _refused(path, line, "含有无法显示的字符。") from odd
    try:
        node = loader.get_single_node()
        if node is None:
            raise _refused(path, 1, "文件是空的。")
        return _located(loader, node, path)
    except yaml.MarkedYAMLError as broken:
        mark = broken.problem_mark or broken.context_mark
        assert mark is not None, "whoever reads a text knows where"
        raise _refused(path, mark.line + 1, _reason(broken)) from broken
    except RecursionError:
        raise _refused(path, loader.line + 1, "嵌套过深。") from None
    finally:
        loader.dispose()


def _reason(broken: yaml.MarkedYAMLError) -> str:
    """Say what the parser does not take; what it says itself is English."""
    if isinstance(broken, yaml.composer.ComposerError):
        return "一个文件只写一份文档，不用引用（&、*）和标记（!），请把内容写全。"
    return _BROKEN


def _located(loader: yaml.SafeLoader, node: yaml.Node, path: Path) -> Located:
    line = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        entries: dict[str, Located] = {}
        for key_node, value_node in node.value:
            at = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                raise _refused(path, at, "冒号前面应是一个词。")
            key = str(key_node.value)
            if key in entries:
                raise _refused(path, at, f"“{shown(key)}”写了两次。")
            value = _located(loader, value_node, path).value
            entries[key] = Located(value, path, at)
        return Located(entries, path, line)
    if isinstance(node, yaml.SequenceNode):
        return Located([_located(loader, n, path) for n in node.value], path, line)
    try:
        value = loader.construct_object(node)
    except ValueError as endless:  # Python reads no number of thousands of digits
        raise _refused(path, line, f"“{shown(node.value)}”不是数。") from endless
    if type(value) is int and str(value) != node.value:
        # YAML would read 010 as 8, 1:30 as 90; nobody who writes a limit means that.
        raise _refused(
            path, line, f"“{shown(node.value)}”应写成十进制整数，代码请加引号。"
        )
    return Located(value, path, line)


def mapping(at: Located, known: Mapping[str, bool]) -> dict[str, Located]:
    """Give the entries of a mapping; `known` says which keys there are and must be."""
    if not isinstance(at.value, dict):
        raise at.refuse("这里应是“键: 值”的列表。")
    for key, entry in at.value.items():
        if key not in known:
            raise entry.refuse(f"不认识的键“{shown(key)}”，可用：{'、'.join(known)}。")
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
        word = shown(at.value)
        raise at.refuse(f"不认识的{what}“{word}”，可用：{'、'.join(choices)}。")
    return at.value


def day(at: Located) -> date:
    """Give a date written as 2025-07-01; no other notation is taken."""
    if isinstance(at.value, list | dict):
        raise at.refuse("这里应是日期，写成 2025-07-01。")
    if _DATE.fullmatch(str(at.value)):
        with suppress(ValueError):
            return date.fromisoformat(at.value)
    raise at.refuse(f"“{shown(at.value)}”不是日期，应写成 2025-07-01。")


def shown(value: object) -> str:
    """Repeat a wrong value in its sentence: short, and nothing that cannot be seen."""
    words = {None: "", True: "true", False: "false"}
    told = words[value] if isinstance(value, bool | None) else str(value)
    told = "".join(mark if mark.isprintable() else "�" for mark in told)
    return told if len(told) <= SHOWN else f"{told[:SHOWN]}…"
