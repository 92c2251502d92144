"""Ruled tables of a PDF page: lines drawn on it → cells → the characters inside each.

The lines come from PDFium, which is quick; the grid is made of them by pdfplumber's own steps. Only a page on which
enough lines are drawn is looked at, and only where lines hide in nested forms does pdfplumber read the page itself.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from ctypes import byref, c_float, c_int
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vanban.sources.extracted import CellText
from vanban.sources.pdf_page import Box, Char, PageText

MIN_RULES = 4
MIN_CELLS = 2
TOLERANCE = 3.0  # points by which lines that meet may miss each other
MAX_PATHS = 20_000
THIN = 2.5  # a rectangle no thicker than this is a drawn line
Rule = tuple[float, float, float, float]  # x0, y0, x1, y1; level or upright


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table on one page: its box, the left edges of its columns, its cells and the characters that they took."""

    box: Box
    columns: tuple[float, ...]
    cells: tuple[CellText, ...]
    chars: frozenset[int]


def find_tables(page: Any, text: PageText, path: Path, number: int) -> list[PageTable]:
    """The ruled tables of a page, from top to bottom."""
    drawn, nested = _rules(page)
    rules = [_stood(rule, text) for rule in drawn]
    if nested:
        rules = [*rules, *_plumbed(path, number, page.get_size()[1])]
    if len(rules) < MIN_RULES:
        return []
    grids = [cells for cells in grids_of(rules) if _is_table(cells)]
    if not grids:
        return []
    chars = [(index, text.char(index)) for index, sign in enumerate(text.signs) if sign not in "\r\n"]
    tables = [_fill(cells, chars, text) for cells in grids]
    return sorted((table for table in tables if table.chars), key=lambda table: -table.box[3])


def _rules(page: Any) -> tuple[list[Rule], bool]:
    """The level and upright lines drawn on the page, and whether there are more inside nested forms."""
    import pypdfium2.raw as pdfium  # noqa: PLC0415 -- slow import

    rules: list[Rule] = []
    nested = paths = 0
    for item in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_PATH,), max_depth=3):
        paths += 1
        if paths > MAX_PATHS:
            break
        if item.level:
            nested += 1
            continue
        left, bottom, right, top = item.get_bounds()
        if min(right - left, top - bottom) <= THIN:
            rules.append(_straight(left, bottom, right, top))
        elif _is_stroked(item, pdfium):
            rules.extend(_segments(item, pdfium))
    return [rule for rule in rules if max(rule[2] - rule[0], rule[3] - rule[1]) > TOLERANCE], nested >= MIN_RULES


def _stood(rule: Rule, text: PageText) -> Rule:
    """A line as it stands on the page as shown."""
    (x0, y0), (x1, y1) = text.turned(*rule[:2]), text.turned(*rule[2:])
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _is_stroked(item: Any, pdfium: Any) -> bool:
    """Whether the outline of a path is drawn; a shape that is only filled is the shade behind a word or a cell."""
    fill, stroke = c_int(), c_int()
    return bool(pdfium.FPDFPath_GetDrawMode(item.raw, byref(fill), byref(stroke))) and bool(stroke.value)


def _straight(left: float, bottom: float, right: float, top: float) -> Rule:
    if right - left >= top - bottom:
        middle = (bottom + top) / 2
        return left, middle, right, middle
    middle = (left + right) / 2
    return middle, bottom, middle, top


def _segments(item: Any, pdfium: Any) -> Iterable[Rule]:
    """The level and upright strokes of a path of several."""
    matrix = item.get_matrix()
    x, y = c_float(), c_float()
    start = at = (0.0, 0.0)
    for index in range(pdfium.FPDFPath_CountSegments(item.raw)):
        segment = pdfium.FPDFPath_GetPathSegment(item.raw, index)
        pdfium.FPDFPathSegment_GetPoint(segment, byref(x), byref(y))
        point = matrix.on_point(x.value, y.value)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            yield from _stroke(at, point)
        at = point
        if pdfium.FPDFPathSegment_GetClose(segment):
            yield from _stroke(at, start)
            at = start


def _stroke(one: tuple[float, float], other: tuple[float, float]) -> Iterable[Rule]:
    (x0, x1), (y0, y1) = sorted((one[0], other[0])), sorted((one[1], other[1]))
    if min(x1 - x0, y1 - y0) < 1:
        yield _straight(x0, y0, x1, y1)


