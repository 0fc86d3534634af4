"""PDFs written by hand, byte by byte, as no honest program writes them."""

import zlib
from collections.abc import Mapping

CATALOGUE = b"<< /Type /Catalog /Pages 2 0 R >>"
PAGES = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 210 297] >>"
PLAIN = {1: CATALOGUE, 2: PAGES, 3: PAGE}
SCRIPT = b"<< /S /JavaScript /JS (app.alert(1)) >>"


def pdf(objects: Mapping[int, bytes], *, trailer: bytes = b"") -> bytes:
    """Return a PDF of these objects, with a true table of where they lie."""
    out, places = bytearray(b"%PDF-1.7\n"), {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in places.items():
        out += b"%d 1\n%010d 00000 n \n" % (number, place)
    out += b"trailer\n<< /Size %d /Root 1 0 R %s >>\n" % (max(objects) + 1, trailer)
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % table)


def stream(head: bytes, data: bytes) -> bytes:
    """Return a stream with its length and compression."""
    packed = zlib.compress(data)
    told = b"<< %s /Filter /FlateDecode /Length %d >>" % (head, len(packed))
    return told + b"\nstream\n" + packed + b"\nendstream"


def packed_objects(objects: Mapping[int, bytes]) -> bytes:
    """Return an object stream that holds these."""
    index, bodies = b"", b""
    for number, body in objects.items():
        index += b"%d %d " % (number, len(bodies))
        bodies += body + b" "
    head = b"/Type /ObjStm /N %d /First %d" % (len(objects), len(index))
    return stream(head, index + bodies)


def packed_pdf(packed: Mapping[int, bytes], *, root: bytes = b"") -> bytes:
    """Return a PDF 1.5 whose objects lie in an object stream, found by a table."""
    plain = {
        1: b"<< /Type /Catalog /Pages 2 0 R %s >>" % root,
        2: PAGES,
        3: PAGE,
        9: packed_objects(packed),
    }
    out, rows = bytearray(b"%PDF-1.5\n"), {0: (0, 0, 255)}
    for number, body in plain.items():
        rows[number] = (1, len(out), 0)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    rows |= {number: (2, 9, index) for index, number in enumerate(packed)}
    table = len(out)
    rows[max(rows) + 1] = (1, table, 0)
    numbers = sorted(rows)
    data = b"".join(
        bytes([kind]) + place.to_bytes(4, "big") + bytes([rest])
        for kind, place, rest in (rows[number] for number in numbers)
    )
    index = b" ".join(b"%d 1" % number for number in numbers)
    head = b"/Type /XRef /Root 1 0 R /W [1 4 1] /Size %d /Index [%s]" % (
        numbers[-1] + 1,
        index,
    )
    out += b"%d 0 obj\n%s\nendobj\n" % (numbers[-1], stream(head, data))
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % table)


def page_tree_in_a_circle() -> bytes:
    """Return a PDF whose pages lead back to themselves."""
    return pdf({**PLAIN, 2: b"<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 2 >>"})


def many_pages_called_one(pages: int) -> bytes:
    """Return a PDF that declares one page and has many."""
    kids = b" ".join(b"%d 0 R" % (10 + n) for n in range(pages))
    tree = b"<< /Type /Pages /Kids [%s] /Count 1 >>" % kids
    return pdf({1: CATALOGUE, 2: tree, **{10 + n: PAGE for n in range(pages)}})


def tables_in_a_circle() -> bytes:
    """Return a PDF whose tables of objects name each other as the one before."""
    once = pdf(PLAIN, trailer=b"/Prev %010d")
    table = once.index(b"xref\n0 1")
    return once.replace(b"%010d", b"%010d" % table)


def tree_of_attachments() -> bytes:
    """Return a PDF with a file in it, below the names of the names."""
    return pdf(
        {
            **PLAIN,
            1: b"<< /Type /Catalog /Pages 2 0 R /Names 4 0 R >>",
            4: b"<< /EmbeddedFiles 5 0 R >>",
            5: b"<< /Kids [6 0 R] >>",
            6: b"<< /Names [(a.exe) 7 0 R] >>",
            7: b"<< /Type /Filespec /F (a.exe) /EF << /F 8 0 R >> >>",
            8: stream(b"/Type /EmbeddedFile", b"MZ"),
        }
    )
