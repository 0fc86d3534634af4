"""After `manage.py reencrypt` nothing needs the old key any more."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command

from applications.models import Applicant
from portal import reencryption, rights
from portal.accounts.models import User
from sla.ground.fields import decrypt
from tests import cast

pytestmark = pytest.mark.django_db
OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()


@pytest.fixture(autouse=True)
def _before(settings) -> None:
    settings.FIELD_KEYS = [OLD]
    cast.laws()
    cast.submitted(by=cast.zhang())


def changed(settings) -> None:
    """Put a new key first, write all anew, take the old key out."""
    settings.FIELD_KEYS = [NEW, OLD]
    call_command("reencrypt")
    settings.FIELD_KEYS = [NEW]


def test_personal_data_is_read_with_the_new_key_alone(settings):
    changed(settings)
    assert User.objects.get(username="zhang").phone == "+8613800000001"
    assert Applicant.objects.get().id_number == cast.PERSON.id_number


def test_a_second_factor_goes_on(settings):
    secret = generate_totp_secret()
    TOTP.activate(cast.wang(), secret)
    codes = RecoveryCodes.activate(cast.wang()).get_unused_codes()
    changed(settings)
    kinds = {each.type: each.wrap() for each in Authenticator.objects.all()}
    assert decrypt(kinds["totp"].instance.data["secret"]) == secret
    assert kinds["recovery_codes"].get_unused_codes() == codes


def test_rows_are_taken_in_small_steps_and_none_is_left_out(settings, monkeypatch):
    monkeypatch.setattr(reencryption, "BATCH", 1)
    cast.submitted(cast.SHOP, by=cast.chen())
    changed(settings)
    assert len([row.id_number for row in Applicant.objects.all()]) == 2


def test_a_missing_key_is_told_before_another_one_is_taken_out(settings):
    settings.FIELD_KEYS = [NEW]
    with pytest.raises(CommandError, match="请勿去掉旧密钥"):
        call_command("reencrypt")


def test_nothing_encrypted_lies_where_nobody_may_write():
    tables = {model._meta.db_table for model, _names in reencryption.encrypted()}
    assert tables
    assert not tables & set(rights.records())
