"""Print the limits in force, with their source."""

from argparse import ArgumentTypeError
from datetime import date
from typing import Any
from unicodedata import east_asian_width

from django.core.management.base import CommandParser
from django.db import DatabaseError
from django.utils import timezone

from sla.casefile import parse_date
from sla.engine import Unreckonable, day_of
from sla.management.sentences import bare_checkout
from sla.management.tables import TableCommand
from sla.models import Policy, PolicyLimit, Region
from sla.services import policies, rulebook
from sla.vocabulary import Level, Measure, Stage, UserType
from sla.words import length

STEPS = [stage for stage in Stage if stage != Stage.TOTAL]
FROM_FILES = "（数据库尚未载入政策，取自政策文件）"
UNREADABLE = "（读不到数据库，取自政策文件，后台改动未计入）"


class Command(TableCommand):
    """Show a region's limits on a day, one table per document."""

    help = "列出某地某日有效的办电时限及其依据。"

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument(
            "--region",
            default=policies.home_region(),
            metavar="CODE",
            help="地区代码，如120000",
        )
        parser.add_argument(
            "--on", type=_day, metavar="DATE", help="日期，如2026-09-30；默认今天"
        )

    def answer(self, **options: Any) -> str:
        """Give the tables, nearest document of each level only."""
        on = options["on"] or day_of(timezone.now())
        region = options["region"]
        book, name, words, origin = _rules(region, on)
        lines = [f"{name}（{region}）{on} 有效的办电时限{origin}"]
        limits = policies.table(book, region, on)
        for policy in _documents(limits, words):
            lines += ["", *_heading(policy)]
            lines += _table([row for row in limits if row.policy.key == policy.key])
            lines += [f"承诺：{line}" for line in policy.commitments.splitlines()]
        if len(lines) == 1:
            lines.append("该日没有有效的时限。")
        return "\n".join(lines)


def _day(text: str) -> date:
    try:
        return parse_date(text, "参数--on")
    except Unreckonable as wrong:
        raise ArgumentTypeError(str(wrong)) from wrong


def _rules(region: str, on: date) -> tuple[rulebook.RuleBook, str, list[Policy], str]:
    """Give rules, the region's name and wordy policies: the tables' or the files'."""
    try:
        if Policy.objects.exists():
            book = rulebook.current()
            words = policies.commitments_in_force(region=region, on=on)
            return book, Region.objects.get(pk=region).name, words, ""
        origin = FROM_FILES
    except DatabaseError:  # without tables the files say the same
        origin = FROM_FILES if bare_checkout() else UNREADABLE
    book, names, held = policies.from_files()
    chain = book.chain(region)
    words = [
        policy
        for policy in held
        if policy.commitments
        and policy.region_id in chain
        and rulebook.in_force(policy, on)
    ]
    return book, names[region], words, origin


def _documents(limits: list[PolicyLimit], words: list[Policy]) -> list[Policy]:
    """List each document once: those with limits by level, then those of words only."""
    found: dict[str, Policy] = {}
    for level in Level.values:
        for policy in [*(limit.policy for limit in limits), *words]:
            if policy.level == level:
                found.setdefault(policy.key, policy)
    return list(found.values())


def _heading(policy: Policy) -> list[str]:
    until = f" 至 {policy.valid_to}" if policy.valid_to else " 起"
    source = f"{policy.source} {policy.clause}".strip()
    lines = [
        f"【{Level(policy.level).label}】{policy.title}",
        f"依据：{source}；有效期：{policy.valid_from}{until}",
    ]
    return [*lines, f"说明：{policy.note}"] if policy.note else lines


def _table(limits: list[PolicyLimit]) -> list[str]:
    """Lay the limits of one document out as 附件2 does; sums and wholes keep apart."""
    if not limits:
        return []
    types = [kind for kind in UserType if any(row.user_type == kind for row in limits)]
    heads = ["用户类型", *(str(stage.label) for stage in STEPS), "合计", "口径"]
    rows = [heads, *(_row(kind, limits) for kind in types)]
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    lines = [
        "  ".join(
            cell + " " * (width - _width(cell))
            for cell, width in zip(row, widths, strict=True)
        ).rstrip()
        for row in rows
    ]
    notes = {
        f"注：{row.get_user_type_display()}——{row.note}": None
        for row in limits
        if row.note
    }
    return [*lines, *notes]


def _row(kind: UserType, limits: list[PolicyLimit]) -> list[str]:
    by_stage = {row.stage: row for row in limits if row.user_type == kind}
    cells = [
        length(by_stage[stage].value, by_stage[stage].unit)
        if stage in by_stage
        else "—"
        for stage in (*STEPS, Stage.TOTAL)
    ]
    total = by_stage.get(Stage.TOTAL)
    return [str(kind.label), *cells, str(Measure(total.measure).label) if total else ""]


def _width(text: str) -> int:
    return sum(2 if east_asian_width(mark) in "WFA" else 1 for mark in text)
