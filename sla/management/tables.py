"""Commands that need the tables, and say in one sentence when they cannot have them."""

from abc import abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DatabaseError

from sla.engine import Unreckonable
from sla.management.sentences import SentenceCommand, tables_there
from sla.yaml_lines import FileRefused


@contextmanager
def tables() -> Iterator[None]:
    """Say in a sentence that the tables cannot be had; raise Unreckonable."""
    try:
        yield
    except DatabaseError as missing:
        reason = str(missing).splitlines()[0]
        advice = "请先运行 manage.py migrate"
        if tables_there() is None:
            advice = "请检查 DATABASE_URL 和数据库服务"
        raise Unreckonable(f"数据库读写不了，{advice}（{reason}）。") from missing


class TableCommand(SentenceCommand):
    """Run a command over the tables; print its answer at the end or nothing at all."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Ask for the answer and print it."""
        try:
            with tables():
                self.stdout.write(self.answer(**options))
        except FileRefused as refused:
            raise Unreckonable(str(refused)) from refused

    @abstractmethod
    def answer(self, **options: Any) -> str:
        """Give what the command prints."""
