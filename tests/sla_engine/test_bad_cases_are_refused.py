"""Each thing that can be wrong with a case file has its own sentence."""

import json

import pytest

from sla.casefile import LARGEST, parse_case
from sla.engine import Unreckonable

START = {"at": "2026-09-30T09:00:00+08:00", "kind": "start"}
CASE = {
    "limit": 10,
    "unit": "working_day",
    "events": [START],
    "at": "2026-10-15T12:00:00+08:00",
}
DAY = {"date": "2026-10-09", "workday": False}


def refused(content: bytes) -> str:
    """Return the sentence with which a case file is refused."""
    with pytest.raises(Unreckonable) as refusal:
        parse_case(content)
    assert "\n" not in str(refusal.value)
    assert str(refusal.value).endswith("。")
    return str(refusal.value)


def test_the_least_case_is_read():
    case = parse_case(json.dumps(CASE).encode())
    assert (case.limit.value, case.region, case.rules) == (10, None, ())


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "不是有效的JSON（第1行第1列）"),
        (b'{"limit": 10,', "不是有效的JSON"),
        (b"\xff\xfe{}", "不是UTF-8编码"),
        (b"[]", "案例必须是一个JSON对象"),
        (b"[" * 100_000, "嵌套过深"),
        (b" " * (LARGEST + 1), "案例文件过大"),
        (b'{"limit": 1, "unit": "minute", "limit": 2}', '同一处写了两次"limit"'),
        (b'{"limit": NaN}', "NaN不是数"),
        (b'{"limit": -Infinity}', "-Infinity不是数"),
        (b'{"limit": 1' + b"0" * 5000 + b"}", "过长"),
    ],
)
def test_what_is_no_case_at_all(content, sentence):
    assert sentence in refused(content)


@pytest.mark.parametrize("key", ["limit", "unit", "events", "at"])
def test_a_missing_key(key):
    case = {name: value for name, value in CASE.items() if name != key}
    assert refused(json.dumps(case).encode()) == f"案例缺少{key}。"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"limits": 3}, '案例里不认识的项"limits"'),
        ({"x" * 100: 3}, "…"),
        ({"limit": True}, "limit必须是整数，而不是true"),
        ({"limit": 10.0}, "limit必须是整数，而不是10.0"),
        ({"limit": "10"}, 'limit必须是整数，而不是"10"'),
        ({"limit": 0}, "时限必须是正整数"),
        ({"limit": -5}, "时限必须是正整数"),
        ({"limit": 3661}, "时限过大"),
        ({"unit": 3}, "unit必须是文字"),
        ({"unit": "hour"}, "不认识的时限单位'hour'"),
        ({"region": 120000}, "region必须是文字"),
        ({"region": "999999"}, "不认识的地区代码"),
        ({"at": None}, "at必须是文字，而不是null"),
        ({"at": 1760500000}, "at必须是文字"),
        ({"at": "2026-10-15T12:00:00"}, "at的2026-10-15T12:00:00没有时区"),
        ({"at": "2026-10-15"}, "没有时区"),
        ({"at": "昨天"}, "不是时刻"),
        ({"at": "2026-02-30T09:00:00+08:00"}, "不是时刻"),
        ({"events": {}}, "events必须是列表"),
        ({"events": ["start"]}, "events[0]必须是一个JSON对象"),
        ({"events": [{"at": START["at"]}]}, "events[0]缺少kind"),
        ({"events": [START | {"who": "我"}]}, "events[0]里不认识的项"),
        ({"events": [START | {"kind": "begin"}]}, "不认识的事件类型'begin'"),
        ({"events": [START | {"kind": 1}]}, "events[0].kind必须是文字"),
        ({"events": [START | {"at": "2026-09-30T09:00"}]}, "events[0].at的"),
        ({"events": [START | {"at": "1998-09-30T09:00Z"}]}, "超出了日历范围"),
        ({"events": [START | {"reason": None}]}, "events[0].reason必须是文字"),
        ({"events": [START | {"reason": "因" * 1001}]}, "reason过长"),
        ({"events": [START | {"reason": "\ud800"}]}, "无法显示的字符"),
        ({"events": [START | {"value": 5}]}, "只有变更时限（extend）才能带value"),
        ({"events": [START | {"kind": "extend"}]}, "必须给出新的时限"),
        ({"events": [START | {"kind": "extend", "value": "5"}]}, "value必须是整数"),
        ({"events": [START | {"kind": "extend", "value": 0}]}, "正整数"),
        ({"calendar": None}, "calendar必须是列表"),
        ({"calendar": ["2026-10-09"]}, "calendar[0]必须是一个JSON对象"),
        ({"calendar": [{"date": "2026-10-09"}]}, "calendar[0]缺少workday"),
        ({"calendar": [DAY | {"off": True}]}, "calendar[0]里不认识的项"),
        ({"calendar": [DAY | {"workday": 0}]}, "workday必须是true或false"),
        ({"calendar": [DAY | {"date": "2026-02-30"}]}, "日期2026-02-30不存在"),
        ({"calendar": [DAY | {"date": 20261009}]}, "calendar[0].date必须是日期"),
        ({"calendar": [DAY | {"source": 9}]}, "calendar[0].source必须是文字"),
        (
            {"calendar": [DAY, DAY | {"workday": True}]},
            "calendar里2026-10-09既写了上班又写了休息",
        ),
    ],
)
def test_a_wrong_value(changes, sentence):
    assert sentence in refused(json.dumps(CASE | changes).encode())


def test_the_same_row_twice_is_no_contradiction():
    case = parse_case(json.dumps(CASE | {"calendar": [DAY, DAY]}).encode())
    assert len(case.rules) == 1
