"""A deployment whose sign-in codes would reach nobody is told so."""

import pytest

from portal import checks


@pytest.mark.parametrize(
    ("gateway", "url"),
    [
        (checks.DEVELOPMENT_GATEWAY, ""),
        (checks.DEVELOPMENT_GATEWAY, "https://sms.example/send"),
        (checks.HTTP_GATEWAY, ""),
        (checks.HTTP_GATEWAY, "http://sms.example/send"),
    ],
)
def test_without_a_provider_the_check_objects(settings, gateway, url):
    settings.SMS_GATEWAY, settings.SMS_GATEWAY_URL = gateway, url
    assert [found.id for found in checks.texts_leave_the_house(None)] == ["portal.E003"]


@pytest.mark.parametrize(
    ("gateway", "url"),
    [
        (checks.HTTP_GATEWAY, "https://sms.example/send"),
        ("city.sms.Gateway", ""),
    ],
)
def test_with_a_provider_it_is_silent(settings, gateway, url):
    settings.SMS_GATEWAY, settings.SMS_GATEWAY_URL = gateway, url
    assert checks.texts_leave_the_house(None) == []
