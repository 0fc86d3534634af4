"""The runs of a clock laid on its scale: what was used, and where it is used up."""

from dataclasses import dataclass
from datetime import datetime

from sla.engine.calendar import WorkCalendar
from sla.engine.history import History
from sla.engine.limits import Limit
from sla.engine.scales import Scale, scale_of


@dataclass(frozen=True, slots=True)
class Course:
    """Positions between which a clock ran; the last run is open while it runs."""

    limit: Limit
    scale: Scale
    runs: tuple[tuple[int, int | None], ...]

    @classmethod
    def of(cls, history: History, calendar: WorkCalendar) -> "Course":
        """Lay a history on the scale of its limit."""
        scale = scale_of(history.limit, calendar)
        runs = tuple(
            (scale.at(run.begin), None if run.end is None else scale.at(run.end))
            for run in history.runs
        )
        return cls(history.limit, scale, runs)

    def used(self, until: datetime) -> int:
        """Return the whole units used up to a moment not before the last one read."""
        last = self.scale.at(until)
        spent = sum(
            self.scale.between(begin, last if end is None else end)
            for begin, end in self.runs
        )
        return spent // self.scale.grain

    def due_at(self) -> datetime | None:
        """Return the last moment in time; None while that depends on a resumption."""
        point = self._used_up(self.limit.value * self.scale.grain, carry=True)
        return None if point is None else self.scale.last_moment(point)

    def warn_at(self) -> datetime | None:
        """Return when to warn: as a day opens, or for minutes when 80 % are used."""
        value = self.limit.value
        in_days = self.limit.in_days
        amount = self.limit.warn_after if in_days else value * self.scale.grain * 4 // 5
        point = self._used_up(amount, carry=False)
        return None if point is None else self.scale.first_moment(point)

    def _used_up(self, amount: int, *, carry: bool) -> int | None:
        """Return the position at which an amount is used up, None if not yet known.

        Reached before a pause, it stays there. Reached exactly where a pause begins,
        nothing is left to run: with `carry` it moves to where the clock resumes.
        """
        for begin, end in self.runs:
            point = self.scale.after(begin, amount)
            if end is None or point < end or (point == end and not carry):
                return point
            amount -= self.scale.between(begin, end)
        return None
