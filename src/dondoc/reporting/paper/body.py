"""The sections of the report with their paragraphs, tables and charts; wide tables go to an appendix."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Literal, cast

from dondoc.common.official import (
    Appendix,
    Band,
    Block,
    Column,
    Heading,
    Paragraph,
    Picture,
    Rich,
    Row,
    Span,
    Table,
    missing,
)
from dondoc.common.official.words import roman
from dondoc.reporting.enums import BlockKind
from dondoc.reporting.models import Block as DraftBlock
from dondoc.reporting.paper.charts import picture_of
from dondoc.reporting.paper.gaps import nothing_in
from dondoc.reporting.paper.material import Material
from dondoc.reporting.paper.notes import Notes
from dondoc.reporting.queries.charts import chart_of
from dondoc.reporting.queries.printing import Piece, ShownTable, TableRow, keys_of, line_of, named, owing_in, table_of, table_with
from dondoc.reporting.rules.charts import Chart
from dondoc.reporting.rules.templates import SectionFacts, TableFacts

WIDE = 4
"""So many columns of figures fit an upright page."""

DRAWN = "Biểu đồ."
_SIGNS = {"-": "không có", "x": "không áp dụng", "…": "chưa có số liệu"}


class Body:
    """Lays out the text, and the appendices that it speaks of. ``notes``: where there is an annex of sources."""

    def __init__(self, material: Material, notes: Notes | None = None) -> None:
        self.material = material
        self.notes = notes
        self.appendices: list[Appendix] = []
        self.charts = 0
        self.blocks = tuple(block for section in material.sections for block in self.section(section))

    def section(self, section: SectionFacts) -> Iterator[Block]:
        yield Heading(cast(Literal[0, 1, 2, 3], section.level), section.heading)
        held = self.material.blocks.get(section.code, ())
        if section.asks and not held:
            yield Paragraph(nothing_in(section))
        for block in held:
            yield from self._block(block, section)

    def _block(self, block: DraftBlock, section: SectionFacts) -> Iterator[Block]:
        if table := table_of(block, self.material.sources):
            yield from self._table(block, table, section)
        elif chart := chart_of(block, self.material.sources, self.material.known):
            yield self._chart(block, chart, section)
        else:
            lines = _ended(self._lines(block, section)) if block.kind == BlockKind.PASSAGE else self._lines(block, section)
            note = self.notes.of_passage(block, section) if self.notes is not None and lines else None
            yield from map(Paragraph, [*lines[:-1], _noted(lines[-1], note)] if lines else ())

    def _lines(self, block: DraftBlock, section: SectionFacts) -> list[tuple[Span, ...]]:
        return [
            tuple(span for piece in line_of(line.strip(), self.material.known) for span in self._spans(piece, section))
            for line in block.text.splitlines()
            if line.strip()
        ]

    def _spans(self, piece: Piece, section: SectionFacts) -> Iterator[Span]:
        yield Span(piece.text)
        yield from self._note([piece.key] if piece.key else [], section)

    def _note(self, keys: Iterable[str], section: SectionFacts) -> tuple[Span, ...]:
        """The number under which the annex tells of one indicator's figures."""
        numbers = [self.notes.of_figure(self.material.known[key], section) for key in keys] if self.notes is not None else []
        return _raised(numbers[0]) if numbers else ()

    def _caption(self, block: DraftBlock, section: SectionFacts) -> tuple[Span, ...]:
        return tuple(span for line in self._lines(block, section) for span in line)

    def _table(self, block: DraftBlock, table: TableFacts, section: SectionFacts) -> Iterator[Block]:
        caption = self._caption(block, section)
        shown = table_with(table, self.material.known)
        wide = len(shown.columns) > WIDE
        rows = tuple(self._row(row, section) for row in shown.rows)
        content = (Table(_columns(shown, wide=wide), rows), *self._below(shown))
        if wide:
            title = "".join(span.text for span in caption if not span.raised)
            self.appendices.append(Appendix(title, content, landscape=True))
            yield Paragraph((Span(f"(Chi tiết tại {self._appendix_name()}: {title}.)", italic=True),))
        else:
            yield Paragraph(_bold(caption), centred=True)
            yield from content

    def _appendix_name(self) -> str:
        """``Phụ lục II``; of one alone without a number, as the paper has it."""
        tables = (table_of(block, self.material.sources) for held in self.material.blocks.values() for block in held)
        wide = sum(1 for table in tables if table and len(keys_of(table)) > WIDE)
        alone = wide + (self.notes is not None) == 1
        return "Phụ lục" if alone else f"Phụ lục {roman(len(self.appendices))}"

    def _row(self, row: TableRow, section: SectionFacts) -> Row | Band:
        if not row.code:
            return Band(row.words)
        note = self._note([cell.key for cell in row.cells if cell.key], section)
        name: Rich = (Span(row.words), *note) if note else row.words
        return (row.code, name, row.measure, *(cell.text for cell in row.cells))

    def _below(self, shown: ShownTable) -> Iterator[Block]:
        """What the signs say, and who owes what is missing."""
        cells = [cell for row in shown.rows for cell in row.cells]
        signs = [f"{sign} {words}" for sign, words in _SIGNS.items() if sign in {cell.text for cell in cells}]
        if signs:
            yield Paragraph((Span(f"Ghi chú: {'; '.join(signs)}.", italic=True),))
        if owing := owing_in(shown, self.material.known):
            yield Paragraph(missing(named(owing)))

    def _chart(self, block: DraftBlock, chart: Chart, section: SectionFacts) -> Picture:
        self.charts += 1
        caption = self._caption(block, section)
        first = Span(caption[0].text.replace(DRAWN, f"Biểu đồ {self.charts}.", 1)) if caption else Span(chart.title)
        note = self._note([bar.key for bar in chart.bars], section)
        return Picture(picture_of(chart), chart.words, caption=_bold((first, *caption[1:], *note)))


def _columns(shown: ShownTable, *, wide: bool) -> tuple[Column, ...]:
    name, measure = (0.34, 0.1) if wide else (0.38, 0.13)
    share = (1 - 0.08 - name - measure) / len(shown.columns)
    figures = (Column(words, share, "right") for words in shown.columns)
    return (Column("Mã", 0.08), Column("Chỉ tiêu", name), Column("Đơn vị tính", measure, "centre"), *figures)


def _raised(number: int | None) -> tuple[Span, ...]:
    return (Span(f"[{number}]", raised=True),) if number else ()


def _ended(lines: list[tuple[Span, ...]]) -> list[tuple[Span, ...]]:
    """What was one clause of a unit's sentence ends with a full stop where it stands alone."""
    if not lines or lines[-1][-1].text.rstrip()[-1:] not in {";", ","}:
        return lines
    *first, last = lines[-1]
    return [*lines[:-1], (*first, replace(last, text=f"{last.text.rstrip(' ;,')}."))]


def _noted(line: tuple[Span, ...], number: int | None) -> tuple[Span, ...]:
    """The number stands before the mark that ends the line: behind it, some programs would break the line between the two."""
    *first, last = line
    bare = last.text.rstrip(" .;,:")
    return (*first, replace(last, text=bare), *_raised(number), replace(last, text=last.text[len(bare) :])) if number else line


def _bold(spans: Iterable[Span]) -> tuple[Span, ...]:
    return tuple(Span(span.text, bold=not span.raised, raised=span.raised) for span in spans)
