"""材料: each saved at once, refused with what to do, promised, or removed."""

import re
import sys

import pytest
from django.core.exceptions import ValidationError

from applications.models import Document
from applications.services import documents, filing
from sla.ground import sandbox
from sla.ground.errors import OutOfOrder
from tests import cast
from tests.applications import files
from tests.filing import walking

pytestmark = pytest.mark.django_db


@pytest.fixture
def client():
    return walking.browser_of(cast.chen())


@pytest.fixture
def draft(client):
    draft = walking.begin(client)
    for step in ("need", "capacity", "site", "person"):
        client.post(f"{draft}{step}/", getattr(walking.SHOP, step))
    return draft


def test_the_checklist_is_the_whole_list(client, draft):
    page = client.get(f"{draft}documents/")

    kinds = [item["paper"].kind for item in page.context["items"]]
    assert kinds == [
        "business_licence",
        "legal_person_identity",
        "property",
        "site_photo",
    ]
    content = page.content.decode()
    assert 'accept="image/jpeg,image/png,image/heic,application/pdf"' in content
    assert "capture" not in content


def test_papers_come_after_the_person(client):
    draft = walking.begin(client)
    client.post(f"{draft}need/", walking.SHOP.need)

    assert client.get(f"{draft}documents/")["Location"] == f"{draft}person/"


def test_a_file_is_saved_at_once_and_shown(client, draft):
    response = walking.upload(client, draft, "business_licence")

    assert response["Location"] == f"{draft}documents/#paper-business_licence"
    page = walking.text_of(client.get(f"{draft}documents/"))
    assert "照片.jpg" in page
    assert "已上传" in page
    document = Document.objects.get()
    assert document.file.name.startswith("documents/")
    assert "照片" not in document.file.name


def test_coming_from_the_last_page_one_goes_back_there(client, draft):
    url = f"{draft}documents/property/?then=check"

    response = client.post(url, {"upload": walking.picture()})

    assert response["Location"] == f"{draft}documents/?then=check#paper-property"


def test_several_pages_of_one_paper(client, draft):
    for _ in range(3):
        walking.upload(client, draft, "property")

    assert Document.objects.filter(kind="property").count() == 3


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (lambda: files.upload(files.half_a_heic(), "IMG.HEIC"), "兼容性最佳"),
        (lambda: files.upload(b"<svg/>", "a.svg"), "PDF、JPG、PNG或HEIC"),
        (lambda: files.upload(b"", "a.jpg"), "文件是空的"),
        (lambda: "", "请先选择文件"),
    ],
)
def test_a_file_that_cannot_be_taken_says_what_to_do(client, draft, file, sentence):
    response = client.post(f"{draft}documents/business_licence/", {"upload": file()})

    assert response.status_code == 200
    page = response.content.decode()
    assert page.count(sentence) == 2, "above and at the paper"
    assert "<title>错误：" in page
    assert 'href="#business_licence_upload"' in page
    assert not Document.objects.exists()


def test_a_file_that_breaks_its_reader_is_refused_and_leaves_nothing(
    client, draft, monkeypatch, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    program = [sys.executable, "-c", "import os; os.abort()"]
    monkeypatch.setattr(sandbox, "PROGRAM", program)

    response = walking.upload(client, draft, "property")

    assert response.status_code == 200
    assert "没能打开：请重新拍照" in response.content.decode()
    assert not Document.objects.exists()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../../etc/passwd.jpg", "passwd.jpg"),
        ("长" * 300 + ".jpg", "长" * 100 + ".jpg"),
        ("证照\u202egpj.exe.jpg", "证照gpj.exe.jpg"),
    ],
)
def test_a_file_under_an_odd_name_is_kept_under_a_plain_one(client, draft, name, kept):
    photograph = files.upload(files.picture(), name)

    client.post(f"{draft}documents/property/", {"upload": photograph})

    document = Document.objects.get()
    assert document.original_name == kept
    assert re.fullmatch(r"documents/(..)/\1[0-9a-f]{30}\.jpg", document.file.name)


def test_a_file_that_comes_just_after_submission_elsewhere(client, draft, monkeypatch):
    def add(*_what, **_else):
        raise OutOfOrder("申请已经提交。")

    monkeypatch.setattr(documents, "add", add)

    response = walking.upload(client, draft, "property")

    assert "申请已经提交。" in walking.text_of(response)


def test_a_paper_of_no_kind(client, draft):
    assert walking.upload(client, draft, "love-letter").status_code == 404


def test_twenty_files_are_enough(client, draft, monkeypatch):
    monkeypatch.setattr(documents, "MOST_FILES", 2)
    for _ in range(3):
        response = walking.upload(client, draft, "site_photo")

    assert "最多上传2个文件" in walking.text_of(response)
    assert Document.objects.count() == 2


def test_all_files_together_have_a_limit(client, draft, monkeypatch):
    monkeypatch.setattr(documents, "MOST_BYTES", 10)

    response = walking.upload(client, draft, "site_photo")

    assert "合计不能超过100MB" in walking.text_of(response)


