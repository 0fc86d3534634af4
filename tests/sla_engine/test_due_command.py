"""`manage.py due` answers with a bare date first, or refuses with one sentence."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection

from sla.engine import Unreckonable
from sla.management.commands.due import Command
from sla.models import Region
from sla.services import calendars

NOTICE = "国务院办公厅关于2026年部分节假日安排的通知"
HOUSE = Path(__file__).resolve().parents[2]


@pytest.fixture
def _no_database(monkeypatch: pytest.MonkeyPatch) -> None:
    def unreachable(*_arguments: object) -> None:
        raise OperationalError("no database")

    monkeypatch.setattr(calendars, "calendar_for", unreachable)
    monkeypatch.setattr(connection.introspection, "table_names", unreachable)


@pytest.mark.django_db
def test_the_answer_is_a_bare_date(capsys):
    call_command("due", "--start", "2026-09-30", "--days", "10")
    assert capsys.readouterr().out == "2026-10-20\n"


@pytest.mark.django_db
def test_a_provisional_answer_says_so_on_the_second_line(capsys):
    call_command("due", "--start", "2026-12-30", "--days", "10")
    first, second = capsys.readouterr().out.splitlines()
    assert date.fromisoformat(first).year == 2027
    assert second.startswith("暂定：")
    assert "2001-01-01至2026-12-31" in second


@pytest.mark.django_db
def test_explained_every_date_has_its_line(capsys):
    call_command("due", "--start", "2026-10-08", "--days", "2", "--explain")
    assert capsys.readouterr().out.splitlines() == [
        "2026-10-10",
        "2026-10-09 周五 第1日 工作日",
        f"2026-10-10 周六 第2日 调休上班 国庆节（与2026-10-07调休） · {NOTICE}",
    ]


@pytest.mark.django_db
def test_a_local_notice_counts_in_its_region_only(capsys):
    Region.objects.update_or_create(code="120000", defaults={"name": "天津市"})
    calendars.record(
        region="120000",
        title="关于运动会放假的通告",
        source="津政发〔2026〕9号",
        published_on=date(2026, 9, 1),
        days={date(2026, 10, 9): (False, "运动会")},
        by="运维",
    )
    for region, due in (("120000", "2026-10-21"), ("330100", "2026-10-20")):
        call_command("due", "--start", "2026-09-30", "--days", "10", "--region", region)
        assert capsys.readouterr().out.strip() == due


@pytest.mark.usefixtures("_no_database")
def test_without_a_database_the_built_in_calendar_answers(capsys):
    call_command("due", "--start", "2026-09-30", "--days", "10")
    out, err = capsys.readouterr()
    assert out == "2026-10-20\n"
    assert "读不到数据库" in err


@pytest.mark.usefixtures("_no_database")
def test_without_tables_there_is_nothing_to_warn_of(capsys, monkeypatch):
    monkeypatch.setattr(connection.introspection, "table_names", list)
    call_command("due", "--start", "2026-09-30", "--days", "10")
    assert capsys.readouterr() == ("2026-10-20\n", "")


@pytest.mark.parametrize("zone", ["UTC", "America/Los_Angeles"])
def test_a_bare_checkout_answers_in_any_zone(tmp_path, zone):
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{tmp_path}/none.sqlite3",
        "VAR_DIR": str(tmp_path),
        "TZ": zone,
    }
    command = [sys.executable, "manage.py", "due", "--start", "2026-09-30", "--days"]
    told = subprocess.run(
        [*command, "10"],
        cwd=HOUSE,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    assert (told.stdout, told.stderr) == ("2026-10-20\n", "")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ("--start 2026-02-30 --days 3", "起始日的日期2026-02-30不存在。"),
        ("--start 20260930 --days 3", "起始日必须是日期，写成YYYY-MM-DD"),
        ("--start 明天 --days 3", '而不是"明天"。'),
        ("--start ２０２６-09-30 --days 3", '而不是"２０２６-09-30"。'),
        ("--start \u202e2026 --days 3", '而不是"\\u202e2026"。'),
        ("--start 1999-12-31 --days 3", "超出了日历范围"),
        ("--start 2100-12-30 --days 5", "超出了日历范围"),
        ("--start 2026-09-30 --days 0", "时限必须是正整数"),
        ("--start 2026-09-30 --days -3", "时限必须是正整数"),
        ("--start 2026-09-30 --days=-3", "时限必须是正整数"),
        ("--start 2026-09-30 --days abc", "工作日数必须是整数"),
        ("--start 2026-09-30 --days 1.5", "工作日数必须是整数"),
        ("--start 2026-09-30 --days １０", "工作日数必须是整数"),
        ("--start 2026-09-30 --days 3661", "时限过大"),
        ("--start 2026-09-30 --days 99999999999999999999", "时限过大"),
        ("--start 2026-09-30 --days 3 --region 999999", "不认识的地区代码"),
        ("--start 2026-09-30 --days 3 --region 天津", "不认识的地区代码"),
        ("--start 2026-09-30", "缺少参数--days。"),
        ("", "缺少参数--start、--days。"),
        ("--start --days 3", "参数--start后面缺少值。"),
        ("--start 2026-09-30 --days 3 --explain=yes", "参数--explain后面不能有值。"),
        ("--start 2026-09-30 --days 3 --nonsense", "不认识的参数--nonsense。"),
        ("--start 2026-09-30 --days 3 --exp", "不认识的参数--exp。"),
        ("--start 2026-09-30 --days 3 -v 9", "参数-v/--verbosity的值不对。"),
    ],
)
def test_bad_input_ends_with_one_sentence_and_two(capsys, arguments, sentence):
    with pytest.raises(SystemExit) as ended:
        Command().run_from_argv(["manage.py", "due", *arguments.split()])
    out, err = capsys.readouterr()
    assert (ended.value.code, out) == (2, "")
    assert sentence in err
    assert err.endswith("。\n")
    assert err.count("\n") == 1


def test_called_from_code_bad_input_is_an_exception():
    with pytest.raises(Unreckonable, match="时限必须是正整数"):
        call_command("due", start=date(2026, 9, 30), days=0)


def test_whatever_else_the_parser_says_is_passed_on():
    parser = Command().create_parser("manage.py", "due")
    with pytest.raises(ValueError, match="参数有误：something new。"):
        parser.error("something new")
