"""A Word table as cells with their place, and whether it only arranges text on the page."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from lxml import etree

from vanban.sources.docx_numbering import W
from vanban.sources.docx_text import TABLE
from vanban.sources.extracted import CellText

# What letterheads, addressees and signature blocks say (Decree 30/2020, annex I; Guideline 36-HD/VPTW).
FORMAL = re.compile(
    r"CỘNG\s+H[OÒ][AÀ]\s+X[AÃ]\s+HỘI|ĐẢNG\s+CỘNG\s+SẢN|Độc\s+lập\s*[-–]|Nơi\s+nhận|Kính\s+gửi|^\s*Số\s*:|(?:TM|KT|TL|TUQ)\.\s|[TK]/[ML]\s",
    re.IGNORECASE | re.MULTILINE,
)
MAX_LAYOUT_COLUMNS = 3
BARE_LAYOUT_ROWS = 2  # a table without borders of so few rows arranges text
FORMAL_LAYOUT_ROWS = 8
BORDERED_LAYOUT_ROWS = 3
CELL_SIDES = 3  # sides of a cell that must be drawn for it to count as ruled
_NUMBER_ROW = re.compile(r"\s*(?:Số\s*:|Số\s+\d|Kính\s+gửi)", re.IGNORECASE)
_NO_LINE = {"nil", "none"}


def rows_of(table: etree._Element) -> Iterator[etree._Element]:
    """The rows that are not deleted, also those inside content controls."""
    for row in table.iter(f"{W}tr"):
        if next(row.iterancestors(TABLE)) is table and row.find(f"{W}trPr/{W}del") is None:
            yield row


def read_cells(table: etree._Element, text_of: Callable[[etree._Element], str]) -> list[CellText]:
    """The cells, a merged one once, at its first place and with its reach."""
    cells: list[CellText] = []
    above: dict[int, int] = {}  # column → index of the cell that a vertical merge continues
    for number, row in enumerate(rows_of(table)):
        column = _whole(row.find(f"{W}trPr/{W}gridBefore"), 0)
        for item in row.iter(f"{W}tc"):
            if next(item.iterancestors(f"{W}tr")) is not row:
                continue
            properties = item.find(f"{W}tcPr")
            width = max(1, _whole(None if properties is None else properties.find(f"{W}gridSpan"), 1))
            merge = None if properties is None else properties.find(f"{W}vMerge")
            if merge is not None and merge.get(f"{W}val") != "restart" and column in above:
                upper = cells[above[column]]
                cells[above[column]] = replace(upper, rows=number - upper.row + 1)
            else:
                above[column] = len(cells)
                cells.append(CellText(number, column, text_of(item), columns=width))
            column += width
    return cells


def is_layout(table: etree._Element, cells: list[CellText], bordered_styles: frozenset[str]) -> bool:
    """Whether the table only arranges a letterhead, an addressee or a signature block."""
    rows = 1 + max((cell.row for cell in cells), default=0)
    columns = len({cell.column for cell in cells})
    if columns > MAX_LAYOUT_COLUMNS:
        return False
    formal = any(FORMAL.search(cell.text) for cell in cells)
    if has_borders(table, bordered_styles):
        return formal and rows <= BORDERED_LAYOUT_ROWS
    return rows <= BARE_LAYOUT_ROWS or (formal and rows <= FORMAL_LAYOUT_ROWS)


def has_borders(table: etree._Element, bordered_styles: frozenset[str]) -> bool:
    """Whether lines are drawn around or between the cells, by the table, by its style or by most cells."""
    own = table.find(f"{W}tblPr/{W}tblBorders")
    if own is not None and len(own):
        return _draws(own)
    items = list(table.iter(f"{W}tc"))
    said = [
        borders for item in items if (borders := item.find(f"{W}tcPr/{W}tcBorders")) is not None and len(borders) >= CELL_SIDES
    ]
    if len(said) * 2 > len(items):
        return sum(1 for borders in said if _draws(borders, CELL_SIDES)) * 2 > len(said)
    style = table.find(f"{W}tblPr/{W}tblStyle")
    return style is not None and style.get(f"{W}val") in bordered_styles


def bordered_table_styles(root: etree._Element | None) -> frozenset[str]:
    """The ids of the table styles that draw lines (TableGrid and its like)."""
    if root is None:
        return frozenset()
    drawn = set()
    for style in root.iterfind(f"{W}style"):
        borders = style.find(f"{W}tblPr/{W}tblBorders")
        if style.get(f"{W}type") == "table" and borders is not None and _draws(borders):
            drawn.add(style.get(f"{W}styleId", ""))
    return frozenset(drawn)


def _draws(borders: etree._Element, sides: int = 1) -> bool:
    return sum(1 for side in borders if side.get(f"{W}val") not in _NO_LINE) >= sides


def as_lines(cells: list[CellText]) -> list[CellText]:
    """Cells of a layout table as a letter reads: down the left column, then the right one; the number begins anew.

    Empty cells and the blank lines kept for a signature are left out.
    """
    starts = sorted({cell.row for cell in cells if _NUMBER_ROW.match(cell.text)})
    filled = [replace(cell, text="\n".join(line for line in cell.text.split("\n") if line.strip())) for cell in cells]
    kept = [cell for cell in filled if cell.text]
    return sorted(kept, key=lambda cell: (sum(1 for start in starts if start <= cell.row), cell.column, cell.row))


def _whole(item: etree._Element | None, otherwise: int) -> int:
    text = None if item is None else item.get(f"{W}val")
    return int(text) if text and text.isdecimal() else otherwise
