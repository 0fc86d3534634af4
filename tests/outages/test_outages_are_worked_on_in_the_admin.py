"""The desk of outages: what is offered, what is refused, and what is typed stays."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.urls import reverse

from outages.forms.outage_acts import FORMS
from outages.lifecycles.outage import Status
from outages.models import Outage
from outages.services import (
    announcing,
    arrears,
    judging,
    outage_files,
    running,
)
from outages.services.drafting import Debt
from outages.services.records import OutageRecord
from outages.services.scoping import ScopePart
from outages.vocabulary import OutageKind
from sla.ground.actors import SYSTEM
from tests.cast import NOW, laws, liu, sun
from tests.grid import grid, zhou
from tests.outages.lives import (
    END,
    GARDEN,
    LINE_ONE,
    SCHOOL,
    START,
    ZHANG_HOME,
    announced,
    begun,
    drafted,
    fault,
)

pytestmark = pytest.mark.django_db
ADD = reverse("admin:outages_outage_add")
FAULT = reverse("admin:outages_outage_fault")


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


def _page(outage: Outage) -> str:
    return reverse("admin:outages_outage_change", args=[outage.pk])


def _act(outage: Outage, action: str) -> str:
    return reverse("admin:outages_outage_act", args=[outage.pk, action])


def _as(client, person):
    client.force_login(person)
    return client


def test_a_draft_is_searched_ticked_typed_and_saved(client):
    grid()
    _as(client, zhou())
    typed = {
        "kind": "planned", "reason": "换变压器", "scope": "T-YY1-02", "look": "海河",
        "starts_at": "2026-09-10T08:00", "ends_at": "2026-09-10T16:00",
        "works": "换变压器｜河西班\n\n紧固接头",
    }  # fmt: skip

    looked = client.post(ADD, typed | {"find": "1"})
    assert "台区 海河花园台区（T-YY1-01）" in looked.content.decode()
    assert "错误：" not in looked.content.decode()
    saved = client.post(ADD, typed | {"found": ["台区:T-YY1-01"]})

    outage = Outage.objects.get()
    assert saved.url == _page(outage)
    assert outage.households == 500
    assert outage.starts_at.isoformat() == "2026-09-10T00:00:00+00:00"
    assert [(w.content, w.unit) for w in outage.works.order_by("pk")] == [
        ("换变压器", "河西班"),
        ("紧固接头", ""),
    ]


def test_nothing_found_is_said(client):
    grid()
    _as(client, zhou())

    page = client.post(ADD, {"look": "不存在的小区", "find": "1"}).content.decode()

    assert "没有查到，请换一个名称或编码。" in page


def test_accounts_and_lines_are_found_too(client):
    grid()
    _as(client, zhou())

    by_number = client.post(FAULT, {"look": "1200000001", "find": "1"})
    by_name = client.post(FAULT, {"look": "友谊", "find": "1"}).content.decode()

    assert "户号 海河花园台区内（1200000001）" in by_number.content.decode()
    assert "变电站 友谊站（S-YY）" in by_name
    assert "线路 友谊一线（L-YY1）" in by_name


def test_what_is_refused_stays_typed(client):
    grid()
    _as(client, zhou())

    page = client.post(
        ADD,
        {
            "kind": "planned", "reason": "换变压器", "scope": "L-NO",
            "starts_at": "2026-09-10T08:00", "ends_at": "2026-09-10T16:00",
        },
    ).content.decode()  # fmt: skip

    assert "找不到编码或户号“L-NO”，请核对。" in page
    assert 'value="换变压器"' in page
    assert 'value="2026-09-10T08:00"' in page
    assert not Outage.objects.exists()


def test_arrears_are_drafted_with_their_dates(client):
    grid()
    _as(client, zhou())
    typed = {
        "kind": "arrears", "reason": "逾期", "scope": "1200000001",
        "starts_at": "2026-09-20T09:00", "due_on": "2026-07-01",
        "reminded_on": "七月十日", "residential_compound": "on",
    }  # fmt: skip

    assert "请写成 2026-07-10" in client.post(ADD, typed).content.decode()
    client.post(ADD, typed | {"reminded_on": "2026-07-10，2026-08-01"})

    assert Outage.objects.get().arrears.reminded_on == ["2026-07-10", "2026-08-01"]


def test_a_draft_is_changed_on_its_own_page(client):
    grid()
    outage = drafted(
        ZHANG_HOME, kind=OutageKind.ARREARS, ends_at=None,
        arrears=Debt((NOW - timedelta(days=40)).date(), (NOW.date(),)),
        works=["拆表"],
    )  # fmt: skip
    _as(client, zhou())
    edit = client.get(_act(outage, "change")).url
    page = client.get(edit)
    facts = page.context["form"].initial
    assert facts["scope"] == "户号:1200000001"
    assert facts["works"] == "拆表"

    client.post(
        edit,
        {
            "kind": "planned", "reason": "换杆", "scope": "L-YY1", "seen": "1",
            "starts_at": "2026-09-10T08:00", "ends_at": "2026-09-10T16:00",
        },
    )  # fmt: skip
    stale = client.post(
        edit,
        {
            "kind": "planned", "reason": "又换", "scope": "L-YY1", "seen": "1",
            "starts_at": "2026-09-10T08:00", "ends_at": "2026-09-10T16:00",
        },
    )  # fmt: skip

    outage.refresh_from_db()
    assert (outage.kind, outage.reason) == ("planned", "换杆")
    assert stale.status_code == 409
    assert "刚刚由Y0002 周运维办理了“修改”" in stale.content.decode()
    assert 'value="又换"' in stale.content.decode()


def test_what_is_no_draft_is_not_changed(client):
    grid()
    outage = announced()
    _as(client, zhou())

    assert client.get(_act(outage, "change"), follow=True).status_code in {403, 409}


def test_a_fault_is_recorded_from_its_form(client):
    grid()
    _as(client, zhou())

    refused = client.post(FAULT, {"reason": "电缆", "scope": ""})
    saved = client.post(
        FAULT, {"reason": "电缆", "scope": "L-YY1", "estimated_at": "2026-09-01T12:00"}
    )
    again = client.post(FAULT, {"reason": "电缆", "scope": "T-YY1-01"})

    assert "请至少选择一个停电范围" in refused.content.decode()
    outage = Outage.objects.get()
    assert saved.url == _page(outage)
    assert outage.status == Status.UNDER_WAY
    assert again.status_code == 403
    assert "不能重复登记" in again.content.decode()


def test_the_page_shows_conflicts_forecast_and_who_may_not_approve(client):
    grid()
    for ago in (30, 20, 10):
        moment = NOW - timedelta(days=ago)
        running.restore(fault(moment=moment), by=zhou(), at=moment + timedelta(hours=1))
    outage = drafted(LINE_ONE, works=["换表"])
    soon = END + timedelta(days=3)
    other = drafted(GARDEN, SCHOOL, starts_at=soon, ends_at=soon + timedelta(days=1))
    _as(client, zhou())

    page = client.get(_page(outage)).content.decode()

    assert f"{other.number}（拟定）相隔3天" in page
    assert "海河花园台区连续60天将达4次，超过3次的限值。" in page
    assert "停电须由拟定人以外的另一人批准" in page
    assert "须提前7天公告" in page


def test_a_late_announcement_asks_why_and_keeps_what_was_typed(client):
    grid()
    soon = NOW + timedelta(days=3)
    outage = drafted(starts_at=soon, ends_at=soon + timedelta(hours=2))
    announcing.approve(outage, by=sun(), at=NOW)
    _as(client, sun())
    assert "现在公告已迟4天" in client.get(_act(outage, "announce")).content.decode()

    refused = client.post(_act(outage, "announce"), {"late_reason": ""})
    done = client.post(_act(outage, "announce"), {"late_reason": "设备缺陷"})

    assert "请写明迟公告的原因" in refused.content.decode()
    assert done.url == _page(outage)
    page = client.get(done.url).content.decode()
    assert "公告迟了，原因：设备缺陷" in page
    assert "公告迟于规定" in page


def test_an_announcement_in_time_asks_nothing(client):
    grid()
    outage = drafted()
    announcing.approve(outage, by=sun(), at=NOW)
    _as(client, sun())

    assert "迟公告的原因" not in client.get(_act(outage, "announce")).content.decode()


def test_every_act_opens_and_is_performed(client):
    grid()
    outage = drafted(LINE_ONE)
    other = drafted(GARDEN, SCHOOL, starts_at=END, ends_at=END + timedelta(hours=1))
    _as(client, sun())
    assert other.number in client.get(_act(outage, "merge")).content.decode()

    client.post(_act(outage, "approve"), {"note": "同意"})
    client.post(_act(outage, "announce"))
    moved = {
        "reason": "天气",
        "starts_at": "2026-09-12T09:00",
        "ends_at": "2026-09-12T17:00",
    }
    client.post(_act(outage, "reschedule"), moved)
    client.post(_act(other, "merge"), {"into": outage.pk})
    for action in (
        "begin",
        "restore",
        "extend",
        "estimate",
        "classify",
        "review",
        "send_back",
    ):
        assert client.get(_act(outage, action)).status_code in {200, 403}
    outage.refresh_from_db()

    assert outage.status == Status.ANNOUNCED
    assert "2026年9月12日09:00" in client.get(_page(outage)).content.decode()


def test_what_is_out_comes_back_in_parts(client):
    grid()
    outage = begun(GARDEN, SCHOOL)
    with time_machine.travel(START + timedelta(hours=1), tick=False):
        _as(client, zhou())
        opened = client.get(_act(outage, "restore_part")).content.decode()
        assert "海河花园台区（T-YY1-01）" in opened
        client.post(_act(outage, "restore_part"), {"transformers": ["T-YY1-01"]})
        page = client.get(_page(outage)).content.decode()

    assert "已复电 1 / 2 个台区" in page


def test_somebody_was_faster_and_the_page_says_so(client):
    grid()
    outage = announced()
    _as(client, zhou())
    announcing.cancel(outage, reason="不停了", by=sun(), at=NOW)

    answer = client.post(_act(outage, "cancel"), {"reason": "也不停了", "seen": "3"})

    assert answer.status_code == 409
    assert "也不停了" in answer.content.decode()


def test_what_is_not_due_says_why(client):
    grid()
    outage = announced()
    _as(client, zhou())

    answer = client.get(_act(outage, "begin"))
    refused = client.post(_act(outage, "begin"), {})

    assert (answer.status_code, refused.status_code) == (403, 409)
    assert "未到公告的停电时间" in answer.content.decode()
    assert client.get(_act(outage, "break_out")).status_code == 404
    assert client.get("/admin/outages/outage/nonsense/change/").status_code == 404


def test_the_steps_of_arrears_are_listed(client):
    grid()
    outage = drafted(
        ZHANG_HOME, kind=OutageKind.ARREARS, ends_at=None,
        arrears=Debt((NOW - timedelta(days=40)).date(), (NOW.date(),), True),
    )  # fmt: skip
    announcing.approve(outage, by=sun(), at=NOW)
    announcing.announce(outage, by=sun(), at=NOW)
    arrears.report_to_district(outage, reference="西能报1号", by=zhou(), at=NOW)
    arrears.give_final_notice(outage, by=zhou(), at=START - timedelta(hours=1))
    _as(client, zhou())

    page = client.get(reverse("admin:outages_outage_history", args=[outage.pk]))

    said = page.content.decode()
    assert "西能报1号" in said
    assert "停电前30分钟再次通知" in said
    assert "登记已交清电费" in said
    assert "并入其他工作" not in said


def test_a_debt_without_reminders_shows_the_gap(client):
    grid()
    outage = drafted(
        ZHANG_HOME, kind=OutageKind.ARREARS, ends_at=None,
        arrears=Debt((NOW - timedelta(days=40)).date()),
    )  # fmt: skip
    _as(client, sun())

    assert "缺少催交记录" in client.get(_page(outage)).content.decode()


def test_a_merged_draft_leads_to_where_it_went(client):
    grid()
    outage, other = drafted(), drafted(SCHOOL)
    _as(client, sun())
    laws()
    Outage.objects.filter(pk=outage.pk).update(merged_into=other)

    assert other.number in client.get(_page(outage)).content.decode()


def test_a_cause_is_named_and_a_judged_outage_keeps_its_page(client):
    grid()
    outage = fault()
    judging.classify(outage, cause="weather", evidence="证明1号", by=zhou(), at=NOW)
    _as(client, sun())

    page = client.get(_page(outage)).content.decode()

    assert "恶劣天气等不可抗力" in page
    assert "证明1号" in page
    assert "同意剔除" in page


def test_imported_works_have_a_page_without_announcement(client):
    grid()
    began = NOW - timedelta(days=9)
    record = OutageRecord(
        "planned", "检修", (ScopePart("", "T-HP1-01"),), began,
        began + timedelta(hours=1), "", began, began + timedelta(hours=2),
    )  # fmt: skip
    (outage,) = outage_files.load([record], by=SYSTEM, at=NOW).outages
    _as(client, sun())

    page = client.get(_page(outage)).content.decode()

    assert "导入" in page
    assert "迟公告" in page


def test_an_undated_draft_is_shown_and_edited(client):
    grid()
    outage = drafted(starts_at=None, ends_at=None)
    announcing_form = _act(outage, "announce")
    _as(client, sun())
    edit = client.get(_act(outage, "change")).url

    assert "还没有填写计划停电时间" in client.get(_page(outage)).content.decode()
    assert client.get(announcing_form).status_code == 403
    refused = client.post(
        edit, {"kind": "fault", "reason": "换", "scope": "L-YY1", "seen": "1"}
    )
    assert refused.status_code == 200
    assert "请选择" in refused.content.decode()


def test_the_workbench_leads_to_outages_for_those_who_keep_the_network(rf):
    grid()
    site = admin.site
    desk = site.get_model_admin(Outage)
    request = rf.get("/admin/")
    request.user = sun()

    assert desk.has_module_permission(request)
    assert desk.has_add_permission(request)
    assert not desk.has_change_permission(request)
    assert not desk.has_delete_permission(request)
    drafted()
    assert desk.get_queryset(request).count() == 1
    request.user = liu()
    assert not desk.has_module_permission(request)


def test_a_refusal_without_a_field_stands_above_the_form():
    grid()
    form = FORMS["note"]({"text": "x"}, row=drafted(), at=NOW)
    assert form.is_valid()

    form.take_back(ValidationError("今天不行"))

    assert form.non_field_errors() == ["今天不行"]


def test_forms_open_empty_filled_in_or_as_the_draft_says(client):
    grid()
    outage = drafted(works=["换表"])
    _as(client, zhou())

    suggested = client.get(f"{FAULT}?scope=L-YY1").content.decode()
    edit = client.get(client.get(_act(outage, "change")).url).content.decode()

    assert client.get(ADD).status_code == 200
    assert "L-YY1" in suggested
    assert "台区:T-YY1-01" in edit
    assert "换表" in edit
