"""What happens to a task: one function each. Nothing sets a state; the projections follow from the events."""

from datetime import date, datetime

from django.db import transaction

from dondoc.common import wording
from dondoc.common.errors import Refused
from dondoc.files.models import StoredFile
from dondoc.programmes.enums import EventKind, ExtensionReason, ReturnReason, StopReason
from dondoc.programmes.models import Part, Task, TaskEvent
from dondoc.programmes.services.guards import (
    may_work,
    needs_reason,
    not_before_document,
    not_in_future,
    reporting,
    steering,
)
from dondoc.programmes.services.recording import Word, fresh, missing_parts, reporting_units, say
from dondoc.units.rules import Actor


@transaction.atomic
def record_progress(
    *,
    actor: Actor,
    task: Task,
    at: datetime,
    happened_on: date,
    note: str,
    part: Part | None = None,
    percent: int | None = None,
    evidence: StoredFile | None = None,
    early: bool = False,
) -> TaskEvent:
    """The unit says how far it is."""
    programme = reporting(actor, task.programme_id, reporting_units(task, part))
    task, part = fresh(task, part)
    may_work(task, part)
    not_in_future(happened_on, actor)
    not_before_document(happened_on, task, early=early)
    if percent is not None and not 0 <= percent <= 100:
        raise Refused("Tỷ lệ hoàn thành từ 0 đến 100%.", field="percent")
    if not note.strip() and percent is None:
        raise Refused("Ghi kết quả đã làm hoặc tỷ lệ hoàn thành.", field="note")
    word = Word(EventKind.PROGRESS, happened_on, at, note=note.strip(), percent=percent, evidence=evidence)
    return say(actor, programme, task, part, word)


@transaction.atomic
def deliver(
    *,
    actor: Actor,
    task: Task,
    at: datetime,
    happened_on: date,
    part: Part | None = None,
    product_code: str = "",
    product_date: date | None = None,
    note: str = "",
    evidence: StoredFile | None = None,
    early: bool = False,
) -> TaskEvent:
    """The unit says that it is done. With the product document's number and day it is; else the giver has to confirm."""
    programme = reporting(actor, task.programme_id, reporting_units(task, part))
    task, part = fresh(task, part)
    may_work(task, part)
    _one_by_one(task, part)
    not_in_future(happened_on, actor)
    not_before_document(happened_on, task, early=early)
    _has_product(product_code, product_date, note, evidence, happened_on)
    word = Word(
        EventKind.DELIVERED,
        happened_on,
        at,
        note=note.strip(),
        product_code=product_code.strip(),
        product_date=product_date,
        evidence=evidence,
    )
    return say(actor, programme, task, part, word)


@transaction.atomic
def accept(*, actor: Actor, task: Task, at: datetime, happened_on: date, part: Part | None = None, note: str = "") -> TaskEvent:
    """The giver confirms; the task is done on the day of the delivery, or on this day where there was none."""
    programme = steering(actor, task.programme_id)
    task, part = fresh(task, part)
    may_work(task, part)
    _one_by_one(task, part)
    not_in_future(happened_on, actor)
    not_before_document(happened_on, task, early=True)
    return say(actor, programme, task, part, Word(EventKind.ACCEPTED, happened_on, at, note=note.strip()))


@transaction.atomic
def return_(
    *,
    actor: Actor,
    task: Task,
    at: datetime,
    happened_on: date,
    reason_code: str,
    reason: str,
    part: Part | None = None,
    new_due_on: date | None = None,
) -> TaskEvent:
    """The giver sends it back, with a reason and, where there is one, the day to hand in again by."""
    programme = steering(actor, task.programme_id)
    task, part = fresh(task, part)
    subject = part or task
    if not subject.stage and subject.done_on is None:
        raise Refused("Đơn vị chưa báo hoàn thành nên chưa có gì để trả lại.")
    not_in_future(happened_on, actor)
    needs_reason(reason_code, reason, ReturnReason.values)
    if new_due_on and new_due_on < happened_on:
        raise Refused(f"Hạn nộp lại phải từ ngày {wording.day(happened_on)} trở đi.", field="new_due_on")
    word = Word(EventKind.RETURNED, happened_on, at, note=reason.strip(), reason_code=reason_code, new_due_on=new_due_on)
    return say(actor, programme, task, part, word)


@transaction.atomic
def reopen(
    *, actor: Actor, task: Task, at: datetime, happened_on: date, reason_code: str, reason: str, part: Part | None = None
) -> TaskEvent:
    """What was done is to be done again."""
    programme = steering(actor, task.programme_id)
    task, part = fresh(task, part)
    if (part or task).done_on is None:
        raise Refused("Nhiệm vụ chưa hoàn thành nên không cần mở lại.")
    _one_by_one(task, part)
    not_in_future(happened_on, actor)
    needs_reason(reason_code, reason, ReturnReason.values)
    word = Word(EventKind.REOPENED, happened_on, at, note=reason.strip(), reason_code=reason_code)
    return say(actor, programme, task, part, word)


