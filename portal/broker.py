"""The file broker of a machine without Redis: a message is seen whole or not at all."""

import os
import uuid
from pathlib import Path
from time import monotonic_ns
from typing import Any

from kombu.transport import filesystem
from kombu.utils.encoding import str_to_bytes
from kombu.utils.json import dumps


class Channel(filesystem.Channel):
    """Kombu's own opens the file first and fills it then.

    A worker that looks in between takes an empty message and ends; on a busy machine
    that happens within minutes.
    """

    def _put(self, queue: str, payload: Any, **kwargs: Any) -> None:  # type: ignore[override]
        folder = Path(self.data_folder_out)
        name = f"{monotonic_ns():020}_{uuid.uuid4()}.{queue}.msg"
        # A leading dot makes it a message of no queue until it is complete.
        unfinished = folder / f".{name}"
        unfinished.write_bytes(str_to_bytes(dumps(payload)))
        os.replace(unfinished, folder / name)


class Transport(filesystem.Transport):
    """Kombu's file transport with messages that appear at once."""

    Channel = Channel
