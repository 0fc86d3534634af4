"""Compare the addresses of a file with those that are known."""

from collections.abc import Iterable, Mapping
from typing import Any

from outages.models import Premises, Transformer
from outages.selectors.places import names_above, searchable
from outages.services.network_files import sentences
from outages.services.network_files.accounts import AccountRow
from outages.services.network_files.batches import batches
from outages.services.network_files.columns import Part
from outages.services.network_files.plans import Change, Plan
from outages.services.network_files.reading import Row
from sla.models import Region

_FACTS = ("compound", "property_manager", "property_phone")
_MOST_SEARCHED = 120


class AddressesPlanner:
    """Know the addresses of the 台区 that a file names, and add to them.

    An address is known by its 台区 and its words; neither ever changes.
    """

    def __init__(
        self, plan: Plan, areas: Mapping[str, Transformer], named: set[str]
    ) -> None:
        self.plan = plan
        self.areas = areas
        self.named = named
        self.known: dict[tuple[str, str], Premises] = {}
        self.seen: dict[tuple[str, str], int] = {}
        self.regions = {
            region.code: names_above(region)
            for region in Region.objects.select_related("parent__parent__parent")
        }

    def load(self, rows: Iterable[Row], accounts: Iterable[AccountRow]) -> None:
        """Read the addresses of every 台区 that these rows name."""
        codes = {row.cells.get("parent", "").upper() for row in rows}
        told_phones = set(codes)
        codes |= {row.parent for row in accounts if row.address}
        by_pk = {
            area.pk: code
            for code in codes
            if (area := self.areas.get(code)) is not None and area.pk
        }
        for pks in batches(by_pk):
            known = Premises.objects.filter(transformer__in=pks)
            for premises in known.defer("property_phone"):
                code = by_pk[premises.transformer_id]
                self.known[code, premises.address] = premises
        self._load_phones(told_phones)

    def _load_phones(self, codes: set[str]) -> None:
        """Decrypt the phones of addresses that the file itself names, no others."""
        concerned = {p.pk: p for key, p in self.known.items() if key[0] in codes}
        for pks in batches(concerned):
            rows = Premises.objects.filter(pk__in=pks)
            for pk, phone in rows.values_list("pk", "property_phone"):
                concerned[pk].property_phone = phone

    def find(self, area: str, address: str) -> Premises | None:
        """Return the address of a 台区, known or new."""
        return self.known.get((area, address))

    def add(self, number: int, values: Mapping[str, Any]) -> None:
        """Compare one row with what is known."""
        code, address = values["parent"], values["address"]
        area = self._area(number, code)
        if area is None:
            return
        key = code, address
        if key in self.seen:
            self.plan.fail(number, "address", sentences.twice(address, self.seen[key]))
            return
        self.seen[key] = number
        existing = self.known.get(key)
        if existing is None:
            self._add(number, area, key, values)
        else:
            self._change(existing, values)

    def _area(self, number: int, code: str) -> Transformer | None:
        area = self.areas.get(code)
        if area is None and code not in self.named:
            self.plan.fail(number, "parent", sentences.absent(Part.TRANSFORMER, code))
        return area

    def _add(
        self,
        number: int,
        area: Transformer,
        key: tuple[str, str],
        values: Mapping[str, Any],
    ) -> None:
        if area.retired_on:
            self.plan.fail(number, "parent", sentences.retired(area.code))
            return
        address = key[1]
        searched = searchable(address, self.regions.get(area.region_id, ()))
        made = Premises(
            transformer=area,
            region_id=area.region_id,
            address=address,
            searched=searched[:_MOST_SEARCHED],
            **{name: values.get(name, "") for name in _FACTS},
        )
        self.known[key] = made
        self.plan.premises.new.append(made)
        self.plan.counts[Part.PREMISES].new += 1

    def _change(self, existing: Premises, values: Mapping[str, Any]) -> None:
        differing = [
            name
            for name in _FACTS
            if name in values and getattr(existing, name) != values[name]
        ]
        count = self.plan.counts[Part.PREMISES]
        if not differing:
            count.unchanged += 1
            return
        count.changed += 1
        self.plan.premises.changed.append(existing)
        for name in differing:
            before, after = getattr(existing, name), values[name]
            setattr(existing, name, after)
            if name == "property_phone":
                # A telephone number is not for a list of changes.
                before, after = ("***" if text else "" for text in (before, after))
            change = Change(Part.PREMISES, existing.address, name, before, after)
            self.plan.note(change)
