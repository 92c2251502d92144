"""A report is handed in, passed to the unit's leader first where the unit wants it, and gets its paper's number.

Handing in twice with one token is one submission, so that a lost line and a second tap do no harm.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from dondoc.common import wording
from dondoc.common.errors import NotAllowed, Refused
from dondoc.files.models import StoredFile
from dondoc.reporting.enums import ReturnEventKind, ReturnState
from dondoc.reporting.models import Passage, Practice, Return, ReturnEvent, Submission, Submitter, Value
from dondoc.reporting.queries.content import cells_of, earlier_of, facts, texts_of
from dondoc.reporting.rules.checks import Fault, faults_of
from dondoc.reporting.rules.rights import leads, may_fill, may_run
from dondoc.reporting.services.filling import OPEN
from dondoc.reporting.services.recording import Word, reporting, say
from dondoc.units.models import Unit
from dondoc.units.queries.units import valid_on
from dondoc.units.rules import Actor


class NotReady(Refused):
    """The report cannot be handed in yet; ``faults`` say where and why."""

    def __init__(self, faults: list[Fault]) -> None:
        blocking = sum(1 for fault in faults if fault.blocks)
        open_ = len(faults) - blocking
        said = [f"{blocking} chỗ phải sửa"] if blocking else []
        said += [f"{open_} chỗ cần ghi lý do"] if open_ else []
        super().__init__(f"Chưa nộp được: còn {' và '.join(said)}. Số liệu đã nhập được giữ nguyên.")
        self.faults = faults


def faults_in(report: Return) -> list[Fault]:
    """All that is wrong or doubtful with the draft."""
    return faults_of(facts(report.group.template), cells_of(report), texts_of(report), earlier_of(report))


@transaction.atomic
def pass_on(*, actor: Actor, report: Return, at: datetime) -> ReturnEvent:
    """A clerk lays the report before the unit's leader."""
    held = _ready(actor, report, on_behalf=False)
    if not wants_leader(held.unit):
        raise Refused("Đơn vị không yêu cầu lãnh đạo duyệt trước khi nộp. Nộp báo cáo.")
    return say(actor, held, Word(ReturnEventKind.PASSED, actor.on, at))


@transaction.atomic
def hold_back(*, actor: Actor, report: Return, at: datetime, note: str) -> ReturnEvent:
    """The unit's leader gives it back to be mended."""
    held = reporting(actor, report)
    if not leads(actor, held):
        raise NotAllowed("Chỉ lãnh đạo đơn vị được trả lại báo cáo đang trình.")
    if held.state != ReturnState.APPROVING:
        raise Refused("Báo cáo không ở bước chờ lãnh đạo duyệt.")
    if not note.strip():
        raise Refused("Ghi điều cần sửa.", field="note")
    return say(actor, held, Word(ReturnEventKind.HELD_BACK, actor.on, at, note=note.strip()))


@transaction.atomic
def submit(
    *,
    actor: Actor,
    report: Return,
    token: UUID,
    at: datetime,
    received_on: date | None = None,
    paper_code: str = "",
    paper_date: date | None = None,
    file: StoredFile | None = None,
) -> Submission:
    """Hand the draft in. ``received_on``: the day on which a paper came, entered by the recipient on the unit's behalf."""
    if known := Submission.objects.filter(token=token, report=report.pk).first():
        return known
    behalf = received_on is not None
    held = _ready(actor, report, on_behalf=behalf)
    _may_submit(actor, held, behalf=behalf)
    if received_on and received_on > actor.on:
        raise Refused(f"Ngày {wording.day(received_on)} chưa đến. Ghi ngày đã nhận báo cáo giấy.", field="received_on")
    _paper(paper_code, paper_date, received_on or actor.on)
    submission = Submission.objects.create(
        report=held,
        number=held.submissions.count() + 1,
        token=token,
        content=_content(held),
        made_at=at,
        made_by=actor.person,
        on_behalf=behalf,
    )
    Value.objects.filter(report=held).update(sent_number=F("number"), sent_nothing=F("nothing"))
    Passage.objects.filter(report=held).update(sent_text=F("text"))
    Return.objects.filter(pk=held.pk).update(sent_filled=F("filled"), sent_parts=F("parts"))
    word = Word(
        ReturnEventKind.SUBMITTED,
        received_on or actor.on,
        at,
        submission=submission,
        paper_code=paper_code.strip(),
        paper_date=paper_date,
        file=file,
    )
    say(actor, held, word)
    return submission


