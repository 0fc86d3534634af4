"""Compare the accounts of a file with those that are known, batch by batch."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple, Protocol

from django.utils.translation import gettext as _

from outages.models import Account, Premises, Transformer
from outages.services.network_files import sentences
from outages.services.network_files.batches import batches
from outages.services.network_files.columns import Part
from outages.services.network_files.plans import AccountFact, Change, Plan
from outages.vocabulary import Importance


class AccountRow(NamedTuple):
    """A row about an account; None where the file has no such column."""

    row: int
    number: str
    parent: str
    address: str | None
    importance: str | None


class Addresses(Protocol):
    """What is asked of the addresses."""

    def find(self, area: str, address: str) -> Premises | None:
        """Return the address of a 台区, known or new."""


class Standing(NamedTuple):
    """An account as it stands."""

    area: str
    premises_id: int | None
    importance: str


class AccountsPlanner:
    """Compare accounts; a million of them pass through here."""

    def __init__(
        self,
        plan: Plan,
        areas: Mapping[str, Transformer],
        named: set[str],
        addresses: Addresses,
    ) -> None:
        self.plan = plan
        self.areas = areas
        self.named = named
        self.addresses = addresses
        self.codes = {area.pk: code for code, area in areas.items() if area.pk}
        self.seen: dict[str, int] = {}
        self.any_known = Account.objects.exists()

    def run(self, rows: Iterable[AccountRow], retiring: Mapping[str, int]) -> None:
        """Compare every row, then see that 台区 which retire supply nobody."""
        moved: set[str] = set()
        for batch in batches(rows):
            standing = self._standing(batch)
            for row in batch:
                before = standing.get(row.number)
                fact = self._fact(row, before)
                if fact is None:
                    continue
                self._compare(row, fact, before)
                if before is not None and fact.area.code != before.area:
                    moved.add(row.number)
        self._require_empty(retiring, moved)

    def _standing(self, rows: Iterable[AccountRow]) -> dict[str, Standing]:
        if not self.any_known:
            return {}
        numbers = [row.number for row in rows]
        known = Account.objects.filter(number__in=numbers).values_list(
            "number", "transformer_id", "premises_id", "importance"
        )
        return {
            number: Standing(self.codes[area], premises, importance)
            for number, area, premises, importance in known
        }

    def _fact(self, row: AccountRow, before: Standing | None) -> AccountFact | None:
        """Return the account as it is to stand, or None for a faulty row."""
        first = self.seen.setdefault(row.number, row.row)
        if first != row.row:
            self._fail(row, "code", sentences.twice(row.number, first))
            return None
        area = self._area(row, before)
        if area is None:
            return None
        premises = self._premises(row, area, before)
        if row.address and premises is None:
            sentence = _("台区“%(area)s”没有地址“%(address)s”：请先有这一行用电地址。")
            words = {"area": area.code, "address": row.address[:40]}
            self._fail(row, "address", sentence % words)
            return None
        importance = row.importance or (
            before.importance if before else Importance.ORDINARY.value
        )
        return AccountFact(row.number, area, premises, importance)

    def _area(self, row: AccountRow, before: Standing | None) -> Transformer | None:
        code = row.parent or (before.area if before else "")
        if not code:
            self._fail(row, "parent", sentences.missing("parent"))
            return None
        area = self.areas.get(code)
        if area is None:
            if code not in self.named:
                self._fail(row, "parent", sentences.absent(Part.TRANSFORMER, code))
            return None
        if area.retired_on:
            self._fail(row, "parent", sentences.retired(code))
            return None
        return area

    def _premises(
        self, row: AccountRow, area: Transformer, before: Standing | None
    ) -> Premises | None:
        if row.address:
            return self.addresses.find(area.code, row.address)
        stays = row.address is None and before is not None and area.code == before.area
        if stays and before is not None and before.premises_id is not None:
            return Premises(pk=before.premises_id)
        return None

    def _compare(
        self, row: AccountRow, fact: AccountFact, before: Standing | None
    ) -> None:
        count = self.plan.counts[Part.ACCOUNT]
        if before is None:
            count.new += 1
            self.plan.accounts_new.append(fact)
            return
        premises_id = fact.premises.pk if fact.premises else None
        is_new_place = fact.premises is not None and premises_id is None
        after = Standing(fact.area.code, premises_id, fact.importance)
        if after == before and not is_new_place:
            count.unchanged += 1
            return
        count.changed += 1
        self.plan.accounts_changed.append(fact)
        self._note(row.number, before, after, moved_in=is_new_place)

    def _note(
        self, number: str, before: Standing, after: Standing, *, moved_in: bool
    ) -> None:
        pairs = [
            ("parent", before.area, after.area),
            ("importance", before.importance, after.importance),
        ]
        for column, old, new in pairs:
            if old != new:
                self.plan.note(Change(Part.ACCOUNT, number, column, old, new))
        if moved_in or before.premises_id != after.premises_id:
            self.plan.note(
                Change(Part.ACCOUNT, number, "address", _("原地址"), _("新地址"))
            )

    def _require_empty(self, retiring: Mapping[str, int], moved: set[str]) -> None:
        """Refuse to retire a 台区 that would leave accounts without supply."""
        areas = [self.areas[code] for code in retiring]
        by_pk = {area.pk: area.code for area in areas if area.pk}
        left: dict[str, int] = {}
        for pks in batches(by_pk):
            rows = Account.objects.filter(transformer__in=pks)
            for number, pk in rows.values_list("number", "transformer_id"):
                if number not in moved:
                    left[by_pk[pk]] = left.get(by_pk[pk], 0) + 1
        for code, count in left.items():
            sentence = _("还有%d个户号：先把它们改到别的台区，才能退出运行。") % count
            self.plan.fail(retiring[code], "retired_on", sentence)

    def _fail(self, row: AccountRow, column: str, sentence: str) -> None:
        self.plan.fail(row.row, column, sentence)
