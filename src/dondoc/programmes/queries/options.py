"""What the filters of a board offer, and how many tasks have no lead or are the asker's."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, FilteredRelation, Min, Q

from dondoc.common.folding import searchable
from dondoc.programmes.enums import AssignmentRole
from dondoc.programmes.models import Assignment, Programme
from dondoc.programmes.queries.tasks import count_owed_by, tasks_on
from dondoc.units.models import Unit, UnitGroup


@dataclass(frozen=True, slots=True)
class Options:
    """Leads (value and name) and headings of the document that the filters offer; how many tasks have no lead or are mine."""

    agencies: list[tuple[str, str]]
    sections: list[str]
    unassigned: int
    mine: int


def options_of(programme: Programme, day: date, unit_ids: Collection[int]) -> Options:
    agencies, unassigned = _agencies(programme, day)
    mine = count_owed_by(unit_ids, programme, day) if unit_ids else 0
    return Options(agencies, _sections(programme, day), unassigned, mine)


def _agencies(programme: Programme, day: date) -> tuple[list[tuple[str, str]], int]:
    leads = FilteredRelation("assignments", condition=Q(assignments__role=AssignmentRole.LEAD))
    rows = (
        tasks_on(programme, day)
        .order_by()
        .annotate(lead=leads)
        .values_list("lead__unit", "lead__group")
        .annotate(tasks=Count("pk"), leads=Count("lead__role"))
    )
    units, groups = set(), set()
    unassigned = unmatched = 0
    for unit, group, tasks, led in rows:
        units.add(unit)
        groups.add(group)
        unassigned += tasks - led
        unmatched += led if unit is None and group is None else 0
    options = {f"u{pk}": name for pk, name in Unit.objects.filter(pk__in=units - {None}).values_list("pk", "name")}
    options |= {f"g{pk}": name for pk, name in UnitGroup.objects.filter(pk__in=groups - {None}).values_list("pk", "name")}
    if unmatched:
        options |= {f"t{name}": name for name in _unmatched(programme, day)}
    return sorted(options.items(), key=lambda pair: searchable(pair[1])), unassigned


def _unmatched(programme: Programme, day: date) -> list[str]:
    """Names of leads that stand for no unit, as written."""
    named = Assignment.objects.filter(
        unit=None, group=None, role=AssignmentRole.LEAD, task__in=tasks_on(programme, day).order_by().values("pk")
    )
    return list(named.order_by().values_list("name", flat=True).distinct())


def _sections(programme: Programme, day: date) -> list[str]:
    """The headings that tasks stand under, to the second level, in the order of the document."""
    rows = tasks_on(programme, day).exclude(section="").order_by().values_list("section").annotate(at=Min("position"))
    first: dict[str, int] = {}
    for section, at in rows:
        head = ".".join(section.split(".")[:2])
        first[head] = min(at, first.get(head, at))
    return sorted(first, key=lambda head: first[head])
