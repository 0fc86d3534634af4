"""The two clocks of a repair: there in time, and power back in time.

Minutes around the clock (十项承诺 第三条, ``rules/repair.yaml``): from the first report
to arrival, from arrival to restoration. Street lights are no supply of anybody's and
remote areas have no promise of restoration: nothing is timed there.
"""

from collections.abc import Sequence
from datetime import datetime

from outages import rules
from outages.models import RepairOrder
from outages.vocabulary import Trouble
from sla.services import clocks
from sla.services.clocks import Start
from sla.vocabulary import RepairStage, Unit

KIND = "repair"
_LIMITS = {
    RepairStage.ARRIVAL: "arrival_minutes",
    RepairStage.RESTORATION: "restore_minutes",
}


def promised_minutes(order: RepairOrder, stage: RepairStage) -> int | None:
    """Return how many minutes are promised, or None where nothing is."""
    if order.trouble == Trouble.STREET_LIGHT:
        return None
    minutes: int | None = rules.read("repair")[_LIMITS[stage]].get(order.area_class)
    return minutes


def received(order: RepairOrder, *, by: str) -> None:
    """Start the clock of arrival at the first report."""
    _begin(order, RepairStage.ARRIVAL, at=order.reported_at, by=by)


def arrived(order: RepairOrder, *, at: datetime, by: str) -> None:
    """Stop the clock of arrival, start the one of restoration."""
    _stop(order, RepairStage.ARRIVAL, at=at, by=by)
    _begin(order, RepairStage.RESTORATION, at=at, by=by)


def restored(order: RepairOrder, *, at: datetime, by: str) -> None:
    """Stop the clock of restoration."""
    _stop(order, RepairStage.RESTORATION, at=at, by=by)


def called_off(order: RepairOrder, *, at: datetime, by: str, reason: str) -> None:
    """End whatever runs without a judgement: it was no fault of the network."""
    clocks.cancel(reference=order.number, kinds=[KIND], at=at, by=by, reason=reason)


def _begin(order: RepairOrder, stage: RepairStage, *, at: datetime, by: str) -> None:
    minutes = promised_minutes(order, stage)
    if minutes is None:
        return
    clocks.begin(
        [Start(kind=KIND, stage=stage, limit=minutes, unit=Unit.MINUTE)],
        reference=order.number,
        region=order.region_id,
        user_type="",
        at=at,
        by=by,
    )


def _stop(order: RepairOrder, stage: RepairStage, *, at: datetime, by: str) -> None:
    stages: Sequence[str] = [stage]
    clocks.stop(reference=order.number, kinds=[KIND], stages=stages, at=at, by=by)
