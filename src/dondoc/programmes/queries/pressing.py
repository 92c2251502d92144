"""What is due about a day: tasks and parts that someone must be reminded of. Cost grows with what is due, not with what exists."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from dondoc.programmes.enums import AssignmentRole, EventKind, ProgrammeState
from dondoc.programmes.models import Assignment, Part, Programme, TaskEvent
from dondoc.programmes.queries.known import deciding_parts
from dondoc.programmes.queries.tasks import in_force
from dondoc.programmes.rules.reminders import BEFORE, FORGOTTEN_DAYS

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


def pressing(on: date) -> Iterator[Pressing]:
    """What a unit leads alone or answers for, then the parts of groups."""
    for lead in _leads(on):
        task = lead.task
        if lead.unit and task.last_ok_on:
            answered = task.reported_on is not None and task.reported_on > task.last_ok_on
            yield Pressing(
                f"task-{task.pk}", lead.unit.pk, lead.unit.name, task.programme, task.pk, task.text, task.last_ok_on, answered
            )
    for part in _parts(on):
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


def _window(on: date) -> tuple[date, date]:
    return on - timedelta(days=FORGOTTEN_DAYS), on + timedelta(days=max(BEFORE))


def _leads(on: date) -> QuerySet[Assignment]:
    """Leads that owe the task whole: those of a recurring one owe the parts of its periods."""
    answered_for = Assignment.objects.filter(task=OuterRef("task"), role=AssignmentRole.LEAD, answers=True)
    leads = Assignment.objects.filter(_due(on, "task__"), role=AssignmentRole.LEAD, unit__isnull=False, parts__isnull=True)
    leads = leads.filter(task__last_ok_on__range=_window(on)).exclude(task__stage=EventKind.DELIVERED)
    leads = leads.filter(Q(answers=True) | ~Exists(answered_for))
    return leads.select_related("unit", "task__programme").order_by("task", "pk")


def _parts(on: date) -> QuerySet[Part]:
    said = TaskEvent.objects.filter(part=OuterRef("pk"), kind__in=_ANSWERS, happened_on__gt=OuterRef("last_ok_on"))
    parts = deciding_parts().filter(_due(on, "assignment__task__"), done_on__isnull=True, excused=False)
    parts = parts.filter(last_ok_on__range=_window(on)).exclude(stage=EventKind.DELIVERED)
    return (
        parts.annotate(answered=Exists(said))
        .select_related("unit", "assignment__task__programme")
        .order_by("assignment__task", "pk")
    )
