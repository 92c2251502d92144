"""Tables of a page image as those of a PDF's page, with the place of each word, among the page's lines."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from vanban.sources.extracted import CellText
from vanban.sources.images.grid import Grid, GridCell
from vanban.sources.images.lines import PlacedWord, SeenLine, line_of
from vanban.sources.images.recognise import PageSeen
from vanban.sources.images.tables import by_cell
from vanban.sources.pdf_page import Line
from vanban.sources.pdf_tables import PageTable
from vanban.text.restore.readings import ReadWord

NO_TABLE = PageTable((0, 0, 0, 0), (), (), frozenset())


@dataclass(frozen=True, slots=True)
class SeenCell(CellText):
    """A cell that was read from an image. ``words``: each with the number of its page, places in the cell's text."""

    words: tuple[tuple[int, PlacedWord], ...] = ()


@dataclass(frozen=True, slots=True)
class TableLine(Line):
    """A table that stands among the lines of a page, in place of a line without text."""

    table: PageTable = NO_TABLE


def with_tables(lines: Sequence[Line], words: Sequence[ReadWord], seen: PageSeen, height: float, number: int) -> list[Line]:
    """The lines of page ``number``, ``height`` points high, with its tables after what stands above them."""
    whole: list[Line] = list(lines)
    cells = by_cell(words, seen.tables, seen.size[0])
    for index, grid in reversed(list(enumerate(seen.tables.grids))):
        inside = {cell: held for (table, cell), held in cells.items() if table == index}
        if inside:
            table = _table(grid, inside, seen, height, number)
            above = [at for at, line in enumerate(lines) if line.y > table.box[3]]
            whole.insert(above[-1] + 1 if above else 0, TableLine("", table.box[0], table.box[2], height / 2, 0, 0, 0, table))
    return whole


def _table(grid: Grid, inside: dict[GridCell, list[ReadWord]], seen: PageSeen, height: float, number: int) -> PageTable:
    scale = height / seen.size[0]
    left, top, right, bottom = (edge * scale for edge in grid.box)
    cells = tuple(_cell(cell, inside.get(cell, ()), seen, height, number) for cell in grid.cells)
    return PageTable((left, height - bottom, right, height - top), tuple(edge * scale for edge in grid.lefts), cells, frozenset())


def _cell(cell: GridCell, words: Sequence[ReadWord], seen: PageSeen, height: float, number: int) -> SeenCell:
    text = ""
    placed: list[tuple[int, PlacedWord]] = []
    for line in _lines(words, seen, height):
        start = len(text) + bool(text)
        text = f"{text}\n{line.text}" if text else line.text
        placed.extend((number, moved(word, start)) for word in line.words)
    return SeenCell(cell.row, cell.column, text, cell.rows, cell.columns, tuple(placed))


def moved(word: PlacedWord, by: int) -> PlacedWord:
    """A word whose line stands further on by so many characters."""
    return replace(word, start=word.start + by, end=word.end + by)


def _lines(words: Sequence[ReadWord], seen: PageSeen, height: float) -> list[SeenLine]:
    """The words of a cell line by line, as they were read."""
    lines: dict[tuple[int, int, int], list[ReadWord]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word)
    return [line_of(line, seen, height) for line in lines.values()]
