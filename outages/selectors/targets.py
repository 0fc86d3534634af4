"""What reliability should be, and what follows when it is not (rules/reliability)."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from outages import rules
from outages.indices import Indices, rounded_down, rounded_up
from outages.vocabulary import AreaClass


@dataclass(frozen=True, slots=True)
class Verdict:
    """One target, what was reached, and whether that is enough; None: undefined."""

    area_class: AreaClass
    measure: str
    bound: str
    reached: str
    met: bool | None
    source: str

    @property
    def label(self) -> str:
        """Return what is judged: 城区 ASAI."""
        return f"{self.area_class.label} {MEASURES[self.measure][0]}"


@dataclass(frozen=True, slots=True)
class Reward:
    """What the proposed table of rewards gives for a rate."""

    points: int
    name: str


# What a measure is called, its unit, its digits, and where it comes from.
MEASURES: dict[str, tuple[str, str | Promise, int, str]] = {
    "asai": ("ASAI", "%", 4, "asai"),
    "saidi_hours": ("SAIDI", gettext_lazy("小时/户"), 3, "saidi"),
    "saifi": ("SAIFI", gettext_lazy("次/户"), 3, "saifi"),
}


def in_force() -> dict[str, Any]:
    """Return the targets and the table of rewards of today; publication keeps both."""
    known = rules.read("reliability")
    return {"targets": known["targets"], "rewards": known["rewards"]}


def verdicts(
    told: Indices, area_class: str, rulebook: Mapping[str, Any]
) -> list[Verdict]:
    """Judge the indices of one class of area by every target that holds there."""
    return [
        _verdict(told, target)
        for target in rulebook["targets"]
        if target["area_class"] == area_class
    ]


def _verdict(told: Indices, target: dict[str, Any]) -> Verdict:
    name = str(target["measure"])
    _label, unit, digits, attribute = MEASURES[name]
    reached: Fraction | None = getattr(told, attribute)
    lower = "at_least" in target
    bound = _exact(target["at_least" if lower else "at_most"])
    write = rounded_down if lower else rounded_up
    met = None if reached is None else (reached >= bound if lower else reached <= bound)
    sign = "≥" if lower else "≤"
    return Verdict(
        area_class=AreaClass(target["area_class"]),
        measure=name,
        bound=f"{sign} {float(bound):g} {unit}",
        reached=f"{write(reached, digits)} {unit}",
        met=met,
        source=str(target["source"]),
    )


def reward(
    told: Indices, area_class: str, rulebook: Mapping[str, Any]
) -> Reward | None:
    """Return what a rate earns or costs; None without a rate or a target.

    The table is a proposal: ``rules/reliability.yaml`` says who must confirm it.
    """
    target = next(
        (
            each
            for each in rulebook["targets"]
            if each["measure"] == "asai" and each["area_class"] == area_class
        ),
        None,
    )
    if target is None or told.asai is None:
        return None
    margin = told.asai - _exact(target["at_least"])
    for step in rulebook["rewards"]["steps"]:
        lowest = step.get("margin_at_least")
        if lowest is None or margin >= _exact(lowest):
            return Reward(int(step["points"]), _(step["name"]))
    raise ValueError(_("奖惩表最后一行不能有下限。"))


def _exact(number: float | str) -> Fraction:
    """Read 99.9 as 999/10, not as the nearest binary number."""
    return Fraction(str(number))
