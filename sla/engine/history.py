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
    paused_spans: list[PausedSpan] = field(default_factory=list)
    pauses: int = 0  # how many are open; the clock runs again when all were resumed
    ended: Moment | None = None

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

    def _pause(self, moment: Moment) -> None:
        if not self.pauses:
            self.runs[-1] = Run(self.runs[-1].begin, moment.at)
            self.paused_spans.append(PausedSpan(moment.day, None, moment.reason))
        else:
            span = self.paused_spans[-1]
            told = [part for part in (span.reason, moment.reason) if part]
            reason = "；".join(dict.fromkeys(told))
            self.paused_spans[-1] = PausedSpan(span.start_on, None, reason)
        self.pauses += 1

    def _resume(self, moment: Moment) -> None:
        if not self.pauses:
            raise BadHistory(f"没有暂停，不能恢复（{_told(moment)}）。")
        self.pauses -= 1
        if not self.pauses:
            self._run_again(moment)

    def _end(self, moment: Moment) -> None:
        if self.pauses:
            self.pauses = 0
            self._run_again(moment)
        self.ended = moment

    def _run_again(self, moment: Moment) -> None:
        span = self.paused_spans[-1]
        self.paused_spans[-1] = PausedSpan(span.start_on, moment.day, span.reason)
        self.runs.append(Run(moment.at, None))


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
