"""Wrong answers stay on the page, with one sentence at the field and the same above."""

import pytest

from applications.forms.filing import StepForm
from applications.models import Applicant, Application
from tests import cast
from tests.filing import walking

pytestmark = pytest.mark.django_db


@pytest.fixture
def client():
    return walking.browser_of(cast.chen())


@pytest.fixture
def draft(client):
    draft = walking.begin(client)
    client.post(f"{draft}need/", walking.SHOP.need)
    return draft


WRONG = [
    ("need", {"kind": "", "purpose": "开小超市"}, "kind", "请选择谁用电。", "开小超市"),
    ("need", {"kind": "ghost", "purpose": "开店"}, "kind", "请选择谁用电。", "开店"),
    (
        "need",
        {"kind": "resident", "purpose": " "},
        "purpose",
        "请填写电用来",
        "checked",
    ),
    ("need", {"kind": "resident", "purpose": "长" * 101}, "purpose", "100", "长长"),
    (
        "capacity",
        {"size": "own", "capacity_kw": "很多", "sources": "1"},
        "capacity_kw",
        "请填写数字",
        "很多",
    ),
    (
        "capacity",
        {"size": "own", "capacity_kw": "", "sources": "1"},
        "capacity_kw",
        "请填写需要多少千瓦",
        "checked",
    ),
    (
        "capacity",
        {"size": "own", "capacity_kw": "600000", "sources": "1"},
        "capacity_kw",
        "0.1至500000",
        "600000",
    ),
    (
        "capacity",
        {"size": "own", "capacity_kw": "9" * 60, "sources": "1"},
        "capacity_kw",
        "0.1至500000",
        "9999",
    ),
    (
        "capacity",
        {"size": "own", "capacity_kw": "0", "sources": "1"},
        "capacity_kw",
        "0.1至500000",
        'value="0"',
    ),
    ("capacity", {"sources": "1"}, "size", "请选择一项", "checked"),
    ("capacity", {"size": "shop"}, "sources", "请选择一路或两路电源", "checked"),
    (
        "capacity",
        {"size": "own", "capacity_kw": "630", "sources": "2", "voltage": "380V"},
        "voltage",
        "两路电源须由10千伏",
        "630",
    ),
    ("site", {"region": "", "address": "友谊路12号"}, "region", "请选择", "友谊路12号"),
    (
        "site",
        {"region": "120000", "address": "友谊路12号"},
        "region",
        "请选择用电地址所在的区",
        "友谊路12号",
    ),
    ("site", {"region": "120103", "address": "路"}, "address", "详细地址", "路"),
    ("site", {"region": "120103", "address": "路" * 201}, "address", "200", "路路"),
    (
        "person",
        {**walking.COMPANY, "id_number": "91350100M000100Y44"},
        "id_number",
        "统一社会信用代码不正确",
        "91350100M000100Y44",
    ),
    (
        "person",
        {**walking.COMPANY, "id_number": ""},
        "id_number",
        "请填写证件",
        "陈志强",
    ),
    ("person", {**walking.COMPANY, "id_type": "id_card"}, "id_type", "", "陈志强"),
    ("person", {**walking.COMPANY, "phone": "12"}, "phone", "手机号码不正确", "陈志强"),
    (
        "person",
        {**walking.COMPANY, "phone": "1" * 41},
        "phone",
        "手机号码不正确",
        "1" * 41,
    ),
    ("person", {**walking.COMPANY, "phone": ""}, "phone", "请填写联系电话", "陈志强"),
    ("person", {**walking.COMPANY, "name": ""}, "name", "请填写姓名", "陈志强"),
    (
        "person",
        {**walking.COMPANY, "contact_name": ""},
        "contact_name",
        "请填写联系人",
        "海河食品",
    ),
]


@pytest.mark.parametrize(("step", "answers", "field", "sentence", "typed"), WRONG)
def test_a_wrong_answer_stays_with_a_sentence(
    client, draft, step, answers, field, sentence, typed
):
    response = client.post(f"{draft}{step}/", answers)

    assert response.status_code == 200
    assert sentence in str(response.context["form"].errors[field])
    page = response.content.decode()
    assert "<title>错误：" in page
    assert page.count(sentence) >= 2 or not sentence, "above and at the field"
    assert "data-focus" in page
    assert typed in page


