"""A draft on the desk: what is looked for is found, what is typed stays."""

from datetime import timedelta

import pytest

from outages.lifecycles.outage import Status
from outages.models import Outage
from outages.services.drafting import Debt
from outages.vocabulary import OutageKind
from tests.cast import NOW, sun
from tests.grid import grid, zhou
from tests.outages.desk import ADD, FAULT, act_on, entered_as, page_of
from tests.outages.lives import (
    ZHANG_HOME,
    announced,
    drafted,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


def test_a_draft_is_searched_ticked_typed_and_saved(client):
    grid()
    entered_as(client, zhou())
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
    assert saved.url == page_of(outage)
    assert outage.households == 500
    assert outage.starts_at.isoformat() == "2026-09-10T00:00:00+00:00"
    assert [(w.content, w.unit) for w in outage.works.order_by("pk")] == [
        ("换变压器", "河西班"),
        ("紧固接头", ""),
    ]


def test_nothing_found_is_said(client):
    grid()
    entered_as(client, zhou())

    page = client.post(ADD, {"look": "不存在的小区", "find": "1"}).content.decode()

    assert "没有查到，请换一个名称或编码。" in page


def test_accounts_and_lines_are_found_too(client):
    grid()
    entered_as(client, zhou())

    by_number = client.post(FAULT, {"look": "1200000001", "find": "1"})
    by_name = client.post(FAULT, {"look": "友谊", "find": "1"}).content.decode()

    assert "户号 海河花园台区内（1200000001）" in by_number.content.decode()
    assert "变电站 友谊站（S-YY）" in by_name
    assert "线路 友谊一线（L-YY1）" in by_name


def test_what_is_refused_stays_typed(client):
    grid()
    entered_as(client, zhou())

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
    entered_as(client, zhou())
    typed = {
        "kind": "arrears", "reason": "逾期", "scope": "1200000001",
        "starts_at": "2026-09-20T09:00", "due_on": "2026-07-01",
        "reminded_on": "七月十日", "residential_compound": "on",
    }  # fmt: skip

    assert "请写成 2026-07-10" in client.post(ADD, typed).content.decode()
    client.post(ADD, typed | {"reminded_on": "2026-07-10，2026-08-01"})

    assert Outage.objects.get().arrears.reminded_on == ["2026-07-10", "2026-08-01"]


def test_a_fault_is_recorded_from_its_form(client):
    grid()
    entered_as(client, zhou())

    refused = client.post(FAULT, {"reason": "电缆", "scope": ""})
    saved = client.post(
        FAULT, {"reason": "电缆", "scope": "L-YY1", "estimated_at": "2026-09-01T12:00"}
    )
    again = client.post(FAULT, {"reason": "电缆", "scope": "T-YY1-01"})

    assert "请至少选择一个停电范围" in refused.content.decode()
    outage = Outage.objects.get()
    assert saved.url == page_of(outage)
    assert outage.status == Status.UNDER_WAY
    assert again.status_code == 403
    assert "不能重复登记" in again.content.decode()


def test_a_draft_is_changed_on_its_own_page(client):
    grid()
    outage = drafted(
        ZHANG_HOME, kind=OutageKind.ARREARS, ends_at=None,
        arrears=Debt((NOW - timedelta(days=40)).date(), (NOW.date(),)),
        works=["拆表"],
    )  # fmt: skip
    entered_as(client, zhou())
    edit = client.get(act_on(outage, "change")).url
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
    entered_as(client, zhou())

    assert client.get(act_on(outage, "change"), follow=True).status_code in {403, 409}


def test_an_undated_draft_is_shown_and_edited(client):
    grid()
    outage = drafted(starts_at=None, ends_at=None)
    announcing_form = act_on(outage, "announce")
    entered_as(client, sun())
    edit = client.get(act_on(outage, "change")).url

    assert "还没有填写计划停电时间" in client.get(page_of(outage)).content.decode()
    assert client.get(announcing_form).status_code == 403
    refused = client.post(
        edit, {"kind": "fault", "reason": "换", "scope": "L-YY1", "seen": "1"}
    )
    assert refused.status_code == 200
    assert "请选择" in refused.content.decode()


def test_forms_open_empty_filled_in_or_as_the_draft_says(client):
    grid()
    outage = drafted(works=["换表"])
    entered_as(client, zhou())

    suggested = client.get(f"{FAULT}?scope=L-YY1").content.decode()
    edit = client.get(client.get(act_on(outage, "change")).url).content.decode()

    assert client.get(ADD).status_code == 200
    assert "L-YY1" in suggested
    assert "台区:T-YY1-01" in edit
    assert "换表" in edit
