"""One form by GET: a default for everything, a plain sentence for nonsense."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from portal.supervision.scope import dates_of
from tests import cast
from tests.supervision import world


def asked(client: Client, **query: str) -> Any:
    return client.get("/board/", query)


@pytest.mark.parametrize(
    ("period", "today", "first", "last"),
    [
        ("this_month", "2026-08-19", "2026-08-01", "2026-08-19"),
        ("this_month", "2026-08-01", "2026-08-01", "2026-08-01"),
        ("last_month", "2026-08-19", "2026-07-01", "2026-07-31"),
        ("last_month", "2026-03-31", "2026-02-01", "2026-02-28"),
        ("last_month", "2026-01-01", "2025-12-01", "2025-12-31"),
        ("ever", "2026-08-19", None, "2026-08-19"),
    ],
)
def test_periods(period: str, today: str, first: str | None, last: str) -> None:
    begun = date.fromisoformat(first) if first else None
    found = dates_of(period, date.fromisoformat(today))
    assert found == (begun, date.fromisoformat(last))


def test_this_month_is_asked_when_nothing_is(regulator: Client) -> None:
    scope = asked(regulator).context["scope"]
    assert (scope.since, scope.at, scope.past) == (
        cast.at("2026-08-01", "00:00"),
        world.NOW,
        False,
    )


def test_a_month_that_is_over_is_told_as_of_its_last_moment(
    regulator: Client,
) -> None:
    response = asked(regulator, period="last_month")
    scope = response.context["scope"]
    assert scope.past
    assert scope.today == date(2026, 7, 31)
    assert "2026年7月31日 24:00 在办" in response.content.decode()


def test_dates_of_ones_own(regulator: Client) -> None:
    scope = asked(
        regulator, period="custom", first="2026-07-10", last="2026-07-20"
    ).context["scope"]
    assert (scope.since_on, scope.today, scope.past) == (
        date(2026, 7, 10),
        date(2026, 7, 20),
        True,
    )
    open_end = asked(regulator, period="custom", first="2026-07-10").context["scope"]
    assert (open_end.today, open_end.past) == (world.NOW.date(), False)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"period": "custom"}, "请选择开始日期。"),
        ({"period": "custom", "first": "2026-13-01"}, "开始日期请写成"),
        ({"period": "custom", "first": "2026-08-20"}, "开始日期不能晚于报告日期。"),
        (
            {"period": "custom", "first": "2026-08-01", "last": "2026-08-20"},
            "报告日期不能晚于今天。",
        ),
        ({"period": "never"}, "never"),
        ({"district": "999999"}, "999999"),
        ({"user_type": "king"}, "king"),
        ({"basis": "mean"}, "mean"),
    ],
    ids=str,
)
def test_nonsense_is_refused_in_words(
    regulator: Client, query: dict[str, str], said: str
) -> None:
    for address in ("/board/", "/board/clocks/", "/board/cases/"):
        response = regulator.get(address, query)
        assert response.status_code == 400
        assert said in response.content.decode()
    for address in ("/board/figures.csv", "/board/clocks.csv", "/board/cases.xlsx"):
        response = regulator.get(address, query)
        assert response.status_code == 400
        assert said in response.content.decode()


def test_a_bucket_nobody_knows_is_not_found(regulator: Client) -> None:
    assert regulator.get("/board/clocks/?bucket=x").status_code == 404
    assert regulator.get("/board/clocks/?stage=x").status_code == 404
    assert regulator.get("/board/cases/?bucket=x").status_code == 404


def test_a_list_keeps_the_filters_it_came_with(regulator: Client) -> None:
    page = regulator.get(
        "/board/clocks/",
        {"period": "ever", "bucket": "met", "stage": "acceptance", "basis": "stage"},
    ).content.decode()
    assert '<input type="hidden" name="bucket" value="met">' in page
    assert '<input type="hidden" name="stage" value="acceptance">' in page
    assert 'value="ever" selected' in page
