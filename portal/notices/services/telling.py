"""Tell everything that has happened and was not told yet."""

from datetime import datetime

from portal.notices.services import case_news, clock_news, outage_news, repair_news
from portal.notices.services.addressing import OLD_NEWS

BATCH = 200
# What one run reads at most of each kind: a task ends before its time limit.
ROUNDS = 20


def run(*, at: datetime, batch: int = BATCH) -> int:
    """Write messages about events and clocks; return how many events were told.

    News of outages, which go to many, have a reader of their own (``outage_news``).
    """
    told = 0
    for read in (case_news.tell, repair_news.tell):
        for _round in range(ROUNDS):
            count = read(at=at, batch=batch)
            told += count
            if count < batch:
                break
    after: int | None = 0
    for _round in range(ROUNDS):
        after = clock_news.tell(at=at, batch=batch, after=after or 0)
        if after is None:
            break
    return told


def hush(*, at: datetime) -> int:
    """Let everything up to now pass untold, after a restore."""
    clock_news.hush()
    told = case_news.hush(at=at, before=at)
    return told + outage_news.hush(at=at, before=at)


def hush_the_past(*, at: datetime) -> int:
    """Let what is old news pass untold: an invented history is told to nobody."""
    told = case_news.hush(at=at, before=at - OLD_NEWS)
    return told + outage_news.hush(at=at, before=at - OLD_NEWS)
