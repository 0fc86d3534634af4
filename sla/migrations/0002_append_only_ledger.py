"""Let the database itself keep the ledger append-only, and the swept table lean.

SQLite refuses changes only: its test runner empties tables row by row, and DELETE
cannot be told from that. PostgreSQL refuses both (TRUNCATE needs the owner).
"""

from django.db import migrations

POSTGRESQL = """
CREATE FUNCTION sla_clockevent_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'clock events are added, never changed' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER sla_clockevent_append_only BEFORE UPDATE OR DELETE ON sla_clockevent
FOR EACH ROW EXECUTE FUNCTION sla_clockevent_refuse();
-- Each mark leaves a dead row version under the sweep's index: collect them early.
ALTER TABLE sla_clock SET (
    autovacuum_vacuum_scale_factor = 0.0, autovacuum_vacuum_threshold = 2000,
    fillfactor = 85
);
"""
POSTGRESQL_BACK = """
ALTER TABLE sla_clock RESET (
    autovacuum_vacuum_scale_factor, autovacuum_vacuum_threshold, fillfactor
);
DROP TRIGGER sla_clockevent_append_only ON sla_clockevent;
DROP FUNCTION sla_clockevent_refuse();
"""
SQLITE = """
CREATE TRIGGER sla_clockevent_append_only BEFORE UPDATE ON sla_clockevent
BEGIN SELECT RAISE(ABORT, 'clock events are added, never changed'); END
"""
SQLITE_BACK = "DROP TRIGGER sla_clockevent_append_only"


def forwards(apps, schema_editor):
    postgresql = schema_editor.connection.vendor == "postgresql"
    schema_editor.execute(POSTGRESQL if postgresql else SQLITE)


def backwards(apps, schema_editor):
    postgresql = schema_editor.connection.vendor == "postgresql"
    schema_editor.execute(POSTGRESQL_BACK if postgresql else SQLITE_BACK)


class Migration(migrations.Migration):
    dependencies = [("sla", "0001_regions_policies_clocks")]
    operations = [migrations.RunPython(forwards, backwards)]
