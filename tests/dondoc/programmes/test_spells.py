"""The spells of a task say of every day what the replay of its events says of it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
from django.core.management import call_command

from dondoc.programmes import services
from dondoc.programmes.enums import EventKind
from dondoc.programmes.models import Part, Period, Programme, Spell, Task
from dondoc.programmes.queries.known import charge_of, courses, known_on
from dondoc.programmes.queries.spells import FILTERS, Figures, figures_by, held_on, owned
from dondoc.programmes.queries.statistics import tally
from dondoc.programmes.queries.tasks import tasks_on
from dondoc.programmes.rules.replay import Charge, Course
from dondoc.programmes.rules.spells import FOR_EVER
from dondoc.programmes.services.spelling import catch_up
from dondoc.units.models import Person, Unit, UnitGroup
from dondoc.units.rules import Actor
from tests.dondoc.factories.common import TODAY
from tests.dondoc.factories.programmes import ISSUED, add_lead, add_task, by, happened, ongoing

ActorFor = Callable[..., Actor]
DAYS = [ISSUED + timedelta(days=days) for days in range(-1, 64, 3)]
MIDDLE = ISSUED + timedelta(days=20)


@pytest.fixture
def courses_of_events(
    programme: Programme,
    department: Unit,
    other_department: Unit,
    all_communes: UnitGroup,
    communes: list[Unit],
    owner: Person,
    actor_for: ActorFor,
) -> Programme:
    """Thirty tasks, alone, with another or as a group, some by periods, some given later or superseded, with random events."""
    chance = Random(42)  # noqa: S311 - not a secret
    for number in range(30):
        days = chance.randint(5, 50)
        deadline = by((ISSUED + timedelta(days=days)).isoformat()) if number % 4 else ongoing()
        grouped = number % 3 == 0
        task = add_task(
            programme,
            deadline=deadline,
            lead=all_communes if grouped else department,
            members=communes if grouped else (),
            given_on=MIDDLE if number % 7 == 0 else ISSUED,
            superseded_on=MIDDLE + timedelta(days=9) if number % 5 == 0 else None,
            counted=number != 11,
        )
        if number % 6 == 0:
            add_lead(task, other_department)
        if number % 9 == 0:
            _by_periods(task)
        for part in [None, *Part.objects.filter(assignment__task=task)] if grouped else [None]:
            _walk(task, part, owner, chance)
    services.rebuild(programme, actor_for(owner))
    return programme


def _by_periods(task: Task) -> None:
    """Parts for two periods, the second of which opens later, in place of one."""
    Task.objects.filter(pk=task.pk).update(rrule="FREQ=MONTHLY")
    for number, start in enumerate((ISSUED, MIDDLE)):
        end = start + timedelta(days=15)
        period = Period.objects.create(task=task, name=f"Kỳ {number + 1}", starts_on=start, ends_on=end, last_ok_on=end)
        for part in list(Part.objects.filter(assignment__task=task, period__isnull=True)):
            Part.objects.create(assignment=part.assignment, unit=part.unit, period=period, last_ok_on=end)
    Part.objects.filter(assignment__task=task, period__isnull=True).delete()


def _walk(task: Task, part: Part | None, person: Person, chance: Random) -> None:
    day = ISSUED
    while (day := day + timedelta(days=chance.randint(0, 14))) <= TODAY:
        kind = chance.choice(list(EventKind))
        facts: dict[str, object] = {}
        if kind in {EventKind.EXTENDED, EventKind.EXTENSION_ASKED}:
            if task.due_on is None:
                continue
            facts["new_due_on"] = day + timedelta(days=10)
        if kind == EventKind.DELIVERED and chance.random() < 0.5:
            facts |= {"product_code": "1/BC", "product_date": day}
        happened(task, kind, day, person, part=part, **facts)


def without_first(figures: Figures) -> Figures:
    return replace(figures, late_first=0, overdue_first=0)


def test_the_figures_of_every_day_are_those_of_the_replay(courses_of_events: Programme) -> None:
    seen = set()
    for day in DAYS:
        told = figures_by("programme", owned(held_on(day, [courses_of_events.pk]), None), day).get(
            courses_of_events.pk, Figures()
        )
        replayed = tally(known_on(tasks_on(courses_of_events, day), day, today=date.max))
        assert without_first(told) == Figures(**{name: getattr(replayed, name) for name in replayed.__slots__}), day
        seen.add(told)
    assert len(seen) > 10


def _charges(tasks: list[Task], day: date) -> dict[int, Charge]:
    return {task.pk: charge_of(task.due_on, task.exclusive, task.kind, task.rrule, day=day) for task in tasks}


def _own(course: Course, day: date) -> Iterator[tuple[int, date | None, date | None, str]]:
    """Parts as they count for their unit: with the task where that is stopped or done as a whole."""
    for pk, line in course.parts.items():
        paused = "" if line.done_on else line.paused or course.task.paused
        done_on = line.done_on or (None if paused else course.task.done_on)
        yield pk, line.last_ok_on, done_on, paused


def test_the_shares_of_every_day_are_those_of_the_replay(courses_of_events: Programme) -> None:
    compared = 0
    for day in DAYS:
        tasks = list(tasks_on(courses_of_events, day))
        replayed = courses(_charges(tasks, day), day)
        wanted = sorted(row for task in tasks for row in _own(replayed[task.pk], day))
        held = held_on(day, [courses_of_events.pk]).filter(part__isnull=False)
        assert sorted(held.values_list("part", "last_ok_on", "done_on", "paused")) == wanted, day
        compared += len(wanted)
    assert compared > 300


def test_a_unit_that_leads_alone_has_the_task_as_its_own(courses_of_events: Programme, department: Unit) -> None:
    alone = courses_of_events.tasks.filter(assignments__unit=department)
    for day in DAYS:
        held = held_on(day, [courses_of_events.pk])
        facts = ("task", "last_ok_on", "first_ok_on", "done_on", "paused", "word_on")
        own = sorted(owned(held, department.pk).values_list(*facts), key=str)
        assert own == sorted(owned(held, None).filter(task__in=alone).values_list(*facts), key=str)


@pytest.fixture
def task(programme: Programme, department: Unit) -> Task:
    return add_task(programme, lead=department, deadline=by("2025-09-05", exclusive=False))


def spells_of(task: Task) -> list[tuple[date, date]]:
    return list(Spell.objects.filter(task=task, unit__isnull=True).order_by("from_on").values_list("from_on", "to_on"))


def test_a_row_for_each_change_and_none_for_a_word_that_changes_nothing(task: Task, owner: Person, actor_for: ActorFor) -> None:
    for day in (date(2025, 8, 20), date(2025, 8, 25)):
        happened(task, EventKind.PROGRESS, day, owner, percent=30)
    happened(task, EventKind.ACCEPTED, date(2025, 9, 6), owner)
    services.rebuild(task.programme, actor_for(owner))
    assert spells_of(task) == [(ISSUED, date(2025, 9, 6)), (date(2025, 9, 6), FOR_EVER)]
    kept = set(Spell.objects.values_list("pk", flat=True))
    services.rebuild(task.programme, actor_for(owner))
    assert set(Spell.objects.values_list("pk", flat=True)) == kept


def test_lateness_is_told_against_the_first_term_as_well(task: Task, owner: Person, actor_for: ActorFor) -> None:
    happened(task, EventKind.EXTENDED, date(2025, 9, 4), owner, new_due_on=date(2025, 9, 10))
    happened(task, EventKind.ACCEPTED, date(2025, 9, 8), owner)
    services.rebuild(task.programme, actor_for(owner))

    def on(day: date) -> Figures:
        return figures_by("programme", owned(held_on(day, [task.programme_id]), None), day)[task.programme_id]

    assert on(date(2025, 9, 5)) == Figures(within=1, soon=1)
    assert on(date(2025, 9, 6)) == Figures(within=1, soon=1, overdue_first=1)
    assert on(date(2025, 9, 8)) == Figures(done_on_time=1, late_first=1)


def test_what_comes_and_goes_without_an_event_is_caught_up(task: Task, owner: Person, actor_for: ActorFor) -> None:
    actor = actor_for(owner)
    services.rebuild(task.programme, actor)
    Task.objects.filter(pk=task.pk).update(superseded_on=TODAY)
    catch_up(task.programme)
    assert spells_of(task) == [(ISSUED, TODAY)]
    Task.objects.filter(pk=task.pk).update(counted=False)
    catch_up(task.programme)
    assert not Spell.objects.exists()
    Task.objects.filter(pk=task.pk).update(counted=True, superseded_on=None)
    catch_up(task.programme)
    assert spells_of(task) == [(ISSUED, FOR_EVER)]


def test_opening_supersedings_and_deliveries_write_spells(
    opened: Programme, owner: Person, actor_for: ActorFor, communes: list[Unit]
) -> None:
    """The communes' report is named three times and counts once, for the programme and for each of them."""
    on = TODAY
    held = held_on(on, [opened.pk])
    assert owned(held, None).count() == tasks_on(opened, on).count()
    report = Task.objects.get(programme=opened, section="III.2.b")
    part = Part.objects.get(assignment__task=report, unit=communes[0])
    before = figures_by("unit", owned(held, communes[0].pk), on)[communes[0].pk]
    services.deliver(
        actor=actor_for(owner), task=report, part=part, at=report.programme.opened_at, happened_on=on,
        product_code="12/BC-UBND", product_date=on,
    )  # fmt: skip
    after = figures_by("unit", owned(held, communes[0].pk), on)[communes[0].pk]
    assert (before.overdue - after.overdue, after.done_late - before.done_late) == (1, 1)
    assert after.total == before.total


def test_every_filter_gives_the_rows_that_its_figure_counts(courses_of_events: Programme) -> None:
    held = owned(held_on(TODAY, [courses_of_events.pk]), None)
    figures = figures_by("programme", held, TODAY)[courses_of_events.pk]
    assert held.filter(FILTERS["con-no"](TODAY)).count() == figures.open + figures.overdue
    assert figures.total == held.count()


def test_everything_can_be_rebuilt_from_the_command_line(task: Task, owner: Person, capsys: pytest.CaptureFixture[str]) -> None:
    happened(task, EventKind.ACCEPTED, date(2025, 9, 6), owner)
    call_command("rebuild")
    assert spells_of(task) == [(ISSUED, date(2025, 9, 6)), (date(2025, 9, 6), FOR_EVER)]
    assert "1 chương trình" in capsys.readouterr().out
