"""Acts on the desk of outages: what is offered, what is refused, and why."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib import admin
from django.core.exceptions import ValidationError

from outages.forms.outage_acts import FORMS
from outages.lifecycles.outage import Status
from outages.models import Outage
from outages.services import announcing
from tests.cast import NOW, liu, sun
from tests.grid import grid, zhou
from tests.outages.desk import act_on, entered_as, page_of
from tests.outages.lives import (
    END,
    GARDEN,
    LINE_ONE,
    SCHOOL,
    START,
    announced,
    begun,
    drafted,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


def test_a_late_announcement_asks_why_and_keeps_what_was_typed(client):
    grid()
    soon = NOW + timedelta(days=3)
    outage = drafted(starts_at=soon, ends_at=soon + timedelta(hours=2))
    announcing.approve(outage, by=sun(), at=NOW)
    entered_as(client, sun())
    assert "现在公告已迟4天" in client.get(act_on(outage, "announce")).content.decode()

    refused = client.post(act_on(outage, "announce"), {"late_reason": ""})
    done = client.post(act_on(outage, "announce"), {"late_reason": "设备缺陷"})

    assert "请写明迟公告的原因" in refused.content.decode()
    assert done.url == page_of(outage)
    page = client.get(done.url).content.decode()
    assert "公告迟了，原因：设备缺陷" in page
    assert "公告迟于规定" in page


def test_an_announcement_in_time_asks_nothing(client):
    grid()
    outage = drafted()
    announcing.approve(outage, by=sun(), at=NOW)
    entered_as(client, sun())

    assert "迟公告的原因" not in client.get(act_on(outage, "announce")).content.decode()


def test_every_act_opens_and_is_performed(client):
    grid()
    outage = drafted(LINE_ONE)
    other = drafted(GARDEN, SCHOOL, starts_at=END, ends_at=END + timedelta(hours=1))
    entered_as(client, sun())
    assert other.number in client.get(act_on(outage, "merge")).content.decode()

    client.post(act_on(outage, "approve"), {"note": "同意"})
    client.post(act_on(outage, "announce"))
    moved = {
        "reason": "天气",
        "starts_at": "2026-09-12T09:00",
        "ends_at": "2026-09-12T17:00",
    }
    client.post(act_on(outage, "reschedule"), moved)
    client.post(act_on(other, "merge"), {"into": outage.pk})
    for action in (
        "begin",
        "restore",
        "extend",
        "estimate",
        "classify",
        "review",
        "send_back",
    ):
        assert client.get(act_on(outage, action)).status_code in {200, 403}
    outage.refresh_from_db()

    assert outage.status == Status.ANNOUNCED
    assert "2026年9月12日09:00" in client.get(page_of(outage)).content.decode()


def test_what_is_out_comes_back_in_parts(client):
    grid()
    outage = begun(GARDEN, SCHOOL)
    with time_machine.travel(START + timedelta(hours=1), tick=False):
        entered_as(client, zhou())
        opened = client.get(act_on(outage, "restore_part")).content.decode()
        assert "海河花园台区（T-YY1-01）" in opened
        client.post(act_on(outage, "restore_part"), {"transformers": ["T-YY1-01"]})
        page = client.get(page_of(outage)).content.decode()

    assert "已复电 1 / 2 个台区" in page


def test_somebody_was_faster_and_the_page_says_so(client):
    grid()
    outage = announced()
    entered_as(client, zhou())
    announcing.cancel(outage, reason="不停了", by=sun(), at=NOW)

    answer = client.post(act_on(outage, "cancel"), {"reason": "也不停了", "seen": "3"})

    assert answer.status_code == 409
    assert "也不停了" in answer.content.decode()


def test_what_is_not_due_says_why(client):
    grid()
    outage = announced()
    entered_as(client, zhou())

    answer = client.get(act_on(outage, "begin"))
    refused = client.post(act_on(outage, "begin"), {})

    assert (answer.status_code, refused.status_code) == (403, 409)
    assert "未到公告的停电时间" in answer.content.decode()
    assert client.get(act_on(outage, "break_out")).status_code == 404
    assert client.get("/admin/outages/outage/nonsense/change/").status_code == 404


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