def test_without_a_paper_one_cannot_go_on(client, draft):
    page = client.post(f"{draft}documents/", {}).content.decode()

    assert "<title>错误：" in page
    for kind, sentence in {
        "business_licence": "请上传“营业执照”。",
        "property": "请上传“用电地址权属证明”，或勾选以后补交。",
    }.items():
        assert f'<a href="#{kind}_upload">{sentence}</a>' in page, "above, and leading"
        assert page.count(sentence) == 2, "above and at the paper"
    assert "请上传“现场照片”" not in page


def test_papers_and_the_signature_that_lack_are_told_at_one_time(client, draft):
    response = client.post(f"{draft}documents/", {"promised": "property"})

    said = walking.text_of(response)
    assert "请上传“营业执照”。" in said
    assert "请先勾选同意承诺" in said
    assert "请上传“用电地址权属证明”" not in said


def test_a_deferrable_paper_is_promised_and_signed(client, draft):
    for kind in ("business_licence", "legal_person_identity"):
        walking.upload(client, draft, kind)
    unsigned = client.post(f"{draft}documents/", {"promised": "property"})
    assert "请先勾选同意承诺" in walking.text_of(unsigned)
    assert 'value="property" id="later_property" checked' in unsigned.content.decode()

    signed = {"promised": "property", "agreed": "on"}
    assert client.post(f"{draft}documents/", signed)["Location"] == f"{draft}check/"

    assert "承诺以后补交" in walking.text_of(client.get(f"{draft}check/"))
    walking.press_submit(client, draft)
    event = walking.application_of(draft).events.get(action="submit")
    assert event.payload["promised"] == ["property"]
    assert "我承诺" in event.payload["promise"]
    done = walking.text_of(client.get(f"{draft}done/"))
    assert "补交材料" in done


def test_a_promise_can_be_taken_back(client, draft):
    signed = {"promised": "property", "agreed": "on"}
    client.post(f"{draft}documents/", signed)
    assert walking.application_of(draft).promised_documents == ["property"]

    client.post(f"{draft}documents/", {})

    assert walking.application_of(draft).promised_documents == []


def test_uploading_fulfils_a_promise(client, draft):
    client.post(f"{draft}documents/", {"promised": "property", "agreed": "on"})

    walking.upload(client, draft, "property")

    assert walking.application_of(draft).promised_documents == []


def test_what_must_be_there_cannot_be_promised(client, draft):
    sent = {"promised": "business_licence", "agreed": "on"}
    response = client.post(f"{draft}documents/", sent)
    assert response.status_code == 200

    row = walking.application_of(draft)
    assert row.promised_documents == []
    with pytest.raises(ValidationError, match="可以以后补"):
        filing.promise_documents(row, ["business_licence"], by=cast.chen())


def test_a_promise_does_not_follow_into_a_kind_that_cannot_make_it(client, draft):
    """An organisation may bring its head's papers later, a private business may not."""
    client.post(f"{draft}need/", walking.SCHOOL.need)
    client.post(
        f"{draft}documents/",
        {"promised": ["legal_person_identity", "property"], "agreed": "on"},
    )
    client.post(f"{draft}need/", walking.SHOP.need)
    walking.upload(client, draft, "business_licence")

    page = client.get(f"{draft}check/")

    assert [gap.sentence for gap, _url in page.context["gaps"]] == [
        "请上传“法定代表人身份证件”。"
    ]


def test_an_agent_brings_an_authority(client, draft):
    client.post(f"{draft}person/", {**walking.COMPANY, "is_agent": "on"})

    assert "授权委托书" in walking.text_of(client.get(f"{draft}documents/"))


def test_a_file_can_be_removed_before_submission(client, draft):
    walking.upload(client, draft, "business_licence")
    document = Document.objects.get()

    response = client.post(f"/documents/{document.pk}/remove/")

    assert response["Location"] == f"{draft}documents/#paper-business_licence"
    assert not Document.objects.exists()


def test_what_was_filed_stays_on_file(client):
    draft = walking.fill_in(client, walking.SHOP)
    walking.press_submit(client, draft)
    number = walking.application_of(draft).number
    document = Document.objects.first()

    response = client.post(f"/documents/{document.pk}/remove/")

    assert response["Location"] == f"/applications/{number}/papers/"
    assert Document.objects.filter(pk=document.pk, removed_at=None).exists()


def test_another_s_file_cannot_be_removed(client, draft):
    walking.upload(client, draft, "business_licence")
    document = Document.objects.get()

    stranger = walking.browser_of(cast.zhang())

    assert stranger.post(f"/documents/{document.pk}/remove/").status_code == 404
    assert Document.objects.exists()


def test_nothing_is_uploaded_to_another_s_draft(client, draft):
    stranger = walking.browser_of(cast.zhang())

    assert walking.upload(stranger, draft, "business_licence").status_code == 404
    assert not Document.objects.exists()
