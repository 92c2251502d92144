"""A unit's own plan as a paper to be signed."""

from collections.abc import Sequence
from datetime import date

from dondoc.common import wording
from dondoc.common.official import Basis, Block, Column, Form, Heading, Paper, Paragraph, Recipients, Row, Table
from dondoc.documents.places import name_of_section
from dondoc.programmes.enums import StepKind
from dondoc.programmes.models import PlanStep, ProgrammeDocument, UnitPlan
from dondoc.units.letterhead import letterhead_of, signature_of

_COLUMNS = (
    Column("TT", 0.06, "centre"),
    Column("Nhiệm vụ", 0.36),
    Column("Người chịu trách nhiệm", 0.18),
    Column("Kết quả, sản phẩm", 0.2),
    Column("Thời hạn", 0.2),
)


def paper_of(plan: UnitPlan, steps: Sequence[PlanStep], *, today: date) -> Paper:
    """Purpose, goals, work in a table, organisation; number and day once it has them."""
    head = letterhead_of(plan.unit)
    return Paper(
        form=head.form,
        superior=head.superior,
        issuer=head.issuer,
        number=_number(plan.code),
        symbol=_symbol(plan.code) or head.symbol("KH"),
        place=head.place,
        on=plan.issued_on or today,
        kind="Kế hoạch",
        subject=plan.title,
        body=tuple(_body(plan, steps, party=head.form == Form.PARTY)),
        recipients=Recipients(tuple(_recipients(plan)), "VT"),
        signature=signature_of(plan.unit, post=plan.signer_title, name=plan.signer_name),
    )


def _body(plan: UnitPlan, steps: Sequence[PlanStep], *, party: bool) -> list[Block]:
    goals = [step for step in steps if step.kind == StepKind.GOAL]
    work = [step for step in steps if step.kind == StepKind.WORK]
    blocks: list[Block] = [_basis(plan)]
    if plan.purpose:
        blocks += [Heading(1, "Mục đích, yêu cầu"), *_paragraphs(plan.purpose)]
    if goals:
        blocks += [Heading(1, "Mục tiêu, chỉ tiêu"), *(Paragraph(f"- {_sentence(step.text)}") for step in goals)]
    blocks += [Heading(1, "Nhiệm vụ, thời gian thực hiện"), _table(work)]
    if plan.organisation:
        blocks += [Heading(1, "Tổ chức thực hiện"), *_paragraphs(plan.organisation)]
    else:
        whose = "Văn phòng" if party else "các bộ phận, cá nhân có tên trên"
        blocks.append(Paragraph(f"Giao {whose} tổ chức thực hiện, báo cáo kết quả theo thời hạn nêu trên."))
    return blocks


def _basis(plan: UnitPlan) -> Basis:
    papers = ProgrammeDocument.objects.filter(programme=plan.programme).select_related("document").order_by("pk")
    lines = []
    for paper in papers:
        document = paper.document
        day = f", ngày {wording.day(document.issued_on)}" if document.issued_on else ""
        lines.append(f"Căn cứ {document.code or document.name}{day} về {document.title}".rstrip())
    return Basis(tuple(lines))


def _table(work: Sequence[PlanStep]) -> Table:
    return Table(_COLUMNS, tuple(_row(number, step) for number, step in enumerate(work, start=1)))


def _row(number: int, step: PlanStep) -> Row:
    source = f" ({name_of_section(step.task.section)})" if step.task and step.task.section else ""
    person = step.responsible.full_name if step.responsible else step.responsible_name
    return (str(number), f"{step.text}{source}", person, step.result, _term(step))


def _term(step: PlanStep) -> str:
    if step.starts_on and step.last_ok_on:
        return f"Từ {wording.day(step.starts_on)} đến {wording.day(step.last_ok_on)}"
    return f"Xong trước hết ngày {wording.day(step.last_ok_on)}" if step.last_ok_on else ""


def _paragraphs(text: str) -> list[Block]:
    return [Paragraph(line.strip()) for line in text.splitlines() if line.strip()]


def _sentence(text: str) -> str:
    text = text.strip().rstrip(".;")
    return f"{text[:1].upper()}{text[1:]};"


def _recipients(plan: UnitPlan) -> list[str]:
    lead = plan.programme.lead_unit
    return [*([f"{lead.name} (để b/c)"] if lead and lead != plan.unit else []), "Các bộ phận, cá nhân có tên trên"]


def _number(code: str) -> int | None:
    """15/KH-UBND → 15; of the party 15-KH/TU."""
    digits = code.split("/", 1)[0].split("-", 1)[0].strip()
    return int(digits) if digits.isdecimal() else None


def _symbol(code: str) -> str:
    head, _, rest = code.partition("/")
    return f"{head.partition('-')[2]}/{rest}" if "-" in head else rest
