"""GET reliability/: the latest edition of a year, frozen as it was published."""

from datetime import timedelta

import pytest
from django.test import Client

from outages.services import publication
from tests.cast import at, sun
from tests.outages_api.conftest import ROOT, refused, told
from tests.reliability.history import cut, town

pytestmark = pytest.mark.django_db


def test_a_year_by_district() -> None:
    place = town()
    cut(place.homes, at("2024-03-01"), timedelta(hours=2))
    publication.publish(2024, city="120000", by=sun(), at=at("2025-02-01"), reason="")
    for asked in ({}, {"year": "2024"}):
        answer = told(Client().get(f"{ROOT}reliability/", asked))
        assert answer["year"] == 2024
        assert [each["name"] for each in answer["regions"]] == [
            "天津市",
            "和平区",
            "河西区",
        ]
        figures = answer["regions"][2]["figures"]["levels"]["low"]["variants"]["1"]
        assert figures["customer_seconds"] == 300 * 7200


def test_nothing_published_is_an_empty_answer() -> None:
    answer = told(Client().get(f"{ROOT}reliability/"))
    assert answer == {"year": None, "regions": []}
    answer = told(Client().get(f"{ROOT}reliability/", {"year": "2020"}))
    assert answer == {"year": 2020, "regions": []}
    refused(Client().get(f"{ROOT}reliability/", {"year": "1"}), 400, "invalid")
