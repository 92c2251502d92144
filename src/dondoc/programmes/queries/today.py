"""Today's board from the database: headings from one count over an index, a page's tasks from the place where they stand."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db.models import Case, Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from dondoc.programmes.enums import AssignmentRole, TaskState
from dondoc.programmes.models import Assignment, Programme, Task
from dondoc.programmes.queries import standing
from dondoc.programmes.queries.board import (
    BY_AGENCY,
    BY_DEADLINE,
    BY_STATE,
    HEADINGS,
    NO_LEAD,
    PAGE_SIZE,
    RANK_OF,
    BoardQuery,
    Heading,
    Order,
    agency_key,
    month_of,
    order_then,
    order_with,
)
from dondoc.programmes.queries.statistics import Counters, counters_among
from dondoc.programmes.queries.tasks import chosen, tasks_on
from dondoc.programmes.rules.states import OPEN_WITH_DEADLINE, STOPPED

Counted = Iterator[tuple[str, int, Q | None]]


def order_of(programme: Programme, query: BoardQuery, unit_ids: Collection[int], figures: Counters) -> Order:
    """The headings of a board and, where they were not read from the database in order, the tasks.

    ``figures`` are the whole programme's on that day; they are the headings' too where nothing narrows the board.
    """
    if query.is_past or query.text:
        return order_then(programme, query, unit_ids)
    tasks = _asked(programme, query, unit_ids)
    if query.view == BY_AGENCY:
        return order_with(_agencies(tasks))
    if query.view == BY_DEADLINE:
        return order_with(_months(tasks, query.today))
    return order_with(_states(counters_among(tasks, query.today) if query.is_narrowed else figures, query.today))


def page_of(order: Order, programme: Programme, query: BoardQuery, unit_ids: Collection[int], number: int) -> list[int]:
    """The tasks of one page: of the headings that it shows, from the place in the first where it begins."""
    start = (number - 1) * PAGE_SIZE
    if order.pks is not None:
        return order.pks[start : start + PAGE_SIZE].tolist()
    shown = order.shown(number)
    if not shown:
        return []
    first = start - shown[0].first
    return list(_under(shown, programme, query, unit_ids)[first : first + PAGE_SIZE])


def all_of(order: Order, programme: Programme, query: BoardQuery, unit_ids: Collection[int]) -> list[int]:
    """The tasks of all pages, one page after the other."""
    if order.pks is not None:
        return order.pks.tolist()
    return list(_under(order.headings, programme, query, unit_ids)) if order.headings else []


def _under(
    headings: Sequence[Heading], programme: Programme, query: BoardQuery, unit_ids: Collection[int]
) -> "QuerySet[Task, int]":
    """The tasks that stand under these headings, in order."""
    conditions = [heading.holds for heading in headings if heading.holds is not None]
    tasks = _asked(programme, query, unit_ids)
    if query.view == BY_AGENCY:
        tasks = tasks.annotate(lead_name=_lead_name())
    return tasks.filter(_any(conditions)).order_by(*_sorting(conditions, query)).values_list("pk", flat=True)


def _asked(programme: Programme, query: BoardQuery, unit_ids: Collection[int]) -> QuerySet[Task]:
    tasks = chosen(tasks_on(programme, query.today), query.choice, unit_ids).order_by()
    return tasks.filter(standing.FILTERS[query.state](query.today)) if query.state else tasks


def _any(conditions: list[Q]) -> Q:
    held = Q()
    for condition in conditions:
        held |= condition
    return held


def _sorting(conditions: list[Q], query: BoardQuery) -> list[Any]:
    """By heading, urgency, last good day and place in the document; what is sure to be equal is left to the index."""
    keys: list[Any] = []
    if len(conditions) > 1:
        places = (When(condition, then=Value(place)) for place, condition in enumerate(conditions))
        keys.append(Case(*places, output_field=IntegerField()))
    if query.view != BY_STATE:
        keys.append(standing.ranked(RANK_OF, query.today))
    return [*keys, F("last_ok_on").asc(nulls_last=True), "position", "pk"]


_FIGURES = {
    TaskState.OVERDUE: "overdue",
    TaskState.DUE_SOON: "soon",
    TaskState.IN_PROGRESS: "later",
    TaskState.DONE_LATE: "done_late",
    TaskState.DONE_ON_TIME: "done_on_time",
    TaskState.DONE: "undated_done",
    TaskState.NO_DEADLINE: "undated_open",
    TaskState.SUSPENDED: "suspended",
    TaskState.CANCELLED: "cancelled",
}


def _states(figures: Counters, today: date) -> Counted:
    for state, name in _FIGURES.items():
        words = HEADINGS[state]
        same = [one for one in HEADINGS if HEADINGS[one] == words]
        yield words, getattr(figures, name), standing.any_of(same, today)


def _agencies(tasks: QuerySet[Task]) -> Counted:
    rows = tasks.annotate(lead_name=_lead_name()).values_list("lead_name").annotate(Count("pk"))
    for name, count in sorted(rows, key=lambda row: agency_key(row[0])):
        yield name or NO_LEAD, count, Q(lead_name__isnull=True) if name is None else Q(lead_name=name)


def _lead_name() -> Subquery:
    """The name of a task's first lead, or of the one that answers."""
    leads = Assignment.objects.filter(task=OuterRef("pk"), role=AssignmentRole.LEAD).order_by("-answers", "position", "pk")
    return Subquery(leads.values(said=Coalesce("unit__name", "name"))[:1])


def _months(tasks: QuerySet[Task], today: date) -> Counted:
    """Days are counted by the database, months here."""
    is_open = standing.any_of(OPEN_WITH_DEADLINE, today)
    rows = tasks.annotate(open=Case(When(is_open, then=Value(1)), default=Value(0)))
    counts: dict[tuple[tuple[int, int, int], str], int] = {}
    for day, opened, count in rows.values_list("last_ok_on", "open").annotate(Count("pk")):
        key = month_of(day, is_open=bool(opened))
        counts[key] = counts.get(key, 0) + count
    for ((group, year, month), words), count in sorted(counts.items()):
        yield words, count, _month(group, year, month)


def _month(group: int, year: int, month: int) -> Q:
    if not year:
        return Q(last_ok_on__isnull=True)
    first = date(year, month, 1)
    days = Q(last_ok_on__gte=first, last_ok_on__lt=first + relativedelta(months=1))
    finished = Q(done_on__isnull=False) | Q(paused__in=STOPPED)
    return days & (finished if group else Q(done_on__isnull=True, paused=""))
