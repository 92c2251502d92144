"""What the database says of a task's state is what ``state_on`` says, for every combination around every boundary."""

from collections.abc import Callable
from copy import copy
from datetime import date, timedelta
from itertools import product
from typing import Any
from uuid import uuid4

import pytest
from django.db.models import Q

from dondoc.documents.models import Item
from dondoc.programmes.enums import TaskState
from dondoc.programmes.models import Assignment, Programme, Task
from dondoc.programmes.queries import standing, today
from dondoc.programmes.queries.board import (
    BY_AGENCY,
    BY_DEADLINE,
    BY_STATE,
    HEADINGS,
    RANK_OF,
    STATES,
    BoardQuery,
    order_then,
)
from dondoc.programmes.queries.known import Known, known_on
from dondoc.programmes.queries.statistics import counters, tally
from dondoc.programmes.queries.tasks import Choice, chosen, count_owed_by, tasks_on
from dondoc.programmes.queries.today import order_of, page_of
from dondoc.programmes.rules.states import OPEN_WITH_DEADLINE, WITHIN_TIME, silent_before
from dondoc.units.models import Unit
from tests.dondoc.factories.common import TODAY
from tests.dondoc.factories.programmes import add_lead, add_task, ongoing

DEADLINES = (None, -61, -31, -30, -1, 0, 1, 7, 8, 40)
QUIET = silent_before(TODAY)
LAST_WORDS = (None, QUIET - timedelta(days=1), QUIET, TODAY)
GIVEN = (QUIET - timedelta(days=1), QUIET, TODAY)


def _day(days: int | None) -> date | None:
    return None if days is None else TODAY + timedelta(days=days)


def _done(last: date | None) -> list[date | None]:
    around = [last + timedelta(days=step) for step in (-1, 0, 1)] if last else []
    return [None, TODAY, *around]


def _cases() -> list[dict[str, Any]]:
    """The last word and the day of giving bear on the state only where there is no deadline; a word at all, elsewhere too."""
    names = ("last_ok_on", "done_on", "paused", "reported_on", "given_on")
    stops = ("", "suspended", "cancelled")
    dated = [case for last in map(_day, DEADLINES[1:]) for case in product([last], _done(last), stops, (None, TODAY), GIVEN[:1])]
    undated = product([None], _done(None), stops, LAST_WORDS, GIVEN)
    return [dict(zip(names, case, strict=True)) for case in (*undated, *dated)]


@pytest.fixture
def every_case(programme: Programme, department: Unit, other_department: Unit) -> Programme:
    """One task for each combination; some have leads, some two; a few are not counted, superseded or not yet given."""
    first = add_task(programme, "Việc đầu", deadline=ongoing())
    cases = _cases()
    items = Item.objects.bulk_create([_copy(first.item) for _ in cases])
    rows = [
        Task(programme=programme, item=item, text=f"Việc {place}", section=f"I.{place % 5}", position=place % 97, **facts)
        for place, (item, facts) in enumerate(zip(items, cases, strict=True))
    ]
    Task.objects.bulk_create(rows)
    for task in rows[::3]:
        add_lead(task, department if task.position % 2 else "Ban Chỉ đạo tỉnh")
    for task in rows[::30]:
        add_lead(task, other_department, answers=True)
    Task.objects.filter(pk=rows[0].pk).update(counted=False)
    Task.objects.filter(pk=rows[1].pk).update(superseded_on=TODAY)
    Task.objects.filter(pk=rows[2].pk).update(superseded_on=TODAY + timedelta(days=1))
    Task.objects.filter(pk=rows[3].pk).update(given_on=TODAY + timedelta(days=1))
    return programme


def _copy(item: Item) -> Item:
    made = copy(item)
    made.pk, made.key = None, uuid4()
    made._state.adding = True
    return made


def _known(programme: Programme) -> list[Known]:
    return known_on(tasks_on(programme, TODAY), TODAY, today=TODAY)


def _held(programme: Programme, condition: Q) -> set[int]:
    return set(tasks_on(programme, TODAY).filter(condition).values_list("pk", flat=True))


def test_each_state_holds_for_the_tasks_that_the_rule_gives_it(every_case: Programme) -> None:
    known = _known(every_case)
    conditions = standing.of_states(TODAY)
    assert set(conditions) == set(TaskState)
    for state, condition in conditions.items():
        expected = {one.pk for one in known if one.standing.state == state}
        assert expected, state
        assert _held(every_case, condition) == expected, state


