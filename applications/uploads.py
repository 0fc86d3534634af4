"""Files from strangers: recognised by content, cleaned, or refused with what to do.

PDF, JPEG and PNG only. Images are decoded and written anew, so that position, camera
and anything appended are gone; a PDF that could act by itself is refused.
"""

import hashlib
import re
import time
import unicodedata
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath

import filetype
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, PdfObject

MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 40_000_000
MOST_PAGES = 100
MOST_OBJECTS = 50_000
MOST_SECONDS = 5.0
LONGEST_STEM = 100

# Pillow itself refuses at twice this number, while it reads the header.
Image.MAX_IMAGE_PIXELS = MOST_PIXELS

CONTENT_TYPES = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
}
# Photographs often come under a wrong picture name; anything else is no honest slip.
HARMLESS_EXTENSIONS = frozenset({"", "pdf", "jpg", "jpeg", "jpe", "jfif", "png"})
HARMLESS_TYPES = frozenset(
    {"", "application/octet-stream", "image/jpg", "image/pjpeg", "image/x-png"}
    | {"application/x-pdf", *CONTENT_TYPES.values()}
)
HEIC = frozenset({"heic", "heif"})
KEPT_MODES = {
    "JPEG": frozenset({"L", "RGB"}),
    "PNG": frozenset({"1", "L", "LA", "P", "RGB", "RGBA", "I", "I;16"}),
}
# Whatever a PDF may do by itself, or carry inside.
ACTING = frozenset({"/JS", "/JavaScript", "/Launch", "/XFA", "/RichMedia"})
CARRYING = frozenset({"/EmbeddedFile", "/EmbeddedFiles", "/EF"})
# The same, spelled out in a part of the file that no index leads to.
SPELLED_OUT = re.compile(
    rb"/S\s*/(JavaScript|Launch)\b|/Type\s*/EmbeddedFile\b|/Subtype\s*/RichMedia\b"
)


@dataclass(frozen=True, slots=True)
class CleanUpload:
    """A file fit to be kept; ``size`` in bytes, ``sha256`` of ``content``."""

    content: bytes
    name: str
    extension: str
    content_type: str

    @property
    def size(self) -> int:
        return len(self.content)

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def clean(upload: UploadedFile) -> CleanUpload:
    """Return what may be kept of an upload.

    Raises ValidationError({"upload": sentence}) that says what to do instead.
    """
    content = _read(upload)
    extension = _recognise(content)
    _require_honest(upload, extension)
    if extension == "pdf":
        _require_harmless_pdf(content)
    else:
        content = _rewrite_image(content, extension)
    name = clean_name(upload.name or "", extension)
    return CleanUpload(content, name, extension, CONTENT_TYPES[extension])


def _refuse(sentence: str) -> ValidationError:
    return ValidationError({"upload": sentence})


def _read(upload: UploadedFile) -> bytes:
    if upload.size is not None and upload.size > MOST_BYTES:
        raise _refuse(_too_big())
    upload.seek(0)
    content: bytes = upload.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise _refuse(_too_big())
    if not content:
        raise _refuse(_("文件是空的：请重新选择，或重新拍照上传。"))
    return content


def _too_big() -> str:
    return _("文件超过10MB：请压缩后再传，或截图后上传截图。")


def _recognise(content: bytes) -> str:
    kind = filetype.guess(content[:8192])
    extension = str(kind.extension) if kind else ""
    if extension in CONTENT_TYPES:
        return extension
    if extension in HEIC:
        raise _refuse(
            _(
                "这是HEIC格式的照片，暂不支持：iPhone 请在“设置-相机-格式”"
                "选“兼容性最佳”后重新拍照，或截图后上传截图。"
            )
        )
    raise _refuse(
        _("只能上传PDF、JPG或PNG文件：请另存为其中一种，或拍照、截图后上传。")
    )


def _require_honest(upload: UploadedFile, extension: str) -> None:
    """Refuse a name or declared type that claims something that acts when opened."""
    named = PurePosixPath(_printable(upload.name or "")).suffix.lower().lstrip(".")
    declared = (upload.content_type or "").split(";")[0].strip().lower()
    if named in HARMLESS_EXTENSIONS and declared in HARMLESS_TYPES:
        return
    raise _refuse(
        _(
            "文件名与内容不一致（内容是%s）：请用原来的文件，"
            "或另存为PDF、JPG、PNG后上传。"
        )
        % extension.upper()
    )


