"""What production rests on: work that survives a crash, cookies that stay at home."""

import ast
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

FLOORS = ("portal", "applications", "outages", "sla")
TELL = """
import json
from django.conf import settings
print(json.dumps({name: getattr(settings, name) for name in dir(settings)
                  if name.isupper()}, default=str))
"""


@pytest.fixture(scope="module")
def production(repository: Path, tmp_path_factory: Any) -> dict[str, Any]:
    """Return the settings as they are with TLS, Redis and keys of any characters."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "HTTPS": "1",
        "DEMO": "",
        "DEBUG": "",
        "REDIS_URL": "redis://127.0.0.1:6379/0",
        "SECRET_KEY": "$ecret-$$-key",
        "INDEX_KEY": r"in\dex$key",
        "VAR_DIR": str(tmp_path_factory.mktemp("var")),
    }
    done = subprocess.run(
        [sys.executable, "-c", TELL],
        env=environment,
        cwd=repository,
        capture_output=True,
        text=True,
        check=True,
    )
    told: dict[str, Any] = json.loads(done.stdout)
    return told


# -- Work ----------------------------------------------------------------------------
def test_a_task_is_done_again_when_its_worker_dies(production):
    assert production["CELERY_TASK_ACKS_LATE"] is True
    assert production["CELERY_TASK_REJECT_ON_WORKER_LOST"] is True
    assert production["CELERY_WORKER_PREFETCH_MULTIPLIER"] == 1


def test_no_task_runs_so_long_that_it_is_handed_out_twice(production):
    transport = production["CELERY_BROKER_TRANSPORT_OPTIONS"]

    assert production["CELERY_TASK_TIME_LIMIT"] < transport["visibility_timeout"] / 2
    assert transport["socket_timeout"] <= 2


def test_tasks_travel_as_json_alone(production):
    assert production["CELERY_TASK_SERIALIZER"] == "json"
    assert production["CELERY_ACCEPT_CONTENT"] == ["json"]


def test_nothing_is_put_off_by_the_broker(repository):
    """No ETA, which a broker hands out again and again; and no call from a request."""
    for floor in FLOORS:
        for path in (repository / floor).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                called = getattr(getattr(node, "func", None), "attr", "")
                assert called not in {"delay", "apply_async", "send_task"}, path


# -- Keys ----------------------------------------------------------------------------
def test_a_key_is_taken_as_it_is_written(production):
    assert production["SECRET_KEY"] == "$ecret-$$-key"
    assert production["INDEX_KEY"] == r"in\dex$key"


# -- Cookies and transport -----------------------------------------------------------
def test_cookies_are_for_this_host_over_tls_alone(production):
    for cookie in ("SESSION", "CSRF"):
        assert production[f"{cookie}_COOKIE_NAME"].startswith("__Host-")
        assert production[f"{cookie}_COOKIE_SECURE"] is True
        assert production[f"{cookie}_COOKIE_SAMESITE"] == "Lax"
    assert production["SESSION_COOKIE_HTTPONLY"] is True


def test_browsers_come_back_over_tls_for_a_year(production):
    assert production["SECURE_SSL_REDIRECT"] is True
    assert production["SECURE_HSTS_SECONDS"] >= 365 * 24 * 3600


def test_staff_need_a_second_factor_and_nothing_of_the_demo_is_left(production):
    assert production["STAFF_MFA_REQUIRED"] is True
    assert production["DEMO"] is False
    assert production["DEBUG"] is False
