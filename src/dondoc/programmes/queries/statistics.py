"""The published breakdown of a programme's tasks (domain rule 3.2): for today by aggregates, for a past day by replay.

Today's figures and the replay of today are equal; ``tests/dondoc/programmes`` prove it.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet

from dondoc.programmes.enums import TaskState
from dondoc.programmes.models import Programme, Task
from dondoc.programmes.queries import standing
from dondoc.programmes.queries.known import Known, known_on
from dondoc.programmes.queries.tasks import in_force, tasks_on
from dondoc.programmes.rules.states import WITHIN_TIME, long_overdue


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
    def later(self) -> int:
        """Within time, and not yet soon."""
        return self.within - self.soon

    @property
    def undated(self) -> int:
        return self.undated_open + self.undated_done

    @property
    def done(self) -> int:
        """On time, or without a deadline."""
        return self.done_on_time + self.undated_done

    @property
    def finished(self) -> int:
        return self.done + self.done_late

    @property
    def open(self) -> int:
        """Being worked on and not overdue."""
        return self.within + self.undated_open

    @property
    def stopped(self) -> int:
        return self.suspended + self.cancelled

    @property
    def total(self) -> int:
        return self.dated + self.undated + self.stopped


def counters(programme: Programme, day: date, *, today: date) -> Counters:
    """A programme's figures on a day."""
    if day >= today:
        return counters_of([programme.pk], day)[programme.pk]
    return tally(known_on(tasks_on(programme, day), day, today=today))


def counters_of(programme_ids: Collection[int], today: date) -> dict[int, Counters]:
    """Today's figures of several programmes in one query, from the index alone."""
    tasks = Task.objects.filter(in_force(today), programme__in=programme_ids)
    rows = tasks.order_by().values("programme").annotate(**_counts(today))
    found = {row.pop("programme"): Counters(**row) for row in rows}
    return {pk: found.get(pk, Counters()) for pk in programme_ids}


def counters_among(tasks: QuerySet[Task], today: date) -> Counters:
    """Today's figures of these tasks, which are in force."""
    return Counters(**tasks.order_by().aggregate(**_counts(today)))


def _counts(today: date) -> dict[str, Any]:
    states = standing.of_states(today)
    conditions = {
        "done_on_time": states[TaskState.DONE_ON_TIME],
        "done_late": states[TaskState.DONE_LATE],
        "within": standing.within_time(today),
        "overdue": states[TaskState.OVERDUE],
        "undated_open": states[TaskState.NO_DEADLINE],
        "undated_done": states[TaskState.DONE],
        "suspended": states[TaskState.SUSPENDED],
        "cancelled": states[TaskState.CANCELLED],
        "soon": states[TaskState.DUE_SOON],
        "long_overdue": standing.long_overdue(today),
        "silent": standing.silent(today),
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