@transaction.atomic
def add_paper(
    *, actor: Actor, report: Return, at: datetime, paper_code: str, paper_date: date, file: StoredFile | None = None
) -> ReturnEvent:
    """The signed paper of what was handed in: its number, day and scan."""
    held = reporting(actor, report, on_behalf=True)
    if held.first_received_on is None:
        raise Refused("Báo cáo chưa nộp. Nộp báo cáo trước, rồi ghi số văn bản đã ký.")
    if not paper_code.strip():
        raise Refused("Ghi số, ký hiệu của báo cáo đã ký.", field="paper_code")
    _paper(paper_code, paper_date, actor.on)
    word = Word(ReturnEventKind.SIGNED, actor.on, at, paper_code=paper_code.strip(), paper_date=paper_date, file=file)
    return say(actor, held, word)


def wants_leader(unit: Unit) -> bool:
    """Whether the unit's leader approves its reports before they go out."""
    return Practice.objects.filter(unit=unit, leader_approves=True).exists()


def may_submit(actor: Actor, report: Return) -> bool:
    """A person of the unit: the leader where the leader approves, else one of those named, else everybody."""
    if not may_fill(actor, report):
        return False
    if wants_leader(report.unit):
        return leads(actor, report)
    named = set(Submitter.objects.filter(valid_on(actor.on), unit=report.unit_id).values_list("person_id", flat=True))
    return not named or actor.person.pk in named or leads(actor, report)


def _may_submit(actor: Actor, report: Return, *, behalf: bool) -> None:
    if behalf:
        if not may_run(actor, report.campaign):
            raise NotAllowed("Chỉ cơ quan nhận báo cáo được nhập thay đơn vị.")
        return
    if not may_submit(actor, report):
        raise NotAllowed(
            "Báo cáo của đơn vị do lãnh đạo duyệt và nộp. Trình lãnh đạo."
            if wants_leader(report.unit)
            else "Đơn vị đã phân công người nộp báo cáo. Báo người đó nộp."
        )


def _ready(actor: Actor, report: Return, *, on_behalf: bool) -> Return:
    """The report, locked, with nothing that stands in its way."""
    held = reporting(actor, report, on_behalf=on_behalf)
    if held.state not in OPEN and held.state != ReturnState.APPROVING:
        raise Refused("Báo cáo đã nộp. Chờ cơ quan nhận duyệt hoặc trả lại.")
    if not any(cell.number is not None for cell in cells_of(held).values()) and not texts_of(held):
        raise Refused("Báo cáo chưa có số liệu, nội dung nào nên chưa nộp được.")
    faults = [fault for fault in faults_in(held) if fault.blocks or not fault.explained]
    if faults:
        raise NotReady(faults)
    return held


def _paper(code: str, day: date | None, on: date) -> None:
    if bool(code.strip()) != bool(day):
        raise Refused("Văn bản đã ký cần cả số, ký hiệu và ngày.", field="paper_date" if code.strip() else "paper_code")
    if day and day > on:
        raise Refused(
            f"Văn bản ngày {wording.day(day)} ký sau ngày nhận ({wording.day(on)}). Sửa một trong hai ngày.", field="paper_date"
        )


def _content(report: Return) -> dict[str, Any]:
    """The frozen copy: cells as [code, column, number, nothing, explanation], texts by section."""
    cells = [
        [place.code, place.column, None if cell.number is None else str(cell.number), cell.nothing, cell.explanation]
        for place, cell in sorted(cells_of(report).items())
    ]
    return {"cells": cells, "texts": texts_of(report)}
