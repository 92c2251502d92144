"""The states of ``rules.states`` as conditions of a query, for what the projections hold today.

``state_on`` stays the rule; each condition here says in SQL when it gives that state, from the same constants, and
``tests/dondoc/programmes/test_standing.py`` holds the two together for every combination around every boundary.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from functools import reduce
from operator import or_

from django.db.models import Case, F, IntegerField, Q, Value, When

from dondoc.programmes.enums import TaskState
from dondoc.programmes.rules.states import LONG_OVERDUE_DAYS, SOON_DAYS, WITHIN_TIME, silent_before


def of_states(today: date, prefix: str = "") -> dict[TaskState, Q]:
    """Each state's condition; exactly one of them holds for a task. ``prefix`` leads to the task."""
    done, last, reported = f"{prefix}done_on", f"{prefix}last_ok_on", f"{prefix}reported_on"
    finished = Q(**{f"{done}__isnull": False})
    unfinished = Q(**{f"{done}__isnull": True})
    running = unfinished & Q(**{f"{prefix}paused": ""})
    undated = Q(**{f"{last}__isnull": True})
    far = running & Q(**{f"{last}__gt": today + timedelta(days=SOON_DAYS)})
    return {
        TaskState.OVERDUE: running & Q(**{f"{last}__lt": today}),
        TaskState.DUE_SOON: running & Q(**{f"{last}__range": (today, today + timedelta(days=SOON_DAYS))}),
        TaskState.IN_PROGRESS: far & Q(**{f"{reported}__isnull": False}),
        TaskState.NOT_STARTED: far & Q(**{f"{reported}__isnull": True}),
        TaskState.DONE_LATE: finished & Q(**{f"{last}__lt": F(done)}),
        TaskState.DONE_ON_TIME: finished & Q(**{f"{last}__gte": F(done)}),
        TaskState.DONE: finished & undated,
        TaskState.NO_DEADLINE: running & undated,
        TaskState.SUSPENDED: unfinished & Q(**{f"{prefix}paused": TaskState.SUSPENDED}),
        TaskState.CANCELLED: unfinished & Q(**{f"{prefix}paused": TaskState.CANCELLED}),
    }


def within_time(today: date) -> Q:
    """The three states of ``WITHIN_TIME`` as one range of the index."""
    return Q(done_on__isnull=True, paused="", last_ok_on__gte=today)


def long_overdue(today: date) -> Q:
    return of_states(today)[TaskState.OVERDUE] & Q(last_ok_on__lt=today - timedelta(days=LONG_OVERDUE_DAYS))


def silent(today: date) -> Q:
    before = silent_before(today)
    quiet = Q(reported_on__lt=before) | Q(reported_on__isnull=True, given_on__lt=before)
    return of_states(today)[TaskState.NO_DEADLINE] & quiet


def any_of(states: Iterable[TaskState], today: date) -> Q:
    """That one of these states holds."""
    asked = frozenset(states)
    held = of_states(today)
    shared = [within_time(today)] if asked >= WITHIN_TIME else []
    return reduce(or_, [*shared, *(held[state] for state in asked - (WITHIN_TIME if shared else frozenset()))])


def ranked(ranks: Mapping[TaskState, int], today: date) -> Case:
    """The rank of a task's state, to sort or to count by."""
    conditions = of_states(today)
    return Case(*(When(conditions[state], then=Value(rank)) for state, rank in ranks.items()), output_field=IntegerField())


FILTERS: dict[str, Callable[[date], Q]] = {
    "qua-han": lambda today: of_states(today)[TaskState.OVERDUE],
    "qua-30-ngay": long_overdue,
    "sap-den-han": lambda today: of_states(today)[TaskState.DUE_SOON],
    "trong-han": within_time,
    "dung-han": lambda today: of_states(today)[TaskState.DONE_ON_TIME],
    "tre-han": lambda today: of_states(today)[TaskState.DONE_LATE],
    "khong-thoi-han": lambda today: of_states(today)[TaskState.NO_DEADLINE],
    "chua-bao-cao": silent,
    "xong-khong-han": lambda today: of_states(today)[TaskState.DONE],
    "tam-dung": lambda today: of_states(today)[TaskState.SUSPENDED],
    "dung": lambda today: of_states(today)[TaskState.CANCELLED],
}
