"""allauth knows people by the same one form of their phone as everything else."""

import pytest
from allauth.account.adapter import get_adapter
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError

from portal.accounts.models import SignInCode
from portal.accounts.services import people
from portal.notices.models import Message
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def adapter(rf):
    request = rf.get("/")
    request.user = AnonymousUser()
    return get_adapter(request)


def test_it_implements_every_phone_method(adapter):
    assert adapter._has_phone_impl


def test_phones_have_one_form(adapter):
    assert adapter.clean_phone("138-1234-5678") == "+8613812345678"
    with pytest.raises(ValidationError):
        adapter.clean_phone("12345")
    assert adapter.phone_form_field(required=True).required


def test_a_person_is_found_however_the_phone_is_written(adapter):
    user = people.applicant_with(phone="+8613812345678")
    assert adapter.get_user_by_phone("138 1234 5678") == user
    assert adapter.get_user_by_phone("13912345678") is None
    assert adapter.get_user_by_phone("nonsense") is None


def test_phones_are_given_and_proved(adapter):
    user = people.applicant_with(phone="+8613812345678")
    adapter.set_phone(user, "+8613912345678", False)
    assert adapter.get_phone(user) == ("+8613912345678", False)
    adapter.set_phone_verified(user, "+8613912345678")
    assert adapter.get_phone(user) == ("+8613912345678", True)
    assert adapter.get_phone(cast.wang()) is None


def test_codes_are_six_digits_and_written_like_all_messages(adapter):
    user = people.applicant_with(phone="+8613812345678")
    code = adapter.generate_phone_verification_code(user=user, phone=user.phone)
    assert code.isdigit()
    assert len(code) == 6
    adapter.send_verification_code_sms(user, user.phone, code)
    assert code in Message.objects.get().text
    assert not SignInCode.objects.exists()


def test_strangers_get_no_message(adapter):
    adapter.send_unknown_account_sms("+8613812345678")
    adapter.send_account_already_exists_sms("+8613812345678")
    adapter.add_message(None, 20)
    assert not Message.objects.exists()


def test_its_own_sign_up_is_closed(adapter, rf):
    assert not adapter.is_open_for_signup(rf.get("/"))


def test_limits_count_by_the_clients_address(adapter, rf):
    request = rf.get("/", REMOTE_ADDR="192.0.2.7")
    assert adapter.get_client_ip(request) == "192.0.2.7"


def test_other_kinds_of_accounts_are_refused(adapter):
    with pytest.raises(TypeError):
        adapter.get_phone(AnonymousUser())
