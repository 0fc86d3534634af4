"""Whatever a file does to what reads it: one sentence, one line in the log, no more."""

import logging
import sys
import threading
import time
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from sla.ground import sandbox, uploads
from sla.ground.decoder.verdicts import Unfit, Verdict
from tests.applications import files


@pytest.fixture
def decoder(monkeypatch):
    """Let another program stand in for the decoder."""

    def stand_in(code: str) -> None:
        program = [sys.executable, "-E", "-s", "-c", code]
        monkeypatch.setattr(sandbox, "PROGRAM", program)

    return stand_in


@pytest.mark.parametrize(
    ("code", "logged"),
    [
        ("import os; os.kill(os.getpid(), 11)", "ended with -11"),
        ("import os; os.abort()", "ended with -6"),
        ("raise SystemExit('no libheif here')", "ended with 1: no libheif here"),
        ("import sys; sys.stderr.write('x' * 9999); sys.exit(3)", "ended with 3: xxx"),
        ("pass", "no answer"),
        ("print('anything')", "no answer"),
        ("print('unbearable')", "out of memory"),
    ],
)
def test_a_decoder_that_breaks_down(decoder, caplog, code, logged):
    decoder(code)

    with pytest.raises(ValidationError, match="没能打开：请重新拍照"):
        uploads.clean(files.upload(files.picture()))

    (line,) = caplog.records
    assert line.levelno == logging.WARNING
    assert logged in line.getMessage()
    assert len(line.getMessage()) < 700
    assert "照片" not in line.getMessage(), "a name may tell who it is"


def test_a_decoder_that_never_ends(decoder, monkeypatch, caplog):
    monkeypatch.setattr(sandbox, "LONGEST_RUN", 1.0)
    decoder("while True: pass")

    with pytest.raises(ValidationError, match="没能打开：请重新拍照"):
        uploads.clean(files.upload(files.picture()))

    assert "not done after 1 s" in caplog.text


def test_a_decoder_that_cannot_be_started(monkeypatch, caplog):
    monkeypatch.setattr(sandbox, "PROGRAM", ["/no/such/python"])

    with pytest.raises(Unfit) as caught:
        sandbox.examine(files.picture(), "jpg")

    assert caught.value.verdict == Verdict.UNBEARABLE
    assert "cannot be started" in caplog.text


# -- Limits of the system --------------------------------------------------------------
def test_memory_has_an_end(decoder, caplog):
    out = BytesIO()
    Image.new("RGBA", (3000, 3000)).save(out, "PNG")
    decoder(
        "import sla.ground.decoder.__main__ as m;"
        "m.LIMITS['RLIMIT_AS'] = 60 * 1024 * 1024; m.main('png')"
    )

    with pytest.raises(Unfit) as caught:
        sandbox.examine(out.getvalue(), "png")

    assert caught.value.verdict == Verdict.UNBEARABLE
    assert "out of memory" in caplog.text


@pytest.mark.parametrize(
    ("limits", "kind", "code", "logged"),
    [
        ({"RLIMIT_CPU": 1}, "jpg", "while True: pass", "ended with -"),
        ({}, "jpg", "open('/etc/passwd')", "Too many open files"),
        ({}, "jpg", "socket.socket()", "Too many open files"),
        (
            {},
            "pdf",
            "x = [open('/etc/passwd') for _ in range(16)]",
            "Too many open files",
        ),
        ({"RLIMIT_FSIZE": 9}, "pdf", "print('fit' * 99, flush=True)", "ended with "),
        ({}, "jpg", "m.resource.setrlimit(m.resource.RLIMIT_CPU, (99, 99))", "limit"),
    ],
)
def test_a_decoder_gives_up_what_it_does_not_need(
    decoder, caplog, limits, kind, code, logged
):
    decoder(
        "import socket, sla.ground.decoder.__main__ as m\n"
        f"m.LIMITS.update({limits})\nm.confine('{kind}')\n{code}"
    )

    with pytest.raises(Unfit):
        sandbox.examine(files.picture(), kind)

    assert logged in caplog.text


def test_no_secret_is_handed_down(decoder, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "s3cret")
    monkeypatch.setenv("DATABASE_URL", "postgres://u:s3cret@h/d")
    monkeypatch.setenv("PYTHONPATH", "/elsewhere")
    decoder("import os; print('fit'); print(os.environ)")

    told = sandbox.examine(b"", "jpg")

    assert b"environ" in told
    assert b"s3cret" not in told
    assert b"elsewhere" not in told


# -- Many at a time --------------------------------------------------------------------
def test_more_files_than_places_wait_for_each_other(decoder, monkeypatch):
    monkeypatch.setattr(sandbox, "PLACES", threading.BoundedSemaphore(1))
    decoder("import time; time.sleep(0.3); print('fit')")
    started = time.monotonic()
    threads = [
        threading.Thread(target=sandbox.examine, args=(b"", "jpg")) for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert time.monotonic() - started > 0.9


def test_who_waits_too_long_is_asked_to_come_back(monkeypatch):
    monkeypatch.setattr(sandbox, "PLACES", threading.BoundedSemaphore(1))
    monkeypatch.setattr(sandbox, "LONGEST_WAIT", 0.1)

    with sandbox.PLACES, pytest.raises(ValidationError, match="请过一分钟再传"):
        uploads.clean(files.upload(files.picture()))

    assert uploads.clean(files.upload(files.picture()))


def test_a_place_is_free_again_after_a_breakdown(decoder, monkeypatch):
    monkeypatch.setattr(sandbox, "PLACES", threading.BoundedSemaphore(1))
    monkeypatch.setattr(sandbox, "LONGEST_WAIT", 0.1)
    decoder("raise SystemExit(1)")

    for _ in range(2):
        with pytest.raises(Unfit) as caught:
            sandbox.examine(b"", "jpg")
        assert caught.value.verdict == Verdict.UNBEARABLE
