"""Strangers' files are opened in a process apart: at worst, that ends."""

import hashlib
import logging
import os
import subprocess
import sys
import threading
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

import sla
from sla.ground.decoder.verdicts import Unfit, Verdict

logger = logging.getLogger(__name__)

# The decoder's imports start at the folder that holds our packages; -E and -s keep the
# environment and the user's own folder out of them.
HOME = Path(sla.__file__).parent.parent
PROGRAM = [sys.executable, "-E", "-s", "-B", "-m", "sla.ground.decoder"]
# No key, no password: only what an interpreter may need to start at all.
HANDED_DOWN = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SYSTEMROOT")
LONGEST_RUN = 20.0  # seconds by the wall; the processor it may have for half of that
# A second thread's heap would claim 64 MB of the limit without using them.
ONE_HEAP = {"MALLOC_ARENA_MAX": "1"}
# A decoder may need 300 MB: two at a time in each web process, others wait a little.
PLACES = threading.BoundedSemaphore(2)
LONGEST_WAIT = 5.0  # seconds; all that time a thread of the web server stands still


class Breakdown(Exception):
    """The decoder ended without an answer; the message says how."""


def examine(content: bytes, kind: str) -> bytes:
    """Return what may be kept of a file of this kind: "jpg", "png", "heic" or "pdf".

    Raises Unfit: by the decoder's verdict, UNBEARABLE when it broke down (which is
    logged), BUSY when others' files keep it busy.
    """
    if not PLACES.acquire(timeout=LONGEST_WAIT):
        raise Unfit(Verdict.BUSY)
    try:
        return _decoded(content, kind)
    except Breakdown as breakdown:
        digest = hashlib.sha256(content).hexdigest()
        logger.warning("decoder of a %s, sha256 %s: %s", kind, digest, breakdown)
        raise Unfit(Verdict.UNBEARABLE) from breakdown
    finally:
        PLACES.release()


def _decoded(content: bytes, kind: str) -> bytes:
    # Files without a name, not pipes: the system limits how much can come back.
    with TemporaryFile() as given, TemporaryFile() as answer, TemporaryFile() as errors:
        given.write(content)
        given.seek(0)
        try:
            code = subprocess.run(
                [*PROGRAM, kind],
                stdin=given,
                stdout=answer,
                stderr=errors,
                cwd=HOME,
                env={n: os.environ[n] for n in HANDED_DOWN if n in os.environ}
                | ONE_HEAP,
                timeout=LONGEST_RUN,
                check=False,
            ).returncode
        except subprocess.TimeoutExpired as error:
            raise Breakdown(f"not done after {LONGEST_RUN:.0f} s") from error
        except OSError as error:
            raise Breakdown(f"cannot be started: {error}") from error
        if code:
            raise Breakdown(f"ended with {code}: {_last_words(errors)}")
        return _answer(answer)


def _answer(answer: IO[bytes]) -> bytes:
    answer.seek(0)
    try:
        verdict = Verdict(answer.readline(100).decode(errors="replace").rstrip())
    except ValueError as error:
        raise Breakdown("no answer") from error
    if verdict == Verdict.UNBEARABLE:
        raise Breakdown("out of memory")
    if verdict != Verdict.FIT:
        raise Unfit(verdict)
    return answer.read()


def _last_words(errors: IO[bytes]) -> str:
    size = errors.seek(0, os.SEEK_END)
    errors.seek(max(0, size - 500))
    return errors.read().decode(errors="replace").strip()
