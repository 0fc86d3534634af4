"""不可抗力 and 外力破坏 are left out after evidence and a second person, not before."""

import pytest
from django.core.exceptions import ValidationError

from outages.lifecycles.outage import Status
from outages.models import Frequency
from outages.services import judging, running
from outages.vocabulary import Exclusion, OutageKind
from sla.ground.errors import OutOfOrder, Refused
from tests.cast import NOW, sun
from tests.grid import grid, zhou
from tests.outages.lives import drafted, fault

pytestmark = pytest.mark.django_db
EVIDENCE = "气象局证明2026-31号"


def _claimed():
    outage = fault()
    judging.classify(outage, cause="weather", evidence=EVIDENCE, by=zhou(), at=NOW)
    return outage


def _times_counted(outage) -> int:
    frequency = Frequency.objects.filter(
        transformer__in=outage.interruptions.values("transformer")
    ).first()
    return frequency.in_60_days if frequency else 0


def test_a_claim_still_counts_until_somebody_else_agrees():
    grid()
    outage = _claimed()
    assert (outage.exclusion, _times_counted(outage)) == (Exclusion.CLAIMED, 1)

    judging.confirm_exclusion(outage, note="属实", by=sun(), at=NOW)

    assert (outage.exclusion, _times_counted(outage)) == (Exclusion.CONFIRMED, 0)
    assert (outage.cause_set_by, outage.exclusion_by) == (zhou(), sun())


def test_a_rejected_claim_counts():
    grid()
    outage = _claimed()

    judging.reject_exclusion(outage, note="当日无大风", by=sun(), at=NOW)

    assert (outage.exclusion, _times_counted(outage)) == (Exclusion.REJECTED, 1)


def test_nobody_confirms_his_own_claim():
    grid()
    outage = _claimed()

    with pytest.raises(Refused, match="另一人复核"):
        judging.confirm_exclusion(outage, by=zhou(), at=NOW)
    with pytest.raises(Refused, match="另一人复核"):
        judging.reject_exclusion(outage, by=zhou(), at=NOW)


def test_a_claim_needs_its_evidence():
    grid()
    outage = fault()

    with pytest.raises(ValidationError, match="申请剔除须写明依据"):
        judging.classify(outage, cause="third_party", evidence=" ", by=zhou(), at=NOW)


def test_saying_it_anew_takes_the_judgement_back():
    grid()
    outage = _claimed()
    judging.confirm_exclusion(outage, by=sun(), at=NOW)

    judging.classify(outage, cause="equipment", by=sun(), at=NOW)

    assert (outage.exclusion, outage.exclusion_by) == (Exclusion.NONE, None)
    assert _times_counted(outage) == 1
    with pytest.raises(OutOfOrder, match="没有待复核的剔除申请"):
        judging.confirm_exclusion(outage, by=zhou(), at=NOW)


@pytest.mark.parametrize("cause", ["ghost", "planned_works", ""])
def test_a_cause_that_the_kind_cannot_have_is_refused(cause):
    grid()
    outage = fault()

    with pytest.raises(ValidationError, match="故障没有"):
        judging.classify(outage, cause=cause, by=zhou(), at=NOW)


def test_a_review_waits_for_the_cause_and_for_the_second_person():
    grid()
    outage = fault()
    running.restore(outage, by=zhou(), at=NOW)
    with pytest.raises(OutOfOrder, match="还没有认定停电原因"):
        judging.review(outage, by=sun(), at=NOW)
    judging.classify(outage, cause="weather", evidence=EVIDENCE, by=zhou(), at=NOW)
    with pytest.raises(OutOfOrder, match="剔除申请还没有复核"):
        judging.review(outage, by=sun(), at=NOW)

    judging.confirm_exclusion(outage, by=sun(), at=NOW)
    judging.review(outage, note="资料齐全", by=sun(), at=NOW)

    assert outage.status == Status.REVIEWED


def test_a_kind_with_one_possible_cause_has_it_from_the_start():
    grid()

    assert drafted(kind=OutageKind.RATIONING).cause == "shortage"
    assert drafted(kind=OutageKind.PLANNED).cause == ""


def test_what_has_not_happened_has_no_cause_yet():
    grid()

    with pytest.raises(OutOfOrder, match="不能办理“认定停电原因”"):
        judging.classify(drafted(), cause="planned_works", by=zhou(), at=NOW)
