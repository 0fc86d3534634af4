"""A joker is stopped, a street that shares one address is not."""

from datetime import timedelta

import pytest
from django.test import override_settings

from sla.ground import uploads
from sla.ground.errors import TooOften
from tests import cast
from tests.grid import Grid
from tests.repairs.desk import reported


@override_settings(FAULTS_PER_PHONE=2)
def test_one_phone_reports_a_few_times_an_hour(net: Grid) -> None:
    for place in ("甲", "乙"):
        reported(net, phone="13800000001", place=place)
    with pytest.raises(TooOften, match="95598"):
        reported(net, phone="13800000001", place="丙")
    assert reported(net, phone="13800000002", place="丙")
    later = cast.NOW + timedelta(hours=1)
    assert reported(net, phone="13800000001", place="丁", at=later)


@override_settings(FAULTS_PER_CLIENT=2)
def test_one_address_reports_more_often(net: Grid) -> None:
    for phone in ("13800000001", "13800000002"):
        reported(net, phone=phone, client="203.0.113.9")
    with pytest.raises(TooOften):
        reported(net, phone="13800000003", client="203.0.113.9")
    assert reported(net, phone="13800000003", client="203.0.113.10")


@override_settings(FAULTS_PER_PHONE=1)
def test_the_same_again_is_no_second_report(net: Grid) -> None:
    first = reported(net, phone="13800000001")
    assert reported(net, phone="13800000001") == first


@override_settings(FAULTS_PER_PHONE=1)
def test_no_picture_is_opened_for_who_reports_too_often(
    net: Grid, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = reported(net, phone="13800000001", photo=cast.paper())

    def opened(_upload: object) -> None:
        raise AssertionError("opened")

    monkeypatch.setattr(uploads, "clean", opened)

    assert reported(net, phone="13800000001", photo=cast.paper()) == first
    with pytest.raises(TooOften):
        reported(net, phone="13800000001", photo=cast.paper(), place="别处")
