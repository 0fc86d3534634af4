"""Files as people send them, and as attackers do."""

import base64
import struct
import zlib
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    TextStringObject,
)

# Shut in as the camera wrote it: 39°07′N 117°12′E, a square in 天津.
GPS = {1: "N", 2: (39.0, 7.0, 0.0), 3: "E", 4: (117.0, 12.0, 0.0)}
HEIC = """
AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAX1tZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAA
AAAAAAAAAAAAAAAAACJpbG9jAAAAAERAAAEAAQAAAAABoQABAAAAAAAAADwAAAAjaWluZgAAAAAAAQAAABVp
bmZlAgAAAAABAABodmMxAAAAAA5waXRtAAAAAAABAAAA/WlwcnAAAADdaXBjbwAAAHZodmNDAQNwAAAAkAAA
AAAAHvAA/P34+AAADwNgAAEAGEABDAH//wNwAAADAJAAAAMAAAMAHroCQGEAAQAqQgEBA3AAAAMAkAAAAwAA
AwAeoCCBBZbq5Ka5uAhoMCAAAAMDIAAAAwAhYgABAAZEAcFzwIkAAAATY29scm5jbHgAAQANAAaAAAAAFGlz
cGUAAAAAAAAAQAAAAEAAAAAoY2xhcAAAAEAAAAABAAAAMAAAAAEAAAAAAAAAAv////AAAAACAAAAEHBpeGkA
AAAAAwgICAAAABhpcG1hAAAAAAAAAAEAAQWBAgMFhAAAAERtZGF0AAAAOCgBrxOA5f7H/90epy8MK+4+OZBU
DsDJlhSf9UwCguNhf/+yW4HPGp2DiyuqN2d9xB5kAntqlUme
"""
GPS_IFD, MAKE, ORIENTATION = 0x8825, 0x010F, 0x0112


def upload(content: bytes, name: str = "照片.jpg", declared: str = "") -> Any:
    """Return an upload as Django hands it to a view."""
    return SimpleUploadedFile(name, content, content_type=declared)


def picture(
    form: str = "JPEG", size: tuple[int, int] = (64, 48), **options: Any
) -> bytes:
    """Return an image file with a visible upper left corner."""
    image = Image.new("RGB", size, "white")
    image.paste("black", (0, 0, size[0] // 2, size[1] // 2))
    out = BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def photograph(orientation: int = 6) -> bytes:
    """Return a JPEG as a phone writes it: position, make, and lying on its side."""
    exif = Image.Exif()
    exif[MAKE] = "PHONE-MAKER"
    exif[ORIENTATION] = orientation
    exif.get_ifd(GPS_IFD).update(GPS)
    return picture(exif=exif.tobytes(), comment=b"secret comment")


def png_claiming(width: int, height: int) -> bytes:
    """Return a tiny PNG whose header promises a huge picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 100_000)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", body)
        + chunk(b"IEND", b"")
    )


def heic() -> bytes:
    """Return a photograph as an iPhone keeps it, with a black upper left corner."""
    return base64.b64decode(HEIC)


def half_a_heic() -> bytes:
    """Return the beginning of such a photograph."""
    return heic()[:200]


def pdf(pages: int = 1, **options: Any) -> bytes:
    """Return a PDF; ``then`` may change the writer before it is written."""
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(width=210, height=297)
    change = options.pop("then", None)
    if change:
        change(writer)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def with_script(writer: PdfWriter) -> None:
    writer._root_object[NameObject("/OpenAction")] = _script()


def with_attachment(writer: PdfWriter) -> None:
    writer.add_attachment("program.exe", b"MZ")


def with_password(writer: PdfWriter) -> None:
    writer.encrypt("secret")


def with_launch(writer: PdfWriter) -> None:
    writer._root_object[NameObject("/OpenAction")] = DictionaryObject(
        {NameObject("/S"): NameObject("/Launch"), NameObject("/F"): _text("cmd.exe")}
    )


def with_escaped_script(writer: PdfWriter) -> None:
    """Hide a script in an annotation, away from where one looks first."""
    note = DictionaryObject({NameObject("/A"): writer._add_object(_script())})
    writer.pages[0][NameObject("/Annots")] = ArrayObject([note])


def with_xfa(writer: PdfWriter) -> None:
    writer._root_object[NameObject("/AcroForm")] = DictionaryObject(
        {NameObject("/XFA"): _text("<script/>")}
    )


def _script() -> DictionaryObject:
    return DictionaryObject(
        {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): _text("1")}
    )


def _text(words: str) -> TextStringObject:
    return TextStringObject(words)
