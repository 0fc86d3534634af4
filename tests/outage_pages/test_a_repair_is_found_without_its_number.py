"""查抢修进度: by number, by phone and place together, by 户号; a phone alone is not."""

import pytest
from django.test import Client

from tests.grid import Grid
from tests.outage_pages.conftest import read
from tests.repairs import desk

FIND = "/outages/report/find/"


def test_the_page_asks(visitor: Client) -> None:
    assert "查抢修进度" in read(visitor, FIND)


def test_by_number(visitor: Client, net: Grid) -> None:
    number = desk.reported(net).number
    response = visitor.post(FIND, {"number": number.lower()})
    assert response["Location"] == f"/outages/reports/{number}/"


def test_by_phone_and_place(visitor: Client, net: Grid) -> None:
    number = desk.reported(net, phone="13800000001").number
    asked = {"phone": "138 0000 0001", "place": "海河花园"}
    assert visitor.post(FIND, asked)["Location"] == f"/outages/reports/{number}/"


def test_by_household_number_beside_the_outage(visitor: Client, net: Grid) -> None:
    report = desk.reported(net, account=net.zhang_home)
    page = read(visitor, "/outages/", q=net.zhang_home.number)
    assert "这里的报修" in page
    assert report.number in page


def test_several_are_offered(visitor: Client, net: Grid) -> None:
    first = desk.reported(net, phone="13800000001")
    second = desk.reported(net, phone="13800000001", trouble="street_light")
    asked = {"phone": "13800000001", "place": "友谊路12号"}
    page = visitor.post(FIND, asked).content.decode()
    assert first.number in page
    assert second.number in page


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({}, "请填写报修编号，或者报修时留的电话和地点。"),
        ({"phone": "13800000001"}, "请再填写报修的地点。"),
        ({"number": "BX-1"}, "没有这个报修编号"),
        ({"phone": "12", "place": "友谊路"}, "手机号码不正确"),
        ({"phone": "13800000001", "place": "和平路9号"}, "都相符的报修"),
        ({"phone": "13800000009", "place": "友谊路12号"}, "都相符的报修"),
    ],
)
def test_what_does_not_agree_is_said_and_kept(
    visitor: Client, net: Grid, asked: dict[str, str], sentence: str
) -> None:
    number = desk.reported(net, phone="13800000001").number
    page = visitor.post(FIND, asked).content.decode()
    assert sentence in page
    assert number not in page
    for typed in asked.values():
        assert f'value="{typed}"' in page


def test_a_phone_in_the_field_of_places_is_told_where_to_go(visitor: Client) -> None:
    page = read(visitor, "/outages/", q="13800000001")
    assert "这像是手机号" in page
    assert f'href="{FIND}"' in page


def test_who_guesses_is_stopped_and_who_knows_is_not(
    visitor: Client, net: Grid
) -> None:
    desk.reported(net, phone="13800000001")
    for last in range(10):
        guess = {"phone": f"1380000001{last}", "place": "友谊路12号"}
        assert "都相符的报修" in visitor.post(FIND, guess).content.decode()

    right = {"phone": "13800000001", "place": "友谊路12号"}
    page = visitor.post(FIND, right).content.decode()
    assert "核对不上的次数太多，请一小时后再查，或拨打95598。" in page
    assert "友谊路12号" in page

    elsewhere = visitor.post(FIND, right, REMOTE_ADDR="10.9.8.7")
    assert elsewhere.status_code == 302
