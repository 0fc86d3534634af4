"""How often lines and 台区 were cut, exactly, as of any day: asked of the facts."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from outages import counting
from outages.models import GovernanceCase, Line, Transformer
from outages.rules import frequent
from outages.rules.frequent import Verdict
from outages.vocabulary import ScopeLevel


@dataclass(frozen=True, slots=True)
class Counted:
    """One line or 台区 with its counts by rule, as of a day."""

    level: ScopeLevel
    key: int
    counts: dict[str, int]

    @property
    def verdict(self) -> Verdict:
        return frequent.verdict_of(self.counts)


@dataclass(frozen=True, slots=True)
class Named:
    """A counted part as people know it; ``case`` is the number of its case, or ''."""

    counted: Counted
    code: str
    name: str
    district: str
    case: str


def counts_on(
    day: date,
    *,
    line_ids: Collection[int] | None = None,
    transformer_ids: Collection[int] | None = None,
) -> list[Counted]:
    """Count as of a day, by what is known today; parts with nothing are left out.

    Without keys every part is counted; with keys only those asked for. A statement per
    level and per thousand keys.
    """
    everything = line_ids is None and transformer_ids is None
    asked = {
        ScopeLevel.LINE: None if everything else line_ids or (),
        ScopeLevel.TRANSFORMER: None if everything else transformer_ids or (),
    }
    return [
        Counted(level, key, counts)
        for level in counting.LEVELS
        for chunk in _asked(asked[level])
        for key, counts in sorted(counting.counts(level, chunk, day).items())
    ]


def _asked(keys: Collection[int] | None) -> Iterator[list[int] | None]:
    return iter([None]) if keys is None else counting.chunks(sorted(keys))


def named(found: Iterable[Counted]) -> list[Named]:
    """Name counted parts: the worst first, then by code. A few statements in all."""
    rows = list(found)
    parts = {level: _parts(level, rows) for level in counting.LEVELS}
    cases = {
        (counting.level_of(case), counting.key_of(case)): case.number
        for case in GovernanceCase.objects.open()
    }
    told = [
        Named(
            row,
            code=parts[row.level][row.key].code,
            name=parts[row.level][row.key].name,
            district=parts[row.level][row.key].region.name,
            case=cases.get((row.level, row.key), ""),
        )
        for row in rows
    ]
    return sorted(told, key=_worst_first)


def _parts(level: ScopeLevel, rows: list[Counted]) -> dict[int, Any]:
    model: Any = Line if level == ScopeLevel.LINE else Transformer
    keys = [row.key for row in rows if row.level == level]
    found: dict[int, Any] = {}
    for chunk in counting.chunks(keys):
        parts = model.objects.select_related("region").filter(pk__in=chunk)
        found |= {part.pk: part for part in parts}
    return found


def _worst_first(row: Named) -> tuple[Any, ...]:
    order = list(Verdict).index(row.counted.verdict)
    heaviest = [-row.counted.counts[rule.key] for rule in frequent.rules()]
    return (order, *heaviest, row.counted.level, row.code)
