"""Who hears of what happens in a programme: the giver of a delivery, the units of every word of the giver and of new work."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from django.urls import reverse

from dondoc.common import wording
from dondoc.notices import services as notices
from dondoc.notices.services import Occasion
from dondoc.programmes.enums import AssignmentRole, EventKind
from dondoc.programmes.models import Assignment, Part, Programme, Task, TaskEvent
from dondoc.units.enums import Role
from dondoc.units.queries import seated
from dondoc.units.rules import Actor

GIVERS = (Role.SPECIALIST, Role.UNIT_LEADER, Role.PROVINCIAL_OFFICE)
LONGEST = 140

_SAID = {
    EventKind.ACCEPTED: "Đã xác nhận hoàn thành",
    EventKind.INSISTED: "Giữ nguyên việc đã giao",
    EventKind.REASSIGNED: "Được giao nhiệm vụ",
    EventKind.RETURNED: "Trả lại để làm tiếp",
    EventKind.REOPENED: "Mở lại",
    EventKind.EXTENDED: "Gia hạn",
    EventKind.EXTENSION_REFUSED: "Không đồng ý gia hạn",
    EventKind.SUSPENDED: "Tạm dừng",
    EventKind.RESUMED: "Tiếp tục",
    EventKind.CANCELLED: "Dừng theo dõi",
}
_WITH_REASON = frozenset({EventKind.RETURNED, EventKind.DECLINED, EventKind.INSISTED, EventKind.EXTENSION_REFUSED})


def short(text: str) -> str:
    """The beginning of a long task, to the end of a word."""
    flat = " ".join(text.split())
    return flat if len(flat) <= LONGEST else f"{flat[:LONGEST].rsplit(' ', 1)[0]} …"


def of_events(actor: Actor, programme: Programme, events: Sequence[tuple[TaskEvent, Collection[int]]], at: datetime) -> None:
    """Tell of these events, each with the units that it concerns.

    What the giver has to answer is told to those who look after the programme, the giver's word to the units, and whom
    something was handed on to hears of it.
    """
    people = _people(actor, [unit for _, units in events for unit in units])
    givers = _people(actor, [programme.lead_unit_id] if programme.lead_unit_id else [], GIVERS)
    told: list[tuple[int, Occasion]] = []
    for event, units in events:
        said = _said(event)
        if event.kind == EventKind.HANDED_ON:
            hear = {event.person_id} if event.person_id else set()
        elif event.kind in _FOR_GIVERS:
            hear = set().union(*givers.values())
        else:
            hear = set().union(*(people.get(unit, set()) for unit in units))
        occasion = Occasion(f"event-{event.pk}", f"{said}: {short(event.task.text)}{_why(event)}", _address(event.task))
        told += [(person, occasion) for person in sorted(hear - {actor.person.pk}) if said]
    notices.tell(told, on=actor.on, at=at)


_FOR_GIVERS = frozenset({EventKind.DELIVERED, EventKind.DECLINED})


def _said(event: TaskEvent) -> str:
    """The words of a notice; none where nobody is told."""
    unit = event.unit.name if event.unit else "Đơn vị"
    if event.kind == EventKind.DELIVERED:
        waits = (event.part or event.task).stage == EventKind.DELIVERED
        return f"{unit} báo hoàn thành, chờ xác nhận" if waits else ""
    if event.kind == EventKind.DECLINED:
        return f"{unit} đề nghị không nhận"
    if event.kind == EventKind.HANDED_ON:
        return f"{event.recorded_by.full_name} giao thực hiện"
    if event.kind == EventKind.EXTENDED and event.new_due_on:
        return f"Gia hạn đến {wording.day(event.new_due_on)}"
    return _SAID.get(EventKind(event.kind), "")


def _why(event: TaskEvent) -> str:
    return f" Lý do: {short(event.note)}" if event.kind in _WITH_REASON and event.note else ""


def of_change(actor: Actor, task: Task, said: str, units: Collection[int], at: datetime) -> None:
    """What the giver changed about a task, to the units that it concerns; ``said`` in words."""
    occasion = Occasion(f"change-{task.pk}-{task.revision}", f"{said}: {short(task.text)}", _address(task))
    hear = set().union(*_people(actor, units).values()) - {actor.person.pk}
    notices.tell([(person, occasion) for person in sorted(hear)], on=actor.on, at=at)


def of_new_work(actor: Actor, programme: Programme, tasks: Iterable[Task], at: datetime) -> None:
    """Each unit hears once how many tasks it was given."""
    held = [task.pk for task in tasks]
    leads = Assignment.objects.filter(task__in=held, role=AssignmentRole.LEAD, unit__isnull=False)
    parts = Part.objects.filter(assignment__task__in=held)
    given: dict[int, set[int]] = {}
    for unit_id, task_id in [
        *leads.values_list("unit_id", "task_id"),
        *parts.values_list("unit_id", "assignment__task_id"),
    ]:
        if unit_id is not None:
            given.setdefault(unit_id, set()).add(task_id)
    people = seated(given, actor.on)
    address = reverse("programmes:board", args=[programme.pk])
    told = [
        (person, Occasion(f"given-{max(work)}-{unit_id}", f"Được giao {len(work)} nhiệm vụ: {short(programme.title)}", address))
        for unit_id, work in given.items()
        for person in sorted(people.get(unit_id, ()))
        if person != actor.person.pk
    ]
    notices.tell(told, on=actor.on, at=at)


def _address(task: Task) -> str:
    return reverse("programmes:task", args=[task.programme_id, task.pk])


def _people(actor: Actor, units: Collection[int], roles: Iterable[str] = ()) -> dict[int, set[int]]:
    return seated(set(units), actor.on, tuple(roles)) if units else {}
