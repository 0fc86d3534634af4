"""Files that say little are judged by what they say: no key, no area, no position."""

import io

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from outages.models import Account, Substation
from outages.services import network_files
from outages.services.network_files import applying, holding
from tests.cast import NOW, laws, sun
from tests.outages_network import files

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _laws():
    laws()


def test_empty_columns_at_the_end_are_no_columns():
    header = "part,code,name,region,voltage,,"

    assert files.errors(
        files.csv("substation,S-01,柳林站,120103,110kV,,", header=header)
    ) == []  # fmt: skip


def test_a_file_without_the_key_of_its_rows_is_refused_row_by_row():
    told = files.errors(files.csv("substation,柳林站", header="part,name"))

    assert len(told) == 1
    assert "第2行 编码" in told[0]


def test_an_account_that_names_no_area_must_be_known():
    content = files.csv("account,1209000009", header="part,code")

    told = files.errors(content)

    assert len(told) == 1
    assert "上级编码" in told[0]


def test_an_account_known_without_address_keeps_having_none():
    files.brought_in(files.csv(*files.WHOLE[:4]))
    files.brought_in(files.csv(files.row("account", code="1209000007", parent="T-01")))

    files.brought_in(
        files.csv("account,1209000007,lift", header="part,code,importance")
    )

    account = Account.objects.get(number="1209000007")
    assert (account.premises, account.importance) == (None, "lift")


def test_an_account_keeps_the_address_that_a_file_leaves_out():
    files.brought_in(files.csv())

    files.brought_in(
        files.csv("account,1209000001,lift", header="part,code,importance")
    )

    account = Account.objects.get(number="1209000001")
    assert str(account.premises) == "柳林路5号柳林东里1号楼"
    assert account.importance == "lift"


def test_a_preview_that_waits_outlives_the_next_one():
    content = files.csv()
    _plan, first = holding.hold(io.BytesIO(content), name="一.csv", by=sun(), at=NOW)
    holding.hold(io.BytesIO(content), name="二.csv", by=sun(), at=NOW)

    plan, again = holding.again(first.token, by=sun(), at=NOW)

    assert (plan.error_count, again.path) == (0, first.path)


@pytest.mark.parametrize(
    "geometry",
    [
        {"type": "LineString", "coordinates": [[117.2, 39.0], [117.3, 39.1]]},
        {"type": "Point", "coordinates": [117.2]},
        {"type": "Point", "coordinates": "117.2,39.0"},
        {"type": "Point", "coordinates": [True, False]},
        "somewhere",
    ],
)
def test_a_geometry_that_is_no_point_is_refused(geometry):
    content = files.geojson(
        files.feature(
            geometry, part="substation", code="S-01", name="柳林站", region="120103",
            voltage="110kV",
        )
    )  # fmt: skip

    told = files.errors(content)

    assert any("几何图形须是Point" in line for line in told)


def test_a_property_may_be_null_or_true_in_geojson():
    content = files.geojson(
        files.feature(
            None, part="substation", code="S-01", name="柳林站", region="120103",
            voltage="110kV", owner=None, public=None,
        )
    )  # fmt: skip

    assert files.errors(content) == []


def test_who_comes_second_is_asked_to_look_again(monkeypatch):
    plan = files.planned(files.csv(files.SUBSTATION))

    def beaten(*_facts):
        raise IntegrityError("somebody was quicker")

    monkeypatch.setattr(applying, "_write", beaten)

    with pytest.raises(ValidationError, match="刚刚被别人改动"):
        network_files.apply(plan, by=sun(), at=NOW)
    assert not Substation.objects.exists()
