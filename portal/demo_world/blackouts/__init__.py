"""Outages of the demo world: what is out now, what is announced, what came too often.

Every story walks through the real services under a moving clock, on lines of its own;
the long history of all other lines is loaded as records of another system.
"""

from datetime import datetime

from outages.models import Crew, Line, Outage
from outages.services import subscribing
from portal.accounts.models import User
from portal.demo_world import people
from portal.demo_world.blackouts import cases, faults, works
from portal.demo_world.blackouts.stage import Stage, Story, areas
from sla.models import Region

CREWS = [
    ("城区抢修一班", "022-23000101", people.CENTRE),
    ("城区抢修二班", "022-23000102", people.CENTRE),
    ("环城抢修班", "022-23000110", people.RING),
    ("滨海抢修班", "022-23000116", people.COAST),
    ("北部抢修班", "022-23000114", people.NORTH),
]
SUBSCRIBERS = [("zhang", "120103"), ("chen", "120116")]
STORIES: list[tuple[str, Story]] = [
    ("120103", faults.line_fault_under_repair),
    ("120116", faults.somebody_on_oxygen_waits),
    ("120114", faults.crew_is_late),
    ("120104", faults.street_light_is_dark),
    ("120115", faults.storm_waits_for_a_second_look),
    ("120103", works.two_works_share_tomorrow),
    ("120101", works.told_too_late),
    ("120111", works.moved_by_rain),
    ("120116", works.called_off),
    ("120105", works.works_take_longer),
    ("120104", works.two_drafts_meet),
    ("120116", works.short_notice_works),
    ("120106", works.somebody_owes),
    ("120102", cases.case_without_a_plan),
    ("120112", cases.case_in_works),
    ("120118", cases.case_being_watched),
    ("120117", cases.once_more_is_too_often),
]


def tell(*, at: datetime) -> list[int]:
    """Play every story once; return the lines they took. Needs network and people."""
    if Outage.objects.exists():
        return []
    users = {user.username: user for user in User.objects.filter(role="operator")}
    stage = Stage(at, writer=users["sun"], checker=users["zhou"])
    _crews()
    _subscribers(stage)
    taken: list[int] = []
    for district, story in STORIES:
        line = _a_line(district, taken)
        if line is not None:
            taken.append(line.pk)
            story(stage, line)
    return taken


def _subscribers(stage: Stage) -> None:
    """Let the two applicants anybody may sign in as hear of what is out near them."""
    for username, district in SUBSCRIBERS:
        line = _a_line(district, [])
        area = areas(line)[0] if line else None
        premises = area.premises.order_by("pk").first() if area else None
        if premises is not None:
            subscribing.in_app(
                subscribing.at_premises(premises),
                user=User.objects.get(username=username),
                at=stage.ago(days=30),
            )


def _crews() -> None:
    for name, phone, districts in CREWS:
        crew, _new = Crew.objects.get_or_create(name=name, defaults={"phone": phone})
        crew.regions.set(Region.objects.filter(pk__in=districts))


def _a_line(district: str, taken: list[int]) -> Line | None:
    """Return a district's next line, or nothing where a small network has no more."""
    lines = Line.objects.filter(region_id=district).exclude(pk__in=taken)
    return lines.order_by("code").first()
