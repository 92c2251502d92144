"""Writes an event, on the task and wherever the same obligation is named, and brings the projections up to date."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Q

from dondoc.common import audit, wording
from dondoc.common.errors import Refused
from dondoc.files.models import StoredFile
from dondoc.programmes.enums import AssignmentRole, EventKind, TaskKind
from dondoc.programmes.models import Assignment, Part, Programme, Task, TaskEvent
from dondoc.programmes.queries.known import deciding_parts
from dondoc.programmes.services.projecting import bump_revision, bump_version, refresh
from dondoc.programmes.services.telling import of_events
from dondoc.units.models import Person, Unit
from dondoc.units.rules import Actor

_OF_TIME = frozenset({EventKind.EXTENSION_ASKED, EventKind.EXTENSION_REFUSED, EventKind.EXTENSION_WITHDRAWN, EventKind.EXTENDED})
# What is said of one name of an obligation holds for all of them.
_SHARED = frozenset(
    {
        EventKind.RECEIVED,
        EventKind.DECLINED,
        EventKind.INSISTED,
        EventKind.HANDED_ON,
        EventKind.PROGRESS,
        EventKind.DELIVERED,
        EventKind.ACCEPTED,
        EventKind.RETURNED,
        EventKind.REOPENED,
        *_OF_TIME,
    }
)
_UNIT_SPEAKS = frozenset(
    {
        EventKind.RECEIVED,
        EventKind.DECLINED,
        EventKind.HANDED_ON,
        EventKind.PROGRESS,
        EventKind.DELIVERED,
        EventKind.EXTENSION_ASKED,
        EventKind.EXTENSION_WITHDRAWN,
    }
)
# These may be noted later for an earlier day.
_UNORDERED = frozenset({EventKind.PROGRESS, EventKind.RECEIVED, EventKind.HANDED_ON})


@dataclass(frozen=True, slots=True)
class Word:
    """The facts of an event, before it is written."""

    kind: EventKind
    happened_on: date
    at: datetime
    note: str = ""
    percent: int | None = None
    reason_code: str = ""
    product_code: str = ""
    product_date: date | None = None
    new_due_on: date | None = None
    evidence: StoredFile | None = None
    person: Person | None = None
    answers: TaskEvent | None = None


def say(actor: Actor, programme: Programme, task: Task, part: Part | None, word: Word) -> TaskEvent:
    """Write it down. The caller has checked who may and what holds, and owns the transaction."""
    return say_of_each(actor, programme, task, [part], word)[0]


def say_of_each(actor: Actor, programme: Programme, task: Task, parts: Sequence[Part | None], word: Word) -> list[TaskEvent]:
    """The same word of several parts at once; of the whole task where the part is None."""
    _in_order(task, parts, word)
    targets = [(task, part) for part in parts]
    targets += [twin for part in parts for twin in _others(task, part, word)]
    unit_id = _speaker(actor, programme, task, parts[0], word)
    events = [_event(actor, one, share, word, unit_id) for one, share in targets]
    TaskEvent.objects.bulk_create(events)
    touched = {one.pk: one for one, _ in targets}
    refresh(list(touched.values()), actor)
    bump_revision(touched)
    _close_linked(actor, task, parts, word, unit_id)
    bump_version(programme)
    own = events[: len(parts)]
    _keep_trail(actor, task, own, word, unit_id)
    if word.kind is not EventKind.PROGRESS:  # nobody is told of it
        told = TaskEvent.objects.select_related("task", "part", "unit").filter(pk__in=[event.pk for event in own])
        whole = reporting_units(task, None) or all_units(task)
        of_events(actor, programme, [(event, [event.part.unit_id] if event.part else whole) for event in told], word.at)
    return own


def _keep_trail(actor: Actor, task: Task, events: Sequence[TaskEvent], word: Word, unit_id: int | None) -> None:
    parts = [event.part_id for event in events if event.part_id]
    audit.record(
        f"programmes.{word.kind.value}",
        task,
        actor=actor.person,
        unit=Unit.objects.filter(pk=unit_id).first() if unit_id else None,
        reason_code=word.reason_code,
        reason=word.note if word.reason_code else "",
        event=events[0].pk,
        happened_on=word.happened_on.isoformat(),
        part=parts[0] if parts else None,
        **({"parts": parts} if len(parts) > 1 else {}),
    )


def all_units(task: Task) -> list[int]:
    """The units of a group that leads the task."""
    return list(deciding_parts().filter(assignment__task=task).values_list("unit_id", flat=True))


def _is_shared(word: Word, part: Part | None) -> bool:
    return word.kind in _SHARED or (part is not None and word.kind in {EventKind.CANCELLED, EventKind.RESUMED})


def fresh_parts(task: Task, parts: Collection[Part]) -> tuple[Task, list[Part]]:
    """:func:`fresh` for several parts of one task."""
    held = Part.objects.select_related("assignment", "unit").filter(pk__in=[part.pk for part in parts])
    if any(part.assignment.task_id != task.pk for part in held):
        raise Refused("Phần việc này thuộc nhiệm vụ khác.")
    return Task.objects.get(pk=task.pk), sorted(held, key=lambda part: part.unit.search_text)


def _others(task: Task, part: Part | None, word: Word) -> list[tuple[Task, Part | None]]:
    """Where else the word holds. More time is asked for and given where the same debt is owed by an earlier day."""
    twins = _twins(task, part) if _is_shared(word, part) else []
    if word.kind in _OF_TIME:
        return [(one, share) for one, share in twins if _in_step(word, share or one, part or task)]
    return twins


def _in_step(word: Word, twin: Task | Part, own: Task | Part) -> bool:
    """An answer goes where the request went; a day is only ever moved on."""
    if word.new_due_on is None:
        return twin.asking_until is not None and twin.asking_until == own.asking_until
    return twin.done_on is None and twin.last_ok_on is not None and twin.last_ok_on < word.new_due_on


def fresh(task: Task, part: Part | None) -> tuple[Task, Part | None]:
    """Both as they are now that the programme is locked."""
    if part is None:
        return Task.objects.get(pk=task.pk), None
    held = Part.objects.select_related("assignment", "unit").get(pk=part.pk)
    if held.assignment.task_id != task.pk:
        raise Refused("Phần việc này thuộc nhiệm vụ khác.")
    return Task.objects.get(pk=task.pk), held


def _in_order(task: Task, parts: Sequence[Part | None], word: Word) -> None:
    """Words that decide follow each other."""
    if word.kind == EventKind.PROGRESS:
        return
    free = _UNORDERED - {EventKind.RECEIVED} if task.kind == TaskKind.INFORM else _UNORDERED
    held = [part.pk for part in parts if part]
    said = TaskEvent.objects.filter(Q(part__in=held) if held else Q(part__isnull=True), task=task).exclude(kind__in=free)
    last = said.filter(happened_on__gt=word.happened_on).order_by("-happened_on").first()
    if last:
        raise Refused(
            f"Đã có “{last.get_kind_display()}” ngày {wording.day(last.happened_on)}. Ghi từ ngày đó trở đi.",
            field="happened_on",
        )


def _event(actor: Actor, task: Task, part: Part | None, word: Word, unit_id: int | None) -> TaskEvent:
    return TaskEvent(
        task=task,
        part=part,
        kind=word.kind,
        happened_on=word.happened_on,
        recorded_at=word.at,
        recorded_by=actor.person,
        unit_id=unit_id,
        percent=word.percent,
        note=word.note,
        reason_code=word.reason_code,
        product_code=word.product_code,
        product_date=word.product_date,
        new_due_on=word.new_due_on,
        evidence=word.evidence,
        person=word.person,
        answers=word.answers,
    )


def _speaker(actor: Actor, programme: Programme, task: Task, part: Part | None, word: Word) -> int | None:
    """The unit whose word it is: that which reports, even where the giver enters it; else the giver's own."""
    if word.kind in _UNIT_SPEAKS:
        units = reporting_units(task, part)
        own = [unit_id for unit_id in units if unit_id in actor.unit_ids]
        if own or units:
            return (own or units)[0]
    if programme.lead_unit_id in actor.unit_ids:
        return programme.lead_unit_id
    return actor.seats[0].unit_id if actor.seats else None


