"""A city to measure outages on: a million accounts, five years, 200 000 outages.

Written by the database itself, from numbers: 16 districts, 40 substations, 200 lines,
4 000 台区 of 250 households, 12 000 addresses with their search keys. An outage cuts
one to five neighbouring 台区, every tenth a whole line: about 940 000 interruptions.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from outages.models import Premises
from outages.selectors.places import searchable
from outages.services.network import address_keys
from sla.engine import SHANGHAI
from sla.ground.fields import encrypt
from sla.services import policies

NOW = datetime(2026, 9, 1, 9, 0, tzinfo=SHANGHAI)
YEARS = 5
OUTAGES = 200_000
LINES, AREAS_PER_LINE, HOUSEHOLDS = 200, 20, 250
# As often as it takes for the last of them to be out now.
EVERY = timedelta(days=365 * YEARS) / OUTAGES

NETWORK = """
CREATE TEMP TABLE district AS
    SELECT code, row_number() OVER (ORDER BY code) - 1 AS place
    FROM sla_region WHERE parent_id = '120000';
INSERT INTO outages_substation (code, name, region_id, voltage)
    SELECT 'S-' || n, '第' || n || '站', district.code, '110kV'
    FROM generate_series(1, 40) AS n JOIN district ON district.place = n %% 16;
INSERT INTO outages_line (code, name, substation_id, region_id, voltage, area_class)
    SELECT 'L-' || n, '第' || n || '线', s.id, s.region_id, '10kV',
        CASE WHEN n %% 4 = 0 THEN 'rural' ELSE 'urban' END
    FROM generate_series(1, %(lines)s) AS n
    JOIN outages_substation AS s ON s.code = 'S-' || (n - 1) %% 40 + 1;
INSERT INTO outages_transformer (code, name, line_id, region_id, area_class, public,
        direct_supplied, owner, households, capacity_kva)
    SELECT 'T-' || (n - 1) * %(areas)s + k, '第' || n || '线' || k || '号台区', l.id,
        l.region_id, l.area_class, k > 1, true, '', %(households)s, 630
    FROM generate_series(1, %(lines)s) AS n
    CROSS JOIN generate_series(1, %(areas)s) AS k
    JOIN outages_line AS l ON l.code = 'L-' || n;
INSERT INTO outages_premises (transformer_id, region_id, address, searched, compound,
        property_manager, property_phone)
    SELECT t.id, t.region_id, '海河路' || t.id || '号花园' || b || '号楼', '',
        '海河花园' || t.id, '', %(nothing)s
    FROM outages_transformer AS t CROSS JOIN generate_series(1, 3) AS b;
INSERT INTO outages_account (number, transformer_id, premises_id, importance)
    SELECT lpad((1200000000 + (t.id * %(households)s + h))::text, 10, '0'), t.id, p.id,
        'ordinary'
    FROM outages_transformer AS t CROSS JOIN generate_series(1, %(households)s) AS h
    JOIN outages_premises AS p ON p.transformer_id = t.id
        AND p.address = '海河路' || t.id || '号花园' || h %% 3 + 1 || '号楼';
"""
HISTORY = """
CREATE TEMP TABLE happened AS
    SELECT n, %(since)s::timestamptz + date_trunc('second', n * %(every)s) AS began,
        make_interval(secs => 600 + (n * 7919) %% 25200) AS lasts,
        (n * 104729::bigint) %% 4000 AS first_area, n %% 10 = 0 AS line
    FROM generate_series(1, %(outages)s) AS n;
ANALYZE happened;
INSERT INTO outages_outage (number, kind, status, reason, area_text, households,
        began_at, restored_at, late_notice, late_reason, cause, cause_evidence,
        exclusion, imported, source_reference, created_at, last_seq)
    SELECT 'TD-' || n,
        CASE n %% 5 WHEN 0 THEN 'planned' WHEN 1 THEN 'temporary' ELSE 'fault' END,
        CASE WHEN began + lasts < %(now)s THEN 'restored' ELSE 'under_way' END,
        '测量', '', 0, began,
        CASE WHEN began + lasts < %(now)s THEN began + lasts END,
        n %% 50 = 0, '', CASE n %% 3 WHEN 0 THEN 'equipment' ELSE 'overload' END, '',
        CASE n %% 8 WHEN 0 THEN 'confirmed' ELSE 'none' END, true, '', began, 0
    FROM happened ORDER BY n;
INSERT INTO outages_interruption (outage_id, transformer_id, line_id, region_id, whole,
        households, began_at, restored_at, seconds)
    SELECT o.id, t.id, t.line_id, t.region_id, true, t.households, o.began_at,
        o.restored_at, extract(epoch FROM o.restored_at - o.began_at)
    FROM happened AS h JOIN outages_outage AS o ON o.number = 'TD-' || h.n
    CROSS JOIN LATERAL generate_series(1,
        CASE WHEN h.line THEN %(areas)s ELSE 1 + h.n %% 5 END) AS k
    JOIN outages_transformer AS t ON t.id = CASE
        WHEN h.line THEN h.first_area / %(areas)s * %(areas)s + k
        ELSE (h.first_area + k) %% 4000 + 1 END
    ORDER BY h.n;
INSERT INTO outages_lineinterruption (outage_id, line_id, began_at, restored_at)
    SELECT o.id, l.id, o.began_at, o.restored_at
    FROM happened AS h JOIN outages_outage AS o ON o.number = 'TD-' || h.n
    JOIN outages_line AS l ON l.code = 'L-' || h.first_area / %(areas)s + 1
    WHERE h.line;
"""
TABLES = (
    "substation", "line", "transformer", "premises", "addresskey", "account", "outage",
    "interruption", "lineinterruption",
)  # fmt: skip


def build() -> None:
    """Fill an empty database, and let the planner know what is there."""
    policies.load(at=NOW)
    facts: dict[str, Any] = {
        "lines": LINES,
        "areas": AREAS_PER_LINE,
        "households": HOUSEHOLDS,
        "outages": OUTAGES,
        "every": EVERY,
        "since": NOW - EVERY * OUTAGES,
        "now": NOW,
        "nothing": encrypt(""),
    }
    with connection.cursor() as cursor:
        cursor.execute(NETWORK, facts)
    _make_searchable()
    with connection.cursor() as cursor:
        cursor.execute(HISTORY, facts)
        for table in TABLES:
            cursor.execute(f"VACUUM ANALYZE outages_{table}")


def _make_searchable() -> None:
    rows = list(Premises.objects.all())
    keys = []
    for row in rows:
        row.searched = searchable(row.address)
        keys += address_keys(row)
    Premises.objects.bulk_update(rows, ["searched"], batch_size=2000)
    type(keys[0])._default_manager.bulk_create(keys, batch_size=5000)
