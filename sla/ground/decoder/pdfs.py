"""PDFs: kept as they came, since signatures hang on every byte, or refused."""

import re
import time
import zlib
from collections.abc import Iterator
from io import BytesIO

from pypdf import PdfReader, apply_configuration
from pypdf.errors import LimitReachedError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, PdfObject

from sla.ground.decoder.verdicts import Unfit, Verdict

MOST_PAGES = 100
MOST_BRANCHES = 1000  # of the tree of pages, its leaves counted
MOST_OBJECTS = 50_000
MOST_SECONDS = 5.0
# Of all object streams together; a hundred pages have a few megabytes of objects.
MOST_INFLATED = 32 * 1024 * 1024

# Whatever a PDF may do by itself, or carry inside.
ACTING = frozenset({"/JS", "/JavaScript", "/Launch", "/XFA", "/RichMedia"})
CARRYING = frozenset({"/EmbeddedFile", "/EmbeddedFiles", "/EF"})
# The same, spelled out in a part of the file that no index leads to.
SPELLED_OUT = re.compile(
    rb"/S\s*/(JavaScript|Launch)\b|/JS\s*[(<]|/Subtype\s*/RichMedia\b"
    rb"|/Type\s*/EmbeddedFile\b|/EmbeddedFiles\b"
)
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
STREAM = re.compile(rb"\bstream\r?\n")
# How far before its data the dictionary of a stream begins, at most.
LONGEST_HEAD = 2000


def examine(content: bytes, kind: str) -> bytes:
    """Return a PDF as it came. Raises Unfit if it acts, carries, hides or breaks."""
    if _spells_out(content) or any(map(_spells_out, _packed_objects(content))):
        raise Unfit(Verdict.ACTING)
    try:
        reader = PdfReader(BytesIO(content), strict=False)
        encrypted = reader.is_encrypted
        pages = 0 if encrypted else _pages(reader)
    except (Unfit, MemoryError):
        raise
    except Exception as error:  # A broken file breaks its reader in countless ways.
        raise Unfit(Verdict.BROKEN_PDF) from error
    if encrypted:
        raise Unfit(Verdict.ENCRYPTED)
    if not pages:
        raise Unfit(Verdict.BROKEN_PDF)
    if pages > MOST_PAGES:
        raise Unfit(Verdict.TOO_MANY_PAGES)
    _search(reader)
    return content


def _pages(reader: PdfReader) -> int:
    tree = reader.root_object["/Pages"].get_object()
    declared = tree.get("/Count") if isinstance(tree, DictionaryObject) else None
    if isinstance(declared, int) and declared > MOST_PAGES:
        return declared  # Not worth a walk.
    try:
        with apply_configuration(page_tree_maximum_entries=MOST_BRANCHES):
            return len(reader.pages)
    except LimitReachedError as error:
        raise Unfit(Verdict.TOO_MANY_PAGES) from error


def _search(reader: PdfReader) -> None:
    """Look through every object of the file, reachable or not, within limits."""
    started = time.process_time()
    places = [(i, g) for g, ids in reader.xref.items() for i in ids]
    places += [(i, 0) for i in reader.xref_objStm]
    if _acts(reader.trailer):
        raise Unfit(Verdict.ACTING)
    for count, (number, generation) in enumerate(places):
        late = time.process_time() - started > MOST_SECONDS
        if late or count > MOST_OBJECTS:
            raise Unfit(Verdict.TANGLED)
        try:
            found = reader.get_object(IndirectObject(number, generation, reader))
        except MemoryError:
            raise
        except Exception as error:  # What cannot be read is not kept.
            raise Unfit(Verdict.BROKEN_PDF) from error
        if _acts(found):
            raise Unfit(Verdict.ACTING)


def _acts(top: PdfObject | None) -> bool:
    waiting: list[object] = [top]
    while waiting:
        found = waiting.pop()
        if isinstance(found, DictionaryObject):
            names = {str(value) for value in found.values() if isinstance(value, str)}
            if (ACTING | CARRYING) & (found.keys() | names):
                return True
            waiting.extend(found.values())
        elif isinstance(found, ArrayObject):
            waiting.extend(found)
    return False


# -- What no index leads to -----------------------------------------------------------
# A viewer that mends a broken file finds objects by looking for them, and so may find
# others than ours did.
def _spells_out(content: bytes) -> bool:
    return SPELLED_OUT.search(_plain(content)) is not None


def _plain(content: bytes) -> bytes:
    """Return the bytes with names such as /J#53 spelled as they are read: /JS."""
    return ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), content)


def _packed_objects(content: bytes) -> Iterator[bytes]:
    """Yield what every object stream holds, indexed or not."""
    left = MOST_INFLATED
    for stream in STREAM.finditer(content):
        start = stream.start()
        head = content[max(0, start - LONGEST_HEAD) : start].rpartition(b"obj")[2]
        head = _plain(head)
        if b"/ObjStm" not in head or b"/Filter" not in head:
            continue
        if b"/FlateDecode" not in head or b"/DecodeParms" in head:
            raise Unfit(Verdict.TANGLED)
        unpacked = _inflated(content[stream.end() :], left)
        left -= len(unpacked)
        yield unpacked


def _inflated(packed: bytes, most: int) -> bytes:
    try:
        unpacked = zlib.decompressobj().decompress(packed, most + 1)
    except zlib.error as error:
        raise Unfit(Verdict.BROKEN_PDF) from error
    if len(unpacked) > most:
        raise Unfit(Verdict.TANGLED)
    return unpacked
