"""Let the database renew one mark whenever a rule changes, by whatever way it comes."""

from django.db import migrations, models

RULES = [
    "sla_region",
    "sla_calendarnotice",
    "sla_calendarday",
    "sla_policy",
    "sla_policylimit",
]

RENEW = """
INSERT INTO sla_rulesmark (id, mark) VALUES (1, {random})
ON CONFLICT (id) DO UPDATE SET mark = excluded.mark
"""
POSTGRESQL = f"""
CREATE FUNCTION sla_rules_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN {RENEW.format(random="gen_random_uuid()")}; RETURN NULL; END $$
"""
ON_POSTGRESQL = """
CREATE TRIGGER {table}_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION sla_rules_changed()
"""
ON_SQLITE = """
CREATE TRIGGER {table}_{verb}_changed AFTER {verb} ON {table}
BEGIN {renew}; END
"""


def forwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        random = "gen_random_uuid()"
        schema_editor.execute(POSTGRESQL)
        for table in RULES:
            schema_editor.execute(ON_POSTGRESQL.format(table=table))
    else:
        random = "hex(randomblob(16))"
        renew = RENEW.format(random=random)
        for table in RULES:
            for verb in ("insert", "update", "delete"):
                schema_editor.execute(
                    ON_SQLITE.format(table=table, verb=verb, renew=renew)
                )
    # Rules that were there before the triggers.
    schema_editor.execute(RENEW.format(random=random))


def backwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION sla_rules_changed() CASCADE")
        return
    for table in RULES:
        for verb in ("insert", "update", "delete"):
            schema_editor.execute(f"DROP TRIGGER {table}_{verb}_changed")


class Migration(migrations.Migration):
    dependencies = [("sla", "0003_repair_stages")]
    operations = [
        migrations.CreateModel(
            name="RulesMark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("mark", models.CharField(max_length=36)),
            ],
            options={
                "verbose_name": "rules mark",
                "verbose_name_plural": "rules mark",
            },
        ),
        migrations.RunPython(forwards, backwards),
    ]
