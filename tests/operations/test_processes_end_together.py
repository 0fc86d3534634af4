"""Children of one household live and die together."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from portal.processes import Household

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]
DEAF = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("ready", flush=True)
time.sleep(60)
"""
STUBBORN = [sys.executable, "-c", DEAF]


@pytest.fixture
def household(tmp_path):
    household = Household(logs=tmp_path / "log", environment=os.environ)
    yield household
    household.stop()


def alive(pid: int) -> bool:
    try:
        told = Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
    return told.rpartition(")")[2].split()[0] != "Z"


def test_a_child_that_ends_is_named_with_its_last_words(household):
    household.start("steady", SLEEP)
    household.start("hasty", [sys.executable, "-c", "print('我先走了')"])

    assert household.watch(until=lambda: False) == "hasty"
    assert household.last_words("hasty") == "我先走了"


def test_stop_ends_every_child(household):
    household.start("one", SLEEP)
    household.start("two", SLEEP)

    household.stop()

    assert all(child.poll() is not None for child in household.children.values())


def test_a_child_that_ignores_the_wish_is_killed(household, monkeypatch):
    monkeypatch.setattr("portal.processes.PATIENCE", 0.3)
    household.start("stubborn", STUBBORN)
    household.watch(until=lambda: "ready" in household.last_words("stubborn"))

    household.stop()

    assert household.children["stubborn"].returncode == -signal.SIGKILL


def test_watching_ends_when_the_question_says_yes(household):
    household.start("one", SLEEP)

    assert household.watch(until=lambda: True) is None


def test_a_signal_is_a_wish_to_stop(household):
    before = {n: signal.getsignal(n) for n in (signal.SIGINT, signal.SIGTERM)}
    try:
        household.listen()
        os.kill(os.getpid(), signal.SIGTERM)
        assert household.watch(until=lambda: False) is None
        assert household.asked_to_stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@pytest.mark.skipif(sys.platform != "linux", reason="PDEATHSIG is Linux's")
def test_a_killed_parent_takes_its_children_along(tmp_path, repository):
    program = textwrap.dedent(f"""
        import os, sys, time
        from pathlib import Path
        from portal.processes import Household
        household = Household(Path({str(tmp_path)!r}), os.environ)
        household.start("one", {SLEEP!r})
        print(household.children["one"].pid, flush=True)
        time.sleep(60)
    """)
    with subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, cwd=repository
    ) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        parent.kill()
    deadline = time.monotonic() + 30
    while alive(child) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not alive(child)
