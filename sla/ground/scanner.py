"""The virus scanner: clamd, asked over its socket; without SCANNER there is none."""

import logging
import socket
import struct
import time

from django.conf import settings

logger = logging.getLogger(__name__)

# Seconds before each try: clamd is deaf for a moment while it loads new signatures.
TRIES = (0.0, 0.5, 2.0)
PATIENCE = 10.0  # seconds for one answer
CHUNK = 64 * 1024


class Unavailable(Exception):
    """No answer after several tries; what was to be scanned must not be kept."""


def finds_something(content: bytes) -> bool:
    """Tell whether the scanner knows this as harmful; no scanner finds nothing.

    Raises Unavailable when there is one and it does not answer.
    """
    if not settings.SCANNER:
        return False
    for wait in TRIES:
        time.sleep(wait)
        try:
            answer = _ask(content)
        except OSError as error:
            logger.warning("scanner does not answer: %s", error)
            continue
        if answer.endswith("OK"):
            return False
        if answer.endswith("FOUND"):
            logger.warning("scanner found: %s", answer)
            return True
        logger.warning("scanner answers: %s", answer)
    raise Unavailable


def _ask(content: bytes) -> str:
    """Return clamd's answer to INSTREAM, such as "stream: OK"."""
    at_a_path = settings.SCANNER.startswith("/")
    with socket.socket(socket.AF_UNIX if at_a_path else socket.AF_INET) as line:
        line.settimeout(PATIENCE)
        line.connect(settings.SCANNER if at_a_path else _host_and_port())
        line.sendall(b"zINSTREAM\0")
        for start in range(0, len(content), CHUNK):
            part = content[start : start + CHUNK]
            line.sendall(struct.pack("!I", len(part)) + part)
        line.sendall(struct.pack("!I", 0))
        return line.makefile("rb").read(4096).decode(errors="replace").rstrip("\0\n ")


def _host_and_port() -> tuple[str, int]:
    host, _colon, port = settings.SCANNER.rpartition(":")
    return host, int(port)
