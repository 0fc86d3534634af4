"""Nobody has to know kilowatts: examples, a little sum, or 不清楚."""

from decimal import Decimal

import pytest

from applications import capacity
from applications.classification import ApplicantKind, Voltage
from tests import cast
from tests.filing import walking

pytestmark = pytest.mark.django_db


@pytest.fixture
def client():
    return walking.browser_of(cast.chen())


def at_capacity(client, answers=walking.SHOP):
    draft = walking.begin(client)
    client.post(f"{draft}need/", answers.need)
    return draft


@pytest.mark.parametrize("kind", ApplicantKind.values)
def test_examples_fit_who_asks(client, kind):
    draft = at_capacity(
        client, walking.Answers({"kind": kind, "purpose": "用电"}, {}, {}, ())
    )

    page = walking.text_of(client.get(f"{draft}capacity/"))

    examples = capacity.typical(kind)
    assert len(examples) >= 3
    for example in examples:
        assert example.label in page
        assert f"{example.kw} 千瓦" in page


def test_a_household_is_not_asked_about_supplies_and_voltage(client):
    draft = at_capacity(client, walking.HOME)

    page = walking.text_of(client.get(f"{draft}capacity/"))

    assert "几路电源" not in page
    assert "电压" not in page


def test_an_example_becomes_kilowatts(client):
    draft = at_capacity(client)

    client.post(f"{draft}capacity/", {"size": "restaurant", "sources": "1"})

    row = walking.application_of(draft)
    assert (row.capacity_kw, row.voltage) == (Decimal(40), Voltage.V380)


def test_not_knowing_is_an_answer(client):
    draft = at_capacity(client)

    client.post(f"{draft}capacity/", {"size": "unsure", "sources": "1"})

    assert walking.application_of(draft).capacity_kw == Decimal(15)


@pytest.mark.parametrize(
    ("written", "kilowatts"),
    [
        ("8", "8"),
        ("8.5", "8.5"),
        ("８．５千瓦", "8.5"),
        ("15 kW", "15"),
        ("315kVA", "315"),
        ("1,250", "1250"),
        ("1，250 千瓦", "1250"),
        ("1 250", "1250"),
        ("800瓦", "0.8"),
        ("850 W", "0.9"),
        ("8.01", "8.1"),
    ],
)
def test_a_number_may_be_written_as_people_write(client, written, kilowatts):
    draft = at_capacity(client)

    client.post(
        f"{draft}capacity/", {"size": "own", "capacity_kw": written, "sources": "1"}
    )

    assert walking.application_of(draft).capacity_kw == Decimal(kilowatts)


@pytest.mark.parametrize(
    "written", ["7、8", "7,8", "8 10", "8，5千瓦", "1,25", "8.5.1"]
)
def test_two_numbers_are_not_read_as_one(client, written):
    draft = at_capacity(client)

    page = client.post(
        f"{draft}capacity/", {"size": "own", "capacity_kw": written, "sources": "1"}
    )

    assert "请填写数字" in walking.errors(page)
    assert page.context["form"]["capacity_kw"].value() == written
    assert walking.application_of(draft).capacity_kw is None


def test_a_number_alone_is_enough(client):
    draft = at_capacity(client)

    client.post(f"{draft}capacity/", {"capacity_kw": "23", "sources": "1"})

    assert walking.application_of(draft).capacity_kw == Decimal(23)


def test_the_little_sum_proposes_and_keeps_nothing(client):
    draft = at_capacity(client)
    counts = {"count_kitchen": "2", "count_floor_ac": "1", "estimate": "1"}

    page = client.post(f"{draft}capacity/", {**counts, "sources": "1"})

    assert page.status_code == 200
    said = walking.text_of(page)
    # 2 × 6 + 3 = 15 kW, four fifths at the same time: 12, asked for in steps: 15.
    assert "建议申请 15 千瓦" in said
    content = page.content.decode()
    assert 'value="15"' in content
    assert "错误" not in content
    assert 'name="count_kitchen" value="2"' in content
    assert walking.application_of(draft).capacity_kw is None


def test_the_little_sum_asks_for_counts(client):
    draft = at_capacity(client)

    nothing = client.post(f"{draft}capacity/", {"estimate": "1"})
    assert "请先填写每种电器有几台" in walking.text_of(nothing)
    odd = client.post(f"{draft}capacity/", {"estimate": "1", "count_kitchen": "许多"})
    assert "数量请填0到999的整数" in walking.text_of(odd)


@pytest.mark.parametrize(
    ("counts", "kilowatts"),
    [
        ({}, None),
        ({"charger": 0}, None),
        ({"charger": 1}, 8),
        ({"charger": 2}, 15),
        ({"fridge": 1}, 4),
        ({"motor": 40}, 200),
    ],
)
def test_the_largest_appliance_always_runs_and_steps_are_round(counts, kilowatts):
    assert capacity.estimate(counts) == kilowatts


def test_what_was_chosen_is_shown_again(client):
    draft = at_capacity(client)
    client.post(f"{draft}capacity/", {"size": "shop", "sources": "1"})
    form = client.get(f"{draft}capacity/").context["form"]
    assert form["size"].value() == "shop"
    assert not form["capacity_kw"].value()

    client.post(
        f"{draft}capacity/",
        {"size": "own", "capacity_kw": "12000", "sources": "1", "voltage": "10kV"},
    )
    form = client.get(f"{draft}capacity/").context["form"]
    assert form["size"].value() == "own"
    assert form["capacity_kw"].value() == "12000"
    assert form["voltage"].value() == "10kV"


@pytest.mark.parametrize(
    ("kilowatts", "sources", "voltage"),
    [
        ("10", "1", Voltage.V220),
        ("10.1", "1", Voltage.V380),
        ("160", "1", Voltage.V380),
        ("160.1", "1", Voltage.KV10),
        ("8", "2", Voltage.KV10),
        ("10000", "1", Voltage.KV10),
        ("10000.1", "1", Voltage.KV35),
        ("40000", "2", Voltage.KV35),
        ("40000.1", "1", Voltage.KV110),
        ("500000", "2", Voltage.KV110),
    ],
)
def test_a_voltage_is_suggested_by_capacity(client, kilowatts, sources, voltage):
    draft = at_capacity(client)

    client.post(
        f"{draft}capacity/",
        {"size": "own", "capacity_kw": kilowatts, "sources": sources},
    )

    assert walking.application_of(draft).voltage == voltage


def test_a_suggested_voltage_is_not_taken_for_a_wish(client):
    """A shop that grows gets the voltage of its new size."""
    draft = at_capacity(client)
    client.post(f"{draft}capacity/", {"size": "small_shop", "sources": "1"})
    assert walking.application_of(draft).voltage == Voltage.V220
    form = client.get(f"{draft}capacity/").context["form"]
    assert not form["voltage"].value()

    client.post(f"{draft}capacity/", {"size": "factory", "sources": "1"})
    assert walking.application_of(draft).voltage == Voltage.V380


def test_who_uses_it_comes_first(client):
    draft = walking.begin(client)

    response = client.get(f"{draft}capacity/")

    assert response["Location"] == f"{draft}need/"
