"""A copy of everything of one person: a workbook, the same as JSON, and all files."""

import json
import shutil
from datetime import datetime, timedelta
from tempfile import TemporaryFile
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile

from django.db import transaction
from django.utils.translation import gettext as _
from tablib import Databook, Dataset

from portal.accounts.models import User
from portal.privacy.selectors import belongings
from portal.privacy.selectors.belongings import Row
from portal.privacy.services import record
from sla.ground.cells import harmless
from sla.ground.errors import TooOften

DAY = timedelta(days=1)
COPIES_A_DAY = 3


def copy(user: User, *, at: datetime) -> IO[bytes]:
    """Return a ZIP in a file without a name, to be read from its beginning.

    Files go through it piece by piece. Raises TooOften beyond COPIES_A_DAY.
    """
    with transaction.atomic():
        # Whoever asks many times at once waits here, and is counted.
        User.objects.select_for_update().get(pk=user.pk)
        if record.since(user, record.COPIED, at - DAY).count() >= COPIES_A_DAY:
            raise TooOften(
                _("一天最多下载%s次，请明天再来，或用已经下载的文件。") % COPIES_A_DAY
            )
        record.note(user, record.COPIED, at=at)
    tables = belongings.tables(user)
    archive = TemporaryFile()  # noqa: SIM115 the answer closes it
    with ZipFile(archive, "w", ZIP_DEFLATED) as zipped:
        zipped.writestr("我的信息.xlsx", _workbook(tables))
        zipped.writestr("我的信息.json", _json(tables))
        for path, file in belongings.files(user):
            with file.open("rb") as kept, zipped.open(path, "w") as place:
                shutil.copyfileobj(kept, place)
    archive.seek(0)
    return archive


def _json(tables: dict[str, list[Row]]) -> str:
    return json.dumps(tables, ensure_ascii=False, indent=2)


def _workbook(tables: dict[str, list[Row]]) -> bytes:
    """Return one sheet for each table; no cell is calculated, whatever it says."""
    sheets = []
    for title, rows in tables.items():
        sheet = Dataset(title=title, headers=list(rows[0]) if rows else ["没有记录"])
        for row in rows:
            sheet.append([harmless(value) for value in row.values()])
        sheets.append(sheet)
    content: bytes = Databook(sheets).export("xlsx")
    return content
