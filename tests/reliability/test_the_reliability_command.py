"""``manage.py reliability`` prints a table or JSON, and refuses in one sentence."""

import io
import json
import sys
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import call_command, get_commands, load_command_class

from outages.models import Transformer
from sla.engine import Unreckonable
from tests.cast import HEXI, at
from tests.reliability.history import cut, town

pytestmark = pytest.mark.django_db
NOW = at("2025-02-01", "12:00")


@pytest.fixture
def history() -> None:
    place = town()
    cut(place.homes, at("2024-03-01", "08:00"), timedelta(hours=2))
    cut(
        place.square, at("2024-12-31", "23:00"), timedelta(hours=3),
        cause="weather", exclusion="confirmed",
    )  # fmt: skip
    cut(place.village, at("2024-06-01"), timedelta(minutes=3), kind="rationing")


def run(*words: str) -> str:
    out = io.StringIO()
    with time_machine.travel(NOW, tick=False):
        call_command("reliability", *words, stdout=out)
    return out.getvalue()


def test_a_year_as_json_with_exact_parts(history: None) -> None:
    told: dict[str, Any] = json.loads(
        run(
            "--region", "120000", "--from", "2024-01-01", "--to", "2024-12-31", "--json"
        )
    )

    low = told["levels"]["low"]
    seconds = 300 * 7200 + 200 * 3600 + 50 * 180
    assert told["period_hours"] == 366 * 24
    assert low["level"] == "低压（试点）"
    assert low["customers"] == 651
    every = low["variants"]["1"]
    assert every["customer_seconds"] == seconds
    assert every["customers_off"] == 550
    assert every["saidi_hours"] == seconds / 3600 / 651
    assert every["saifi"] == 550 / 651
    assert every["caidi_hours"] == pytest.approx(seconds / 3600 / 550)
    assert every["asai_percent"] < 100
    assert low["variants"]["2"]["customer_seconds"] == seconds - 200 * 3600
    assert low["variants"]["3"]["customer_seconds"] == seconds - 50 * 180
    assert low["variants"]["4"]["customer_seconds"] == seconds - 50 * 180
    assert told["levels"]["medium"]["customers"] == 4
    assert [row["month"] for row in low["by_month"]][-1] == "2024-12"
    assert {row["name"] for row in low["by_region"]} == {"和平区", "河西区"}


def test_a_table_with_both_levels(history: None) -> None:
    said = run("--region", HEXI, "--from", "2024-01-01", "--to", "2024-12-31")

    assert "河西区（120103）2024-01-01 至 2024-12-31" in said
    assert "【低压（试点）】用户数 451" in said
    assert "【中压】用户数 3" in said
    assert "-2 不计已认定的不可抗力和外力破坏" in said
    assert "设备老化或缺陷" in said
    assert "100.0000" not in said.split("按类型")[0].split("按月份")[0]


def test_a_cause_not_found_yet_has_its_own_row(history: None) -> None:
    homes = Transformer.objects.get(code="T-1")
    cut(homes, at("2024-04-01"), timedelta(hours=1), cause="")

    said = run("--region", HEXI, "--from", "2024-01-01", "--to", "2024-12-31")

    assert "尚未认定" in said


def test_without_interruptions_caidi_is_undefined(history: None) -> None:
    told = json.loads(
        run("--region", HEXI, "--from", "2024-02-01", "--to", "2024-02-29", "--json")
    )

    every = told["levels"]["low"]["variants"]["1"]
    assert every["caidi_hours"] is None
    assert every["saidi_hours"] == 0
    assert every["asai_percent"] == 100


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--region", "129999", "--from", "2024-01-01", "--to", "2024-01-31"],
         "没有代码为129999的地区，请核对。"),
        (["--region", HEXI, "--from", "2024-02-01", "--to", "2024-01-31"],
         "开始日期不能晚于结束日期。"),
        (["--region", HEXI, "--from", "2025-01-01", "--to", "2025-02-02"],
         "结束日期不能晚于今天（2025-02-01）。"),
        (["--region", HEXI, "--from", "1999-01-01", "--to", "2024-01-31"],
         "统计期最长10年，请分段统计。"),
        (["--region", HEXI, "--from", "2024-02-30", "--to", "2024-03-31"],
         "参数--from的日期2024-02-30不存在。"),
        (["--region", HEXI, "--from", "2024/02/01", "--to", "2024-03-31"],
         "参数--from必须是日期，写成YYYY-MM-DD，而不是\"2024/02/01\"。"),
    ],
)  # fmt: skip
def test_what_cannot_be_reckoned_is_refused(
    history: None, words: list[str], sentence: str
) -> None:
    with pytest.raises(Unreckonable) as refused:
        run(*words)

    assert str(refused.value) == sentence


def test_a_refusal_is_one_line_and_code_2(
    history: None, capsys: pytest.CaptureFixture[str], monkeypatch: Any
) -> None:
    command = load_command_class(get_commands()["reliability"], "reliability")
    argv = ["manage.py", "reliability", "--from", "2024-01-01", "--to", "2024-01-31"]
    monkeypatch.setattr(sys, "argv", argv)

    with pytest.raises(SystemExit) as left:
        command.run_from_argv(argv)

    assert left.value.code == 2
    assert capsys.readouterr().err == "缺少参数--region。\n"
