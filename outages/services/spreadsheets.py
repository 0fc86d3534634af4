"""Read tables as spreadsheets save them: CSV in whatever encoding and marks they use.

What is wrong with a file as a whole is refused here, before its columns mean anything;
a row that does not fit its header is carried along with its fault.
"""

import codecs
import csv
import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

import filetype
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

CHUNK = 1024 * 1024
ENCODINGS = ("utf-8-sig", "gb18030")
# What no text file holds: the control characters but for tab, line breaks, form feed.
_BINARY = bytes({*range(9), 11, *range(14, 27), *range(28, 32)})


@dataclass(frozen=True, slots=True)
class Survey:
    """A file that is text and not too big: its size, its digest, how it begins."""

    size: int
    sha256: str
    start: bytes


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its number as a spreadsheet counts, a cell a heading, or its fault."""

    number: int
    cells: list[str]
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table whose rows are read once; blank ones are left out."""

    headings: list[str]
    rows: Iterator[Line]


def refuse(sentence: str) -> ValidationError:
    """Return the refusal of a file."""
    return ValidationError({"file": sentence})


def survey(file: BinaryIO, most_bytes: int) -> Survey:
    """Look through a file once. Raises ValidationError if binary, empty or too big."""
    file.seek(0)
    digest, size, start = hashlib.sha256(), 0, b""
    while chunk := file.read(CHUNK):
        size += len(chunk)
        if size > most_bytes:
            raise refuse(
                _("文件超过%dMB：请按区或按类别拆成几个文件，分别导入。")
                % (most_bytes // 1024 // 1024)
            )
        start = start or chunk
        digest.update(chunk)
        if len(chunk.translate(None, _BINARY)) != len(chunk):
            raise _not_text(start)
    if not start.strip(codecs.BOM_UTF8 + b" \t\r\n"):
        raise refuse(_("文件是空的：请检查导出是否成功，再重新选择。"))
    return Survey(size, digest.hexdigest(), start)


def _not_text(start: bytes) -> ValidationError:
    kind = filetype.guess(start[:8192])
    if kind is None:
        return refuse(_("这不是文本文件：请在表格软件里另存为CSV，或导出GeoJSON。"))
    return refuse(
        _("这是%s文件：请在表格软件里另存为CSV（逗号分隔），再导入。")
        % kind.extension.upper()
    )


def read(file: BinaryIO) -> Sheet:
    """Return header and rows; comma, semicolon or tab, whichever the header has most.

    Raises ValidationError, for quotes that never end also while the rows are read.
    """
    text = _decoded(file)
    first = text.readline()
    text.seek(0)
    marks = sorted(",;\t", key=first.count, reverse=True)
    lines = csv.reader(text, delimiter=marks[0], strict=True)
    headings = [heading.strip() for heading in _next(lines) or []]
    while headings and not headings[-1]:
        headings.pop()
    return Sheet(headings, _rows(lines, len(headings)))


def _decoded(file: BinaryIO) -> io.TextIOWrapper:
    for encoding in ENCODINGS:
        if _decodes(file, encoding):
            file.seek(0)
            return io.TextIOWrapper(
                io.BufferedReader(_Lent(file)), encoding=encoding, newline=""
            )
    raise refuse(_("文字编码认不出来：请另存为“CSV UTF-8（逗号分隔）”。"))


class _Lent(io.RawIOBase):
    """Lend a file to a reader that would close it at its end."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        chunk = self.file.read(len(buffer))
        buffer[: len(chunk)] = chunk
        return len(chunk)

    def seek(self, offset: int, whence: int = 0, /) -> int:
        return self.file.seek(offset, whence)

    def tell(self) -> int:
        return self.file.tell()


def _decodes(file: BinaryIO, encoding: str) -> bool:
    file.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        while chunk := file.read(CHUNK):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _next(lines: Any) -> list[str] | None:
    """Return the next row; None at the end. Quotes that never end are refused."""
    try:
        return next(lines, None)
    except csv.Error as error:
        raise refuse(
            _("第%(line)d行附近的引号或格子不成CSV：请检查那里的双引号（%(error)s）。")
            % {"line": lines.line_num, "error": error}
        ) from error


def _rows(lines: Any, width: int) -> Iterator[Line]:
    number, cells = 2, _next(lines)
    while cells is not None:
        if any(cells) and any(cell.strip() for cell in cells):
            yield _line(number, cells, width)
        number, cells = number + 1, _next(lines)


def _line(number: int, cells: list[str], width: int) -> Line:
    if len(cells) == width:
        return Line(number, cells)
    if len(cells) < width or any(cells[width:]):
        fault = _("这一行有%(cells)d格，表头有%(names)d列，对不上。") % {
            "cells": len(cells),
            "names": width,
        }
        return Line(number, [], fault)
    return Line(number, cells[:width])
