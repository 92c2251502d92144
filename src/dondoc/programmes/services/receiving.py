"""A unit takes what it was given, asks not to be given it, hands it on inside; the giver insists."""

from datetime import date, datetime

from django.db import transaction

from dondoc.common.errors import NotAllowed, Refused
from dondoc.notices.calendar import rest_days
from dondoc.programmes.enums import DeclineReason, EventKind
from dondoc.programmes.models import Part, Programme, Task, TaskEvent
from dondoc.programmes.rules.anchors import is_receipt
from dondoc.programmes.rules.deadlines import after
from dondoc.programmes.rules.rights import may_report
from dondoc.programmes.services.guards import (
    may_work,
    needs_reason,
    not_before_document,
    not_in_future,
    reporting,
    steering,
    still_open,
)
from dondoc.programmes.services.projecting import lock
from dondoc.programmes.services.recording import Word, fresh, reporting_units, say
from dondoc.units.models import Person
from dondoc.units.queries import seated
from dondoc.units.rules import Actor

NOT_THE_BEARER = "Chỉ người của đơn vị được giao nhiệm vụ này được làm việc này."


@transaction.atomic
def receive(*, actor: Actor, task: Task, at: datetime, happened_on: date, part: Part | None = None, note: str = "") -> TaskEvent:
    """The unit has it. Of what is given to be known this is all there is to do."""
    units = reporting_units(task, part)
    programme = reporting(actor, task.programme_id, units, NOT_THE_BEARER)
    task, part = fresh(task, part)
    may_work(task, part)
    _has_a_bearer(units)
    not_in_future(happened_on, actor)
    not_before_document(happened_on, task, early=False)
    subject = part or task
    if subject.received_on and subject.stage != EventKind.DECLINED:
        raise Refused("Đơn vị đã tiếp nhận nhiệm vụ này.")
    term = _from_receipt(task, happened_on)
    return say(actor, programme, task, part, Word(EventKind.RECEIVED, happened_on, at, note=note.strip(), new_due_on=term))


def _from_receipt(task: Task, received_on: date) -> date | None:
    """*Trong 05 ngày làm việc kể từ ngày nhận được văn bản*: the unit's own last good day."""
    if task.due_on or not task.offset or not is_receipt(task.anchor):
        return None
    return after(received_on, task.offset, holidays=rest_days())


@transaction.atomic
def decline(
    *, actor: Actor, task: Task, at: datetime, happened_on: date, reason_code: str, reason: str, part: Part | None = None
) -> TaskEvent:
    """The unit asks not to be given it; the clock runs on until the giver excuses it or gives it to another."""
    programme = _of_the_unit(actor, task, part)
    task, part = fresh(task, part)
    may_work(task, part)
    _has_a_bearer(reporting_units(task, part))
    not_in_future(happened_on, actor)
    not_before_document(happened_on, task, early=False)
    _not_said_before(task, part)
    needs_reason(reason_code, reason, DeclineReason.values)
    word = Word(EventKind.DECLINED, happened_on, at, note=reason.strip(), reason_code=reason_code)
    return say(actor, programme, task, part, word)


def _not_said_before(task: Task, part: Part | None) -> None:
    stage = (part or task).stage
    if stage == EventKind.DECLINED:
        raise Refused("Đơn vị đã đề nghị không nhận, đang chờ cơ quan giao trả lời.")
    if stage == EventKind.DELIVERED:
        raise Refused("Đơn vị đã báo hoàn thành nên không đề nghị không nhận được nữa.")
    said = TaskEvent.objects.filter(task=task, part=part, kind__in=(EventKind.INSISTED, EventKind.REASSIGNED))
    last = said.order_by("happened_on", "recorded_at", "pk").last()
    if last and last.kind == EventKind.INSISTED:
        raise Refused("Cơ quan giao đã giữ nguyên việc đã giao. Thực hiện, hoặc đề nghị gia hạn nếu cần thêm thời gian.")


@transaction.atomic
def insist(*, actor: Actor, task: Task, at: datetime, happened_on: date, reason: str, part: Part | None = None) -> TaskEvent:
    """The giver's answer to one who declined: it stays with them, and why."""
    programme = steering(actor, task.programme_id)
    task, part = fresh(task, part)
    if (part or task).stage != EventKind.DECLINED:
        raise Refused("Đơn vị không có đề nghị nào đang chờ trả lời.")
    not_in_future(happened_on, actor)
    if not reason.strip():
        raise Refused("Ghi lý do.", field="reason")
    return say(actor, programme, task, part, Word(EventKind.INSISTED, happened_on, at, note=reason.strip()))


@transaction.atomic
def hand_on(
    *,
    actor: Actor,
    task: Task,
    at: datetime,
    happened_on: date,
    person: Person | None,
    part: Part | None = None,
    note: str = "",
) -> TaskEvent:
    """Inside the unit: to one who works there on that day; to nobody (None) is back to the unit. As often as needed."""
    programme = _of_the_unit(actor, task, part)
    task, part = fresh(task, part)
    may_work(task, part)
    not_in_future(happened_on, actor)
    units = reporting_units(task, part)
    _has_a_bearer(units)
    if person and not any(person.pk in people for people in seated(units, actor.on).values()):
        raise Refused(f"{person.full_name} hôm nay không làm việc ở đơn vị được giao. Chọn người của đơn vị.", field="person")
    if (part or task).handler_id == (person.pk if person else None):
        who = f"đang giao cho {person.full_name}" if person else "chưa giao cho ai"
        raise Refused(f"Nhiệm vụ {who}. Chọn người khác.", field="person")
    word = Word(EventKind.HANDED_ON, happened_on, at, note=note.strip(), person=person)
    return say(actor, programme, task, part, word)


def _of_the_unit(actor: Actor, task: Task, part: Part | None) -> Programme:
    """Inside the unit nobody else speaks for it, the giver neither."""
    programme = lock(task.programme_id)
    if not may_report(actor, reporting_units(task, part)):
        raise NotAllowed(NOT_THE_BEARER)
    still_open(programme)
    return programme


def _has_a_bearer(units: list[int]) -> None:
    if not units:
        raise Refused("Nhiệm vụ giao cho một nhóm, hoặc chưa gắn với đơn vị nào. Ghi từng đơn vị.", field="part")
