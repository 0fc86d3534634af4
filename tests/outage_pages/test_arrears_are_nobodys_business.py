"""Who owes money is told to nobody: not in lists, not by address, not by 户号."""

from datetime import date, timedelta

from django.test import Client

from outages.models import Outage
from outages.services import announcing, arrears, running
from outages.services.drafting import Debt
from outages.vocabulary import OutageKind
from tests.cast import NOW, sun
from tests.grid import zhou
from tests.outage_pages.conftest import read
from tests.outages import lives

HOUR = timedelta(hours=1)
START = NOW - HOUR


def cut() -> Outage:
    """Return an outage for arrears that is under way at nine o'clock."""
    told = NOW - timedelta(days=9)
    debt = Debt(date(2026, 7, 1), (date(2026, 7, 20), date(2026, 8, 10)))
    outage = lives.announced(
        lives.ZHANG_HOME,
        kind=OutageKind.ARREARS,
        reason="逾期未交电费",
        starts_at=START,
        ends_at=None,
        arrears=debt,
        at=told,
    )
    arrears.give_final_notice(outage, by=zhou(), at=START - HOUR)
    running.begin(outage, by=zhou(), at=START)
    return outage


def test_nobody_reads_of_it(visitor: Client) -> None:
    outage = cut()
    for asked in ({}, {"q": "海河花园"}, {"q": "1200000001"}):
        page = read(visitor, "/outages/", **asked)
        assert outage.number not in page
        assert "逾期" not in page
    assert visitor.get(f"/outages/{outage.number}/").status_code == 404
    assert "全市现在没有停电。" in read(visitor, "/outages/map/")


def test_nor_when_it_was_called_off(visitor: Client) -> None:
    outage = lives.announced(
        lives.ZHANG_HOME,
        kind=OutageKind.ARREARS,
        reason="逾期未交电费",
        starts_at=NOW + timedelta(days=1),
        ends_at=None,
        arrears=Debt(date(2026, 7, 1), (date(2026, 7, 20),)),
        at=NOW - timedelta(days=8),
    )
    announcing.cancel(outage, reason="已交清", by=sun(), at=NOW)
    assert outage.number not in read(visitor, "/outages/")
    assert visitor.get(f"/outages/{outage.number}/").status_code == 404
