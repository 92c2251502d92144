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


def in_force(on: date) -> Q:
    """Tasks that are counted on a day: given by then and not superseded, each obligation once.

    The flag is compared with a value, because SQLite does not look a bare flag up in an index.
    """
    return Q(counted=Value(value=True), given_on__lte=on) & (Q(superseded_on__isnull=True) | Q(superseded_on__gt=on))


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
    leads = Assignment.objects.filter(unit__in=unit_ids, role=AssignmentRole.LEAD).order_by()
    parts = Part.objects.filter(unit__in=unit_ids).order_by()
    return Q(pk__in=leads.values("task").union(parts.values("assignment__task")))
