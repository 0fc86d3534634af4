"""Whoever signs writes the name as people write it; another name is none of theirs."""

import pytest
from django.core.exceptions import ValidationError

from applications.lifecycle import Status
from applications.models import Application
from applications.services import connecting
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def confirmed() -> Application:
    """A plan confirmed by somebody with a dot in the name, ready to be signed."""
    cast.laws()
    application = cast.walk(Status.PLAN_CONFIRMED)
    assert application.applicant is not None
    application.applicant.name = "阿不都热合曼·买买提"
    application.applicant.contact_name = "John 张"
    application.applicant.save()
    return application


@pytest.mark.parametrize(
    "written",
    [
        "阿不都热合曼·买买提",
        "阿不都热合曼•买买提",
        "阿不都热合曼 买买提",
        "阿不都热合曼．买买提 ",
        "JOHN张",
        "Ｊｏｈｎ 张\u200b",
    ],
)
def test_the_name_is_taken_as_people_write_it(
    confirmed: Application, written: str
) -> None:
    connecting.sign_contract(
        confirmed, by=confirmed.filed_by, at=cast.NOW, signed_name=written
    )
    assert confirmed.status == Status.CONNECTING


@pytest.mark.parametrize("written", ["阿不都热合曼", "张", "王工", "·"])
def test_another_name_is_refused(confirmed: Application, written: str) -> None:
    with pytest.raises(ValidationError, match="签名应与"):
        connecting.sign_contract(
            confirmed, by=confirmed.filed_by, at=cast.NOW, signed_name=written
        )
