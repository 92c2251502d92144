"""What is due about a day: tasks and parts that someone must be reminded of. Cost grows with what is due, not with what exists."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from dondoc.programmes.enums import AssignmentRole, EventKind, ProgrammeState
from dondoc.programmes.models import Assignment, Part, Programme, TaskEvent
from dondoc.programmes.queries.known import deciding_parts
from dondoc.programmes.queries.tasks import in_force

_ANSWERS = (EventKind.PROGRESS, EventKind.DELIVERED)


@dataclass(frozen=True, slots=True)
class Pressing:
    """One unit's debt. ``subject`` names it among all; ``answered``: the unit spoke after the last good day."""

    subject: str
    unit_id: int
    unit_name: str
    programme: Programme
    task_id: int
    text: str
    last_ok_on: date
    answered: bool


def pressing(on: date, *, ahead: int, late: int) -> Iterator[Pressing]:
    """What a unit leads alone or answers for, then the parts of groups: due in ``ahead`` days or at most ``late`` days late."""
    window = on - timedelta(days=late), on + timedelta(days=ahead)
    for lead in _leads(on, window):
        task = lead.task
        if lead.unit and task.last_ok_on:
            answered = task.reported_on is not None and task.reported_on > task.last_ok_on
            yield Pressing(
                f"task-{task.pk}", lead.unit.pk, lead.unit.name, task.programme, task.pk, task.text, task.last_ok_on, answered
            )
    for part in _parts(on, window):
        task = part.assignment.task
        if part.last_ok_on:
            yield Pressing(
                f"part-{part.pk}",
                part.unit_id,
                part.unit.name,
                task.programme,
                task.pk,
                task.text,
                part.last_ok_on,
                part.answered,  # type: ignore[attr-defined] # annotated
            )


def _due(on: date, prefix: str = "") -> Q:
    """Tasks that are followed on a day. ``prefix`` leads to the task."""
    facts = {f"{prefix}done_on__isnull": True, f"{prefix}paused": "", f"{prefix}programme__state": ProgrammeState.ACTIVE}
    return in_force(on, prefix) & Q(**facts)


def owed_whole(on: date) -> QuerySet[Assignment]:
    """Leads that owe the task whole: those of a recurring one owe the parts of its periods."""
    answered_for = Assignment.objects.filter(task=OuterRef("task"), role=AssignmentRole.LEAD, answers=True)
    leads = Assignment.objects.filter(_due(on, "task__"), role=AssignmentRole.LEAD, unit__isnull=False, parts__isnull=True)
    return leads.exclude(task__stage=EventKind.DELIVERED).filter(Q(answers=True) | ~Exists(answered_for))


def owed_parts(on: date) -> QuerySet[Part]:
    """Parts that are still owed, of groups and of periods."""
    parts = deciding_parts().filter(_due(on, "assignment__task__"), done_on__isnull=True, excused=False)
    return parts.exclude(stage=EventKind.DELIVERED)


def _leads(on: date, window: tuple[date, date]) -> QuerySet[Assignment]:
    leads = owed_whole(on).filter(task__last_ok_on__range=window)
    return leads.select_related("unit", "task__programme").order_by("task", "pk")


def _parts(on: date, window: tuple[date, date]) -> QuerySet[Part]:
    said = TaskEvent.objects.filter(part=OuterRef("pk"), kind__in=_ANSWERS, happened_on__gt=OuterRef("last_ok_on"))
    parts = owed_parts(on).filter(last_ok_on__range=window).annotate(answered=Exists(said))
    return parts.select_related("unit", "assignment__task__programme").order_by("assignment__task", "pk")
