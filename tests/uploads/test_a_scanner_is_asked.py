"""With a scanner nothing is kept that it has not passed; without one, none is asked."""

import socketserver
import struct
import threading
from collections.abc import Callable, Iterator

import pytest
from django.core.exceptions import ValidationError

from sla.ground import scanner, uploads
from tests.applications import files

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class Clamd(socketserver.ThreadingTCPServer):
    """A scanner that speaks clamd's INSTREAM and answers from a list."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.seen: list[bytes] = []
        self.answers: list[Callable[[bytes], bytes]] = []


class Conversation(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        server = self.server
        assert isinstance(server, Clamd)
        assert self.rfile.read(10) == b"zINSTREAM\0"
        content = b""
        while size := struct.unpack("!I", self.rfile.read(4))[0]:
            content += self.rfile.read(size)
        server.seen.append(content)
        answer = server.answers.pop(0) if server.answers else honest
        self.wfile.write(answer(content))


def honest(content: bytes) -> bytes:
    found = b"Eicar-Test-Signature FOUND" if EICAR in content else b"OK"
    return b"stream: " + found + b"\0"


def loading(_content: bytes) -> bytes:
    return b""


def failing(_content: bytes) -> bytes:
    return b"INSTREAM size limit exceeded. ERROR\0"


@pytest.fixture
def clamd(settings, monkeypatch) -> Iterator[Clamd]:
    monkeypatch.setattr(scanner, "TRIES", (0.0, 0.01, 0.01))
    with Clamd() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.SCANNER = f"127.0.0.1:{server.server_address[1]}"
        yield server
        server.shutdown()


def test_a_clean_file_is_kept(clamd):
    content = files.pdf() + b"\n%" + b"x" * 200_000

    assert uploads.clean(files.upload(content, "a.pdf")).content == content

    assert clamd.seen == [content]


def test_a_file_with_a_virus_is_refused(clamd, caplog):
    infected = files.picture() + EICAR

    with pytest.raises(ValidationError, match="查出病毒，没有保存：请换一台设备"):
        uploads.clean(files.upload(infected))

    assert "Eicar-Test-Signature" in caplog.text


@pytest.mark.parametrize("trouble", [loading, failing])
def test_a_scanner_that_is_busy_is_asked_again(clamd, trouble):
    clamd.answers = [trouble, trouble]

    assert uploads.clean(files.upload(files.picture()))

    assert len(clamd.seen) == 3


@pytest.mark.parametrize("trouble", [loading, failing])
def test_what_no_scanner_passed_is_not_kept(clamd, trouble):
    clamd.answers = [trouble] * 3

    with pytest.raises(ValidationError, match="没有保存：请过几分钟再传"):
        uploads.clean(files.upload(files.picture()))


def test_a_scanner_that_is_away_is_no_excuse(clamd, settings, caplog):
    settings.SCANNER = "/no/such/socket"

    with pytest.raises(ValidationError, match="没有保存：请过几分钟再传"):
        uploads.clean(files.upload(files.picture()))

    assert caplog.text.count("scanner does not answer") == 3


def test_a_scanner_that_says_nothing_is_not_waited_for(clamd, monkeypatch):
    monkeypatch.setattr(scanner, "PATIENCE", 0.05)
    let_go = threading.Event()

    def silent(_content: bytes) -> bytes:
        let_go.wait(5)
        return b""

    clamd.answers = [silent] * 3

    with pytest.raises(ValidationError, match="请过几分钟再传"):
        uploads.clean(files.upload(files.picture()))
    let_go.set()


def test_without_a_scanner_none_is_asked(settings):
    assert settings.SCANNER == ""
    assert not scanner.finds_something(EICAR)
