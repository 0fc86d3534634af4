"""What a file would do to the network: counts, changes, and errors row by row."""

import hashlib
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from outages.models import Line, Premises, Substation, Transformer
from outages.services.network_files.columns import LABELS, Part
from outages.vocabulary import AreaClass, Importance
from sla.words import labelled

# How values are called where they are shown.
_WORDS = {
    **dict(AreaClass.choices),
    **dict(Importance.choices),
    "是": gettext_lazy("是"),
    "否": gettext_lazy("否"),
    "": gettext_lazy("（空）"),
}
ERRORS_KEPT = 200
CHANGES_KEPT = 200


@dataclass(frozen=True, slots=True)
class RowError:
    """What is wrong with a row; the first row is the header's, as in a spreadsheet."""

    row: int
    column: str
    sentence: str

    @property
    def told(self) -> str:
        """Return the column and what is wrong with it."""
        if not self.column:
            return self.sentence
        return labelled(LABELS[self.column], self.sentence)

    def __str__(self) -> str:
        return _("第%(row)s行 %(told)s") % {"row": self.row, "told": self.told}


@dataclass(slots=True)
class Count:
    """How many parts of a kind are new, changed, unchanged."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    """One fact of one part that would change, in words."""

    part: Part
    code: str
    column: str
    before: str
    after: str

    def __str__(self) -> str:
        before, after = (_WORDS.get(text, text) for text in (self.before, self.after))
        what = _("%(part)s%(code)s %(column)s") % {
            "part": self.part.label,
            "code": self.code,
            "column": LABELS[self.column],
        }
        return labelled(what, f"{before} → {after}")


@dataclass(slots=True)
class Altered:
    """The rows of one kind to write: new ones, and existing ones with new facts."""

    new: list[Any] = field(default_factory=list)
    changed: list[Any] = field(default_factory=list)


class AreaFact(NamedTuple):
    """One fact of a 台区 before and after."""

    area: Transformer
    column: str
    before: str
    after: str


class AccountFact(NamedTuple):
    """An account as it is to stand; its premises and 台区 may be new themselves."""

    number: str
    area: Transformer
    premises: Premises | None
    importance: str


@dataclass(slots=True)
class Plan:
    """The preview of an import, and what applying it would write."""

    name: str = ""
    sha256: str = ""
    counts: dict[Part, Count] = field(
        default_factory=lambda: {part: Count() for part in Part}
    )
    errors: list[RowError] = field(default_factory=list)
    error_count: int = 0
    changes: list[Change] = field(default_factory=list)
    _noted: Any = field(default_factory=hashlib.sha256, repr=False)

    substations: Altered = field(default_factory=Altered)
    lines: Altered = field(default_factory=Altered)
    areas: Altered = field(default_factory=Altered)
    premises: Altered = field(default_factory=Altered)
    accounts_new: list[AccountFact] = field(default_factory=list)
    accounts_changed: list[AccountFact] = field(default_factory=list)
    area_facts: list[AreaFact] = field(default_factory=list)
    # 台区 that are in another district now; their addresses follow.
    moved: list[Transformer] = field(default_factory=list)

    @property
    def alters(self) -> bool:
        """Tell whether anything would be written."""
        return any(count.new or count.changed for count in self.counts.values())

    def fail(self, row: int, column: str, sentence: str) -> None:
        """Note an error; beyond the first two hundred they are only counted."""
        self.error_count += 1
        if len(self.errors) < ERRORS_KEPT:
            self.errors.append(RowError(row, column, sentence))

    def note(self, change: Change) -> None:
        """Note a change, in words as long as the list is still one that people read."""
        self._noted.update(repr(change).encode())
        if len(self.changes) < CHANGES_KEPT:
            self.changes.append(change)

    @property
    def seal(self) -> str:
        """Return 64 hex digits that are equal for plans that would do the same."""
        known = self._noted.copy()
        known.update(repr(sorted(self.tally().items())).encode())
        return str(known.hexdigest())

    def tally(self) -> dict[str, list[int]]:
        """Return the counts of the parts concerned: new, changed, unchanged."""
        return {
            part.value: [count.new, count.changed, count.unchanged]
            for part, count in self.counts.items()
            if count.new or count.changed or count.unchanged
        }


Station = Substation | Line | Transformer