def test_a_prefix_leads_to_the_task_from_elsewhere(every_case: Programme) -> None:
    known = {one.pk: one.standing.state for one in _known(every_case)}
    leads = Assignment.objects.filter(task__in=known)
    for state, condition in standing.of_states(TODAY, "task__").items():
        expected = {pk for pk in leads.values_list("task", flat=True) if known[pk] == state}
        assert set(leads.filter(condition).values_list("task", flat=True)) == expected


def test_each_filter_of_the_address_bar_holds_for_the_same_tasks_both_ways(every_case: Programme) -> None:
    known = _known(every_case)
    assert set(standing.FILTERS) == set(STATES)
    for name, fits in STATES.items():
        assert _held(every_case, standing.FILTERS[name](TODAY)) == {one.pk for one in known if fits(one)}, name


@pytest.mark.parametrize("states", [WITHIN_TIME, OPEN_WITH_DEADLINE, {TaskState.DONE, TaskState.CANCELLED}])
def test_several_states(every_case: Programme, states: frozenset[TaskState]) -> None:
    expected = {one.pk for one in _known(every_case) if one.standing.state in states}
    assert _held(every_case, standing.any_of(states, TODAY)) == expected


def test_the_rank_of_each(every_case: Programme) -> None:
    ranks = tasks_on(every_case, TODAY).annotate(rank=standing.ranked(RANK_OF, TODAY)).values_list("pk", "rank")
    assert dict(ranks) == {one.pk: RANK_OF[one.standing.state] for one in _known(every_case)}


def test_the_counters(every_case: Programme) -> None:
    assert counters(every_case, TODAY, today=TODAY) == tally(_known(every_case))


CHOICES = (
    (Choice(), ""),
    *((Choice(), name) for name in STATES),
    (Choice(unassigned=True), ""),
    (Choice(section="I.3"), "qua-han"),
    (Choice(agency="tBan Chỉ đạo tỉnh"), "khong-thoi-han"),
    (Choice(mine=True), ""),
)


@pytest.mark.parametrize("view", [BY_STATE, BY_AGENCY, BY_DEADLINE])
@pytest.mark.parametrize(("choice", "state"), CHOICES)
def test_headings_and_pages_are_the_same_both_ways(
    view: str, choice: Choice, state: str, every_case: Programme, department: Unit
) -> None:
    query = BoardQuery(TODAY, TODAY, choice, state, view=view)
    units = [department.pk]
    by_hand = order_then(every_case, query, units)
    figures = counters(every_case, TODAY, today=TODAY)
    order = order_of(every_case, query, units, figures)
    assert order.pks is None
    assert [(one.words, one.count, one.first) for one in order.headings] == [
        (one.words, one.count, one.first) for one in by_hand.headings
    ]
    assert by_hand.pks
    pages = range(1, len(by_hand.pks) // today.PAGE_SIZE + 3)
    assert [page_of(order, every_case, query, units, number) for number in pages] == [
        page_of(by_hand, every_case, query, units, number) for number in pages
    ]


def test_how_many_are_mine(every_case: Programme, department: Unit) -> None:
    mine = chosen(tasks_on(every_case, TODAY), Choice(mine=True), [department.pk]).count()
    assert count_owed_by([department.pk], every_case, TODAY) == mine > 0


def test_a_page_of_an_empty_board(programme: Programme) -> None:
    query = BoardQuery(TODAY, TODAY)
    order = order_of(programme, query, [], counters(programme, TODAY, today=TODAY))
    assert (order.total, page_of(order, programme, query, [], 1)) == (0, [])


def test_the_first_page_is_read_in_the_order_of_the_index(
    every_case: Programme, django_assert_num_queries: Callable[..., object]
) -> None:
    query = BoardQuery(TODAY, TODAY)
    figures = counters(every_case, TODAY, today=TODAY)
    order = order_of(every_case, query, [], figures)
    with django_assert_num_queries(1):  # type: ignore[attr-defined]
        assert len(page_of(order, every_case, query, [], 1)) == today.PAGE_SIZE


def test_headings_cover_all_states() -> None:
    assert set(HEADINGS) == set(TaskState)
