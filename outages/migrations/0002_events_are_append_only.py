"""Let the database itself refuse to rewrite history.

Of events only ``told_at`` may be set afterwards: telling people is no part of what
happened. Published reliability figures stay as they are; corrections are new rows.
SQLite refuses changes only: its test runner empties tables row by row, and DELETE
cannot be told from that. PostgreSQL refuses both.
"""

from django.db import migrations

COLUMNS = (
    "subject, reference, seq, at, by_id, by_label, by_role, action, before, after, "
    "payload, note, previous_hash, hash"
)
QUOTED = ", ".join(f'"{name}"' for name in COLUMNS.split(", "))
POSTGRESQL = f"""
CREATE FUNCTION outages_event_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'events are added, never changed'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER outages_event_unchanged BEFORE UPDATE OF {QUOTED}
ON outages_outageevent FOR EACH ROW EXECUTE FUNCTION outages_event_refuse();
CREATE TRIGGER outages_event_kept BEFORE DELETE
ON outages_outageevent FOR EACH ROW EXECUTE FUNCTION outages_event_refuse();
CREATE FUNCTION outages_published_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'published figures are never changed'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER outages_published_kept BEFORE UPDATE OR DELETE
ON outages_reliabilityyear FOR EACH ROW EXECUTE FUNCTION outages_published_refuse();
"""
POSTGRESQL_BACK = """
DROP TRIGGER outages_published_kept ON outages_reliabilityyear;
DROP FUNCTION outages_published_refuse();
DROP TRIGGER outages_event_unchanged ON outages_outageevent;
DROP TRIGGER outages_event_kept ON outages_outageevent;
DROP FUNCTION outages_event_refuse();
"""
SQLITE = (
    f"""
CREATE TRIGGER outages_event_unchanged BEFORE UPDATE OF {QUOTED}
ON outages_outageevent
BEGIN SELECT RAISE(ABORT, 'events are added, never changed'); END
""",
    """
CREATE TRIGGER outages_published_kept BEFORE UPDATE ON outages_reliabilityyear
BEGIN SELECT RAISE(ABORT, 'published figures are never changed'); END
""",
)
SQLITE_BACK = (
    "DROP TRIGGER outages_published_kept",
    "DROP TRIGGER outages_event_unchanged",
)


def forwards(apps, schema_editor):
    postgresql = schema_editor.connection.vendor == "postgresql"
    for statement in [POSTGRESQL] if postgresql else SQLITE:
        schema_editor.execute(statement)


def backwards(apps, schema_editor):
    postgresql = schema_editor.connection.vendor == "postgresql"
    for statement in [POSTGRESQL_BACK] if postgresql else SQLITE_BACK:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("outages", "0001_outages")]
    operations = [migrations.RunPython(forwards, backwards)]
