"""Ruled tables with a head that is repeated."""

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from docx.document import Document as WordDocument
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.shared import Pt
from docx.table import _Cell, _Row

from dondoc.common.official.paper import Band, Column, Rich, Row, Span, Table
from dondoc.common.official.word import ALIGNMENTS, fix_widths, keep_whole, write

AIR = 70  # twips beside the text of a cell
GAP = 4  # points above the table
HEAD, CELL, SMALL = "Đầu bảng", "Ô bảng", " nhỏ"


class Styles(NamedTuple):
    """Their ids: to look a style up by its name in each of a thousand cells takes longer than all else."""

    head: str
    cell: str


def write_table(word: WordDocument, table: Table, width: int) -> None:
    """``width`` of the whole, in twips."""
    for before in word.paragraphs[-1:]:
        before.paragraph_format.space_after, before.paragraph_format.keep_with_next = Pt(GAP), True
    grouped = any(column.group for column in table.columns)
    head_rows = 2 if grouped else 1
    made = word.add_table(rows=head_rows + len(table.rows), cols=len(table.columns), style="Table Grid")
    made.alignment = WD_TABLE_ALIGNMENT.CENTER
    fix_widths(made, _widths(table.columns, width), AIR)
    rows = list(made.rows)
    for row in rows[:head_rows]:
        keep_whole(row, repeat=True)
    names = (HEAD + SMALL, CELL + SMALL) if table.small else (HEAD, CELL)
    styles = Styles(*(word.styles[name].style_id for name in names))
    _head([row.cells for row in rows[:head_rows]], table.columns, styles)
    for row, content in zip(rows[head_rows:], table.rows, strict=True):
        keep_whole(row)
        _fill(row, content, table.columns, styles)


def _widths(columns: Sequence[Column], width: int) -> tuple[int, ...]:
    whole = sum(column.width for column in columns)
    widths = [int(width * column.width / whole) for column in columns]
    widths[-1] += width - sum(widths)
    return tuple(widths)


def _head(cells: Sequence[Sequence[_Cell]], columns: Sequence[Column], styles: Styles) -> None:
    """One row, or two where columns share a head: the others reach over both."""
    first, last = cells[0], cells[-1]
    at = 0
    for group, members in groupby(columns, key=lambda column: column.group):
        names = [column.words for column in members]
        if group:
            _write(first[at].merge(first[at + len(names) - 1]), group, styles.head, head=True)
        for offset, name in enumerate(names):
            cell = last[at + offset] if group else first[at + offset]
            _write(cell if group or first is last else cell.merge(last[at + offset]), name, styles.head, head=True)
        at += len(names)


def _fill(row: _Row, content: Row | Band, columns: Sequence[Column], styles: Styles) -> None:
    cells = row.cells
    if isinstance(content, Band):
        _write(cells[0].merge(cells[-1]), (Span(content.text, bold=True),), styles.cell)
        cells[0].paragraphs[0].paragraph_format.keep_with_next = True
        return
    for cell, text, column in zip(cells, content, columns, strict=True):
        _write(cell, text, styles.cell, column.align)


def _write(cell: _Cell, text: Rich, style_id: str, align: str = "", *, head: bool = False) -> None:
    if head:
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    paragraph = cell.paragraphs[0]
    paragraph._p.style = style_id  # noqa: SLF001 - by its id, not by its name
    if align:
        paragraph.alignment = ALIGNMENTS[align]
    write(paragraph, text)
