"""What is no network file at all is refused in one sentence that says what to do."""

import io
import zipfile

import pytest
from django.core.exceptions import ValidationError

from outages.services import network_files
from tests.cast import NOW, laws
from tests.outages_network import files


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("表.csv", "part,code")
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "文件是空的"),
        (b"\xef\xbb\xbf \r\n", "文件是空的"),
        (files.HEADER.encode(), "文件只有表头，没有数据"),
        (files.HEADER.encode() + b"\r\n,,,\r\n", "文件只有表头，没有数据"),
        (b"\x00\x01\x02" * 500, "这不是文本文件"),
        (zipped(), "这是ZIP文件"),
        (b"\xff\xfe\xfd" * 9, "文字编码认不出来"),
        (
            "part,code,身高\nline,L-1,3".encode(),
            "不认识的列“身高”；可用的列是",
        ),
        ("part,编码,编号\nline,L-1,L-1".encode(), "列“code”出现了两次"),
        (b"code,name\nL-1,x", "缺少“part”（类别）列"),
        (b'part,code\nline,"L-1\nline,L-2', "引号或格子不成CSV"),
        (b"part,code\nline," + b"x" * 200_000, "不成CSV"),
        (b"[1, 2]", "须是FeatureCollection"),
        (b'{"type": "FeatureCollection", "features": []}', "一个要素也没有"),
        (b'{"type": "Feature"}', "须是FeatureCollection"),
        (b'{"features": [', "GeoJSON读不懂"),
        (b'{"type": NaN}', "GeoJSON读不懂"),
        (b'{"type": "\\ud800"}', "不完整的字符"),
        (b"[" * 100_000, "GeoJSON读不懂"),
        ('{"名": "'.encode("gb18030") + b'\xc3\xfb"}', "GeoJSON须用UTF-8编码"),
        (files.geojson(files.feature(part="line", 身高=3)), "不认识的列“身高”"),
        (files.geojson(files.feature(code="L-1")), "缺少“part”"),
    ],
)
def test_the_file_is_refused(content, sentence):
    with pytest.raises(ValidationError) as refusal:
        network_files.read(io.BytesIO(content), name="x.csv")
    assert sentence in "".join(refusal.value.messages)


def test_a_file_beyond_the_limit_is_refused_before_it_is_read():
    with pytest.raises(ValidationError, match="文件超过1MB：请按区或按类别拆"):
        network_files.read(
            io.BytesIO(b"part,code\n" + b"line,L-1\n" * 200_000),
            name="大.csv",
            most_bytes=1024 * 1024,
        )


def test_a_big_geojson_is_sent_to_csv():
    content = b'{"type": "x"' + b" " * (21 * 1024 * 1024)

    with pytest.raises(ValidationError, match="GeoJSON超过20MB"):
        network_files.read(io.BytesIO(content), name="大.json")


@pytest.mark.django_db
def test_the_file_is_not_closed_by_reading_it():
    laws()
    file = io.BytesIO(files.csv())

    plan = network_files.plan(network_files.read(file, name="x.csv"), at=NOW)

    assert plan.error_count == 0
    assert not file.closed


@pytest.mark.django_db
def test_blank_rows_are_left_out():
    laws()
    content = files.csv(*files.WHOLE, "", "," * 20, files.ACCOUNT)

    assert files.errors(content) == ["第9行 编码：“1209000001”在第6行已经出现过。"]
