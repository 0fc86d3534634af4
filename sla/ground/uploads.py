"""Files from strangers: recognised by content, cleaned, or refused with what to do.

Photographs and PDFs only. What looks into them runs in a process apart (``sandbox``):
pictures come back written anew, without position, camera and anything appended; a PDF
that could act by itself does not come back at all.
"""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sla.ground import sandbox, scanner
from sla.ground.decoder.verdicts import Unfit, Verdict

MOST_BYTES = 10 * 1024 * 1024
LONGEST_STEM = 100

CONTENT_TYPES = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
}
# What each kind is kept as.
KEPT_AS = {"pdf": "pdf", "jpg": "jpg", "png": "png", "heic": "jpg"}
BEGINNINGS = {
    "pdf": re.compile(rb"%PDF-"),
    "jpg": re.compile(rb"\xff\xd8\xff"),
    "png": re.compile(rb"\x89PNG\r\n\x1a\n"),
    "heic": re.compile(rb"....ftyp(hei[cmsx]|mif1)", re.DOTALL),
}
# What file choosers are told to offer.
ACCEPTED_PICTURES = "image/jpeg,image/png,image/heic"
ACCEPTED = f"{ACCEPTED_PICTURES},application/pdf"
# Photographs often come under a wrong picture name; anything else is no honest slip.
HARMLESS_EXTENSIONS = frozenset(
    {"", "pdf", "jpg", "jpeg", "jpe", "jfif", "png", "heic", "heif"}
)
HARMLESS_TYPES = frozenset(
    {"", "application/octet-stream", "image/jpg", "image/pjpeg", "image/x-png"}
    | {"image/heic", "image/heif", "application/x-pdf", *CONTENT_TYPES.values()}
)
TOO_BIG = gettext_lazy("文件超过10MB：请压缩后再传，或截图后上传截图。")
SENTENCES: dict[Verdict, str | Promise] = {
    Verdict.BROKEN_PICTURE: gettext_lazy(
        "图片打不开，可能没有传完整：请重新拍照或截图后上传。"
    ),
    Verdict.BROKEN_HEIC: gettext_lazy(
        "这张HEIC照片打不开：iPhone 请在“设置-相机-格式”"
        "选“兼容性最佳”后重新拍照，或截图后上传截图。"
    ),
    Verdict.TOO_MANY_PIXELS: gettext_lazy(
        "图片尺寸太大（超过4000万像素）：请截图后上传，或把相机分辨率调低。"
    ),
    Verdict.TOO_BIG: TOO_BIG,
    Verdict.BROKEN_PDF: gettext_lazy(
        "PDF打不开，可能已损坏：请重新导出PDF，或拍照、截图后上传。"
    ),
    Verdict.ENCRYPTED: gettext_lazy(
        "PDF设了密码：请去掉密码后重新保存，或拍照、截图后上传。"
    ),
    Verdict.TOO_MANY_PAGES: gettext_lazy(
        "PDF超过100页：请只保留需要的页，或分成几个文件上传。"
    ),
    Verdict.ACTING: gettext_lazy(
        "PDF里含有脚本、附件或自动动作，不能接收："
        "请打开后选“打印-另存为PDF”，或拍照、截图后上传。"
    ),
    Verdict.TANGLED: gettext_lazy(
        "PDF太复杂：请打开后选“打印-另存为PDF”，或拍照、截图后上传。"
    ),
    Verdict.UNBEARABLE: gettext_lazy(
        "这个文件太复杂或已损坏，没能打开：请重新拍照，或截图后上传截图。"
    ),
    Verdict.BUSY: gettext_lazy("现在上传的人太多，没来得及查看：请过一分钟再传一次。"),
}


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
    kind = _recognise(content)
    _require_honest(upload, kind)
    _require_uninfected(content)
    try:
        content = sandbox.examine(content, kind)
    except Unfit as unfit:
        raise _refuse(SENTENCES[unfit.verdict]) from unfit
    extension = KEPT_AS[kind]
    name = clean_name(upload.name or "", extension)
    return CleanUpload(content, name, extension, CONTENT_TYPES[extension])


def _refuse(sentence: str | Promise) -> ValidationError:
    return ValidationError({"upload": str(sentence)})


def _read(upload: UploadedFile) -> bytes:
    if upload.size is not None and upload.size > MOST_BYTES:
        raise _refuse(TOO_BIG)
    upload.seek(0)
    content: bytes = upload.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise _refuse(TOO_BIG)
    if not content:
        raise _refuse(_("文件是空的：请重新选择，或重新拍照上传。"))
    return content


def _recognise(content: bytes) -> str:
    for kind, beginning in BEGINNINGS.items():
        if beginning.match(content):
            return kind
    raise _refuse(
        _("只能上传PDF、JPG、PNG或HEIC文件：请另存为其中一种，或拍照、截图后上传。")
    )


def _require_honest(upload: UploadedFile, kind: str) -> None:
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
        % kind.upper()
    )


def _require_uninfected(content: bytes) -> None:
    try:
        infected = scanner.finds_something(content)
    except scanner.Unavailable as unavailable:
        raise _refuse(
            _("暂时无法检查文件是否安全，没有保存：请过几分钟再传一次。")
        ) from unavailable
    if infected:
        raise _refuse(_("文件里查出病毒，没有保存：请换一台设备重新拍照或导出后上传。"))


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
