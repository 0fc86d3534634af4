"""Staff come in by role; regulators and operators look, applicants have other pages."""

from collections.abc import Callable

import pytest
from django.test import Client

from applications.lifecycle import Status
from applications.models import Application, Event
from portal.accounts.models import User
from tests import cast
from tests.admin import desk


def test_strangers_are_led_to_the_sign_in_of_staff() -> None:
    response = Client().get("/admin/applications/application/")
    assert response.status_code == 302
    assert response["Location"].startswith(("/admin/login/", "/staff/sign-in/"))


@pytest.mark.parametrize("url", ["/admin/", "/admin/applications/application/"])
def test_applicants_never_get_in(url: str) -> None:
    cast.submitted()
    response = desk.sign_in(cast.zhang()).get(url)
    assert response.status_code == 302
    assert b"BD-" not in response.content


def test_an_applicant_cannot_act_through_the_admin() -> None:
    application = cast.submitted()
    before = Event.objects.count()
    response = desk.press(desk.sign_in(cast.zhang()), application, "accept")
    assert response.status_code == 302
    assert application.status == Status.SUBMITTED
    assert Event.objects.count() == before


def test_who_was_sent_away_is_out_with_the_next_request() -> None:
    wang = cast.wang()
    client = desk.sign_in(wang)
    assert client.get("/admin/").status_code == 200
    wang.is_active = False
    wang.save()
    assert client.get("/admin/").status_code == 302


def test_who_became_an_applicant_is_out_with_the_next_request() -> None:
    wang = cast.wang()
    client = desk.sign_in(wang)
    wang.role, wang.is_staff = "applicant", False
    wang.save()
    assert client.get("/admin/").status_code == 302


@pytest.mark.parametrize("person", [cast.liu, cast.sun])
def test_who_only_looks_sees_no_act_and_can_do_none(person: Callable[[], User]) -> None:
    application = cast.submitted()
    client = desk.sign_in(person())
    page = desk.text(client.get(desk.ticket_url(application)))
    assert str(application.number) in page
    assert "现在可以办" not in page
    assert "显示完整信息" not in page
    assert "<form" not in page.split("<main")[1]
    for action in ("accept", "claim", "note", "assign"):
        response = desk.press(client, application, action, text="看一看")
        assert response.status_code == 403, action
    assert application.status == Status.SUBMITTED
    assert application.manager is None


def test_a_regulator_reads_no_house_number_and_no_full_name() -> None:
    application = cast.submitted()
    client = desk.sign_in(cast.liu())
    for url in (desk.ticket_url(application), "/admin/applications/application/"):
        page = desk.text(client.get(url))
        assert "友谊路****" in page
        for secret in ("12号3门401", "张建国", "11010519491231002X", "13800000001"):
            assert secret not in page, url


def test_the_manager_finds_name_papers_and_numbers_masked_too() -> None:
    application = cast.submitted()
    page = desk.text(desk.sign_in(cast.wang()).get(desk.ticket_url(application)))
    assert "张**" in page
    assert "110***********002X" in page
    assert "138****0001" in page
    assert "11010519491231002X" not in page
    assert "13800000001" not in page


def test_nothing_is_added_edited_or_deleted_field_by_field() -> None:
    application = cast.submitted()
    client = desk.sign_in(cast.zhao())
    base = f"/admin/applications/application/{application.pk}"
    assert client.get("/admin/applications/application/add/").status_code == 403
    assert client.post(f"{base}/delete/", {"post": "yes"}).status_code == 403
    edited = client.post(f"{base}/change/", {"status": "archived", "address": "别处"})
    assert edited.status_code == 405
    fresh = Application.objects.get(pk=application.pk)
    assert (fresh.status, fresh.address) == (application.status, application.address)


def test_groups_and_permissions_have_no_page() -> None:
    client = desk.sign_in(cast.sun())
    assert client.get("/admin/auth/group/").status_code == 404
    assert client.get("/admin/axes/accessattempt/").status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "sla/clock/?stage__exact=%00",
        "sla/policy/add/?region=%00",
        "accounts/user/?role__exact=%00",
        "applications/application/?q=%00",
    ],
)
def test_what_no_database_can_look_for_is_refused(address: str) -> None:
    client = desk.sign_in(cast.sun())

    refused = client.get(f"/admin/{address}")

    assert refused.status_code == 400
    assert "这个请求看不懂" in refused.content.decode()
    assert client.get(f"/admin/{address.replace('%00', 'x')}").status_code < 500
