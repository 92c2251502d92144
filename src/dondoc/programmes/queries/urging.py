"""What is overdue in the programmes that a person steers, and the letters that were made about it."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from dondoc.programmes.models import Assignment, Part, Programme, Task, UrgingLetter
from dondoc.programmes.queries.pressing import owed_parts, owed_whole
from dondoc.programmes.rules.rights import OPENERS
from dondoc.units.models import Unit
from dondoc.units.rules import Actor

_PAPER = ("item__document", "origin", "programme")


@dataclass(frozen=True, slots=True)
class Debt:
    """What one unit has not handed in by its last good day. ``task`` comes with its document or origin."""

    unit: Unit
    task: Task
    last_ok_on: date


def steered_programmes(actor: Actor) -> QuerySet[Programme]:
    """Those of which :func:`dondoc.programmes.rules.rights.may_steer` is true."""
    own = {seat.unit_id for seat in actor.seats if seat.role in OPENERS}
    return Programme.objects.filter(Q(province__in=_led(actor)) | Q(lead_unit__in=own))


def _led(actor: Actor) -> set[int]:
    return {pk for pk in actor.province_ids if actor.leads_province(pk)}


def overdue_debts(actor: Actor, *, unit_ids: Collection[int] = (), task: Task | None = None) -> list[Debt]:
    """The longest overdue first; of some units or of one task where that is asked for. In two queries."""
    programmes = steered_programmes(actor).values("pk")
    leads = owed_whole(actor.on).filter(task__programme__in=programmes, task__last_ok_on__lt=actor.on)
    parts = owed_parts(actor.on).filter(assignment__task__programme__in=programmes, last_ok_on__lt=actor.on)
    if unit_ids:
        leads, parts = leads.filter(unit__in=unit_ids), parts.filter(unit__in=unit_ids)
    if task is not None:
        leads, parts = leads.filter(task=task), parts.filter(assignment__task=task)
    found = [*_whole(leads), *_shared(parts)]
    return sorted(found, key=lambda debt: (debt.last_ok_on, debt.task.position, debt.task.pk, debt.unit.search_text))


def _whole(leads: QuerySet[Assignment]) -> Iterator[Debt]:
    for lead in leads.select_related("unit", *(f"task__{name}" for name in _PAPER)):
        if lead.unit and lead.task.last_ok_on:
            yield Debt(lead.unit, lead.task, lead.task.last_ok_on)


def _shared(parts: QuerySet[Part]) -> Iterator[Debt]:
    for part in parts.select_related("unit", *(f"assignment__task__{name}" for name in _PAPER)):
        if part.last_ok_on:
            yield Debt(part.unit, part.assignment.task, part.last_ok_on)


def visible_letters(actor: Actor) -> QuerySet[UrgingLetter]:
    """Those of the actor's units; for the provincial office all of its province. Whom they ask gets them signed, on paper."""
    return UrgingLetter.objects.filter(Q(from_unit__in=actor.unit_ids) | Q(province__in=_led(actor)))


def listed_letters(letters: QuerySet[UrgingLetter]) -> QuerySet[UrgingLetter]:
    """With all that a list shows."""
    counted = letters.annotate(tasks_total=Count("tasks", distinct=True)).order_by("-made_on", "-pk")
    return counted.select_related("from_unit", "made_by", "file").prefetch_related("to_units")


def letters_about(task: Task, actor: Actor) -> list[UrgingLetter]:
    """Those that name the task, of those that the actor may see."""
    naming = UrgingLetter.tasks.through.objects.filter(task=task).values("urgingletter")
    return list(listed_letters(visible_letters(actor).filter(pk__in=naming)))
