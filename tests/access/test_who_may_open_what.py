"""Every address of the house, asked for by everybody: nobody gets in by accident.

``matrix.txt`` has a line for each route and a column for each person: ``+`` let in (if
only to be told what is wrong with the request), ``?`` asked to sign in, ``-`` refused
(403, or 404 for what is not theirs). A route without a line fails.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import transaction

from tests import cast
from tests.access import world
from tests.grid import Grid, grid

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

MATRIX = Path(__file__).with_name("matrix.txt")
PEOPLE = list(world.ROLES)
# Alike for everybody, or the answer to somebody who is signed in no more.
NOBODYS = re.compile(r"/api/v1/(deadline|limits)/|.*\.(ics|js)|/(staff/)?sign-out/")


@pytest.fixture
def net() -> Iterator[Grid]:
    with time_machine.travel(cast.NOW, tick=False):
        yield grid()


def expected() -> dict[str, str]:
    """Return the cells of every route, as written."""
    lines = MATRIX.read_text(encoding="utf-8").splitlines()
    rows = [line.rsplit(maxsplit=len(PEOPLE)) for line in lines if line[:1] != "#"]
    return {row[0].strip("'"): "".join(row[1:]) for row in rows if row}


def asked(person: str, number: int, address: str) -> Any:
    """Return the answer to who asks; POST where only that is taken. Nothing stays."""
    with transaction.atomic():
        client = world.browser_of(world.ROLES[person](), number)
        answer = client.get(address)
        if answer.status_code == 405:
            answer = client.post(address)
        if answer.streaming:
            b"".join(answer)  # Read to its end, a file is closed.
        transaction.set_rollback(True)
    return answer


def verdict(answer: Any) -> str:
    place = answer.headers.get("Location", "")
    if answer.status_code == 401 or re.search(r"(sign-in|login)/\?next=", place):
        return "?"
    return "-" if answer.status_code in {403, 404} else "+"


def problems_of(answer: Any, *, private: bool) -> list[str]:
    """Return which of the rules for every answer this one breaks."""
    told = answer.headers
    rules = {
        "Content-Security-Policy": "unsafe" not in told["Content-Security-Policy"],
        "X-Content-Type-Options": told["X-Content-Type-Options"] == "nosniff",
        "X-Frame-Options": told["X-Frame-Options"] == "DENY",
        "Referrer-Policy": told["Referrer-Policy"] == "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin"
        in told["Cross-Origin-Opener-Policy"],
        "Cache-Control": not private or "no-store" in told["Cache-Control"],
    }
    return [name for name, kept in rules.items() if not kept]


@pytest.mark.parametrize("person", PEOPLE)
def test_everybody_gets_where_the_matrix_says_and_nowhere_else(net, person):
    column, wrong = PEOPLE.index(person), []
    cells = expected()
    for number, (route, address) in enumerate(world.addresses(net).items()):
        answer = asked(person, number, address)
        assert answer.status_code < 500, address
        said = verdict(answer)
        wrong += [(route, said)] if cells[route][column] != said else []
        private = person != "stranger" and not NOBODYS.fullmatch(address)
        assert problems_of(answer, private=private) == [], address
    assert wrong == []


def test_every_route_has_its_line_and_no_line_is_left_over():
    assert sorted(expected()) == world.routes()
