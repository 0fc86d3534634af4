"""An act that cannot be done says why, changes nothing and keeps what was typed."""

import pytest

from applications.lifecycle import Status
from applications.models import Event
from applications.services import acceptance, casework
from tests import cast
from tests.admin import desk


def test_an_act_out_of_order_is_refused_with_the_reason() -> None:
    application = cast.submitted()
    client = desk.sign_in(cast.wang())
    response = desk.press(
        client,
        application,
        "energise",
        meter_number="TJ000123",
        account_number="1200000001",
    )
    assert response.status_code == 409
    assert "申请当前为“待受理”，不能办理“装表送电”" in desk.text(response)
    assert application.status == Status.SUBMITTED


def test_the_same_act_twice_is_done_once() -> None:
    application = cast.submitted()
    client = desk.sign_in(cast.wang())
    seen = application.last_seq
    assert desk.press(client, application, "accept", seen=seen).status_code == 302
    again = desk.press(client, application, "accept", seen=seen)
    assert again.status_code == 409
    assert "T0012 王工" in desk.text(again)
    assert Event.objects.filter(action="accept").count() == 1


def test_a_decision_on_an_outdated_page_keeps_the_words_typed() -> None:
    application = cast.submitted()
    seen = application.last_seq
    casework.note(application, by=cast.zhao(), at=cast.NOW, text="已电话联系")
    client = desk.sign_in(cast.wang())
    response = desk.press(
        client,
        application,
        "refuse",
        seen=seen,
        reason="不在供电范围内",
        next_step="请找转供电单位",
    )
    page = desk.text(response)
    assert response.status_code == 409
    assert "刚刚由T0001 赵班长办理了“添加备注”" in page
    assert "不在供电范围内" in page
    assert "请找转供电单位" in page
    assert application.status == Status.SUBMITTED
    # What lies on the page now may be sent again.
    assert f'name="seen" value="{application.last_seq}"' in page
    again = desk.press(
        client, application, "refuse", reason="不在范围", next_step="请找转供电单位"
    )
    assert again.status_code == 302


def test_missing_answers_come_back_at_their_fields() -> None:
    application = cast.submitted()
    client = desk.sign_in(cast.wang())
    response = desk.press(client, application, "refuse", reason="不在供电范围内")
    page = desk.text(response)
    assert response.status_code == 200
    assert "错误：" in page
    assert "不在供电范围内" in page
    assert application.status == Status.SUBMITTED


def test_only_papers_of_the_applicants_checklist_can_be_asked_for() -> None:
    application = cast.submitted(cast.SHOP)
    client = desk.sign_in(cast.wang())
    page = desk.text(client.get(desk.act_url(application, "return_for_supplement")))
    assert 'value="business_licence"' in page
    for other in ("identity", "drawings", "completion", "supplement"):
        assert f'value="{other}"' not in page
    desk.press(client, application, "return_for_supplement", missing="drawings")
    assert application.status == Status.SUBMITTED
    desk.press(client, application, "return_for_supplement", missing="property")
    application.refresh_from_db()
    assert application.status == Status.RETURNED


def test_what_the_service_finds_wrong_comes_back_at_its_field() -> None:
    application = cast.submitted(cast.FACTORY)
    client = desk.sign_in(cast.wang())
    answers = {
        "project_name": "友谊路改造",
        "project_address": "友谊路",
        "reason": "线路满载",
        "responsible_unit": "城南公司",
        "approved_by_name": "周主任",
        "planned_on": "2026-08-01",
    }
    response = desk.press(client, application, "flag_grid_upgrade", **answers)
    assert "工程计划完成时限应晚于今天" in desk.text(response)
    assert not application.grid_upgrades.exists()


def test_a_manager_cannot_assign_and_the_page_does_not_offer_it() -> None:
    application = cast.submitted()
    client = desk.sign_in(cast.wang())
    assert "分派" not in desk.text(client.get(desk.ticket_url(application)))
    answers = {"manager": str(cast.wang().pk)}
    response = desk.press(client, application, "assign", **answers)
    assert response.status_code == 403
    assert "只能由班组长办理" in desk.text(response)


def test_a_supervisor_assigns_within_the_district_only() -> None:
    application, wang = cast.submitted(), cast.wang()
    client = desk.sign_in(cast.zhao())
    page = desk.text(client.get(desk.act_url(application, "assign")))
    assert "王工" in page
    assert "李工" not in page
    wrong = desk.press(client, application, "assign", manager=str(cast.li().pk))
    assert wrong.status_code == 200
    assert application.manager is None
    right = desk.press(client, application, "assign", manager=str(wang.pk))
    assert right.status_code == 302
    assert application.manager == wang


@pytest.mark.parametrize("action", ["confirm_plan", "withdraw", "sign_contract"])
def test_the_applicants_acts_are_not_the_managers(action: str) -> None:
    application = cast.walk(Status.PLAN_REPLIED)
    client = desk.sign_in(cast.wang())
    answers = {"reason": "代办", "signed_name": "张建国", "agreed": "on"}
    response = desk.press(client, application, action, **answers)
    assert response.status_code == 403
    assert application.status == Status.PLAN_REPLIED


@pytest.mark.parametrize("action", ["", "submit", "reveal", "expire_plan", "save"])
def test_what_is_no_act_has_no_page(action: str) -> None:
    application = cast.submitted()
    base = f"/admin/applications/application/{application.pk}/act/"
    response = desk.sign_in(cast.wang()).get(f"{base}{action}/")
    assert response.status_code in {302, 404}


def test_grey_acts_show_their_reason_in_words() -> None:
    application = cast.submitted()
    acceptance.return_for_supplement(
        application, by=cast.wang(), at=cast.NOW, missing=["property"]
    )
    cast.hand_in(application, "property", by=cast.zhang(), moment=cast.NOW)
    acceptance.supplement(application, by=cast.zhang(), at=cast.NOW)
    page = desk.text(desk.sign_in(cast.wang()).get(desk.ticket_url(application)))
    assert "补正要求只能一次性告知" in page
    assert "没有电力外线工程的申请不需要行政审批" in page


def test_what_cannot_be_done_is_folded_away_beside_what_can() -> None:
    application = cast.submitted()
    page = desk.sign_in(cast.wang()).get(desk.ticket_url(application)).content.decode()
    folded = page[page.index("<details>\n      <summary>现在不能办") :]
    assert "转行政审批" in folded[: folded.index("</details>")]


def test_opening_an_act_that_is_not_due_says_so_and_has_no_button() -> None:
    application = cast.submitted()
    client = desk.sign_in(cast.wang())
    response = client.get(desk.act_url(application, "archive"))
    assert response.status_code == 403
    assert "不能办理“归档”" in desk.text(response)
    assert 'type="submit">归档' not in desk.text(response)
