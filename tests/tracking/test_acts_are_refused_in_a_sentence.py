"""What cannot be done says why, keeps what was typed, and changes nothing."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from applications.lifecycle import Status
from applications.models import Application
from applications.services import connecting, planning
from tests import cast
from tests.tracking.visits import browser_of, on, page_of, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def replied() -> Application:
    return cast.walk(Status.PLAN_REPLIED, cast.FACTORY)


@pytest.mark.parametrize("page", ["", "plan/", "papers/", "confirm_plan/", "status/"])
def test_somebody_else_s_application_does_not_exist(
    replied: Application, page: str
) -> None:
    client = browser_of(cast.zhang())
    with on(cast.NOW):
        theirs = client.get(f"{page_of(replied)}{page}")
        nobodys = client.get(f"/applications/BD-0000-0000-0000-0/{page}")
    assert theirs.status_code == nobodys.status_code == 404
    assert text_of(theirs) == text_of(nobodys)


def test_another_district_s_manager_sees_nothing_either(replied: Application) -> None:
    with on(cast.NOW):
        assert browser_of(cast.li()).get(page_of(replied)).status_code == 404
        assert browser_of(cast.wang()).get(page_of(replied)).status_code == 200


@pytest.mark.parametrize("page", ["", "plan/", "papers/", "confirm_plan/"])
def test_a_visitor_is_led_to_sign_in(replied: Application, page: str) -> None:
    answer = Client().get(f"{page_of(replied)}{page}")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in/?next=/applications/BD-")


@pytest.mark.parametrize("person", [cast.wang, cast.liu, cast.sun])
def test_nobody_confirms_for_the_applicant(
    replied: Application, person: object
) -> None:
    client = browser_of(person())  # type: ignore[operator]
    with on(cast.NOW):
        answer = client.post(f"{page_of(replied)}confirm_plan/", {"seen": ""})
    assert answer.status_code == 403
    assert "“确认供电方案”只能由申请人办理。" in text_of(answer)
    replied.refresh_from_db()
    assert replied.status == Status.PLAN_REPLIED


def test_a_manager_s_act_has_no_page_here(replied: Application) -> None:
    with on(cast.NOW):
        client = browser_of(cast.wang())
        assert client.post(f"{page_of(replied)}energise/").status_code == 404
        assert client.get(f"{page_of(replied)}nonsense/").status_code == 404


def test_an_act_out_of_order_is_a_conflict_that_shows_the_state() -> None:
    application = cast.walk(Status.ACCEPTED, cast.FACTORY)
    client = browser_of(application.filed_by)
    for method in (client.get, client.post):
        with on(cast.NOW):
            answer = method(f"{page_of(application)}confirm_plan/")
        assert answer.status_code == 409
        said = text_of(answer)
        assert "申请当前为“已受理，编制供电方案”，不能办理“确认供电方案”。" in said
        assert "还剩 10 个工作日" in said


def test_a_page_that_was_overtaken_keeps_the_words_to_be_sent_again(
    replied: Application,
) -> None:
    client = browser_of(replied.filed_by)
    old = replied.last_seq
    planning.extend_plan(replied, by=replied.filed_by, at=cast.NOW)
    answers = {"seen": old, "reason": "离电源点太远"}
    with on(cast.NOW):
        answer = client.post(f"{page_of(replied)}object_plan/", answers)
    assert answer.status_code == 409
    said = text_of(answer)
    assert "刚刚由申请人 陈**办理了“申请方案延期”" in said
    assert "离电源点太远" in answer.content.decode()
    again = answer.context["fields"]["seen"].value()
    assert again == replied.last_seq
    with on(cast.NOW):
        sent = client.post(
            f"{page_of(replied)}object_plan/", {**answers, "seen": again}
        )
    assert sent.status_code == 302


def test_an_act_that_is_gone_hands_the_words_back(replied: Application) -> None:
    client = browser_of(replied.filed_by)
    old = replied.last_seq
    planning.confirm_plan(replied, by=replied.filed_by, at=cast.NOW)
    with on(cast.NOW):
        answer = client.post(
            f"{page_of(replied)}object_plan/", {"seen": old, "reason": "离电源点太远"}
        )
    assert answer.status_code == 409
    said = text_of(answer)
    assert "离电源点太远" in said
    assert "没有提交" in said
    replied.refresh_from_db()
    assert replied.status == Status.PLAN_CONFIRMED


def test_the_same_click_twice_is_done_once_and_answered_alike(
    replied: Application,
) -> None:
    client = browser_of(replied.filed_by)
    answers = {"seen": replied.last_seq}
    with on(cast.NOW):
        first = client.post(f"{page_of(replied)}confirm_plan/", answers)
        second = client.post(f"{page_of(replied)}confirm_plan/", answers)
    assert first.status_code == second.status_code == 302
    assert first["Location"] == second["Location"]
    assert replied.events.filter(action="confirm_plan").count() == 1


@pytest.mark.parametrize("seen", ["x", "-1", "9" * 40, "１"])
def test_a_forged_sequence_is_refused_without_a_fault(
    replied: Application, seen: str
) -> None:
    client = browser_of(replied.filed_by)
    with on(cast.NOW):
        answer = client.post(f"{page_of(replied)}confirm_plan/", {"seen": seen})
    assert answer.status_code in {200, 409}
    replied.refresh_from_db()
    assert replied.status == Status.PLAN_REPLIED


def test_an_empty_reason_stays_on_its_page(replied: Application) -> None:
    client = browser_of(replied.filed_by)
    with on(cast.NOW):
        answer = client.post(f"{page_of(replied)}object_plan/", {"reason": " "})
    assert answer.status_code == 200
    assert "<title>错误：" in answer.content.decode()
    assert replied.events.filter(action="object_plan").count() == 0


def test_a_wrong_signature_is_told_at_its_field_and_kept() -> None:
    application = cast.walk(Status.PLAN_CONFIRMED)
    client = browser_of(application.filed_by)
    answers = {"signed_name": "张三丰", "agreed": "on", "seen": application.last_seq}
    with on(cast.NOW):
        answer = client.post(f"{page_of(application)}sign_contract/", answers)
    form = answer.context["fields"]
    assert form.errors["signed_name"] == [
        "签名应与申请人或联系人姓名一致，请填写“张建国”。"
    ]
    assert 'value="张三丰"' in answer.content.decode()


def test_a_contract_not_agreed_to_asks_for_the_tick() -> None:
    application = cast.walk(Status.PLAN_CONFIRMED)
    client = browser_of(application.filed_by)
    with on(cast.NOW):
        answer = client.post(
            f"{page_of(application)}sign_contract/", {"signed_name": "张建国"}
        )
    form = answer.context["fields"]
    assert form.errors["agreed"] == ["请勾选“我已阅读并同意供用电合同”。"]


def test_drawings_are_asked_for_before_the_review() -> None:
    application = cast.walk(Status.DESIGNING, cast.DATA_CENTRE)
    client = browser_of(application.filed_by)
    with on(cast.NOW):
        answer = client.post(
            f"{page_of(application)}submit_design/", {"note": "共十二张", "seen": ""}
        )
    assert answer.status_code == 200
    assert "请先上传设计图纸。" in text_of(answer)
    assert "共十二张" in answer.content.decode()


def test_a_bad_file_is_told_at_its_field_and_nothing_is_handed_in() -> None:
    application = cast.walk(Status.DESIGNING, cast.DATA_CENTRE)
    client = browser_of(application.filed_by)
    page = SimpleUploadedFile("图纸.html", b"<script>alert(1)</script>")
    with on(cast.NOW):
        answer = client.post(
            f"{page_of(application)}submit_design/",
            {"note": "共十二张", "paper-drawings": page, "seen": ""},
        )
    assert answer.status_code == 200
    page_again = answer.content.decode()
    assert '<a href="#id_paper-drawings">只能上传PDF、JPG、PNG或HEIC文件' in page_again
    assert "共十二张" in page_again
    application.refresh_from_db()
    assert application.status == Status.DESIGNING


def test_no_file_is_kept_of_a_page_that_was_overtaken() -> None:
    application = cast.walk(Status.DESIGNING, cast.DATA_CENTRE)
    client = browser_of(application.filed_by)
    with on(cast.NOW):
        answer = client.post(
            f"{page_of(application)}submit_design/",
            {"paper-drawings": cast.paper(), "seen": application.last_seq - 1},
        )
    assert answer.status_code == 409
    assert not application.documents.filter(kind="drawings").exists()


def test_papers_are_closed_with_the_application() -> None:
    application = cast.submitted()
    connecting.withdraw(
        application, by=application.filed_by, at=cast.NOW, reason="不装了"
    )
    client = browser_of(application.filed_by)
    with on(cast.NOW):
        page = client.get(f"{page_of(application)}papers/")
        answer = client.post(
            f"{page_of(application)}papers/",
            {"kind": "site_photo", "upload": cast.paper()},
        )
    assert page.status_code == 200
    assert "不能办理“补充材料”" in text_of(page)
    assert answer.status_code == 403


def test_a_paper_needs_a_file_that_can_be_kept() -> None:
    application = cast.submitted()
    client = browser_of(application.filed_by)
    address = f"{page_of(application)}papers/"
    with on(cast.NOW):
        empty = client.post(address, {"kind": "site_photo"})
        bad = client.post(
            address, {"kind": "site_photo", "upload": SimpleUploadedFile("x", b"x")}
        )
    assert "请选择要上传的文件。" in text_of(empty)
    assert bad.status_code == 200
    assert bad.context["form"].errors["upload"]
