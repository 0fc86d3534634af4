"""One broken row, and nothing is written: every row says what is wrong with it."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command

from outages.models import Interruption, Outage
from outages.services import outage_files, running
from outages.services.outage_files import FileRefused
from outages.services.records import OutageRecord
from outages.services.scoping import ScopePart
from sla.engine import Unreckonable
from sla.ground.actors import SYSTEM
from sla.ground.errors import Refused
from tests.cast import NOW, SHANGHAI, sun, zhao
from tests.grid import grid, zhou
from tests.outages.lives import GARDEN, ZHANG_HOME, fault

pytestmark = pytest.mark.django_db
HEAD = (
    "kind,reason,scope,began_at,restored_at,starts_at,ends_at,published_at,"
    "cause,exclusion,evidence,classified_by,confirmed_by,reference\n"
)
GOOD = "fault,雷击,T-YY1-01,2026-03-11T08:00+08:00,2026-03-11T09:00+08:00,,,,,,,,,\n"


def _load(text: str, at=NOW):
    return outage_files.load(outage_files.read(text.encode()), by=sun(), at=at)


def _refusals(text: str, at=NOW, imported: int = 0) -> list[str]:
    with pytest.raises(FileRefused) as refused:
        _load(text, at)
    assert Outage.objects.filter(imported=True).count() == imported
    return refused.value.messages


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("flood,雷击,T-YY1-01,2026-03-11T08:00Z,,,,,,,,,,", "不认识的类型“flood”"),
        ("fault,,T-YY1-01,2026-03-11T08:00Z,,,,,,,,,,", "缺少停电原因"),
        (f"fault,{'长' * 201},T-YY1-01,2026-03-11T08:00Z,,,,,,,,,,", "最多200个字"),
        (f"fault,雷,T-YY1-01,2026-03-11T08:00Z,,,,,,,,,,{'R' * 61}", "最多60个字"),
        ("fault,雷击,T-YY1-01,,,,,,,,,,,", "缺少实际停电时间"),
        ("fault,雷击,T-YY1-01,2026-03-11 08:00,,,,,,,,,,", "没有时区"),
        ("fault,雷击,T-YY1-01,2026-03-11,,,,,,,,,,", "不是时间"),
        ("fault,雷击,T-YY1-01,昨天,,,,,,,,,,", "不是时间"),
        ("fault,雷击,T-YY1-01,2027-03-11T08:00Z,,,,,,,,,,", "不能晚于现在"),
        (
            "fault,雷击,T-YY1-01,2026-03-11T08:00Z,2027-03-11T08:00Z,,,,,,,,,",
            "不能晚于现在",
        ),
        (
            "fault,雷击,T-YY1-01,2026-03-11T08:00Z,2026-03-11T07:00Z,,,,,,,,,",
            "须晚于停电时间",
        ),
        (
            "fault,雷击,T-YY1-01,2026-03-11T08:00Z,2026-06-11T07:00Z,,,,,,,,,",
            "超过60天",
        ),
        ("fault,雷击,T-YY1-01,2026-03-11T08:00Z,,,,,,,,,,", "超过60天"),
        ("fault,雷击,L-NO,2026-08-11T08:00Z,,,,,,,,,,", "“L-NO”，请核对"),
        ("fault,雷击,线路:L-NO,2026-08-11T08:00Z,,,,,,,,,,", "找不到线路“L-NO”"),
        ("fault,雷击,小区:L-NO,2026-08-11T08:00Z,,,,,,,,,,", "不认识的层级“小区”"),
        ("fault,雷击,;,2026-08-11T08:00Z,,,,,,,,,,", "至少选择一个停电范围"),
        ("arrears,欠费,1200000001,2026-08-11T08:00Z,,,,,,,,,,", "没有复电的欠费停电"),
        (
            "planned,检修,T-YY1-01,2026-08-11T08:00Z,2026-08-11T09:00Z,,,,,,,,,",
            "须同时填写",
        ),
        (
            "fault,雷击,T-YY1-01,2026-08-11T08:00Z,,,,,planned_works,,,,,",
            "没有“planned_works”这个原因代码",
        ),
        ("fault,雷击,T-YY1-01,2026-08-11T08:00Z,,,,,,yes,,,,", "只能写confirmed或none"),
        (
            "fault,雷击,T-YY1-01,2026-08-11T08:00Z,,,,,equipment,confirmed,x,a,b,",
            "只有不可抗力和外力破坏",
        ),
        (
            "fault,雷击,T-YY1-01,2026-08-11T08:00Z,,,,,weather,confirmed,,a,b,",
            "须写明依据",
        ),
        (
            "fault,雷击,T-YY1-01,2026-08-11T08:00Z,,,,,weather,confirmed,x,a,a,",
            "不是同一人",
        ),
        ("fault,雷击,T-YY1-01,2026-08-11T08:00Z", "有4格，表头有14列，对不上"),
        ("fault,雷击,T-YY1-01,2026-08-11T08:00Z,,,,,,,,,,,多余", "有15格，表头有14列"),
        (
            "fault,雷击,T-YY1-01,0001-01-01T00:00+08:00,0001-01-01T01:00+08:00,,,,,,,,,",
            "年份须在2000到2100之间",
        ),
    ],
)
def test_a_row_that_is_wrong_says_so(row, sentence):
    grid()

    (said,) = _refusals(HEAD + GOOD + row + "\n")

    assert said.startswith("第3行：")
    assert sentence in said


def test_every_broken_row_is_named():
    grid()

    said = _refusals(
        HEAD + GOOD + GOOD.replace("fault", "x") + GOOD.replace("雷击", "")
    )

    assert [line[:4] for line in said] == ["第3行：", "第4行："]


def test_what_is_out_twice_at_once_is_refused():
    grid()
    inside = "fault,雷,L-YY1,2026-03-11T08:30+08:00,2026-03-11T08:40+08:00,,,,,,,,,\n"

    (said,) = _refusals(HEAD + GOOD + inside)

    assert said == "第3行：海河花园台区的停电时段与第2行重叠，请核对。"


def test_one_may_begin_as_another_ends():
    grid()
    after = GOOD.replace("T09:00", "T10:00").replace("T08:00", "T09:00")

    assert len(_load(HEAD + GOOD + after).outages) == 2


def test_what_the_database_has_is_not_out_again():
    grid()
    before = fault(GARDEN)
    running.restore(before, by=zhou(), at=NOW + timedelta(hours=2))
    later = NOW + timedelta(days=1)
    inside = (
        "fault,雷,T-YY1-01,2026-09-01T10:00+08:00,2026-09-01T12:00+08:00,,,,,,,,,\n"
    )
    around = (
        "fault,雷,T-YY1-01,2026-09-01T08:00+08:00,2026-09-01T12:00+08:00,,,,,,,,,\n"
    )

    for row in (inside, around):
        assert _refusals(HEAD + row, later) == [
            f"第2行：海河花园台区的停电时段与{before.number}重叠，请核对。"
        ]


def test_an_overlap_among_older_rows_is_not_blamed_on_the_file():
    grid()
    two = GOOD + GOOD.replace("T09:00", "T10:00").replace("T08:00", "T09:00")
    _load(HEAD + two)
    Interruption.objects.update(restored_at=NOW)

    said = _refusals(HEAD + GOOD.replace("03-11", "03-12"), imported=2)

    assert len(said) == 1


def test_what_is_still_out_is_not_out_again():
    grid()
    fault(ZHANG_HOME)
    home = (
        "fault,雷,1200000001,2026-09-01T10:00+08:00,2026-09-01T12:00+08:00,,,,,,,,,\n"
    )

    (said,) = _refusals(HEAD + home, NOW + timedelta(days=1))

    assert "户号1200000001的停电时段与TD-" in said


def test_accounts_of_one_area_may_be_out_together():
    grid()
    one = "fault,雷,1200000001,2026-03-11T10:00+08:00,2026-03-11T12:00+08:00,,,,,,,,,\n"
    two = one.replace("0001", "0002")
    gate = one.replace("1200000001", "T-YY1-01;1200000001").replace("03-11", "03-12")

    assert len(_load(HEAD + one + two + gate).outages) == 3


def test_a_reference_that_changed_is_not_overwritten():
    grid()
    row = GOOD.rstrip("\n") + "A-1\n"
    _load(HEAD + row)

    with pytest.raises(FileRefused, match="“A-1”已导入过，内容不同"):
        _load(HEAD + row.replace("雷击", "大风"))
    assert _load(HEAD + row).unchanged == 1
    with pytest.raises(FileRefused, match="“A-2”与第2行重复"):
        _load(HEAD + row.replace("A-1", "A-2") * 2)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "文件是空的"),
        (b"reference\n", "缺少列：kind、reason、scope、began_at。"),
        (b"kind,reason,scope,began_at,colour\n", "不认识的列：colour。"),
        (b"kind,reason,scope,began_at,,reference\n", "不认识的列：（空）。"),
        (b"kind,reason,scope,began_at,began_at\n", "列“began_at”出现了两次"),
        (HEAD.encode(), "文件中没有停电记录"),
        (HEAD.encode() + b"," * 13, "文件中没有停电记录"),
        (b"\xff\xfe\xfd" * 9, "文字编码认不出来"),
        (HEAD.encode() + b"fault,a\x00b,T-YY1-01", "这不是文本文件"),
        (b"PK\x03\x04" + b"\x00" * 300, "这是ZIP文件"),
        (HEAD.encode() + b'fault,"x\n', "引号或格子不成CSV"),
    ],
)
def test_what_is_no_such_file_is_refused(content, sentence):
    with pytest.raises(FileRefused, match=sentence):
        outage_files.read(content)


def test_spreadsheets_of_china_are_read():
    grid()
    text = HEAD + "fault,雷击,T-YY1-01,2026/3/1 8:00,2026/3/1 9:00:30,,,,,,,,,\n"

    (record,) = outage_files.read(text.encode("gb18030"), zone=SHANGHAI)

    assert record.began_at.isoformat() == "2026-03-01T08:00:00+08:00"
    assert record.restored_at.second == 30


@pytest.mark.parametrize("mark", [";", "\t"])
def test_the_marks_of_other_spreadsheets_are_read(mark):
    grid()
    text = "\ufeff" + (HEAD + GOOD).replace(",", mark).replace("\n", mark + "\r\n")

    (outage,) = _load(text).outages

    assert outage.area_text


def test_a_reason_of_two_lines_becomes_one():
    grid()

    (outage,) = _load(HEAD + GOOD.replace("雷击", '"雷击\r\n 跳闸"')).outages

    assert outage.reason == "雷击 跳闸"


def test_records_from_code_are_numbered_and_loaded_by_operators_alone():
    grid()
    record = OutageRecord("fault", "雷击", (ScopePart("", "T-YY1-01"),), NOW)

    with pytest.raises(Refused, match="只能由运维人员导入"):
        outage_files.load([record], by=zhao(), at=NOW)
    with pytest.raises(FileRefused, match="第2行：缺少停电原因"):
        outage_files.load(
            [record, OutageRecord("fault", "", (), NOW)], by=SYSTEM, at=NOW
        )
    (outage,) = outage_files.load([record], by=SYSTEM, at=NOW).outages

    assert outage.status == "under_way"
    assert outage_files.load([], by=SYSTEM, at=NOW).outages == []


def test_a_planned_record_without_announcement_counts_as_late():
    grid()
    row = (
        "planned,检修,T-YY1-01,2026-03-11T08:00Z,2026-03-11T09:00Z,"
        "2026-03-11T08:00Z,2026-03-11T09:00Z,,planned_works,,,,,\n"
    )

    (outage,) = _load(HEAD + row).outages

    assert (outage.late_notice, outage.late_reason) == (True, "导入的记录没有公告时间")


def test_arrears_of_long_ago_may_have_lasted_long():
    grid()
    row = "arrears,欠费,1200000001,2026-01-11T08:00Z,2026-06-11T09:00Z,,,,,,,,,\n"

    (outage,) = _load(HEAD + row).outages

    assert outage.status == "restored"


def _run(tmp_path: Path, content: str, *options: str) -> None:
    place = tmp_path / "history.csv"
    place.write_text(content, encoding="utf-8")
    call_command("import_outages", str(place), *options)


def test_the_command_says_all_broken_rows_and_that_nothing_came_in(tmp_path):
    grid()

    with pytest.raises(Unreckonable) as refused:
        _run(tmp_path, HEAD + GOOD.replace("T-YY1-01", "X-1") * 60)

    said = str(refused.value).splitlines()
    assert len(said) == 52
    assert said[-2:] == ["另有10处。", "没有导入任何记录，请改正后重新导入。"]


def test_the_command_takes_the_zone_that_is_told(tmp_path, capsys):
    grid()

    _run(tmp_path, HEAD + GOOD.replace("+08:00", ""), "--timezone", "Asia/Tokyo")

    assert "已导入1条停电" in capsys.readouterr().out
    assert Outage.objects.get().began_at.isoformat() == "2026-03-10T23:00:00+00:00"


def test_the_command_says_one_broken_row_alone(tmp_path):
    grid()

    with pytest.raises(Unreckonable, match="第2行：找不到") as refused:
        _run(tmp_path, HEAD + GOOD.replace("T-YY1-01", "X-1"))

    assert len(str(refused.value).splitlines()) == 2


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["nowhere.csv"], "读不了文件“nowhere.csv”"),
        (["docs"], "“docs”是文件夹"),
        (["README.md", "--timezone", "Mars/Base"], "不认识的时区“Mars/Base”"),
    ],
)
def test_the_command_refuses_what_it_cannot_read(options, sentence):
    with pytest.raises(Unreckonable, match=sentence):
        call_command("import_outages", *options)
