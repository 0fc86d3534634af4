"""A question the calculator cannot answer: what is wrong, and nothing lost."""

import pytest
from django.test import Client


def test_both_mistakes_are_told_at_once_and_kept(visitor: Client) -> None:
    page = visitor.get(
        "/deadline/", {"start": "2026-13-30", "by": "days", "days": "两周"}
    ).content.decode()
    assert 'value="2026-13-30"' in page
    assert 'value="两周"' in page
    assert page.count("天数请填整数，例如 10。") == 2  # in the summary and at the field


def test_the_title_the_summary_and_the_field_say_it(visitor: Client) -> None:
    page = visitor.get(
        "/deadline/", {"start": "", "by": "days", "days": "5"}
    ).content.decode()
    assert "<title>错误：算一算到期日" in page
    assert 'role="alert"' in page
    assert '<a href="#id_start">请填写从哪一天起算。</a>' in page
    assert 'aria-invalid="true"' in page
    assert 'aria-describedby="id_start_helptext id_start_error"' in page


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"start": "下周一", "by": "days", "days": "5"}, "“下周一”看不懂"),
        ({"start": "2026-02-30", "by": "days", "days": "5"}, "没有“2026-02-30”这一天"),
        ({"start": "1999-12-31", "by": "days", "days": "5"}, "只能推算"),
        ({"start": "2099-01-01", "by": "days", "days": "5"}, "只能推算"),
        ({"start": "2026-09-30", "by": "days", "days": "0"}, "1 到 250"),
        ({"start": "2026-09-30", "by": "days", "days": "251"}, "1 到 250"),
        ({"start": "2026-09-30", "by": "days", "days": "-3"}, "请填整数"),
        ({"start": "2026-09-30", "by": "days", "days": "1.5"}, "请填整数"),
        ({"start": "2026-09-30", "by": "days", "days": ""}, "请填写工作日天数"),
        ({"start": "2026-09-30", "by": "type", "user_type": ""}, "请选择用电类型"),
        ({"start": "2026-09-30", "by": "type", "user_type": "x"}, "从列表中选择"),
        ({"start": "2026-09-30", "by": "magic"}, "从两种算法中选"),
        ({"start": "2026-09-30"}, "请选择按什么算"),
        ({"start": "<script>alert(1)</script>", "by": "days"}, "请缩短"),
        ({"start": "\x00", "by": "days", "days": "5"}, "不允许"),
    ],
)
def test_every_mistake_has_its_own_words(
    visitor: Client, asked: dict[str, str], told: str
) -> None:
    response = visitor.get("/deadline/", asked)
    assert response.status_code == 200
    assert told in response.content.decode()
    assert "estimates" not in response.context


def test_what_was_typed_is_shown_as_text(visitor: Client) -> None:
    page = visitor.get(
        "/deadline/", {"start": "<b>今天</b>", "by": "days", "days": "5"}
    ).content.decode()
    assert "<b>今天" not in page
    assert "&lt;b&gt;今天&lt;/b&gt;" in page


def test_the_other_question_does_not_matter(visitor: Client) -> None:
    page = visitor.get(
        "/deadline/",
        {"start": "2026-09-30", "by": "type", "user_type": "three_zero", "days": "x"},
    )
    assert page.context["estimates"]
