"""Outages at the size of a city, each question beside a raw count on the same rows.

PostgreSQL; what is measured is the time spent in queries, the median of many askings,
each the best of three.
The limits are those of the contract: an address within 10 ms, a district's year within
100 ms, a recount by what it touches and not by what there is.
"""

import statistics
import time
from collections.abc import Callable, Iterator
from typing import Any

from django.db import connection, transaction

from outages.indices import Level, year
from outages.models import Account, Outage, Premises
from outages.selectors import power, reliability
from outages.selectors.places import find_account, find_premises
from outages.services import frequency, quality
from tests.bench import outage_world
from tests.bench.rows import Row, limited, reference
from tests.bench.sweep import scratch_database

NOW = outage_world.NOW
ADDRESS_MS, DISTRICT_MS = 10.0, 100.0
ASKINGS = 60
DISTRICT = "120103"
# A recount may cost this many times its share of what is touched.
GROWTH = 1.5


def query_ms(act: Callable[[], object]) -> float:
    """Return the milliseconds an act spends in the database."""
    spent = 0.0

    def timed(execute: Any, *told: Any) -> Any:
        nonlocal spent
        started = time.perf_counter()
        try:
            return execute(*told)
        finally:
            spent += time.perf_counter() - started

    with connection.execute_wrapper(timed):
        act()
    return spent * 1000


def median(acts: list[Callable[[], object]]) -> float:
    """Return the median of some acts, each the best of three: others work here too."""
    return statistics.median(min(query_ms(act) for _again in range(3)) for act in acts)


def count(sql: str, *values: Any) -> Callable[[], object]:
    """Return a raw count."""

    def ask() -> object:
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            return cursor.fetchone()

    return ask


def within(name: str, ms: float, least: float, limit: float) -> Row:
    """Return a row that passes while it stays within its milliseconds."""
    return Row(f"{name}（限 {limit:g} ms）", ms, "ms", ms / least, None, ms <= limit)


def asked_by_account(number: str) -> Callable[[], object]:
    """Ask whether power is out at an account."""

    def ask() -> object:
        account = find_account(number)
        assert account is not None
        return power.look([account.transformer_id], at=NOW, account=account)

    return ask


def asked_by_address(address: str) -> Callable[[], object]:
    """Ask whether power is out at an address."""

    def ask() -> object:
        found = find_premises(address)
        assert found
        areas = {row.transformer_id for row in found}
        return power.look(areas, at=NOW)

    return ask


def addresses() -> Iterator[Row]:
    """Measure "is my address out?"."""
    step = Account.objects.count() // ASKINGS
    accounts = list(Account.objects.order_by("pk")[::step][:ASKINGS])
    raw = median(
        [
            count(
                "SELECT count(*) FROM outages_interruption"
                " WHERE transformer_id = %s AND restored_at IS NULL",
                account.transformer_id,
            )
            for account in accounts
        ]
    )
    yield reference("这个台区现在停着几处：一条 SQL", raw, "ms")
    ms = median([asked_by_account(account.number) for account in accounts])
    yield within("我家停电了吗：户号", ms, raw, ADDRESS_MS)
    step = Premises.objects.count() // ASKINGS
    places = list(Premises.objects.order_by("pk")[::step][:ASKINGS])
    ms = median([asked_by_address(place.address) for place in places])
    yield within("我家停电了吗：地址", ms, raw, ADDRESS_MS)
    ms = median([asked_by_address(place.compound) for place in places])
    yield within("我家停电了吗：小区", ms, raw, ADDRESS_MS)


RAW_YEAR = """
SELECT count(*), sum(households::bigint * seconds) FROM outages_interruption
WHERE began_at >= %s AND began_at < %s AND region_id = ANY(%s)
"""


def years() -> Iterator[Row]:
    """Measure a year's indices of a district and of the city."""
    span = year(2025)
    cuts = span.cuts(NOW)
    for code, name in ((DISTRICT, "一个区"), ("120000", "全市16个区")):
        place = reliability.region(code)
        least = median([count(RAW_YEAR, cuts[0], cuts[-1], place.key)] * 9)

        def reckoned(place: reliability.Place = place) -> object:
            found = reliability.reckon(place, span, at=NOW)
            assert found.sums(Level.LOW).interruptions
            return found

        ms = median([reckoned] * 9)
        yield reference(f"{name}2025年停电时户数合计：一条 SQL", least, "ms")
        label = f"{name}2025年全部指标（两级四口径，按月、原因、类型）"
        if code == DISTRICT:
            yield within(label, ms, least, DISTRICT_MS)
        else:
            yield Row(label, ms, "ms", ms / least, None, True)

        def doubted(place: reliability.Place = place) -> object:
            return quality.problems(place, since=cuts[0], at=NOW)

        ms = median([doubted] * 5)
        yield Row(f"{name}数据质量检查（20个月）", ms, "ms", ms / least, None, True)


RAW_PARTS = """
SELECT transformer_id, count(*) FROM outages_interruption
WHERE transformer_id = ANY(%s) AND began_at >= %s::timestamptz - interval '365 days'
GROUP BY transformer_id
"""


def recounts() -> Iterator[Row]:
    """Measure the evaluation after one outage, by how much that touches."""
    perhaps = Outage.objects.order_by("-pk")
    small = next(o for o in perhaps[:50] if o.interruptions.count() == 1)
    line = next(o for o in perhaps[:50] if o.interruptions.count() == 20)
    costs = {}
    for outage in (small, line):
        keys = list(outage.interruptions.values_list("transformer_id", flat=True))

        def recounted(outage: Outage = outage) -> object:
            with transaction.atomic():
                frequency.recount([outage], at=NOW)
                transaction.set_rollback(True)
            return None

        least = median([count(RAW_PARTS, keys, NOW)] * 15)
        costs[len(keys)] = median([recounted] * 15)
        yield reference(f"{len(keys)} 个台区近一年停电次数：一条 SQL", least, "ms")
        name = f"一次停电波及 {len(keys)} 个台区后的频繁停电判定"
        yield Row(name, costs[len(keys)], "ms", costs[len(keys)] / least, None, True)
    growth = costs[20] / costs[1]
    yield limited("20 个台区的判定是 1 个台区的几倍", growth, "倍", growth, 20 * GROWTH)


def run() -> Iterator[Row]:
    """Build the city once, and measure every question."""
    with scratch_database():
        started = time.monotonic()
        outage_world.build()
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM outages_interruption")
            rows = cursor.fetchone()[0]
        yield Row(
            f"建城：100 万户、{outage_world.OUTAGES:,} 次停电、{rows:,} 条台区停电",
            time.monotonic() - started, "s", None, None, True,
        )  # fmt: skip
        yield from addresses()
        yield from years()
        yield from recounts()
