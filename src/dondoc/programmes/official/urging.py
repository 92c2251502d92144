"""A công văn đôn đốc: the tasks that are overdue, and the day by which results and reasons are asked for."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby

from dondoc.common import wording
from dondoc.common.official import Column, Form, Paper, Paragraph, Recipients, Row, Table
from dondoc.common.official.words import OPEN
from dondoc.documents.models import Document
from dondoc.documents.places import name_of
from dondoc.documents.rules.fields import type_name
from dondoc.programmes.models import Task
from dondoc.programmes.queries.urging import Debt
from dondoc.programmes.rules.naming import name_of_origin
from dondoc.units.enums import CommuneKind, UnitKind
from dondoc.units.letterhead import Letterhead, letterhead_of
from dondoc.units.models import Unit

SUBJECT = "đôn đốc thực hiện nhiệm vụ quá hạn"
_COLUMNS = (
    Column("STT", 0.07, "centre"),
    Column("Nhiệm vụ", 0.36),
    Column("Văn bản giao", 0.25),
    Column("Thời hạn", 0.2),
    Column("Quá hạn (ngày)", 0.12, "centre"),
)
_WITH_UNITS = (
    Column("STT", 0.07, "centre"),
    Column("Nhiệm vụ", 0.29),
    Column("Văn bản giao", 0.2),
    Column("Đơn vị", 0.18),
    Column("Thời hạn", 0.16),
    Column("Quá hạn (ngày)", 0.1, "centre"),
)
_COMMITTEE = "Ủy ban nhân dân"
_KINDS = {kind.value: place for place, kind in enumerate(CommuneKind)}


def paper_of(debts: Sequence[Debt], *, from_unit: Unit, on: date, report_by: date) -> Paper:
    """Number, day of the month and the signer's name are left open. ``from_unit`` comes with its province."""
    head = letterhead_of(from_unit)
    units = units_of(debts)
    return Paper(
        form=head.form,
        superior=head.superior,
        issuer=head.issuer,
        number=None,
        symbol=_symbol(head),
        place=head.place,
        on=on,
        subject=SUBJECT,
        addressees=tuple(addressees(units)),
        body=tuple(_body(debts, head, on, report_by, many=len(units) > 1)),
        recipients=Recipients(tuple(_recipients(from_unit)), "Văn phòng" if head.form == Form.PARTY else "VT"),
        signature=head.signature,
    )


def units_of(debts: Sequence[Debt]) -> list[Unit]:
    """Each once."""
    return list({debt.unit.pk: debt.unit for debt in debts}.values())


def addressees(units: Iterable[Unit]) -> list[str]:
    """Agencies line by line; communes of a kind on one line: *Ủy ban nhân dân các xã: An Bình, Suối Trong*."""
    held = sorted(units, key=lambda unit: (unit.kind, _KINDS.get(unit.commune_kind, 0), unit.search_text, unit.pk))
    agencies = [unit.name for unit in held if unit.kind != UnitKind.COMMUNE]
    communes = [unit for unit in held if unit.kind == UnitKind.COMMUNE]
    lines = []
    for _, members in groupby(communes, key=lambda unit: unit.commune_kind):
        same = list(members)
        kind = same[0].get_commune_kind_display()
        names = ", ".join(unit.name.removeprefix(f"{kind} ") for unit in same)
        lines.append(f"{_COMMITTEE} {same[0].name}" if len(same) == 1 else f"{_COMMITTEE} các {kind}: {names}")
    return [*agencies, *lines]


def _symbol(head: Letterhead) -> str:
    """``SYT-…``: the drafting room is filled in by hand; of the party ``CV/VPTU``."""
    return head.symbol("CV") if head.form == Form.PARTY else f"{head.code}-{OPEN}"


def _body(debts: Sequence[Debt], head: Letterhead, on: date, report_by: date, *, many: bool) -> Iterator[Paragraph | Table]:
    papers = "; ".join(dict.fromkeys(paper_words(debt.task) for debt in debts))
    whom = "các cơ quan, đơn vị có tên trên" if many else _called(debts[0].unit)
    count = len({debt.task.pk for debt in debts})
    yield Paragraph(
        f"Thực hiện {papers}; qua theo dõi đến ngày {wording.day(on)}, {head.issuer} nhận thấy còn {count:02d} nhiệm vụ giao "
        f"{whom} đã quá thời hạn nhưng chưa có kết quả, cụ thể như sau:"
    )
    yield Table(_WITH_UNITS if many else _COLUMNS, tuple(_rows(debts, on, many=many)))
    yield Paragraph(
        f"{head.issuer} đề nghị {whom} khẩn trương thực hiện các nhiệm vụ nêu trên; báo cáo kết quả, nêu rõ nguyên nhân khách "
        f"quan, chủ quan của việc chậm thực hiện và thời gian hoàn thành, gửi {head.issuer} trước hết ngày {wording.day(report_by)}."
    )
    yield Paragraph("Trường hợp có khó khăn, vướng mắc, kịp thời báo cáo và đề xuất biện pháp giải quyết.")


def _called(unit: Unit) -> str:
    return f"{_COMMITTEE} {unit.name}" if unit.kind == UnitKind.COMMUNE else unit.name


def _rows(debts: Sequence[Debt], on: date, *, many: bool) -> Iterator[Row]:
    """One a task and term; units that share both stand in one cell."""
    shared: dict[tuple[int, date], list[Debt]] = {}
    for debt in debts:
        shared.setdefault((debt.task.pk, debt.last_ok_on), []).append(debt)
    for number, same in enumerate(shared.values(), start=1):
        task, last_ok_on = same[0].task, same[0].last_ok_on
        units = (", ".join(debt.unit.name for debt in same),) if many else ()
        source = f"{paper_words(task)}, {place_of(task)}" if place_of(task) else paper_words(task)
        yield (str(number), task.text, source, *units, _term(task, last_ok_on), str((on - last_ok_on).days))


def _term(task: Task, last_ok_on: date) -> str:
    """The words of the paper and the last good day."""
    day = wording.day(last_ok_on)
    return f"{task.deadline_text} (hạn cuối {day})" if task.deadline_text else day


def paper_words(task: Task) -> str:
    """*Kế hoạch số 208/KH-UBND ngày 07/8/2025*; of a task added by hand, the letter or meeting."""
    if task.origin:
        return name_of_origin(task.origin.kind, task.origin.code, task.origin.said_on).replace(" · ", " ngày ")
    assert task.item is not None  # noqa: S101 - a constraint of the table: one of the two
    return document_words(task.item.document)


def document_words(document: Document) -> str:
    """*Kế hoạch số 208/KH-UBND ngày 07/8/2025*."""
    kind = type_name(document.type) or "Văn bản"
    number = f" số {document.code}" if document.code else f" “{document.title or document.name}”"
    day = f" ngày {wording.day(document.issued_on)}" if document.issued_on else ""
    return f"{kind}{number}{day}"


def place_of(task: Task) -> str:
    """*mục III.2.b* in the paper, empty for a task added by hand."""
    return name_of(task.item) if task.item and task.item.section else ""


def _recipients(from_unit: Unit) -> list[str]:
    """The committee above a department or office hears of it."""
    lines = ["Như trên"]
    if from_unit.kind in {UnitKind.OFFICE, UnitKind.DEPARTMENT} and from_unit.province:
        lines.append(f"Ủy ban nhân dân {from_unit.province.name} (để b/c)")
    return lines
