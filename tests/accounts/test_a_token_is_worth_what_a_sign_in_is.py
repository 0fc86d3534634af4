"""A program speaks for a person as long as that person could come in, and no longer."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core import serializers
from django.test import Client

from applications.lifecycle import Status
from portal.accounts.models import ProgramToken, User
from portal.accounts.services import people, tokens
from tests import cast

pytestmark = pytest.mark.django_db
WITHIN = "/api/v1/applications/"


def signed_in(person: User) -> Client:
    browser = Client()
    browser.force_login(person, "django.contrib.auth.backends.ModelBackend")
    return browser


def issued(person: User) -> str:
    answer = signed_in(person).post("/api/v1/token/")
    assert answer.status_code == 201
    return str(answer.json()["token"])


def answered(token: str, page: str = WITHIN) -> int:
    asked = Client().get(page, headers={"Authorization": f"Token {token}"})
    return asked.status_code


def test_it_lets_in_whom_it_was_issued_to():
    assert answered(issued(cast.wang())) == 200


def test_a_guess_lets_in_nobody():
    issued(cast.wang())
    assert answered("0" * 40) == 401


def test_a_new_one_ends_the_old_one():
    old = issued(cast.wang())
    new = issued(cast.wang())
    assert (answered(old), answered(new)) == (401, 200)


def test_it_is_ended_by_whoever_has_it():
    token = issued(cast.wang())
    assert signed_in(cast.wang()).delete("/api/v1/token/").status_code == 204
    assert answered(token) == 401


def test_no_token_issues_another_one():
    token = issued(cast.wang())
    asked = Client().post("/api/v1/token/", headers={"Authorization": f"Token {token}"})
    assert asked.status_code == 403


def test_it_ends_with_the_password():
    token, wang = issued(cast.wang()), cast.wang()
    wang.set_password("another long password")
    wang.save()
    assert answered(token) == 401


def test_it_ends_with_the_account():
    token, wang = issued(cast.wang()), cast.wang()
    wang.is_active = False
    wang.save()
    assert answered(token) == 401


def test_an_applicants_token_ends_when_the_account_is_closed():
    token = issued(cast.zhang())
    people.erase(cast.zhang())
    assert answered(token) == 401


def test_a_role_that_was_taken_away_opens_nothing_more():
    cast.laws()
    token, sun = issued(cast.sun()), cast.sun()
    filed = cast.walk(Status.SUBMITTED, cast.HOME).number
    assert answered(token, f"{WITHIN}{filed}/") == 200
    User.objects.filter(pk=sun.pk).update(role="applicant", is_staff=False)
    assert answered(token, f"{WITHIN}{filed}/") == 404


def test_without_the_second_factor_that_is_required_it_opens_nothing(settings):
    wang = cast.wang()
    TOTP.activate(wang, generate_totp_secret())
    token = tokens.issue(wang, at=cast.NOW)
    settings.STAFF_MFA_REQUIRED = True
    assert answered(token) == 200
    Authenticator.objects.all().delete()
    assert answered(token) == 401


def test_the_database_does_not_know_it():
    token = issued(cast.wang())
    assert token not in serializers.serialize("json", ProgramToken.objects.all())
