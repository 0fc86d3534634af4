"""A web server of our own for pictures and measurements: the one production uses."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

HOST = "127.0.0.1"


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def answers(port: int, path: str) -> bool:
    """Tell whether the server is up."""
    connection = http.client.HTTPConnection(HOST, port, timeout=10)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == http.HTTPStatus.OK
    except OSError:
        return False
    finally:
        connection.close()


@contextmanager
def served(
    log: Path,
    environment: Mapping[str, str],
    *,
    target: str = "portal.wsgi:application",
    ready: str = "/healthz/",
    factory: bool = False,
) -> Iterator[int]:
    """Run granian with one worker as long as needed; give its port.

    ``target`` is a WSGI application, or with ``factory`` a function that makes one.
    """
    port = free_port()
    command = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", HOST),
        *("--port", str(port), "--workers", "1", "--blocking-threads", "2"),
        *(["--factory"] if factory else []),
        target,
    ]
    log.parent.mkdir(parents=True, exist_ok=True)
    with (
        log.open("wb") as output,
        subprocess.Popen(
            command,
            env={**os.environ, **environment},
            stdout=output,
            stderr=subprocess.STDOUT,
        ) as server,
    ):
        try:
            deadline = time.monotonic() + 60
            while not answers(port, ready):
                if server.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError(f"the server did not start, see {log}")
                time.sleep(0.2)
            yield port
        finally:
            server.send_signal(signal.SIGTERM)
            try:
                server.wait(10)
            except subprocess.TimeoutExpired:
                server.kill()
