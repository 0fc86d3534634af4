"""Every command of ours says in Chinese what it does and what it takes."""

import re
from argparse import SUPPRESS

import pytest
from django.apps import apps
from django.core.management import get_commands, load_command_class
from django.core.management.base import BaseCommand

from sla.management.sentences import SentenceCommand

# Django's own, taught where to look: for who translates.
INHERITED = {"makemessages"}


def ours() -> list[tuple[str, BaseCommand]]:
    """Return our commands by name."""
    houses = {config.name for config in apps.get_app_configs() if _is_ours(config.path)}
    found = sorted(get_commands().items())
    return [
        (name, load_command_class(str(app), name))
        for name, app in found
        if app in houses and name not in INHERITED
    ]


def _is_ours(path: str) -> bool:
    return "site-packages" not in path


@pytest.mark.parametrize(("name", "command"), ours())
def test_its_help_is_chinese(name: str, command: BaseCommand) -> None:
    text = command.create_parser("manage.py", name).format_help()
    assert text.startswith(f"用法：manage.py {name}")
    assert command.help.endswith("。")
    assert not re.search(r"[a-z]{2,} [a-z]{2,}", text.split("\n\n", 1)[1])


@pytest.mark.parametrize(("name", "command"), ours())
def test_it_explains_each_argument(name: str, command: BaseCommand) -> None:
    parser = command.create_parser("manage.py", name)
    shown = [action for action in parser._actions if action.help is not SUPPRESS]
    assert all(action.help for action in shown)


@pytest.mark.parametrize(("name", "command"), ours())
def test_it_refuses_in_a_sentence(name: str, command: BaseCommand) -> None:
    assert isinstance(command, SentenceCommand)


def test_there_are_commands_to_look_at() -> None:
    assert {"due", "reckon", "seed", "demo", "import_network"} <= {
        n for n, _c in ours()
    }
