"""Build the demo world: every application walks its road under a moving clock."""

import random
from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta

from django.db import transaction

from applications.services import planning
from outages.services import frequency
from portal.accounts.models import User
from portal.demo_world import (
    blackouts,
    journeys,
    outage_history,
    people,
    published,
    roads,
)
from portal.demo_world.journeys import Journey
from portal.demo_world.roads import Walk
from portal.notices.services import telling
from portal.supervision.services import freezing
from sla.engine import SHANGHAI, WorkCalendar
from sla.services import calendars, policies, sweep
from sla.vocabulary import Stage

DISTRICT_WEIGHTS = dict.fromkeys(people.EVERYWHERE, 3) | {"120116": 9, "120103": 6}
AT_ONCE = 25  # journeys in one transaction
BACK_DAYS = 150
UNSENT = 0.01  # of the cases, still a draft
DRAFT_DAYS = 25  # no older draft: one is kept for thirty days only
EARLIER = 0.2  # of the cases, begun on any day since then: each month has its figures
OPENS, CLOSES = 8, 17  # o'clock


def build(
    *, number: int, at: datetime, seed: int, progress: Callable[[int], None]
) -> int:
    """Build ``number`` applications as they stand at ``at``; return their number.

    Where a network stands, its outages are built too.

    The same seed and moment build the same world. Residents' data is made up.
    """
    policies.load(at=at)
    cast = people.settle()
    worked = _last_at_work(at)
    dice = random.Random(seed)  # noqa: S311 -- a demo wants the same world twice
    managers = _managers(cast)
    built = 0
    for batch in _batches(number):
        with transaction.atomic():
            for index in batch:
                _one(index, at=worked, dice=dice, managers=managers)
                built += 1
        progress(built)
    told = blackouts.tell(at=at)
    if told:
        outage_history.load(by=cast["sun"], at=at, seed=seed, leave_out=told)
        published.last_year(by=cast["sun"], at=at)
    frequency.slide_windows(at=at)
    planning.expire_plans(at=at)
    sweep.run(at=at)
    freezing.run(at=at)
    telling.hush_the_past(at=at)
    return built


def _batches(number: int) -> Iterator[range]:
    for first in range(0, number, AT_ONCE):
        yield range(first, min(first + AT_ONCE, number))


def _managers(cast: dict[str, User]) -> dict[str, User]:
    return {
        district: cast[username]
        for username, role, _name, _number, districts in people.STAFF
        if role == "manager"
        for district in districts
    }


def _one(
    index: int,
    *,
    at: datetime,
    dice: random.Random,
    managers: dict[str, User],
) -> None:
    """Build one application: first the showcase, then what the dice say."""
    if index < len(roads.SHOWCASE):
        kind, walk, since, owner_name = roads.SHOWCASE[index]
        need, survey = roads.NEEDS[kind][1], roads.NEEDS[kind][3]
        back = sum(days for _step, days in walk) + since
    else:
        owner_name = ""
        weights = [kind[0] for kind in roads.NEEDS]
        _w, need, road, survey = dice.choices(roads.NEEDS, weights)[0]
        walk = _timetable(road, dice)
        whole = sum(days for _step, days in walk)
        # Start so that the case is on its road today, or has been through it.
        furthest = BACK_DAYS if dice.random() < EARLIER else whole * 2.2
        back = dice.uniform(0.05, min(furthest, BACK_DAYS))
    district = dice.choices(
        list(DISTRICT_WEIGHTS), weights=list(DISTRICT_WEIGHTS.values())
    )[0]
    start = _at_work(at - timedelta(days=back), at)
    who, owner = people.applicant(owner_name, dice, need.kind, district)
    submit = index < len(roads.SHOWCASE) or dice.random() > UNSENT
    if not submit:
        start = _at_work(at - timedelta(days=back % DRAFT_DAYS), at)
    journey = journeys.file(
        owner=owner,
        who=who,
        manager=managers[district],
        need=need,
        district=district,
        dice=dice,
        at=start,
        survey=survey,
        submit=submit,
    )
    if submit:
        detours = index >= len(roads.SHOWCASE)
        _walk(journey, walk, start=start, until=at, detours=detours)


def _timetable(road: Walk, dice: random.Random) -> Walk:
    """Return the road at this case's pace; now and then a step is left lying."""
    pace = dice.choices([0.7, 1.0, 1.3], weights=[40, 45, 15])[0]
    return [
        (
            step,
            days * pace * dice.uniform(0.6, 1.2) * (4 if dice.random() < 0.05 else 1),
        )
        for step, days in road
    ]


def _walk(
    journey: Journey,
    walk: Walk,
    *,
    start: datetime,
    until: datetime,
    detours: bool,
) -> None:
    moment, last = start, start
    queue = list(walk)
    tried: set[int] = set()
    while queue and journey.application.facts.closed is False:
        detour = _detour(journey, tried) if detours else []
        if detour:
            queue = [*detour, *_road_after(queue, detour)]
        step, days = queue.pop(0)
        moment += timedelta(days=days)
        last = max(_at_work(moment, until), last + timedelta(minutes=7))
        if last >= until:
            return
        step(journey, last)


def _detour(journey: Journey, tried: set[int]) -> Walk:
    for number, (status, steps, chance) in enumerate(roads.DETOURS):
        if number in tried or journey.application.status != status:
            continue
        tried.add(number)
        if journey.dice.randrange(100) < chance and _fits(journey, steps):
            return steps
    return []


def _fits(journey: Journey, steps: Walk) -> bool:
    if steps[0][0] is journeys.wait_for_permit:
        return journey.application.external_line
    if steps[0][0] is journeys.flag_upgrade:
        return Stage.FINAL_INSPECTION in journey.application.route
    return True


def _road_after(queue: Walk, detour: Walk) -> Walk:
    """Return what remains of the road; an objection needs another reply first."""
    if detour[0][0] is journeys.object_to_plan:
        return [(journeys.reply, 2.0), *queue]
    return queue


def _at_work(moment: datetime, latest: datetime) -> datetime:
    """Move a moment into office hours of a working day, but not past ``latest``."""
    local = moment.astimezone(SHANGHAI)
    day, calendar = local.date(), _calendar()
    if not calendar.is_workday(day):
        day = calendar.add(day, 1)
    hour = OPENS + local.hour % (CLOSES - OPENS)
    moved = datetime.combine(day, local.time().replace(hour=hour), SHANGHAI)
    return min(moved.replace(microsecond=0), latest - timedelta(minutes=10))


def _last_at_work(at: datetime) -> datetime:
    """Return the last moment up to ``at`` at which the offices had been open a while.

    Nobody works at night because a demo is begun at night.
    """
    local = at.astimezone(SHANGHAI)
    day, calendar = local.date(), _calendar()
    if calendar.is_workday(day) and local.hour > OPENS:
        return min(local, datetime.combine(day, time(CLOSES), SHANGHAI))
    day -= timedelta(days=1)
    while not calendar.is_workday(day):
        day -= timedelta(days=1)
    return datetime.combine(day, time(CLOSES), SHANGHAI)


def _calendar() -> WorkCalendar:
    return calendars.calendar_for(policies.home_region())
