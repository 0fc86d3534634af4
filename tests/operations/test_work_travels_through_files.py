"""Without Redis, work travels through files: whole messages, in order, each once."""

import os
import subprocess
import sys
import threading
from queue import Empty

import pytest
from kombu import Connection

TRANSPORT = "portal.broker:Transport"
MANY = 300


@pytest.fixture
def channel(tmp_path):
    (tmp_path / "control").mkdir()
    options = {
        "data_folder_in": str(tmp_path),
        "data_folder_out": str(tmp_path),
        "control_folder": str(tmp_path / "control"),
    }
    with Connection(
        "filesystem://", transport=TRANSPORT, transport_options=options
    ) as connection:
        yield connection.channel()


def test_what_was_put_is_taken_in_order_and_once(channel):
    for number in range(3):
        channel._put("work", {"number": number})
    assert [channel._get("work")["number"] for _ in range(3)] == [0, 1, 2]
    with pytest.raises(Empty):
        channel._get("work")


def test_another_queue_is_left_alone(channel):
    channel._put("work", {"number": 1})
    with pytest.raises(Empty):
        channel._get("bulk")
    assert channel._get("work") == {"number": 1}


def test_a_message_that_is_still_being_written_is_not_taken(channel, tmp_path):
    (tmp_path / ".1_half.work.msg").write_bytes(b'{"numb')
    with pytest.raises(Empty):
        channel._get("work")


def test_a_reader_at_the_same_time_never_meets_half_a_message(channel):
    taken: list[int] = []

    def write() -> None:
        for number in range(MANY):
            channel._put("work", {"number": number, "ballast": "电" * 5000})

    writer = threading.Thread(target=write)
    writer.start()
    while writer.is_alive() or len(taken) < MANY:
        try:
            taken.append(channel._get("work")["number"])
        except Empty:
            continue
    writer.join()
    assert sorted(taken) == list(range(MANY))


ASK = """
from portal.celery import app
print(app.connection_for_write().transport.__module__)
"""


def test_a_portal_without_redis_uses_it(repository, tmp_path):
    said = subprocess.run(
        [sys.executable, "-c", ASK],
        cwd=repository,
        env={**os.environ, "REDIS_URL": "", "VAR_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.strip() == "portal.broker"
