"""Random acts by random people at random moments: refused or done, never half done."""

from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from outages.models import Outage
from outages.services import announcing, arrears, drafting, judging, running
from outages.services.drafting import Debt
from outages.services.invariants import outages as of_outages
from outages.vocabulary import OutageKind
from sla.ground.errors import Refused
from tests.cast import NOW, sun, wang, zhao
from tests.grid import grid, zhou
from tests.outages import lives

SCOPES = [
    lives.LINE_ONE, lives.GARDEN, lives.SCHOOL, lives.MARKET, lives.VILLAGE,
    lives.SQUARE, lives.ZHANG_HOME,
]  # fmt: skip
KINDS = [
    OutageKind.PLANNED, OutageKind.TEMPORARY, OutageKind.RATIONING, OutageKind.ARREARS,
    OutageKind.FAULT,
]  # fmt: skip
DEBT = Debt((NOW - timedelta(days=90)).date(), (NOW.date(),))
ACTS: dict[str, Any] = {
    "change": lambda o, later, **who: drafting.change(o, ends_at=later, **who),
    "approve": lambda o, later, **who: announcing.approve(o, **who),
    "send_back": lambda o, later, **who: announcing.send_back(o, reason="改", **who),
    "announce": lambda o, later, **who: announcing.announce(
        o, late_reason="急", **who
    ),
    "reschedule": lambda o, later, **who: announcing.reschedule(
        o, starts_at=later, ends_at=later + timedelta(hours=3), reason="改",
        late_reason="急", **who,
    ),
    "begin": lambda o, later, **who: running.begin(o, **who),
    "estimate": lambda o, later, **who: running.estimate(
        o, estimated_at=later, reason="难", **who
    ),
    "extend": lambda o, later, **who: running.extend(
        o, ends_at=later, reason="难", **who
    ),
    "restore_part": lambda o, later, **who: running.restore_part(
        o, transformers=["T-YY1-01"], **who
    ),
    "restore": lambda o, later, **who: running.restore(o, **who),
    "weather": lambda o, later, **who: judging.classify(
        o, cause="weather", evidence="证明", **who
    ),
    "equipment": lambda o, later, **who: judging.classify(o, cause="equipment", **who),
    "confirm": lambda o, later, **who: judging.confirm_exclusion(o, **who),
    "reject": lambda o, later, **who: judging.reject_exclusion(o, **who),
    "review": lambda o, later, **who: judging.review(o, **who),
    "cancel": lambda o, later, **who: announcing.cancel(o, reason="停", **who),
    "merge": lambda o, later, **who: drafting.merge(
        o, into=Outage.objects.exclude(pk=o.pk).order_by("pk")[0], **who
    ),
    "final": lambda o, later, **who: arrears.give_final_notice(o, **who),
    "pay": lambda o, later, **who: arrears.record_payment(o, **who),
}  # fmt: skip
STEPS = st.tuples(
    st.sampled_from([*ACTS, "begin", "restore", "approve", "announce"]),
    st.integers(0, 3),
    st.integers(0, 3),
    st.sampled_from([0, 1, 30, 60 * 8, 60 * 24 * 7]),
    st.sampled_from([0, 60, 60 * 24 * 8, 60 * 24 * 70]),
)
STARTS = st.tuples(
    st.sampled_from(KINDS),
    st.lists(st.sampled_from(SCOPES), min_size=1, max_size=3),
    st.integers(0, 14),
)


def _start(kind: OutageKind, scope: list[Any], days: int) -> None:
    start = NOW + timedelta(days=days)
    if kind == OutageKind.FAULT:
        lives.fault(*scope)
        return
    owed = kind == OutageKind.ARREARS
    lives.drafted(
        *([lives.ZHANG_HOME] if owed else scope), kind=kind, starts_at=start,
        ends_at=None if owed else start + timedelta(hours=6),
        arrears=DEBT if owed else None,
    )  # fmt: skip


class Walk(TestCase):
    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        starts=st.lists(STARTS, min_size=2, max_size=4),
        steps=st.lists(STEPS, max_size=30),
    )
    def test_random_acts_keep_every_promise(self, starts, steps):
        grid()
        people = [sun(), zhou(), zhao(), wang()]
        for start in starts:
            _tried(lambda start=start: _start(*start))
        at = NOW
        for action, which, who, wait, ahead in steps:
            at += timedelta(minutes=wait)
            rows = list(Outage.objects.order_by("pk"))
            if len(rows) < 2:
                break
            row, later = rows[which % len(rows)], at + timedelta(minutes=ahead)
            _tried(
                lambda a=action, r=row, t=later, w=people[who], now=at: ACTS[a](
                    r, t, by=w, at=now
                )
            )
            assert {
                i.name: i.broken for i in of_outages.invariants(at) if i.broken
            } == {}


def _tried(act: Any) -> None:
    """Do an act; a refusal is an answer, anything else is a fault of ours."""
    try:
        act()
    except (Refused, ValidationError):
        return
