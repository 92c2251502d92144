"""Pages of lines and tables → one flow: a table that a page break cuts is one table again."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from vanban.reading import Mend, Page, WordBox
from vanban.sources.extracted import CellText, TextBuilder
from vanban.sources.images.lines import PlacedWord, SeenLine
from vanban.sources.images.table_lines import SeenCell, TableLine, moved
from vanban.sources.pdf_order import is_inside
from vanban.sources.pdf_page import Line
from vanban.sources.pdf_tables import PageTable
from vanban.spans import Span

COLUMN_SLACK = 6.0  # points by which the columns of two halves of a table may differ
MAX_HEADER_ROWS = 3
ALIKE = 0.88  # of the letters of two header rows that were read from images
MAX_NOTE_LINES = 8
_NOTE = re.compile(r"\s*(?:\d{1,2}|[°º*'’\"”¹²³⁴-⁹]{1,2})\s+[^\W\d_]")  # a raised figure, which an image may give as a sign
MIN_INDENT, MAX_INDENT = 3, 60  # spaces
_SENTENCE_END = (".", ";", ":", "!", "?", "/")


@dataclass(slots=True)
class FlowTable:
    """A table under way: its columns' left edges and its right edge, its cells so far, the page that each row stands on."""

    columns: tuple[float, ...]
    right: float
    cells: list[CellText]
    pages: dict[int, int]

    @property
    def rows(self) -> int:
        return 1 + max(cell.row + cell.rows - 1 for cell in self.cells)


@dataclass(frozen=True, slots=True)
class FlowLine:
    """A line of text and the page it stands on."""

    page: int
    text: str
    words: tuple[PlacedWord, ...] = ()


Flow = list[FlowLine | FlowTable]


def blocks_of(lines: Sequence[Line], tables: Sequence[PageTable]) -> list[Line | PageTable]:
    """The lines outside the tables, with each table where its first character stood in the content."""
    taken = frozenset[int]().union(*(table.chars for table in tables))
    if not taken:
        return list(lines)
    order = {line.first: place for place, line in enumerate(lines)}
    placed: list[tuple[float, Line | PageTable]] = [(order[line.first], line) for line in lines if not is_inside(line, taken)]
    for table in tables:
        inside = [order[line.first] for line in lines if any(index in table.chars for index in range(line.first, line.last))]
        placed.append((min(inside, default=len(lines)) - 0.5, table))
    return [block for _, block in sorted(placed, key=lambda item: item[0])]


def flow_of(pages: Sequence[tuple[int, Sequence[Line | PageTable]]]) -> Flow:
    """All pages as one flow, tables joined over page breaks where nothing stands between their halves."""
    flow: Flow = []
    for number, blocks in pages:
        margin = _margin([block for block in blocks if isinstance(block, Line) and not isinstance(block, TableLine)])
        for place, block in enumerate(blocks):
            if isinstance(block, TableLine):
                block = block.table  # noqa: PLW2901 -- the table that stands there
            if isinstance(block, Line):
                flow.append(_flow_line(number, block, _indent(block, margin)))
                continue
            last = _cut_table(flow) if place == 0 else None
            if last is not None and _continues(last, block):
                _append(last, block, number)
            else:
                flow.append(FlowTable(block.columns, block.box[2], list(block.cells), {cell.row: number for cell in block.cells}))
    return flow


def _cut_table(flow: Flow) -> FlowTable | None:
    """The table at the end of the flow, with no more than notes to it under it (a page's layer tells them apart by itself)."""
    notes = 0
    while notes < len(flow) and isinstance(line := flow[-1 - notes], FlowLine) and line.words and notes <= MAX_NOTE_LINES:
        notes += 1
    last = flow[-1 - notes] if notes < len(flow) else None
    first = flow[-notes] if notes else None
    if isinstance(first, FlowLine) and not _NOTE.match(first.text):
        return None
    return last if isinstance(last, FlowTable) else None


def _flow_line(number: int, line: Line, indent: int) -> FlowLine:
    words = line.words if isinstance(line, SeenLine) else ()
    moved = tuple(replace(word, start=word.start + indent, end=word.end + indent) for word in words)
    return FlowLine(number, " " * indent + line.text, moved)


def _margin(lines: Sequence[Line]) -> float:
    """Where most lines of the page begin: a paragraph's second line, not its first."""
    counts = Counter(round(line.x0) for line in lines)
    return float(max(counts, key=lambda x: (counts[x], -x))) if counts else 0.0


def _indent(line: Line, margin: float) -> int:
    """How many spaces stand for the indent of the line, by which the first line of a paragraph is known."""
    spaces = round((line.x0 - margin) / (0.5 * line.size)) if line.size > 0 else 0
    return spaces if MIN_INDENT <= spaces <= MAX_INDENT else 0


def _continues(table: FlowTable, more: PageTable) -> bool:
    """Whether ``more`` has the edges of ``table``, and no column that ``table`` has not."""
    return abs(table.right - more.box[2]) <= COLUMN_SLACK and all(_near(table.columns, left) is not None for left in more.columns)


def _near(columns: Sequence[float], left: float) -> int | None:
    """The index of the column that begins at ``left``."""
    return next((index for index, column in enumerate(columns) if abs(column - left) <= COLUMN_SLACK), None)


