"""Pictures: decoded, turned upright and written anew, so that only pixels remain."""

from collections.abc import Callable
from io import BytesIO

import pi_heif
from PIL import Image, ImageOps, JpegImagePlugin, TiffImagePlugin

from sla.ground.decoder.verdicts import Unfit, Verdict

MOST_PIXELS = 40_000_000
# Every telephone's usual photograph is kept as it was taken, also one of 24 million. A
# larger one keeps every second row and column, at least 6 million pixels: a page of A4
# in 250 dpi. In memory each pixel has four bytes, and turning takes a copy.
MOST_WHOLE = 25_000_000
SMALL_MODES = frozenset({"1", "L", "P", "I;16"})  # one or two bytes a pixel
# What a progressive JPEG holds back until its end, two bytes for every sample.
MOST_HELD_BACK = 220_000_000
BAND = 256  # rows; halved band by band, no second copy of the whole is needed
# Of what is kept. Written anew, a photograph may grow: once it does, it is written
# with less care.
MOST_BYTES = 15 * 1024 * 1024
QUALITIES = (90, 75, 50)

# Pillow itself refuses at twice this number, while it reads the header.
Image.MAX_IMAGE_PIXELS = MOST_PIXELS
# All that is needed is loaded now: once a file is being read, nothing can be imported.
Image.preinit()
EXIF_READER = TiffImagePlugin
pi_heif.options.DECODE_THREADS = 1  # The cores belong to the portal.
pi_heif.register_heif_opener(thumbnails=False)

READ_AS = {"jpg": "JPEG", "png": "PNG", "heic": "HEIF"}
KEPT_MODES = {
    "JPEG": frozenset({"L", "RGB"}),
    "PNG": frozenset({"1", "L", "LA", "P", "RGB", "RGBA", "I", "I;16"}),
}


def examine(content: bytes, kind: str) -> bytes:
    """Return the picture alone: pixels upright, nothing of EXIF, comments or tails.

    ``kind`` is "jpg", "png" or "heic"; a HEIC becomes a JPEG. Raises Unfit.
    """
    try:
        image = Image.open(BytesIO(content), formats=(READ_AS[kind],))
        _require_size(image)
        fitted = _fitted(image, content, kind)
        return _encode(_upright(fitted), "PNG" if kind == "png" else "JPEG")
    except (Unfit, MemoryError):
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Unfit(Verdict.TOO_MANY_PIXELS) from error
    except Exception as error:  # A broken file breaks its reader in countless ways.
        broken = Verdict.BROKEN_HEIC if kind == "heic" else Verdict.BROKEN_PICTURE
        raise Unfit(broken) from error


def _require_size(image: Image.Image) -> None:
    # Known from the header: nothing has been decoded yet.
    if image.width * image.height > MOST_PIXELS:
        raise Unfit(Verdict.TOO_MANY_PIXELS)


def _fitted(image: Image.Image, content: bytes, kind: str) -> Image.Image:
    """Return the picture as large as memory allows: whole, or halved in both ways."""
    pixels, held_back = image.width * image.height, _held_back(image)
    if held_back > MOST_HELD_BACK:
        raise Unfit(Verdict.UNBEARABLE)
    whole = pixels <= MOST_WHOLE and held_back + 4 * pixels <= MOST_HELD_BACK
    if whole or image.mode in SMALL_MODES:
        return image
    if kind == "jpg":
        image.draft(None, (image.width // 2, image.height // 2))
        return image
    return _halved_heic(image, content) if kind == "heic" else _halved_png(image)


def _held_back(image: Image.Image) -> int:
    progressive = "progressive" in image.info
    if not isinstance(image, JpegImagePlugin.JpegImageFile) or not progressive:
        return 0
    layers = [(across, down) for _id, across, down, _table in image.layer]
    densest = max(across for across, _ in layers) * max(down for _, down in layers)
    samples = sum(across * down for across, down in layers) / densest
    return int(2 * samples * image.width * image.height)


def _halved_png(image: Image.Image) -> Image.Image:
    image.load()
    clear = "transparency" in image.info

    def band(top: int, bottom: int) -> Image.Image:
        rows = image.crop((0, top, image.width, bottom))
        return rows.convert("RGBA") if clear else rows

    halved = _halved(image.size, band)
    halved.info = {key: image.info[key] for key in image.info if key != "transparency"}
    return halved


def _halved_heic(image: Image.Image, content: bytes) -> Image.Image:
    # Pillow's own copy of the whole would be one too many.
    decoded = pi_heif.open_heif(BytesIO(content), remove_stride=False)
    pixels, stride, mode = decoded.data, decoded.stride, decoded.mode

    def band(top: int, bottom: int) -> Image.Image:
        rows, size = (
            pixels[top * stride : bottom * stride],
            (decoded.size[0], bottom - top),
        )
        return Image.frombytes(mode, size, rows, "raw", mode, stride)

    halved = _halved(decoded.size, band)
    halved.info = image.info
    return halved


def _halved(
    size: tuple[int, int], band: Callable[[int, int], Image.Image]
) -> Image.Image:
    width, height = size
    halved: Image.Image | None = None
    for top in range(0, height, BAND):
        rows = band(top, min(top + BAND, height)).reduce(2)
        if halved is None:
            halved = Image.new(rows.mode, ((width + 1) // 2, (height + 1) // 2))
        halved.paste(rows, (0, top // 2))
    assert halved is not None, "a picture has rows"
    return halved


def _upright(image: Image.Image) -> Image.Image:
    # In place: the picture as it lay is given back before it is written.
    ImageOps.exif_transpose(image, in_place=True)
    if "transparency" in image.info:
        image = image.convert("RGBA")
    image.info = {}
    return image


def _encode(image: Image.Image, form: str) -> bytes:
    if image.mode not in KEPT_MODES[form]:
        image = image.convert("RGB")
    for quality in QUALITIES if form == "JPEG" else QUALITIES[:1]:
        out = BytesIO()
        image.save(out, form, quality=quality)
        if out.tell() <= MOST_BYTES:
            return out.getvalue()
    raise Unfit(Verdict.TOO_BIG)
