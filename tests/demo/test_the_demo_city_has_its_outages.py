"""The demo city has outages to look at: running, announced, too many, long past."""

import pytest
from django.db.models import Count

from outages.lifecycles.governance import Status as CaseStatus
from outages.models import GovernanceCase, Outage, ReliabilityYear, RepairOrder
from outages.services.invariants import invariants
from outages.vocabulary import OutageKind
from portal.demo_world import building, network
from portal.notices.models import Message
from sla.services import policies
from tests import cast

pytestmark = pytest.mark.django_db

NOW = cast.at("2026-11-20", "15:00")
# Enough for every story to find a line of its own.
AREAS = 900


def build() -> None:
    building.build(number=1, at=NOW, seed=7, progress=lambda _done: None)


def test_every_kind_of_story_is_told_once_and_every_promise_kept() -> None:
    policies.load(at=NOW)
    network.build(NOW, areas=AREAS)
    build()

    assert Outage.objects.out_now().filter(kind=OutageKind.FAULT).exists()
    assert Outage.objects.filter(status="extended").exists()
    assert Outage.objects.filter(status="announced", late_notice=True).exists()
    assert Outage.objects.filter(status="cancelled").exists()
    assert Outage.objects.filter(kind=OutageKind.ARREARS).exists()
    assert Outage.objects.filter(imported=True).count() > 100
    repairs = dict(RepairOrder.objects.values_list("status").annotate(n=Count("pk")))
    assert {"received", "dispatched", "repairing"} <= repairs.keys()
    cases = set(GovernanceCase.objects.values_list("status", flat=True))
    assert {CaseStatus.OPENED, CaseStatus.IN_WORKS, CaseStatus.OBSERVED} <= cases
    for invariant in invariants(NOW):
        assert invariant.broken == [], invariant.promise
    assert set(ReliabilityYear.objects.values_list("year", flat=True)) == {2025}
    # An invented past is told to nobody, and a second build adds nothing to it.
    assert not Message.objects.filter(about__startswith="TD-").exists()
    before = Outage.objects.count()
    build()
    assert Outage.objects.count() == before


def test_without_a_network_there_are_no_outages() -> None:
    build()

    assert not Outage.objects.exists()
