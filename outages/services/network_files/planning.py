"""Compare the rows of a file with the network as it stands.

Parts are looked at from the top downwards, whatever the order of the rows; accounts,
the many, are kept small and compared in batches.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from sys import intern
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from outages.models import Line, Substation, Transformer
from outages.services.network_files import sentences
from outages.services.network_files.accounts import AccountRow, AccountsPlanner
from outages.services.network_files.addresses import AddressesPlanner
from outages.services.network_files.cells import (
    INHERITED,
    Cell,
    Wrong,
    cells_of,
)
from outages.services.network_files.columns import Part, part_named
from outages.services.network_files.plans import (
    Altered,
    AreaFact,
    Change,
    Plan,
    Station,
)
from outages.services.network_files.reading import Row, Table
from sla.engine import day_of
from sla.models import Region
from sla.words import listed

_ABOVE = {Part.LINE: Part.SUBSTATION, Part.TRANSFORMER: Part.LINE}
_MODELS: dict[Part, type[Station]] = {
    Part.SUBSTATION: Substation,
    Part.LINE: Line,
    Part.TRANSFORMER: Transformer,
}


def plan(table: Table, *, at: datetime) -> Plan:
    """Return what importing these rows would do; nothing is written."""
    return _Planner(table, at).run()


class _Planner:
    """Hold what is known while one file is looked through."""

    def __init__(self, table: Table, at: datetime) -> None:
        self.table = table
        self.today = day_of(at)
        self.plan = Plan(table.name, table.sha256)
        self.cells = cells_of(_regions())
        self.stations: dict[Part, dict[str, Station]] = {
            part: {row.code: row for row in model._default_manager.all()}
            for part, model in _MODELS.items()
        }
        self.codes = {
            part: {row.pk: code for code, row in rows.items()}
            for part, rows in self.stations.items()
        }
        self.names: dict[Part, set[str]] = {}
        self.rows: dict[Part, list[Row]] = {part: [] for part in Part}
        self.accounts: list[AccountRow] = []
        self.retired: dict[str, int] = {}

    def run(self) -> Plan:
        self._sort()
        # Every code of the file: the row of a missing parent may be a faulty one.
        self.names = {
            part: {row.cells.get("code", "").upper() for row in rows}
            for part, rows in self.rows.items()
        }
        for part, altered in (
            (Part.SUBSTATION, self.plan.substations),
            (Part.LINE, self.plan.lines),
            (Part.TRANSFORMER, self.plan.areas),
        ):
            seen: dict[str, int] = {}
            for row in self.rows[part]:
                self._station(part, row, seen, altered)
        areas = {
            code: row
            for code, row in self.stations[Part.TRANSFORMER].items()
            if isinstance(row, Transformer)
        }
        named = self.names[Part.TRANSFORMER]
        addresses = AddressesPlanner(self.plan, areas, named)
        addresses.load(self.rows[Part.PREMISES], self.accounts)
        for row in self.rows[Part.PREMISES]:
            values = self._values(Part.PREMISES, row)
            if values is not None:
                addresses.add(row.number, values)
        AccountsPlanner(self.plan, areas, named, addresses).run(
            self.accounts, self.retired
        )
        self.plan.errors.sort(key=lambda error: error.row)
        return self.plan

    # -- Rows by part ------------------------------------------------------------------
    def _sort(self) -> None:
        for row in self.table.rows:
            if row.fault:
                self.plan.fail(row.number, "", row.fault)
                continue
            part = part_named(row.cells.get("part", ""))
            if part is None:
                self.plan.fail(row.number, "part", _unknown_part(row.cells))
            elif part is Part.ACCOUNT:
                self._account(row)
            else:
                self.rows[part].append(row)

    def _account(self, row: Row) -> None:
        values = self._values(Part.ACCOUNT, row)
        if values is not None:
            self.accounts.append(
                AccountRow(
                    row.number,
                    values["code"],
                    intern(values.get("parent", "")),
                    values.get("address"),
                    values.get("importance"),
                )
            )

    # -- One row -----------------------------------------------------------------------
    def _values(self, part: Part, row: Row) -> dict[str, Any] | None:
        """Return what the cells mean by column, or None if one means nothing."""
        values: dict[str, Any] = {}
        good = True
        known = self.cells[part]
        for column, text in row.cells.items():
            cell = known.get(column)
            if cell is None:
                good &= column == "part" or self._is_blank(part, row, column)
                continue
            try:
                values[column] = _value(cell, text)
            except Wrong as wrong:
                self.plan.fail(row.number, column, str(wrong))
                good = False
        return values if good and self._has_key(part, row, values) else None

    def _is_blank(self, part: Part, row: Row, column: str) -> bool:
        if row.cells[column]:
            sentence = _("%s没有这一项，请留空。") % part.label
            self.plan.fail(row.number, column, sentence)
            return False
        return True

    def _has_key(self, part: Part, row: Row, values: Mapping[str, Any]) -> bool:
        key = ("parent", "address") if part is Part.PREMISES else ("code",)
        for column in key:
            if column not in values:
                self.plan.fail(row.number, column, sentences.missing(column))
                return False
        return True

    def _station(
        self, part: Part, row: Row, seen: dict[str, int], altered: Altered
    ) -> None:
        values = self._values(part, row)
        if values is None:
            return
        code = values["code"]
        if code in seen:
            self.plan.fail(row.number, "code", sentences.twice(code, seen[code]))
            return
        seen[code] = row.number
        existing = self.stations[part].get(code)
        if existing is None and not self._complete(part, row, values):
            return
        facts = self._facts(part, row, values, existing)
        if facts is None or not self._possible(row, facts, existing):
            return
        if existing is None:
            made = _MODELS[part](**facts)
            self.stations[part][code] = made
            altered.new.append(made)
            self.plan.counts[part].new += 1
        else:
            self._change(part, existing, facts, altered)
        if facts.get("retired_on"):
            self.retired[code] = row.number

    def _complete(self, part: Part, row: Row, values: Mapping[str, Any]) -> bool:
        """Tell whether a new part has every column it needs."""
        missing = [
            column
            for column, cell in self.cells[part].items()
            if cell.required and column not in values
        ]
        for column in missing:
            self.plan.fail(row.number, column, sentences.missing(column))
        return not missing

    def _facts(
        self,
        part: Part,
        row: Row,
        values: dict[str, Any],
        existing: Station | None,
    ) -> dict[str, Any] | None:
        """Return the model's fields; None if the part above is not there."""
        facts = dict(values)
        above: Any = None
        if part in _ABOVE:
            above = self._above(part, row, facts.pop("parent", None), existing)
            if above is None:
                return None
            facts[_ABOVE[part].value] = above
        if existing is None:
            blanks = {c: cell.blank for c, cell in self.cells[part].items()}
            facts = {c: b for c, b in blanks.items() if c != "parent"} | facts
        for column in ("region", "area_class"):
            if facts.get(column) is INHERITED:
                facts[column] = getattr(
                    above, "region_id" if column == "region" else column
                )
        if "region" in facts:
            facts["region_id"] = facts.pop("region")
        return facts

    def _above(
        self, part: Part, row: Row, code: str | None, existing: Station | None
    ) -> Station | None:
        upper = _ABOVE[part]
        if code is None and existing is not None:
            code = self.codes[upper][getattr(existing, f"{upper.value}_id")]
        found = self.stations[upper].get(code or "")
        if found is None and code not in self.names[upper]:
            self.plan.fail(row.number, "parent", sentences.absent(upper, code or ""))
        return found

    def _possible(
        self, row: Row, facts: Mapping[str, Any], existing: Station | None
    ) -> bool:
        retired = facts.get("retired_on")
        if retired and retired > self.today:
            self.plan.fail(row.number, "retired_on", _("不能晚于今天。"))
            return False
        longitude, latitude = (
            facts.get(name, getattr(existing, name, None))
            for name in ("longitude", "latitude")
        )
        if (longitude is None) != (latitude is None):
            column = "longitude" if longitude is None else "latitude"
            self.plan.fail(row.number, column, _("经度和纬度要一起填。"))
            return False
        return True

    def _change(
        self, part: Part, existing: Station, facts: dict[str, Any], altered: Altered
    ) -> None:
        """Take over what differs."""
        differing = [
            (name, getattr(existing, name), value)
            for name, value in facts.items()
            if getattr(existing, name) != value
        ]
        count = self.plan.counts[part]
        if not differing:
            count.unchanged += 1
            return
        count.changed += 1
        altered.changed.append(existing)
        for name, before, after in differing:
            setattr(existing, name, after)
            column = _column_of(part, name)
            words = _words(before), _words(after)
            self.plan.note(Change(part, existing.code, column, *words))
            if isinstance(existing, Transformer):
                self.plan.area_facts.append(AreaFact(existing, column, *words))
                if name == "region_id":
                    self.plan.moved.append(existing)


def _value(cell: Cell, text: str) -> Any:
    if text:
        return cell.parse(text)
    if cell.required:
        raise Wrong(_("必须填写。"))
    return cell.blank


def _column_of(part: Part, name: str) -> str:
    if part in _ABOVE and name == _ABOVE[part].value:
        return "parent"
    return name.removesuffix("_id")


def _words(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(getattr(value, "code", value))


def _unknown_part(cells: Mapping[str, str]) -> str:
    return _("不认识“%(text)s”：请填%(known)s。") % {
        "text": cells.get("part", "")[:20],
        "known": listed(Part.labels),
    }


def _regions() -> dict[str, str]:
    """Return the districts of the city served by code and by name."""
    home = settings.HOME_REGION
    rows: Iterable[tuple[str, str]] = Region.objects.filter(parent=home).values_list(
        "code", "name"
    )
    return {word: code for code, name in rows for word in (code, name)}
