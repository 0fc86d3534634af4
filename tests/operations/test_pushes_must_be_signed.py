"""Browser notifications that are on must be signed with a key of one's own."""

import pytest

from portal import checks
from portal.notices import browsers

OPS = "mailto:ops@bandian.example"


@pytest.mark.parametrize(
    ("key", "contact"),
    [
        (checks.PUBLIC_PUSH_KEY, OPS),
        ("c2hvcnQ", OPS),
        ("***", OPS),
    ],
)
def test_a_key_that_signs_nothing_is_objected_to(settings, key, contact):
    settings.PUSH_KEY, settings.PUSH_CONTACT = key, contact
    assert [found.id for found in checks.pushes_can_be_signed(None)] == ["portal.E004"]


@pytest.mark.parametrize("contact", ["", "ops@bandian.example"])
def test_a_contact_that_is_no_address_is_objected_to(settings, contact):
    settings.PUSH_KEY, settings.PUSH_CONTACT = browsers.new_key(), contact
    assert [found.id for found in checks.pushes_can_be_signed(None)] == ["portal.E004"]


@pytest.mark.parametrize("contact", [OPS, "https://bandian.example/"])
def test_with_a_key_and_a_contact_it_is_silent(settings, contact):
    settings.PUSH_KEY, settings.PUSH_CONTACT = browsers.new_key(), contact
    assert checks.pushes_can_be_signed(None) == []


def test_without_the_feature_nothing_is_asked_for(settings):
    settings.PUSH_KEY = settings.PUSH_CONTACT = ""
    assert checks.pushes_can_be_signed(None) == []
