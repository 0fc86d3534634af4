"""Let the database itself refuse to rewrite history.

Only ``told_at`` may be set afterwards: telling people is no part of what happened.
SQLite refuses changes only: its test runner empties tables row by row, and DELETE
cannot be told from that. PostgreSQL refuses both.
"""

from django.db import migrations

COLUMNS = (
    "application_id, seq, at, by_id, by_label, by_role, action, before, after, "
    "payload, note, late_entry, previous_hash, hash"
)
QUOTED = ", ".join(f'"{name}"' for name in COLUMNS.split(", "))
POSTGRESQL = f"""
CREATE FUNCTION applications_event_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'events are added, never changed'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER applications_event_unchanged BEFORE UPDATE OF {QUOTED}
ON applications_event FOR EACH ROW EXECUTE FUNCTION applications_event_refuse();
CREATE TRIGGER applications_event_kept BEFORE DELETE
ON applications_event FOR EACH ROW EXECUTE FUNCTION applications_event_refuse();
"""
POSTGRESQL_BACK = """
DROP TRIGGER applications_event_unchanged ON applications_event;
DROP TRIGGER applications_event_kept ON applications_event;
DROP FUNCTION applications_event_refuse();
"""
SQLITE = f"""
CREATE TRIGGER applications_event_unchanged BEFORE UPDATE OF {QUOTED}
ON applications_event
BEGIN SELECT RAISE(ABORT, 'events are added, never changed'); END
"""
SQLITE_BACK = "DROP TRIGGER applications_event_unchanged"


def forwards(apps, schema_editor):
    postgresql = schema_editor.connection.vendor == "postgresql"
    schema_editor.execute(POSTGRESQL if postgresql else SQLITE)


def backwards(apps, schema_editor):
    postgresql = schema_editor.connection.vendor == "postgresql"
    schema_editor.execute(POSTGRESQL_BACK if postgresql else SQLITE_BACK)


class Migration(migrations.Migration):
    dependencies = [("applications", "0001_applications_and_events")]
    operations = [migrations.RunPython(forwards, backwards)]
