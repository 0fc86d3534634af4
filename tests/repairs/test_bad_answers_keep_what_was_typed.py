"""A refused page says what to do and forgets nothing."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings

from outages.models import FaultReport
from tests import cast
from tests.grid import Grid
from tests.repairs.pages import send, text_of, where


def at_details(place: str = "友谊路12号海河花园") -> Client:
    client = Client()
    where(client, place=place)
    return client


def test_a_wrong_phone(net: Grid) -> None:
    page = send(at_details(), phone="1380", description="闻到焦味")
    said = page.content.decode()
    assert "手机号码不正确" in said
    assert 'value="1380"' in said
    assert "闻到焦味" in said
    assert "<title>错误：" in said
    assert not FaultReport.objects.exists()


def test_a_file_that_is_no_picture(net: Grid) -> None:
    photo = SimpleUploadedFile("a.jpg", b"no picture", "image/jpeg")
    page = send(at_details(), photo=photo, phone="13800000001")
    assert page.status_code == 200
    assert 'value="13800000001"' in page.content.decode()
    assert not FaultReport.objects.exists()


def test_a_picture_has_to_be_chosen_again_and_is_told_so(net: Grid) -> None:
    photo = SimpleUploadedFile("a.png", cast.PNG, "image/png")
    page = send(at_details(), photo=photo, phone="1380")
    assert "照片请再选一次" in text_of(page)
    assert "照片请再选一次" not in text_of(send(at_details(), phone="1380"))


def test_an_importance_nobody_offered(net: Grid) -> None:
    page = send(at_details(), importance="important")
    assert page.status_code == 200
    assert not FaultReport.objects.exists()


def test_a_long_description(net: Grid) -> None:
    assert "300" in text_of(send(at_details(), description="长" * 301))


@override_settings(FAULTS_PER_PHONE=1)
def test_too_often_is_said_with_the_telephone(net: Grid) -> None:
    send(at_details(), phone="13800000001")
    client = at_details("友谊路30号集贸市场")
    page = send(client, phone="13800000001", description="急")
    assert page.status_code == 429
    assert "请直接拨打95598" in text_of(page)
    assert "急" in text_of(page)


def test_a_second_press_leads_to_the_same_number(net: Grid) -> None:
    client = at_details()
    first = send(client, phone="13800000001")
    where(client, place="友谊路12号海河花园")
    assert send(client, phone="13800000001").url == first.url
    assert FaultReport.objects.count() == 1
    assert FaultReport.objects.get().region_id == cast.HEXI


def test_a_street_light_without_a_place_is_asked_for_its_own(net: Grid) -> None:
    page = Client().post(
        "/outages/report/where/?trouble=street_light", {"place": "", "region": "120103"}
    )
    said = text_of(page)
    assert "请填写路灯在什么位置。" in said
    assert "户号" not in said
