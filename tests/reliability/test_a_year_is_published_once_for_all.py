"""A year's figures are frozen when published; a correction is a new edition."""

from datetime import timedelta
from fractions import Fraction

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from outages.indices import from_json
from outages.models import ReliabilityYear
from outages.selectors import publication as published
from outages.services import publication
from sla.ground.errors import Refused
from tests.cast import HEXI, at, liu, sun, zhao
from tests.reliability.history import Town, cut, town

pytestmark = pytest.mark.django_db
NOW = at("2025-02-01", "12:00")


@pytest.fixture
def place() -> Town:
    found = town()
    cut(found.homes, at("2024-03-01"), timedelta(hours=2))
    return found


def publish(reason: str = "", year: int = 2024) -> list[ReliabilityYear]:
    return publication.publish(year, city="120000", by=sun(), at=NOW, reason=reason)


def test_the_city_and_its_districts_are_frozen(place: Town) -> None:
    rows = publish()

    assert [row.region_id for row in rows] == ["120000", "120101", "120103"]
    told = rows[2].figures["levels"]["low"]["variants"]["1"]
    assert told["customer_seconds"] == 300 * 7200
    assert told["customers"] == 451
    assert told["saidi_hours"] == pytest.approx(600 / 451)
    assert from_json(told).saidi == Fraction(600, 451)


def test_what_happens_later_changes_nothing_published(place: Town) -> None:
    publish()
    cut(place.homes, at("2024-05-01"), timedelta(hours=9))

    kept = published.latest(2024)[2].figures["levels"]["low"]["variants"]["1"]

    assert kept["customer_seconds"] == 300 * 7200


def test_a_correction_needs_a_reason_and_stands_beside(place: Town) -> None:
    publish()
    cut(place.homes, at("2024-05-01"), timedelta(hours=9))

    with pytest.raises(ValidationError, match="更正须写明原因"):
        publish()
    rows = publish("补录一次停电")

    assert {row.edition for row in rows} == {2}
    assert [row.edition for row in published.editions(2024)] == [1, 2]
    assert published.latest(2024)[0].reason == "补录一次停电"
    assert ReliabilityYear.objects.filter(edition=1).count() == 3


def test_a_correction_that_corrects_nothing_is_refused(place: Town) -> None:
    publish()

    with pytest.raises(Refused, match="完全一致"):
        publish("再发一次")


def test_a_year_that_runs_is_not_published(place: Town) -> None:
    with pytest.raises(Refused, match="2025年还没有结束"):
        publish(year=2025)


@pytest.mark.parametrize("who", [zhao, liu])
def test_only_operators_publish(place: Town, who) -> None:
    with pytest.raises(Refused, match="只能由运维人员发布"):
        publication.publish(2024, city="120000", by=who(), at=NOW)

    assert not ReliabilityYear.objects.exists()


@pytest.mark.usefixtures("no_laws")
def test_without_a_network_there_is_nothing_to_publish() -> None:
    with pytest.raises(ValidationError, match="没有代码为120000的地区"):
        publish()


def test_a_city_without_areas_in_service_is_not_published(place: Town) -> None:
    with pytest.raises(Refused, match="还没有在运的台区"):
        publication.publish(2024, city="120102", by=sun(), at=NOW)


def test_two_who_publish_at_once_are_one(
    place: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish()
    monkeypatch.setattr(published, "latest", lambda year: [])

    with pytest.raises(Refused, match="刚刚由他人发布"):
        publish()

    assert ReliabilityYear.objects.count() == 3


def test_the_database_itself_keeps_what_was_published(place: Town) -> None:
    row = publish()[0]
    row.figures = {}

    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_the_public_page_says_level_definition_and_target(place: Town) -> None:
    publish()

    page = Client().get("/outages/reliability/").content.decode()

    assert "2024年各区指标（中压，口径 -1）" in page
    assert "河西区" in page
    assert "试行，待主管部门确认" in page
    assert "十项承诺 第一条" in page
    assert "户均停电时间（SAIDI" in page
    pilot = Client().get("/outages/reliability/?level=low").content.decode()
    assert "低压（试点）" in pilot
    assert "试点，数字仅供参考" in pilot


def test_a_year_nobody_published_is_said_to_be_missing(place: Town) -> None:
    publish()

    response = Client().get("/outages/reliability/?year=1999")

    assert response.status_code == 404
    assert "没有公布过“1999”年" in response.content.decode()
    assert "2024年各区指标" in response.content.decode()


def test_before_the_first_publication_the_page_says_so() -> None:
    assert "还没有公布过" in Client().get("/outages/reliability/").content.decode()
    assert Client().get("/outages/reliability/2024.csv").status_code == 404


def test_the_file_holds_every_level_and_variant(place: Town) -> None:
    publish()

    body = Client().get("/outages/reliability/2024.csv").content.decode("utf-8-sig")

    lines = body.splitlines()
    assert len(lines) == 1 + 3 * 2 * 4
    assert f"2024,1,{HEXI},河西区,低压（试点）,计入全部停电（-1）,451," in body


def test_operators_publish_in_the_admin(place: Town, client: Client) -> None:
    client.force_login(sun())
    address = "/admin/outages/reliabilityyear/publish/"

    page = client.get(address).content.decode()
    done = client.post(address, {"year": "2024", "reason": ""}, follow=True)

    assert "冻结并公布" in page
    assert "2024年第1版已公布，共3个地区" in done.content.decode()
    again = client.post(address, {"year": "2024", "reason": ""})
    assert "更正须写明原因" in again.content.decode()
    same = client.post(address, {"year": "2024", "reason": "再算一次"})
    assert "没有可更正的" in same.content.decode()
    assert client.get("/admin/outages/reliabilityyear/").status_code == 200
    assert "年度供电可靠性" in client.get("/admin/outages/").content.decode()


def test_nobody_else_finds_that_page(place: Town, client: Client) -> None:
    client.force_login(zhao())

    assert client.get("/admin/outages/reliabilityyear/publish/").status_code == 403
