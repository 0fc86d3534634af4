from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_users"), ("sla", "__first__")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="districts",
            field=models.ManyToManyField(
                blank=True,
                related_name="staff",
                to="sla.region",
                verbose_name="责任区域",
            ),
        ),
    ]
