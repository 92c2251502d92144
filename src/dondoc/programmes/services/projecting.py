"""Keeps the projections of tasks and parts equal to what their events say."""

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.db.models import F

from dondoc.programmes import found
from dondoc.programmes.models import Part, Programme, Task
from dondoc.programmes.queries.known import stories_of
from dondoc.programmes.rules.replay import Line
from dondoc.programmes.services import spelling
from dondoc.units.rules import Actor

_SHARED_FIELDS = ("done_on", "stage", "received_on", "asking_until", "handler_id", "last_ok_on")
_TASK_FIELDS = (*_SHARED_FIELDS, "paused", "reported_on", "progress_percent", "progress_note")
_PART_FIELDS = (*_SHARED_FIELDS, "excused")


def refresh(tasks: Collection[Task], actor: Actor) -> None:
    """Replay the events of these tasks up to the actor's day."""
    refresh_on(tasks, actor.on)


def refresh_on(tasks: Collection[Task], on: date) -> None:
    """Replay the events of these tasks, keep what they say up to the day, and of every day for the statistics."""
    stories = stories_of(tasks)
    parts: dict[int, Line] = {}
    for task in tasks:
        course = stories[task.pk].course_on(on)
        _keep(task, course.task)
        task.paused, task.reported_on = course.task.paused, course.task.reported_on
        task.progress_percent, task.progress_note = course.task.percent, course.task.note
        parts.update(course.parts)
    Task.objects.bulk_update(tasks, _columns(_TASK_FIELDS), batch_size=200)
    _keep_parts(parts)
    spelling.keep(tasks, stories)


def _keep(row: Task | Part, line: Line) -> None:
    """What tasks and parts have in common."""
    row.done_on, row.stage, row.received_on = line.done_on, line.stage, line.received_on
    row.asking_until, row.handler_id, row.last_ok_on = line.asking_until, line.handler_id, line.last_ok_on


def _keep_parts(lines: dict[int, Line]) -> None:
    held = Part.objects.in_bulk(list(lines))
    changed = []
    for pk, part in held.items():
        before = [getattr(part, name) for name in _PART_FIELDS]
        _keep(part, lines[pk])
        part.excused = bool(lines[pk].paused)
        if before != [getattr(part, name) for name in _PART_FIELDS]:
            changed.append(part)
    Part.objects.bulk_update(changed, _columns(_PART_FIELDS), batch_size=200)


def _columns(names: Collection[str]) -> list[str]:
    return [name.removesuffix("_id") for name in names]


def rebuild(programme: Programme, actor: Actor) -> None:
    """Make all projections of a programme anew from its events."""
    refresh(list(programme.tasks.all()), actor)
    bump(programme)


def rebuild_all(*, on: date) -> int:
    """The same of every programme, one transaction each; how many they are."""
    count = 0
    for count, programme in enumerate(Programme.objects.order_by("pk"), start=1):  # noqa: B007 - the number of the last
        with transaction.atomic():
            refresh_on(list(lock(programme.pk).tasks.all()), on)
            bump(programme)
    return count


def lock(programme_id: int) -> Programme:
    """The programme's row, held until the transaction ends: changes below one programme come one after the other."""
    return Programme.objects.select_for_update(of=("self",)).select_related("lead_unit").get(pk=programme_id)


def bump(programme: Programme) -> None:
    """Say that something below the programme has changed; boards keep their pages by these numbers."""
    spelling.catch_up(programme)
    Programme.objects.filter(pk=programme.pk).update(version=F("version") + 1, edition=F("edition") + 1)
    found.refresh(programme)


def bump_version(programme: Programme) -> None:
    """Say that something happened to a task; which tasks there are and whose they are has not changed."""
    Programme.objects.filter(pk=programme.pk).update(version=F("version") + 1)


def bump_revision(task_ids: Collection[int]) -> None:
    """Say that these tasks are no longer what an open form shows of them."""
    Task.objects.filter(pk__in=task_ids).update(revision=F("revision") + 1)
