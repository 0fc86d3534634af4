"""The page of an outage: what stands in its way, and what became of it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from outages.models import Outage
from outages.services import announcing, arrears, judging, outage_files, running
from outages.services.drafting import Debt
from outages.services.records import OutageRecord
from outages.services.scoping import ScopePart
from outages.vocabulary import OutageKind
from sla.ground.actors import SYSTEM
from tests.cast import NOW, laws, sun
from tests.grid import grid, zhou
from tests.outages.desk import entered_as, page_of
from tests.outages.lives import (
    END,
    GARDEN,
    LINE_ONE,
    SCHOOL,
    START,
    ZHANG_HOME,
    drafted,
    fault,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


def test_the_page_shows_conflicts_forecast_and_who_may_not_approve(client):
    grid()
    for ago in (30, 20, 10):
        moment = NOW - timedelta(days=ago)
        running.restore(fault(moment=moment), by=zhou(), at=moment + timedelta(hours=1))
    outage = drafted(LINE_ONE, works=["换表"])
    soon = END + timedelta(days=3)
    other = drafted(GARDEN, SCHOOL, starts_at=soon, ends_at=soon + timedelta(days=1))
    entered_as(client, zhou())

    page = client.get(page_of(outage)).content.decode()

    assert f"{other.number}（拟定）相隔3天" in page
    assert "海河花园台区连续60天将达4次，超过3次的限值。" in page
    assert "停电须由拟定人以外的另一人批准" in page
    assert "须提前7天公告" in page


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
    entered_as(client, zhou())

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
    entered_as(client, sun())

    assert "缺少催交记录" in client.get(page_of(outage)).content.decode()


def test_a_merged_draft_leads_to_where_it_went(client):
    grid()
    outage, other = drafted(), drafted(SCHOOL)
    entered_as(client, sun())
    laws()
    Outage.objects.filter(pk=outage.pk).update(merged_into=other)

    assert other.number in client.get(page_of(outage)).content.decode()


def test_a_cause_is_named_and_a_judged_outage_keeps_its_page(client):
    grid()
    outage = fault()
    judging.classify(outage, cause="weather", evidence="证明1号", by=zhou(), at=NOW)
    entered_as(client, sun())

    page = client.get(page_of(outage)).content.decode()

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
    entered_as(client, sun())

    page = client.get(page_of(outage)).content.decode()

    assert "导入" in page
    assert "迟公告" in page
