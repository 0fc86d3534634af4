"""``manage.py frequent_outages``: a table for people, JSON for machines, refusals."""

import json
from io import StringIO
from unittest import mock

import pytest
import time_machine
from django.core.management import call_command
from django.db import DatabaseError

from outages.management.commands.frequent_outages import Command
from outages.selectors import frequency
from sla.engine import Unreckonable
from tests.cast import at
from tests.governance.world import case_of, cut_on
from tests.grid import Grid

pytestmark = pytest.mark.django_db


def told(*arguments: str) -> str:
    out = StringIO()
    call_command("frequent_outages", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def busy(network: Grid) -> Grid:
    """Return the network with one area over a limit, one at it, one below."""
    cut_on(network.garden, "2026-08-01", "2026-08-11", "2026-08-21", "2026-08-31")
    cut_on(network.school, "2026-08-02", "2026-08-12", "2026-08-22")
    cut_on(network.market, "2026-08-03")
    return network


def test_the_table_names_what_is_over_or_at_a_limit(busy: Grid) -> None:
    text = told("--on", "2026-09-01")
    lines = text.splitlines()
    assert lines[0] == "2026-09-01 频繁停电情况"
    assert "连续60天（2026-07-04 起）最多 3 次" in lines[1]
    assert "本自然年（2026-01-01 起）最多 5 次，仅供参考" in lines[1]
    assert "天津行动计划" in lines[2]
    head, first, second = (line.split() for line in lines[4:7])
    assert head == [
        "线路或台区", "所在区", "连续60天", "连续365天", "本自然年", "判定", "治理编号",
    ]  # fmt: skip
    number = case_of(busy.garden).number
    assert first == [
        "台区", "T-YY1-01", "海河花园台区", "河西区", "4", "4", "4", "超标", number,
    ]  # fmt: skip
    assert second[-2:] == ["再停一次即超标", "—"]
    assert lines[-1] == "超标 1 个，再停一次即超标 1 个，另有 1 个停过电但离上限尚远。"


def test_the_json_names_every_part_that_was_cut(busy: Grid) -> None:
    found = json.loads(told("--json", "--on", "2026-09-30"))
    assert found["on"] == "2026-09-30"
    assert found["rules"][0] == {
        "key": "in_60_days",
        "name": "连续60天",
        "from": "2026-08-02",
        "most": 3,
        "counts": True,
    }
    assert [part["code"] for part in found["parts"]] == [
        "T-YY1-01", "T-YY1-02", "T-YY1-03",
    ]  # fmt: skip
    assert found["parts"][0] == {
        "level": "transformer",
        "code": "T-YY1-01",
        "name": "海河花园台区",
        "district": "河西区",
        "in_60_days": 3,
        "in_365_days": 4,
        "in_this_year": 4,
        "verdict": "near",
        "case": case_of(busy.garden).number,
    }


def test_today_is_the_day_unless_told(busy: Grid) -> None:
    with time_machine.travel(at("2026-08-31", "23:59"), tick=False):
        assert told() == told("--on", "2026-08-31")


def test_before_anything_happened_there_is_nothing(busy: Grid) -> None:
    text = told("--on", "2026-07-31")
    assert "没有超标的线路、台区，也没有再停一次即超标的。" in text
    assert json.loads(told("--json", "--on", "2026-07-31"))["parts"] == []


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("2026-13-40", "参数--on的日期2026-13-40不存在。"),
        ("昨天", "参数--on"),
        ("0001-01-01", "超出了日历范围"),
        ("9999-12-31", "超出了日历范围"),
    ],
)
def test_a_bad_date_is_refused_with_a_sentence_and_2(
    capsys: pytest.CaptureFixture[str], day: str, sentence: str
) -> None:
    with pytest.raises(SystemExit) as ended:
        Command().run_from_argv(["manage.py", "frequent_outages", "--on", day])
    assert ended.value.code == 2
    assert sentence in capsys.readouterr().err


def test_without_tables_it_says_what_to_do() -> None:
    broken = mock.patch.object(frequency, "counts_on", side_effect=DatabaseError("x"))
    with broken, pytest.raises(Unreckonable, match=r"请先运行 manage\.py migrate"):
        told("--on", "2026-09-01")
