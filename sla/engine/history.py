"""The moments of a clock, read in order into what ran and what stood still."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sla.engine.limits import Limit
from sla.engine.moments import BadHistory, Moment


@dataclass(frozen=True, slots=True)
class Run:
    """A time in which the clock ran; open when `end` is None."""

    begin: datetime
    end: datetime | None


@dataclass(frozen=True, slots=True)
class PausedSpan:
    """Whole dates that a pause took: (start_on, end_on]; open when `end_on` is None."""

    start_on: date
    end_on: date | None
    reason: str


@dataclass(slots=True)
class History:
    """Where a clock has been; grows by one moment at a time."""

    limit: Limit
    started_at: datetime
    runs: list[Run] = field(default_factory=list)
    ended: Moment | None = None
    # The pauses still open: the clock runs again when every one was resumed.
    paused_on: date | None = None
    depth: int = 0
    reasons: dict[str, None] = field(default_factory=dict)
    _closed: list[PausedSpan] = field(default_factory=list)

    @classmethod
    def read(cls, limit: Limit, events: Sequence[Moment], at: datetime) -> "History":
        """Return the history up to `at`; later moments have not happened yet."""
        first, *others = _until(events, at)
        history = cls(limit, first.at, [Run(first.at, None)])
        for moment in others:
            history.take(moment)
        return history

    def take(self, moment: Moment) -> None:
        """Let one more moment happen, or refuse it."""
        if self.ended:
            raise BadHistory(f"计时已经结束，之后不能再有事件（{_told(moment)}）。")
        match moment.kind:
            case "start":
                raise BadHistory(f"计时只能开始一次（{_told(moment)}）。")
            case "pause":
                self._pause(moment)
            case "resume":
                self._resume(moment)
            case "extend":
                self.limit = Limit(moment.value or 0, self.limit.unit)
            case _:
                self._end(moment)

    @property
    def paused_spans(self) -> tuple[PausedSpan, ...]:
        """Return the pauses so far, the open one last."""
        if self.paused_on is None:
            return tuple(self._closed)
        return (*self._closed, self._span(self.paused_on, None))

    def _pause(self, moment: Moment) -> None:
        if self.paused_on is None:
            self.runs[-1] = Run(self.runs[-1].begin, moment.at)
            self.paused_on = moment.day
        self.depth += 1
        if moment.reason:
            self.reasons[moment.reason] = None

    def _resume(self, moment: Moment) -> None:
        if self.paused_on is None:
            raise BadHistory(f"没有暂停，不能恢复（{_told(moment)}）。")
        self.depth -= 1
        if not self.depth:
            self._run_again(self.paused_on, moment)

    def _end(self, moment: Moment) -> None:
        if self.paused_on is not None:
            self._run_again(self.paused_on, moment)
        self.ended = moment

    def _run_again(self, paused_on: date, moment: Moment) -> None:
        self._closed.append(self._span(paused_on, moment.day))
        self.runs.append(Run(moment.at, None))
        self.paused_on, self.depth, self.reasons = None, 0, {}

    def _span(self, start_on: date, end_on: date | None) -> PausedSpan:
        return PausedSpan(start_on, end_on, "；".join(self.reasons))


def _until(events: Sequence[Moment], at: datetime) -> list[Moment]:
    """Return the moments up to `at` in order, the start first."""
    ordered = sorted(events, key=lambda moment: moment.at)
    started = next((moment for moment in ordered if moment.kind == "start"), None)
    if started is None:
        raise BadHistory("缺少开始（start）事件。")
    if ordered[0] is not started:
        raise BadHistory(f"第一个事件必须是开始（start），而不是{_told(ordered[0])}。")
    if at < started.at:
        raise BadHistory(
            f"查询时刻{at.isoformat()}早于开始时刻{started.at.isoformat()}。"
        )
    return [moment for moment in ordered if moment.at <= at]


def _told(moment: Moment) -> str:
    return f"{moment.at.isoformat()} {moment.kind}"
