"""What every floor's API asks of a body: readable, known by name, in a time zone."""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import NotFound, ParseError
from rest_framework.pagination import CursorPagination
from rest_framework.parsers import JSONParser
from rest_framework.request import Request

_PLACE = re.compile(r"[0-9]{1,18}")
_YEARS = range(2000, 2101)


class JSONBody(JSONParser):
    """Take one object; refuse what nests without end or no database can keep."""

    def parse(
        self,
        stream: Any,
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """Return what the body says; raise ParseError or ValidationError."""
        try:
            told = super().parse(stream, media_type, parser_context)
            # Half a surrogate pair is good JSON, and no text.
            json.dumps(told, ensure_ascii=False).encode()
        except (RecursionError, UnicodeEncodeError) as broken:
            raise ParseError(str(broken)) from broken
        if not isinstance(told, dict):
            raise serializers.ValidationError(_("请求内容应是一个JSON对象。"))
        return told


class Strict(serializers.Serializer[Any]):
    """Refuse what it does not know: a misspelt field is a mistake, not a wish."""

    def to_internal_value(self, data: Any) -> Any:
        unknown = set(data) - set(self.fields) if isinstance(data, dict) else set()
        if unknown:
            raise serializers.ValidationError(
                {name: ["没有这一项，请核对字段名。"] for name in sorted(unknown)}
            )
        return super().to_internal_value(data)


class Moment(serializers.DateTimeField):
    """A moment with its offset from UTC: nobody guesses which midnight was meant."""

    def to_internal_value(self, value: Any) -> datetime:
        """Return an aware moment of this century; raise ValidationError."""
        try:
            moment = datetime.fromisoformat(value)
        except (TypeError, ValueError):
            moment = None
        if moment is None or moment.tzinfo is None or moment.year not in _YEARS:
            raise serializers.ValidationError(
                _("时间须用ISO 8601格式并写明时区，例如 2026-09-01T08:00:00+08:00。")
            )
        return moment


class NewestFirst(CursorPagination):
    """Turn pages by position, so that new rows shift nothing."""

    ordering = "-pk"
    page_size = 20

    def decode_cursor(self, request: Request) -> Any:
        """Return where the last page ended; refuse a made-up place."""
        cursor = super().decode_cursor(request)
        place = cursor.position if cursor else None
        if place is not None and not _PLACE.fullmatch(str(place)):
            raise NotFound
        return cursor
