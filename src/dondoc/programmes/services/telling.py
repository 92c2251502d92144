"""Who hears of what happens in a programme: the giver of a delivery, the units of every word of the giver and of new work."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

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
    EventKind.RETURNED: "Trả lại để làm tiếp",
    EventKind.REOPENED: "Mở lại",
    EventKind.EXTENDED: "Gia hạn",
    EventKind.SUSPENDED: "Tạm dừng",
    EventKind.RESUMED: "Tiếp tục",
    EventKind.CANCELLED: "Dừng theo dõi",
}


def short(text: str) -> str:
    """The beginning of a long task, to the end of a word."""
    flat = " ".join(text.split())
    return flat if len(flat) <= LONGEST else f"{flat[:LONGEST].rsplit(' ', 1)[0]} …"


def of_event(actor: Actor, programme: Programme, event: TaskEvent, units: Iterable[int], at: datetime) -> None:
    """A delivery that waits for the giver's word is told to those who look after the programme; the giver's word to ``units``."""
    roles: tuple[str, ...] = ()
    if event.kind == EventKind.DELIVERED:
        waits = (event.part or event.task).stage == EventKind.DELIVERED
        to, roles = ([programme.lead_unit_id] if waits and programme.lead_unit_id else []), GIVERS
        said = f"{event.unit.name if event.unit else 'Đơn vị'} báo hoàn thành, chờ xác nhận"
    elif event.kind in _SAID:
        to, said = list(units), _SAID[EventKind(event.kind)]
    else:
        return
    reason = f" Lý do: {short(event.note)}" if event.kind == EventKind.RETURNED and event.note else ""
    occasion = Occasion(f"event-{event.pk}", f"{said}: {short(event.task.text)}{reason}", _address(event.task))
    _tell(actor, to, roles, [occasion], at)


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


def _tell(actor: Actor, units: list[int], roles: Iterable[str], occasions: list[Occasion], at: datetime) -> None:
    people = set().union(*seated(units, actor.on, tuple(roles)).values()) if units else set()
    told = [(person, occasion) for person in sorted(people - {actor.person.pk}) for occasion in occasions]
    notices.tell(told, on=actor.on, at=at)
