"""Forty million pixels are opened within 300 MB; what is kept can still be read."""

import struct
import zlib
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from sla.ground import sandbox
from sla.ground.decoder import __main__ as program
from sla.ground.decoder import pictures
from sla.ground.decoder.verdicts import Unfit, Verdict
from tests.applications import files

LARGEST = (7300, 5475)
ON_ITS_SIDE = 6


def opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content))


def turned() -> bytes:
    """Return EXIF of a camera that lay on its side, in a known place."""
    exif = Image.Exif()
    exif[files.ORIENTATION] = ON_ITS_SIDE
    exif.get_ifd(files.GPS_IFD).update(files.GPS)
    return exif.tobytes()


def jpeg(size: tuple[int, int], mode: str = "RGB", **options: Any) -> bytes:
    """Return a JPEG on its side whose upper left quarter, as it lies, is black."""
    image = Image.new("RGB", size, "white")
    image.paste("black", (0, 0, size[0] // 2, size[1] // 2))
    out = BytesIO()
    image.convert(mode).save(out, "JPEG", exif=turned(), **options)
    return out.getvalue()


def png_of_16_bits(size: tuple[int, int]) -> bytes:
    """Return such a PNG of eight bytes a pixel, written without holding it."""
    width, height = size
    packer = zlib.compressobj(1)
    black = b"\0" * 6 + b"\xff" * 2
    upper = b"\0" + black * (width // 2) + b"\xff" * 8 * (width - width // 2)
    lower = b"\0" + b"\xff" * 8 * width
    rows = [packer.compress(upper if y < height // 2 else lower) for y in range(height)]
    body = b"".join(rows) + packer.flush()

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)

    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 16, 6, 0, 0, 0))
        + chunk(b"eXIf", turned().removeprefix(b"Exif\0\0"))
        + chunk(b"IDAT", body)
        + chunk(b"IEND", b"")
    )


def require_upright(image: Image.Image) -> None:
    shades, (width, height) = image.convert("L"), image.size
    assert width < height, "turned"
    assert shades.getpixel((width - 5, 5)) < 50
    assert shades.getpixel((5, 5)) > 200
    assert shades.getpixel((width - 5, height - 5)) > 200


def test_the_limit_of_the_decoder_is_300_mb():
    assert program.LIMITS["RLIMIT_AS"] == 300 * program.MEGABYTE


@pytest.mark.parametrize(
    ("kind", "content", "kept"),
    [
        ("jpg", lambda: jpeg(LARGEST), (2738, 3650)),
        ("jpg", lambda: jpeg(LARGEST, progressive=True), (2738, 3650)),
        ("jpg", lambda: jpeg(LARGEST, "CMYK", quality=60), (2738, 3650)),
        ("jpg", lambda: jpeg(LARGEST, "L"), (5475, 7300)),
        ("png", lambda: png_of_16_bits(LARGEST), (2738, 3650)),
    ],
    ids=["photograph", "progressive", "for print", "grey", "16 bits and clear"],
)
def test_the_largest_picture_is_kept_within_the_limit(kind, content, kept):
    picture = opened(sandbox.examine(content(), kind))

    assert picture.size == kept
    assert not picture.getexif()
    require_upright(picture)


@pytest.mark.parametrize("size", [(4032, 3024), (5184, 3888), (5712, 4284)])
def test_what_telephones_take_is_kept_whole(size):
    picture = opened(sandbox.examine(jpeg(size, subsampling=0), "jpg"))

    assert picture.size == size[::-1]
    require_upright(picture)


def test_a_progressive_picture_that_holds_back_too_much_is_refused(caplog):
    content = jpeg(LARGEST, progressive=True, subsampling=0)

    with pytest.raises(Unfit) as caught:
        sandbox.examine(content, "jpg")

    assert caught.value.verdict == Verdict.UNBEARABLE


# -- How it is halved, shown on small ones ---------------------------------------------
@pytest.fixture
def small(monkeypatch):
    """Let every picture be large, and a band be few rows."""
    monkeypatch.setattr(pictures, "MOST_WHOLE", 0)
    monkeypatch.setattr(pictures, "BAND", 8)


@pytest.mark.parametrize("size", [(64, 48), (65, 49), (41, 30), (1, 1)])
def test_bands_leave_no_seam(small, size):
    gradient = Image.linear_gradient("L").resize(size).convert("RGB")
    out = BytesIO()
    gradient.save(out, "PNG")

    kept = opened(pictures.examine(out.getvalue(), "png"))

    assert kept.tobytes() == gradient.reduce(2).tobytes()


@pytest.mark.parametrize("quality", [60, 90])
@pytest.mark.parametrize("kind", ["png", "jpg"])
def test_the_strokes_of_a_text_stay_apart(small, kind, quality):
    page = Image.new("RGB", (120, 80), "white")
    for x in range(0, 120, 8):
        page.paste("black", (x, 0, x + 4, 80))
    out = BytesIO()
    page.save(out, {"png": "PNG", "jpg": "JPEG"}[kind], quality=quality)

    kept = opened(pictures.examine(out.getvalue(), kind)).convert("L")

    assert kept.size == (60, 40)
    row = kept.crop((0, 20, 60, 21)).tobytes()
    assert max(row[0::4]) < 80
    assert min(row[2::4]) > 175


def test_what_is_clear_stays_clear(small):
    clear = Image.new("RGB", (64, 48), "red")
    clear.paste("blue", (0, 0, 32, 48))
    out = BytesIO()
    clear.save(out, "PNG", transparency=(255, 0, 0))

    kept = opened(pictures.examine(out.getvalue(), "png"))

    assert kept.mode == "RGBA"
    assert kept.getpixel((2, 2)) == (0, 0, 255, 255)
    assert kept.getpixel((30, 2))[3] == 0


def test_an_iphone_photograph_is_halved_too(small):
    whole = opened(pictures.examine(files.heic(), "heic"))

    assert whole.size == (32, 24)
    assert whole.format == "JPEG"
    assert whole.convert("L").getpixel((0, 0)) < 100
    assert whole.convert("L").getpixel((31, 23)) > 150


def test_a_drawing_of_two_colours_needs_no_halving(small):
    out = BytesIO()
    Image.new("1", (64, 48)).save(out, "PNG")

    assert opened(pictures.examine(out.getvalue(), "png")).size == (64, 48)
