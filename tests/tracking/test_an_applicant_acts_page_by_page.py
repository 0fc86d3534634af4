"""From plan to power over HTTP: each act on its own page, each with its form."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from applications.lifecycle import Status
from applications.models import Application
from applications.services import acceptance, works
from applications.services.acceptance import Survey
from tests import cast
from tests.applications.files import picture
from tests.cast import at
from tests.tracking.visits import browser_of, on, page_of, text_of

pytestmark = pytest.mark.django_db


def photo(name: str = "图纸.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, picture(), content_type="image/jpeg")


def do(client: Client, application: Application, action: str, **answers: Any) -> str:
    """Open the page of an act, send its form, and return what the next page says."""
    address = f"{page_of(application)}{action}/"
    with on(cast.NOW):
        form = client.get(address)
        assert form.status_code == 200, text_of(form)
        answers["seen"] = form.context["fields"]["seen"].value()
        sent = client.post(address, answers)
        assert sent.status_code == 302, text_of(sent)
        assert sent["Location"] == page_of(application)
        application.refresh_from_db()
        return text_of(client.get(sent["Location"]))


def by_the_utility(application: Application) -> None:
    cast.step(application, cast.NOW, Survey(important=True))


def test_the_longest_road_by_the_applicant_s_own_hand() -> None:
    application = cast.submitted(cast.HOSPITAL)
    client = browser_of(application.filed_by)
    by_the_utility(application)
    by_the_utility(application)
    assert "供电方案已确认。" in do(client, application, "confirm_plan")
    said = do(client, application, "start_design", designer="滨海设计院")
    assert "设计单位：滨海设计院" in said
    do(client, application, "submit_design", **{"paper-drawings": [photo(), photo()]})
    assert application.documents.filter(kind="drawings").count() == 2
    by_the_utility(application)
    do(client, application, "report_mid_inspection", note="电缆沟已开挖")
    works.fail_mid_inspection(
        application, by=cast.wang(), at=cast.NOW, findings="接地不牢"
    )
    with on(cast.NOW):
        assert "接地不牢" in text_of(client.get(page_of(application)))
    do(client, application, "report_mid_inspection")
    by_the_utility(application)
    do(client, application, "report_completion", **{"paper-completion": photo()})
    by_the_utility(application)
    do(client, application, "sign_contract", signed_name="陈志强", agreed="on")
    assert application.status == Status.CONNECTING
    by_the_utility(application)
    with on(cast.NOW):
        said = text_of(client.get(page_of(application)))
    assert str(application.connection.account_number) in said
    assert "办好了" in said


def test_an_ordinary_factory_registers_its_contractor() -> None:
    application = cast.walk(Status.PLAN_CONFIRMED, cast.FACTORY)
    client = browser_of(application.filed_by)
    do(client, application, "start_construction", contractor="津能工程")
    assert application.status == Status.CONSTRUCTING


def test_an_objection_carries_its_words() -> None:
    application = cast.walk(Status.PLAN_REPLIED, cast.FACTORY)
    client = browser_of(application.filed_by)
    said = do(client, application, "object_plan", reason="离电源点太远")
    assert "离电源点太远" in said
    assert application.status == Status.PLAN_OBJECTED


def test_a_plan_is_extended_once() -> None:
    application = cast.walk(Status.PLAN_REPLIED)
    client = browser_of(application.filed_by)
    do(client, application, "extend_plan")
    with on(cast.NOW):
        page = client.get(page_of(application))
        assert "供电方案只能延期一次。" in text_of(page)
        assert client.get(f"{page_of(application)}extend_plan/").status_code == 403


def test_withdrawing_asks_for_a_reason_on_a_page_of_its_own() -> None:
    application = cast.submitted()
    client = browser_of(application.filed_by)
    with on(cast.NOW):
        page = client.get(f"{page_of(application)}withdraw/")
    assert "不能恢复" in text_of(page)
    assert "btn-danger" in page.content.decode()
    do(client, application, "withdraw", reason="暂时不装修了")
    assert application.status == Status.WITHDRAWN


@pytest.fixture
def returned() -> Application:
    application = cast.submitted(cast.SHOP)
    acceptance.return_for_supplement(
        application,
        by=cast.wang(),
        at=at("2026-09-01", "10:00"),
        missing=["property", "business_licence"],
        note="租赁合同缺页",
    )
    return application


def test_a_supplement_lists_exactly_what_is_missing(returned: Application) -> None:
    client = browser_of(returned.filed_by)
    with on(at("2026-09-02")):
        page = client.get(f"{page_of(returned)}supplement/")
    assert [line.field.name for line in page.context["papers"]] == [
        "property",
        "business_licence",
    ]
    assert all(line.missing for line in page.context["papers"])
    assert "租赁合同缺页" in text_of(page)


def test_a_supplement_is_uploaded_and_handed_in_at_once(returned: Application) -> None:
    client = browser_of(returned.filed_by)
    answers = {
        "paper-property": photo("合同.jpg"),
        "paper-business_licence": photo("执照.jpg"),
        "seen": returned.last_seq,
    }
    with on(at("2026-09-02")):
        sent = client.post(f"{page_of(returned)}supplement/", answers)
    assert sent.status_code == 302
    returned.refresh_from_db()
    assert returned.status == Status.SUBMITTED


def test_a_supplement_may_come_in_parts(returned: Application) -> None:
    client = browser_of(returned.filed_by)
    first = {"paper-property": photo("合同.jpg"), "note": "执照稍后补", "seen": ""}
    with on(at("2026-09-02")):
        page = client.post(f"{page_of(returned)}supplement/", first)
        assert page.status_code == 200
        lacks = "还缺少：营业执照。请上传后再提交。"
        leading = f'<a href="#id_paper-business_licence">{lacks}</a>'
        assert leading in page.content.decode()
        assert "执照稍后补" in page.content.decode()
        there = {
            line.field.name: len(line.documents) for line in page.context["papers"]
        }
        assert there == {"property": 1, "business_licence": 0}
        second = {"paper-business_licence": photo("执照.jpg"), "seen": ""}
        sent = client.post(f"{page_of(returned)}supplement/", second)
    assert sent.status_code == 302
    returned.refresh_from_db()
    assert returned.status == Status.SUBMITTED


def test_more_papers_may_come_at_any_time() -> None:
    application = cast.submitted()
    client = browser_of(application.filed_by)
    address = f"{page_of(application)}papers/"
    with on(cast.NOW):
        sent = client.post(
            address, {"kind": "site_photo", "upload": [photo(), photo()]}
        )
        assert sent.status_code == 302
        said = text_of(client.get(address))
    assert "已上传 2 个文件。" in said
    assert application.documents.filter(kind="site_photo").count() == 2


def test_only_papers_of_the_own_checklist_are_taken() -> None:
    application = cast.submitted()
    client = browser_of(application.filed_by)
    with on(cast.NOW):
        page = client.get(f"{page_of(application)}papers/")
        refused = client.post(
            f"{page_of(application)}papers/", {"kind": "drawings", "upload": [photo()]}
        )
    kinds = [kind for kind, _label in page.context["form"].fields["kind"].choices]
    assert kinds == [
        "identity",
        "property",
        "agent_authority",
        "approval",
        "site_photo",
    ]
    assert refused.context["form"].errors["kind"]
    assert not application.documents.filter(kind="drawings").exists()


def test_papers_of_the_works_are_taken_of_high_voltage() -> None:
    application = cast.walk(Status.CONSTRUCTING, cast.FACTORY)
    client = browser_of(application.filed_by)
    with on(cast.NOW):
        page = client.get(f"{page_of(application)}papers/")
    kinds = dict(page.context["form"].fields["kind"].choices)
    assert {"drawings", "completion"} <= set(kinds)


def test_the_last_promised_paper_leads_back_to_what_comes_next() -> None:
    application = cast.submitted()
    application.promised_documents = ["property"]
    application.save(update_fields=["promised_documents"])
    client = browser_of(application.filed_by)
    with on(cast.NOW):
        sent = client.post(
            f"{page_of(application)}papers/", {"kind": "property", "upload": [photo()]}
        )
    assert sent.headers["Location"] == page_of(application)


def test_promised_papers_come_first_in_the_list() -> None:
    application = cast.submitted()
    application.promised_documents = ["property"]
    application.save(update_fields=["promised_documents"])
    client = browser_of(application.filed_by)
    with on(cast.NOW):
        page = client.get(f"{page_of(application)}papers/")
    assert page.context["form"].fields["kind"].choices[0][0] == "property"
    assert "承诺后补，尚未提交" in text_of(page)
