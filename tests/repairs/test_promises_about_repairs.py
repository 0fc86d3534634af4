"""check_invariants finds nothing after honest work, and everything else otherwise."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from outages.models import FaultReport, RepairOrder
from outages.services import repairing
from outages.services.invariants import repairs
from sla.models import Clock
from tests import cast
from tests.grid import Grid
from tests.repairs.desk import crew, fault, on_site, ordered, reported

LATER = cast.NOW + timedelta(minutes=50)


def broken() -> set[str]:
    return {each.name for each in repairs.invariants(LATER) if each.broken}


def a_day_of_repairs(net: Grid) -> None:
    """Leave an order in every state behind."""
    photo = SimpleUploadedFile("a.png", cast.PNG, "image/png")
    reported(net, premises=None, place="海河边", photo=photo)
    done = on_site(net, importance="lift")
    reported(net, phone="13800000002", importance="medical")
    repairing.restore(done, by=cast.wang(), at=LATER)
    repairing.close(done, outcome="满意", by=cast.wang(), at=LATER)
    wrong = ordered(net, premises=net.market_hall)
    repairing.dispatch(wrong, crew=crew(), by=cast.wang(), at=cast.NOW)
    repairing.dismiss(wrong, reason="空开跳闸", by=cast.wang(), at=LATER)
    ordered(net, trouble="street_light")
    ordered(net, trouble="danger", at=LATER)
    fault(net, "T-YY2-01")


def test_honest_work_keeps_every_promise(net: Grid) -> None:
    a_day_of_repairs(net)
    assert broken() == set()


def test_a_remote_repair_has_no_second_clock(net: Grid) -> None:
    net.garden.area_class = "remote"
    net.garden.save()
    on_site(net)
    assert broken() == set()


def of_done(**facts: object) -> Callable[[], object]:
    return lambda: RepairOrder.objects.filter(status="closed").update(**facts)


def of_restore(**facts: object) -> Callable[[], object]:
    return lambda: Clock.objects.filter(stage="repair_restore").update(**facts)


def lose_photos() -> None:
    for report in FaultReport.objects.exclude(photo=""):
        default_storage.delete(report.photo.name)


@pytest.mark.parametrize(
    ("harm", "name"),
    [
        (of_done(urgency=5), "repair-urgency"),
        (of_done(arrived_at=cast.NOW + timedelta(minutes=1)), "repair-clocks"),
        (of_done(restored_at=LATER + timedelta(minutes=2)), "repair-clocks"),
        (of_done(trouble="street_light"), "repair-clocks"),
        (of_done(status="received"), "repair-status"),
        (of_restore(reference="QX-NOBODY"), "repair-clocks"),
        (of_done(area_class="remote"), "repair-clocks"),
        (
            lambda: RepairOrder.objects.filter(status="received").update(
                status="dismissed"
            ),
            "repair-clocks",
        ),
        (
            lambda: Clock.objects.filter(state="cancelled").update(state="missed"),
            "repair-clocks",
        ),
        (lambda: FaultReport.objects.update(order=None), "report-answered"),
        (lambda: FaultReport.objects.update(number="BX-1"), "report-answered"),
        (lose_photos, "report-photo"),
    ],
)
def test_what_was_changed_behind_the_services_is_found(
    net: Grid, harm: Callable[[], object], name: str
) -> None:
    a_day_of_repairs(net)
    if name == "report-answered":
        FaultReport.objects.exclude(
            pk=FaultReport.objects.order_by("pk").values("pk")[:1]
        ).delete()
    harm()
    assert name in broken()
