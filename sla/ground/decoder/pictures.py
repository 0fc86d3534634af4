"""Pictures: decoded, turned upright and written anew, so that only pixels remain."""

from io import BytesIO

import pi_heif
from PIL import Image, ImageOps, TiffImagePlugin

from sla.ground.decoder.verdicts import Unfit, Verdict

MOST_PIXELS = 40_000_000
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
        return _encode(_upright(image), "PNG" if kind == "png" else "JPEG")
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


def _upright(image: Image.Image) -> Image.Image:
    # In place: a copy of the largest picture would cost 160 MB.
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
