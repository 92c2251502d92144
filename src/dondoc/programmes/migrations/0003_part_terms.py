from typing import Any

from django.db import migrations
from django.db.models import OuterRef, Subquery


def give_each_its_tasks_term(apps: Any, _schema: Any) -> None:
    """A part has its own last good day from now on; until then it was the task's."""
    part, task = apps.get_model("programmes", "Part"), apps.get_model("programmes", "Task")
    term = task.objects.filter(assignments=OuterRef("assignment")).values("last_ok_on")[:1]
    part.objects.update(last_ok_on=Subquery(term))


class Migration(migrations.Migration):
    dependencies = [("programmes", "0002_following")]

    operations = [migrations.RunPython(give_each_its_tasks_term, migrations.RunPython.noop)]
