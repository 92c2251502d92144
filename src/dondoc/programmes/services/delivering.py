"""The unit says how far it is and that it is done; the giver confirms, returns, opens again."""

from datetime import date, datetime

from django.db import transaction

from dondoc.common import wording
from dondoc.common.errors import Refused
from dondoc.files.models import StoredFile
from dondoc.programmes.enums import EventKind, ReturnReason
from dondoc.programmes.models import Part, Task, TaskEvent
from dondoc.programmes.services.guards import (
    may_be_handed_in_by,
    may_work,
    needs_reason,
    not_before_document,
    not_in_future,
    one_by_one,
    reporting,
    steering,
)
from dondoc.programmes.services.recording import Word, fresh, reporting_units, say
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
    one_by_one(task, part)
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
    one_by_one(task, part)
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
    may_be_handed_in_by(new_due_on, happened_on)
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
    one_by_one(task, part)
    not_in_future(happened_on, actor)
    needs_reason(reason_code, reason, ReturnReason.values)
    word = Word(EventKind.REOPENED, happened_on, at, note=reason.strip(), reason_code=reason_code)
    return say(actor, programme, task, part, word)


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
