"""The giver's word on many parts of a group's task at once, and closing it."""

from collections.abc import Callable, Collection
from datetime import date, datetime

from django.db import transaction

from dondoc.common.errors import Refused
from dondoc.programmes.enums import EventKind, ReturnReason, StopReason
from dondoc.programmes.models import Part, Task, TaskEvent
from dondoc.programmes.queries.known import deciding_parts
from dondoc.programmes.services.guards import (
    may_be_handed_in_by,
    may_work,
    needs_reason,
    not_before_document,
    not_in_future,
    steering,
)
from dondoc.programmes.services.recording import Word, fresh, fresh_parts, say, say_of_each
from dondoc.programmes.wording import some
from dondoc.units.rules import Actor


@transaction.atomic
def accept_parts(
    *, actor: Actor, task: Task, parts: Collection[Part], at: datetime, happened_on: date, note: str = ""
) -> list[TaskEvent]:
    """Each is done on the day of its delivery, or on this day where there was none."""
    word = Word(EventKind.ACCEPTED, happened_on, at, note=note.strip())
    return _say_of_all(actor, task, parts, word, _is_open, "Đã hoàn thành hoặc được miễn nên không xác nhận được")


@transaction.atomic
def return_parts(
    *,
    actor: Actor,
    task: Task,
    parts: Collection[Part],
    at: datetime,
    happened_on: date,
    reason_code: str,
    reason: str,
    new_due_on: date | None = None,
) -> list[TaskEvent]:
    """They go back for one reason, with one day to hand in again by."""
    needs_reason(reason_code, reason, ReturnReason.values)
    may_be_handed_in_by(new_due_on, happened_on)
    word = Word(EventKind.RETURNED, happened_on, at, note=reason.strip(), reason_code=reason_code, new_due_on=new_due_on)
    return _say_of_all(actor, task, parts, word, _is_answered, "Chưa báo hoàn thành nên chưa có gì để trả lại")


@transaction.atomic
def excuse_parts(
    *, actor: Actor, task: Task, parts: Collection[Part], at: datetime, happened_on: date, reason_code: str, reason: str
) -> list[TaskEvent]:
    needs_reason(reason_code, reason, StopReason.values)
    word = Word(EventKind.CANCELLED, happened_on, at, note=reason.strip(), reason_code=reason_code)
    return _say_of_all(actor, task, parts, word, _is_open, "Đã hoàn thành hoặc đã được miễn nên không miễn được")


@transaction.atomic
def close(*, actor: Actor, task: Task, at: datetime, happened_on: date, note: str = "") -> Task:
    """The giver's end of a group's task: what waits is accepted; it is refused while a unit that is not excused is missing."""
    programme = steering(actor, task.programme_id)
    task, _ = fresh(task, None)
    may_work(task, None)
    if task.turns_on:
        raise Refused("Nhiệm vụ định kỳ còn kỳ sau nên chưa đóng được. Dừng việc lặp lại trước.")
    parts = list(
        deciding_parts().filter(assignment__task=task).select_related("assignment", "unit").order_by("unit__search_text")
    )
    if not parts:
        raise Refused("Nhiệm vụ chưa chia cho đơn vị nào. Chọn đơn vị của nhóm, hoặc xác nhận hoàn thành.")
    waiting = [part for part in parts if _is_open(part) and part.stage == EventKind.DELIVERED]
    missing = [part.unit.name for part in parts if _is_open(part) and part not in waiting]
    if missing:
        raise Refused(f"Chưa đóng được: còn {len(missing)} đơn vị chưa hoàn thành, chưa được miễn: {some(missing)}.")
    not_in_future(happened_on, actor)
    word = Word(EventKind.ACCEPTED, happened_on, at, note=note.strip())
    if waiting:
        say_of_each(actor, programme, task, waiting, word)
    task.refresh_from_db()
    if task.done_on is None:  # all are excused, or a lead without parts answers beside the group
        say(actor, programme, task, None, word)
        task.refresh_from_db()
    return task


def _say_of_all(
    actor: Actor, task: Task, parts: Collection[Part], word: Word, fits: Callable[[Part], bool], why_not: str
) -> list[TaskEvent]:
    """All of them or none: those that do not fit are named."""
    programme = steering(actor, task.programme_id)
    task, held = fresh_parts(task, parts)
    if not held:
        raise Refused("Chưa chọn đơn vị nào. Đánh dấu các đơn vị trong bảng.", field="parts")
    if task.superseded_on or task.paused:
        may_work(task, None)
    if unfit := [part.unit.name for part in held if not fits(part)]:
        raise Refused(f"{why_not}: {some(unfit)}. Bỏ chọn rồi ghi lại.", field="parts")
    not_in_future(word.happened_on, actor)
    not_before_document(word.happened_on, task, early=word.kind == EventKind.ACCEPTED)
    return say_of_each(actor, programme, task, held, word)


def _is_open(part: Part) -> bool:
    return part.done_on is None and not part.excused


def _is_answered(part: Part) -> bool:
    return not part.excused and (part.done_on is not None or part.stage == EventKind.DELIVERED)
