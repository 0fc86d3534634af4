"""Bodies as JSON, refused in a sentence where the parser itself would give up."""

import json
from collections.abc import Mapping
from typing import Any

from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser


class JSONBody(JSONParser):
    """Refuse what nests without end, and texts that no database can keep."""

    def parse(
        self,
        stream: Any,
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """Return what the body says; raise ParseError."""
        try:
            told = super().parse(stream, media_type, parser_context)
            # Half a surrogate pair is good JSON, and no text.
            json.dumps(told, ensure_ascii=False).encode()
        except (RecursionError, UnicodeEncodeError) as broken:
            raise ParseError(str(broken)) from broken
        return told
