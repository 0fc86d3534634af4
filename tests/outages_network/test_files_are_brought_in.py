"""A file makes the network what it says, and the same file twice changes nothing."""

from datetime import date
from decimal import Decimal

import pytest

from outages.models import (
    Account,
    AreaChange,
    Line,
    NetworkImport,
    Premises,
    Substation,
    Transformer,
)
from outages.selectors.places import find_premises
from outages.services import network_files
from outages.services.invariants import network as promises
from outages.services.network_files import Part
from outages.vocabulary import Importance
from sla.ground.errors import Refused
from tests.cast import HEPING, HEXI, NOW, laws, sun, zhao
from tests.outages_network import files

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _laws():
    laws()


def kept() -> None:
    for promise in promises.invariants():
        assert promise.broken == [], promise.promise


def test_every_part_stands_as_the_file_says():
    made = files.brought_in(files.csv())

    area = Transformer.objects.get(code="T-01")
    assert area.line.substation.name == "柳林站"
    assert (area.region_id, area.area_class) == (HEXI, "urban")
    assert (area.households, area.capacity_kva) == (120, 400)
    assert (area.public, area.direct_supplied) == (True, False)
    assert (area.load_kw, area.longitude) == (Decimal("210.5"), Decimal("117.251"))
    account = Account.objects.get(number="1209000001")
    assert account.importance == Importance.MEDICAL
    assert account.premises is not None
    assert account.premises.property_phone == "+8613900000031"
    assert find_premises("柳林东里一号楼") == [account.premises]
    assert made is not None
    assert (made.by_label, made.counts["transformer"]) == (sun().label(), [1, 0, 0])
    kept()


def test_rows_may_come_in_any_order():
    files.brought_in(files.csv(*reversed(files.WHOLE)))

    assert Account.objects.get().transformer.line.substation.code == "S-01"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_spreadsheets_of_every_encoding_are_read(encoding):
    text = files.csv().decode()

    files.brought_in(text.encode(encoding))

    assert Substation.objects.get().name == "柳林站"


@pytest.mark.parametrize("mark", [";", "\t"])
def test_other_separators_are_read(mark):
    files.brought_in(files.csv().decode().replace(",", mark).encode())

    assert Account.objects.count() == 1


def test_chinese_headings_and_words_are_read():
    header = "类别,编码,名称,上级编码,所在区,电压等级,地区类别,户数,民生等级,地址"
    rows = [
        "变电站,s-02,双林站,,河西区,110千伏,,,,",
        "线路,L-02,双林线,S-02,,,城区,,,",
        "台区,T-02,双林台区,L-02,,,,80,,",
        "地址,,,T-02,,,,,,双林路1号",
        "户号,1209000002,,T-02,,,,,医院、急救,双林路1号",
    ]

    files.brought_in(files.csv(*rows, header=header))

    account = Account.objects.get()
    assert account.importance == Importance.HOSPITAL
    assert account.transformer.line.substation.voltage == "110kV"


def test_the_same_file_twice_changes_nothing():
    files.brought_in(files.csv())

    plan = files.planned(files.csv())

    assert not plan.alters
    assert plan.tally()["account"] == [0, 0, 1]
    assert network_files.apply(plan, by=sun(), at=NOW) is None
    assert NetworkImport.objects.count() == 1


def test_changes_are_shown_before_and_kept_after():
    files.brought_in(files.csv())
    content = files.csv(
        files.SUBSTATION.replace("柳林站", "柳林变电站"),
        files.LINE,
        files.AREA.replace(",120,", ",150,"),
        files.PLACE.replace("13900000031", "13900000032"),
        files.ACCOUNT.replace("medical", "ordinary"),
    )

    plan = files.planned(content)

    assert [str(change) for change in plan.changes] == [
        "变电站S-01 名称：柳林站 → 柳林变电站",
        "台区T-01 户数：120 → 150",
        "用电地址柳林路5号柳林东里1号楼 物业联系电话：*** → ***",
        "户号1209000001 民生等级：居家使用医疗设备 → 一般用户",
    ]
    network_files.apply(plan, by=sun(), at=NOW)
    change = AreaChange.objects.get()
    assert (change.field, change.before, change.after) == ("households", "120", "150")
    assert Transformer.objects.get().households == 150
    assert Premises.objects.get().property_phone == "+8613900000032"
    assert Account.objects.get().importance == Importance.ORDINARY
    assert Substation.objects.get().name == "柳林变电站"
    kept()


def test_what_a_file_leaves_out_stays():
    files.brought_in(files.csv())

    files.brought_in(files.csv("T-01,99,transformer", header="code,households,part"))

    area = Transformer.objects.get()
    assert (area.households, area.owner) == (99, "天津柳林物业有限公司")
    assert Account.objects.count() == 1


