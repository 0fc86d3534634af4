"""Loading twice changes nothing; a changed file makes a new version beside the old."""

import shutil
from pathlib import Path

import pytest

from sla.models import Policy, PolicyLimit, Region
from sla.services import policies
from sla.services.policies import Loaded
from tests.sla.world import at

pytestmark = pytest.mark.usefixtures("no_laws")
NOW, LATER = at("2026-01-01"), at("2026-02-01")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Copy the repository's files and load them once."""
    copied = tmp_path / "policies"
    shutil.copytree(policies.FOLDER, copied)
    assert policies.load(folder=copied, at=NOW) == Loaded(23, 6, 0, 0)
    return copied


def change(folder: Path, name: str, old: str, new: str) -> None:
    """Edit one file."""
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new), encoding="utf-8")


def test_a_second_time_changes_nothing(folder: Path) -> None:
    assert policies.load(folder=folder, at=LATER) == Loaded(0, 0, 0, 6)


def test_remarks_and_layout_do_not_count(folder: Path) -> None:
    change(folder, "jining.yaml", "key: jining-2021", "# 说明\n\nkey:   jining-2021")
    assert policies.load(folder=folder, at=LATER).unchanged == 6


def test_a_changed_file_makes_a_new_version(folder: Path) -> None:
    change(folder, "jining.yaml", "total: 2", "total: 3")
    assert policies.load(folder=folder, at=LATER) == Loaded(0, 0, 1, 5)
    old, new = Policy.objects.filter(key="jining-2021").order_by("version")
    assert (old.version, old.superseded_at) == (1, LATER)
    assert (new.version, new.superseded_at) == (2, None)
    limits = PolicyLimit.objects.filter(user_type="three_zero", stage="total")
    assert limits.get(policy=old).value == 2
    assert limits.get(policy=new).value == 3


def test_what_an_operator_edited_survives_loading(folder: Path) -> None:
    Policy.objects.filter(key="jining-2021").update(title="改过的名称")
    policies.load(folder=folder, at=LATER)
    assert Policy.objects.get(key="jining-2021").title == "改过的名称"


def test_a_renamed_region_is_renamed(folder: Path) -> None:
    change(folder, "regions.yaml", "name: 蓟州区", "name: 蓟县")
    assert policies.load(folder=folder, at=LATER).regions == 1
    assert str(Region.objects.get(pk="120119")) == "蓟县"


def test_history_tells_who_was_there_first(folder: Path) -> None:
    assert Policy.history.filter(key="tianjin-2025").count() == 1
    assert Region.history.filter(code="120101").count() == 1


def test_steps_without_a_total_and_empty_remarks_are_fine(folder: Path) -> None:
    change(folder, "jining.yaml", "    total: 7\n    measure: utility_steps\n", "")
    file = folder / "linyi.yaml"
    file.write_text(file.read_text(encoding="utf-8") + "clause:\n", encoding="utf-8")
    assert policies.load(folder=folder, at=LATER).replaced == 1
    current = Policy.objects.current().get(key="jining-2021")
    stages = current.limits.filter(user_type="high_voltage_single")
    assert set(stages.values_list("stage", flat=True)) == {
        "plan_reply",
        "final_inspection",
    }
