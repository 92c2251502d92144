"""What some units owe that has a day: their tasks, parts of group tasks and of recurring ones, what came back, reports."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from dondoc.programmes.enums import AssignmentRole, EventKind, ProgrammeState
from dondoc.programmes.models import Assignment, Duty, Part, TaskEvent
from dondoc.programmes.queries.known import deciding_parts
from dondoc.programmes.queries.programmes import visible_programmes
from dondoc.programmes.queries.tasks import in_force
from dondoc.programmes.rules.deadlines import next_due
from dondoc.programmes.rules.states import state_on
from dondoc.programmes.wording import Badge, badge_of
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
    dues = [*_leads(actor, held), *_parts(actor, held), *_reports(actor, held)]
    return sorted(dues, key=lambda due: (due.day, due.key))


def _owed(actor: Actor, prefix: str) -> Q:
    """Tasks in force of running programmes that the actor may see, with nothing to stop them."""
    programmes = visible_programmes(actor).filter(state=ProgrammeState.ACTIVE).values("pk")
    return in_force(actor.on, prefix) & Q(
        **{f"{prefix}programme__in": programmes, f"{prefix}done_on__isnull": True, f"{prefix}paused": ""}
    )


def _with_events(rows: QuerySet[Any], task: str, part: str) -> QuerySet[Any]:
    """Beside each row: the last change, and the day by which what came back is wanted again."""
    events = TaskEvent.objects.filter(task=OuterRef(task))
    own = events.filter(part=OuterRef(part)) if part else events.filter(part__isnull=True)
    returned = own.filter(kind=EventKind.RETURNED).order_by("-happened_on", "-recorded_at", "-pk")
    return rows.annotate(
        changed_at=Subquery(events.order_by("-recorded_at").values("recorded_at")[:1]),
        hand_in_by=Subquery(returned.values("new_due_on")[:1]),
    )


def _leads(actor: Actor, unit_ids: Collection[int]) -> Iterator[Due]:
    """What a unit leads alone or answers for, and that has no parts."""
    answered = Assignment.objects.filter(task=OuterRef("task"), role=AssignmentRole.LEAD, answers=True)
    leads = Assignment.objects.filter(
        _owed(actor, "task__"), Q(answers=True) | ~Exists(answered), role=AssignmentRole.LEAD, unit__in=unit_ids,
        parts__isnull=True, task__last_ok_on__isnull=False,
    ).exclude(task__stage=EventKind.DELIVERED)  # fmt: skip
    rows = _with_events(leads, "task", "").order_by().annotate(stage=F("task__stage"), last_ok_on=F("task__last_ok_on"))
    for lead in rows.select_related("task__programme", "unit"):
        yield _due(f"task-{lead.task_id}", lead, lead.task, lead.unit.name if lead.unit else "")


def _parts(actor: Actor, unit_ids: Collection[int]) -> Iterator[Due]:
    opened = Q(period__isnull=True) | Q(period__starts_on__lte=actor.on)
    parts = deciding_parts().filter(
        _owed(actor, "assignment__task__"), opened, unit__in=unit_ids, done_on__isnull=True, excused=False,
        last_ok_on__isnull=False,
    ).exclude(stage=EventKind.DELIVERED)  # fmt: skip
    rows = _with_events(parts, "assignment__task", "pk")
    for part in rows.select_related("assignment__task__programme", "unit", "period"):
        name = part.period.name if part.period else ""
        yield _due(f"part-{part.pk}", part, part.assignment.task, part.unit.name, name)


def _due(key: str, row: Assignment | Part | Any, task: Any, unit_name: str, period: str = "") -> Due:
    returned = row.stage == EventKind.RETURNED
    return Due(
        key=key,
        day=(row.hand_in_by if returned else None) or row.last_ok_on,
        text=task.text,
        unit_name=unit_name,
        programme=task.programme.title,
        words=task.deadline_text,
        address=reverse("programmes:task", args=[task.programme_id, task.pk]),
        revision=task.revision,
        changed_at=row.changed_at or task.programme.opened_at,
        returned=returned,
        period=period,
    )


def _reports(actor: Actor, unit_ids: Collection[int]) -> Iterator[Due]:
    """Reports that no task of a board stands for, like those of the first page; of a recurring one the next."""
    coming = Q(last_ok_on__gte=actor.on - DUTY_STAYS) | Q(last_ok_on__isnull=True) & ~Q(rrule="")
    programmes = visible_programmes(actor).filter(state=ProgrammeState.ACTIVE).values("pk")
    duties = Duty.objects.filter(coming, obligation__isnull=True, programme__in=programmes).order_by("pk")
    held = list(duties.select_related("programme").prefetch_related("reporters__unit", "reporters__group"))
    groups = {one.group.pk: one.group for duty in held for one in duty.reporters.all() if one.group}
    members = members_of_groups(groups.values(), actor.on) if groups else {}
    within = {pk: [unit for unit in units if unit.pk in unit_ids] for pk, units in members.items()}
    for duty in held:
        day = duty.last_ok_on or next_due(duty.rrule, starts_on=duty.starts_on, on=actor.on)
        named = [one.unit for one in duty.reporters.all() if one.unit and one.unit.pk in unit_ids]
        owing = {
            unit.pk: unit for unit in [*named, *(u for one in duty.reporters.all() for u in within.get(one.group_id or 0, ()))]
        }
        if day:
            yield from (_report(duty, day, unit.pk, unit.name) for unit in owing.values())


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
