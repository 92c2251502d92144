"""The counters of today (SQL) and of a past day (replay) are the same figures."""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

import pytest

from dondoc.programmes import services
from dondoc.programmes.enums import EventKind
from dondoc.programmes.models import Part, Programme, Task
from dondoc.programmes.queries.known import known_on
from dondoc.programmes.queries.statistics import Counters, counters, counters_of, tally
from dondoc.programmes.queries.tasks import tasks_on
from dondoc.programmes.services.recurring import begin
from dondoc.units.models import Person, Unit, UnitGroup
from dondoc.units.rules import Actor
from tests.dondoc.factories.common import TODAY
from tests.dondoc.factories.programmes import add_task, by, happened, ongoing, recurring

ActorFor = Callable[..., Actor]


def due(days: int) -> dict[str, object]:
    return by((TODAY + timedelta(days=days)).isoformat(), exclusive=False)


@pytest.fixture
def each_state(programme: Programme, department: Unit) -> Programme:
    """Two of each figure's boundary."""
    done = {"done_on": TODAY - timedelta(days=1), "reported_on": TODAY - timedelta(days=1)}
    add_task(programme, deadline=due(-1), **done)  # on time, on its last good day
    add_task(programme, deadline=due(-2), **done)  # late by a day
    add_task(programme, deadline=due(0))  # last good day is today
    add_task(programme, deadline=due(7))  # soon
    add_task(programme, deadline=due(8))  # not yet soon
    add_task(programme, deadline=due(-1))  # overdue by a day
    add_task(programme, deadline=due(-30))  # overdue by 30
    add_task(programme, deadline=due(-31))  # by more than 30
    add_task(programme, deadline=ongoing())
    add_task(programme, deadline=ongoing(), given_on=date(2025, 6, 12))  # three months to the day
    add_task(programme, deadline=ongoing(), given_on=date(2025, 6, 11))  # more than three months
    add_task(programme, deadline=ongoing(), given_on=date(2025, 6, 11), reported_on=date(2025, 9, 1))
    add_task(programme, deadline=ongoing(), done_on=TODAY)
    add_task(programme, deadline=due(-5), paused="suspended")
    add_task(programme, deadline=due(-5), paused="cancelled")
    add_task(programme, deadline=due(-5), counted=False)
    add_task(programme, deadline=due(-5), superseded_on=TODAY)
    add_task(programme, deadline=due(-5), given_on=TODAY + timedelta(days=1))
    return programme


def test_the_published_breakdown(each_state: Programme) -> None:
    assert counters(each_state, TODAY, today=TODAY) == Counters(
        done_on_time=1,
        done_late=1,
        within=3,
        overdue=3,
        undated_open=4,
        undated_done=1,
        suspended=1,
        cancelled=1,
        soon=2,
        long_overdue=1,
        silent=1,
    )


def test_the_figures_sum_up(each_state: Programme) -> None:
    figures = counters(each_state, TODAY, today=TODAY)
    assert (figures.dated, figures.undated, figures.stopped, figures.total) == (8, 5, 2, 15)
    assert figures.total == tasks_on(each_state, TODAY).count()


def test_counting_one_by_one_gives_the_same(each_state: Programme) -> None:
    known = known_on(tasks_on(each_state, TODAY), TODAY, today=TODAY)
    assert tally(known) == counters(each_state, TODAY, today=TODAY)


def test_several_programmes_in_one_query(each_state: Programme, django_assert_num_queries: Callable[..., object]) -> None:
    other = Programme.objects.create(
        province=each_state.province, title="Khác", opened_by=each_state.opened_by, opened_at=each_state.opened_at
    )
    with django_assert_num_queries(1):  # type: ignore[attr-defined]
        figures = counters_of([each_state.pk, other.pk], TODAY)
    assert (figures[each_state.pk].total, figures[other.pk].total) == (15, 0)


@pytest.fixture
def a_course_of_events(
    programme: Programme, department: Unit, all_communes: UnitGroup, communes: list[Unit], owner: Person
) -> Programme:
    """Forty tasks with a random but lawful course of events over sixty days, and ten recurring ones with their periods."""
    chance = Random(208)  # noqa: S311 - not a secret
    first = date(2025, 8, 7)
    for number in range(40):
        deadline = by((first + timedelta(days=chance.randint(5, 50))).isoformat()) if number % 4 else ongoing()
        grouped = number % 3 == 0
        task = add_task(
            programme, f"Việc {number}", deadline=deadline, lead=all_communes if grouped else department,
            members=communes if grouped else (),
        )  # fmt: skip
        parts: list[Part | None] = list(Part.objects.filter(assignment__task=task)) if grouped else [None]
        for part in parts:
            _walk(task, part, owner, chance)
    for number in range(10):
        _come_again(programme, number, all_communes if number % 3 == 0 else department, first)
    services.open_periods(on=TODAY)
    for part in Part.objects.filter(period__isnull=False).select_related("assignment__task", "period").order_by("pk"):
        _walk(part.assignment.task, part, owner, chance)
    return programme


