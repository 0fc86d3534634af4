"""What every test stands on: its own database, plain static files, a real Chromium."""

import importlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast
from unittest import mock

import pytest
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.db import connection
from django.test import override_settings
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django import DjangoDbBlocker
from pytest_playwright.pytest_playwright import CreateContextCallback

from sla.ground import sandbox

# Playwright runs an event loop in the test's thread, where Django would refuse the ORM.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Milliseconds a page may take on a busy machine; a passing test never waits so long.
PATIENCE = 60_000
expect.set_options(timeout=PATIENCE)

# Properties are about truth, not about speed, and every run tries the same examples;
# `--hypothesis-profile search` looks for new ones.
hypothesis.register_profile(
    "search",
    deadline=None,
    max_examples=200,
    suppress_health_check=[HealthCheck.too_slow],
)
hypothesis.register_profile(
    "same", hypothesis.get_profile("search"), derandomize=True, database=None
)
hypothesis.load_profile("same")

# What is marked so says the same, or nothing, on a second database.
ONCE = ("postgresql", "browser", "any_database")
OTHERS_OUT = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
RULES = ("calendarday", "calendarnotice", "policylimit", "policy", "region")
DATABASE_FIXTURES = {"db", "transactional_db", "live_server"}


def chromium() -> str | None:
    """Return the path of the browser that tests drive, or None where there is none."""
    named = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    return shutil.which(named)


def on_postgresql() -> bool:
    """Tell whether this run is on PostgreSQL."""
    return str(settings.DATABASES["default"]["ENGINE"]).endswith("postgresql")


def can_differ_on_sqlite(item: pytest.Item) -> bool:
    """Tell whether a test that ran on PostgreSQL says more when run on SQLite."""
    if any(item.get_closest_marker(name) for name in ONCE):
        return False
    fixtures = DATABASE_FIXTURES.intersection(getattr(item, "fixturenames", ()))
    return bool(fixtures) or item.get_closest_marker("django_db") is not None


def missing_here() -> dict[str, str]:
    """Return the markers this machine cannot serve, each with what would help."""
    missing: dict[str, str] = {}
    if not on_postgresql():
        missing["postgresql"] = "needs PostgreSQL: set DATABASE_URL"
    if not os.environ.get("TEST_REDIS_URL"):
        missing["redis"] = "needs Redis: set TEST_REDIS_URL"
    if shutil.which("xgettext") is None:
        missing["gettext"] = "needs GNU gettext: install the package gettext"
    if chromium() is None:
        missing["browser"] = "needs Chromium: set CHROMIUM"
    return missing


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Leave out what a second database cannot change; skip what this machine lacks."""
    if os.environ.get("SECOND_DATABASE"):
        alike = [item for item in items if not can_differ_on_sqlite(item)]
        items[:] = [item for item in items if can_differ_on_sqlite(item)]
        config.hook.pytest_deselected(items=alike)
    missing = missing_here()
    for item in items:
        for marker, reason in missing.items():
            if item.get_closest_marker(marker):
                item.add_marker(pytest.mark.skip(reason=reason))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    """Make a skip a failure under FAIL_ON_SKIP: there, everything is provided."""
    report = yield
    if (
        os.environ.get("FAIL_ON_SKIP")
        and report.skipped
        and not hasattr(report, "wasxfail")
    ):
        report.outcome = "failed"
        report.longrepr = f"skipped under FAIL_ON_SKIP: {report.longrepr}"
    return report


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Give each run, and each worker in it, a database of its own."""
    test = settings.DATABASES["default"].setdefault("TEST", {})
    if on_postgresql():
        run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))[:12]
        worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
        test["NAME"] = f"test_bandian_{run}_{worker}"
        # Nobody needs these rows after a power cut.
        options = settings.DATABASES["default"].setdefault("OPTIONS", {})
        options["options"] = "-c synchronous_commit=off"
        # A live server's thread must not hold the database that is to be dropped.
        settings.DATABASES["default"]["CONN_MAX_AGE"] = 0
    else:
        # A file: threads cannot share an in-memory database.
        test["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """Put the policies in force once; leave nobody in a database that is to be dropped.

    A server's thread may outlive the browser it answered, and its connection with it.
    """
    # Models can only be imported once Django is set up.
    laws = importlib.import_module("tests.cast").laws
    with django_db_blocker.unblock():
        laws()
    yield
    if on_postgresql():
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(OTHERS_OUT)


@pytest.fixture
def no_laws(db: None) -> None:
    """Begin without rules, as a new installation does."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM sla_rulesmark")
        for table in RULES:
            cursor.execute(f"DELETE FROM sla_{table}")
            cursor.execute(f"DELETE FROM sla_historical{table}")


@pytest.fixture(scope="session", autouse=True)
def _plain_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Serve static files unhashed, keep uploads apart, hash passwords fast.

    Staff sign in by password alone; the second factor has tests of its own.
    """
    plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
    with override_settings(
        MEDIA_ROOT=tmp_path_factory.mktemp("uploads"),
        STORAGES={**settings.STORAGES, "staticfiles": {"BACKEND": plain}},
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        STAFF_MFA_REQUIRED=False,
    ):
        yield


@pytest.fixture(scope="session", autouse=True)
def _patient_sandbox() -> Iterator[None]:
    """Give files time to be opened: a busy machine is no fault of theirs."""
    with (
        mock.patch.object(sandbox, "LONGEST_RUN", 120.0),
        mock.patch.object(sandbox, "LONGEST_WAIT", 120.0),
    ):
        yield


@pytest.fixture(scope="session", autouse=True)
def _static_files_for_browsers() -> Iterator[None]:
    """Serve static files from the apps to browsers.

    pytest-django looks for the app by its usual name, while ours has its own config.
    """
    with mock.patch("django.test.testcases._StaticFilesHandler", StaticFilesHandler):
        yield


@pytest.fixture(scope="session")
def redis_url() -> str:
    """Return the address of a Redis database that tests may empty."""
    return os.environ["TEST_REDIS_URL"]


@pytest.fixture(scope="session")
def repository() -> Path:
    """Return the folder that holds ``manage.py``."""
    return Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def browser_type_launch_args(
    browser_type_launch_args: dict[str, Any],
) -> dict[str, Any]:
    """Drive the machine's own Chromium instead of a downloaded one."""
    return {
        **browser_type_launch_args,
        "executable_path": chromium(),
        "timeout": 3 * PATIENCE,
        "args": CHROMIUM_FLAGS,
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """Look at the portal as someone in the city it serves.

    Nothing moves: axe would measure colours on their way from one to another.
    """
    return {
        **browser_context_args,
        "locale": "zh-CN",
        "timezone_id": "Asia/Shanghai",
        "reduced_motion": "reduce",
    }


@pytest.fixture
def new_context(new_context: CreateContextCallback) -> CreateContextCallback:
    """Return what opens patient browsers; they close before the database is emptied."""

    def patient(**options: Any) -> BrowserContext:
        context = new_context(**options)
        context.set_default_timeout(PATIENCE)
        return context

    return cast(CreateContextCallback, patient)


@pytest.fixture
def plain_page(new_context: CreateContextCallback) -> Page:
    """Return a page of a browser that runs no scripts."""
    return new_context(java_script_enabled=False).new_page()
