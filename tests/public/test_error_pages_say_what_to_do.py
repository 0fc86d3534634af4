"""Error pages: what happened, in one sentence, and what to do next."""

import pytest
from django.core.exceptions import PermissionDenied
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.views import defaults
from django.views.csrf import csrf_failure


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("400", "这个请求看不懂"),
        ("403", "这里不对您开放"),
        ("403_csrf", "页面放得太久，已经失效"),
        ("404", "没有找到这个页面"),
        ("405", "这一步要从页面上的按钮办理"),
        ("409", "刚刚有人先办了这一步"),
        ("429", "操作太频繁，请稍等"),
        ("500", "服务出了问题，不是您的错"),
    ],
)
def test_each_renders_even_without_a_request(name: str, sentence: str) -> None:
    page = render_to_string(f"{name}.html")
    assert f"<h1>{sentence}</h1>" in page
    assert "95598" in page
    assert 'href="/"' in page


@pytest.mark.django_db
def test_a_wrong_address_is_told_in_words(client: Client) -> None:
    response = client.get("/nowhere/")
    assert response.status_code == 404
    assert "没有找到这个页面" in response.content.decode()


@pytest.mark.django_db
def test_a_button_opened_as_an_address_is_told_in_words(client: Client) -> None:
    response = client.get("/large-type/")
    assert (response.status_code, response["Allow"]) == (405, "POST")
    assert "什么也没有办理" in response.content.decode()


def test_a_refusal_carries_its_reason(rf: RequestFactory) -> None:
    response = defaults.permission_denied(
        rf.get("/"), PermissionDenied("这件申请由别的客户经理办理。")
    )
    assert response.status_code == 403
    assert "这件申请由别的客户经理办理。" in response.content.decode()


def test_a_page_left_open_too_long_says_that_nothing_was_sent(
    rf: RequestFactory,
) -> None:
    response = csrf_failure(rf.post("/"))
    assert response.status_code == 403
    assert "没有提交" in response.content.decode()


def test_a_failure_of_ours_needs_no_database(rf: RequestFactory) -> None:
    response = defaults.server_error(rf.get("/"))
    assert response.status_code == 500
    assert "不是您的错" in response.content.decode()
