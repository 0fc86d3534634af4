"""A policy put right holds from the start of every open clock it covers."""

import shutil
from pathlib import Path

import pytest

from sla.models import Policy, PolicyLimit
from sla.services import clocks, policies, recompute, sweep
from tests.sla.world import BY, HANGZHOU, act, at, kinds, number, started

pytestmark = pytest.mark.usefixtures("laws")


def correct(value: int, unit: str = "working_day", stage: str = "plan_reply") -> None:
    """Edit the limit for a single high-voltage supply in place, as the admin does."""
    limit = PolicyLimit.objects.get(
        policy__key="tianjin-2025", user_type="high_voltage_single", stage=stage
    )
    limit.value, limit.unit = value, unit
    limit.save()


def test_the_new_limit_counts_from_the_start() -> None:
    clock = started("2026-09-01")
    correct(8)
    assert recompute.run(at=at("2026-09-02"), by=BY).moved == 1
    clock.refresh_from_db()
    assert (clock.limit_value, str(clock.due_on)) == (8, "2026-09-11")
    assert clock.events.get(kind="recompute").payload["limit"] == [10, 8]


def test_a_second_correction_replaces_the_first() -> None:
    clock = started("2026-09-01")
    for value in (8, 12):
        correct(value)
        recompute.run(at=at("2026-09-02"), by=BY)
    clock.refresh_from_db()
    assert str(clock.due_on) == "2026-09-17"
    assert act("stop", clock, "2026-09-17").state == "met"


def test_another_unit_is_taken_over() -> None:
    clock = started("2026-09-01")
    correct(10, unit="calendar_day")
    recompute.run(at=at("2026-09-02"), by=BY)
    clock.refresh_from_db()
    assert (clock.limit_unit, str(clock.due_on)) == ("calendar_day", "2026-09-11")


def test_a_limit_cut_into_the_past_breaches_at_its_true_moment() -> None:
    clock = started("2026-09-01")
    correct(2)
    recompute.run(at=at("2026-09-08"), by=BY)
    sweep.run(at=at("2026-09-08", "09:01"))
    clock.refresh_from_db()
    assert (str(clock.due_on), clock.breached_at) == ("2026-09-03", clock.due_at)
    assert kinds(clock) == ["start", "recompute", "warn", "breach"]


def test_a_recorded_breach_is_annotated() -> None:
    clock = started("2026-09-01")
    sweep.run(at=at("2026-09-16"))
    correct(15)
    assert recompute.run(at=at("2026-09-16"), by=BY).lifted == 1
    clock.refresh_from_db()
    assert (clock.limit_value, str(clock.due_on)) == (10, "2026-09-15")
    assert clock.events.get(kind="annotate").payload["limit"] == [10, 15]


def test_a_sum_of_steps_is_not_the_policys_to_correct() -> None:
    clock = started("2026-09-01", kind="total", stage="total", limit=17)
    correct(20, stage="total")
    assert recompute.run(at=at("2026-09-02"), by=BY).moved == 0
    clock.refresh_from_db()
    assert clock.limit_value == 17


def test_a_correction_after_an_extension_corrects_the_extension() -> None:
    clock = started("2026-09-01")
    clocks.extend(
        reference=clock.reference,
        kind="stage",
        stage="plan_reply",
        user_type="high_voltage_dual",
        at=at("2026-09-02"),
        by=BY,
        reason="改为双电源",
    )
    limit = PolicyLimit.objects.get(
        policy__key="tianjin-2025", user_type="high_voltage_dual", stage="plan_reply"
    )
    limit.value = 18
    limit.save()
    recompute.run(at=at("2026-09-03"), by=BY)
    clock.refresh_from_db()
    assert (clock.limit_value, str(clock.due_on)) == (18, "2026-09-24")


def test_a_policy_for_another_day_or_place_changes_nothing() -> None:
    started("2026-09-01", region=HANGZHOU)
    old = act("pause", started("2024-09-02"), "2024-09-03")
    correct(8)
    assert recompute.run(at=at("2026-09-02"), by=BY).moved == 0
    old.refresh_from_db()
    assert old.limit_value == 10


def test_a_changed_file_pins_open_clocks_to_its_new_version(tmp_path: Path) -> None:
    clock, reference = started("2026-09-01"), number()
    folder = tmp_path / "policies"
    shutil.copytree(policies.FOLDER, folder)
    file = folder / "tianjin.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text.replace("clause: 附件2\n", "clause: 附件2（核对版）\n"), "utf-8"
    )
    policies.load(folder=folder, at=at("2026-09-02"))
    assert recompute.run(at=at("2026-09-02"), by=BY).moved == 0
    clock.refresh_from_db()
    assert clock.policy_limit is not None
    assert clock.policy_limit.policy.version == 2
    assert Policy.objects.filter(key="tianjin-2025").count() == 2
    assert started("2026-09-03", reference=reference).policy_limit_id == (
        clock.policy_limit_id
    )


def test_a_withdrawn_policy_leaves_running_clocks_as_they_are() -> None:
    clock = started("2026-09-01", region="100000")
    Policy.objects.filter(key="national-2025").update(valid_from="2026-10-01")
    assert recompute.run(at=at("2026-09-02"), by=BY).moved == 0
    clock.refresh_from_db()
    assert clock.limit_value == 10
