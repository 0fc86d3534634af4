"""Every fault of a row is named with row, column and what to do; nothing is written."""

import pytest
from django.core.exceptions import ValidationError

from outages.models import Substation
from outages.services import network_files
from tests.cast import NOW, laws, sun
from tests.outages_network import files

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _laws():
    laws()


def with_row(row: str) -> bytes:
    return files.csv(*files.WHOLE, row)


AREA = {"code": "T-05", "name": "新台区", "parent": "L-01", "households": "10"}


WRONG_AREAS: list[tuple[dict[str, str], str]] = [
    ({"households": "-3"}, "户数：不能是负数。"),
    ({"households": "三百"}, "户数：“三百”不是数。"),
    ({"households": "NaN"}, "户数：“NaN”不是数。"),
    ({"households": "12.5"}, "户数：须是整数"),
    ({"households": "99999999"}, "户数：99999999太大"),
    ({"households": ""}, "户数：必须填写。"),
    ({"code": "T 05"}, "编码：编码“T 05”不对"),
    ({"code": ""}, "编码：必须填写。"),
    ({"name": "=HYPERLINK(1)"}, "名称：以“=”开头，像是公式"),
    ({"owner": "@SUM(A1)"}, "产权单位：以“@”开头"),
    ({"owner": "-2+3"}, "产权单位：以“-”开头"),
    ({"name": "新\u202e台区"}, "名称：含有看不见的字符"),
    ({"name": "长" * 81}, "名称：太长：最多80个字。"),
    (
        {"parent": "L-99"},
        "上级编码：找不到线路“L-99”：文件里没有",
    ),
    ({"region": "310101"}, "所在区：没有区划“310101”"),
    (
        {"area_class": "郊区"},
        "地区类别：不认识“郊区”：请填城区、农村",
    ),
    ({"public": "也许"}, "公用变压器：请填“是”或“否”"),
    ({"load_kw": "-1"}, "最大负荷（千瓦）：负荷须在0"),
    ({"longitude": "2.35", "latitude": "48.85"}, "经度：经度须在73到136度之间"),
    ({"longitude": "39.1", "latitude": "39.1"}, "经度和纬度好像填反了"),
    ({"longitude": "117.2"}, "纬度：经度和纬度要一起填。"),
    ({"retired_on": "2026-09-02"}, "退出运行日期：不能晚于今天。"),
    ({"retired_on": "去年"}, "退出运行日期：日期“去年”不对"),
    ({"voltage": "10kV"}, "电压等级：台区没有这一项，请留空。"),
    ({"code": "T-01"}, "编码：“T-01”在第4行已经出现过。"),
]
WRONG_ROWS = [
    (files.row("铁塔", code="X-1"), "类别：不认识“铁塔”：请填变电站、线路、台区"),
    (files.row("account", code="12345", parent="T-01"), "户号是10位或13位数字"),
    (files.row("account", code="1209000101", parent="T-99"), "找不到台区“T-99”"),
    (
        files.row("account", code="1209000102", parent="T-01", address="别处"),
        "地址：台区“T-01”没有地址“别处”：请先有这一行用电地址。",
    ),
    (files.ACCOUNT, "编码：“1209000001”在第6行已经出现过。"),
    (files.row("account", code="1209000103"), "上级编码：必须填写。"),
    (files.PLACE, "地址：“柳林路5号柳林东里1号楼”在第5行已经出现过。"),
    (files.row("premises", parent="T-99", address="某处"), "找不到台区“T-99”"),
    (
        files.row("premises", parent="T-01", address="某处", property_phone="12345"),
        "物业联系电话：电话“12345”不对",
    ),
    ("account,1209000104", "这一行有2格，表头有21列，对不上。"),
    (files.ACCOUNT + ",多一格", "这一行有22格，表头有21列，对不上。"),
]


def test_every_fault_of_an_area_is_named():
    rows = [
        files.row("transformer", **{**AREA, "code": f"T-{number}", **wrong})
        for number, (wrong, _sentence) in enumerate(WRONG_AREAS, start=100)
    ]

    told = files.errors(files.csv(*files.WHOLE, *rows))

    assert len(told) == len(WRONG_AREAS)
    for number, (line, (_wrong, sentence)) in enumerate(
        zip(told, WRONG_AREAS, strict=True), start=7
    ):
        assert line.startswith(f"第{number}行 ")
        assert sentence in line


def test_every_fault_of_another_row_is_named():
    rows = [row for row, _sentence in WRONG_ROWS]

    told = files.errors(files.csv(*files.WHOLE, *rows))

    assert len(told) == len(WRONG_ROWS)
    for number, (line, (_row, sentence)) in enumerate(
        zip(told, WRONG_ROWS, strict=True), start=7
    ):
        assert line.startswith(f"第{number}行 ")
        assert sentence in line


def test_one_fault_and_nothing_is_written():
    plan = files.planned(with_row(files.row("transformer", **{**AREA, "name": ""})))

    with pytest.raises(ValidationError, match="没有导入任何内容"):
        network_files.apply(plan, by=sun(), at=NOW)
    assert not Substation.objects.exists()


def test_every_fault_is_told_at_once_in_the_order_of_rows():
    content = files.csv(
        files.ACCOUNT.replace("1209000001", "1"),
        files.AREA.replace(",120,", ",-1,"),
        files.SUBSTATION.replace("柳林站", ""),
        files.LINE,
    )

    told = files.errors(content)

    assert [line.split(" ")[0] for line in told] == ["第2行", "第3行", "第4行"]


def test_a_faulty_parent_is_blamed_once_not_through_its_children():
    content = files.csv(files.SUBSTATION.replace("柳林站", ""), *files.WHOLE[1:])

    assert files.errors(content) == ["第2行 名称：必须填写。"]


def test_a_thousand_faults_are_counted_and_the_first_shown():
    rows = [files.row("account", code="1", parent="T-01")] * 1000

    plan = files.planned(files.csv(*rows))

    assert (plan.error_count, len(plan.errors)) == (1000, 200)


def test_a_new_part_needs_columns_that_a_known_one_does_not():
    header = "part,code,name"
    told = files.errors(files.csv("transformer,T-77,新台区", header=header))

    assert told == [
        "第2行 上级编码：文件缺少“上级编码”这一列，而这一行需要它。",
        "第2行 户数：文件缺少“户数”这一列，而这一行需要它。",
    ]


def test_a_retired_area_takes_nobody_in():
    files.brought_in(files.csv(*files.WHOLE[:3]))
    files.brought_in(files.csv(files.AREA + "2026-08-31"))

    told = files.errors(
        files.csv(files.PLACE, files.ACCOUNT.replace("柳林路5号柳林东里1号楼", ""))
    )

    assert told == [
        "第2行 上级编码：台区“T-01”已退出运行，不再供电。",
        "第3行 上级编码：台区“T-01”已退出运行，不再供电。",
    ]


def test_features_are_judged_like_rows():
    good = {"part": "substation", "code": "S-1", "name": "站", "region": "河西区"}
    content = files.geojson(
        files.feature(
            {"type": "LineString", "coordinates": []}, **good, voltage="110kV"
        ),
        files.feature(files.point(2.35, 48.85), **good, voltage="110kV"),
        files.feature(None, **{**good, "voltage": ["110kV"]}),
        {"type": "Feature"},
    )

    told = files.errors(content)

    assert "几何图形须是Point" in told[0]
    assert "经度须在73到136度之间" in told[1]
    assert "“voltage”须是文字或数" in told[2]
    assert told[3] == "第4行 这个要素没有properties。"
