"""Events that deadlines wait for, with the tasks that wait."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from dondoc.programmes.enums import AssignmentRole, ProgrammeState
from dondoc.programmes.models import AnchorEvent, Assignment, Part, Task
from dondoc.programmes.rules.anchors import is_event, plain

SHOWN = 5


def events_for(province_ids: Collection[int]) -> QuerySet[AnchorEvent]:
    """Those of the provinces, and of the whole country."""
    return AnchorEvent.objects.filter(Q(province__in=province_ids) | Q(province__isnull=True))


def waiting_for(province_ids: Collection[int]) -> list[Task]:
    """Tasks whose words name an event that nobody has entered yet."""
    tasks = Task.objects.filter(
        programme__province__in=province_ids,
        programme__state=ProgrammeState.ACTIVE,
        superseded_on__isnull=True,
        done_on__isnull=True,
        anchor_event__isnull=True,
        due_on__isnull=True,
        rrule="",
    ).exclude(anchor="")
    return [task for task in tasks.select_related("programme").order_by("programme", "position") if is_event(task.anchor)]


@dataclass(slots=True)
class Waited:
    """An event, or words that name one, with the tasks that wait; ``tasks`` are the first few."""

    words: str
    event: AnchorEvent | None = None
    tasks: list[Task] = field(default_factory=list)
    total: int = 0

    def add(self, task: Task) -> None:
        self.total += 1
        if len(self.tasks) < SHOWN:
            self.tasks.append(task)


def entered(province_ids: Collection[int]) -> tuple[list[Waited], list[Waited]]:
    """Events without a day, those that most wait for first, and events with one, the latest first; in two queries."""
    held = {event.pk: Waited(event.name, event) for event in events_for(province_ids)}
    tasks = Task.objects.filter(anchor_event__in=held, programme__province__in=province_ids, superseded_on__isnull=True)
    for task in tasks.select_related("programme").order_by("programme", "position"):
        held[task.anchor_event_id or 0].add(task)
    undated = [one for one in held.values() if one.event and one.event.happened_on is None]
    dated = [one for one in held.values() if one not in undated]
    by_day = sorted(dated, key=lambda one: str(one.event.happened_on if one.event else ""), reverse=True)
    return sorted(undated, key=lambda one: (-one.total, one.words)), by_day


def unknown(province_ids: Collection[int]) -> list[Waited]:
    """Words of deadlines that name an event which is not entered, each once."""
    found: dict[str, Waited] = {}
    for task in waiting_for(province_ids):
        found.setdefault(plain(task.anchor), Waited(task.anchor)).add(task)
    return sorted(found.values(), key=lambda one: (-one.total, one.words))


def units_of(tasks: Iterable[Task]) -> set[int]:
    """The units that lead these tasks, alone or in a group."""
    pks = [task.pk for task in tasks]
    leads = Assignment.objects.filter(task__in=pks, role=AssignmentRole.LEAD, unit__isnull=False).order_by()
    parts = Part.objects.filter(assignment__task__in=pks).order_by()
    return {pk for pk in leads.values_list("unit", flat=True).union(parts.values_list("unit", flat=True)) if pk}
