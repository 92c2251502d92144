"""A công văn that asks for more time: the task and its term, what is done, why, by when."""

from collections.abc import Iterator
from datetime import date

from dondoc.common import wording
from dondoc.common.official import Form, Paper, Paragraph, Recipients
from dondoc.common.official.words import OPEN
from dondoc.programmes.models import Programme, TaskEvent
from dondoc.programmes.official.urging import paper_words, place_of
from dondoc.units.letterhead import letterhead_of
from dondoc.units.models import Unit

SUBJECT = "đề nghị gia hạn thời gian thực hiện nhiệm vụ"
FILE_NAME = "Đề nghị gia hạn"


def paper_of(event: TaskEvent, unit: Unit, programme: Programme, term: date) -> Paper:
    """Number, day of the month and the signer's name are left open. ``term``: the last good day that it asks to move on."""
    head = letterhead_of(unit)
    to = addressee(unit, programme)
    party = head.form == Form.PARTY
    return Paper(
        form=head.form,
        superior=head.superior,
        issuer=head.issuer,
        number=None,
        symbol=head.symbol("CV") if party else f"{head.code}-{OPEN}",
        place=head.place,
        on=event.happened_on,
        subject=SUBJECT,
        addressees=(to,),
        body=tuple(Paragraph(text) for text in _body(event, head.issuer, to, term)),
        recipients=Recipients(("Như trên",), "Văn phòng" if party else "VT"),
        signature=head.signature,
    )


def addressee(unit: Unit, programme: Programme) -> str:
    """Who decides: the unit that leads the programme; where it asks itself, the provincial People's Committee."""
    if programme.lead_unit and programme.lead_unit.pk != unit.pk:
        return programme.lead_unit.name
    return f"Ủy ban nhân dân {programme.province.name}"


def _body(event: TaskEvent, issuer: str, to: str, term: date) -> Iterator[str]:
    task, asked = event.task, event.request
    place = f", {place_of(task)}" if place_of(task) else ""
    words = f"{task.deadline_text}, " if task.deadline_text else ""
    yield (
        f"Thực hiện {paper_words(task)}{place}, {issuer} được giao nhiệm vụ: “{_ended(task.text)}” "
        f"Thời hạn: {words}hạn cuối ngày {wording.day(term)}."
    )
    share = f", đạt khoảng {event.percent}%" if event.percent is not None else ""
    yield f"Đến ngày {wording.day(event.happened_on)}{share}, kết quả thực hiện: {_ended(asked.progress)}"
    yield "Nguyên nhân chưa hoàn thành theo thời hạn:"
    if asked.objective_reason:
        yield f"- Khách quan: {_ended(asked.objective_reason)}"
    if asked.subjective_reason:
        yield f"- Chủ quan: {_ended(asked.subjective_reason)}"
    if asked.late_explanation:
        yield f"Về việc đề nghị gia hạn sau khi hết hạn, {issuer} giải trình: {_ended(asked.late_explanation)}"
    until = wording.day(event.new_due_on) if event.new_due_on else ""
    yield f"{issuer} đề nghị {to} xem xét, cho gia hạn thời gian thực hiện nhiệm vụ nêu trên đến hết ngày {until}."


def _ended(text: str) -> str:
    """With one full stop at its end."""
    return f"{text.strip().rstrip('.;')}."
