import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("programmes", "0015_waiting_parts"),
        ("reporting", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="campaign",
            name="task",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="campaigns", to="programmes.task"
            ),
        ),
    ]
