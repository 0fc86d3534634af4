"""下载我的信息: all of one person, nothing of another, no remark among colleagues."""

import json
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest

from applications.lifecycle import Status
from applications.models import Document
from applications.services import casework, filing
from outages.models import FaultReport
from portal.privacy.services import record
from portal.privacy.services.copying import COPIES_A_DAY
from tests import cast
from tests.cast import NOW
from tests.filing.walking import text_of
from tests.privacy import lives


def handed_out(client):
    answer = client.post("/me/copy/")
    assert answer["Content-Type"] == "application/zip"
    assert "attachment" in answer["Content-Disposition"]
    assert "no-store" in answer["Cache-Control"]
    return ZipFile(BytesIO(b"".join(answer.streaming_content)))


def tables_of(archive):
    return json.loads(archive.read("我的信息.json"))


@pytest.fixture
def filed(net):
    """Return 张大爷's finished case; 陈老板 has one of his own under way."""
    done = lives.whole(net)
    chens = cast.walk(Status.ACCEPTED, cast.SHOP)
    casework.note(chens, by=cast.wang(), at=NOW, text="陈老板态度不好")
    lives.fault(net, phone="13800000002", reporter=cast.chen(), place="陈家门口")
    return done


def test_answers_are_there_unmasked(filed):
    tables = tables_of(handed_out(lives.signed_in()))
    (case,) = [row for row in tables["申请"] if row["申请编号"] == filed.number]
    assert case["证件号码"] == "11010519491231002X"
    assert (case["联系电话"], case["用电地址"]) == ("13800000001", "友谊路12号3门401")
    assert (case["状态"], case["户号"][:1]) == ("已归档", "1")
    (draft,) = [row for row in tables["申请"] if row["申请编号"] != filed.number]
    assert (draft["用电用途"], draft["状态"]) == ("家庭用电", "草稿")


def test_every_kind_of_record_is_there(filed):
    tables = tables_of(handed_out(lives.signed_in()))
    # Only high voltage is inspected.
    assert [name for name, rows in tables.items() if not rows] == ["检查"]
    assert tables["账号"][0]["手机号码"] == "13800000001"
    assert {row["方式"] for row in tables["停电订阅"]} == {
        "短信",
        "站内消息",
    }
    assert tables["停电订阅"][0]["发往"] == "13800000001"
    assert tables["报修"][0]["情况说明"] == "门口有穿红衣服的老李接"
    assert tables["验证码"][0]["网络地址"] == "127.0.0.1"
    assert tables["登录"][0]["网络地址"] == "127.0.0.1"
    assert [row["事项"] for row in tables["账号记录"]] == [record.COPIED]


def test_high_voltage_cases_bring_their_inspections(net):
    cast.walk(Status.SIGNING, cast.FACTORY, by=cast.zhang())
    rows = tables_of(handed_out(lives.signed_in()))["检查"]
    assert {row["合格"] for row in rows} == {"是"}


def test_files_are_there_as_they_were_kept(filed):
    archive = handed_out(lives.signed_in())
    papers = Document.objects.filter(application__filed_by=cast.zhang())
    listed = [row["文件"] for row in tables_of(archive)["材料"]]
    assert len(listed) == papers.count() == 4
    for name, paper in zip(listed, papers.order_by("pk"), strict=True):
        with paper.file.open("rb") as kept:
            assert archive.read(name) == kept.read()
    (photo,) = [row["照片"] for row in tables_of(archive)["报修"]]
    report = FaultReport.objects.get(reporter=cast.zhang())
    with report.photo.open("rb") as kept:
        assert archive.read(photo) == kept.read()


def test_nothing_of_anybody_else_is_there(filed):
    archive = handed_out(lives.signed_in())
    everything = archive.read("我的信息.json").decode() + "".join(archive.namelist())
    for of_chen in (
        "陈志强",
        "陈家门口",
        "陈老板",
        "13800000002",
        "91350100M000100Y43",
    ):
        assert of_chen not in everything


def test_what_colleagues_wrote_to_each_other_is_left_out(net):
    case = cast.walk(Status.ACCEPTED, cast.HOME)
    casework.note(case, by=cast.wang(), at=NOW, text="此户欠费，留意")
    tables = tables_of(handed_out(lives.signed_in()))
    assert "欠费" not in json.dumps(tables, ensure_ascii=False)
    assert [row["事项"] for row in tables["办理记录"]] == ["提交申请", "受理"]


def test_the_workbook_says_the_same_and_calculates_nothing(net):
    draft = cast.drafted(cast.HOME)
    filing.save_site(
        draft, filing.Site(cast.HEXI, '=HYPERLINK("evil")路1号'), by=cast.zhang()
    )
    archive = handed_out(lives.signed_in())
    book = openpyxl.load_workbook(BytesIO(archive.read("我的信息.xlsx")))
    assert book.sheetnames == list(tables_of(archive))
    cells = [cell for sheet in book for row in sheet.rows for cell in row]
    assert "f" not in {cell.data_type for cell in cells}
    said = {cell.value for cell in cells}
    assert '\'=HYPERLINK("evil")路1号' in said
    assert "11010519491231002X" in said


def test_a_fourth_copy_within_a_day_is_refused(net, clock):
    cast.zhang()
    client = lives.signed_in()
    for _ in range(COPIES_A_DAY):
        handed_out(client)
    answer = client.post("/me/copy/")
    assert answer.status_code == 429
    assert "请明天再来" in text_of(answer)


def test_a_copy_leaves_a_record_for_operators(net):
    user = cast.zhang()
    handed_out(lives.signed_in())
    history = lives.browser(cast.sun()).get(f"/admin/accounts/user/{user.pk}/history/")
    assert record.COPIED in text_of(history)
