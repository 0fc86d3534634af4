"""A session that ran out is deleted at night: what it held was somebody's."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from axes.models import AccessLog
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client

from portal.accounts.tasks import forget_sessions
from portal.celery import app
from tests import cast

pytestmark = pytest.mark.django_db
LENGTH = timedelta(seconds=settings.SESSION_COOKIE_AGE)


def test_a_session_goes_when_it_has_run_out_and_not_before():
    Client().force_login(cast.zhang(), "django.contrib.auth.backends.ModelBackend")
    now = datetime.now(tz=UTC)
    with time_machine.travel(now + LENGTH - timedelta(hours=1)):
        forget_sessions()
    assert Session.objects.count() == 1
    with time_machine.travel(now + LENGTH + timedelta(hours=1)):
        forget_sessions()
    assert not Session.objects.exists()


def test_where_people_signed_in_from_is_known_for_six_months():
    Client().force_login(cast.zhang(), "django.contrib.auth.backends.ModelBackend")
    now = datetime.now(tz=UTC)
    with time_machine.travel(now + timedelta(days=183)):
        forget_sessions()
    assert AccessLog.objects.count() == 1
    with time_machine.travel(now + timedelta(days=185)):
        forget_sessions()
    assert not AccessLog.objects.exists()


def test_beat_starts_it_every_night():
    planned = {entry["task"] for entry in app.conf.beat_schedule.values()}
    assert {"accounts.forget_sessions", "public.forget_requests"} <= planned
