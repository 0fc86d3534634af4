"""What a person may hand in, and what is kept of it."""

import hashlib
from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfReader

from applications import uploads
from tests.applications import files


def opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content))


@pytest.mark.parametrize(
    ("content", "name", "extension", "content_type"),
    [
        (files.picture("JPEG"), "身份证.jpg", "jpg", "image/jpeg"),
        (files.picture("JPEG"), "身份证.JPEG", "jpg", "image/jpeg"),
        (files.picture("PNG"), "截图.png", "png", "image/png"),
        (files.pdf(), "购房合同.pdf", "pdf", "application/pdf"),
        (files.pdf(100), "一百页.pdf", "pdf", "application/pdf"),
    ],
)
def test_pdf_jpeg_and_png_are_recognised(content, name, extension, content_type):
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


def test_a_photograph_taken_sideways_stands_upright():
    lying = files.photograph(orientation=6)
    assert opened(lying).size == (64, 48)

    upright = opened(uploads.clean(files.upload(lying)).content)

    assert upright.size == (48, 64)
    assert upright.convert("L").getpixel((47, 0)) < 100
    assert upright.convert("L").getpixel((0, 0)) > 200


def test_what_was_appended_to_a_picture_is_gone():
    polyglot = files.picture("PNG") + b"<script>alert(1)</script>"

    clean = uploads.clean(files.upload(polyglot, "a.png"))

    assert b"<script>" not in clean.content
    assert opened(clean.content).size == (64, 48)


def test_text_inside_a_png_is_gone():
    from PIL.PngImagePlugin import PngInfo

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
    Image.new(mode, (40, 30)).save(out, "JPEG")

    clean = uploads.clean(files.upload(out.getvalue()))

    assert opened(clean.content).mode in {"L", "RGB"}


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