def leads_of(task: Task) -> Sequence[Assignment]:
    """The leads that decide: the one that answers where it was named, else all."""
    leads = list(task.assignments.filter(role=AssignmentRole.LEAD).order_by("position", "pk"))
    return [lead for lead in leads if lead.answers] or leads


def reporting_units(task: Task, part: Part | None) -> list[int]:
    """The units that may speak for the task, or for this part of it."""
    if part is not None:
        return [part.unit_id]
    rows = task.assignments.filter(role=AssignmentRole.LEAD, unit__isnull=False).order_by("-answers", "position", "pk")
    return [unit_id for unit_id in rows.values_list("unit_id", flat=True) if unit_id is not None]


def missing_parts(task: Task) -> list[str]:
    """The names of those units of a group whose part is neither done nor excused."""
    parts = deciding_parts().filter(assignment__task=task, done_on__isnull=True, excused=False)
    return list(parts.order_by("unit__search_text", "unit").values_list("unit__name", flat=True))


def _twins(task: Task, part: Part | None) -> list[tuple[Task, Part | None]]:
    """The same debt under its other names: the unit's part of a group there, or the task that it leads there."""
    own = [part.assignment] if part else leads_of(task)
    found: dict[tuple[int, int], tuple[Task, Part | None]] = {}
    for assignment in own:
        unit_id = part.unit_id if part else assignment.unit_id
        for other in _linked(assignment, task):
            for share in _shares(other, unit_id, part):
                found[other.task_id, share.pk if share else 0] = (other.task, share)
    return list(found.values())


