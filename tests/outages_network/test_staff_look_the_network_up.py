"""In the admin the network is looked up by all staff and edited by nobody."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from outages.services import network
from tests import cast
from tests.grid import grid
from tests.outages_network import files

pytestmark = pytest.mark.django_db
MODELS = (
    "substation", "line", "transformer", "premises", "account", "networkimport",
)  # fmt: skip


def listed(client: Client, model: str, **asked: Any) -> str:
    answer = client.get(reverse(f"admin:outages_{model}_changelist"), asked)
    assert answer.status_code == 200
    return str(answer.content.decode())


def seen(client: Client, row: Any) -> str:
    url = reverse(f"admin:outages_{row._meta.model_name}_change", args=[row.pk])
    answer = client.get(url)
    assert answer.status_code == 200
    return str(answer.content.decode())


@pytest.fixture
def operator(client: Client) -> Client:
    client.force_login(cast.sun())
    return client


def test_the_pages_are_on_the_list_of_apps(operator):
    told = operator.get("/admin/outages/").content.decode()

    for model in MODELS:
        assert reverse(f"admin:outages_{model}_changelist") in told


def test_counts_come_with_the_lists(operator):
    grid()

    assert ">700<" in listed(operator, "substation", q="友谊站")
    assert ">600<" in listed(operator, "line", q="L-YY1")
    areas = listed(operator, "transformer", q="海河花园")
    assert 'class="field-accounts_shown">2<' in areas


def test_lists_cost_the_same_at_any_length(operator, django_assert_max_num_queries):
    net = grid()
    for number in range(30):
        area = network.add_transformer(
            code=f"T-X{number:02d}", name="某台区", line=net.youyi_one, households=9
        )
        network.add_premises(transformer=area, address=f"某路{number}号")

    for model in MODELS:
        with django_assert_max_num_queries(8):
            listed(operator, model)


def test_an_address_is_found_as_people_write_it(operator):
    grid()

    told = listed(operator, "premises", q="天津市河西区友谊路１２号")

    assert "友谊路12号海河花园" in told
    assert "集贸市场" not in told


def test_an_account_is_found_by_its_whole_number(operator):
    grid()

    assert ">1200000001<" in listed(operator, "account", q="1200-000-001")
    assert ">1200000001<" not in listed(operator, "account", q="120000")


def test_a_district_narrows_every_list(operator):
    grid()

    told = listed(operator, "transformer", region=cast.HEPING)

    assert "和平广场台区" in told
    assert "海河花园台区" not in told
    assert ">1200000001<" not in listed(operator, "account", region=cast.HEPING)


def test_the_phone_of_a_property_manager_is_masked(operator):
    net = grid()

    told = seen(operator, net.market_hall)

    assert "139****0030" in told
    assert "13900000030" not in told
    assert "—" in seen(operator, net.garden_gate)


def test_what_files_changed_is_told_on_the_page_of_the_area(operator):
    cast.laws()
    files.brought_in(files.csv())
    files.brought_in(files.csv(files.AREA.replace(",120,", ",150,")))
    area = files.planned(files.csv()).area_facts[0].area

    told = seen(operator, area)

    assert "户数" in told
    assert ">120<" in told
    assert "网络.csv" in told
    assert "台区 0 / 1 / 0" in listed(operator, "networkimport")


def test_staff_of_a_district_see_their_own(client):
    net = grid()
    client.force_login(cast.wang())

    told = listed(client, "transformer")

    assert "海河花园台区" in told
    assert "和平广场台区" not in told
    assert "导入网络数据" not in told
    assert "和平区" not in told
    elsewhere = reverse("admin:outages_transformer_change", args=[net.square.pk])
    assert client.get(elsewhere).status_code == 302
    assert "网络.csv" not in listed(client, "networkimport")


@pytest.mark.parametrize("model", MODELS)
def test_nothing_is_added_edited_or_deleted(operator, model):
    net = grid()
    rows = {
        "substation": net.youyi,
        "line": net.youyi_one,
        "transformer": net.garden,
        "premises": net.garden_gate,
        "account": net.zhang_home,
    }
    add = operator.get(reverse(f"admin:outages_{model}_add"))
    assert add.status_code == 403
    if model in rows:
        pk = rows[model].pk
        for page in ("change", "delete"):
            url = reverse(f"admin:outages_{model}_{page}", args=[pk])
            assert (
                operator.post(url, {"name": "改名", "post": "yes"}).status_code == 403
            )
