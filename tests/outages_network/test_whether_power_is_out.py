"""Is my address out? What is out now, what is announced, what was restored lately."""

from datetime import timedelta

import pytest

from outages.selectors import power
from outages.services import announcing, drafting, running
from outages.vocabulary import OutageKind
from tests.cast import NOW, sun
from tests.grid import grid, zhou
from tests.outages import lives

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def test_an_area_without_outages_has_power():
    net = grid()

    told = power.look([net.garden.pk], at=NOW)

    assert (told.is_out, told.out, told.ahead, told.recent) == (False, (), (), ())


def test_a_fault_is_out_from_its_beginning_with_the_hope_of_its_end():
    net = grid()
    outage = lives.fault(lives.GARDEN, estimated_at=NOW + 2 * HOUR)

    told = power.look([net.garden.pk, net.school.pk], at=NOW + HOUR)

    (cut,) = told.out
    assert told.is_out
    assert cut.outage == outage
    assert cut.transformer_ids == {net.garden.pk}
    assert (cut.began_at, cut.back_at, cut.estimated) == (NOW, NOW + 2 * HOUR, True)
    assert not power.look([net.school.pk], at=NOW + HOUR).is_out


def test_one_outage_of_several_areas_is_told_once():
    net = grid()
    lives.fault(lives.LINE_ONE)

    (cut,) = power.look([net.garden.pk, net.school.pk], at=NOW).out

    assert cut.transformer_ids == {net.garden.pk, net.school.pk}


def test_an_area_restored_before_the_rest_has_power_again():
    net = grid()
    outage = lives.fault(lives.LINE_ONE)
    running.restore_part(
        outage, transformers=[net.garden.code], by=zhou(), at=NOW + HOUR
    )

    told = power.look([net.garden.pk], at=NOW + HOUR)

    assert not told.is_out
    assert told.recent[0].restored_at == NOW + HOUR
    assert power.look([net.school.pk], at=NOW + HOUR).is_out


def test_announced_outages_come_the_next_first():
    net = grid()
    later = lives.announced(starts_at=NOW + 12 * DAY, ends_at=NOW + 12 * DAY + HOUR)
    sooner = lives.announced(starts_at=NOW + 9 * DAY, ends_at=NOW + 9 * DAY + HOUR)

    told = power.look([net.garden.pk], at=NOW)

    assert [cut.outage for cut in told.ahead] == [sooner, later]
    assert told.ahead[0].back_at == NOW + 9 * DAY + HOUR


def test_drafts_and_cancelled_outages_are_nobodys_business():
    net = grid()
    lives.drafted()
    lives.approved()
    announcing.cancel(lives.announced(), reason="改期", by=sun(), at=NOW)

    told = power.look([net.garden.pk], at=NOW)

    assert (told.out, told.ahead) == ((), ())


@pytest.mark.parametrize(("after", "told"), [(6 * DAY, True), (8 * DAY, False)])
def test_what_was_restored_within_seven_days_is_recent(after, told):
    net = grid()
    outage = lives.fault()
    running.restore(outage, by=zhou(), at=NOW + HOUR)

    recent = power.look([net.garden.pk], at=NOW + HOUR + after).recent

    assert bool(recent) is told


def test_what_concerns_one_account_is_told_to_that_account_alone():
    net = grid()
    outage = lives.announced(lives.ZHANG_HOME)

    assert power.look([net.garden.pk], at=NOW).ahead == ()
    neighbour = power.look([net.garden.pk], at=NOW, account=net.hospital)
    assert neighbour.ahead == ()
    (cut,) = power.look([net.garden.pk], at=NOW, account=net.zhang_home).ahead
    assert cut.outage == outage


def test_arrears_are_told_to_the_account_alone():
    net = grid()
    outage = lives.drafted(
        lives.ZHANG_HOME,
        kind=OutageKind.ARREARS,
        reason="逾期未交电费",
        arrears=drafting.Debt(
            due_on=(NOW - 60 * DAY).date(),
            reminded_on=((NOW - 20 * DAY).date(),),
        ),
    )
    announcing.approve(outage, by=sun(), at=NOW)
    announcing.announce(outage, by=sun(), at=NOW)

    assert power.look([net.garden.pk], at=NOW).ahead == ()
    told = power.look([net.garden.pk], at=NOW, account=net.zhang_home)
    assert [cut.outage for cut in told.ahead] == [outage]


def test_the_answer_costs_two_queries_however_much_happens(django_assert_num_queries):
    net = grid()
    lives.fault(lives.SCHOOL)
    for days in range(8, 12):
        lives.announced(starts_at=NOW + days * DAY, ends_at=NOW + days * DAY + HOUR)

    with django_assert_num_queries(2):
        power.look(
            [net.garden.pk, net.school.pk], at=NOW + HOUR, account=net.zhang_home
        )
    with django_assert_num_queries(0):
        power.look([], at=NOW)
