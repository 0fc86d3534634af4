"""The keys in the repository are for demos; nothing real is served with them."""

import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured

from portal import checks


@pytest.fixture
def secret_keys(settings):
    settings.SECRET_KEY = "s" * 60
    settings.INDEX_KEY = "i" * 60
    settings.FIELD_KEYS = [Fernet.generate_key().decode()]
    settings.DEMO = settings.DEBUG = False


@pytest.mark.usefixtures("secret_keys")
class TestWithSecretKeys:
    def test_the_server_starts(self):
        checks.refuse_public_keys()

    def test_the_deployment_check_is_silent(self):
        assert checks.keys_are_secret(None) == []

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("SECRET_KEY", "development-only-secret-key-" + "x" * 32),
            ("INDEX_KEY", "development-only-index-key"),
            ("FIELD_KEYS", [checks.PUBLIC_FIELD_KEY]),
            ("FIELD_KEYS", []),
        ],
    )
    def test_one_public_key_is_enough_to_refuse(self, settings, name, value):
        setattr(settings, name, value)

        with pytest.raises(ImproperlyConfigured, match=name):
            checks.refuse_public_keys()
        assert [found.id for found in checks.keys_are_secret(None)] == ["portal.E001"]

    def test_a_demo_is_no_deployment(self, settings):
        settings.DEMO = True

        assert [found.id for found in checks.keys_are_secret(None)] == ["portal.E002"]


def test_a_demo_may_use_public_keys(settings):
    settings.DEMO = True

    checks.refuse_public_keys()


def test_the_repository_default_is_public(settings):
    settings.DEMO = settings.DEBUG = False

    assert checks.public_keys() == ["SECRET_KEY", "INDEX_KEY", "FIELD_KEYS"]
