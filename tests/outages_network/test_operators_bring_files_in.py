"""In the admin: choose a file, see what it would do, confirm; an hour to decide."""

import re
from typing import Any

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from outages.models import NetworkImport, Substation, Transformer
from outages.services.network_files.holding import FOLDER
from tests import cast
from tests.outages_network import files

pytestmark = pytest.mark.django_db
IMPORT = "admin:outages_network_import"


@pytest.fixture
def operator(client: Client):
    with time_machine.travel(cast.NOW, tick=False):
        cast.laws()
        client.force_login(cast.sun())
        yield client


def sent(client: Client, content: bytes, name: str = "网络.csv") -> Any:
    upload = SimpleUploadedFile(name, content)
    return client.post(reverse(IMPORT), {"file": upload})


def confirmed(client: Client, preview: Any) -> Any:
    (token,) = re.findall(r'name="token" value="([^"]+)"', text(preview))
    return client.post(
        reverse("admin:outages_network_confirm"), {"token": token}, follow=True
    )


def held_files() -> list[str]:
    return default_storage.listdir(FOLDER)[1] if default_storage.exists(FOLDER) else []


def text(response: Any) -> str:
    return str(response.content.decode())


@pytest.fixture(autouse=True)
def _empty():
    for name in held_files():
        default_storage.delete(f"{FOLDER}/{name}")


def test_a_file_is_previewed_then_applied(operator):
    preview = sent(operator, files.csv())

    assert "还没有写入" in text(preview)
    assert not Substation.objects.exists()
    done = confirmed(operator, preview)
    assert "已导入“网络.csv”。" in text(done)
    assert Substation.objects.get().name == "柳林站"
    assert NetworkImport.objects.get().by == cast.sun()
    assert held_files() == []


def test_faults_are_shown_row_by_row_and_nothing_is_kept(operator):
    preview = sent(operator, files.csv(*files.WHOLE, files.row("铁塔")))

    told = text(preview)
    assert "文件有 1 处错误，什么也没有导入" in told
    assert "类别：不认识“铁塔”" in told
    assert "确认导入" not in told
    assert held_files() == []


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "文件是空的"),
        (b"\x00\x01" * 99, "这不是文本文件"),
        (b"a" * (10 * 1024 * 1024 + 1), "文件超过10MB"),
    ],
)
def test_what_is_no_file_of_ours_is_refused_at_the_field(operator, content, sentence):
    answer = sent(operator, content)

    assert sentence in text(answer)
    assert answer.context["form"].errors["file"]


def test_no_file_at_all_is_asked_for(operator):
    answer = operator.post(reverse(IMPORT), {})

    assert "请选择要导入的文件。" in text(answer)


def test_a_file_that_changes_nothing_needs_no_confirmation(operator):
    confirmed(operator, sent(operator, files.csv()))

    told = text(sent(operator, files.csv()))

    assert "与现有网络完全一致" in told
    assert "确认导入" not in told


def test_what_changed_meanwhile_is_shown_before_anything_is_written(operator):
    preview = sent(operator, files.csv())
    files.brought_in(files.csv(files.SUBSTATION))

    again = confirmed(operator, preview)

    assert "预览之后网络数据有了变化" in text(again)
    assert not Transformer.objects.exists()
    assert "已导入" in text(confirmed(operator, again))
    assert Transformer.objects.exists()


def test_other_contents_in_the_same_number_are_shown_anew_too(operator):
    files.brought_in(files.csv())
    preview = sent(operator, files.csv(files.SUBSTATION.replace("柳林站", "甲")))
    Substation.objects.update(name="乙")

    again = confirmed(operator, preview)

    assert "预览之后网络数据有了变化" in text(again)
    assert "乙 → 甲" in text(again)
    assert Substation.objects.get().name == "乙"


def test_after_an_hour_the_file_is_asked_for_anew(operator):
    preview = sent(operator, files.csv())

    with time_machine.travel(cast.at("2026-09-01", "10:01"), tick=False):
        told = text(confirmed(operator, preview))

    assert "预览已过期" in told
    assert not Substation.objects.exists()


def test_files_nobody_confirmed_are_removed_by_the_next_upload(operator):
    with time_machine.travel("2020-01-01"):
        sent(operator, files.csv())
    assert len(held_files()) == 1

    # Files carry the machine's own time; a later upload finds the first too old.
    with time_machine.travel("2035-01-01"):
        operator.force_login(cast.sun())
        sent(operator, files.csv(files.SUBSTATION))

    assert len(held_files()) == 1


@pytest.mark.parametrize("token", ["", "garbage", "a:b:c"])
def test_a_made_up_note_is_refused(operator, token):
    answer = operator.post(reverse("admin:outages_network_confirm"), {"token": token})

    assert "预览已过期" in text(answer)


def test_somebody_elses_preview_is_not_confirmed(operator):
    preview = sent(operator, files.csv())
    second = Client()
    second.force_login(cast._person("zhou", "operator", display_name="周运维"))

    assert "预览已过期" in text(confirmed(second, preview))
    assert not Substation.objects.exists()


def test_an_empty_table_with_every_heading_is_handed_out(operator):
    answer = operator.get(reverse("admin:outages_network_headings"))

    content = answer.content.decode("utf-8-sig")
    assert content.startswith("类别,编码,名称,上级编码")
    assert "文件只有表头" in text(sent(operator, answer.content))


@pytest.mark.parametrize("who", [cast.wang, cast.zhao, cast.liu])
def test_nobody_else_imports(client, who):
    client.force_login(who())

    assert client.get(reverse(IMPORT)).status_code == 403
    assert sent(client, files.csv()).status_code == 403
    headings = client.get(reverse("admin:outages_network_headings"))
    assert headings.status_code == 403
    confirm = client.post(reverse("admin:outages_network_confirm"), {"token": "x"})
    assert confirm.status_code == 403