def test_an_emptied_cell_empties_or_returns_to_what_is_usual():
    files.brought_in(files.csv())
    header = "part,code,owner,direct_supplied,load_kw"

    files.brought_in(files.csv("transformer,T-01,,,", header=header))

    area = Transformer.objects.get()
    assert (area.owner, area.direct_supplied, area.load_kw) == ("", True, None)


def test_a_compound_that_is_renamed_is_found_by_its_new_name():
    files.brought_in(files.csv())

    files.brought_in(files.csv(files.PLACE.replace("柳林东里,", "御景华庭,")))

    assert [p.compound for p in find_premises("御景华庭")] == ["御景华庭"]
    kept()


def test_an_area_takes_its_addresses_along_to_another_district():
    files.brought_in(files.csv())

    files.brought_in(files.csv("transformer,T-01,和平区", header="part,code,region"))

    assert Premises.objects.get().region_id == HEPING
    assert len(find_premises("柳林东里1号楼", region=HEPING)) == 1
    kept()


def test_an_area_moves_to_another_line():
    other = files.row(
        "line", code="L-02", name="柳林二线", parent="S-01", area_class="urban"
    )
    files.brought_in(files.csv(*files.WHOLE, other))
    moved = files.AREA.replace("L-01", "L-02")

    plan = files.planned(files.csv(moved))
    files.brought_in(files.csv(moved))

    assert [str(change) for change in plan.changes] == [
        "台区T-01 上级编码：L-01 → L-02"
    ]
    assert Transformer.objects.get(code="T-01").line.code == "L-02"


def test_of_many_changes_the_first_two_hundred_are_listed_and_all_are_made():
    numbers = [f"12090{number:05}" for number in range(201)]
    accounts = [files.ACCOUNT.replace("1209000001", number) for number in numbers]
    files.brought_in(files.csv(*files.WHOLE[:-1], *accounts))
    ordinary = [account.replace("medical", "lift") for account in accounts]

    plan = files.planned(files.csv(*ordinary))
    files.brought_in(files.csv(*ordinary))

    assert (len(plan.changes), plan.counts[Part.ACCOUNT].changed) == (200, 201)
    assert Account.objects.filter(importance="lift").count() == 201


def test_an_account_moves_to_another_area():
    files.brought_in(files.csv())
    second = files.AREA.replace("T-01", "T-02")
    moved = files.row("account", code="1209000001", parent="T-02")

    files.brought_in(files.csv(second, moved))

    account = Account.objects.get()
    assert (account.transformer.code, account.premises) == ("T-02", None)
    kept()


def test_an_area_retires_once_its_accounts_have_moved():
    files.brought_in(files.csv())
    retired = files.AREA + "2026-08-31"
    assert files.errors(files.csv(retired)) == [
        "第2行 退出运行日期：还有1个户号：先把它们改到别的台区，才能退出运行。"
    ]

    second = files.AREA.replace("T-01", "T-02")
    moved = files.row("account", code="1209000001", parent="T-02")
    files.brought_in(files.csv(retired, second, moved))

    area = Transformer.objects.get(code="T-01")
    assert area.retired_on == date(2026, 8, 31)
    assert not Transformer.objects.in_service().filter(code="T-01").exists()
    kept()


def test_geojson_gives_positions_by_its_points():
    content = files.geojson(
        files.feature(
            files.point(117.3, 39.1),
            part="substation", code="S-09", name="东站", region="120102",
            voltage="110kV",
        ),
        files.feature(
            part="line", code="L-09", name="东线", parent="S-09", area_class="城区"
        ),
        files.feature(
            files.point(117.31, 39.11),
            part="台区", code="T-09", name="东台区", parent="L-09", households=77,
            public=False, load_kw=12.5,
        ),
    )  # fmt: skip

    files.brought_in(content)

    area = Transformer.objects.get()
    assert (area.longitude, area.latitude) == (Decimal("117.31"), Decimal("39.11"))
    assert (area.households, area.public, area.load_kw) == (77, False, Decimal("12.5"))
    assert Line.objects.get().region_id == "120102"
    assert not files.planned(content).alters


def test_operators_alone_bring_files_in():
    plan = files.planned(files.csv())

    with pytest.raises(Refused, match="运维人员"):
        network_files.apply(plan, by=zhao(), at=NOW)
    assert not Substation.objects.exists()


def test_many_accounts_cost_few_questions(django_assert_max_num_queries):
    files.brought_in(files.csv())
    rows = [f"account,{1300000000 + n},T-01" for n in range(2000)]
    content = files.csv(*rows, header="part,code,parent")

    with django_assert_max_num_queries(40):
        plan = files.planned(content)
        network_files.apply(plan, by=sun(), at=NOW)

    assert Account.objects.count() == 2001
    assert plan.counts[Part.ACCOUNT].new == 2000
