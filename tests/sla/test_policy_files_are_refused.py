"""A wrong policy file is refused with file, line and reason, and nothing is loaded."""

import shutil
from pathlib import Path

import pytest

from sla.models import Policy, Region
from sla.services import policies
from sla.yaml_lines import FileRefused
from tests.sla.world import at

pytestmark = pytest.mark.usefixtures("no_laws")
HEAD = """key: test
region: "120000"
level: promise
title: 试
source: 试行文件
valid_from: 2026-01-01
"""
ROW = "limits:\n  - {user_type: low_voltage, total: 5, measure: whole_process}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Copy the repository's own files, which are right."""
    copied = tmp_path / "policies"
    shutil.copytree(policies.FOLDER, copied)
    return copied


WRONG = [
    ("", "第 1 行：文件是空的"),
    ("- 1\n", "第 1 行：这里应是“键: 值”的列表"),
    ("a: [1\n", "不是有效的 YAML"),
    ("key: a\nkey: b\n", "第 2 行：“key”写了两次"),
    (HEAD, "第 1 行：既没有时限（limits），也没有承诺"),
    (HEAD + "colour: red\n" + ROW, "第 7 行：不认识的键“colour”"),
    (HEAD.replace("source: 试行文件\n", "") + ROW, "第 1 行：缺少“source”"),
    (HEAD.replace("试行文件", "''") + ROW, "第 5 行：不能为空"),
    (HEAD.replace("试行文件", "[1]") + ROW, "第 5 行：这里应是文字"),
    (HEAD.replace("试行文件", "长" * 201) + ROW, "第 5 行：太长，最多 200 字"),
    (HEAD.replace("key: test", "key: 试") + ROW, "第 1 行：标识只用英文字母"),
    (HEAD.replace("120000", "990000") + ROW, "第 2 行：没有代码为“990000”的地区"),
    (HEAD.replace("promise", "wish") + ROW, "第 3 行：不认识的层级“wish”"),
    (HEAD.replace("2026-01-01", "昨天") + ROW, "第 6 行：“昨天”不是日期"),
    (
        HEAD + "valid_to: 2025-12-31\n" + ROW,
        "第 7 行：失效日期 2025-12-31 早于生效日期",
    ),
    (HEAD + "commitments: 说说而已\n", "第 7 行：这里应是以“-”开头的列表"),
    (HEAD + "limits: {a: 1}\n", "第 7 行：这里应是以“-”开头的列表"),
    (HEAD + "limits:\n  - {user_type: x, total: 5}\n", "第 8 行：不认识的用户类型“x”"),
    (
        HEAD + "limits:\n  - user_type: low_voltage\n    steps: {digging: 2}\n",
        "第 9 行：不认识的环节“digging”",
    ),
    (
        HEAD + "limits:\n  - user_type: low_voltage\n    steps: 3\n",
        "第 9 行：steps 应写成",
    ),
    (
        HEAD + "limits:\n  - {user_type: low_voltage, unit: moon, total: 5}\n",
        "第 8 行：不认识的单位“moon”",
    ),
    (
        HEAD + "limits:\n  - user_type: low_voltage\n    steps: {acceptance: 0}\n",
        "第 9 行：时限 0 不合理",
    ),
    (
        HEAD + "limits:\n  - user_type: low_voltage\n    steps: {acceptance: -1}\n",
        "第 9 行：时限 -1 不合理",
    ),
    (
        HEAD + "limits:\n  - user_type: low_voltage\n    steps: {acceptance: 9999}\n",
        "第 9 行：时限 9999 不合理，应在 1 到 250 之间",
    ),
    (
        HEAD + "limits:\n  - user_type: low_voltage\n    steps: {acceptance: 2.5}\n",
        "第 9 行：时限应是整数，写的是“2.5”",
    ),
    (
        HEAD + "limits:\n  - user_type: low_voltage\n    steps: {acceptance: yes}\n",
        "第 9 行：时限应是整数",
    ),
    (
        HEAD + "limits:\n  - {user_type: low_voltage, total: 5}\n",
        "第 8 行：合计（total）须写明口径",
    ),
    (
        HEAD + "limits:\n  - {user_type: low_voltage, total: 5, measure: mood}\n",
        "第 8 行：不认识的口径“mood”",
    ),
    (
        HEAD + "limits:\n  - user_type: low_voltage\n    steps: {acceptance: 1}\n"
        "    measure: utility_steps\n",
        "第 10 行：没有合计",
    ),
    (HEAD + "limits:\n  - {user_type: low_voltage}\n", "第 8 行：没有写任何时限"),
    (
        HEAD + "limits:\n  - user_type: low_voltage\n"
        "    steps: {acceptance: 1, plan_reply: 2, connection: 2}\n"
        "    total: 6\n    measure: utility_steps\n",
        "第 10 行：各环节之和 1+2+2=5，与合计 6 不符",
    ),
    (
        HEAD + ROW + ROW.split("\n", 1)[1],
        "第 9 行：低压（未实行三零）的“全流程”写了两次",
    ),
    (
        HEAD + "limits:\n  - user_type: low_voltage\n    steps: {acceptance: 010}\n",
        "第 9 行：“010”应写成十进制整数",
    ),
    (
        HEAD + "limits:\n  - user_type: low_voltage\n    steps: {acceptance: [1]}\n",
        "第 9 行：时限应是一个整数",
    ),
    (
        HEAD + "limits:\n  - {user_type: [low_voltage], total: 5}\n",
        "第 8 行：用户类型应是一个词",
    ),
    (HEAD.replace("试行文件", '"\\0"') + ROW, "第 5 行：含有无法显示的字符"),
    (HEAD.replace("试行文件", '"\\uD83D"') + ROW, "第 5 行：含有无法显示的字符"),
    (HEAD + "note: " + "[" * 5000 + "]" * 5000, "第 7 行：嵌套过深"),
    (
        HEAD + "note: &a 甲\ntitle2: *a\n" + ROW,
        "第 7 行：一个文件只写一份文档，不用引用",
    ),
    (HEAD + "note: *a\n" + ROW, "第 7 行：一个文件只写一份文档，不用引用"),
    (HEAD + "note: !!python/name:os.system\n" + ROW, "第 7 行：一个文件只写一份文档"),
    (HEAD + "note: !!int 甲\n" + ROW, "第 7 行：一个文件只写一份文档"),
    (HEAD + ROW + "---\n" + HEAD, "第 9 行：一个文件只写一份文档"),
    (
        HEAD.replace("title: 试", "title：试") + ROW,
        "第 5 行：不是有效的 YAML，请检查本行和上一行",
    ),
    (HEAD + "\tnote: 甲\n" + ROW, "第 7 行：不是有效的 YAML，请检查"),
    (HEAD + "note: 响\x07\n" + ROW, "第 7 行：含有无法显示的字符"),
    (HEAD + "[a, b]: 甲\n" + ROW, "第 7 行：冒号前面应是一个词"),
    (HEAD + "note: " + "9" * 5000 + "\n" + ROW, "第 7 行：“" + "9" * 40 + "…”不是数"),
    (HEAD.replace("2026-01-01", "[甲]") + ROW, "第 6 行：这里应是日期，写成"),
    (HEAD.replace("2026-01-01", "20260101") + ROW, "第 6 行：“20260101”不是日期"),
    (HEAD.replace("2026-01-01", "2026-W01-4") + ROW, "第 6 行：“2026-W01-4”不是日期"),
    (HEAD.replace("2026-01-01", "2026-02-30") + ROW, "第 6 行：“2026-02-30”不是日期"),
    (HEAD.replace("promise", '"\\u202E甲"') + ROW, "第 3 行：不认识的层级“�甲”"),
    (
        HEAD + "limits:\n  - user_type: low_voltage\n    steps: {acceptance: ~}\n",
        "第 9 行：时限应是整数，写的是“”",
    ),
]


