"""A unit's form as a file, filled in as a person does it in Excel and in Word."""

from io import BytesIO
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from openpyxl import load_workbook

from dondoc.reporting.rules.cells import Cell, Place
from dondoc.reporting.rules.templates import TemplateFacts
from tests.dondoc.scenarios.returns import UnitReturn

MARKS = {"none": "-", "not_applicable": "x", "no_data": "…"}


def typed(cell: Cell) -> str:
    """As a person types it."""
    return MARKS[cell.nothing] if cell.nothing else str(cell.number).replace(".", ",")


def in_excel(data: bytes, facts: TemplateFacts, content: UnitReturn, **wrong: object) -> bytes:
    """``wrong``: A01_2025=… stands in that cell instead. Cells are found by the code of their row and the head of their column."""
    book = load_workbook(BytesIO(data))
    odd = {Place(f"{name[0]}.{name[1:3]}", name[4:]): what for name, what in wrong.items()}
    for table in facts.tables:
        sheet = book[f"Biểu {table.code}"]
        heads = {column.key: _found(sheet, row=4, words=column.words) for column in table.columns}
        rows = {str(cell.value): cell.row for cell in sheet["A"] if cell.value}
        for place, cell in content.cells.items():
            if place.code in {one.code for one in table.indicators}:
                usual = MARKS[cell.nothing] if cell.number is None else float(cell.number)
                sheet.cell(rows[place.code], heads[place.column]).value = odd.get(place, usual)
    outline = book["Đề cương"]
    rows = {str(cell.value): cell.row for cell in outline["A"] if cell.value}
    for code, text in content.texts.items():
        outline.cell(rows[code], 3).value = text
    return _saved(book)


def _found(sheet: Any, *, row: int, words: str) -> int:
    return next(cell.column for cell in sheet[row] if cell.value == words)


def in_word(data: bytes, content: UnitReturn) -> bytes:
    """What stands in the controls is typed over, as Word does it: the hint goes."""
    word = Document(BytesIO(data))
    said = {f"so:{place.code}:{place.column}": typed(cell) for place, cell in content.cells.items()}
    said |= {f"muc:{code}": text for code, text in content.texts.items()}
    for control in word.element.body.iter(qn("w:sdt")):
        facts = control.find(qn("w:sdtPr"))
        text = said.pop(facts.find(qn("w:tag")).get(qn("w:val")), None)
        if text is None:
            continue
        hint = facts.find(qn("w:showingPlcHdr"))
        if hint is not None:
            facts.remove(hint)
        first, *rest = control.iter(qn("w:t"))
        first.text = text
        for one in rest:
            one.text = ""
    assert not said
    return _saved(word)


def _saved(made: Any) -> bytes:
    target = BytesIO()
    made.save(target)
    return target.getvalue()
