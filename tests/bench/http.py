"""What our pages cost, in units of an empty page on the same server in the same run.

One granian worker serves the portal with production settings: every page, the empty one
too, writes its lines into the log. Requests go over one kept-alive connection, one at a
time, in interleaved rounds; a page's cost is the median of the rounds' ratios. The
database is PostgreSQL, as in production.
"""

import json
import os
import secrets
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

import psycopg2
from cryptography.fernet import Fernet

from tests.bench.http_site import EMPTY
from tests.bench.rows import Row, limited, peer, reference
from tests.run import postgresql
from tests.server import HOST, served

ROUNDS = 15
EACH = 10  # requests of each kind in a round, so that none is colder than another
# The lists are shown beside these, without a limit: DECISIONS.md, "Speed".
LIMITS = {
    "filing: POST of a checked draft": 12.0,
    "tracking page": 10.0,
    "manager's ticket page": 25.0,
}


class Talker:
    """One kept-alive connection, as cheap as Python can be."""

    def __init__(self, port: int) -> None:
        self.host = f"{HOST}:{port}"
        self.socket = socket.create_connection((HOST, port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def request(self, path: str, session: str = "", form: str = "") -> bytes:
        """Return the bytes of one request."""
        token = "b" * 32
        lines = [
            f"{'POST' if form else 'GET'} {path} HTTP/1.1",
            f"Host: {self.host}",
            f"Cookie: sessionid={session}; csrftoken={token}",
        ]
        body = f"csrfmiddlewaretoken={token}&{form}" if form else ""
        if form:
            lines += [
                "Content-Type: application/x-www-form-urlencoded",
                f"Content-Length: {len(body)}",
            ]
        return ("\r\n".join(lines) + "\r\n\r\n" + body).encode()

    def ask(self, request: bytes) -> int:
        """Send, read the whole answer, return its status."""
        self.socket.sendall(request)
        received = b""
        while b"\r\n\r\n" not in received:
            received += self.more()
        head, _, body = received.partition(b"\r\n\r\n")
        length = 0
        for line in head.split(b"\r\n")[1:]:
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        missing = length - len(body)
        while missing > 0:
            missing -= len(self.more())
        return int(head[9:12])

    def more(self) -> bytes:
        """Return what has come; an ended connection is an error."""
        chunk = self.socket.recv(1 << 18)
        if not chunk:
            raise ConnectionError("the server closed the connection")
        return chunk


@contextmanager
def database() -> Iterator[str]:
    """Give the address of an empty database, gone afterwards."""
    with postgresql() as url:
        name = f"bandian_bench_{os.getpid()}"
        execute(url, f"CREATE DATABASE {name}")
        try:
            yield urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
        finally:
            execute(url, f"DROP DATABASE {name} WITH (FORCE)")


def execute(url: str, statement: str) -> None:
    """Run one statement outside any transaction."""
    connection = psycopg2.connect(url)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(statement)
    connection.close()


def environment(scratch: Path, url: str) -> dict[str, str]:
    """Return production settings on scratch data."""
    return {
        "DEMO": "",
        "DEBUG": "",
        "SECRET_KEY": secrets.token_urlsafe(48),
        "INDEX_KEY": secrets.token_urlsafe(48),
        "FIELD_KEYS": Fernet.generate_key().decode(),
        "DATABASE_URL": url,
        "REDIS_URL": "",
        "VAR_DIR": str(scratch),
        "SUBMISSIONS_PER_HOUR": "100000",
        "STAFF_MFA_REQUIRED": "0",
    }


def milliseconds(talker: Talker, requests: list[bytes], wanted: int) -> float:
    """Return the mean time of these requests; any other answer is an error."""
    started = time.perf_counter()
    for request in requests:
        status = talker.ask(request)
        if status != wanted:
            raise AssertionError(f"{status} instead of {wanted}: {request[:200]!r}")
    return (time.perf_counter() - started) / len(requests) * 1000


def measurements(
    portal: Talker, bare: Talker, world: dict[str, Any]
) -> dict[str, Callable[[], float]]:
    """Return one round's measurement of each kind of request."""
    filings = iter(world["filings"])

    def get(path: str, role: str) -> Callable[[], float]:
        request = portal.request(path, world[role])
        return lambda: milliseconds(portal, [request] * EACH, 200)

    def file() -> float:
        requests = [
            portal.request(
                draft["path"],
                draft["session"],
                urlencode({"fingerprint": draft["fingerprint"]}),
            )
            for draft in (next(filings) for _ in range(EACH))
        ]
        return milliseconds(portal, requests, 302)

    of_portal, of_bare = portal.request(f"/{EMPTY}"), bare.request(f"/{EMPTY}")
    return {
        "empty view, the portal's server": lambda: milliseconds(
            portal, [of_portal] * EACH, 200
        ),
        "empty view, bare Django": lambda: milliseconds(bare, [of_bare] * EACH, 200),
        "filing: POST of a checked draft": file,
        "tracking page": get(world["tracking"], "applicant"),
        "manager's ticket page": get(world["ticket"], "manager"),
        "manager's list, ten tickets": get(world["tickets"], "manager of ten"),
        "manager's list, a page of fifty": get(world["tickets"], "manager"),
    }


def run() -> Iterator[Row]:
    """Measure, and give a row for each kind of request."""
    with ExitStack() as stack:
        scratch = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        settings = environment(scratch, stack.enter_context(database()))
        filled = subprocess.run(
            [sys.executable, "-m", "tests.bench.http_world", str((ROUNDS + 1) * EACH)],
            env={**os.environ, **settings},
            stdout=subprocess.PIPE,
            check=True,
        )
        ports = [
            stack.enter_context(
                served(
                    scratch / f"{target}.log",
                    settings,
                    target=f"tests.bench.http_site:{target}",
                    ready=f"/{EMPTY}",
                    factory=True,
                )
            )
            for target in ("portal", "bare")
        ]
        rounds = measurements(
            Talker(ports[0]), Talker(ports[1]), json.loads(filled.stdout)
        )
        for measure in rounds.values():
            measure()  # warm
        results = [
            {name: measure() for name, measure in rounds.items()} for _ in range(ROUNDS)
        ]
    yield from rows(results)


def rows(results: list[dict[str, float]]) -> Iterator[Row]:
    """Form ratios inside each round, then take medians over the rounds."""
    empty = next(iter(results[0]))
    for name in results[0]:
        value = statistics.median(found[name] for found in results)
        ratio = statistics.median(found[name] / found[empty] for found in results)
        if name == empty:
            yield reference(name, value, "ms")
        elif name in LIMITS:
            yield limited(name, value, "ms", ratio, LIMITS[name])
        else:
            yield peer(name, value, "ms", ratio)
