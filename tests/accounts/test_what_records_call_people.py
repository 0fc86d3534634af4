"""A user answers what the rules ask of an actor, and what the database allows."""

import pytest
from django.db import IntegrityError, connection, transaction

from portal.accounts.models import User
from portal.accounts.services import people
from tests import cast

pytestmark = pytest.mark.django_db


def test_staff_are_named_with_their_number():
    assert cast.wang().label() == "T0012 王工"
    assert str(cast.wang()) == "T0012 王工"


def test_applicants_are_named_without_giving_them_away():
    assert cast.zhang().label() == "申请人 张**"
    assert people.applicant_with(phone="+8613812345678").label() == "申请人 138****5678"


def test_the_header_calls_a_new_applicant_by_the_masked_phone():
    assert people.applicant_with(phone="+8613812345678").shown_name == "138****5678"
    assert cast.wang().shown_name == "王工"
    assert cast.wang().get_full_name() == cast.wang().get_short_name() == "王工"


def test_districts_are_asked_of_the_database_once(django_assert_num_queries):
    cast.laws()
    zhao = User.objects.get(pk=cast.zhao().pk)
    with django_assert_num_queries(1):
        assert zhao.district_codes() == {cast.HEXI, cast.HEPING}
        assert zhao.district_codes() == {cast.HEXI, cast.HEPING}


def test_the_phone_is_not_readable_in_the_database():
    people.applicant_with(phone="+8613812345678")
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone, phone_index, username FROM accounts_user")
        stored = str(cursor.fetchall())
    assert "13812345678" not in stored


def test_one_phone_is_one_account():
    one = people.applicant_with(phone="+8613812345678")
    assert people.applicant_with(phone="+8613812345678") == one
    with pytest.raises(IntegrityError), transaction.atomic():
        people.set_phone(cast.zhang(), phone="+8613812345678", verified=True)


@pytest.mark.parametrize("lost", [{"phone": None}, {"phone_index": None}])
def test_phone_and_index_stay_together(lost):
    user = people.applicant_with(phone="+8613812345678")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=user.pk).update(**lost)


@pytest.mark.parametrize("role", ["applicant", "regulator"])
def test_the_flag_of_the_admin_follows_the_role(role):
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(username="x", role=role, is_staff=True)
