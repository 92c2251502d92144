from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("programmes", "0013_requests_of_programmes"),
    ]

    operations = [
        migrations.AlterField(
            model_name="extensionrequest",
            name="programme",
            field=models.ForeignKey(on_delete=models.CASCADE, related_name="requests", to="programmes.programme"),
        ),
    ]
