"""Prepare this folder and start the portal, with nothing but Python's own library.

``python3 portal/launch.py run`` makes ``.venv``, installs what is missing, then hands
over to ``manage.py demo``; ``setup`` stops before that. A stamp, written last, says
what was installed, so that a broken-off installation is never taken for a good one.
"""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"
NODE_MODULES = ROOT / "node_modules"
SUPPORTED = ((3, 11), (3, 12), (3, 13))
# Lies there while packages are being installed; found at a start, it means: broken off.
INSTALLING = VENV / ".installing"
# All pinned, with hashes (`make lock`): what runs, what developing needs as well, what
# builds packages that come as source, and npm for machines that have none.
RUNNING, DEVELOPING = "requirements.txt", "requirements-dev.txt"
BUILDING, NPM = "requirements/build.txt", "requirements/npm.txt"


class CannotPrepare(Exception):
    """Something this program cannot mend; the message says what the person can do."""


def say(text: str) -> None:
    """Print one line of progress at once."""
    print(text, flush=True)


def choose_python(*, keep_this: bool) -> str:
    """Return a supported interpreter: this one, else one the machine has beside it.

    An existing, working ``.venv`` of a supported version is kept, unless this very
    interpreter was asked for.
    """
    this_version = sys.version_info[:2]
    if not keep_this and venv_version() in SUPPORTED:
        return str(VENV_PYTHON)
    if this_version in SUPPORTED:
        return sys.executable
    for major, minor in reversed(SUPPORTED):
        other = shutil.which(f"python{major}.{minor}")
        if other and version_of(other) == (major, minor):
            say(f"Python {this_version[0]}.{this_version[1]} 不受支持，改用 {other}")
            return other
    raise CannotPrepare(
        "办电需要 Python 3.11、3.12 或 3.13，"
        f"而 {sys.executable} 是 {this_version[0]}.{this_version[1]}。"
        "请安装其中之一，例如：PYTHON=python3.12 make run"
    )


