from django.db import migrations, models


def fill(apps, schema_editor):
    """From the task of each request's event."""
    request_model = apps.get_model("programmes", "ExtensionRequest")
    for request in request_model.objects.select_related("event__task").iterator():
        request.programme_id = request.event.task.programme_id
        request.save(update_fields=["programme"])


class Migration(migrations.Migration):
    dependencies = [
        ("programmes", "0012_urging"),
    ]

    operations = [
        migrations.AddField(
            model_name="extensionrequest",
            name="programme",
            field=models.ForeignKey(null=True, on_delete=models.CASCADE, related_name="requests", to="programmes.programme"),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
