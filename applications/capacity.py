"""How many kilowatts people need, for those who do not think in kilowatts."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from django.utils.translation import gettext as _

from applications import catalogue


@dataclass(frozen=True, slots=True)
class Example:
    """A typical user, or an appliance: its name and its kilowatts."""

    key: str
    label: str
    note: str
    kw: Decimal


def typical(kind: str) -> list[Example]:
    """Return typical users of a kind, in the order of the catalogue."""
    return [
        Example(key, _(facts["label"]), _(facts["note"]), Decimal(str(facts["kw"])))
        for key, facts in catalogue.read("capacities")["typical"].get(kind, {}).items()
    ]


def appliances(kind: str) -> list[Example]:
    """Return the appliances that users of a kind have."""
    return [
        Example(key, _(facts["label"]), "", Decimal(str(facts["kw"])))
        for key, facts in catalogue.read("capacities")["appliances"].items()
        if kind in facts["kinds"]
    ]


def when_unsure(kind: str) -> Decimal:
    """Return what to ask for when somebody has no idea; it is settled on site."""
    return Decimal(catalogue.read("capacities")["unsure"][kind])


def estimate(counts: Mapping[str, int]) -> Decimal | None:
    """Return the kilowatts to ask for with so many of each appliance, or None for none.

    Not everything runs at the same time, but the largest appliance must be able to.
    """
    rules = catalogue.read("capacities")
    powers = {
        key: Decimal(str(rules["appliances"][key]["kw"]))
        for key, count in counts.items()
        if count > 0
    }
    if not powers:
        return None
    together = sum((powers[key] * counts[key] for key in powers), Decimal(0))
    share = Decimal(str(rules["at_the_same_time"]))
    return _rounded_up(max(max(powers.values()), together * share), rules["steps"])


def _rounded_up(kw: Decimal, steps: list[int]) -> Decimal:
    for step in steps:
        if kw <= step:
            return Decimal(step)
    return (kw / 50).to_integral_value(ROUND_CEILING) * 50
