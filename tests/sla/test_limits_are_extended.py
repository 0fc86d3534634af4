"""A clock may get another limit: for another user type, or another sum of steps."""

import pytest
from django.db import transaction

from sla.models import Clock
from sla.services import clocks
from sla.services.clocks import ClockRefused
from tests.sla.world import BY, HANGZHOU, JINING, act, at, kinds, number, started

pytestmark = pytest.mark.usefixtures("laws")


def extended(clock: Clock, day: str, **more: object) -> Clock:
    """Give the case of a clock another limit."""
    clocks.extend(
        reference=clock.reference,
        kind=clock.kind,
        stage=clock.stage,
        at=at(day),
        by=BY,
        reason="现场查勘",
        **more,  # type: ignore[arg-type]
    )
    clock.refresh_from_db()
    return clock


def test_an_external_line_makes_five_days_fifteen() -> None:
    clock = started("2026-09-01", user_type="three_zero", stage="total", kind="total")
    assert str(clock.due_on) == "2026-09-08"
    extended(clock, "2026-09-02", user_type="three_zero_line")
    assert (clock.limit_value, clock.user_type) == (15, "three_zero_line")
    assert str(clock.due_on) == "2026-09-21"  # Sunday 09-20 is worked
    assert kinds(clock) == ["start", "extend"]


def test_another_sum_counts_for_the_national_clock_only() -> None:
    reference = number()
    clock = started(
        reference=reference, region=JINING, kind="total", stage="total", limit=17
    )
    extended(clock, "2026-09-02", value=22)
    told = Clock.objects.of(reference).order_by("level").values_list("limit_value")
    assert list(told) == [(22,), (7,)]


def test_the_same_limit_again_is_no_event() -> None:
    clock = started("2026-09-01")
    assert kinds(extended(clock, "2026-09-02")) == ["start"]


def test_a_promise_ends_where_the_new_type_has_none() -> None:
    reference = number()
    national = started(reference=reference, region=JINING)
    extended(national, "2026-09-02", user_type="high_voltage_dual")
    promise = Clock.objects.get(reference=reference, level="promise")
    assert (national.limit_value, promise.state) == (20, "cancelled")


def test_a_type_without_a_limit_is_refused() -> None:
    clock = started("2026-09-01", stage="design_review")
    with pytest.raises(ClockRefused, match="没有对应的时限"), transaction.atomic():
        extended(clock, "2026-09-02", user_type="low_voltage")
    assert kinds(clock) == ["start"]


def test_another_unit_is_refused() -> None:
    clock = started(
        "2026-09-01", region=JINING, user_type="three_zero", kind="total", stage="total"
    )
    promise = Clock.objects.get(reference=clock.reference, level="promise")
    Clock.objects.filter(pk=promise.pk).update(region=HANGZHOU)
    with pytest.raises(ClockRefused, match="单位不同"):
        extended(promise, "2026-09-02", user_type="three_zero_line")


def test_a_recorded_breach_is_annotated_and_stands() -> None:
    clock = started("2026-09-01", user_type="three_zero", stage="total", kind="total")
    extended(clock, "2026-09-09", user_type="three_zero_line")
    assert kinds(clock) == ["start", "warn", "breach", "annotate"]
    assert (clock.limit_value, clock.breached_at) == (5, clock.due_at)
    assert act("stop", clock, "2026-09-10").state == "missed"
