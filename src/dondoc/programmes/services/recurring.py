"""Periods of recurring tasks: opened on the day on which they begin, with one part for each unit that leads."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from itertools import takewhile

from django.db import transaction
from django.db.models import F, Q, QuerySet

from dondoc.common import audit
from dondoc.programmes.enums import ProgrammeState
from dondoc.programmes.models import Assignment, Part, Period, Programme, Task
from dondoc.programmes.queries.known import deciding_leads
from dondoc.programmes.rules.periods import Rule, Span, rule_of_task, spans
from dondoc.programmes.services.projecting import lock, refresh_on
from dondoc.units.enums import GroupRule
from dondoc.units.models import Unit
from dondoc.units.queries import members_of_groups, valid_on


def open_periods(*, on: date) -> int:
    """The daily run: open what has begun by the day in all programmes that are followed; how many periods were new.

    Days that were missed are made up for, and a second run finds nothing to do. Its cost grows with what opens: each task
    says by ``turns_on`` when it is next looked at.
    """
    programmes = _turning(on).order_by("programme").values_list("programme", flat=True).distinct()
    return sum(_open_in(pk, on) for pk in list(programmes))


def _turning(on: date) -> QuerySet[Task]:
    still = Q(superseded_on__isnull=True) | Q(superseded_on__gt=on)
    return Task.objects.filter(still, turns_on__lte=on, given_on__lte=on, programme__state=ProgrammeState.ACTIVE)


@transaction.atomic
def _open_in(programme_id: int, on: date) -> int:
    programme = lock(programme_id)
    tasks = list(_turning(on).filter(programme=programme).order_by("pk"))
    opened = turn(tasks, on)
    refresh_on(tasks, on)
    Programme.objects.filter(pk=programme.pk).update(version=F("version") + 1, edition=F("edition") + 1)
    if opened:
        audit.record("programmes.open_periods", programme, actor=None, periods=[period.pk for period in opened])
    return len(opened)


def begin(tasks: Collection[Task], on: date) -> None:
    """Follow these tasks by periods from the day on, where they recur; within a transaction of the caller.

    What was over before anybody followed it is not asked for: the first period is one that can still be kept.
    """
    recurring = []
    for task in tasks:
        rule = rule_of_task(task)
        if rule and (first := _first(task, rule, on)):
            task.turns_on = first.starts_on
            recurring.append(task)
    if not recurring:
        return
    Task.objects.bulk_update(recurring, ["turns_on"], batch_size=500)
    turning = [task for task in recurring if task.turns_on and task.turns_on <= on]
    turn(turning, on)
    refresh_on(turning, on)


def _first(task: Task, rule: Rule, on: date) -> Span | None:
    """The first period that touches the task's time and can still be kept on the day."""
    began_on = task.starts_on or task.given_on
    return next((one for one in spans(rule, max(on, began_on), task.due_on) if one.ends_on >= began_on), None)


def turn(tasks: Sequence[Task], on: date) -> list[Period]:
    """Open the periods that have begun, each with its parts, and say when each task turns next.

    While a task rests, its periods go by: nothing is owed for them.
    """
    known = set(Period.objects.filter(task__in=tasks).values_list("task_id", "starts_on")) if tasks else set()
    followed = {task_id for task_id, _ in known}
    opened = []
    for task in tasks:
        rule = rule_of_task(task)
        if rule and not task.paused:
            opened += [
                Period(task=task, name=span.name, starts_on=span.starts_on, ends_on=span.ends_on, last_ok_on=span.last_ok_on)
                for span in _begun(task, rule, on, anew=task.pk not in followed)
                if (task.pk, span.starts_on) not in known
            ]
        task.turns_on = next_turn(task, rule, on) if rule else None
    Period.objects.bulk_create(opened, batch_size=500)
    _share_out(opened, on)
    Task.objects.bulk_update(tasks, ["turns_on"], batch_size=500)
    return opened


def _begun(task: Task, rule: Rule, on: date, *, anew: bool) -> Iterator[Span]:
    turns_on = task.turns_on or on
    first = _first(task, rule, turns_on) if anew else None
    since = first.starts_on if first else turns_on
    begun = takewhile(lambda span: span.starts_on <= on, spans(rule, since, task.due_on))
    return (span for span in begun if span.starts_on >= since)


