"""Bring in outages that another system recorded: all rows of a file, or none.

docs/outage-import.md describes the columns. Every row is judged in memory against the
network as it stands; what is out twice at once is found by one sweep over the moments
of each transformer, the database's own history among them.
"""

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from outages.models import Outage
from outages.services import bringing_in, frequency, scope_text, spreadsheets
from outages.services.records import OutageRecord
from outages.services.spreadsheets import Line
from sla.ground.actors import Actor, Role
from sla.ground.errors import Refused
from sla.words import listed

COLUMNS = tuple(field.name for field in fields(OutageRecord) if field.name != "row")
REQUIRED = ("kind", "reason", "scope", "began_at")
MOMENTS = ("starts_at", "ends_at", "published_at", "began_at", "restored_at")
MOST_BYTES = 100 * 1024 * 1024
KEEPERS = frozenset({Role.OPERATOR, Role.SYSTEM})


class FileRefused(ValidationError):
    """A file that is not brought in; ``messages`` holds one sentence a broken row."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a file brought: new outages, and rows that had been brought in before."""

    outages: Sequence[Outage]
    unchanged: int


def load(rows: Iterable[OutageRecord], *, by: Actor, at: datetime) -> Loaded:
    """Bring in records, all or none; a record brought in before stays as it is.

    Raises Refused, and FileRefused with a sentence for every broken record.
    """
    if by.role not in KEEPERS or not by.is_active:
        raise Refused(_("停电记录只能由运维人员导入。"))
    try:
        with transaction.atomic():
            judged = bringing_in.judge(list(rows), at=at)
            if judged.errors:
                raise FileRefused(judged.errors)
            outages = bringing_in.write(judged.accepted, by=by, at=at)
            if outages:
                frequency.recount(outages, at=at)
    except IntegrityError as overtaken:
        sentence = _("有人刚刚导入了来源编号相同的停电，请重新导入，系统会逐行核对。")
        raise FileRefused([sentence]) from overtaken
    return Loaded(outages, judged.unchanged)


def read(content: bytes, *, zone: ZoneInfo | None = None) -> list[OutageRecord]:
    """Read a CSV file (UTF-8 or GB18030) whose first line names its columns.

    ``zone`` is where moments without one were written down; without it they are
    refused. Raises FileRefused with a sentence for every row that cannot be read.
    """
    file = io.BytesIO(content)
    try:
        spreadsheets.survey(file, MOST_BYTES)
        sheet = spreadsheets.read(file)
        _require_columns(sheet.headings)
        lines = list(sheet.rows)
    except ValidationError as refusal:
        raise FileRefused(refusal.messages) from refusal
    errors: list[str] = []
    found = list(_records(lines, sheet.headings, zone, errors))
    if errors:
        raise FileRefused(errors)
    if not found:
        raise FileRefused([_("文件中没有停电记录。")])
    return found


def _require_columns(names: Sequence[str]) -> None:
    unknown = [name or _("（空）") for name in names if name not in COLUMNS]
    if unknown:
        raise ValidationError(
            _("不认识的列：%(names)s。可用的列：%(known)s。")
            % {"names": listed(unknown), "known": listed(COLUMNS)}
        )
    missing = [name for name in REQUIRED if name not in names]
    if missing:
        raise ValidationError(_("缺少列：%(names)s。") % {"names": listed(missing)})
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ValidationError(_("列“%s”出现了两次，请只留一列。") % listed(twice))


def _records(
    lines: Iterable[Line],
    names: Sequence[str],
    zone: ZoneInfo | None,
    errors: list[str],
) -> Iterator[OutageRecord]:
    for line in lines:
        try:
            yield _record(line, names, zone)
        except ValidationError as error:
            errors.append(bringing_in.at_row(line.number, error))


def _record(line: Line, names: Sequence[str], zone: ZoneInfo | None) -> OutageRecord:
    if line.fault:
        raise ValidationError(line.fault)
    cells = (cell.strip() for cell in line.cells)
    said = dict(zip(names, cells, strict=True))
    moments = {name: _moment(said.pop(name, ""), name, zone) for name in MOMENTS}
    scope = tuple(scope_text.read(said.pop("scope")))
    return OutageRecord(row=line.number, scope=scope, **moments, **said)  # type: ignore[arg-type]


def _moment(text: str, name: str, zone: ZoneInfo | None) -> datetime | None:
    if not text:
        return None
    moment = _read_moment(text)
    if moment is None:
        raise ValidationError(
            _("%(name)s“%(text)s”不是时间，请写成2026-09-01T08:00:00+08:00。")
            % {"name": name, "text": text}
        )
    if moment.utcoffset() is not None:
        return moment
    if zone is None:
        raise ValidationError(
            _(
                "%(name)s“%(text)s”没有时区，请写明（如+08:00），"
                "或导入时用--timezone说明。"
            )
            % {"name": name, "text": text}
        )
    return moment.replace(tzinfo=zone)


def _read_moment(text: str) -> datetime | None:
    """Read ISO 8601, or what a spreadsheet makes of it (``2026/9/1 8:00``)."""
    for read_as in _READINGS:
        try:
            return read_as(text)
        except ValueError:
            continue
    return None


def _iso(text: str) -> datetime:
    if ":" not in text:
        raise ValueError(text)
    return datetime.fromisoformat(text)


_READINGS: tuple[Callable[[str], datetime], ...] = (
    _iso,
    lambda text: datetime.strptime(text, "%Y/%m/%d %H:%M"),  # noqa: DTZ007
    lambda text: datetime.strptime(text, "%Y/%m/%d %H:%M:%S"),  # noqa: DTZ007
)
