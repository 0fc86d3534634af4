"""`manage.py reckon` replays a case file and prints where its clock stands."""

import io
import json
from typing import Any

import pytest
from django.core.management import call_command

from sla.engine import WorkCalendar
from sla.management.commands.reckon import Command
from sla.services import calendars

CASE: dict[str, Any] = {
    "limit": 10,
    "unit": "working_day",
    "region": "120000",
    "events": [
        {"at": "2026-09-30T09:00:00+08:00", "kind": "start"},
        {"at": "2026-10-09T10:00:00+08:00", "kind": "pause", "reason": "等待客户"},
        {"at": "2026-10-12T01:00:00Z", "kind": "resume"},
    ],
    "calendar": [{"date": "2026-10-13", "workday": False, "source": "津政发9号"}],
    "at": "2026-10-15T12:00:00+08:00",
}


@pytest.fixture(autouse=True)
def _no_database(monkeypatch: pytest.MonkeyPatch) -> None:
    def built_in(region: str) -> WorkCalendar:
        return WorkCalendar.build(region)

    monkeypatch.setattr(calendars, "calendar_for", built_in)


def replayed(tmp_path, capsys, **changes):
    """Return what the command prints for a case file."""
    path = tmp_path / "case.json"
    path.write_text(json.dumps(CASE | changes), encoding="utf-8")
    call_command("reckon", str(path))
    return json.loads(capsys.readouterr().out)


def test_days_and_their_ledger(tmp_path, capsys):
    told = replayed(tmp_path, capsys)
    ledger = told.pop("ledger")
    assert told == {
        "state": "running",
        "due_on": "2026-10-23",
        "due_at": "2026-10-23T23:59:59.999999+08:00",
        "used_days": 4,
        "remaining_days": 6,
        "overdue": False,
        "provisional": False,
    }
    assert sum(entry["counted"] for entry in ledger) == 10
    paused = {"verdict": "暂停", "counted": False, "note": "等待客户"}
    assert {"date": "2026-10-10", **paused} in ledger
    local = {"verdict": "法定节假日", "counted": False, "note": "津政发9号"}
    assert {"date": "2026-10-13", **local} in ledger


def test_minutes_have_keys_of_their_own(tmp_path, capsys):
    told = replayed(
        tmp_path,
        capsys,
        limit=45,
        unit="minute",
        events=CASE["events"][:1],
        calendar=[],
    )
    assert told["due_at"] == "2026-09-30T09:45:00+08:00"
    assert (told["used_days"], told["remaining_days"]) == (None, None)
    assert told["used_minutes"] == 15 * 24 * 60 + 180
    assert told["remaining_minutes"] == 45 - told["used_minutes"]
    assert told["overdue"]
    assert told["ledger"] == []


def test_while_paused_nothing_is_due(tmp_path, capsys):
    told = replayed(tmp_path, capsys, events=CASE["events"][:2])
    assert (told["state"], told["due_on"], told["due_at"]) == ("paused", None, None)


def test_an_extension_carries_the_new_limit(tmp_path, capsys):
    longer = {"at": "2026-10-12T10:00:00+08:00", "kind": "extend", "value": 20}
    told = replayed(tmp_path, capsys, events=[*CASE["events"], longer])
    assert (told["used_days"], told["remaining_days"]) == (4, 16)


def test_without_region_the_home_region_is_meant(tmp_path, capsys):
    case = {key: value for key, value in CASE.items() if key != "region"}
    path = tmp_path / "case.json"
    path.write_text(json.dumps(case), encoding="utf-8")
    call_command("reckon", str(path))
    assert json.loads(capsys.readouterr().out)["due_on"] == "2026-10-23"


def test_a_dash_reads_standard_input(monkeypatch, capsys):
    content = io.BytesIO(json.dumps(CASE).encode("utf-8-sig"))
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(content))
    call_command("reckon", "-")
    assert json.loads(capsys.readouterr().out)["state"] == "running"


@pytest.mark.parametrize("name", ["missing.json", ".", "a\0b"])
def test_a_file_that_cannot_be_read_is_one_sentence(tmp_path, capsys, name):
    with pytest.raises(SystemExit) as ended:
        Command().run_from_argv(["manage.py", "reckon", f"{tmp_path}/{name}"])
    out, err = capsys.readouterr()
    assert (ended.value.code, out) == (2, "")
    assert err.startswith("读不到案例文件")


def test_a_history_that_cannot_be_is_one_sentence(tmp_path, capsys):
    path = tmp_path / "case.json"
    path.write_text(json.dumps(CASE | {"events": CASE["events"][1:]}), encoding="utf-8")
    with pytest.raises(SystemExit) as ended:
        Command().run_from_argv(["manage.py", "reckon", str(path)])
    out, err = capsys.readouterr()
    assert (ended.value.code, out) == (2, "")
    assert err == "缺少开始（start）事件。\n"