def _in_columns_of(table: FlowTable, more: PageTable) -> list[CellText]:
    """The cells of ``more`` by the columns of ``table``, of which ``more`` may have merged some."""
    starts = [_near(table.columns, left) or 0 for left in more.columns] + [len(table.columns)]
    return [
        replace(
            cell,
            column=starts[cell.column],
            columns=starts[min(cell.column + cell.columns, len(starts) - 1)] - starts[cell.column],
        )
        for cell in more.cells
    ]


def _append(table: FlowTable, more: PageTable, page: int) -> None:
    """Put the rows of ``more`` under those of ``table``, without its repeated header; a cut row is mended."""
    cells = _in_columns_of(table, more)
    skip = _repeated_rows(table.cells, cells)
    rows = table.rows
    fresh = [replace(cell, row=cell.row - skip) for cell in cells if cell.row >= skip]
    if fresh and _is_cut_row(table, fresh):
        _mend(table, [cell for cell in fresh if cell.row == 0])
        fresh = [replace(cell, row=cell.row - 1) for cell in fresh if cell.row > 0]
    for cell in fresh:
        table.cells.append(replace(cell, row=cell.row + rows))
        table.pages.setdefault(cell.row + rows, page)


def _row(cells: Sequence[CellText], row: int) -> dict[int, str]:
    return {cell.column: " ".join(cell.text.split()) for cell in cells if cell.row == row}


def _repeated_rows(cells: Sequence[CellText], more: Sequence[CellText]) -> int:
    """How many rows at the head of ``more`` repeat those at the head of ``cells``."""
    count = 0
    while count < MAX_HEADER_ROWS:
        row = _row(more, count)
        if not any(row.values()) or not _is_same(row, _row(cells, count), seen=isinstance(more[0], SeenCell)):
            break
        count += 1
    return count


def _is_same(row: dict[int, str], first: dict[int, str], *, seen: bool) -> bool:
    """Whether two rows say the same; where they were read from images, but for a letter here and there."""
    if not seen or row.keys() != first.keys():
        return row == first
    one, other = ("\n".join(said[column] for column in sorted(said)).casefold() for said in (row, first))
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= ALIKE


def _is_cut_row(table: FlowTable, fresh: Sequence[CellText]) -> bool:
    """Whether the first row after the break goes on with the last one before it.

    Its first cell (the row's number) is empty while that of the last row is not, and another cell is empty too or
    begins in the middle of a sentence.
    """
    first, last = _row(fresh, 0), _row([replace(c, row=c.row + c.rows - 1) for c in table.cells], table.rows - 1)
    if first.get(0, "-") or not last.get(0) or first.keys() != last.keys() or not any(first.values()):
        return False
    if any(not text for column, text in first.items() if column > 0):
        return True
    return any(text[:1].islower() and not last[column].endswith(_SENTENCE_END) for column, text in first.items() if text)


def _mend(table: FlowTable, pieces: Sequence[CellText]) -> None:
    """Put what stands after the break under what stands before it; a cell merged downward reaches as far as both say."""
    more = {cell.column: cell for cell in pieces}
    last = table.rows - 1
    for index, cell in enumerate(table.cells):
        piece = more.get(cell.column)
        if piece is not None and cell.row + cell.rows - 1 == last:
            text = f"{cell.text}\n{piece.text}".strip()
            whole = replace(cell, text=text, rows=cell.rows + piece.rows - 1)
            if isinstance(whole, SeenCell) and isinstance(piece, SeenCell):
                start = len(cell.text) + 1 if cell.text else 0
                whole = replace(whole, words=(*whole.words, *((page, moved(word, start)) for page, word in piece.words)))
            table.cells[index] = whole


def write(flow: Flow, builder: TextBuilder, page_count: int) -> None:
    """Write the flow into the builder and note where each page begins."""
    starts: dict[int, int] = {}
    words: dict[int, list[WordBox]] = {}
    mends: list[Mend] = []

    def place(text: str, at: int, held: Iterable[tuple[int, PlacedWord]]) -> None:
        for page, word in held:
            span = Span(at + word.start, at + word.end)
            words.setdefault(page, []).append(WordBox(span, word.box))
            if word.was is not None:
                mends.append(Mend(span, word.was, text[word.start : word.end], word.kind, word.confidence))

    for block in flow:
        if isinstance(block, FlowLine):
            starts.setdefault(block.page, len(builder))
            at = builder.line(block.text).start
            place(block.text, at, ((block.page, word) for word in block.words))
            continue
        builder.table(block.cells, page=min(block.pages.values()))
        for cell, said in zip(builder.tables[-1].cells, block.cells, strict=True):
            if isinstance(said, SeenCell):
                place(said.text, cell.span.start, said.words)
            page = block.pages.get(cell.row)
            if page is not None:
                starts.setdefault(page, cell.span.start)
    end = len(builder)
    for number in range(page_count, 0, -1):
        start = min(starts.get(number, end), end)
        builder.pages.insert(0, Page(number, Span(start, end), words=tuple(words.get(number, ()))))
        end = start
    builder.state_as_seen(mends)
