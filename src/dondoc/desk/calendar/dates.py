"""What some units owe that has a day: their tasks, parts of group tasks and of recurring ones, what came back, reports."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from dondoc.programmes.enums import EventKind, ProgrammeState
from dondoc.programmes.models import Duty, Part, Task, TaskEvent
from dondoc.programmes.queries.pressing import owed_parts, owed_whole
from dondoc.programmes.queries.programmes import visible_programmes
from dondoc.programmes.rules.deadlines import next_due
from dondoc.programmes.rules.states import state_on
from dondoc.programmes.wording import Badge, badge_of
from dondoc.units.models import Unit
from dondoc.units.queries import members_of_groups
from dondoc.units.rules import Actor

DUTY_STAYS = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Due:
    """Something that is owed by a day. ``key`` is the same as long as it is owed, whatever becomes of the day.

    ``returned``: the day is that of handing in again. ``revision`` grows with every change; ``changed_at``: the last of them.
    """

    key: str
    day: date
    text: str
    unit_name: str
    programme: str
    words: str
    address: str
    revision: int
    changed_at: datetime
    returned: bool = False
    report: bool = False
    period: str = ""

    def badge(self, today: date) -> Badge:
        return badge_of(state_on(last_ok_on=self.day, done_on=None, paused="", started=True, today=today))


def dues_of(actor: Actor, unit_ids: Collection[int]) -> list[Due]:
    """What these units of the actor still owe, in the order of the days; nothing that waits for somebody else's word."""
    held = frozenset(unit_ids) & actor.unit_ids
    if not held:
        return []
    programmes = visible_programmes(actor).filter(state=ProgrammeState.ACTIVE).values("pk")
    dues = [*_leads(actor.on, held, programmes), *_parts(actor.on, held, programmes), *_reports(actor.on, held, programmes)]
    return sorted(dues, key=lambda due: (due.day, due.key))


def _with_events(rows: QuerySet[Any], task: str, part: str) -> QuerySet[Any]:
    """Beside each row: the last change, and the day by which what came back is wanted again."""
    events = TaskEvent.objects.filter(task=OuterRef(task))
    own = events.filter(part=OuterRef(part)) if part else events.filter(part__isnull=True)
    returned = own.filter(kind=EventKind.RETURNED).order_by("-happened_on", "-recorded_at", "-pk")
    found: QuerySet[Any] = rows.annotate(
        changed_at=Subquery(events.order_by("-recorded_at").values("recorded_at")[:1]),
        hand_in_by=Subquery(returned.values("new_due_on")[:1]),
    )
    return found


def _leads(on: date, unit_ids: Collection[int], programmes: QuerySet[Any, Any]) -> Iterator[Due]:
    held = owed_whole(on).filter(unit__in=unit_ids, task__programme__in=programmes, task__last_ok_on__isnull=False)
    for lead in _with_events(held, "task", "").select_related("task__programme", "unit"):
        yield _due(f"task-{lead.task_id}", lead, lead.task, lead.task)


def _parts(on: date, unit_ids: Collection[int], programmes: QuerySet[Any, Any]) -> Iterator[Due]:
    opened = Q(period__isnull=True) | Q(period__starts_on__lte=on)
    held = owed_parts(on).filter(opened, unit__in=unit_ids, assignment__task__programme__in=programmes, last_ok_on__isnull=False)
    for part in _with_events(held, "assignment__task", "pk").select_related("assignment__task__programme", "unit", "period"):
        yield _due(f"part-{part.pk}", part, part.assignment.task, part)


def _due(key: str, row: Any, task: Task, own: Task | Part) -> Due:
    """``row``: the lead or the part with what :func:`_with_events` brought; ``own``: what holds its stage and its day."""
    returned = own.stage == EventKind.RETURNED
    period = own.period if isinstance(own, Part) else None
    day = (row.hand_in_by if returned else None) or own.last_ok_on
    assert day is not None  # noqa: S101 - both queries ask for one
    return Due(
        key=key,
        day=day,
        text=task.text,
        unit_name=row.unit.name,
        programme=task.programme.title,
        words=task.deadline_text,
        address=reverse("programmes:task", args=[task.programme_id, task.pk]),
        revision=task.revision,
        changed_at=row.changed_at or task.programme.opened_at,
        returned=returned,
        period=period.name if period else "",
    )


def _reports(on: date, unit_ids: Collection[int], programmes: QuerySet[Any, Any]) -> Iterator[Due]:
    """Reports that no task of a board stands for, like those of the first page; of a recurring one the next."""
    coming = Q(last_ok_on__gte=on - DUTY_STAYS) | Q(last_ok_on__isnull=True) & ~Q(rrule="")
    duties = Duty.objects.filter(coming, obligation__isnull=True, programme__in=programmes).order_by("pk")
    held = list(duties.select_related("programme").prefetch_related("reporters__unit", "reporters__group"))
    groups = {one.group.pk: one.group for duty in held for one in duty.reporters.all() if one.group}
    members = members_of_groups(groups.values(), on) if groups else {}
    for duty in held:
        day = duty.last_ok_on or next_due(duty.rrule, starts_on=duty.starts_on, on=on)
        if day:
            owing = {unit.pk: unit for unit in _reporters(duty, members) if unit.pk in unit_ids}
            yield from (_report(duty, day, unit.pk, unit.name) for unit in owing.values())


def _reporters(duty: Duty, members: Mapping[int, Sequence[Unit]]) -> Iterator[Unit]:
    for one in duty.reporters.all():
        if one.unit:
            yield one.unit
        elif one.group:
            yield from members.get(one.group.pk, ())


def _report(duty: Duty, day: date, unit_id: int, unit_name: str) -> Due:
    occurrence = "" if duty.last_ok_on else f"-{day:%Y%m%d}"
    return Due(
        key=f"duty-{duty.pk}-{unit_id}{occurrence}",
        day=day,
        text=duty.text,
        unit_name=unit_name,
        programme=duty.programme.title,
        words=duty.deadline_text,
        address=reverse("programmes:duties", args=[duty.programme_id]),
        revision=0,
        changed_at=duty.programme.opened_at,
        report=True,
    )
