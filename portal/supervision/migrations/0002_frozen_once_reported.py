"""Let the database itself keep reported figures as they are.

SQLite refuses changes only: its test runner empties tables row by row, and DELETE
cannot be told from that. PostgreSQL refuses both (TRUNCATE needs the owner).
"""

from django.db import migrations

TABLES = ("supervision_monthlyreport", "supervision_monthlyfigure")

FUNCTION = """
CREATE FUNCTION supervision_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'reported figures are never changed' USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""
POSTGRESQL = """
CREATE TRIGGER {table}_frozen BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION supervision_refuse();
"""
SQLITE = """
CREATE TRIGGER {table}_frozen BEFORE UPDATE ON {table}
BEGIN SELECT RAISE(ABORT, 'reported figures are never changed'); END
"""


def forwards(apps, schema_editor):
    postgresql = schema_editor.connection.vendor == "postgresql"
    if postgresql:
        schema_editor.execute(FUNCTION)
    for table in TABLES:
        text = POSTGRESQL if postgresql else SQLITE
        schema_editor.execute(text.format(table=table))


def backwards(apps, schema_editor):
    postgresql = schema_editor.connection.vendor == "postgresql"
    for table in TABLES:
        on = f" ON {table}" if postgresql else ""
        schema_editor.execute(f"DROP TRIGGER {table}_frozen{on}")
    if postgresql:
        schema_editor.execute("DROP FUNCTION supervision_refuse()")


class Migration(migrations.Migration):
    dependencies = [("supervision", "0001_monthly_figures")]
    operations = [migrations.RunPython(forwards, backwards)]
