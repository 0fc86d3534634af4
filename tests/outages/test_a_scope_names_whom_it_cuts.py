"""From named parts to areas, whole lines, households, districts and words."""

import pytest
from django.core.exceptions import ValidationError

from outages.models import Transformer
from outages.services import network, scope_text, scoping
from outages.services.scoping import ScopePart
from outages.vocabulary import ScopeLevel
from sla.ground.errors import Refused
from tests.cast import HEPING, HEXI, NOW, li, wang, zhao
from tests.grid import grid
from tests.outages.lives import (
    GARDEN,
    LINE_ONE,
    MARKET,
    SCHOOL,
    SQUARE,
    ZHANG_HOME,
    drafted,
)

pytestmark = pytest.mark.django_db
STATION = ScopePart(ScopeLevel.SUBSTATION, "S-YY")


def test_a_substation_cuts_every_line_of_it():
    net = grid()

    found = scoping.resolve([STATION])

    assert found.households == 700
    assert found.lines == sorted([net.youyi_one.pk, net.youyi_two.pk])
    assert found.districts == {HEXI}
    assert found.area_text == "河西区：友谊站全部线路（海河花园、友谊集贸市场）"


def test_all_areas_of_a_line_are_the_line():
    net = grid()

    found = scoping.resolve([GARDEN, SCHOOL, MARKET])

    assert found.lines == [net.youyi_one.pk]


def test_some_areas_of_a_line_are_not_the_line():
    net = grid()

    found = scoping.resolve([GARDEN, SCHOOL, SQUARE])

    assert found.lines == [net.heping_one.pk]
    assert found.area_text == (
        "河西区：友谊一线海河花园台区、友谊小学台区；和平区：和平一线和平广场台区（海河花园）"
    )


def test_a_part_named_twice_is_cut_once():
    grid()

    found = scoping.resolve([GARDEN, LINE_ONE, GARDEN, ZHANG_HOME])

    assert found.households == 600
    assert len(found.transformers) == 3


def test_an_account_cuts_itself_alone_and_is_not_named():
    net = grid()

    found = scoping.resolve([ZHANG_HOME])

    assert (found.households, found.accounts) == (1, [net.zhang_home.pk])
    assert [cut.whole for cut in found.cuts] == [False]
    assert found.lines == []
    assert found.area_text == "河西区：友谊一线海河花园台区内1户"


def test_a_line_that_crosses_districts_names_them():
    net = grid()
    network.add_transformer(
        code="T-YY1-09",
        name="跨区台区",
        line=net.youyi_one,
        households=10,
        region=HEPING,
    )

    found = scoping.resolve([LINE_ONE])

    assert found.districts == {HEXI, HEPING}
    assert "；涉及和平区部分区域" in found.area_text


def test_half_the_city_is_told_in_short():
    net = grid()
    for number in range(60):
        network.add_transformer(
            code=f"T-X-{number}",
            name=f"很长的名字的台区第{number}号",
            line=net.youyi_two,
            households=1,
        )
    parts = [ScopePart(ScopeLevel.TRANSFORMER, f"T-X-{n}") for n in range(60)]

    found = scoping.resolve([*parts, LINE_ONE])

    assert len(found.area_text) <= 400
    assert "等60个台区" in found.area_text


def test_hundreds_of_accounts_everywhere_are_only_counted():
    net = grid()
    parts = []
    for number in range(40):
        area = network.add_transformer(
            code=f"T-X-{number}",
            name=f"很长的名字的台区第{number}号",
            line=net.youyi_two,
            households=1,
        )
        gate = network.add_premises(transformer=area, address=f"某路{number}号")
        account = network.add_account(number=f"{1300000000 + number}", premises=gate)
        parts.append(ScopePart(ScopeLevel.ACCOUNT, account.number))

    found = scoping.resolve(parts)

    assert found.area_text == "河西区：1条线路、40个台区"


def test_resolving_asks_the_same_number_of_questions_however_large(
    django_assert_max_num_queries,
):
    grid()

    with django_assert_max_num_queries(7):
        scoping.resolve([STATION, LINE_ONE, GARDEN, ZHANG_HOME])


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        ([], "请至少选择一个停电范围"),
        ([ScopePart("city", "X")], "不认识的层级“city”"),
        ([ScopePart(ScopeLevel.LINE, "L-XX")], "找不到线路“L-XX”，请核对编码"),
        (
            [ScopePart(ScopeLevel.LINE, f"L-X{n}") for n in range(7)],
            "“L-X0、L-X1、L-X2、L-X3、L-X4”等7个",
        ),
        ([ScopePart(ScopeLevel.ACCOUNT, "9999999999")], "找不到户号“9999999999”"),
    ],
)
def test_a_scope_that_names_nothing_is_refused(parts, sentence):
    grid()

    with pytest.raises(ValidationError, match=sentence) as refused:
        scoping.resolve(parts)

    assert list(refused.value.error_dict) == ["scope"]


def test_a_line_that_supplies_nobody_covers_nothing():
    net = grid()
    network.add_line(code="L-NEW", name="新线", substation=net.youyi)

    with pytest.raises(ValidationError, match="没有在运的台区"):
        scoping.resolve([ScopePart(ScopeLevel.LINE, "L-NEW")])


def test_an_area_out_of_service_cannot_be_cut():
    net = grid()
    Transformer.objects.filter(pk=net.garden.pk).update(retired_on=NOW.date())

    with pytest.raises(ValidationError, match="“T-YY1-01”已退出运行"):
        scoping.resolve([GARDEN])
    with pytest.raises(ValidationError, match="已退出运行"):
        scoping.resolve([ZHANG_HOME])
    assert scoping.resolve([LINE_ONE]).households == 300


def test_scopes_are_read_as_people_write_them():
    grid()

    parts = scope_text.settle(
        scope_text.read("L-YY1；台区：T-YY2-01、 account:1200000001\nS-HP")
    )

    assert [(part.level, part.code) for part in parts] == [
        ("line", "L-YY1"),
        ("transformer", "T-YY2-01"),
        ("account", "1200000001"),
        ("substation", "S-HP"),
    ]


def test_a_code_that_two_parts_have_needs_its_level():
    net = grid()
    network.add_line(code="S-YY", name="重名线", substation=net.youyi)

    with pytest.raises(ValidationError, match="有多个层级"):
        scope_text.settle(scope_text.read("S-YY"))
    with pytest.raises(ValidationError, match="找不到编码或户号“X-1”"):
        scope_text.settle(scope_text.read("X-1"))
    with pytest.raises(ValidationError, match="不认识的层级“小区”"):
        list(scope_text.read("小区:X-1"))


def test_staff_of_a_district_draft_in_their_own():
    grid()

    with pytest.raises(Refused, match="只能由"):
        drafted(by=wang())
    with pytest.raises(Refused, match="只能由"):
        drafted(by=li())
    assert drafted(GARDEN, SQUARE, by=zhao()).households == 350


def test_a_supervisor_cannot_draft_elsewhere():
    grid()
    station = network.add_substation(code="S-BC", name="北辰站", region="120113")
    elsewhere = network.add_line(code="L-BC", name="北辰线", substation=station)
    network.add_transformer(code="T-BC", name="北辰台区", line=elsewhere, households=5)

    with pytest.raises(Refused, match="超出您负责的区域"):
        drafted(ScopePart(ScopeLevel.LINE, "L-BC"), by=zhao())
