"""How long something may take."""

from dataclasses import dataclass
from typing import Final

from sla.engine.refusals import Unreckonable

WORKING_DAY: Final = "working_day"
CALENDAR_DAY: Final = "calendar_day"
MINUTE: Final = "minute"
UNITS: Final = (WORKING_DAY, CALENDAR_DAY, MINUTE)

MOST_DAYS: Final = 3660
# The greatest value per unit: ten years, beyond which a limit is a slip of the pen.
_MOST = {
    WORKING_DAY: MOST_DAYS,
    CALENDAR_DAY: MOST_DAYS,
    MINUTE: MOST_DAYS * 24 * 60,
}


class BadLimit(Unreckonable):
    """A limit that is none."""


@dataclass(frozen=True, slots=True)
class Limit:
    """A number of working days, of dates, or of minutes (which run round the clock)."""

    value: int
    unit: str

    def __post_init__(self) -> None:
        """Refuse an unknown unit, and a value not a whole number up to ten years."""
        if self.unit not in UNITS:
            raise BadLimit(
                f"不认识的时限单位{self.unit!r}，应为{'、'.join(UNITS)}之一。"
            )
        if isinstance(self.value, bool) or not isinstance(self.value, int):
            raise BadLimit(f"时限必须是整数，不能是{self.value!r}。")
        if self.value < 1:
            raise BadLimit("时限必须是正整数，至少为1。")
        if self.value > _MOST[self.unit]:
            raise BadLimit(f"时限过大，最多为{_MOST[self.unit]}。")

    @property
    def in_days(self) -> bool:
        """Tell whether whole dates are counted."""
        return self.unit != MINUTE

    @property
    def warn_after(self) -> int:
        """Return the counted day that opens with a warning: 80 % or one day left."""
        return max(1, self.value - max(1, self.value // 5))
