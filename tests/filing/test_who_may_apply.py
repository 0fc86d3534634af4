"""Visitors are asked to sign in, staff are told which account to use."""

import pytest

from applications.models import Application
from tests import cast
from tests.filing import walking

pytestmark = pytest.mark.django_db


def test_a_visitor_reads_what_is_needed_and_how_long_it_takes(client):
    page = walking.text_of(client.get("/apply/"))

    for said in ("营业执照", "可以以后补", "5 个工作日", "22 个工作日", "不收费"):
        assert said in page


@pytest.mark.parametrize("page", ["need/", "check/", "documents/", ""])
def test_a_visitor_signs_in_and_comes_back(client, page):
    draft = walking.begin(walking.browser_of(cast.zhang()))

    response = client.get(draft + page)

    assert response["Location"] == f"/sign-in/?next={draft}{page}"


def test_a_visitor_begins_nothing(client):
    assert client.post("/apply/", {}).status_code == 302
    assert not Application.objects.exists()


@pytest.mark.parametrize("who", [cast.wang, cast.zhao, cast.liu, cast.sun])
def test_staff_are_told_which_account_to_use(who):
    staff = walking.browser_of(who())

    for response in (staff.get("/apply/"), staff.post("/apply/", {})):
        assert response.status_code == 403
        assert "工作人员账号不能提交申请" in walking.text_of(response)
    assert not Application.objects.exists()