def next_turn(task: Task, rule: Rule, on: date) -> date | None:
    """The next period's first day after ``on``; after the last period the rule's own last day."""
    coming = next((span.starts_on for span in spans(rule, on, task.due_on) if span.starts_on > on), None)
    return coming or (task.due_on if task.due_on and task.due_on > on else None)


def _share_out(opened: Sequence[Period], on: date) -> None:
    """A part of each period for every unit that leads and exists on the day; parts from before the rule go to the first."""
    if not opened:
        return
    leads: dict[int, list[Assignment]] = {}
    for lead in deciding_leads().filter(task__in={period.task_id for period in opened}).select_related("unit", "group"):
        leads.setdefault(lead.task_id, []).append(lead)
    every = [lead for own in leads.values() for lead in own]
    units = _units_of(every, on)
    adopted = _adopt(opened, every)
    Part.objects.bulk_create(
        [
            Part(assignment=lead, unit=unit, period=period, last_ok_on=period.last_ok_on)
            for period in opened
            for lead in leads.get(period.task_id, ())
            for unit in units[lead.pk]
            if (period.pk, lead.pk, unit.pk) not in adopted
        ],
        batch_size=500,
    )


def _units_of(leads: Sequence[Assignment], on: date) -> Mapping[int, Collection[Unit]]:
    """Who leads, by the assignment: a unit, the members of a group, and of an open one those that were chosen before."""
    groups = {lead.group.pk: lead.group for lead in leads if lead.group and lead.group.rule != GroupRule.OPEN}
    members = members_of_groups(groups.values(), on) if groups else {}
    chosen = _chosen([lead for lead in leads if lead.group and lead.group.rule == GroupRule.OPEN], on)
    units: dict[int, Collection[Unit]] = {lead.pk: members.get(lead.group_id or 0, ()) for lead in leads}
    units.update(chosen)
    units.update({lead.pk: [lead.unit] for lead in leads if lead.unit and _exists(lead.unit, on)})
    return units


def _exists(unit: Unit, on: date) -> bool:
    return (unit.valid_from or on) <= on <= (unit.valid_to or on)


def _chosen(leads: Sequence[Assignment], on: date) -> dict[int, list[Unit]]:
    """The units of each open group's last period, or those chosen before there was any, that still exist."""
    if not leads:
        return {}
    parts = Part.objects.filter(valid_on(on, "unit__"), assignment__in=leads).select_related("unit", "period")
    last: dict[int, date] = {}
    chosen: dict[int, list[Unit]] = {}
    for part in parts.order_by("assignment", F("period__starts_on").desc(nulls_last=True)):
        starts_on = part.period.starts_on if part.period else date.min
        if last.setdefault(part.assignment_id, starts_on) == starts_on:
            chosen.setdefault(part.assignment_id, []).append(part.unit)
    return chosen


def _adopt(opened: Sequence[Period], leads: Sequence[Assignment]) -> set[tuple[int, int, int]]:
    """Give parts from before the task had periods to its first one: (period, assignment, unit) of each."""
    first: dict[int, Period] = {}
    for period in opened:
        first.setdefault(period.task_id, period)
    parts = list(Part.objects.filter(assignment__in=leads, period__isnull=True).select_related("assignment"))
    for part in parts:
        part.period = first[part.assignment.task_id]
    Part.objects.bulk_update(parts, ["period"], batch_size=500)
    return {(first[part.assignment.task_id].pk, part.assignment_id, part.unit_id) for part in parts}


def share_out_anew(assignment: Assignment, on: date, units: Collection[Unit] | None = None) -> None:
    """Parts of the periods that are not over for a lead that changed; ``units``: those that an open group stands for."""
    assignment = Assignment.objects.select_related("unit", "group", "task").get(pk=assignment.pk)
    bearers = _units_of([assignment], on)[assignment.pk] if units is None else units
    periods = assignment.task.periods.filter(starts_on__lte=on).exclude(ends_on__lt=on, last_ok_on__lt=on)
    held = set(assignment.parts.values_list("period", "unit"))
    Part.objects.bulk_create(
        [
            Part(assignment=assignment, unit=unit, period=period, last_ok_on=period.last_ok_on)
            for period in periods
            for unit in bearers
            if (period.pk, unit.pk) not in held
        ],
        batch_size=500,
    )


def over_by(on: date) -> Q:
    """Parts of periods that were over, and due, before the day."""
    return Q(period__ends_on__lt=on, period__last_ok_on__lt=on)
