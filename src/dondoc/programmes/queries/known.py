"""What is known of tasks on a day: today from the projections, on a past day from the events that had happened by then."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple, TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet

from dondoc.programmes.enums import AssignmentRole
from dondoc.programmes.models import Assignment, Part, Task, TaskEvent
from dondoc.programmes.rules.deadlines import last_good_day
from dondoc.programmes.rules.replay import Charge, Course, Happening, Line, Share, course_of
from dondoc.programmes.rules.spells import Story
from dondoc.programmes.rules.states import Standing, silent, state_on


class Known(NamedTuple):
    """The facts that a state is made of, and the state."""

    pk: int
    position: int
    given_on: date
    last_ok_on: date | None
    done_on: date | None
    reported_on: date | None
    stage: str
    percent: int | None
    note: str
    standing: Standing
    silent: bool


_COLUMNS = (
    "pk",
    "position",
    "given_on",
    "last_ok_on",
    "done_on",
    "reported_on",
    "stage",
    "progress_percent",
    "progress_note",
    "paused",
)


def known_on(tasks: QuerySet[Task], day: date, *, today: date) -> list[Known]:
    """``tasks`` as of ``day``."""
    if day >= today:
        return [known_of(row, day) for row in tasks.order_by().values_list(*_COLUMNS)]
    return list(known_then(tasks, day)[0].values())


def known_then(tasks: QuerySet[Task], day: date) -> tuple[dict[int, Known], dict[int, Course]]:
    """``tasks`` as of a past day, with the courses of their parts."""
    rows = list(tasks.order_by().values_list("pk", "position", "given_on", *_TERMS))
    by_task = courses({row[0]: charge_of(*row[3:], day=day) for row in rows}, day)
    return {row[0]: known_of((*row[:3], *_columns(by_task[row[0]].task)), day) for row in rows}, by_task


def _columns(line: Line) -> tuple[Any, ...]:
    return line.last_ok_on, line.done_on, line.reported_on, line.stage, line.percent, line.note, line.paused


def known_of(row: tuple[Any, ...], day: date) -> Known:
    """The values of ``_COLUMNS`` and the state they make on a day."""
    pk, position, given_on, last_ok_on, done_on, reported_on, stage, percent, note, paused = row
    standing = state_on(last_ok_on=last_ok_on, done_on=done_on, paused=paused, started=reported_on is not None, today=day)
    quiet = silent(standing, last_word_on=reported_on or given_on, today=day)
    return Known(pk, position, given_on, last_ok_on, done_on, reported_on, stage, percent, note, standing, quiet)


_TERMS = ("due_on", "exclusive", "kind", "rrule")


def charge_of(due_on: date | None, exclusive: bool, kind: str, rrule: str, *, day: date) -> Charge:
    """What a task asks for before anything happens.

    A recurring one goes on until its last day; the day that its words exclude is that of each period.
    """
    term = last_good_day(due_on, exclusive=exclusive and not rrule)
    return Charge(term, kind, goes_on=bool(rrule) and (term is None or day < term))


def stories_of(tasks: Collection[Task]) -> dict[int, Story]:
    """All that is known of these tasks, in four queries (for thousands of tasks: a chunk each)."""
    told = {}
    for chunk in _chunks(list(tasks)):
        pks = [task.pk for task in chunk]
        shares, undivided, events = _shares(pks), _undivided(pks), _events(pks, date.max)
        for task in chunk:
            charge = charge_of(task.due_on, task.exclusive and not task.rrule, task.kind, "", day=date.max)
            leads = undivided.get(task.pk)
            told[task.pk] = Story(
                replace(charge, shares=shares.get(task.pk, ()), shares_decide=leads is None),
                task.given_on,
                task.superseded_on,
                recurring=bool(task.rrule),
                leads=leads or (),
                events=events.get(task.pk, ()),
            )
    return told


def courses(charges: Mapping[int, Charge], day: date) -> dict[int, Course]:
    """Replay the events of these tasks up to ``day``, in three queries (for thousands of tasks: a chunk each)."""
    found: dict[int, Course] = {}
    for pks in _chunks(list(charges)):
        shares, undivided, events = _shares(pks, day), _undivided(pks), _events(pks, day)
        for pk in pks:
            charge = replace(charges[pk], shares=shares.get(pk, ()), shares_decide=pk not in undivided)
            found[pk] = course_of(events.get(pk, ()), charge)
    return found


def _shares(pks: Sequence[int], day: date = date.max) -> dict[int, list[Share]]:
    """The deciding parts of these tasks; a period's from the day on which it opens."""
    opened = Q(period__isnull=True) | Q(period__starts_on__lte=day)
    rows = deciding_parts().filter(opened, assignment__task__in=pks)
    shares: dict[int, list[Share]] = {}
    facts = rows.values_list("assignment__task", "pk", "period__last_ok_on", "period__starts_on", "unit")
    for task_id, pk, term, opens_on, unit_id in facts:
        shares.setdefault(task_id, []).append(Share(pk, term, opens_on, unit_id))
    return shares


def deciding_parts() -> QuerySet[Part]:
    """Parts that must be done for their task: of its leading groups, or of the one that answers where one was named."""
    return Part.objects.filter(_decides("assignment__"), assignment__role=AssignmentRole.LEAD).order_by()


def deciding_leads() -> QuerySet[Assignment]:
    """Leads that owe their tasks: the one that answers where one was named, else all."""
    return Assignment.objects.filter(_decides(), role=AssignmentRole.LEAD).order_by("task", "position", "pk")


def _undivided(pks: Sequence[int]) -> dict[int, set[int]]:
    """Tasks with a deciding lead that has no parts, and which units these are."""
    leads = Assignment.objects.filter(_decides(), task__in=pks, role=AssignmentRole.LEAD, parts__isnull=True)
    found: dict[int, set[int]] = {}
    for task_id, unit_id in leads.order_by().values_list("task", "unit"):
        found.setdefault(task_id, set()).update([unit_id] if unit_id else [])
    return found


def _decides(prefix: str = "") -> Q:
    answered = Assignment.objects.filter(task=OuterRef(f"{prefix}task"), answers=True)
    return Q(~Exists(answered)) | Q(**{f"{prefix}answers": True})


_FACTS = (
    "kind",
    "happened_on",
    "part_id",
    "percent",
    "note",
    "product_code",
    "product_date",
    "new_due_on",
    "person_id",
)


def _events(pks: Sequence[int], day: date) -> dict[int, list[Happening]]:
    rows = (
        TaskEvent.objects.filter(task__in=pks, happened_on__lte=day)
        .order_by("happened_on", "recorded_at", "pk")
        .values_list("task_id", *_FACTS)
    )
    events: dict[int, list[Happening]] = {}
    for task_id, kind, happened_on, part_id, percent, note, code, product_date, new_due_on, person_id in rows:
        has_product = bool(code and product_date)
        happening = Happening(kind, happened_on, part_id, percent, note, has_product, new_due_on, person_id)
        events.setdefault(task_id, []).append(happening)
    return events


T = TypeVar("T")


def _chunks(pks: Sequence[T], size: int = 5000) -> Iterable[Sequence[T]]:
    for start in range(0, len(pks), size):
        yield pks[start : start + size]