def _come_again(programme: Programme, number: int, lead: Unit | UnitGroup, first: date) -> None:
    rrule = ("FREQ=WEEKLY;BYDAY=FR", "FREQ=MONTHLY;BYMONTHDAY=25", "FREQ=MONTHLY;INTERVAL=3")[number % 3]
    end = {"end": (first + timedelta(days=20 + number)).isoformat()} if number % 4 == 0 else {}
    task = add_task(programme, f"Việc định kỳ {number}", deadline={**recurring(rrule, "định kỳ"), **end}, rrule=rrule, lead=lead)
    begin([task], first)


def _walk(task: Task, part: Part | None, person: Person, chance: Random) -> None:
    day = max(date(2025, 8, 7), part.period.starts_on) if part and part.period else date(2025, 8, 7)
    while (day := day + timedelta(days=chance.randint(0, 12))) <= TODAY:
        kind = chance.choice(list(EventKind))
        facts: dict[str, object] = {}
        if kind == EventKind.EXTENDED:
            if part or task.due_on is None:
                continue
            facts["new_due_on"] = day + timedelta(days=10)
        if kind == EventKind.DELIVERED and chance.random() < 0.5:
            facts |= {"product_code": "1/BC", "product_date": day}
        if kind == EventKind.PROGRESS:
            facts |= {"percent": chance.randint(0, 100), "note": f"đến {day}"}
        happened(task, kind, day, person, part=part, **facts)


def projections(programme: Programme) -> list[tuple[object, ...]]:
    tasks = programme.tasks.order_by("pk").values_list(
        "pk", "done_on", "paused", "stage", "last_ok_on", "reported_on", "progress_percent", "progress_note"
    )
    parts = Part.objects.filter(assignment__task__programme=programme).order_by("pk")
    return [*tasks, *parts.values_list("pk", "done_on", "stage", "excused")]


def test_projections_can_be_rebuilt_from_events(a_course_of_events: Programme, owner: Person, actor_for: ActorFor) -> None:
    services.rebuild(a_course_of_events, actor_for(owner))
    first = projections(a_course_of_events)
    a_course_of_events.tasks.update(done_on=None, paused="", stage="", reported_on=None, progress_note="", last_ok_on=None)
    Part.objects.update(done_on=TODAY, stage="", excused=True)
    services.rebuild(a_course_of_events, actor_for(owner))
    assert projections(a_course_of_events) == first
    assert sum(1 for row in first if row[1]) > 5


def test_the_replay_of_today_is_the_projection_of_today(
    a_course_of_events: Programme, owner: Person, actor_for: ActorFor
) -> None:
    services.rebuild(a_course_of_events, actor_for(owner))
    tasks = tasks_on(a_course_of_events, TODAY)
    by_projection = {one.pk: one for one in known_on(tasks, TODAY, today=TODAY)}
    by_replay = {one.pk: one for one in known_on(tasks, TODAY, today=TODAY + timedelta(days=1))}
    assert by_replay == by_projection
    assert counters(a_course_of_events, TODAY, today=TODAY + timedelta(days=1)) == counters(
        a_course_of_events, TODAY, today=TODAY
    )


def test_a_past_day_is_what_the_projection_was_then(a_course_of_events: Programme, owner: Person, actor_for: ActorFor) -> None:
    """Rebuilding with a clock that stands on the past day gives what the replay says of it."""
    for days in (0, 1, 5, 13, 29):
        day = TODAY - timedelta(days=days)
        services.rebuild(a_course_of_events, actor_for(owner, day))
        then = counters_of([a_course_of_events.pk], day)[a_course_of_events.pk]
        assert counters(a_course_of_events, day, today=TODAY + timedelta(days=1)) == then
        assert then.total == 50


def test_the_past_goes_by_the_day_it_happened_not_by_the_day_it_was_recorded(
    programme: Programme, department: Unit, owner: Person, actor_for: ActorFor
) -> None:
    task = add_task(programme, lead=department, deadline=due(-5))
    happened(task, EventKind.ACCEPTED, TODAY - timedelta(days=6), owner)
    assert counters(programme, TODAY - timedelta(days=7), today=TODAY).done_on_time == 0
    assert counters(programme, TODAY - timedelta(days=6), today=TODAY).done_on_time == 1


def test_a_superseded_task_counts_until_that_day(programme: Programme) -> None:
    add_task(programme, deadline=due(5), superseded_on=TODAY)
    assert counters(programme, TODAY - timedelta(days=1), today=TODAY).total == 1
    assert counters(programme, TODAY, today=TODAY).total == 0
