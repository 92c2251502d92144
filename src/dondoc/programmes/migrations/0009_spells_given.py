from datetime import date

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("programmes", "0008_reassigning")]

    operations = [
        migrations.RemoveIndex(model_name="spell", name="programmes_spell_figures"),
        migrations.AddField("spell", "given_on", models.DateField(default=date.min), preserve_default=False),
        migrations.AddIndex(
            model_name="spell",
            index=models.Index(
                fields=[
                    "programme",
                    "unit",
                    "to_on",
                    "from_on",
                    "last_ok_on",
                    "done_on",
                    "paused",
                    "first_ok_on",
                    "word_on",
                    "given_on",
                ],
                name="programmes_spell_figures",
            ),
        ),
    ]
