"""What a quick report for the province's leaders tells: figures of all programmes that go on, and who is late with what."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, fields
from datetime import date, timedelta

from django.db.models import Count, Min, Q, QuerySet

from dondoc.programmes.enums import AssignmentRole, ProgrammeState
from dondoc.programmes.models import Assignment, Part, Task
from dondoc.programmes.queries import standing
from dondoc.programmes.queries.known import deciding_parts
from dondoc.programmes.queries.listing import Entry, entries_of, with_terms
from dondoc.programmes.queries.pressing import owed_parts, owed_whole
from dondoc.programmes.queries.programmes import visible_programmes
from dondoc.programmes.queries.statistics import Counters
from dondoc.programmes.queries.tasks import in_force
from dondoc.programmes.rules.states import LONG_OVERDUE_DAYS
from dondoc.units.models import Unit
from dondoc.units.rules import Actor

AGENCIES_SHOWN = 15
TASKS_SHOWN = 60
GROUPS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose programmes, as of which day."""

    actor: Actor
    province: Unit
    programme_ids: tuple[int, ...]
    today: date


@dataclass(slots=True)
class LateAgency:
    """What a unit has not handed in, its parts of groups' tasks among it. ``longest``: days."""

    name: str
    overdue: int = 0
    long: int = 0
    longest: int = 0


@dataclass(frozen=True, slots=True)
class LateTask:
    task: Task
    leads: list[str]
    days: int


@dataclass(slots=True)
class Incomplete:
    """A group's overdue task. ``missing``: names of units that have not handed in."""

    task: Task
    done: int = 0
    total: int = 0
    missing: list[str] = field(default_factory=list)


def scope_of(actor: Actor, province: Unit) -> tuple[Scope, list[Entry]]:
    """The province's programmes that go on and that the actor may see, those most in need first."""
    programmes = visible_programmes(actor).filter(province=province, state=ProgrammeState.ACTIVE)
    entries = entries_of(list(with_terms(programmes, actor.on).select_related("lead_unit")), actor.on)
    entries.sort(key=lambda entry: (-entry.figures.long_overdue, -entry.figures.overdue, entry.programme.pk))
    return Scope(actor, province, tuple(entry.programme.pk for entry in entries), actor.on), entries


def sum_of(figures: Iterable[Counters]) -> Counters:
    """Name by name: a group's task is one in these."""
    held = list(figures)
    return Counters(**{one.name: sum(getattr(each, one.name) for each in held) for one in fields(Counters)})


def late_agencies(scope: Scope) -> list[LateAgency]:
    """Those that owe most of what is overdue, counted by the database in two queries."""
    found: dict[int, LateAgency] = {}
    leads = owed_whole(scope.today).filter(task__programme__in=scope.programme_ids)
    parts = owed_parts(scope.today).filter(assignment__task__programme__in=scope.programme_ids)
    for unit, name, overdue, long, first in [*_counted(leads, "task__last_ok_on", scope), *_counted(parts, "last_ok_on", scope)]:
        one = found.setdefault(unit, LateAgency(name))
        one.overdue += overdue
        one.long += long
        one.longest = max(one.longest, (scope.today - first).days)
    return sorted(found.values(), key=lambda one: (-one.overdue, -one.long, one.name))


def _counted(
    rows: "QuerySet[Assignment] | QuerySet[Part]", term: str, scope: Scope
) -> "QuerySet[Assignment, tuple[int, str, int, int, date]] | QuerySet[Part, tuple[int, str, int, int, date]]":
    long = Q(**{f"{term}__lt": scope.today - timedelta(days=LONG_OVERDUE_DAYS)})
    counted = rows.filter(**{f"{term}__lt": scope.today}).order_by().values_list("unit", "unit__name")
    return counted.annotate(overdue=Count("pk"), long=Count("pk", filter=long), first=Min(term))


def long_overdue(scope: Scope) -> list[LateTask]:
    """Tasks that are overdue by more than thirty days, the longest first, with the names of those who lead."""
    tasks = Task.objects.filter(in_force(scope.today), standing.long_overdue(scope.today), programme__in=scope.programme_ids)
    held = list(
        tasks.select_related("item__document", "origin", "programme").order_by("last_ok_on", "programme", "position")[
            :TASKS_SHOWN
        ]
    )
    leads: dict[int, list[str]] = {}
    rows = Assignment.objects.filter(task__in=[task.pk for task in held], role=AssignmentRole.LEAD)
    for task_id, name in rows.order_by("-answers", "position", "pk").values_list("task", "name"):
        leads.setdefault(task_id, []).append(name)
    return [LateTask(task, leads.get(task.pk, []), (scope.today - task.last_ok_on).days) for task in held if task.last_ok_on]


def incomplete_groups(scope: Scope) -> list[Incomplete]:
    """Tasks of groups of which units are overdue, those longest overdue first. In three queries."""
    late = owed_parts(scope.today).filter(
        assignment__task__programme__in=scope.programme_ids, assignment__group__isnull=False, last_ok_on__lt=scope.today
    )
    order = late.values("assignment__task").annotate(first=Min("last_ok_on")).order_by("first", "assignment__task")
    pks = list(order.values_list("assignment__task", flat=True)[:GROUPS_SHOWN])
    tasks = Task.objects.select_related("item__document", "origin", "programme").in_bulk(pks)
    found = {pk: Incomplete(tasks[pk]) for pk in pks}
    for pk, done, total in _shares(pks):
        found[pk].done, found[pk].total = done, total
    names = late.filter(assignment__task__in=pks).order_by("unit__kind", "unit__search_text")
    for pk, name in names.values_list("assignment__task", "unit__name"):
        if name not in found[pk].missing:
            found[pk].missing.append(name)
    return list(found.values())


def _shares(pks: Collection[int]) -> Iterator[tuple[int, int, int]]:
    parts = deciding_parts().filter(assignment__task__in=pks, assignment__group__isnull=False, excused=False)
    counted = parts.values_list("assignment__task").annotate(done=Count("pk", filter=Q(done_on__isnull=False)), total=Count("pk"))
    yield from counted
