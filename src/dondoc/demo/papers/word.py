"""A small marked text → a Word file in official form (Decree 30/2020, appendix I).

``#letterhead`` and ``#signature`` are rows of a borderless table (cells parted by ``|``), ``#title`` is centred, ``#table``
has ruled rows, ``#body`` is one paragraph a line.
"""

import io
import re
from collections.abc import Callable

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt
from docx.table import _Cell

_HEADING = re.compile(r"^(?:[IVX]+\.|\d+\.)\s")


def make_docx(source: str) -> bytes:
    """The Word file's bytes."""
    word = Document()
    _set_page(word)
    for part in re.split(r"^#", source, flags=re.MULTILINE)[1:]:
        name, _, lines = part.partition("\n")
        _PARTS[name.strip()](word, lines.strip().splitlines())
    content = io.BytesIO()
    word.save(content)
    return content.getvalue()


def _set_page(word: WordDocument) -> None:
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin = section.bottom_margin = section.right_margin = Cm(2)
    section.left_margin = Cm(3)
    font = word.styles["Normal"].font
    font.name, font.size = "Times New Roman", Pt(14)


def _cells(lines: list[str]) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in lines]


def _letterhead(word: WordDocument, lines: list[str]) -> None:
    rows = _cells(lines)
    table = word.add_table(rows=2, cols=2)
    for column in (0, 1):
        _write(table.cell(0, column), [row[column] for row in rows[:-1]], centred=True, bold=True)
        _write(table.cell(1, column), [rows[-1][column]], centred=True)


def _title(word: WordDocument, lines: list[str]) -> None:
    for line in lines:
        paragraph = word.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run(line).bold = True


def _body(word: WordDocument, lines: list[str]) -> None:
    for line in lines:
        paragraph = word.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        paragraph.paragraph_format.first_line_indent = Cm(1.27)
        paragraph.add_run(line).bold = bool(_HEADING.match(line)) and len(line) < 90


def _table(word: WordDocument, lines: list[str]) -> None:
    rows = _cells(lines)
    table = word.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text


def _signature(word: WordDocument, lines: list[str]) -> None:
    rows = _cells(lines)
    table = word.add_table(rows=1, cols=2)
    _write(table.cell(0, 0), [row[0] for row in rows if row[0]])
    authority = [row[1] for row in rows if row[1]]
    _write(table.cell(0, 1), [*authority[:-1], "", "", "", authority[-1]], centred=True, bold=True)


def _write(cell: _Cell, lines: list[str], *, centred: bool = False, bold: bool = False) -> None:
    for index, line in enumerate(lines):
        paragraph = cell.paragraphs[0] if index == 0 else cell.add_paragraph()
        if centred:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run(line).bold = bold


_PARTS: dict[str, Callable[[WordDocument, list[str]], None]] = {
    "letterhead": _letterhead,
    "title": _title,
    "body": _body,
    "table": _table,
    "signature": _signature,
}