# -- Names ---------------------------------------------------------------------------
def clean_name(name: str, extension: str) -> str:
    """Return a name for showing and downloading: no path, no tricks, true extension."""
    last = _printable(name).replace("\\", "/").rsplit("/", 1)[-1]
    stem = last.rsplit(".", 1)[0] if "." in last else last
    stem = "".join("_" if c in '<>:"|?*;%' else c for c in stem).strip(" .")
    return f"{stem[:LONGEST_STEM].strip() or _('材料')}.{extension}"


def _printable(name: str) -> str:
    # Category C: NUL, line breaks, and the marks that turn the direction of writing.
    composed = unicodedata.normalize("NFC", name)
    return "".join(c for c in composed if not unicodedata.category(c).startswith("C"))


# -- Images --------------------------------------------------------------------------
def _rewrite_image(content: bytes, extension: str) -> bytes:
    """Return the picture alone: pixels upright, nothing of EXIF, comments or tails."""
    form = "JPEG" if extension == "jpg" else "PNG"
    try:
        image = Image.open(BytesIO(content), formats=(form,))
        _require_size(image)
        return _encode(_upright(image), form)
    except ValidationError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _refuse(_too_many_pixels()) from error
    except Exception as error:  # A broken file breaks its reader in countless ways.
        raise _refuse(_broken_image()) from error


def _broken_image() -> str:
    return _("图片打不开，可能没有传完整：请重新拍照或截图后上传。")


def _require_size(image: Image.Image) -> None:
    # Known from the header: nothing has been decoded yet.
    if image.width * image.height > MOST_PIXELS:
        raise _refuse(_too_many_pixels())


def _too_many_pixels() -> str:
    return _("图片尺寸太大（超过4000万像素）：请截图后上传，或把相机分辨率调低。")


def _upright(image: Image.Image) -> Image.Image:
    has_transparency = "transparency" in image.info
    upright = ImageOps.exif_transpose(image)
    if has_transparency:
        upright = upright.convert("RGBA")
    upright.info = {}
    return upright


def _encode(image: Image.Image, form: str) -> bytes:
    if image.mode not in KEPT_MODES[form]:
        image = image.convert("RGB")
    out = BytesIO()
    image.save(out, form, **({"quality": 90} if form == "JPEG" else {}))
    return out.getvalue()


# -- PDF -----------------------------------------------------------------------------
def _require_harmless_pdf(content: bytes) -> None:
    if SPELLED_OUT.search(content):
        raise _refuse(_acting())
    try:
        reader = PdfReader(BytesIO(content), strict=False)
        encrypted = reader.is_encrypted
        pages = 0 if encrypted else len(reader.pages)
    except Exception as error:  # As with images.
        raise _refuse(_broken_pdf()) from error
    if encrypted:
        raise _refuse(_("PDF设了密码：请去掉密码后重新保存，或拍照、截图后上传。"))
    if not pages:
        raise _refuse(_broken_pdf())
    if pages > MOST_PAGES:
        raise _refuse(_("PDF超过100页：请只保留需要的页，或分成几个文件上传。"))
    _search(reader)


def _acting() -> str:
    return _(
        "PDF里含有脚本、附件或自动动作，不能接收："
        "请打开后选“打印-另存为PDF”，或拍照、截图后上传。"
    )


def _broken_pdf() -> str:
    return _("PDF打不开，可能已损坏：请重新导出PDF，或拍照、截图后上传。")


def _search(reader: PdfReader) -> None:
    """Look through every object of the file, reachable or not, within limits."""
    started = time.monotonic()
    places = [(i, g) for g, ids in reader.xref.items() for i in ids]
    places += [(i, 0) for i in reader.xref_objStm]
    if _acts(reader.trailer):
        raise _refuse(_acting())
    for count, (number, generation) in enumerate(places):
        late = time.monotonic() - started > MOST_SECONDS
        if late or count > MOST_OBJECTS:
            raise _refuse(
                _("PDF太复杂：请打开后选“打印-另存为PDF”，或拍照、截图后上传。")
            )
        try:
            found = reader.get_object(IndirectObject(number, generation, reader))
        except Exception as error:  # What cannot be read is not kept.
            raise _refuse(_broken_pdf()) from error
        if _acts(found):
            raise _refuse(_acting())


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
