import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_remembered")]

    operations = [
        migrations.CreateModel(
            name="ProgramToken",
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
                ("digest", models.CharField(max_length=64, unique=True)),
                ("proof", models.CharField(max_length=128)),
                ("issued_at", models.DateTimeField()),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="program_token",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        # Where earlier releases kept tokens as they are typed: nobody reads it now.
        migrations.RunSQL(
            "DROP TABLE IF EXISTS authtoken_token", migrations.RunSQL.noop
        ),
    ]
