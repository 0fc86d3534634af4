"""What, where, who waits: without an account, without JavaScript."""

from typing import Any

import pytest
from django.test import Client

from outages.models import FaultReport
from outages.services import network
from tests import cast
from tests.grid import Grid
from tests.repairs.desk import reported
from tests.repairs.pages import DETAILS, WHERE, browser_of, on, send, text_of, where


def test_pictures_first_and_the_telephone_beside_them(net: Grid) -> None:
    said = text_of(Client().get("/outages/report/"))
    for words in ("只有我家没电", "电线掉落、冒火花", "路灯不亮", "95598", "119"):
        assert words in said


def test_a_whole_address_goes_straight_on(net: Grid) -> None:
    client = Client()
    assert where(client, place="友谊路12号 海河花园").url == DETAILS
    with on(cast.NOW):
        answer = send(client, phone="13800000001", description="闻到焦味")
    report = FaultReport.objects.get()
    assert answer.url == f"/outages/reports/{report.number}/"
    assert report.premises == net.garden_gate
    assert (report.phone, report.description) == ("+8613800000001", "闻到焦味")
    said = text_of(client.get(answer.url))
    assert "报修已收到" in said
    assert report.number in said


def test_a_vague_address_is_asked_about(net: Grid) -> None:
    client = Client()
    answer = where(client, place="友谊路12号3门401")
    assert answer.url == "/outages/report/which/"
    said = text_of(client.get(answer.url))
    assert net.garden_gate.address in said
    assert "都不是，就按我写的报修" in said
    chosen: Any = client.post(answer.url, {"premises": net.garden_gate.pk})
    assert chosen.url == DETAILS
    send(client)
    report = FaultReport.objects.get()
    assert (report.place, report.premises) == ("友谊路12号3门401", net.garden_gate)


def test_none_of_these_keeps_the_words(net: Grid) -> None:
    client = Client()
    answer = where(client, place="友谊路12号3门401", region=cast.HEXI)
    chosen: Any = client.post(answer.url, {"premises": ""})
    assert chosen.url == DETAILS
    send(client)
    report = FaultReport.objects.get()
    assert (report.place, report.premises) == ("友谊路12号3门401", None)


def test_none_of_these_without_a_district_asks_for_it(net: Grid) -> None:
    client = Client()
    answer = where(client, place="友谊路12号3门401")
    said = text_of(client.post(answer.url, {"premises": "999"}))
    assert "请选择在哪个区" in said
    assert not FaultReport.objects.exists()


def test_an_unknown_address_needs_its_district(net: Grid) -> None:
    client = Client()
    answer = where(client, place="没人知道的地方")
    assert "没有查到这个地址" in text_of(answer)
    assert 'value="没人知道的地方"' in answer.content.decode()
    assert where(client, place="没人知道的地方", region=cast.HEPING).url == DETAILS


def test_an_account_number_will_do(net: Grid) -> None:
    client = Client()
    assert where(client, place="12000 00002").url == DETAILS
    said = text_of(client.get(DETAILS))
    assert "尾号0002" in said
    assert "1200000002" not in said
    send(client)
    report = FaultReport.objects.get()
    assert (report.account, report.importance) == (net.hospital, "hospital")
    assert report.place == net.garden_gate.address


def test_a_street_lamp_is_where_it_stands(net: Grid) -> None:
    client = Client()
    page = text_of(client.get(f"{WHERE}?trouble=street_light"))
    assert "在什么位置" in page
    answer = where(client, "street_light", place="友谊路与围堤道交口")
    assert "请选择路灯所在的区" in text_of(answer)
    answer = where(client, "street_light", place="友谊路与围堤道交口", region=cast.HEXI)
    assert answer.url == DETAILS
    assert "着急的情况" not in text_of(client.get(DETAILS))
    sent = send(client)
    said = text_of(client.get(sent.url))
    assert "路灯维修没有统一规定的到达和修复时限" in said


def test_danger_is_told_what_to_do_first(net: Grid) -> None:
    client = Client()
    for answer in (
        client.get(f"{WHERE}?trouble=danger"),
        where(client, "danger", place=""),
    ):
        said = text_of(answer)
        assert "离开 8 米以外" in said
        assert "马上拨打 95598" in said
        assert "着火拨打 119" in said
    where(client, "danger", place="友谊路12号海河花园")
    assert "马上拨打 95598" in text_of(client.get(DETAILS))


def test_who_signed_in_finds_address_and_phone(net: Grid) -> None:
    zhang = cast.zhang()
    reported(net, reporter=zhang)
    first = FaultReport.objects.get()
    reported(net, reporter=zhang, premises=net.market_hall, place="友谊路30号")
    client = browser_of(zhang)
    page = client.get(f"{WHERE}?trouble=building")
    assert "您用过的地址" in text_of(page)
    known = f"report-{first.pk}"
    answer: Any = client.post(
        "/outages/report/mine/", {"trouble": "building", "known": known}
    )
    assert answer.url == DETAILS
    assert 'value="13800000001"' in client.get(DETAILS).content.decode()
    send(client, phone="13800000001")
    second = FaultReport.objects.latest("pk")
    assert (second.trouble, second.premises) == ("building", net.garden_gate)
    assert second.reporter == zhang


@pytest.mark.parametrize(
    "said", [{"trouble": "nonsense"}, {"trouble": "home", "known": "report-999"}]
)
def test_a_made_up_address_of_ones_own_starts_again(
    net: Grid, said: dict[str, str]
) -> None:
    client = browser_of(cast.zhang())
    answer: Any = client.post("/outages/report/mine/", said)
    assert answer.url == "/outages/report/"


def test_a_page_without_the_ones_before_starts_again(net: Grid) -> None:
    client = Client()
    for path in (DETAILS, "/outages/report/which/", WHERE, f"{WHERE}?trouble=x"):
        answer: Any = client.get(path)
        assert answer.url == "/outages/report/"


def test_coming_back_finds_what_was_typed(net: Grid) -> None:
    client = Client()
    where(client, place="友谊路12号3门401", region=cast.HEXI)
    page = client.get(f"{WHERE}?trouble=home").content.decode()
    assert "友谊路12号3门401" in page


def test_two_places_of_one_name_are_told_apart(net: Grid) -> None:
    network.add_premises(transformer=net.square, address="友谊路12号海河花园")
    client = Client()
    answer = where(client, place="友谊路12号海河花园")
    said = text_of(client.get(answer.url))
    assert "和平区" in said
    assert "河西区" in said
