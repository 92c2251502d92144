"""More time: asked for, withdrawn, refused, granted.

The clock runs on while a request is open, and the first deadline stays as it was written.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from dondoc.common import wording
from dondoc.common.errors import NotAllowed, Refused
from dondoc.files.models import StoredFile
from dondoc.programmes.enums import EventKind, ExtensionReason, ExtensionRefusal
from dondoc.programmes.models import ExtensionRequest, Part, Programme, Task, TaskEvent
from dondoc.programmes.queries.extensions import granted, open_request
from dondoc.programmes.rules.extensions import may_decide, reason_code
from dondoc.programmes.rules.rights import may_report
from dondoc.programmes.services.guards import may_work, needs_reason, not_in_future, reporting, steering, still_open
from dondoc.programmes.services.projecting import lock
from dondoc.programmes.services.recording import Word, fresh, reporting_units, say
from dondoc.programmes.services.telling_extensions import of_request, of_withdrawal
from dondoc.units.enums import ParameterKey
from dondoc.units.queries.parameters import held
from dondoc.units.rules import Actor

NOT_THE_ASKER = "Chỉ đơn vị được giao nhiệm vụ này được đề nghị gia hạn."
NOT_THE_DECIDER = (
    "Chỉ cơ quan giao nhiệm vụ được quyết định gia hạn; đề nghị của chính cơ quan chủ trì chương trình do Văn phòng UBND tỉnh "
    "quyết định."
)


@dataclass(frozen=True, slots=True)
class Paper:
    """The document that asks or decides: both its number and its day, or neither; and its file."""

    code: str = ""
    day: date | None = None
    file: StoredFile | None = None

    def check(self, happened_on: date) -> None:
        if bool(self.code.strip()) != bool(self.day):
            raise Refused("Văn bản cần cả số, ký hiệu và ngày.", field="product_date" if self.code.strip() else "product_code")
        if self.day and self.day > happened_on:
            raise Refused(
                f"Văn bản ngày {wording.day(self.day)} có sau ngày ghi ({wording.day(happened_on)}). Sửa một trong hai ngày.",
                field="product_date",
            )


@transaction.atomic
def ask_extension(
    *,
    actor: Actor,
    task: Task,
    at: datetime,
    happened_on: date,
    new_due_on: date,
    progress: str,
    objective: str = "",
    subjective: str = "",
    late_explanation: str = "",
    percent: int | None = None,
    part: Part | None = None,
    product_code: str = "",
    product_date: date | None = None,
    evidence: StoredFile | None = None,
) -> TaskEvent:
    """The unit asks for time until ``new_due_on``; ``product_code``, ``product_date`` and ``evidence`` are its own letter.

    Asked on the last good day it is in time; later it needs an explanation, where the province takes late requests at all.
    """
    programme = reporting(actor, task.programme_id, reporting_units(task, part), NOT_THE_ASKER)
    task, part = fresh(task, part)
    may_work(task, part)
    paper = Paper(product_code, product_date, evidence)
    term = _term(task, part)
    _in_time(programme, task, term, happened_on, late_explanation, actor)
    _may_ask_again(programme, task, part, happened_on)
    _later(new_due_on, max(term, happened_on))
    _complete(objective, subjective, progress, percent)
    paper.check(happened_on)
    word = Word(
        EventKind.EXTENSION_ASKED,
        happened_on,
        at,
        note="\n".join(text.strip() for text in (objective, subjective) if text.strip()),
        reason_code=reason_code(objective, subjective),
        percent=percent,
        new_due_on=new_due_on,
        product_code=paper.code.strip(),
        product_date=paper.day,
        evidence=paper.file,
    )
    event = say(actor, programme, task, part, word)
    _keep(programme, event, objective, subjective, progress, late_explanation if happened_on > term else "")
    of_request(actor, programme, event, at)
    return event


def _keep(programme: Programme, event: TaskEvent, objective: str, subjective: str, progress: str, explanation: str) -> None:
    ExtensionRequest.objects.create(
        event=event,
        programme=programme,
        objective_reason=objective.strip(),
        subjective_reason=subjective.strip(),
        progress=progress.strip(),
        late_explanation=explanation.strip(),
    )


def _complete(objective: str, subjective: str, progress: str, percent: int | None) -> None:
    """What a request must say."""
    if not (objective.strip() or subjective.strip()):
        raise Refused("Nêu nguyên nhân khách quan, chủ quan, hoặc cả hai.", field="objective")
    if not progress.strip():
        raise Refused("Ghi kết quả đã thực hiện đến nay.", field="progress")
    if percent is not None and not 0 <= percent <= 100:
        raise Refused("Tỷ lệ hoàn thành từ 0 đến 100%.", field="percent")


def _term(task: Task, part: Part | None) -> date:
    """The last good day that holds now."""
    if task.rrule and part is None:
        raise Refused("Nhiệm vụ định kỳ được gia hạn theo từng kỳ. Chọn đơn vị và kỳ cần gia hạn.", field="part")
    term = part.last_ok_on if part else task.last_ok_on
    if term is None:
        raise Refused("Nhiệm vụ không có thời hạn nên không cần gia hạn.")
    return term


def _in_time(programme: Programme, task: Task, term: date, happened_on: date, explanation: str, actor: Actor) -> None:
    not_in_future(happened_on, actor)
    if happened_on < task.given_on:
        raise Refused(f"Nhiệm vụ được giao ngày {wording.day(task.given_on)}. Ghi từ ngày đó trở đi.", field="happened_on")
    if happened_on <= term:
        return
    late = held(ParameterKey.LATE_REQUESTS, programme.province_id, happened_on)
    if not late.values[0]:
        raise Refused(
            f"Hạn cuối {wording.day(term)} đã qua; tỉnh không nhận đề nghị gia hạn sau khi hết hạn ({late.basis}).",
            field="happened_on",
        )
    if not explanation.strip():
        raise Refused(
            f"Hạn cuối {wording.day(term)} đã qua. Giải trình trách nhiệm vì sao đề nghị sau khi hết hạn.",
            field="late_explanation",
        )


def _may_ask_again(programme: Programme, task: Task, part: Part | None, on: date) -> None:
    """One request at a time, and no more than the province allows."""
    if (part or task).asking_until:
        raise Refused("Đã có một đề nghị gia hạn đang chờ quyết định. Rút đề nghị đó trước khi gửi đề nghị khác.")
    cap = held(ParameterKey.EXTENSIONS, programme.province_id, on)
    times = granted(task, part)
    if times >= cap.values[0]:
        raise Refused(
            f"Nhiệm vụ đã được gia hạn {times} lần, mức tối đa là {cap.words} ({cap.basis}). "
            "Cơ quan giao nhiệm vụ vẫn gia hạn được khi có chỉ đạo của cấp có thẩm quyền."
        )


def _later(new_due_on: date, than: date) -> None:
    if new_due_on <= than:
        raise Refused(f"Hạn mới phải sau ngày {wording.day(than)}.", field="new_due_on")


@transaction.atomic
def withdraw_extension(*, actor: Actor, request: TaskEvent, at: datetime, happened_on: date, note: str = "") -> TaskEvent:
    """The asker takes an open request back: a person of the unit, or who entered it on its behalf."""
    programme = lock(request.task.programme_id)
    if not may_report(actor, [request.unit_id or 0]) and request.recorded_by_id != actor.person.pk:
        raise NotAllowed("Chỉ đơn vị đã đề nghị được rút đề nghị gia hạn.")
    task, part = fresh(request.task, request.part)
    _still_open(request, task, part)
    not_in_future(happened_on, actor)
    word = Word(EventKind.EXTENSION_WITHDRAWN, happened_on, at, note=note.strip(), answers=request)
    event = say(actor, programme, task, part, word)
    of_withdrawal(actor, programme, request, at)
    return event


@transaction.atomic
def grant_extension(
    *,
    actor: Actor,
    request: TaskEvent,
    at: datetime,
    happened_on: date,
    new_due_on: date,
    note: str = "",
    product_code: str = "",
    product_date: date | None = None,
    evidence: StoredFile | None = None,
) -> TaskEvent:
    """The giver agrees, to the proposed day or another, and says why another; the paper is the decision."""
    programme, task, part = _deciding(actor, request)
    not_in_future(happened_on, actor)
    if new_due_on != request.new_due_on and not note.strip():
        raise Refused("Ngày khác ngày đơn vị đề nghị. Ghi lý do.", field="note")
    word = Word(
        EventKind.EXTENDED,
        happened_on,
        at,
        note=note.strip(),
        reason_code=request.reason_code,
        new_due_on=new_due_on,
        answers=request,
        product_code=product_code.strip(),
        product_date=product_date,
        evidence=evidence,
    )
    return _extend(actor, programme, task, part, word)


@transaction.atomic
def refuse_extension(
    *,
    actor: Actor,
    request: TaskEvent,
    at: datetime,
    happened_on: date,
    reason_code: str,
    reason: str,
    product_code: str = "",
    product_date: date | None = None,
    evidence: StoredFile | None = None,
) -> TaskEvent:
    """The giver does not agree, with a reason; the deadline stays."""
    programme, task, part = _deciding(actor, request)
    not_in_future(happened_on, actor)
    needs_reason(reason_code, reason, ExtensionRefusal.values)
    Paper(product_code, product_date).check(happened_on)
    word = Word(
        EventKind.EXTENSION_REFUSED,
        happened_on,
        at,
        note=reason.strip(),
        reason_code=reason_code,
        answers=request,
        product_code=product_code.strip(),
        product_date=product_date,
        evidence=evidence,
    )
    return say(actor, programme, task, part, word)


def _deciding(actor: Actor, request: TaskEvent) -> tuple[Programme, Task, Part | None]:
    """The programme, locked, and what is to be extended, for one who may decide on this request."""
    programme = lock(request.task.programme_id)
    if not may_decide(actor, programme, request.unit_id):
        raise NotAllowed(NOT_THE_DECIDER)
    still_open(programme)
    task, part = fresh(request.task, request.part)
    _still_open(request, task, part)
    may_work(task, part)
    return programme, task, part


def _still_open(request: TaskEvent, task: Task, part: Part | None) -> None:
    waiting = open_request(task, part)
    if waiting is None or waiting.pk != request.pk:
        raise Refused("Đề nghị này không còn chờ quyết định: đã được trả lời, đã rút hoặc nhiệm vụ đã xong.")


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
    part: Part | None = None,
    product_code: str = "",
    product_date: date | None = None,
    evidence: StoredFile | None = None,
) -> TaskEvent:
    """The giver moves the last good day of a task or of one unit's part without being asked, as directed from above.

    It answers a request that is open. One after the deadline says why so late.
    """
    programme = steering(actor, task.programme_id)
    task, part = fresh(task, part)
    may_work(task, part)
    not_in_future(happened_on, actor)
    needs_reason(reason_code, reason, ExtensionReason.values)
    waiting = open_request(task, part)
    if waiting and not may_decide(actor, programme, waiting.unit_id):
        raise NotAllowed(NOT_THE_DECIDER)
    term = part.last_ok_on if part else task.last_ok_on
    late = term is not None and happened_on > term
    if late and not late_reason.strip():
        raise Refused("Hạn đã qua. Ghi lý do đề nghị gia hạn sau khi hết hạn.", field="late_reason")
    word = Word(
        EventKind.EXTENDED,
        happened_on,
        at,
        note=f"{reason.strip()}\nĐề nghị sau khi hết hạn: {late_reason.strip()}" if late else reason.strip(),
        reason_code=reason_code,
        new_due_on=new_due_on,
        answers=waiting,
        product_code=product_code.strip(),
        product_date=product_date,
        evidence=evidence,
    )
    return _extend(actor, programme, task, part, word)


def _extend(actor: Actor, programme: Programme, task: Task, part: Part | None, word: Word) -> TaskEvent:
    """A deadline only ever moves on, by a decision."""
    Paper(word.product_code, word.product_date).check(word.happened_on)
    if task.rrule and part is None:
        raise Refused("Nhiệm vụ định kỳ được gia hạn theo từng kỳ. Chọn đơn vị và kỳ cần gia hạn.", field="part")
    term = part.last_ok_on if part else task.last_ok_on
    if term and word.new_due_on and word.new_due_on <= term:
        raise Refused(f"Hạn mới phải sau hạn đang có ({wording.day(term)}).", field="new_due_on")
    return say(actor, programme, task, part, word)
