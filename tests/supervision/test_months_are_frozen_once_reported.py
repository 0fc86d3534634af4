"""A month that is over is written down once, and stays what was reported."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.test import Client

from applications.models import Application
from portal.celery import app
from portal.supervision import tasks
from portal.supervision.models import MonthlyFigure, MonthlyReport
from portal.supervision.scope import Basis
from portal.supervision.selectors import months, overview
from portal.supervision.services import freezing
from tests import cast
from tests.supervision import recount, world

JUNE, JULY = date(2026, 6, 1), date(2026, 7, 1)
END_OF_JULY = cast.at("2026-07-31", "23:59")


def test_each_month_that_is_over_is_frozen_once(city: dict[str, Application]) -> None:
    assert freezing.run(at=cast.at("2026-07-31", "23:59")) == [JUNE]
    assert freezing.run(at=world.NOW) == [JULY]
    assert freezing.run(at=world.NOW) == []
    told = MonthlyReport.objects.get(month=JULY)
    assert (told.frozen_at, str(told)) == (world.NOW, "2026-07")
    assert str(told.figures.all()[0]).startswith("2026-07 ")


def test_its_figures_are_those_of_its_last_moment(
    city: dict[str, Application],
) -> None:
    freezing.run(at=world.NOW)
    july = months.frozen(world.scope())[0]
    assert (july.first, july.last) == (JULY, date(2026, 7, 31))
    for cell in july.cells:
        told = recount.clocks(
            END_OF_JULY, cast.at("2026-07-01", "00:00"), basis=cell.basis.value
        )
        counted = (cell.figures.met, cell.figures.missed, cell.figures.overdue)
        assert counted == (told["met"], told["missed"], told["overdue"])
    again = overview.read(world.scope("2026-07-01", END_OF_JULY), basis=Basis.STAGE)
    assert [cell.tenths for cell in july.cells] == [r.tenths for r in again.rates]


def test_what_happens_later_does_not_change_it(city: dict[str, Application]) -> None:
    freezing.run(at=world.NOW)
    before = months.frozen(world.scope())
    for name in ("school over", "home over", "factory waits"):
        cast.step(city[name], world.NOW)
    freezing.run(at=world.NOW)
    assert months.frozen(world.scope()) == before


@pytest.mark.parametrize("model", [MonthlyReport, MonthlyFigure])
def test_the_database_refuses_to_change_it(
    city: dict[str, Application], model: Any
) -> None:
    freezing.run(at=world.NOW)
    field = "frozen_at" if model is MonthlyReport else "met"
    value = world.NOW if model is MonthlyReport else 999
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        model.objects.update(**{field: value})


def test_two_at_once_write_it_once(city: dict[str, Application]) -> None:
    MonthlyReport.objects.create(month=JUNE, frozen_at=world.NOW)
    assert freezing._freeze(JUNE, world.NOW) is False
    assert not MonthlyFigure.objects.filter(report=JUNE).exists()


def test_it_is_narrowed_like_every_figure(city: dict[str, Application]) -> None:
    freezing.run(at=world.NOW)

    def judged(**more: Any) -> int:
        july = months.frozen(world.scope(**more))[0]
        return sum(cell.figures.judged for cell in july.cells)

    everything = judged()
    assert everything == judged(district=cast.HEXI) + judged(district=cast.HEPING)
    assert 0 < judged(user_type="three_zero") < everything


def test_a_manager_sees_own_districts(city: dict[str, Application]) -> None:
    freezing.run(at=world.NOW)
    own = months.frozen(world.scope(district=cast.HEPING))
    client = world.signed_in(cast.li())
    with time_machine.travel(world.NOW, tick=False):
        page: Any = client.get("/board/")
    assert page.context["months"] == own


def test_the_board_shows_it_and_leads_to_what_it_is_now(
    city: dict[str, Application], regulator: Client
) -> None:
    assert "逐月达标率" not in regulator.get("/board/").content.decode()
    tasks.freeze_months()
    page = regulator.get("/board/").content.decode()
    assert "2026年7月" in page
    assert "period=custom&amp;first=2026-07-01&amp;last=2026-07-31" in page
    query = {"period": "custom", "first": "2026-07-01", "last": "2026-07-31"}
    assert regulator.get("/board/", query).status_code == 200


def test_beat_asks_every_hour(city: dict[str, Application]) -> None:
    planned = {entry["task"] for entry in app.conf.beat_schedule.values()}
    assert "supervision.freeze_months" in planned
    with time_machine.travel(world.NOW, tick=False):
        tasks.freeze_months()
        tasks.freeze_months()
    assert MonthlyReport.objects.count() == 2
