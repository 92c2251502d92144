"""The published breakdown of a programme's tasks (domain rule 3.2): for today by aggregates, for a past day by replay.

Today's figures and the replay of today are equal; ``tests/dondoc/programmes`` prove it.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, Q

from dondoc.programmes.enums import TaskState
from dondoc.programmes.models import Programme, Task
from dondoc.programmes.queries.known import Known, known_on
from dondoc.programmes.queries.tasks import in_force, tasks_on
from dondoc.programmes.rules.states import (
    LONG_OVERDUE_DAYS,
    SOON_DAYS,
    WITHIN_TIME,
    light,
    long_overdue,
    silent_before,
)


@dataclass(frozen=True, slots=True)
class Counters:
    """The eight that sum up to the total, and three that are among them (``soon``, ``long_overdue``, ``silent``)."""

    done_on_time: int = 0
    done_late: int = 0
    within: int = 0
    overdue: int = 0
    undated_open: int = 0
    undated_done: int = 0
    suspended: int = 0
    cancelled: int = 0
    soon: int = 0
    long_overdue: int = 0
    silent: int = 0

    @property
    def dated(self) -> int:
        return self.done_on_time + self.done_late + self.within + self.overdue

    @property
    def undated(self) -> int:
        return self.undated_open + self.undated_done

    @property
    def stopped(self) -> int:
        return self.suspended + self.cancelled

    @property
    def total(self) -> int:
        return self.dated + self.undated + self.stopped

    @property
    def light(self) -> str:
        return light(overdue=self.overdue, long=self.long_overdue)


def counters(programme: Programme, day: date, *, today: date) -> Counters:
    """A programme's figures on a day."""
    if day >= today:
        return counters_of([programme.pk], day)[programme.pk]
    return tally(known_on(tasks_on(programme, day), day, today=today))


def counters_of(programme_ids: Collection[int], today: date) -> dict[int, Counters]:
    """Today's figures of several programmes in one query, from the index alone."""
    rows = (
        Task.objects.filter(in_force(today), programme__in=programme_ids)
        .order_by()
        .values("programme")
        .annotate(**_counts(today))
    )
    found = {row.pop("programme"): Counters(**row) for row in rows}
    return {pk: found.get(pk, Counters()) for pk in programme_ids}


def _counts(today: date) -> dict[str, Any]:
    done, dated = Q(done_on__isnull=False), Q(last_ok_on__isnull=False)
    running = Q(done_on__isnull=True, paused="")
    quiet = Q(reported_on__lt=silent_before(today)) | Q(reported_on__isnull=True, given_on__lt=silent_before(today))
    conditions = {
        "done_on_time": done & Q(last_ok_on__gte=F("done_on")),
        "done_late": done & Q(last_ok_on__lt=F("done_on")),
        "within": running & Q(last_ok_on__gte=today),
        "overdue": running & Q(last_ok_on__lt=today),
        "undated_open": running & ~dated,
        "undated_done": done & ~dated,
        "suspended": Q(done_on__isnull=True, paused=TaskState.SUSPENDED),
        "cancelled": Q(done_on__isnull=True, paused=TaskState.CANCELLED),
        "soon": running & Q(last_ok_on__range=(today, today + timedelta(days=SOON_DAYS))),
        "long_overdue": running & Q(last_ok_on__lt=today - timedelta(days=LONG_OVERDUE_DAYS)),
        "silent": running & ~dated & quiet,
    }
    return {name: Count("pk", filter=condition) for name, condition in conditions.items()}


def tally(tasks: Iterable[Known]) -> Counters:
    """Count standings one by one."""
    counts: Counter[str] = Counter()
    for task in tasks:
        counts[_FIELD[task.standing.state]] += 1
        counts["soon"] += task.standing.state == TaskState.DUE_SOON
        counts["long_overdue"] += long_overdue(task.standing)
        counts["silent"] += task.silent
    return Counters(**counts)


_FIELD = {
    **dict.fromkeys(WITHIN_TIME, "within"),
    TaskState.DONE_ON_TIME: "done_on_time",
    TaskState.DONE_LATE: "done_late",
    TaskState.OVERDUE: "overdue",
    TaskState.NO_DEADLINE: "undated_open",
    TaskState.DONE: "undated_done",
    TaskState.SUSPENDED: "suspended",
    TaskState.CANCELLED: "cancelled",
}