@transaction.atomic
def suspend(*, actor: Actor, task: Task, at: datetime, happened_on: date, reason_code: str, reason: str) -> TaskEvent:
    """The giver lets the task rest."""
    word = Word(EventKind.SUSPENDED, happened_on, at, note=reason.strip(), reason_code=reason_code)
    return _stop(actor, task, None, word)


@transaction.atomic
def cancel(
    *, actor: Actor, task: Task, at: datetime, happened_on: date, reason_code: str, reason: str, part: Part | None = None
) -> TaskEvent:
    """The giver no longer follows the task; of a part: the unit is excused."""
    word = Word(EventKind.CANCELLED, happened_on, at, note=reason.strip(), reason_code=reason_code)
    return _stop(actor, task, part, word)


def _stop(actor: Actor, task: Task, part: Part | None, word: Word) -> TaskEvent:
    programme = steering(actor, task.programme_id)
    task, part = fresh(task, part)
    may_work(task, part)
    not_in_future(word.happened_on, actor)
    needs_reason(word.reason_code, word.note, StopReason.values)
    return say(actor, programme, task, part, word)


@transaction.atomic
def resume(
    *, actor: Actor, task: Task, at: datetime, happened_on: date, reason_code: str, reason: str, part: Part | None = None
) -> TaskEvent:
    """The giver takes it up again."""
    programme = steering(actor, task.programme_id)
    task, part = fresh(task, part)
    stopped = part.excused if part else bool(task.paused)
    if not stopped:
        raise Refused("Nhiệm vụ đang được theo dõi nên không cần tiếp tục lại.")
    not_in_future(happened_on, actor)
    needs_reason(reason_code, reason, StopReason.values)
    word = Word(EventKind.RESUMED, happened_on, at, note=reason.strip(), reason_code=reason_code)
    return say(actor, programme, task, part, word)


@transaction.atomic
def extend(
    *,
    actor: Actor,
    task: Task,
    at: datetime,
    happened_on: date,
    new_due_on: date,
    reason_code: str,
    reason: str,
    late_reason: str = "",
    product_code: str = "",
    product_date: date | None = None,
    evidence: StoredFile | None = None,
) -> TaskEvent:
    """The giver's decision that the last good day is ``new_due_on``; the document's own deadline stays as written.

    ``product_code`` and ``product_date`` are those of the decision. One asked for after the deadline says why so late.
    """
    programme = steering(actor, task.programme_id)
    task, _ = fresh(task, None)
    may_work(task, None)
    not_in_future(happened_on, actor)
    needs_reason(reason_code, reason, ExtensionReason.values)
    if task.last_ok_on and new_due_on <= task.last_ok_on:
        raise Refused(f"Hạn mới phải sau hạn đang có ({wording.day(task.last_ok_on)}).", field="new_due_on")
    late = task.last_ok_on is not None and happened_on > task.last_ok_on
    if late and not late_reason.strip():
        raise Refused("Hạn đã qua. Ghi lý do đề nghị gia hạn sau khi hết hạn.", field="late_reason")
    note = f"{reason.strip()}\nĐề nghị sau khi hết hạn: {late_reason.strip()}" if late else reason.strip()
    word = Word(
        EventKind.EXTENDED,
        happened_on,
        at,
        note=note,
        reason_code=reason_code,
        new_due_on=new_due_on,
        product_code=product_code.strip(),
        product_date=product_date,
        evidence=evidence,
    )
    return say(actor, programme, task, None, word)


def _one_by_one(task: Task, part: Part | None) -> None:
    """A group's task is closed and opened part by part."""
    if part is None and (missing := missing_parts(task)):
        names = ", ".join(missing[:5]) + (f" và {len(missing) - 5} đơn vị khác" if len(missing) > 5 else "")
        raise Refused(f"Nhiệm vụ giao cho một nhóm, ghi từng đơn vị. Chưa hoàn thành: {names}.")


def _has_product(code: str, day: date | None, note: str, evidence: StoredFile | None, happened_on: date) -> None:
    if bool(code.strip()) != bool(day):
        field = "product_date" if code.strip() else "product_code"
        raise Refused("Văn bản sản phẩm cần cả số, ký hiệu và ngày.", field=field)
    if day and day > happened_on:
        raise Refused(
            f"Văn bản ngày {wording.day(day)} ban hành sau ngày hoàn thành ({wording.day(happened_on)}). Sửa một trong hai ngày.",
            field="product_date",
        )
    if not (code.strip() or note.strip() or evidence):
        raise Refused("Ghi số, ký hiệu văn bản sản phẩm, hoặc kết quả, hoặc đính kèm minh chứng.", field="product_code")
