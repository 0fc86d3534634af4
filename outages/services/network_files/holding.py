"""Keep an uploaded file between its preview and its confirmation, for one hour.

The page carries a signed note of which file was seen, by whom, and what it was to do;
the file lies in the storage of uploads, which every web machine reaches.
"""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import BinaryIO, cast

from django.core import signing
from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from outages.services.network_files import planning, reading
from outages.services.network_files.plans import Plan
from sla.ground.actors import Actor

FOLDER = "network-imports"
KEPT = timedelta(hours=1)
# The gateway lets no more through; what is bigger goes by the command.
MOST_BYTES = 10 * 1024 * 1024
_SALT = "outages.network-import"


@dataclass(frozen=True, slots=True)
class Held:
    """Which file was previewed, by whom, and what it was to do then."""

    path: str
    name: str
    sha256: str
    by: int
    seal: str

    @property
    def token(self) -> str:
        """Return the note that the page carries."""
        return signing.dumps(asdict(self), salt=_SALT, compress=True)


def hold(file: BinaryIO, *, name: str, by: Actor, at: datetime) -> tuple[Plan, Held]:
    """Preview an upload, and keep the file if it has no errors.

    Raises ValidationError (key file) for what is no network file.
    """
    table = reading.read(file, name=name, most_bytes=MOST_BYTES)
    plan = planning.plan(table, at=at)
    path = ""
    if plan.alters and not plan.error_count:
        _remove_old(at)
        file.seek(0)
        wanted = f"{FOLDER}/{table.sha256[:32]}-{by.pk}"
        path = default_storage.save(wanted, File(file))
    return plan, Held(path, table.name, table.sha256, by.pk, plan.seal)


def again(token: str, *, by: Actor, at: datetime) -> tuple[Plan, Held]:
    """Look at a kept file once more, against the network as it is now.

    Raises ValidationError (key file) when the hour is over or the note is not theirs.
    """
    sentence = _("预览已过期（保留1小时），什么也没有导入：请重新选择文件。")
    try:
        held = Held(**signing.loads(token, salt=_SALT, max_age=KEPT))
        if held.by != by.pk:
            raise ValidationError({"file": sentence})
        with default_storage.open(held.path) as file:
            binary = cast("BinaryIO", file)
            plan = planning.plan(reading.read(binary, name=held.name), at=at)
    except (signing.BadSignature, OSError) as error:
        raise ValidationError({"file": sentence}) from error
    return plan, held


def drop(held: Held) -> None:
    """Remove a file that was applied."""
    default_storage.delete(held.path)


def _remove_old(at: datetime) -> None:
    if not default_storage.exists(FOLDER):
        return
    for name in default_storage.listdir(FOLDER)[1]:
        path = f"{FOLDER}/{name}"
        if default_storage.get_modified_time(path) < at - KEPT:
            default_storage.delete(path)
