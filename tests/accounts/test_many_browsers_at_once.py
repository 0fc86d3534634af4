"""A thousand requests at once still send one code, and one code opens one door."""

import threading

import pytest
from django.db import connections

from portal.accounts.models import SignInCode, User
from portal.accounts.services import codes, people
from portal.notices.models import Message
from tests import cast
from tests.accounts.conftest import last_code

pytestmark = pytest.mark.django_db(transaction=True)

PHONE = "+8613812345678"


def at_once(work, workers=8) -> list[object]:
    """Return what each of several threads got, result or refusal."""
    barrier, outcomes = threading.Barrier(workers), []

    def one() -> None:
        try:
            barrier.wait(timeout=60)
            outcomes.append(work())
        except Exception as error:
            outcomes.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def test_one_phone_gets_one_code():
    outcomes = at_once(
        lambda: codes.request_code(phone=PHONE, ip="192.0.2.1", at=cast.NOW)
    )
    assert sum(isinstance(outcome, SignInCode) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, codes.TooSoon) for outcome in outcomes) == 7
    assert Message.objects.count() == 1


def test_one_code_is_confirmed_once():
    code = codes.request_code(phone=PHONE, ip="192.0.2.1", at=cast.NOW)
    digits = last_code()
    outcomes = at_once(
        lambda: codes.confirm(code_id=code.pk, digits=digits, at=cast.NOW)
    )
    assert outcomes.count(PHONE) == 1


def test_guesses_at_once_get_five_tries_between_them():
    code = codes.request_code(phone=PHONE, ip="192.0.2.1", at=cast.NOW)
    wrong = "000000" if last_code() != "000000" else "111111"
    at_once(lambda: codes.confirm(code_id=code.pk, digits=wrong, at=cast.NOW))
    code.refresh_from_db()
    assert code.tries == 5
    with pytest.raises(codes.NotConfirmed):
        codes.confirm(code_id=code.pk, digits=last_code(), at=cast.NOW)


def test_one_phone_gets_one_account():
    outcomes = at_once(lambda: people.applicant_with(phone=PHONE).pk)
    assert len(set(outcomes)) == 1
    assert User.objects.count() == 1
