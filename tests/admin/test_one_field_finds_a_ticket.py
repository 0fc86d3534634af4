"""Number, phone, ID, 户号, name or address: one field, none of it in an address."""

import pytest

from applications.lifecycle import Status
from applications.models import Application
from tests import cast
from tests.admin import desk

SEARCH = "/admin/applications/application/search/"


def found(text: str, application: Application) -> bool:
    """Tell whether 王工 finds this ticket by these words."""
    response = desk.sign_in(cast.wang()).post(SEARCH, {"text": text})
    assert response.status_code == 200
    assert application.number is not None
    return application.number in desk.text(response)


@pytest.mark.parametrize(
    "text",
    [
        "13800000001",
        "138 0000 0001",
        "+86 13800000001",
        "１３８０００００００１",
        "11010519491231002X",
        "11010519491231002x",
        "张建国",
        "建国",
        "友谊路12号",
    ],
)
def test_words_that_find(text: str) -> None:
    assert found(text, cast.submitted())


@pytest.mark.parametrize(
    "text",
    ["", "张", "13800000009", "110105194912310", "李建国", "%", "__", "' OR 1=1"],
)
def test_words_that_do_not(text: str) -> None:
    assert not found(text, cast.submitted())


def test_the_number_is_found_however_it_is_typed() -> None:
    application = cast.submitted()
    assert application.number is not None
    assert found(application.number, application)
    assert found(application.number.lower().replace("-", " "), application)
    assert found(application.number[:9], application)


def test_the_account_number_is_found_once_there_is_power() -> None:
    application = cast.walk(Status.ENERGISED)
    assert found(f"{1200000000 + application.pk}", application)


def test_the_credit_code_finds_a_company() -> None:
    assert found("91350100M000100Y43", cast.submitted(cast.SHOP))


def test_words_in_the_address_of_the_page_find_nothing() -> None:
    cast.submitted()
    page = desk.text(desk.sign_in(cast.wang()).get(SEARCH, {"text": "张建国"}))
    assert "BD-" not in page.split("<main")[1]


def test_the_form_is_sent_in_the_body() -> None:
    page = desk.text(desk.sign_in(cast.wang()).get("/admin/"))
    assert f'method="post" action="{SEARCH}"' in page
