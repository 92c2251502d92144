"""Which tasks: the part of a filter that does not depend on the day's states."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet, Value

from dondoc.programmes.enums import AssignmentRole
from dondoc.programmes.models import Assignment, Part, Programme, Task


@dataclass(frozen=True, slots=True)
class Choice:
    """What the address bar asks for, states aside. ``agency``: "u7", "g3" or "t" and a name as written."""

    agency: str = ""
    section: str = ""
    unassigned: bool = False
    mine: bool = False


def in_force(on: date, prefix: str = "") -> Q:
    """Tasks that are counted on a day: given by then and not superseded, each obligation once. ``prefix`` leads to the task.

    The flag is compared with a value, because SQLite does not look a bare flag up in an index.
    """
    superseded = f"{prefix}superseded_on"
    still = Q(**{f"{superseded}__isnull": True}) | Q(**{f"{superseded}__gt": on})
    return Q(**{f"{prefix}counted": Value(value=True), f"{prefix}given_on__lte": on}) & still


def tasks_on(programme: Programme, on: date) -> QuerySet[Task]:
    return Task.objects.filter(in_force(on), programme=programme)


def chosen(tasks: QuerySet[Task], choice: Choice, unit_ids: Collection[int]) -> QuerySet[Task]:
    """Narrow ``tasks``; ``unit_ids`` are the asker's units."""
    if choice.section:
        tasks = tasks.filter(Q(section=choice.section) | Q(section__startswith=f"{choice.section}."))
    if choice.unassigned:
        tasks = tasks.filter(~Exists(_leads()))
    if choice.agency:
        tasks = tasks.filter(Exists(_leads().filter(agency(choice.agency))))
    if choice.mine:
        tasks = tasks.filter(owed_by(unit_ids))
    return tasks


def _leads() -> QuerySet[Assignment]:
    return Assignment.objects.filter(task=OuterRef("pk"), role=AssignmentRole.LEAD)


def agency(value: str) -> Q:
    kind, rest = value[:1], value[1:]
    if kind in {"u", "g"} and rest.isdecimal():
        return Q(unit=int(rest)) if kind == "u" else Q(group=int(rest))
    return Q(unit__isnull=True, group__isnull=True, name=rest)


def owed_by(unit_ids: Collection[int]) -> Q:
    """Tasks with one of the units as a lead or as a part of a leading group."""
    leads, parts = _shares_of(unit_ids)
    return Q(pk__in=leads.values("task").union(parts.values("assignment__task")))


def count_owed_by(unit_ids: Collection[int], programme: Programme, on: date) -> int:
    """How many tasks of a programme :func:`owed_by` gives, found from the units' side."""
    leads, parts = _shares_of(unit_ids)
    led = leads.filter(in_force(on, "task__"), task__programme=programme).values("task")
    shared = parts.filter(in_force(on, "assignment__task__"), assignment__task__programme=programme)
    return led.union(shared.values("assignment__task")).count()


def _shares_of(unit_ids: Collection[int]) -> tuple[QuerySet[Assignment], QuerySet[Part]]:
    leads = Assignment.objects.filter(unit__in=unit_ids, role=AssignmentRole.LEAD).order_by()
    return leads, Part.objects.filter(unit__in=unit_ids).order_by()
