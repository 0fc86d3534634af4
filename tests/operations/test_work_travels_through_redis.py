"""Redis carries work and holds nothing that must not be lost."""

import os
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import pytest
import redis
from celery import Celery
from django.db import connection

from sla.models import ClockEvent
from sla.vocabulary import ClockEventKind
from tests import cast

pytestmark = [pytest.mark.redis, pytest.mark.django_db(transaction=True)]


def address_of_the_test_database() -> str:
    facts = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{facts['NAME']}"
    place = f"{facts['HOST'] or '127.0.0.1'}:{facts['PORT'] or 5432}"
    if str(facts["HOST"]).startswith("/"):
        place = quote(facts["HOST"], safe="")
    who = facts["USER"] + (f":{facts['PASSWORD']}" if facts["PASSWORD"] else "")
    return f"postgres://{who}@{place}/{facts['NAME']}"


@pytest.fixture
def broker(redis_url):
    # Several runs may share the server: each has a queue of its own.
    app = Celery("test", broker=redis_url)
    app.conf.task_default_queue = f"test-{os.getpid()}"
    yield app
    app.close()
    redis.Redis.from_url(redis_url).delete(f"test-{os.getpid()}")


@pytest.fixture
def worker(broker, redis_url, tmp_path, repository):
    command = [
        *(sys.executable, "-m", "celery", "--app", "portal", "worker"),
        *("-P", "solo", "--queues", broker.conf.task_default_queue),
        *("--without-gossip", "--without-mingle", "--without-heartbeat"),
    ]
    settings = {
        "DATABASE_URL": address_of_the_test_database(),
        "REDIS_URL": redis_url,
        "VAR_DIR": str(tmp_path),
    }
    with (
        (tmp_path / "worker.log").open("wb") as log,
        subprocess.Popen(
            command,
            cwd=repository,
            env={**os.environ, **settings},
            stdout=log,
            stderr=subprocess.STDOUT,
        ) as process,
    ):
        yield process
        process.terminate()


def breaches() -> int:
    return ClockEvent.objects.filter(kind=ClockEventKind.BREACH).count()


def wait_for(question) -> None:
    deadline = time.monotonic() + 300
    while not question():
        assert time.monotonic() < deadline, "the worker did not answer"
        time.sleep(0.2)


def test_a_flush_loses_nothing_that_the_next_beat_does_not_bring_back(
    worker, broker, redis_url
):
    long_ago = datetime.now(UTC) - timedelta(days=60)
    cast.laws()
    cast.submitted(moment=long_ago)
    broker.send_task("sla.sweep")
    redis.Redis.from_url(redis_url).delete(broker.conf.task_default_queue)

    broker.send_task("sla.sweep")
    wait_for(lambda: breaches() > 0)
    marked = breaches()
    broker.send_task("sla.sweep")
    wait_for(lambda: not undone(broker, redis_url))

    assert breaches() == marked


def undone(broker: Celery, redis_url: str) -> int:
    """Count the tasks that wait or are being done."""
    client = redis.Redis.from_url(redis_url, decode_responses=True)
    queue = broker.conf.task_default_queue
    # What is being done stands in one place for everybody who uses this Redis.
    taken = [task for task in client.hvals("unacked") if queue in task]  # type: ignore[union-attr]
    return int(str(client.llen(queue))) + len(taken)
