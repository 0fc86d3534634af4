"""policies, load_policies, sweep and recompute answer in Chinese, or refuse with 2."""

import shutil
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import ManagementUtility, call_command
from django.db import OperationalError, connection

from sla.management.commands import policies as policies_command
from sla.management.commands import recompute as command
from sla.models import Policy
from sla.services import policies
from tests.sla.world import at, notice, started


def told(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """Return what a command prints."""
    call_command(*words)
    return capsys.readouterr().out


def refused(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """Return the sentence with which a command line is refused."""
    with pytest.raises(SystemExit) as end:
        ManagementUtility(["manage.py", *words]).execute()
    assert end.value.code == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert len(err.strip().splitlines()) == 1
    return err.strip()


@pytest.mark.usefixtures("laws")
def test_policies_prints_annex_2_with_its_source(
    capsys: pytest.CaptureFixture[str],
) -> None:
    out = told(capsys, "policies", "--region", "120101", "--on", "2026-09-01")
    assert out.startswith("和平区（120101）2026-09-01 有效的办电时限\n")
    assert "行动计划（2025-2029年）》 附件2；有效期：2025-07-01 至 2029-12-31" in out
    row = next(
        line for line in out.splitlines() if line.startswith("低压（未实行三零）")
    )
    assert row.split()[1:] == [
        *("1个工作日", "3个工作日", "—", "—", "—", "2个工作日", "6个工作日"),
        "供电企业各环节合计",
    ]


@pytest.mark.usefixtures("laws")
def test_policies_prints_promises_beside_the_national_limits(
    capsys: pytest.CaptureFixture[str],
) -> None:
    out = told(capsys, "policies", "--region", "330100", "--on", "2026-09-01")
    assert out.index("【国家时限】") < out.index("【本地承诺】")
    assert "8日" in out
    assert "承诺：大中型企业" in out
    words = told(capsys, "policies", "--region", "371300", "--on", "2026-09-01")
    assert "承诺：客户办电“申请即答复”。" in words


@pytest.mark.usefixtures("laws")
def test_policies_says_when_nothing_is_in_force(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert "该日没有有效的时限。" in told(capsys, "policies", "--on", "2001-01-01")


@pytest.mark.usefixtures("no_laws")
def test_policies_reads_the_files_while_the_database_is_empty(
    capsys: pytest.CaptureFixture[str],
) -> None:
    out = told(capsys, "policies", "--region", "370800")
    assert "取自政策文件" in out
    assert "济宁市（370800）" in out
    assert "7个工作日" in out
    assert "取自政策文件" in told(capsys, "policies")


@pytest.mark.django_db
def test_policies_works_without_tables(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(*args: Any) -> None:
        raise OperationalError("no such table: sla_policy")

    monkeypatch.setattr(Policy.objects, "exists", missing)
    out = told(capsys, "policies")
    assert out.splitlines()[0].endswith(
        "（读不到数据库，取自政策文件，后台改动未计入）"
    )
    monkeypatch.setattr(policies_command, "bare_checkout", lambda: True)
    assert "（数据库尚未载入政策，取自政策文件）" in told(capsys, "policies")


@pytest.mark.usefixtures("laws")
@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--region", "999999"], "没有代码为 999999 的地区，请填已载入的代码"),
        (["--region", "天津"], "没有代码为 天津 的地区，请填已载入的代码"),
        (["--on", "明天"], "参数--on必须是日期"),
        (["--year", "2026"], "不认识的参数"),
    ],
)
def test_policies_refuses_nonsense(
    capsys: pytest.CaptureFixture[str], words: list[str], sentence: str
) -> None:
    assert sentence in refused(capsys, "policies", *words)


@pytest.mark.usefixtures("no_laws")
def test_load_policies_counts_and_can_only_check(
    capsys: pytest.CaptureFixture[str],
) -> None:
    out = told(capsys, "load_policies", "--dry-run")
    assert out.startswith("检查通过：地区 23 个有变，政策新增 6 份")
    assert not Policy.objects.exists()
    assert told(capsys, "load_policies").startswith("已载入：")
    assert "不变 6 份" in told(capsys, "load_policies")


@pytest.mark.django_db
def test_load_policies_names_file_line_and_reason(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    folder = tmp_path / "policies"
    shutil.copytree(policies.FOLDER, folder)
    file = folder / "national.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("plan_reply: 3,", "plan_reply: 2,"), encoding="utf-8")
    sentence = refused(capsys, "load_policies", "--folder", str(folder))
    assert sentence == ("national.yaml 第 15 行：各环节之和 1+2+2=5，与合计 6 不符。")


@pytest.mark.django_db
def test_load_policies_refuses_a_folder_that_is_not_there(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert "没有目录 /nowhere" in refused(
        capsys, "load_policies", "--folder", "/nowhere"
    )


@pytest.mark.usefixtures("laws")
def test_sweep_says_what_it_marked(capsys: pytest.CaptureFixture[str]) -> None:
    started("2026-09-01")
    with time_machine.travel(at("2026-09-20"), tick=False):
        assert told(capsys, "sweep") == "预警 1 条，超期 1 条，共 2 批。\n"
        assert told(capsys, "sweep") == "预警 0 条，超期 0 条，共 0 批。\n"


@pytest.mark.django_db
def test_a_database_without_tables_is_one_sentence(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(**options: Any) -> None:
        raise OperationalError("no such table: sla_clock\nmore")

    monkeypatch.setattr("sla.services.sweep.run", missing)
    assert refused(capsys, "sweep") == (
        "数据库读写不了，请先运行 manage.py migrate（no such table: sla_clock）。"
    )


@pytest.mark.django_db
def test_a_database_that_cannot_be_reached_is_not_to_be_migrated(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refusing(*args: Any, **options: Any) -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr("sla.services.sweep.run", refusing)
    monkeypatch.setattr(connection.introspection, "table_names", refusing)
    assert refused(capsys, "sweep") == (
        "数据库读写不了，请检查 DATABASE_URL 和数据库服务（connection refused）。"
    )


@pytest.mark.django_db
def test_promises_that_cannot_be_checked_are_not_called_broken(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(*args: Any) -> None:
        raise OperationalError("no such table: sla_clock\nmore")

    monkeypatch.setattr("sla.services.invariants.invariants", missing)
    assert refused(capsys, "check_invariants") == (
        "数据库读写不了，请先运行 manage.py migrate（no such table: sla_clock）。"
    )


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["check_invariants", "now"], "不认识的参数now。"),
        (
            ["seed", "--applications", "many"],
            "参数--applications应为整数，不能是'many'。",
        ),
        (["due"], "缺少参数--start、--days。"),
        (["demo", "--colour"], "不认识的参数--colour。"),
        (["grants"], "缺少参数role。"),
        (["hush", "all"], "不认识的参数all。"),
        (["push_key", "2"], "不认识的参数2。"),
        (["lifecycle_diagram", "--chek"], "不认识的参数--chek。"),
    ],
)
def test_every_command_refuses_in_one_sentence(
    capsys: pytest.CaptureFixture[str], words: list[str], sentence: str
) -> None:
    assert refused(capsys, *words) == sentence


@pytest.mark.usefixtures("laws")
def test_recompute_previews_and_does(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    moved = [started("2026-12-28") for _ in range(2)]
    paused = started("2026-12-28", reference="BDP")
    monkeypatch.setattr(command, "SHOWN", 1)
    notice({"2027-01-04": False}, until="2027-12-31")
    with time_machine.travel(at("2026-12-29"), tick=False):
        seen = told(capsys, "recompute", "--dry-run")
        assert seen.startswith("预览：3 条期限移动，")
        assert f"{moved[0].reference} 供电方案答复（国家时限）移动：" in seen
        assert "2027年1月12日（周二） → 2027年1月13日（周三）" in seen
        assert seen.endswith("……\n")
        assert told(capsys, "recompute").startswith("已重算：3 条期限移动，")
        assert "0 条期限移动" in told(capsys, "recompute")
    paused.refresh_from_db()
    assert str(paused.due_on) == "2027-01-13"
