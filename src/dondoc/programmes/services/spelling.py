"""Keeps the spells of tasks equal to what their events say of every day."""

from collections.abc import Collection, Mapping

from django.db.models import Exists, F, OuterRef, Q

from dondoc.programmes.models import Programme, Spell, Task
from dondoc.programmes.queries.known import stories_of
from dondoc.programmes.rules.spells import Story, stretches_of

_FACTS = (
    "unit_id", "part_id", "given_on", "from_on", "to_on", "last_ok_on", "first_ok_on", "done_on", "paused", "word_on",
)  # fmt: skip


def keep(tasks: Collection[Task], stories: Mapping[int, Story]) -> None:
    """Make the spells of these tasks what their stories say; rows that stay the same are not touched."""
    wanted = {row: task for task in tasks if task.counted for row in _rows(task, stories[task.pk])}
    gone = []
    for pk, *row in Spell.objects.filter(task__in=[task.pk for task in tasks]).values_list("pk", "task_id", *_FACTS):
        if wanted.pop(tuple(row), None) is None:
            gone.append(pk)
    for start in range(0, len(gone), 500):
        Spell.objects.filter(pk__in=gone[start : start + 500]).delete()
    made = (
        Spell(programme_id=task.programme_id, task_id=task.pk, **dict(zip(_FACTS, row[1:], strict=True)))
        for row, task in wanted.items()
    )
    Spell.objects.bulk_create(made, batch_size=500)


def _rows(task: Task, story: Story) -> Collection[tuple[object, ...]]:
    return [(task.pk, *one.owner, one.given_on, one.from_on, one.to_on, *one.facts) for one in stretches_of(story)]


def catch_up(programme: Programme) -> None:
    """Of tasks that came, or that came to be counted, left out or superseded otherwise than through their events."""
    spells = Spell.objects.filter(task=OuterRef("pk"))
    followed = Q(counted=True) & (Q(superseded_on__isnull=True) | Q(superseded_on__gt=F("given_on")))
    outlived = Exists(spells.filter(to_on__gt=OuterRef("superseded_on")))
    stale = list(programme.tasks.filter(followed & ~Exists(spells) | Q(counted=False) & Exists(spells) | outlived))
    keep(stale, stories_of(stale))