def test_all_that_is_wrong_is_said_at_one_time(client, draft):
    answers = {"contact_name": "", "id_number": "91350100M000100Y44", "phone": "12"}

    response = client.post(f"{draft}person/", {**walking.COMPANY, **answers})

    assert set(response.context["form"].errors) == set(answers)


def test_the_summary_leads_to_the_field(client, draft):
    page = client.post(f"{draft}site/", {"region": "", "address": ""})

    content = page.content.decode()
    assert '<a href="#id_region">' in content
    assert 'id="id_region"' in content


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("９１３５０１００Ｍ０００１００Ｙ４３", "91350100M000100Y43"),
        (" 91350100 m000100 y43 ", "91350100M000100Y43"),
        ("91350100-M000100-Y43", "91350100M000100Y43"),
    ],
)
def test_spaces_dashes_and_wide_letters_are_forgiven(client, draft, written, kept):
    answers = {**walking.COMPANY, "id_number": written, "phone": "+86 138-0000-0002"}

    assert client.post(f"{draft}person/", answers).status_code == 302

    applicant = Applicant.objects.get()
    assert applicant.id_number == kept
    assert applicant.phone == "+8613800000002"


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("陈\u3000志强\n", "陈 志强"),
        ("\u202e陈志强\u200b", "陈志强"),
        ("阿不都热合曼·买买提", "阿不都热合曼·买买提"),
        ("𠮷\U000323af\ue000", "𠮷\U000323af\ue000"),
        ("李", "李"),
    ],
)
def test_a_name_is_kept_on_one_line_with_every_rare_character(
    client, draft, written, kept
):
    answers = {**walking.COMPANY, "name": written, "contact_name": written}

    assert client.post(f"{draft}person/", answers).status_code == 302

    applicant = Applicant.objects.get()
    assert (applicant.name, applicant.contact_name) == (kept, kept)


def test_what_nobody_sees_is_no_answer(client, draft):
    for step, name in (("person", "name"), ("person", "contact_name")):
        answers = {**walking.COMPANY, name: "\u200b\u2060"}
        page = client.post(f"{draft}{step}/", answers)
        assert "请填写" in str(page.context["form"].errors[name])
    page = client.post(f"{draft}site/", {"region": cast.HEXI, "address": "\u200b" * 9})
    assert "详细地址" in str(page.context["form"].errors["address"])


def test_a_wrong_page_keeps_what_earlier_pages_said(client, draft):
    client.post(f"{draft}site/", walking.SHOP.site)
    client.post(f"{draft}site/", {"region": "", "address": "别处"})

    row = walking.application_of(draft)
    assert row.address == "友谊路12号3门401"
    assert row.region_id == cast.HEXI


def test_an_agent_of_a_household_names_oneself(client):
    draft = walking.begin(client)
    client.post(f"{draft}need/", walking.HOME.need)

    response = client.post(f"{draft}person/", {**walking.PERSON, "is_agent": "on"})
    assert "经办人" in walking.errors(response)

    answers = {**walking.PERSON, "is_agent": "on", "contact_name": "张小明"}
    assert client.post(f"{draft}person/", answers).status_code == 302
    applicant = Applicant.objects.get()
    assert (applicant.name, applicant.contact_name) == ("张建国", "张小明")
    assert applicant.is_agent


def test_a_household_s_contact_is_the_person_unless_said_otherwise(client):
    draft = walking.begin(client)
    client.post(f"{draft}need/", walking.HOME.need)

    client.post(f"{draft}person/", walking.PERSON)

    assert Applicant.objects.get().contact_name == "张建国"


def test_a_paper_of_the_former_kind_is_not_offered_again(client, draft):
    client.post(f"{draft}person/", walking.COMPANY)
    client.post(f"{draft}need/", walking.HOME.need)

    form = client.get(f"{draft}person/").context["form"]

    assert form["id_type"].value() == "id_card"
    assert form.fields["id_number"].required
    assert form["phone"].value() == "13800000002", "what still holds is kept"


def test_a_page_without_a_service_keeps_nothing():
    form = StepForm({}, draft=Application(), by=cast.chen())
    assert form.is_valid()

    with pytest.raises(LookupError):
        form.save()


def test_another_paper_needs_its_own_number(client, draft):
    client.post(f"{draft}person/", walking.COMPANY)
    answers = {**walking.COMPANY, "id_type": "organisation_other", "id_number": ""}

    response = client.post(f"{draft}person/", answers)

    assert "请填写证件号码" in walking.errors(response)