@pytest.mark.parametrize(("text", "reason"), WRONG)
def test_what_cannot_be_meant(folder: Path, text: str, reason: str) -> None:
    (folder / "test.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(FileRefused, match=r"test\.yaml") as refused:
        policies.load(folder=folder, at=at("2026-01-01"))
    assert reason in str(refused.value)
    assert not Policy.objects.exists()
    assert not Region.objects.exists()


def test_a_file_that_is_no_text(folder: Path) -> None:
    (folder / "test.yaml").write_bytes(HEAD.encode() + "note: 甲\n".encode("gbk"))
    with pytest.raises(FileRefused, match=r"test\.yaml 第 7 行：不是 UTF-8 文本"):
        policies.load(folder=folder, at=at("2026-01-01"))


def test_a_folder_named_like_a_file(folder: Path) -> None:
    (folder / "test.yaml").mkdir()
    with pytest.raises(FileRefused, match=r"test\.yaml：文件读不出来"):
        policies.load(folder=folder, at=at("2026-01-01"))


def test_a_key_that_is_taken(folder: Path) -> None:
    (folder / "test.yaml").write_text(
        "# 甲\n" + HEAD.replace("key: test", "key: jining-2021") + ROW,
        encoding="utf-8",
    )
    reason = r"test\.yaml 第 2 行：标识“jining-2021”已用于 jining\.yaml"
    with pytest.raises(FileRefused, match=reason):
        policies.load(folder=folder, at=at("2026-01-01"))


def test_two_files_for_the_same_thing_at_the_same_time(folder: Path) -> None:
    file = folder / "national_2023.yaml"
    text = file.read_text(encoding="utf-8").replace("2025-06-30", "2025-07-01")
    file.write_text(text, encoding="utf-8")
    with pytest.raises(FileRefused, match=r"有效期与 national.yaml 第 \d+ 行重叠"):
        policies.load(folder=folder, at=at("2026-01-01"))


def test_what_an_operator_entered_for_the_same_time(folder: Path) -> None:
    policies.load(folder=folder, at=at("2026-01-01"))
    Policy.objects.filter(key="jining-2021").update(key="by-hand", file_digest="")
    with pytest.raises(FileRefused, match=r"与已载入的“济宁市.*（by-hand）有效期重叠"):
        policies.load(folder=folder, at=at("2026-01-01"))


def test_a_folder_without_policies(folder: Path) -> None:
    for file in folder.glob("*.yaml"):
        if file.name != "regions.yaml":
            file.unlink()
    with pytest.raises(FileRefused, match="没有政策文件"):
        policies.load(folder=folder, at=at("2026-01-01"))


def test_a_folder_without_regions(folder: Path) -> None:
    (folder / "regions.yaml").unlink()
    with pytest.raises(FileRefused, match=r"没有 regions\.yaml"):
        policies.load(folder=folder, at=at("2026-01-01"))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("- {code: 12, name: 甲}\n", "第 1 行：区划代码是六位数字"),
        ("- {code: １２００００, name: 甲}\n", "第 1 行：区划代码是六位数字"),
        ("- {code: 120000, name: 甲}\n" * 2, "第 2 行：地区 120000 写了两次"),
        ("- {code: 120000, name: 甲, parent: 100000}\n", "上级 100000 没有写在前面"),
    ],
)
def test_regions_that_do_not_hang_together(
    folder: Path, text: str, reason: str
) -> None:
    (folder / "regions.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(FileRefused, match=reason):
        policies.load(folder=folder, at=at("2026-01-01"))
