"""Questions in plain SQL get the answers that the ORM would have given."""

from datetime import UTC, timedelta
from zoneinfo import ZoneInfo

import pytest

from applications.models import Application
from sla.ground import plain_sql
from tests import cast

FILED_AFTER = "SELECT number FROM applications_application WHERE submitted_at > %s"

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("zone", ["UTC", "Asia/Shanghai", "America/Los_Angeles"])
@pytest.mark.parametrize("apart", [timedelta(0), timedelta(microseconds=1)])
def test_a_moment_is_the_same_in_any_zone(zone, apart):
    filed = cast.submitted()
    since = (filed.submitted_at - apart).astimezone(ZoneInfo(zone))

    found = plain_sql.column(FILED_AFTER, since)

    wanted = Application.objects.filter(submitted_at__gt=since.astimezone(UTC))
    assert found == list(wanted.values_list("number", flat=True))
    assert bool(found) == bool(apart)


def test_no_rows_are_an_empty_answer():
    assert plain_sql.column("SELECT mark FROM sla_rulesmark WHERE mark = %s", "") == []
