"""核对信息: every answer with its way back, numbers masked, all judged again."""

import pytest

from applications.lifecycle import Status
from sla.models import Policy
from tests import cast
from tests.filing import walking

pytestmark = pytest.mark.django_db


@pytest.fixture
def client():
    return walking.browser_of(cast.chen())


@pytest.fixture
def draft(client):
    return walking.fill_in(client, walking.SHOP)


def test_every_answer_is_there_and_numbers_are_masked(client, draft):
    page = client.get(f"{draft}check/")

    said = walking.text_of(page)
    for answer in (
        "个体工商户或民营企业",
        "开小超市",
        "15 千瓦",
        "一路",
        "380伏",
        "河西区友谊路12号3门401",
        "天津海河食品有限公司",
        "913***********0Y43",
        "陈志强",
        "138****0002",
        "照片.jpg",
    ):
        assert answer in said
    content = page.content.decode()
    assert "91350100M000100Y43" not in content
    assert "13800000002" not in content


def test_every_answer_has_its_way_back_and_returns_here(client, draft):
    page = client.get(f"{draft}check/").content.decode()
    for step in ("need", "capacity", "site", "person", "documents"):
        assert f'href="{draft}{step}/?then=check"' in page

    edit = client.get(f"{draft}site/?then=check").content.decode()
    assert f'href="{draft}check/"' in edit, "the way back leads here too"
    moved = {"region": cast.HEPING, "address": "南京路1号"}
    response = client.post(f"{draft}site/?then=check", moved)

    assert response["Location"] == f"{draft}check/"
    assert "和平区南京路1号" in walking.text_of(client.get(f"{draft}check/"))


def test_another_kind_of_user_is_asked_what_it_opens(client, draft):
    """Who turns from a shop into a household has another identity paper to show."""
    response = client.post(f"{draft}need/?then=check", walking.HOME.need)

    assert response["Location"] == f"{draft}person/?then=check"
    page = client.get(f"{draft}check/")
    said = walking.text_of(page)
    assert "证件类型与用电人类别不符" in said
    assert "请上传“用电人有效身份证件”" in said
    assert "确认并提交申请" not in said


def test_an_unfinished_draft_says_what_is_missing_and_where(client):
    draft = walking.begin(client)
    client.post(f"{draft}need/", walking.SHOP.need)

    page = client.get(f"{draft}check/")

    content = page.content.decode()
    assert f'href="{draft}capacity/?then=check"' in content
    assert "提交前还差这些" in content
    assert "还没有填写" in content
    assert "确认并提交申请" not in content


@pytest.mark.parametrize(
    "spoil",
    [
        {"address": ""},
        {"capacity_kw": None},
        {"capacity_kw": -1},
        {"purpose": ""},
        {"applicant_kind": ""},
        {"region_id": "120000"},
        {"region_id": None},
        {"voltage": "1V"},
        {"sources": 2, "voltage": "220V"},
        {"applicant_id": None},
        {"promised_documents": ["business_licence"]},
    ],
    ids=str,
)
def test_submission_judges_every_step_again(client, draft, spoil):
    row = walking.application_of(draft)
    if "promised_documents" in spoil:
        row.documents.filter(kind="business_licence").delete()
    type(row).objects.filter(pk=row.pk).update(**spoil)

    response = client.post(f"{draft}check/", {})

    assert response.status_code == 200
    assert "<title>错误：" in response.content.decode()
    assert response.context["gaps"]
    assert walking.application_of(draft).status == Status.DRAFT


def test_a_page_seen_before_a_change_elsewhere_submits_nothing(client, draft):
    seen = client.get(f"{draft}check/").context["fingerprint"]
    walking.browser_of(cast.chen()).post(
        f"{draft}site/", {"region": cast.HEPING, "address": "南京路1号"}
    )

    response = client.post(f"{draft}check/", {"fingerprint": seen})

    assert response.status_code == 409
    said = walking.text_of(response)
    assert "刚刚在别处改过" in said
    assert "和平区南京路1号" in said
    assert walking.application_of(draft).status == Status.DRAFT
    assert walking.press_submit(client, draft).status_code == 302


def test_where_no_policy_promises_anything_one_can_still_file(client, draft):
    Policy.objects.update(valid_from="2099-01-01", valid_to=None)

    assert "最晚" not in walking.text_of(client.get(f"{draft}check/"))
    assert walking.press_submit(client, draft).status_code == 302
    assert "申请已提交" in walking.text_of(client.get(f"{draft}done/"))
