"""`manage.py demo` runs the whole portal on one machine, and ends it."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from io import StringIO

import pytest
from django.core.management import CommandError

from applications.models import Application
from portal.management.commands import demo


@pytest.fixture
def command(settings, tmp_path):
    settings.DEMO = True
    settings.VAR_DIR = tmp_path
    return demo.Command(stdout=StringIO())


def test_without_demo_settings_it_starts_itself_again_with_them(
    command, settings, monkeypatch
):
    settings.DEMO = False
    monkeypatch.delenv("DEMO", raising=False)

    class StartedAgain(Exception):
        pass

    def execv(program, arguments):
        raise StartedAgain

    monkeypatch.setattr(os, "execv", execv)
    with pytest.raises(StartedAgain):
        command.handle(port=0, applications=0)
    assert os.environ.pop("DEMO") == "1"


def test_two_on_the_same_data_are_refused(command, settings):
    with (
        command.alone(),
        pytest.raises(CommandError, match="已有一个演示在运行"),
        demo.Command().alone(),
    ):
        pass


def test_a_taken_port_is_said_and_the_next_one_used(command):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        wanted = taken.getsockname()[1]

        assert command.free_port(wanted) > wanted
    assert f"端口 {wanted} 已被占用" in command.stdout.getvalue()


def test_no_free_port_is_said_in_one_sentence(command, monkeypatch):
    def taken(*address):
        raise OSError

    monkeypatch.setattr(socket.socket, "bind", taken)
    with pytest.raises(CommandError, match="--port"):
        command.free_port(8000)


@pytest.mark.django_db
def test_the_demo_world_is_made_once(command, monkeypatch):
    calls = []
    monkeypatch.setattr(
        demo, "call_command", lambda name, **options: calls.append(name)
    )

    command.prepare(applications=3)
    assert calls == ["migrate", "load_policies", "seed"]

    monkeypatch.setattr(Application.objects, "exists", lambda: True)
    calls.clear()
    command.prepare(applications=3)
    assert calls == ["migrate", "load_policies"]


@pytest.mark.django_db
def test_a_world_that_was_broken_off_is_made_anew(command, settings, monkeypatch):
    half = settings.VAR_DIR / "portal.sqlite3"
    half.write_text("half a world")
    monkeypatch.setitem(settings.DATABASES["default"], "NAME", str(half))
    monkeypatch.setattr(demo, "call_command", lambda name, **options: None)
    (settings.VAR_DIR / "demo-unfinished").touch()

    command.prepare(applications=3)

    assert not half.exists()
    assert not (settings.VAR_DIR / "demo-unfinished").exists()
    assert "重新建立" in command.stdout.getvalue()


def test_a_database_elsewhere_is_never_deleted(
    command, settings, monkeypatch, tmp_path
):
    elsewhere = tmp_path.parent / "elsewhere.sqlite3"
    elsewhere.touch()
    monkeypatch.setitem(settings.DATABASES["default"], "NAME", str(elsewhere))

    command.remove_sqlite()

    assert elsewhere.exists()


def test_a_process_that_ends_by_itself_is_a_failure(command, monkeypatch):
    dies = [sys.executable, "-c", "print('no such broker')"]
    monkeypatch.setattr(demo, "commands", lambda port: {"web": dies})
    monkeypatch.setattr(demo, "answers", lambda port: False)
    before = {n: signal.getsignal(n) for n in (signal.SIGINT, signal.SIGTERM)}

    try:
        failure = command.serve(8000)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)

    assert "web 意外退出" in failure
    assert "no such broker" in failure


def test_it_opens_says_where_and_stops_when_asked(tmp_path, repository):
    settings = {
        "VAR_DIR": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{tmp_path / 'portal.sqlite3'}",
        "REDIS_URL": "",
        "DEMO": "1",
    }
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        wanted = probe.getsockname()[1]
    said = tmp_path / "said"
    with (
        said.open("wb") as output,
        subprocess.Popen(
            [
                *(sys.executable, "manage.py", "demo"),
                *("--port", str(wanted), "--applications", "0"),
            ],
            cwd=repository,
            env={**os.environ, **settings},
            stdout=output,
            stderr=subprocess.STDOUT,
        ) as process,
    ):
        deadline = time.monotonic() + 300
        while "日志" not in said.read_text():
            assert process.poll() is None, said.read_text()
            assert time.monotonic() < deadline, said.read_text()
            time.sleep(0.2)
        found = re.search(r"http://127\.0\.0\.1:(\d+)/", said.read_text())
        assert found
        connection = http.client.HTTPConnection("127.0.0.1", int(found[1]), timeout=60)
        connection.request("GET", "/inbox/")
        assert connection.getresponse().status == http.HTTPStatus.OK
        connection.close()

        process.terminate()
        assert process.wait(60) == 0
    assert said.read_text().rstrip().endswith("已停止。")
    assert "wang / bandian-demo" in said.read_text()
