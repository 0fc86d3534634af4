"""What nobody may hand in, and the sentence that says what to do instead."""

import random

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from sla.ground import uploads
from sla.ground.decoder import pictures
from sla.ground.decoder.verdicts import Unfit, Verdict
from tests.applications import files


def refusal(content: bytes, name: str = "a.png", declared: str = "") -> str:
    with pytest.raises(ValidationError) as caught:
        uploads.clean(files.upload(content, name, declared))
    (sentence,) = caught.value.message_dict["upload"]
    assert "：" in sentence, "it says what to do"
    return str(sentence)


def test_every_verdict_but_one_has_its_sentence():
    assert set(uploads.SENTENCES) == set(Verdict) - {Verdict.FIT}
    assert all("：" in str(sentence) for sentence in uploads.SENTENCES.values())


def test_an_empty_file():
    assert "文件是空的" in refusal(b"")


def test_a_file_above_10_mb():
    assert "10MB" in refusal(b"%PDF-1.7" + b"0" * uploads.MOST_BYTES)


def test_a_file_that_grows_while_it_is_read():
    upload = files.upload(b"%PDF-1.7" + b"0" * uploads.MOST_BYTES)
    upload.size = None

    with pytest.raises(ValidationError, match="10MB"):
        uploads.clean(upload)


@pytest.mark.parametrize(
    "content",
    [
        b"<html><script>alert(1)</script></html>",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"<?php system($_GET['c']); ?>",
        b"GIF89a" + b"\0" * 64,
        b"BM" + b"\0" * 64,
        b"RIFF\0\0\0\0WEBPVP8 " + b"\0" * 64,
        b"\0\0\0\x1cftypavif\0\0\0\0avifmif1" + b"\0" * 64,
        b"PK\x03\x04" + b"\0" * 64,
        b"MZ" + b"\0" * 64,
        b"gd2\0" + b"\xff" * 1033,
        b"just text",
        b"<html>%PDF-1.7",
    ],
)
def test_other_kinds_are_refused_whatever_they_are_called(content):
    for name, declared in (("a.jpg", "image/jpeg"), ("a.pdf", "application/pdf")):
        assert "PDF、JPG、PNG或HEIC" in refusal(content, name, declared)


@pytest.mark.parametrize(
    ("name", "declared"),
    [
        ("a.html", "application/pdf"),
        ("a.pdf", "text/html"),
        ("a.svg", ""),
        ("a.php", "image/png"),
        ("a.pdf.exe", "application/octet-stream"),
        ("a.png", "image/svg+xml"),
        ("照片\u202egnp.exe", "image/png"),
    ],
)
def test_a_name_or_type_that_claims_something_active(name, declared):
    assert "不一致" in refusal(files.pdf(), name, declared)


# -- Pictures ------------------------------------------------------------------------
def verdict_on(content: bytes, kind: str) -> Verdict:
    """Return what the decoder says, asked in this process."""
    with pytest.raises(Unfit) as caught:
        pictures.examine(content, kind)
    return caught.value.verdict


@pytest.mark.parametrize(
    ("width", "height"), [(8001, 5000), (60_000, 60_000), (1, 40_000_001)]
)
def test_a_picture_too_large_is_refused_before_it_is_decoded(
    width, height, monkeypatch
):
    claims = files.png_claiming(width, height)
    assert "4000万像素" in refusal(claims)

    def decoded(*_args: object) -> None:
        raise AssertionError("decoded")

    monkeypatch.setattr(Image.Image, "load", decoded)
    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", decoded)

    assert verdict_on(claims, "png") == Verdict.TOO_MANY_PIXELS


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_a_warning_that_nobody_hears_refuses_it_all_the_same():
    claims = files.png_claiming(8001, 5000)

    assert verdict_on(claims, "png") == Verdict.TOO_MANY_PIXELS


def test_a_picture_of_the_largest_size_is_not_too_large():
    assert "没有传完整" in refusal(files.png_claiming(8000, 5000))


@pytest.mark.parametrize(("form", "name"), [("JPEG", "a.jpg"), ("PNG", "a.png")])
def test_a_picture_that_broke_off(form, name):
    whole = files.picture(form, (400, 300))
    assert "没有传完整" in refusal(whole[: len(whole) // 2], name)


def test_a_header_without_a_picture():
    assert "没有传完整" in refusal(b"\x89PNG\r\n\x1a\n")


def test_a_broken_iphone_photograph_says_how_to_set_the_iphone():
    assert "兼容性最佳" in refusal(files.half_a_heic(), "IMG_0001.HEIC", "image/heic")
    assert "兼容性最佳" in refusal(files.half_a_heic(), "IMG_0001.jpg", "image/jpeg")


def test_an_iphone_photograph_that_claims_to_be_huge():
    size = (64).to_bytes(4, "big") * 2
    assert files.heic().count(size) == 1
    claims = files.heic().replace(size, (60_000).to_bytes(4, "big") * 2)

    assert "兼容性最佳" in refusal(claims, "a.heic")


def test_a_picture_that_cannot_be_made_small_enough(monkeypatch):
    monkeypatch.setattr(pictures, "MOST_BYTES", 100)

    assert verdict_on(files.picture("PNG"), "png") == Verdict.TOO_BIG
    assert verdict_on(files.picture("JPEG"), "jpg") == Verdict.TOO_BIG


@pytest.mark.parametrize("seed", range(60))
def test_a_damaged_picture_is_refused_or_cleaned_but_nothing_else(seed):
    dice = random.Random(seed)
    kind, content = dice.choice(
        [
            ("jpg", files.picture("JPEG", (200, 150))),
            ("jpg", files.photograph()),
            ("png", files.picture("PNG", (200, 150))),
            ("heic", files.heic()),
        ]
    )
    damaged = bytearray(content)
    for _ in range(dice.randint(1, 12)):
        damaged[dice.randrange(8, len(damaged))] = dice.randrange(256)

    try:
        kept = pictures.examine(bytes(damaged), kind)
    except Unfit:
        return
    assert kept
