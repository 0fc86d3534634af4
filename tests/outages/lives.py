"""Lives of outages every test knows: always through the real services.

周运维 drafts, 孙运维 approves and announces; NOW is a Tuesday at 09:00.
"""

from datetime import datetime, timedelta
from typing import Any

from outages.models import Outage
from outages.services import announcing, drafting, running
from outages.services.scoping import ScopePart
from outages.vocabulary import OutageKind, ScopeLevel
from tests.cast import NOW, sun
from tests.grid import zhou

LINE_ONE = ScopePart(ScopeLevel.LINE, "L-YY1")
GARDEN = ScopePart(ScopeLevel.TRANSFORMER, "T-YY1-01")
SCHOOL = ScopePart(ScopeLevel.TRANSFORMER, "T-YY1-02")
MARKET = ScopePart(ScopeLevel.TRANSFORMER, "T-YY1-03")
VILLAGE = ScopePart(ScopeLevel.TRANSFORMER, "T-YY2-01")
SQUARE = ScopePart(ScopeLevel.TRANSFORMER, "T-HP1-01")
ZHANG_HOME = ScopePart(ScopeLevel.ACCOUNT, "1200000001")
# Eight days ahead: in time for planned works.
START = NOW + timedelta(days=8)
END = START + timedelta(hours=8)


def drafted(*scope: ScopePart, **facts: Any) -> Outage:
    """Return a draft of 周运维: planned works on 海河花园 unless told otherwise."""
    given: dict[str, Any] = {
        "kind": OutageKind.PLANNED,
        "reason": "更换变压器",
        "scope": scope or (GARDEN,),
        "starts_at": START,
        "ends_at": END,
        "by": zhou(),
        "at": NOW,
    }
    return drafting.draft(**given | facts)


def approved(*scope: ScopePart, **facts: Any) -> Outage:
    """Return a draft that 孙运维 approved as it was drafted."""
    outage = drafted(*scope, **facts)
    announcing.approve(outage, by=sun(), at=facts.get("at", NOW))
    return outage


def announced(*scope: ScopePart, late_reason: str = "", **facts: Any) -> Outage:
    """Return an outage that was announced as soon as it was drafted."""
    outage = approved(*scope, **facts)
    announcing.announce(
        outage, by=sun(), at=facts.get("at", NOW), late_reason=late_reason
    )
    return outage


def begun(*scope: ScopePart, **facts: Any) -> Outage:
    """Return an outage that began when it was announced for."""
    outage = announced(*scope, **facts)
    assert outage.starts_at is not None
    running.begin(outage, by=zhou(), at=outage.starts_at)
    return outage


def restored(*scope: ScopePart, **facts: Any) -> Outage:
    """Return an outage that ended when it was announced to."""
    outage = begun(*scope, **facts)
    assert outage.ends_at is not None
    running.restore(outage, by=zhou(), at=outage.ends_at)
    return outage


def fault(*scope: ScopePart, moment: datetime = NOW, **facts: Any) -> Outage:
    """Return a fault that broke out at a moment and is known at once."""
    return running.record_fault(
        scope=scope or (GARDEN,),
        reason="电缆故障",
        began_at=moment,
        by=facts.pop("by", zhou()),
        at=facts.pop("at", moment),
        **facts,
    )
