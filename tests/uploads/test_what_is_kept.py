"""What a person may hand in, and what is kept of it."""

import hashlib
from io import BytesIO
from zipfile import ZipFile, is_zipfile

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from pypdf import PdfReader

from sla.ground import uploads
from sla.ground.decoder import pictures
from tests.applications import files


def opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content))


@pytest.mark.parametrize(
    ("content", "name", "extension", "content_type"),
    [
        (files.picture("JPEG"), "身份证.jpg", "jpg", "image/jpeg"),
        (files.picture("JPEG"), "身份证.JPEG", "jpg", "image/jpeg"),
        (files.picture("PNG"), "截图.png", "png", "image/png"),
        (files.heic(), "IMG_0001.HEIC", "jpg", "image/jpeg"),
        (files.pdf(), "购房合同.pdf", "pdf", "application/pdf"),
        (files.pdf(100), "一百页.pdf", "pdf", "application/pdf"),
    ],
)
def test_photographs_and_pdfs_are_recognised(content, name, extension, content_type):
    clean = uploads.clean(files.upload(content, name))

    assert clean.extension == extension
    assert clean.content_type == content_type
    assert clean.name == f"{name.rsplit('.', 1)[0]}.{extension}"
    assert clean.size == len(clean.content)
    assert clean.sha256 == hashlib.sha256(clean.content).hexdigest()


def test_a_photograph_loses_its_position_and_maker():
    before = files.photograph()
    assert opened(before).getexif().get_ifd(files.GPS_IFD)
    assert b"PHONE-MAKER" in before
    assert b"secret comment" in before

    after = uploads.clean(files.upload(before)).content

    assert not opened(after).getexif()
    assert b"PHONE-MAKER" not in after
    assert b"secret comment" not in after


@pytest.mark.parametrize(
    ("orientation", "size", "black", "white"),
    [
        (1, (64, 48), (0, 0), (63, 0)),
        (3, (64, 48), (63, 47), (0, 0)),
        (6, (48, 64), (47, 0), (0, 0)),
        (8, (48, 64), (0, 63), (0, 0)),
    ],
)
def test_a_photograph_stands_upright_however_it_was_taken(
    orientation, size, black, white
):
    taken = files.photograph(orientation)
    assert opened(taken).size == (64, 48)

    upright = opened(uploads.clean(files.upload(taken)).content)

    assert upright.size == size
    assert upright.convert("L").getpixel(black) < 100
    assert upright.convert("L").getpixel(white) > 200


def test_an_iphone_photograph_becomes_one_that_everybody_can_open():
    clean = uploads.clean(files.upload(files.heic(), "IMG_0001.HEIC", "image/heic"))

    assert clean.name == "IMG_0001.jpg"
    picture = opened(clean.content)
    assert picture.format == "JPEG"
    assert picture.size == (64, 48)
    assert picture.convert("L").getpixel((0, 0)) < 100
    assert not picture.getexif()


def test_what_was_appended_to_a_picture_is_gone():
    polyglot = files.picture("PNG") + b"<script>alert(1)</script>"

    clean = uploads.clean(files.upload(polyglot, "a.png"))

    assert b"<script>" not in clean.content
    assert opened(clean.content).size == (64, 48)


def test_an_archive_behind_a_photograph_is_gone():
    archive = BytesIO()
    with ZipFile(archive, "w") as packed:
        packed.writestr("run.exe", b"MZ")
    both = files.picture("JPEG") + archive.getvalue()
    assert is_zipfile(BytesIO(both))

    clean = uploads.clean(files.upload(both))

    assert not is_zipfile(BytesIO(clean.content))


def test_of_a_moving_picture_the_first_one_is_kept():
    moving = files.picture(
        "PNG", save_all=True, append_images=[Image.new("RGB", (64, 48))] * 3
    )
    assert getattr(opened(moving), "n_frames", 1) == 4

    still = opened(uploads.clean(files.upload(moving, "a.png")).content)

    assert getattr(still, "n_frames", 1) == 1
    assert still.convert("L").getpixel((63, 47)) > 200


def test_text_inside_a_png_is_gone():
    info = PngInfo()
    info.add_text("Author", "张建国 13800000001", zip=False)
    noted = files.picture("PNG", pnginfo=info)
    assert b"13800000001" in noted

    assert b"13800000001" not in uploads.clean(files.upload(noted, "a.png")).content


@pytest.mark.parametrize("mode", ["1", "L", "LA", "RGB", "RGBA", "P", "I;16"])
def test_every_kind_of_png_is_kept_readable(mode):
    image = Image.new(mode, (40, 30))
    out = BytesIO()
    image.save(out, "PNG", **({"transparency": 0} if mode == "P" else {}))

    clean = uploads.clean(files.upload(out.getvalue(), "a.png"))

    assert opened(clean.content).size == (40, 30)


@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
def test_every_kind_of_jpeg_is_kept_readable(mode):
    out = BytesIO()
    Image.new("RGB", (40, 30), "white").convert(mode).save(out, "JPEG")

    clean = uploads.clean(files.upload(out.getvalue()))

    assert opened(clean.content).mode in {"L", "RGB"}
    assert opened(clean.content).convert("L").getpixel((20, 15)) > 250


def test_what_a_form_cannot_hold_becomes_what_it_can():
    printed, clear = BytesIO(), BytesIO()
    Image.new("CMYK", (40, 30)).save(printed, "JPEG")
    Image.new("P", (40, 30)).save(clear, "PNG", transparency=0)

    assert opened(pictures.examine(printed.getvalue(), "jpg")).mode == "RGB"
    assert opened(pictures.examine(clear.getvalue(), "png")).mode == "RGBA"


def test_a_photograph_that_would_grow_beyond_bounds_is_kept_with_less_care(
    monkeypatch,
):
    content = files.picture("JPEG", (400, 300))
    full = len(pictures.examine(content, "jpg"))
    monkeypatch.setattr(pictures, "MOST_BYTES", full - 1)

    assert len(pictures.examine(content, "jpg")) < full


def test_a_pdf_is_kept_as_it_came():
    content = files.pdf(3)

    clean = uploads.clean(files.upload(content, "合同.pdf"))

    assert clean.content == content
    assert len(PdfReader(BytesIO(clean.content)).pages) == 3


@pytest.mark.parametrize(
    ("name", "declared", "kept"),
    [
        ("微信图片.png", "image/png", "微信图片.jpg"),
        ("微信图片.pdf", "application/pdf", "微信图片.jpg"),
        ("微信图片", "application/octet-stream", "微信图片.jpg"),
        ("微信图片.jfif", "image/pjpeg", "微信图片.jpg"),
    ],
)
def test_a_photograph_under_a_wrong_name_gets_its_true_one(name, declared, kept):
    clean = uploads.clean(files.upload(files.picture("JPEG"), name, declared))

    assert clean.name == kept
    assert clean.content_type == "image/jpeg"


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.png", "passwd.png"),
        ("..\\..\\windows\\system.png", "system.png"),
        ("a\x00b.png", "ab.png"),
        ("合同\u202egnp.exe.png", "合同gnp.exe.png"),
        ('a"b;c%0d%0a.png', "a_b_c_0d_0a.png"),
        ("...png", "材料.png"),
        (" . .png", "材料.png"),
        (".png", "材料.png"),
        ("", "材料.png"),
        ("无扩展名", "无扩展名.png"),
        ("长" * 300 + ".png", "长" * 100 + ".png"),
    ],
)
def test_a_name_is_shown_without_paths_and_tricks(name, kept):
    assert uploads.clean_name(name, "png") == kept
