"""`manage.py import_network` previews, imports, or refuses with 2 and one answer."""

import subprocess
import sys
from io import StringIO

import pytest
from django.core.management import call_command

from outages.models import NetworkImport, Substation
from sla.engine import Unreckonable
from tests.cast import laws
from tests.outages_network import files


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "网络.csv"
    path.write_bytes(files.csv())
    return path


def told(path, **options) -> str:
    out = StringIO()
    call_command("import_network", str(path), stdout=out, **options)
    return out.getvalue()


@pytest.mark.django_db
def test_a_dry_run_writes_nothing(file):
    laws()

    assert told(file, dry_run=True).startswith("预览：变电站新增 1、变更 0、不变 0；")
    assert not Substation.objects.exists()


@pytest.mark.django_db
def test_a_file_is_imported_once(file):
    laws()

    assert told(file).startswith("已导入：变电站新增 1")
    assert told(file).startswith("没有变化：变电站新增 0、变更 0、不变 1")
    assert NetworkImport.objects.get().by_label == "系统"


@pytest.mark.django_db
def test_changes_are_listed(file):
    laws()
    told(file)
    file.write_bytes(files.csv(files.AREA.replace(",120,", ",150,")))

    assert "  台区T-01 户数：120 → 150" in told(file).splitlines()


@pytest.mark.django_db
def test_faulty_rows_are_listed_and_nothing_is_written(file):
    laws()
    file.write_bytes(files.csv(*files.WHOLE, *[files.row("铁塔")] * 25))

    with pytest.raises(Unreckonable) as refusal:
        told(file)
    lines = str(refusal.value).splitlines()
    assert lines[0] == "文件有 25 处错误，没有导入任何内容："
    assert lines[1].startswith("  第7行 类别：不认识“铁塔”")
    assert (len(lines), lines[-1].strip()) == (22, "……")
    assert not Substation.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "sentence"), [(b"", "文件是空的"), (b"\x00" * 9, "不是文本文件")]
)
def test_what_is_no_file_of_ours_is_one_sentence(file, content, sentence):
    file.write_bytes(content)

    with pytest.raises(Unreckonable, match=sentence):
        told(file)


def test_a_missing_file_ends_with_two(repository, tmp_path):
    done = subprocess.run(
        [sys.executable, "manage.py", "import_network", str(tmp_path / "没有.csv")],
        cwd=repository,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 2
    assert done.stderr.strip() == f"没有文件 {tmp_path / '没有.csv'}。"


@pytest.mark.django_db
def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(Unreckonable, match="是文件夹，请写文件的路径"):
        told(tmp_path)


@pytest.mark.django_db
def test_a_path_that_cannot_be_opened_says_so(tmp_path):
    with pytest.raises(Unreckonable, match="读不了文件"):
        told(tmp_path / ("长" * 300))
