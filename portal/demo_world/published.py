"""Last year's reliability of the demo city, published as an operator would."""

from datetime import datetime, timedelta

from outages.selectors import publication as published
from outages.services import publication
from sla.engine import SHANGHAI
from sla.ground.actors import Actor
from sla.services import policies


def last_year(*, by: Actor, at: datetime) -> None:
    """Publish the year before that of ``at`` once, as of the January after it."""
    year = at.astimezone(SHANGHAI).year - 1
    if year in published.years():
        return
    moment = datetime(year + 1, 1, 1, 10, tzinfo=SHANGHAI) + timedelta(days=14)
    publication.publish(year, city=policies.home_region(), by=by, at=min(moment, at))
