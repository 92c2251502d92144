"""Periods of recurring tasks: which are meant where one stands for all, and how far each is."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q

from dondoc.programmes.models import Period, Task
from dondoc.programmes.queries.known import Known, deciding_parts


def present(on: date) -> Q:
    """Parts that belong to no period, and those of each task's latest period that has begun by the day."""
    later = Period.objects.filter(task=OuterRef("period__task"), starts_on__gt=OuterRef("period__starts_on"), starts_on__lte=on)
    return Q(period__isnull=True) | Q(~Exists(later), period__starts_on__lte=on)


def owed_periods(known: Mapping[int, Known], recurring: Collection[int]) -> dict[int, Period]:
    """The period that each recurring task is held to, in one query: the earliest that is owed."""
    terms = {pk: known[pk].last_ok_on for pk in recurring if pk in known and known[pk].last_ok_on}
    if not terms:
        return {}
    rows = Period.objects.filter(task__in=terms, last_ok_on__in=set(terms.values())).order_by("-starts_on")
    return {period.task_id: period for period in rows if terms[period.task_id] == period.last_ok_on}


def held_to(owed: Mapping[int, Period], on: date) -> Q:
    """Parts of the period that each task is held to; of a task that is held to none, the present ones."""
    if not owed:
        return present(on)
    return Q(period__in=[period.pk for period in owed.values()]) | Q(present(on), ~Q(assignment__task__in=list(owed)))


@dataclass(frozen=True, slots=True)
class Turn:
    """A period with how many of its units are done, late, excused, and how many there are."""

    period: Period
    done: int
    late: int
    excused: int
    total: int

    @property
    def is_skipped(self) -> bool:
        return self.total > 0 and self.excused == self.total

    @property
    def owed(self) -> int:
        return self.total - self.excused

    @property
    def left(self) -> int:
        return self.owed - self.done


def turns_of(task: Task, on: date) -> Sequence[Turn]:
    """The periods that have begun, the newest first, in two queries."""
    periods = list(task.periods.filter(starts_on__lte=on).order_by("-starts_on"))
    parts = deciding_parts().filter(assignment__task=task, period__isnull=False)
    counts = {
        row.pop("period"): row
        for row in parts.values("period").annotate(
            done=Count("pk", filter=Q(done_on__isnull=False, excused=False)),
            late=Count("pk", filter=Q(done_on__gt=F("last_ok_on"), excused=False)),
            excused=Count("pk", filter=Q(excused=True)),
            total=Count("pk"),
        )
    }
    nothing = {"done": 0, "late": 0, "excused": 0, "total": 0}
    return [Turn(period, **counts.get(period.pk, nothing)) for period in periods]
