"""Commands that answer bad input with one Chinese sentence and exit code 2."""

import re
import sys
from collections.abc import Callable
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandParser
from django.db import Error, connection

from sla.engine import Reckoning, Unreckonable, WorkCalendar
from sla.models import CalendarNotice
from sla.services import calendars

# argparse speaks English; these are all it has to say to commands such as ours.
_SENTENCES = (
    (r"argument (\S+): invalid int value: (.+)", "参数{}应为整数，不能是{}。"),
    (r"the following arguments are required: (.+)", "缺少参数{}。"),
    (r"unrecognized arguments: (.+)", "不认识的参数{}。"),
    (r"argument (\S+): expected one argument", "参数{}后面缺少值。"),
    (r"argument (\S+): ignored explicit argument .+", "参数{}后面不能有值。"),
    (r"argument (\S+): invalid .+", "参数{}的值不对。"),
    (r"argument \S+: (.+)", "{}"),
)
# And around the help of a command, whose own words are Chinese.
_HEADINGS = (
    ("usage: ", "用法："),
    ("positional arguments:", "参数："),
    ("options:", "选项："),
)


class BadCommandLine(Unreckonable):
    """A command line that says nothing the command understands."""


class SentenceParser(CommandParser):
    """Parse arguments without abbreviations, and complain in Chinese."""

    def error(self, message: str) -> NoReturn:
        """Raise BadCommandLine with argparse's complaint as a Chinese sentence."""
        for pattern, sentence in _SENTENCES:
            found = re.fullmatch(pattern, message, re.DOTALL)
            if found:
                words = (word.replace(", ", "、") for word in found.groups())
                raise BadCommandLine(sentence.format(*words))
        raise BadCommandLine(f"参数有误：{message}。")

    def format_help(self) -> str:
        """Return argparse's help with Chinese headings."""
        text = super().format_help()
        for english, chinese in _HEADINGS:
            text = text.replace(english, chinese, 1)
        return text


class SentenceCommand(BaseCommand):
    """Run a command; whatever cannot be reckoned ends it with its sentence and 2."""

    # A question about dates needs neither checks of the whole house nor its tables.
    requires_system_checks = ()
    # Django's own options work here, too, but explain themselves in English.
    suppressed_base_arguments = {
        "--version", "--verbosity", "--settings", "--pythonpath", "--traceback",
        "--no-color", "--force-color",
    }  # fmt: skip

    def create_parser(
        self, prog_name: str, subcommand: str, **kwargs: Any
    ) -> CommandParser:
        """Return Django's parser with our voice."""
        made = super().create_parser(prog_name, subcommand, add_help=False, **kwargs)
        made.add_argument("-h", "--help", action="help", help="显示这份说明")
        made.__class__ = SentenceParser
        made.allow_abbrev = False
        return made

    def run_from_argv(self, argv: list[str]) -> None:
        """Run from the command line."""
        try:
            super().run_from_argv(argv)
        except Unreckonable as refusal:
            self.stderr.write(str(refusal))
            sys.exit(2)

    def answer_by_calendar(
        self, region: str, question: Callable[[WorkCalendar], Reckoning]
    ) -> Reckoning:
        """Answer a question by a region's calendar.

        The built-in calendar is asked first: what nobody can reckon is refused before
        the database is opened, which would write a file where there was none.
        """
        question(WorkCalendar.build(region))
        return question(self.calendar_for(region))

    def calendar_for(self, region: str) -> WorkCalendar:
        """Return a region's calendar; if the database cannot say, the built-in one."""
        try:
            return calendars.calendar_for(region)
        except Error:
            if not bare_checkout():
                self.stderr.write("读不到数据库里的日历，只按内置的官方放假安排推算。")
            return WorkCalendar.build(region)


def bare_checkout() -> bool:
    """Tell whether this is a bare checkout, where no notice can have been entered."""
    tables = tables_there()
    return tables is not None and CalendarNotice._meta.db_table not in tables


def tables_there() -> list[str] | None:
    """Name the tables of the database; None if it cannot be reached."""
    try:
        return connection.introspection.table_names()
    except Error:
        return None
