"""What nobody may hand in, and the sentence that says what to do instead."""

import random
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from PIL import Image
from pypdf import PdfReader

from applications import uploads
from tests.applications import files


def refusal(content: bytes, name: str = "a.png", declared: str = "") -> str:
    with pytest.raises(ValidationError) as caught:
        uploads.clean(files.upload(content, name, declared))
    (sentence,) = caught.value.message_dict["upload"]
    assert "：" in sentence, "it says what to do"
    return str(sentence)


def test_an_empty_file():
    assert "文件是空的" in refusal(b"")


def test_a_file_above_10_mb():
    assert "10MB" in refusal(b"%PDF-1.7" + b"0" * uploads.MOST_BYTES)


def test_a_file_that_grows_while_it_is_read():
    upload = files.upload(b"%PDF-1.7" + b"0" * uploads.MOST_BYTES)
    upload.size = None

    with pytest.raises(ValidationError, match="10MB"):
        uploads.clean(upload)


def test_heic_is_told_how_to_set_the_iphone():
    assert "兼容性最佳" in refusal(files.heic(), "IMG_0001.HEIC", "image/heic")
    assert "兼容性最佳" in refusal(files.heic(), "IMG_0001.jpg", "image/jpeg")


@pytest.mark.parametrize(
    "content",
    [
        b"<html><script>alert(1)</script></html>",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"<?php system($_GET['c']); ?>",
        b"GIF89a" + b"\0" * 64,
        b"BM" + b"\0" * 64,
        b"RIFF\0\0\0\0WEBPVP8 " + b"\0" * 64,
        b"PK\x03\x04" + b"\0" * 64,
        b"MZ" + b"\0" * 64,
        b"just text",
        b"<html>%PDF-1.7",
    ],
)
def test_other_kinds_are_refused_whatever_they_are_called(content):
    for name, declared in (("a.jpg", "image/jpeg"), ("a.pdf", "application/pdf")):
        assert "PDF、JPG或PNG" in refusal(content, name, declared)


@pytest.mark.parametrize(
    ("name", "declared"),
    [
        ("a.html", "application/pdf"),
        ("a.pdf", "text/html"),
        ("a.svg", ""),
        ("a.php", "image/png"),
        ("a.pdf.exe", "application/octet-stream"),
        ("a.png", "image/svg+xml"),
    ],
)
def test_a_name_or_type_that_claims_something_active(name, declared):
    assert "不一致" in refusal(files.pdf(), name, declared)


# -- Images --------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("width", "height"), [(8001, 5000), (60_000, 60_000), (1, 40_000_001)]
)
def test_a_picture_too_large_is_refused_before_it_is_decoded(
    width, height, monkeypatch
):
    def decoded(*_args: object) -> None:
        raise AssertionError("decoded")

    monkeypatch.setattr(Image.Image, "load", decoded)
    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", decoded)

    assert "4000万像素" in refusal(files.png_claiming(width, height))


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_a_warning_that_nobody_hears_refuses_it_all_the_same():
    assert "4000万像素" in refusal(files.png_claiming(8001, 5000))


def test_a_picture_of_the_largest_size_is_not_too_large():
    assert "没有传完整" in refusal(files.png_claiming(8000, 5000))


def test_a_picture_that_broke_off():
    whole = files.picture("JPEG", (400, 300))
    assert "没有传完整" in refusal(whole[: len(whole) // 2], "a.jpg")


def test_a_header_without_a_picture():
    assert "没有传完整" in refusal(b"\x89PNG\r\n\x1a\n")


# -- PDF -----------------------------------------------------------------------------
@pytest.mark.parametrize(
    "change",
    [
        files.with_script,
        files.with_attachment,
        files.with_launch,
        files.with_escaped_script,
        files.with_xfa,
    ],
    ids=lambda change: change.__name__,
)
def test_a_pdf_that_acts_or_carries_something(change):
    assert "脚本、附件" in refusal(files.pdf(then=change), "a.pdf")


@pytest.mark.parametrize(
    ("plain", "escaped"),
    [(b"/JavaScript", b"/Java#53cript"), (b"/JS", b"/J#53"), (b"/S ", b"/#53 ")],
)
def test_a_pdf_whose_script_is_spelled_in_another_way(plain, escaped):
    content = files.pdf(then=files.with_escaped_script)
    assert plain in content

    assert "PDF" in refusal(content.replace(plain, escaped), "a.pdf")


def test_a_script_that_no_index_leads_to():
    stray = b"\n99 0 obj << /S /JavaScript /JS (1) >> endobj\n%%EOF"

    assert "脚本" in refusal(files.pdf() + stray, "a.pdf")


def test_a_script_beside_the_index_itself():
    content = files.pdf().replace(b"trailer\n<<", b"trailer\n<< /X << /J#53 (1) >>")

    assert "脚本" in refusal(content, "a.pdf")


def test_a_pdf_with_a_password():
    assert "密码" in refusal(files.pdf(then=files.with_password), "a.pdf")


def test_a_pdf_of_more_than_100_pages():
    assert "100页" in refusal(files.pdf(101), "a.pdf")


def test_a_pdf_without_pages():
    assert "打不开" in refusal(files.pdf(0), "a.pdf")


@pytest.mark.parametrize("content", [b"%PDF-1.7", b"%PDF-1.7\n" + b"garbage " * 50])
def test_a_pdf_that_is_none(content):
    assert "打不开" in refusal(content, "a.pdf")


def test_a_pdf_with_too_many_objects_or_too_slow(monkeypatch):
    monkeypatch.setattr(uploads, "MOST_OBJECTS", 3)
    assert "太复杂" in refusal(files.pdf(20), "a.pdf")
    monkeypatch.undo()
    monkeypatch.setattr(uploads, "MOST_SECONDS", -1.0)
    assert "太复杂" in refusal(files.pdf(), "a.pdf")


def test_a_pdf_with_an_object_that_cannot_be_read(monkeypatch):
    class Stumbling(PdfReader):
        def get_object(self, reference):
            if reference == self.trailer.raw_get("/Info"):
                raise RecursionError
            return super().get_object(reference)

    monkeypatch.setattr(uploads, "PdfReader", Stumbling)

    assert "打不开" in refusal(files.pdf(), "a.pdf")


# -- Anything ------------------------------------------------------------------------
@pytest.mark.parametrize("seed", range(60))
def test_a_damaged_file_is_refused_or_cleaned_but_never_breaks_the_server(seed):
    dice = random.Random(seed)
    whole = bytearray(
        dice.choice(
            [
                files.picture("JPEG", (200, 150)),
                files.picture("PNG", (200, 150)),
                files.photograph(),
                files.pdf(3, then=files.with_escaped_script),
                files.pdf(3),
            ]
        )
    )
    for _ in range(dice.randint(1, 12)):
        whole[dice.randrange(8, len(whole))] = dice.randrange(256)

    try:
        clean = uploads.clean(files.upload(bytes(whole), "照片"))
    except ValidationError:
        return
    if clean.extension != "pdf":
        Image.open(BytesIO(clean.content)).load()