def _plumbed(path: Path, number: int, height: float) -> list[Rule]:
    """The lines of a page as pdfplumber finds them, in forms too."""
    import pdfplumber  # noqa: PLC0415 -- slow import

    with pdfplumber.open(path, pages=[number]) as document:
        edges = document.pages[0].edges
        return [(edge["x0"], height - edge["bottom"], edge["x1"], height - edge["top"]) for edge in edges]


def grids_of(rules: list[Rule]) -> list[list[Box]]:
    """The cells that the lines enclose, one list for each table; boxes as left, top, right, bottom from the top of the page."""
    from pdfplumber import table as steps  # noqa: PLC0415 -- slow import

    edges = steps.merge_edges([_edge(rule) for rule in rules], TOLERANCE, TOLERANCE, TOLERANCE, TOLERANCE)
    crossings = steps.edges_to_intersections(edges, TOLERANCE, TOLERANCE)
    return [list(cells) for cells in steps.cells_to_tables(steps.intersections_to_cells(crossings))]


def _edge(rule: Rule) -> dict[str, Any]:
    """A line as pdfplumber writes it, y downward (the height of the page does not matter to the grid)."""
    x0, y0, x1, y1 = rule
    level = x1 - x0 >= y1 - y0
    return {
        "x0": x0, "x1": x1, "top": -y1, "bottom": -y0, "width": x1 - x0, "height": y1 - y0,
        "orientation": "h" if level else "v", "object_type": "line",
    }  # fmt: skip


def _is_table(cells: Sequence[Box]) -> bool:
    """Whether the cells stand in two columns at least; a frame around a paragraph or a stamp does not."""
    return len(cells) >= MIN_CELLS and len({round(cell[0]) for cell in cells}) >= MIN_CELLS


def _fill(cells: Sequence[Box], chars: Sequence[tuple[int, Char]], text: PageText) -> PageTable:
    """Give each cell the characters inside it."""
    box = (min(c[0] for c in cells), -max(c[3] for c in cells), max(c[2] for c in cells), -min(c[1] for c in cells))
    lefts, tops = starts_of(cell[0] for cell in cells), starts_of(cell[1] for cell in cells)
    held: dict[Box, list[tuple[int, Char]]] = {cell: [] for cell in cells}
    by_row = sorted(cells, key=lambda cell: cell[1])
    for index, char in chars:
        x, y = (char.x0 + char.x1) / 2, -(char.y + char.size * 0.25)
        if not (box[0] <= x <= box[2] and box[1] <= -y <= box[3]):
            continue
        cell = next((cell for cell in by_row if cell[0] <= x <= cell[2] and cell[1] <= y <= cell[3]), None)
        if cell is not None:
            held[cell].append((index, char))
    placed = [
        CellText(
            row := index_of(tops, cell[1]),
            column := index_of(lefts, cell[0]),
            cell_text(inside, text),
            rows=max(1, index_of(tops, cell[3] - 2 * TOLERANCE) - row + 1),
            columns=max(1, index_of(lefts, cell[2] - 2 * TOLERANCE) - column + 1),
        )
        for cell, inside in held.items()
    ]
    taken = frozenset(index for inside in held.values() for index, _ in inside)
    return PageTable(box, tuple(lefts), tuple(sorted(placed, key=lambda c: (c.row, c.column))), taken)


def starts_of(edges: Iterable[float]) -> list[float]:
    """Where rows or columns begin, edges that nearly meet taken as one."""
    starts: list[float] = []
    for edge in sorted(edges):
        if not starts or edge - starts[-1] > TOLERANCE:
            starts.append(edge)
    return starts


def index_of(starts: Sequence[float], edge: float) -> int:
    """The row or column that begins at ``edge``, or in which it lies."""
    return max(0, bisect_right(starts, edge + TOLERANCE / 2) - 1)


def cell_text(inside: Sequence[tuple[int, Char]], text: PageText) -> str:
    """The characters of a cell as lines, a new one where the base line changes."""
    pieces: list[str] = []
    before: Char | None = None
    for index, char in inside:
        if before is not None and char.sign.strip():
            if abs(char.y - before.y) > max(char.size, before.size) * 0.5:
                pieces.append("\n")
            elif char.x0 - before.x1 > char.size * 0.2 and pieces and pieces[-1].strip():
                pieces.append(" ")
        pieces.append(text.written(index, index + 1))
        before = char if char.sign.strip() else before
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line)
