"""Keeps the projections of tasks and parts equal to what their events say."""

from collections.abc import Collection

from django.db.models import F

from dondoc.programmes import found
from dondoc.programmes.models import Part, Programme, Task
from dondoc.programmes.queries.known import courses
from dondoc.programmes.rules.deadlines import last_good_day
from dondoc.programmes.rules.replay import Line
from dondoc.units.rules import Actor

_TASK_FIELDS = (
    "last_ok_on", "done_on", "paused", "stage", "reported_on", "progress_percent", "progress_note",
)  # fmt: skip


def refresh(tasks: Collection[Task], actor: Actor) -> None:
    """Replay the events of these tasks up to the actor's day and keep the outcome."""
    terms = {task.pk: last_good_day(task.due_on, exclusive=task.exclusive) for task in tasks}
    by_task = courses(terms, actor.on)
    parts: dict[int, Line] = {}
    for task in tasks:
        course = by_task[task.pk]
        _keep(task, course.task)
        parts.update(course.parts)
    Task.objects.bulk_update(tasks, _TASK_FIELDS, batch_size=200)
    _keep_parts(parts)


def _keep(task: Task, line: Line) -> None:
    task.last_ok_on, task.done_on = line.last_ok_on, line.done_on
    task.paused, task.stage = line.paused, line.stage
    task.reported_on, task.progress_percent, task.progress_note = line.reported_on, line.percent, line.note


def _keep_parts(lines: dict[int, Line]) -> None:
    held = Part.objects.in_bulk(list(lines))
    changed = []
    for pk, part in held.items():
        line = lines[pk]
        if (part.done_on, part.stage, part.excused) != (line.done_on, line.stage, bool(line.paused)):
            part.done_on, part.stage, part.excused = line.done_on, line.stage, bool(line.paused)
            changed.append(part)
    Part.objects.bulk_update(changed, ("done_on", "stage", "excused"), batch_size=200)


def rebuild(programme: Programme, actor: Actor) -> None:
    """Make all projections of a programme anew from its events."""
    refresh(list(programme.tasks.all()), actor)
    bump(programme)


def lock(programme_id: int) -> Programme:
    """The programme's row, held until the transaction ends: changes below one programme come one after the other."""
    return Programme.objects.select_for_update(of=("self",)).select_related("lead_unit").get(pk=programme_id)


def bump(programme: Programme) -> None:
    """Say that something below the programme has changed; boards keep their pages by these numbers."""
    Programme.objects.filter(pk=programme.pk).update(version=F("version") + 1, edition=F("edition") + 1)
    found.refresh(programme)


def bump_version(programme: Programme) -> None:
    """Say that something happened to a task; which tasks there are and whose they are has not changed."""
    Programme.objects.filter(pk=programme.pk).update(version=F("version") + 1)
