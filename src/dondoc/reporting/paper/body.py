"""The sections of the report with their paragraphs, tables and charts; wide tables go to an appendix."""

from collections.abc import Iterator
from typing import Literal, cast

from dondoc.common.official import Appendix, Band, Block, Column, Heading, Paragraph, Row, Span, Table, missing, unwritten
from dondoc.reporting.enums import BlockKind
from dondoc.reporting.models import Block as DraftBlock
from dondoc.reporting.paper.material import Material
from dondoc.reporting.queries.printing import ShownTable, line_of, named, table_of, table_with
from dondoc.reporting.rules.templates import SectionFacts, TableFacts

WIDE = 4
"""So many columns of figures fit an upright page."""

_SIGNS = {"-": "không có", "x": "không áp dụng", "…": "chưa có số liệu"}


class Body:
    """Collects the blocks of the text, and the appendices that it speaks of."""

    def __init__(self, material: Material) -> None:
        self.material = material
        self.blocks: list[Block] = []
        self.appendices: list[Appendix] = []

    def write(self) -> None:
        for section in self.material.sections:
            self.blocks.append(Heading(cast(Literal[0, 1, 2, 3], section.level), section.heading))
            self.blocks += self._section(section)

    def _section(self, section: SectionFacts) -> Iterator[Block]:
        held = self.material.blocks.get(section.code, ())
        if section.asks and not held:
            yield Paragraph(unwritten(f"mục {section.code}"))
        for block in held:
            table = table_of(block, self.material.sources)
            if table:
                yield from self._table(block, table)
            elif block.kind != BlockKind.CHART:
                yield from (Paragraph(line) for line in self._lines(block))

    def _lines(self, block: DraftBlock) -> Iterator[tuple[Span, ...]]:
        for line in block.text.splitlines():
            if line.strip():
                yield tuple(Span(piece.text) for piece in line_of(line.strip(), self.material.known))

    def _table(self, block: DraftBlock, table: TableFacts) -> Iterator[Block]:
        caption = "".join(span.text for line in self._lines(block) for span in line)
        shown = table_with(table, self.material.known)
        wide = len(shown.columns) > WIDE
        content = (*table_blocks(shown, wide=wide), *self._notes(shown))
        if wide:
            self.appendices.append(Appendix(caption, content, landscape=True))
            yield Paragraph(f"({caption}: phụ lục kèm theo)")
        else:
            yield Paragraph((Span(caption, bold=True),), centred=True)
            yield from content

    def _notes(self, shown: ShownTable) -> Iterator[Block]:
        """What the signs say, and who owes what is missing."""
        texts = {cell.text for row in shown.rows for cell in row.cells}
        signs = "; ".join(f"{sign} {words}" for sign, words in _SIGNS.items() if sign in texts)
        if signs:
            yield Paragraph((Span(f"Ghi chú: {signs}.", italic=True),))
        owing = [name for row in shown.rows for cell in row.cells if cell.missing for name in self.material.known[cell.key].owing]
        if owing:
            yield Paragraph(missing(named(list(dict.fromkeys(owing)))))


def table_blocks(shown: ShownTable, *, wide: bool) -> Iterator[Table]:
    name, measure = (0.34, 0.1) if wide else (0.38, 0.13)
    share = (1 - 0.08 - name - measure) / len(shown.columns)
    columns = (
        Column("Mã", 0.08),
        Column("Chỉ tiêu", name),
        Column("Đơn vị tính", measure, "centre"),
        *(Column(words, share, "right") for words in shown.columns),
    )
    yield Table(columns, tuple(_rows(shown)))


def _rows(shown: ShownTable) -> Iterator[Row | Band]:
    for row in shown.rows:
        if row.code:
            yield (row.code, row.words, row.measure, *(cell.text for cell in row.cells))
        else:
            yield Band(row.words)
