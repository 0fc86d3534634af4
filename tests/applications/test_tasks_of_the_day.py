"""What beat starts on this floor does its one thing, and does it once."""

import pytest
import time_machine

from applications import tasks
from applications.lifecycle import Status
from portal.celery import app
from tests import cast

pytestmark = pytest.mark.django_db


def test_a_plan_unconfirmed_for_too_long_ends_its_application():
    cast.laws()
    application = cast.walk(Status.PLAN_REPLIED)

    with time_machine.travel(cast.at("2026-11-30")):
        tasks.expire_plans()
    application.refresh_from_db()
    assert application.status == Status.PLAN_REPLIED

    with time_machine.travel(cast.at("2027-01-30")):
        tasks.expire_plans()
        tasks.expire_plans()
    application.refresh_from_db()
    assert application.status == Status.EXPIRED
    assert application.events.filter(action="expire_plan").count() == 1


@pytest.mark.parametrize("name", ["expire_plans", "purge_drafts", "remove_orphans"])
def test_beat_knows_when(name):
    timetable = {entry["task"] for entry in app.conf.beat_schedule.values()}

    assert f"applications.{name}" in timetable
    assert getattr(tasks, name).name == f"applications.{name}"
