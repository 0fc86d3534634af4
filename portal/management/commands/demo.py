"""Run the whole portal on this machine: web, worker and beat, with demo data."""

import contextlib
import fcntl
import http.client
import os
import socket
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import CommandError, call_command

from applications.models import Application
from portal.demo_world import people
from portal.processes import Household
from sla.management.sentences import SentenceCommand

HOST = "127.0.0.1"
WAYS_IN = (
    ("", "首页：申请用电、查进度、算期限"),
    ("outages/", "我家停电了吗：查停电、报修、地图"),
    ("admin/", "业务工作台：客户经理、班组长、运维"),
    ("board/", "监管看板：办电时限、停电与可靠性"),
    ("inbox/", "演示收件箱：短信验证码和通知"),
    ("api/docs/", "API 文档"),
)


class Command(SentenceCommand):
    help = "在本机运行整个办电：网站、后台任务和定时任务，带演示数据。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--port",
            type=int,
            default=os.environ.get("PORT", "8000"),
            metavar="N",
            help="网站的端口；也可用环境变量 PORT",
        )
        parser.add_argument(
            "--applications",
            type=int,
            default=300,
            metavar="N",
            help="申请数；0：不建演示数据",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            # Settings are read once, at the start: start again as a demo.
            os.environ["DEMO"] = "1"
            os.execv(sys.executable, sys.orig_argv)  # noqa: S606 - ourselves
        with self.alone():
            self.prepare(options["applications"])
            failure = self.serve(self.free_port(options["port"]))
        if failure:
            raise CommandError(failure)

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """Refuse to run twice on the same data; a killed run leaves no trace."""
        with (settings.VAR_DIR / "demo.lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise CommandError(
                    f"{settings.VAR_DIR} 上已有一个演示在运行；请先停止它（Ctrl-C）。"
                ) from None
            yield

    def say(self, text: str) -> None:
        """Show progress at once, also where output is not a terminal."""
        self.stdout.write(text)
        self.stdout.flush()

    # -- Data --------------------------------------------------------------------------
    def prepare(self, applications: int) -> None:
        """Bring the database up to date and fill it if it is empty."""
        unfinished = settings.VAR_DIR / "demo-unfinished"
        if unfinished.exists():
            self.say("· 上次的演示数据没有建完，重新建立")
            self.remove_sqlite()
        self.say("· 数据库 …")
        call_command("migrate", verbosity=0, interactive=False)
        call_command("load_policies", verbosity=0)
        if applications and not Application.objects.exists():
            self.say(f"· 演示数据（{applications} 件申请，只在第一次）…")
            unfinished.touch()
            call_command("seed", applications=applications)
        unfinished.unlink(missing_ok=True)

    def remove_sqlite(self) -> None:
        """Delete the half-filled demo database; never a database server's."""
        name = Path(settings.DATABASES["default"]["NAME"])
        if name.is_relative_to(settings.VAR_DIR):
            for suffix in ("", "-wal", "-shm"):
                name.with_name(name.name + suffix).unlink(missing_ok=True)

    # -- Processes ---------------------------------------------------------------------
    def free_port(self, wanted: int) -> int:
        """Return the port asked for, or the next free one with a word about it."""
        for port in range(wanted, wanted + 20):
            with socket.socket() as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                try:
                    probe.bind((HOST, port))
                except OSError:
                    continue
            if port != wanted:
                self.say(f"· 端口 {wanted} 已被占用，改用 {port}")
            return port
        raise CommandError(f"端口 {wanted}–{wanted + 19} 都被占用；请用 --port 另选。")

    def serve(self, port: int) -> str:
        """Run until asked to stop; return why it failed, or an empty string."""
        household = Household(
            logs=settings.VAR_DIR / "log",
            environment={**os.environ, "DEMO": "1", "PYTHONUNBUFFERED": "1"},
        )
        household.listen()
        lines = commands(port)
        try:
            # The site first: its visitor waits for it, nobody waits for the others.
            household.start("web", lines.pop("web"))
            ended = household.watch(until=lambda: answers(port))
            if ended is None and not household.asked_to_stop:
                for name, command in lines.items():
                    household.start(name, command)
                self.welcome(port)
                ended = household.watch(until=lambda: False)
        finally:
            household.stop()
        if ended is None:
            self.say("已停止。")
            return ""
        return f"{ended} 意外退出，其余已停止：\n{household.last_words(ended)}"

    def welcome(self, port: int) -> None:
        """Print where to go and how to sign in."""
        self.say("\n办电已启动（Ctrl-C 停止）\n")
        for path, what in WAYS_IN:
            address = f"http://{HOST}:{port}/{path}"
            self.say(f"  {address:<36}{what}")
        self.say("\n演示账号")
        for who, where, how in people.sign_ins():
            self.say(f"  {who}  {where}  {how}")
        self.say(f"\n日志：{settings.VAR_DIR / 'log'}/（web、worker、beat）")


def commands(port: int) -> dict[str, list[str]]:
    """Return the command line of each process of the demo."""
    python = sys.executable
    celery = [python, "-m", "celery", "--app", "portal"]
    queues = ["--queues", "celery,bulk"]
    quiet = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    schedule = settings.VAR_DIR / "celerybeat-schedule"
    return {
        "web": [
            *(python, "-m", "granian", "--interface", "wsgi"),
            *("--host", HOST, "--port", str(port), "--workers", "1"),
            *("--blocking-threads", "4", "--workers-kill-timeout", "5"),
            "portal.wsgi:application",
        ],
        "worker": [*celery, "worker", "-P", "threads", "-c", "3", *queues, *quiet],
        "beat": [*celery, "beat", "--pidfile=", f"--schedule={schedule}"],
    }


def answers(port: int) -> bool:
    """Tell whether the web server answers its health check."""
    connection = http.client.HTTPConnection(HOST, port, timeout=5)
    try:
        connection.request("GET", "/healthz/")
        return connection.getresponse().status == http.HTTPStatus.OK
    except OSError:
        return False
    finally:
        connection.close()
