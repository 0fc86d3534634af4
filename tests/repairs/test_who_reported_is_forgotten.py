"""Half a year after a report nothing tells who reported, nor from which house."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Model
from django.test import override_settings

from outages import rules
from outages.models import Account, FaultReport, MissedSearch, RepairOrder
from outages.services import forgetting, repairing, running, searching
from outages.tasks import forget_reporters
from portal.celery import app
from portal.management.commands.check_invariants import Command
from tests import cast
from tests.cast import NOW
from tests.grid import Grid
from tests.repairs import desk
from tests.repairs.desk import order_of, reported

KEPT = timedelta(days=rules.read("retention")["report_days"])
SECOND = timedelta(seconds=1)
LATER = NOW + KEPT + SECOND
PHONE = "13800000031"
SECRETS = (PHONE, "3门401", "穿红衣服的老李")


@pytest.fixture(autouse=True)
def _files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    # This test's transaction never ends: what waits for that happens at once.
    monkeypatch.setattr(transaction, "on_commit", lambda act: act())
    with override_settings(MEDIA_ROOT=tmp_path):
        yield


def told(net: Grid, **said: Any) -> FaultReport:
    facts: dict[str, Any] = {
        "phone": PHONE,
        "description": "门口有穿红衣服的老李接",
        "photo": cast.paper(),
        "account": net.zhang_home,
        "reporter": cast.zhang(),
        "client": "198.51.100.7",
    }
    return reported(net, **facts | said)


def repaired(report: FaultReport) -> FaultReport:
    order = order_of(report)
    repairing.dispatch(order, crew=desk.crew(), by=cast.wang(), at=NOW)
    repairing.arrive(order, by=cast.wang(), at=NOW)
    repairing.restore(order, by=cast.wang(), at=NOW, outcome="已更换表箱开关")
    report.refresh_from_db()
    return report


def rows_of(*models: type[Model]) -> str:
    """Return every column of these tables as text, decrypted."""
    rows = [row for model in models for row in model._default_manager.values()]
    return json.dumps(rows, default=str, ensure_ascii=False)


def test_after_half_a_year_no_trace_is_left_in_any_row_or_file(net: Grid) -> None:
    repaired(told(net))
    # A 户号 by itself stays in the register of the network, which names nobody.
    tables = set(apps.get_app_config("outages").get_models()) - {Account}
    assert all(secret in rows_of(*tables) for secret in SECRETS)

    assert forgetting.forget(at=LATER) == 1

    left = rows_of(*tables)
    assert [secret for secret in SECRETS if secret in left] == []
    assert default_storage.listdir("faults")[1] == []
    report = FaultReport.objects.get()
    assert (report.reporter, report.account, report.phone_index) == (None, None, "")
    assert (report.place, report.order.place) == ("友谊路****", "友谊路****")


def test_until_the_last_day_everything_is_there(net: Grid) -> None:
    before = rows_of(FaultReport) if repaired(told(net, client="")) else ""
    assert forgetting.forget(at=NOW + KEPT) == 0
    assert rows_of(FaultReport) == before


def test_what_is_not_repaired_yet_keeps_its_phone(net: Grid) -> None:
    report = told(net)
    assert forgetting.forget(at=LATER) == 0
    repaired(report)
    assert forgetting.forget(at=LATER) == 1


def test_what_a_running_outage_answered_is_kept_until_power_is_back(net: Grid) -> None:
    outage = desk.fault(net)
    report = told(net, trouble="building")
    assert (report.outage, report.order) == (outage, None)
    assert forgetting.forget(at=LATER) == 0
    running.restore(outage, by=cast.sun(), at=NOW + timedelta(hours=2))
    assert forgetting.forget(at=LATER) == 1


def test_figures_and_promises_hold_afterwards(net: Grid) -> None:
    report = repaired(told(net))
    forgetting.forget(at=LATER)
    kept = FaultReport.objects.get()
    same = ("number", "trouble", "importance", "region_id", "reported_at", "order_id")
    assert [getattr(kept, n) for n in same] == [getattr(report, n) for n in same]
    Command().handle()


def test_a_second_night_finds_nothing_to_do(net: Grid) -> None:
    repaired(told(net))
    assert forgetting.forget(at=LATER) == 1
    assert forgetting.forget(at=LATER) == 0
    assert RepairOrder.objects.get().place == "友谊路****"


def test_many_are_forgotten_in_batches(
    net: Grid, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forgetting, "BATCH", 2)
    for number in range(5):
        told(net, phone=f"1380000004{number}")
    repaired(FaultReport.objects.latest("pk"))
    assert forgetting.forget(at=LATER) == 5


def test_the_network_a_report_came_from_is_forgotten_after_two_days(net: Grid) -> None:
    told(net)
    searching.by_phone_and_place(PHONE, "没有这个地方", client="198.51.100.7", at=NOW)
    forgetting.forget(at=NOW + timedelta(days=2))
    assert FaultReport.objects.get().client_index
    forgetting.forget(at=NOW + timedelta(days=2) + SECOND)
    assert not FaultReport.objects.get().client_index
    assert not MissedSearch.objects.exists()


def test_beat_starts_it_every_night(net: Grid) -> None:
    repaired(told(net))
    with time_machine.travel(LATER, tick=False):
        forget_reporters()
        forget_reporters()
    assert FaultReport.objects.get().forgotten_at == LATER
    planned = {entry["task"] for entry in app.conf.beat_schedule.values()}
    assert "outages.forget_reporters" in planned
