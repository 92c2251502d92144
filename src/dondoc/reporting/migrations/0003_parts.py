"""What each report holds, kept part by part; and indexes that hold all that sums over a campaign read."""

import dondoc.reporting.models.campaign
from django.db import migrations, models
from django.db.models import Count, Q

AT_ONCE = 200


def count(apps, schema_editor):
    Return, Value, Passage = (apps.get_model("reporting", name) for name in ("Return", "Value", "Passage"))
    keys = list(Return.objects.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), AT_ONCE):
        reports = keys[start : start + AT_ONCE]
        rows = {pk: Return(pk=pk) for pk in reports}
        for name, stage in (("parts", ""), ("sent_parts", "sent_")):
            for row in rows.values():
                setattr(row, name, {"tables": {}, "sections": []})
            filled = Q(**{f"{stage}number__isnull": False}) | ~Q(**{f"{stage}nothing": ""})
            cells = Value.objects.filter(filled, report__in=reports, indicator__formula="").order_by()
            for report, table, total in cells.values_list("report", "indicator__table__code").annotate(total=Count("pk")):
                getattr(rows[report], name)["tables"][table] = total
            texts = Passage.objects.filter(report__in=reports, section__asks=True).exclude(**{f"{stage}text": ""})
            for report, section in texts.order_by("section__position").values_list("report", "section__code"):
                getattr(rows[report], name)["sections"].append(section)
        Return.objects.bulk_update(rows.values(), ["parts", "sent_parts"], batch_size=AT_ONCE)


class Migration(migrations.Migration):
    dependencies = [("reporting", "0002_campaign_task")]

    operations = [
        migrations.AddField("return", "parts", models.JSONField(default=dondoc.reporting.models.campaign.no_parts)),
        migrations.AddField("return", "sent_parts", models.JSONField(default=dondoc.reporting.models.campaign.no_parts)),
        migrations.RunPython(count, migrations.RunPython.noop),
        migrations.RemoveIndex("value", name="reporting_values_of"),
        migrations.AddIndex(
            "value",
            models.Index(fields=["indicator", "column", "report", "sent_number", "accepted_number"], name="reporting_numbers_of"),
        ),
        migrations.AddIndex(
            "value",
            models.Index(
                condition=models.Q(("sent_nothing", ""), _negated=True),
                fields=["indicator", "column", "report", "sent_nothing", "accepted_nothing"],
                name="reporting_nothing_of",
            ),
        ),
    ]
