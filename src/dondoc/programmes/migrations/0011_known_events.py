"""Named events that deadlines wait for; and recurring tasks that are followed by periods from now on."""

import csv
from datetime import date
from pathlib import Path
from typing import Any

from django.db import migrations

from dondoc.common import clock
from dondoc.common.folding import searchable

_FILE = Path(__file__).parents[1] / "data" / "anchor_events.tsv"


def _add_events(apps: Any, _editor: Any) -> None:
    events = apps.get_model("programmes", "AnchorEvent")
    with _FILE.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    for row in rows:
        facts = {
            "name": row["name"],
            "happened_on": _day(row["happened_on"]),
            "legal_basis": row["legal_basis"],
            "verified_on": _day(row["verified_on"]),
        }
        events.objects.get_or_create(province=None, search_text=searchable(row["name"]), defaults=facts)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _follow(apps: Any, _editor: Any) -> None:
    tasks = apps.get_model("programmes", "Task").objects.filter(superseded_on__isnull=True).exclude(rrule="")
    tasks.update(turns_on=clock.today())


class Migration(migrations.Migration):
    dependencies = [("programmes", "0010_turns")]

    operations = [
        migrations.RunPython(_add_events, migrations.RunPython.noop, elidable=False),
        migrations.RunPython(_follow, migrations.RunPython.noop, elidable=False),
    ]
