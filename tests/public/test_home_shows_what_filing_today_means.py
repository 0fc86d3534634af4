"""The home page: doors to pages that exist, dates reckoned, not written."""

import pytest
from django.test import Client

from portal.public import context
from sla.models import PolicyLimit


def text_of(client: Client, path: str = "/") -> str:
    """Return a page as text."""
    return client.get(path).content.decode()


def test_it_says_when_power_comes_at_the_latest(visitor: Client) -> None:
    page = text_of(visitor)
    # 2026-09-28 + 5 working days over 国庆 (10-10 is worked); + 15.
    assert '<time datetime="2026-10-10">10月10日</time>' in page
    assert '<time datetime="2026-10-23">10月23日</time>' in page


def test_it_explains_the_first_of_these_dates_day_by_day(visitor: Client) -> None:
    page = text_of(visitor)
    assert "为什么是10月10日" in page
    assert "国庆节" in page
    assert "调休上班" in page


def test_the_sums_of_steps_carry_no_date_and_say_why(visitor: Client) -> None:
    page = text_of(visitor)
    assert "不是同一个口径" in page


def test_doors_lead_only_to_pages_that_exist(visitor: Client) -> None:
    doors = context.doors_for("", "/")
    assert "/limits/" in [door.href for door in doors]
    for door in doors:
        assert visitor.get(door.href).status_code in {200, 302}


@pytest.mark.usefixtures("no_laws")
def test_it_opens_without_any_limit_in_the_tables(client: Client) -> None:
    assert not PolicyLimit.objects.exists()
    for path in ("/", "/deadline/", "/guide/high-voltage/"):
        assert client.get(path).status_code == 200
    assert client.get("/limits/").status_code == 404


def test_the_number_of_queries_is_small_and_constant(
    visitor: Client, django_assert_max_num_queries: object
) -> None:
    visitor.get("/")
    with django_assert_max_num_queries(6):  # type: ignore[operator]
        visitor.get("/")