def _linked(assignment: Assignment, task: Task) -> Sequence[Assignment]:
    if not assignment.obligation_id:
        return ()
    others = Assignment.objects.filter(obligation=assignment.obligation_id, task__superseded_on__isnull=True)
    return list(others.exclude(task=task).select_related("task"))


def _shares(other: Assignment, unit_id: int | None, part: Part | None) -> list[Part | None]:
    """What the unit owes there; of a period, its part of the same one."""
    period = part.period if part else None
    if other.group_id or period:
        same = Q(period__starts_on=period.starts_on) if period else Q(period__isnull=True)
        return list(other.parts.filter(same, unit=unit_id)) if unit_id else [None]
    return [None] if other.unit_id == unit_id and not other.task.rrule else []


def _close_linked(actor: Actor, task: Task, parts: Sequence[Part | None], word: Word, unit_id: int | None) -> None:
    """When the last part of a share is in, what is linked to it and has no parts of its own is closed on the same day."""
    named = {part.assignment_id: part.assignment for part in parts if part}
    for assignment in named.values() if named else leads_of(task):
        done_on = _share_done_on(assignment, task)
        for other in _linked(assignment, task) if done_on else ():
            linked = Task.objects.get(pk=other.task_id)
            if done_on and _closes_with(linked):
                closing = replace(word, kind=EventKind.DELIVERED, happened_on=done_on, product_code="")
                confirming = replace(closing, kind=EventKind.ACCEPTED, happened_on=max(word.happened_on, done_on))
                events = [_event(actor, linked, None, one, unit_id) for one in (closing, confirming)]
                TaskEvent.objects.bulk_create(events)
                refresh([linked], actor)
                bump_revision([linked.pk])


def _share_done_on(assignment: Assignment, task: Task) -> date | None:
    if task.rrule:
        return task.done_on
    owed = list(assignment.parts.filter(excused=False).values_list("done_on", flat=True))
    if not owed:
        return task.done_on
    days = [day for day in owed if day]
    return max(days) if len(days) == len(owed) else None


def _closes_with(linked: Task) -> bool:
    """It is open, has no parts of its own, and all that its leads owe is linked."""
    if linked.done_on or deciding_parts().filter(assignment__task=linked).exists():
        return False
    return all(lead.obligation_id for lead in leads_of(linked))
