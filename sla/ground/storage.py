"""Where files of strangers lie: each one whole, or not there at all."""

import logging
from pathlib import Path
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.core.files.storage import FileSystemStorage
from django.utils.translation import gettext as _

logger = logging.getLogger(__name__)


class WholeFiles(FileSystemStorage):
    """Take back what a full disk broke off, and say so to who uploaded it."""

    def _save(self, name: str, content: IO[Any]) -> str:
        """Return the name a file is kept under; raises ValidationError."""
        try:
            # Typed by the stubs of FileSystemStorage's own `save` alone.
            kept: str = super()._save(name, content)  # type: ignore[misc]
        except OSError as error:
            Path(self.path(name)).unlink(missing_ok=True)
            logger.exception("storage does not take a file: %s", error.strerror)
            raise ValidationError(
                _("暂时存不下文件，没有保存：请过几分钟再传一次。")
            ) from error
        return kept
