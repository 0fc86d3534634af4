"""Child processes that are started together and ended together."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

PR_SET_PDEATHSIG = 1
PATIENCE = 8.0  # seconds that children get to end by themselves


def _end_with_parent() -> None:
    """Ask Linux to end this process when its parent dies, even by kill -9."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass
class Household:
    """Run named commands side by side; when one ends, all end.

    Each child writes to ``<logs>/<name>.log``. Children get a session of their own, so
    that Ctrl-C reaches them only through this process, once and in order.
    """

    logs: Path
    environment: Mapping[str, str]
    children: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    asked_to_stop: bool = False

    def listen(self) -> None:
        """Take Ctrl-C, SIGTERM and a closed terminal as a wish to stop."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._stop_asked)

    def _stop_asked(self, number: int, frame: FrameType | None) -> None:
        self.asked_to_stop = True

    def start(self, name: str, command: Sequence[str]) -> None:
        """Start one child; its log begins anew."""
        self.logs.mkdir(parents=True, exist_ok=True)
        with (self.logs / f"{name}.log").open("wb") as log:
            self.children[name] = subprocess.Popen(  # noqa: S603 - our own commands
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=dict(self.environment),
                start_new_session=True,
                preexec_fn=_end_with_parent,
            )

    def ended(self) -> str | None:
        """Return the name of a child that has ended by itself, if any."""
        for name, child in self.children.items():
            if child.poll() is not None:
                return name
        return None

    def watch(self, until: Callable[[], bool]) -> str | None:
        """Wait until the question says yes, a stop is asked for, or a child ends.

        Returns the name of the child that ended, else None.
        """
        while not self.asked_to_stop and not until():
            name = self.ended()
            if name is not None:
                return name
            time.sleep(0.2)
        return None

    def stop(self) -> None:
        """End all children: politely, and after ``PATIENCE`` seconds for certain."""
        for child in self.children.values():
            if child.poll() is None:
                child.terminate()
        deadline = time.monotonic() + PATIENCE
        for child in self.children.values():
            try:
                child.wait(timeout=max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                os.killpg(child.pid, signal.SIGKILL)
                child.wait()

    def last_words(self, name: str, lines: int = 15) -> str:
        """Return the end of a child's log."""
        text = (self.logs / f"{name}.log").read_text(encoding="utf-8", errors="replace")
        return "\n".join(text.splitlines()[-lines:])
