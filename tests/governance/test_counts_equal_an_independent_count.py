"""Random histories, told day by day: every count and every case against the oracle."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from outages.models import Frequency, GovernanceCase, Line, Outage, Transformer
from outages.selectors.frequency import counts_on
from outages.services import announcing, drafting, frequency, running
from outages.vocabulary import OutageKind
from tests.cast import SHANGHAI, at, sun
from tests.governance import oracle
from tests.governance.oracle import Record
from tests.governance.world import (
    count_again,
    cut,
    exclude,
    numbers,
    part_of,
)
from tests.grid import Grid, zhou

pytestmark = pytest.mark.django_db
ALL_YOUYI = {"garden", "school", "market", "village"}
# Whom each part cuts; the only 台区 of a line is the line.
REACH: dict[str, tuple[set[str], set[str]]] = {
    "garden": ({"garden"}, set()),
    "school": ({"school"}, set()),
    "village": ({"village"}, {"youyi_two"}),
    "square": ({"square"}, {"heping_one"}),
    "youyi_one": ({"garden", "school", "market"}, {"youyi_one"}),
    "youyi": (ALL_YOUYI, {"youyi_one", "youyi_two"}),
    "zhang_home": (set(), set()),
}
PARTS = sorted({part for areas, lines in REACH.values() for part in areas | lines})
TIMES = ["00:00:00", "00:00:01", "07:59:59", "08:00:00", "12:00:00", "22:30:00"]
LATEST = "23:59:59"
LAST_YEAR = date(2022, 12, 20)


@contextmanager
def undone() -> Iterator[None]:
    """Take back what happens inside: one database serves every example."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


class History:
    """A history as it is told: to the services, and to the oracle."""

    def __init__(self, network: Grid) -> None:
        self.network = network
        self.day = LAST_YEAR
        self.now = at("2022-12-20")
        self.told: list[tuple[Outage, Record]] = []

    def happen(self, act: str, days: int, time: str, part: str, pick: int) -> None:
        """Let days pass, and something happen at a time of the day."""
        self.day += timedelta(days=days)
        moment = datetime.fromisoformat(f"{self.day}T{time}").replace(tzinfo=SHANGHAI)
        # Outages last an hour, and no part may be cut while it is out.
        moment = max(moment, self.now + timedelta(hours=2))
        self.day, self.now = moment.date(), moment
        if act in OutageKind.values:
            self.cut(act, part, moment)
        elif act == "exclude":
            self.judge(exclude, pick, excluded=True)
        elif act == "count again":
            self.judge(count_again, pick, excluded=False)
        frequency.slide_windows(at=self.now)

    def cut(self, kind: str, part: str, moment: datetime) -> None:
        row = getattr(self.network, part)
        if kind == OutageKind.FAULT:
            outage = cut(row, began=moment)
        else:
            outage = announced(kind, row, moment)
        areas, lines = REACH[part]
        self.told.append((outage, Record(moment, kind, areas, lines)))

    def judge(self, how, pick: int, *, excluded: bool) -> None:
        """Judge a fault of the last sixty days anew: what is older stays as it was."""
        recent = [
            (outage, record)
            for outage, record in self.told
            if record.kind == "fault" and (self.day - record.day).days < 60
        ]
        if recent:
            outage, record = recent[pick % len(recent)]
            how(outage, self.now)
            record.excluded = excluded

    def records(self) -> list[Record]:
        return [record for _outage, record in self.told]


def announced(kind: str, row, moment: datetime) -> Outage:
    """Walk an announced outage of an hour from its draft to its end."""
    ahead = moment - timedelta(days=8)
    outage = drafting.draft(
        kind=kind, reason="检修", scope=[part_of(row)], starts_at=moment,
        ends_at=moment + timedelta(hours=1), by=sun(), at=ahead,
    )  # fmt: skip
    announcing.approve(outage, by=zhou(), at=ahead)
    announcing.announce(outage, by=zhou(), at=ahead)
    running.begin(outage, by=sun(), at=moment)
    running.restore(outage, by=sun(), at=moment + timedelta(hours=1))
    return outage


def by_part(history: History, rows) -> dict[str, Any]:
    """Return rows about one part each by the name of the part."""
    names = {getattr(history.network, name): name for name in PARTS}
    return {names[row.line or row.transformer]: row for row in rows}


def check_counts(history: History) -> None:
    """Compare the cache with the oracle, for every part."""
    kept = by_part(history, Frequency.objects.select_related("line", "transformer"))
    for name in PARTS:
        days = oracle.counted_days(history.records(), name)
        expected = oracle.counts(days, history.day)
        found = kept.get(name)
        assert numbers(found) == tuple(expected.values()), (name, history.day)
        if found is not None:
            assert found.verdict == oracle.verdict(expected)
            assert found.as_of == history.day


def check_cases(history: History) -> None:
    """A case is open if, by today's judgement, a limit was ever exceeded."""
    cases = GovernanceCase.objects.open().select_related("line", "transformer")
    opened = by_part(history, cases)
    for name in PARTS:
        days = oracle.counted_days(history.records(), name)
        exceeded = oracle.ever_exceeded(days, history.day)
        assert (name in opened) == exceeded, name


def check_any_day(history: History, on: date) -> None:
    """Compare what is asked as of a day with the oracle."""
    rows = {
        **{("line", row.pk): row.code for row in Line.objects.all()},
        **{("transformer", row.pk): row.code for row in Transformer.objects.all()},
    }
    codes = {getattr(history.network, name).code: name for name in PARTS}
    found = {codes[rows[row.level, row.key]]: row for row in counts_on(on)}
    for name in PARTS:
        days = oracle.counted_days(history.records(), name)
        expected = oracle.counts([day for day in days if day <= on], on)
        assert (name in found) == any(expected.values())
        if name in found:
            assert found[name].counts == expected
            assert found[name].verdict == oracle.verdict(expected)


happenings = st.tuples(
    st.sampled_from(
        [*["fault"] * 6, "planned", "temporary", "rationing", "exclude", "count again"]
    ),
    st.sampled_from([0, 1, 2, 7, 15, 19, 20, 21, 29, 30, 59, 60, 61]),
    st.sampled_from([*TIMES, LATEST]),
    st.sampled_from(sorted(REACH)),
    st.integers(0, 99),
)


@settings(
    max_examples=30,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(
    history=st.lists(happenings, min_size=4, max_size=18),
    back=st.integers(0, 500),
)
@example(
    # Four within sixty days across a new year; one was the weather, then was not.
    history=[
        ("fault", 0, LATEST, "garden", 0),
        ("fault", 20, "00:00:00", "garden", 0),
        ("fault", 20, "12:00:00", "youyi_one", 0),
        ("fault", 19, LATEST, "youyi", 0),
        ("exclude", 1, "12:00:00", "garden", 3),
        ("count again", 1, "12:00:00", "garden", 2),
    ],
    back=1,
)
def test_counts_and_cases_follow_the_oracle(
    network: Grid, history: list[tuple[str, int, str, str, int]], back: int
) -> None:
    with undone():
        told = History(network)
        for happening in history:
            told.happen(*happening)
            check_counts(told)
            check_cases(told)
        check_any_day(told, told.day - timedelta(days=back))
