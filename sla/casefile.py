"""The case file of `manage.py reckon`: one clock written down as JSON.

Everything in it is checked before anything is reckoned; the first thing wrong is said
in one Chinese sentence that names its place.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NoReturn

from sla.engine import (
    DayRule,
    Limit,
    Moment,
    Reckoning,
    Unreckonable,
    check_region,
)

LARGEST = 5_000_000  # bytes; a real case has a few hundred
LONGEST = 1000  # letters in one text
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_SOURCE = "案例附带的日历"


class BadCase(Unreckonable):
    """A case file that cannot be read as one."""


@dataclass(frozen=True, slots=True)
class Case:
    """One clock, as written down; `region` is None where the file names none."""

    limit: Limit
    region: str | None
    moments: tuple[Moment, ...]
    rules: tuple[DayRule, ...]
    at: datetime


def parse_case(content: bytes) -> Case:
    """Return the case in a file's bytes, or raise Unreckonable with what is wrong."""
    case = _object(_json(content), "案例")
    _only(case, "案例", ("limit", "unit", "events", "at"), ("region", "calendar"))
    limit = Limit(_whole(case["limit"], "limit"), _text(case["unit"], "unit"))
    return Case(
        limit=limit,
        region=_region(case["region"]) if "region" in case else None,
        moments=_moments(case["events"], limit.unit),
        rules=_rules(case.get("calendar", [])),
        at=_moment(case["at"], "at"),
    )


def answer(reckoning: Reckoning) -> dict[str, Any]:
    """Return a reckoning as the JSON that scripts rely on."""
    in_days = reckoning.limit.in_days
    told: dict[str, Any] = {
        "state": reckoning.state,
        "due_on": reckoning.due_on and reckoning.due_on.isoformat(),
        "due_at": reckoning.due_at and reckoning.due_at.isoformat(),
        "used_days": reckoning.used if in_days else None,
        "remaining_days": reckoning.remaining if in_days else None,
    }
    if not in_days:
        told["used_minutes"] = reckoning.used
        told["remaining_minutes"] = reckoning.remaining
    return told | {
        "overdue": reckoning.overdue,
        "provisional": reckoning.provisional,
        "ledger": [
            {
                "date": entry.date.isoformat(),
                "verdict": entry.verdict,
                "counted": entry.counted,
                "note": entry.note,
            }
            for entry in reckoning.ledger
        ],
    }


def parse_date(text: object, place: str) -> date:
    """Return a date written as YYYY-MM-DD; no other notation is taken."""
    if isinstance(text, str) and _DATE.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise BadCase(f"{place}的日期{text}不存在。") from None
    raise BadCase(f"{place}必须是日期，写成YYYY-MM-DD，而不是{_shown(text)}。")


def _json(content: bytes) -> object:
    if len(content) > LARGEST:
        raise BadCase(f"案例文件过大，最多{LARGEST}字节。")
    try:
        return json.loads(
            content.decode("utf-8-sig"),
            object_pairs_hook=_once,
            parse_int=_integer,
            parse_constant=_no_number,
        )
    except UnicodeDecodeError:
        raise BadCase("案例文件不是UTF-8编码的文本。") from None
    except json.JSONDecodeError as wrong:
        raise BadCase(
            f"案例文件不是有效的JSON（第{wrong.lineno}行第{wrong.colno}列）。"
        ) from None
    except RecursionError:
        raise BadCase("案例文件的JSON嵌套过深。") from None


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _value in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise BadCase(f"同一处写了两次{_shown(twice)}。")
    return found


def _no_number(name: str) -> NoReturn:
    raise BadCase(f"案例里的{name}不是数。")


def _integer(digits: str) -> int:
    if len(digits) > 18:
        raise BadCase(f"案例里的数{digits[:18]}…过长。")
    return int(digits)


def _region(code: object) -> str:
    told = _text(code, "region")
    check_region(told)
    return told


def _moments(events: object, unit: str) -> tuple[Moment, ...]:
    return tuple(
        _event(event, f"events[{index}]", unit)
        for index, event in enumerate(_list(events, "events"))
    )


def _event(event: object, place: str, unit: str) -> Moment:
    told = _object(event, place)
    _only(told, place, ("at", "kind"), ("reason", "value"))
    kind = _text(told["kind"], f"{place}.kind")
    at = _moment(told["at"], f"{place}.at")
    if "value" in told and kind != "extend":
        raise BadCase(f"{place}：只有变更时限（extend）才能带value。")
    reason = _text(told.get("reason", ""), f"{place}.reason")
    if "value" not in told:
        return Moment(at, kind, reason)
    new = Limit(_whole(told["value"], f"{place}.value"), unit)
    return Moment(at, kind, reason, new.value)


def _rules(rows: object) -> tuple[DayRule, ...]:
    rules: dict[date, DayRule] = {}
    for index, row in enumerate(_list(rows, "calendar")):
        rule = _rule(row, f"calendar[{index}]")
        known = rules.setdefault(rule.date, rule)
        if known.workday != rule.workday:
            raise BadCase(f"calendar里{rule.date}既写了上班又写了休息。")
    return tuple(rules.values())


def _rule(row: object, place: str) -> DayRule:
    told = _object(row, place)
    _only(told, place, ("date", "workday"), ("source", "name"))
    if not isinstance(told["workday"], bool):
        raise BadCase(f"{place}.workday必须是true或false。")
    return DayRule(
        date=parse_date(told["date"], f"{place}.date"),
        workday=told["workday"],
        source=_text(told.get("source", _SOURCE), f"{place}.source"),
        name=_text(told.get("name", ""), f"{place}.name"),
    )


def _moment(text: object, place: str) -> datetime:
    told = _text(text, place)
    try:
        at = datetime.fromisoformat(told)
    except ValueError:
        raise BadCase(
            f"{place}的{_shown(told)}不是时刻，应写成如2026-09-30T09:00:00+08:00。"
        ) from None
    if at.utcoffset() is None:
        raise BadCase(f"{place}的{told}没有时区，应写成如2026-09-30T09:00:00+08:00。")
    return at


def _object(value: object, place: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise BadCase(f"{place}必须是一个JSON对象。")
    return value


def _list(value: object, place: str) -> list[object]:
    if not isinstance(value, list):
        raise BadCase(f"{place}必须是列表。")
    return value


def _text(value: object, place: str) -> str:
    if not isinstance(value, str):
        raise BadCase(f"{place}必须是文字，而不是{_shown(value)}。")
    if len(value) > LONGEST:
        raise BadCase(f"{place}过长，最多{LONGEST}个字。")
    if _broken(value):
        raise BadCase(f"{place}含有无法显示的字符。")
    return value


def _whole(value: object, place: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise BadCase(f"{place}必须是整数，而不是{_shown(value)}。")
    return value


def _broken(text: str) -> bool:
    """Tell whether a text holds half a surrogate pair, which no output can carry."""
    return any("\ud800" <= letter <= "\udfff" for letter in text)


def _only(
    told: dict[str, Any], place: str, needed: Sequence[str], optional: Sequence[str]
) -> None:
    for key in needed:
        if key not in told:
            raise BadCase(f"{place}缺少{key}。")
    for key in told:
        if key not in needed and key not in optional:
            raise BadCase(f"{place}里不认识的项{_shown(key)}。")


def _shown(value: object) -> str:
    """Return a value as it stood in the file, cut short, safe to print."""
    text = json.dumps(value, ensure_ascii=False)
    if not text.isprintable():
        text = json.dumps(value)
    return text if len(text) <= 40 else f"{text[:40]}…"
