"""What is kept or told is worded alike, whatever the person who acted was reading."""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from django.utils import translation

from applications.lifecycle import Status
from applications.models import Application, Event
from applications.services import acceptance, casework
from applications.services.acceptance import Survey
from outages.indices import year as whole_year
from outages.models import Outage, OutageEvent
from outages.selectors import reliability
from outages.services import drafting, publication, repairing, running
from portal.notices.models import Message
from portal.notices.services import digest, outage_news, telling
from sla.ground.errors import Refused
from sla.models import ClockEvent
from sla.services import sweep
from tests import cast
from tests.cast import NOW, wang
from tests.grid import Grid, zhou
from tests.outage_news.readers import by_phone
from tests.outages import lives
from tests.repairs import desk

HOUR = timedelta(hours=1)

pytestmark = pytest.mark.django_db


def in_both(write: Callable[[], list[str]], said: Callable[[list[str]], Any]) -> Any:
    """Do the same twice, reading Chinese, then English; return what each left.

    ``write`` returns the numbers it made, ``said`` the rows. Numbers are random and
    ids go on counting, so digits are left out of the comparison.
    """
    left = []
    for language in ("zh-hans", "en"):
        with transaction.atomic():
            with translation.override(language):
                numbers = write()
            rows = json.dumps(said(numbers), ensure_ascii=False, default=str)
            transaction.set_rollback(True)
        for number in numbers:
            rows = rows.replace(number, "…")
        left.append(json.loads(re.sub(r"\d+", "0", rows)))
    return left


def hospital() -> list[str]:
    """Carry a hospital to power: returned once, an external line, a permit."""
    case = cast.submitted(cast.HOSPITAL)
    acceptance.return_for_supplement(
        case, by=wang(), at=NOW + HOUR, missing=["property"], note="看不清"
    )
    cast.hand_in(case, "property", by=case.filed_by, moment=NOW + 2 * HOUR)
    acceptance.supplement(case, by=case.filed_by, at=NOW + 2 * HOUR)
    survey = Survey(important=True, external_line=True)
    for days in range(1, 15):
        moment = NOW + timedelta(days=days)
        cast.step(case, moment, survey)
        if case.status == Status.ACCEPTED:
            casework.wait_for_permit(
                case, by=wang(), at=moment + HOUR, authority="规划局"
            )
            casework.receive_permit(case, by=wang(), at=moment + 2 * HOUR)
        if case.status == Status.ARCHIVED:
            break
    sweep.run(at=NOW + timedelta(days=60))
    telling.run(at=NOW + timedelta(days=60))
    assert case.number is not None
    return [case.number]


def events_of(numbers: list[str]) -> Any:
    rows = Event.objects.filter(application__number__in=numbers).order_by("seq")
    return [[row.action, row.by_label, row.note, row.payload] for row in rows]


def clocks_of(numbers: list[str]) -> Any:
    rows = ClockEvent.objects.filter(clock__reference__in=numbers)
    return list(rows.order_by("clock__pk", "seq").values_list("kind", "reason", "by"))


def messages_about(numbers: list[str]) -> Any:
    rows = Message.objects.filter(thread__in=numbers).order_by("pk")
    return [[row.subject, row.text, row.channel] for row in rows]


@pytest.mark.parametrize("said", [events_of, clocks_of, messages_about])
def test_an_application_leaves_the_same_rows(
    laws: None, said: Callable[[list[str]], Any]
) -> None:
    chinese, english = in_both(hospital, said)
    assert len(chinese) > 10
    assert english == chinese


def works_and_fault() -> list[str]:
    """Announce, merge, begin and end works; report and repair a fault."""
    first, second = lives.drafted(), lives.drafted(lives.SCHOOL)
    drafting.merge(first, into=second, by=zhou(), at=NOW + HOUR)
    outage = lives.restored(lives.MARKET, lives.ZHANG_HOME)
    outage_news.run(at=NOW)
    broken = lives.fault(lives.LINE_ONE, moment=lives.END + HOUR)
    outage_news.run(at=lives.END + HOUR)
    running.restore(broken, by=zhou(), at=lives.END + 3 * HOUR)
    outage_news.run(at=lives.END + 3 * HOUR)
    found = [first, second, outage, broken]
    return [row.number for row in found]


def outages_of(numbers: list[str]) -> Any:
    rows = Outage.objects.filter(number__in=numbers).order_by("pk")
    return list(rows.values_list("area_text", "reason", "late_reason"))


def outage_events_of(numbers: list[str]) -> Any:
    rows = OutageEvent.objects.filter(reference__in=numbers).order_by("pk")
    return [[row.action, row.by_label, row.note, row.payload] for row in rows]


@pytest.mark.parametrize("said", [outages_of, outage_events_of, messages_about])
def test_outages_leave_the_same_rows(
    net: Grid, said: Callable[[list[str]], Any]
) -> None:
    by_phone(net.garden)
    by_phone(net.market)
    chinese, english = in_both(works_and_fault, said)
    assert len(chinese) > 3
    assert english == chinese


def test_a_repair_leaves_the_same_rows(net: Grid) -> None:
    def dismissed() -> list[str]:
        place: dict[str, Any] = {
            "place": "",
            "premises": None,
            "account": net.zhang_home,
        }
        report = desk.reported(net, phone="13800000001", **place)
        assert report.order is not None
        repairing.dismiss(report.order, by=zhou(), at=NOW + HOUR, reason="开关跳闸")
        telling.run(at=NOW + HOUR)
        return [report.order.number, report.number]

    def said(numbers: list[str]) -> Any:
        return clocks_of(numbers) + outage_events_of(numbers) + messages_about(numbers)

    chinese, english = in_both(dismissed, said)
    assert english == chinese


def test_a_published_year_is_worded_alike(net: Grid) -> None:
    lives.restored()
    city, year = reliability.region("120000"), whole_year(2026)
    found = reliability.reckon(city, year, at=cast.at("2027-01-05"))
    chinese = publication.figures_of(found)
    with translation.override("en"):
        assert publication.figures_of(found) == chinese


def test_the_morning_digest_is_worded_alike(laws: None) -> None:
    cast.submitted()
    wang()
    with translation.override("en"):
        assert digest.run(at=cast.at("2026-09-02", "08:30"))
    [message] = Message.objects.all()
    assert message.subject == "今日待办"
    assert "To do" not in message.text


def test_a_code_by_text_is_in_chinese(reader: Client) -> None:
    with time_machine.travel(NOW, tick=False):
        reader.post("/sign-in/", {"phone": "13800000001", "send": "1"})
    [message] = Message.objects.all()
    assert message.text.startswith("【办电】验证码")


def test_the_one_who_acts_is_refused_in_the_language_of_the_page(laws: None) -> None:
    case: Application = cast.submitted()
    with translation.override("en"), pytest.raises(Refused) as refused:
        acceptance.accept(case, by=cast.li(), at=NOW)
    assert refused.value.reason.isascii()
