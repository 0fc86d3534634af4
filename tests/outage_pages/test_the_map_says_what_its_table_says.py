"""The map: our own outlines, links for fingers and keys, and a table beside it."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from outages.map import Outline, chart
from outages.services import network, running
from outages.services.scoping import ScopePart
from sla.models import Region
from tests.cast import HEXI, NOW, laws
from tests.grid import Grid, zhou
from tests.outage_pages.conftest import read
from tests.outages import lives

HOUR = timedelta(hours=1)


def outlines() -> list[Outline]:
    """Return every district, each once."""
    drawn = chart()
    return [*drawn.city.outlines, *drawn.inner.outlines]


@pytest.mark.django_db
def test_every_district_of_the_city_is_drawn_once() -> None:
    laws()
    city = Region.objects.filter(parent="120000").values_list("code", flat=True)
    assert sorted(each.code for each in outlines()) == sorted(city)


def corners(outline: Outline) -> list[tuple[float, float]]:
    """Return the corners of a district."""
    pairs = (pair.split(",") for pair in outline.points.split())
    return [(float(x), float(y)) for x, y in pairs]


def holds(ring: list[tuple[float, float]], x: float, y: float) -> bool:
    """Tell whether a ring holds a place, by counting what a ray crosses."""
    inside = False
    for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside


@pytest.mark.parametrize("outline", outlines(), ids=lambda each: each.short)
def test_a_name_stands_in_its_own_district(outline: Outline) -> None:
    drawn = chart()
    sheet = drawn.city if outline in drawn.city.outlines else drawn.inner
    there = [o for o in sheet.outlines if holds(corners(o), outline.x, outline.y)]
    assert there == [outline]


def test_neighbours_share_their_borders() -> None:
    drawn = chart()
    edges: list[frozenset[tuple[float, float]]] = []
    for outline in (*drawn.city.outlines, *drawn.core):
        ring = corners(outline)
        pairs = zip(ring, ring[1:] + ring[:1], strict=True)
        edges += [frozenset(pair) for pair in pairs]
    counted = {edge: edges.count(edge) for edge in edges}
    assert set(counted.values()) == {1, 2}


def test_jizhou_lies_north_and_binhai_east() -> None:
    by_name = {each.short: each for each in chart().city.outlines}
    assert min(by_name.values(), key=lambda each: each.y).short == "蓟州"
    others = [each for name, each in by_name.items() if name not in {"滨海", "宁河"}]
    assert by_name["滨海"].x > max(each.x for each in others)


def row(page: str, district: str) -> list[str]:
    """Return the figures of one line of the table."""
    line = re.search(rf">{district}</a></th>(.*?)</tr>", page, re.DOTALL)
    assert line is not None
    return re.findall(r"<td>(.*?)</td>", line[1])


def test_the_table_and_the_picture_agree(visitor: Client, net: Grid) -> None:
    outage = lives.fault(lives.LINE_ONE, moment=NOW - HOUR)
    running.restore_part(outage, transformers=["T-YY1-02"], by=zhou(), at=NOW)
    lives.announced(
        lives.SQUARE, starts_at=NOW + HOUR, ends_at=NOW + 2 * HOUR,
        at=NOW - timedelta(days=9),
    )  # fmt: skip
    page = read(visitor, "/outages/map/")
    assert row(page, "河西区") == ["1 处，400 户", "没有"]
    assert row(page, "和平区") == ["没有", "1 处，50 户"]
    assert row(page, "蓟州区") == ["没有", "没有"]
    assert 'aria-label="河西区：正在停电 1 处，400 户"' in page
    assert 'aria-label="和平区：没有停电；未来7天计划停电 1 处"' in page
    assert f'class="district district-out-1" href="/outages/?district={HEXI}#out"' in (
        page
    )
    assert "全市现在有 400 户停电。" in page


def test_a_running_outage_is_a_dot_where_it_lies(visitor: Client, net: Grid) -> None:
    area = network.add_transformer(
        code="T-YY1-09",
        name="有坐标台区",
        line=net.youyi_one,
        households=10,
        longitude="117.220000",
        latitude="39.070000",
    )
    assert 'class="dot"' not in read(visitor, "/outages/map/")
    lives.fault(ScopePart("transformer", area.code))
    page = read(visitor, "/outages/map/")
    assert page.count('class="dot"') == 2  # on both sheets


def test_nothing_comes_from_elsewhere(visitor: Client, net: Grid) -> None:
    page = read(visitor, "/outages/map/")
    assert "自绘示意，不作边界依据" in page
    assert " style=" not in page
    assert re.findall(r'(?:src|href)="https?://', page) == []