def version_of(python: str, *, needs: str = "ensurepip") -> tuple[int, ...]:
    """Return (major, minor) of a working interpreter that has a module, else ()."""
    question = f"import sys, {needs}; print(*sys.version_info[:2])"
    try:
        answer = subprocess.run(
            [python, "-c", question], capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return ()
    return tuple(int(part) for part in answer.stdout.split())


def venv_version() -> tuple[int, ...]:
    """Return (major, minor) of a whole ``.venv``, or () where there is none."""
    if INSTALLING.exists():
        return ()
    return version_of(str(VENV_PYTHON), needs="pip")


def run_quietly(command: Sequence[str], *, doing: str, failed: str) -> None:
    """Run a long command, show that it moves, and its last words if it fails."""
    say(f"· {doing} …")
    last_words: deque[str] = deque(maxlen=25)
    lines = 0
    shown = time.monotonic()
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        for line in process.stdout or ():
            last_words.append(line.rstrip())
            lines += 1
            if line.strip() and time.monotonic() - shown > 3:
                shown = time.monotonic()
                say(f"    {lines:>4}  {line.strip()[:70]}")
    if process.returncode:
        say("\n".join(last_words))
        raise CannotPrepare(failed)


def fingerprint(paths: Sequence[Path], *more: str) -> str:
    """Return a digest of files and words: what an installation was made from."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.read_bytes())
    digest.update("\0".join(more).encode())
    return digest.hexdigest()


def is_current(stamp: Path, mark: str) -> bool:
    """Tell whether a finished installation carries this mark."""
    return stamp.is_file() and stamp.read_text(encoding="ascii").strip() == mark


def ensure_venv(python: str) -> None:
    """Leave a working ``.venv`` of the same version as ``python``."""
    if python == str(VENV_PYTHON) or venv_version() == version_of(python, needs="sys"):
        return
    if not version_of(python):
        raise CannotPrepare(
            "这台机器的 Python 没有 venv 模块。请先安装 python3-venv"
            "（Debian、Ubuntu：apt install python3-venv），再运行一次。"
        )
    if VENV.exists():
        say("· .venv 不完整或版本不同，重新建立")
        shutil.rmtree(VENV)
    run_quietly(
        [python, "-m", "venv", str(VENV)],
        doing="建立 Python 虚拟环境 .venv",
        failed="虚拟环境没有建成；Debian、Ubuntu 请先运行 apt install python3-venv。",
    )


def install_python_packages(*, development: bool) -> None:
    """Install the pinned requirements unless exactly these are installed already."""
    names = [BUILDING, RUNNING, DEVELOPING]
    version = ".".join(map(str, version_of(str(VENV_PYTHON))))
    everything = fingerprint([ROOT / name for name in names], version)
    running = fingerprint([ROOT / name for name in names[:2]], version)
    stamp_all, stamp_run = VENV / ".installed-dev", VENV / ".installed"
    if is_current(stamp_all, everything):
        return
    if not development and is_current(stamp_run, running):
        return
    stamp_all.unlink(missing_ok=True)
    stamp_run.unlink(missing_ok=True)
    INSTALLING.touch()
    pip_install(BUILDING)
    pip_install(DEVELOPING if development else RUNNING)
    stamp_run.write_text(running, encoding="ascii")
    if development:
        stamp_all.write_text(everything, encoding="ascii")
    INSTALLING.unlink()


def pip_install(pinned: str) -> None:
    """Install a file of requirements into ``.venv``, showing progress.

    Nothing comes in that the file has no hash of: a build in isolation would fetch its
    own tools unseen, so they are installed first.
    """
    pip = [str(VENV_PYTHON), "-m", "pip", "install", "--disable-pip-version-check"]
    only_these = ["--require-hashes", "--no-build-isolation", "-r", pinned]
    run_quietly(
        [*pip, "--no-input", "--progress-bar", "off", *only_these],
        doing=f"安装 Python 软件包（{pinned}）",
        failed="软件包没有装全（网络？磁盘？）。再运行一次会接着装。",
    )


def install_front_end() -> None:
    """Install Bootstrap, icons and ECharts as locked, unless they are there already."""
    stamp = NODE_MODULES / ".installed"
    mark = fingerprint([ROOT / "package.json", ROOT / "package-lock.json"])
    if is_current(stamp, mark):
        return
    failed = "前端文件没有装全（网络？）。再运行一次会接着装。"
    doing = "安装前端文件（package-lock.json）"
    arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    machine_npm = shutil.which("npm")
    try:
        if machine_npm is None:
            raise CannotPrepare("npm")
        run_quietly([machine_npm, *arguments], doing=doing, failed=failed)
    except CannotPrepare:
        # The machine has no npm, or one that does not work: bring our own.
        pip_install(NPM)
        own_npm = str(VENV / "bin" / "npm")
        run_quietly([own_npm, *arguments], doing=doing, failed=failed)
    stamp.write_text(mark, encoding="ascii")


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Let two preparations of the same folder wait for one another."""
    (ROOT / "var").mkdir(exist_ok=True)
    with (ROOT / "var" / "setup.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def prepare(*, development: bool, keep_this: bool) -> None:
    """Bring ``.venv`` and ``node_modules`` to what the repository asks for."""
    with one_at_a_time():
        ensure_venv(choose_python(keep_this=keep_this))
        install_python_packages(development=development)
        install_front_end()


def main(arguments: Sequence[str]) -> int:
    """Do what the command line asks; return the exit code."""
    parser = argparse.ArgumentParser(prog="launch.py", description=__doc__)
    parser.add_argument("act", choices=["setup", "run"])
    parser.add_argument("--dev", action="store_true", help="tools and tests as well")
    parser.add_argument("--this-python", action="store_true", help="never another one")
    options, rest = parser.parse_known_args(arguments)
    try:
        prepare(development=options.dev, keep_this=options.this_python)
    except CannotPrepare as problem:
        print(f"✗ {problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("已中断；再运行一次会接着准备。", file=sys.stderr)
        return 130
    if options.act == "run":
        os.environ["DEMO"] = "1"
        python = str(VENV_PYTHON)
        os.execv(python, [python, str(ROOT / "manage.py"), "demo", *rest])  # noqa: S606
    return 0


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        # A terminal without UTF-8 must not stop a message from being shown.
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    sys.exit(main(sys.argv[1:]))
