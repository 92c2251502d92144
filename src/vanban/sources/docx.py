"""Word files: paragraphs and tables in the order of the body, as a reader sees them; the footnotes at the end.

The main part is read as a stream and each block let go once it is read: a file of any size takes little memory.
"""

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import cast

from lxml import etree

from vanban.options import Options
from vanban.reading import MendKind
from vanban.sources.as_written import as_written
from vanban.sources.docx_numbering import Numbering, W, read_numbering
from vanban.sources.docx_package import DocxPackage, damaged_if_broken
from vanban.sources.docx_tables import as_lines, bordered_table_styles, is_layout, read_cells
from vanban.sources.docx_text import PARAGRAPH, PARAGRAPH_STYLE, TABLE, Runs, Style, label_of, mark_is_deleted, read_styles
from vanban.sources.extracted import TextBuilder
from vanban.spans import Span

_BLOCKS = (PARAGRAPH, TABLE)


def read_docx(path: Path, options: Options, on_progress: Callable[[int, int], None]) -> tuple[TextBuilder, int | None]:
    """The text of the body with its tables, then the footnotes and endnotes, each on a line of its own.

    :raises DamagedFileError: a part is missing or broken.
    :raises TooLargeError: it unpacks to more than the limits allow.
    """
    builder = TextBuilder(options)
    with DocxPackage(path, options) as package:
        styles = package.helper("styles.xml")
        body = _Body(builder, read_styles(styles), read_numbering(package.helper("numbering.xml")), bordered_table_styles(styles))
        with damaged_if_broken(), package.stream(package.main) as stream:
            for block in _blocks(stream):
                body.block(block)
        body.finish()
        for part, kind in (("footnotes.xml", "footnote"), ("endnotes.xml", "endnote")):
            notes = package.helper(part)
            if notes is not None:
                body.notes(notes, kind)
    builder.take_back(as_written(builder.text, Span(0, len(builder)), body.older), MendKind.ENCODING)
    on_progress(1, 1)
    return builder, None


def _blocks(stream: object) -> Iterator[etree._Element]:
    """The outermost paragraphs and tables of the body, one at a time."""
    depth = 0
    events = etree.iterparse(
        cast("str", stream),
        events=("start", "end"),
        tag=_BLOCKS,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    for event, element in events:
        if event == "start":
            depth += 1
            continue
        depth -= 1
        if depth == 0:
            yield element
            _let_go(element)


def _let_go(element: etree._Element) -> None:
    """Free a block that was read, and the blocks before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


class _Body:
    """Writes block after block into the builder; keeps what one paragraph leaves for the next."""

    def __init__(self, builder: TextBuilder, styles: dict[str, Style], numbering: Numbering, bordered: frozenset[str]) -> None:
        self._builder = builder
        self._styles = styles
        self._usual = styles.get("", Style())
        self._numbering = numbering
        self._bordered = bordered
        self._note_numbers = count(1)
        self.older: list[tuple[str, str]] = []  # words in fonts of an older encoding, in Unicode and as they stand
        self._runs = Runs()  # open over paragraphs whose end mark was deleted, and for fields that span paragraphs

    def block(self, block: etree._Element) -> None:
        """Write one paragraph or table."""
        if block.tag == TABLE:
            self._table(block)
            return
        for line in self._lines(block):
            self._builder.line(line)

    def finish(self) -> None:
        """Write what a last paragraph without end mark left over."""
        if self._runs.text:
            self._builder.line(self._runs.text)
        self._runs = Runs()

    def notes(self, notes: etree._Element, kind: str) -> None:
        """Write the notes at the foot of the pages or at the end, numbered on from those before."""
        numbers = self._note_numbers
        for note in notes.iterfind(f"{W}{kind}"):
            if note.get(f"{W}type") in {None, "normal"}:
                text = " ".join(" ".join(self._inside(note)).split())
                if text:
                    self._builder.line(f"[{next(numbers)}] {text}")

    def _lines(self, paragraph: etree._Element) -> Iterator[str]:
        """The paragraph with its label (nothing where it runs on into the next), then its text boxes."""
        properties = paragraph.find(PARAGRAPH_STYLE)
        runs = self._runs
        runs.font, runs.older = self._font(properties), self.older
        runs.visit(paragraph)
        if mark_is_deleted(properties):
            return
        self._runs = Runs(fields=runs.fields)
        if self._is_contents(properties):
            return
        label = label_of(properties, self._styles, self._numbering)
        text = runs.text
        yield f"{label} {text.lstrip()}" if label and text.strip() else text
        for box in runs.boxes:
            yield from (line for line in self._inside(box) if line.strip())

    def _font(self, properties: etree._Element | None) -> str:
        """The font of the runs that name none: that of the paragraph's style."""
        style = None if properties is None else properties.find(f"{W}pStyle")
        return self._styles.get("" if style is None else style.get(f"{W}val", ""), self._usual).font

    def _is_contents(self, properties: etree._Element | None) -> bool:
        """Whether it is a line of a generated table of contents, which only repeats the headings."""
        style = None if properties is None else properties.find(f"{W}pStyle")
        return style is not None and self._styles.get(style.get(f"{W}val", ""), Style()).contents

    def _inside(self, holder: etree._Element) -> Iterator[str]:
        """The lines of all blocks inside a cell, a text box or a note; an inner table row by row."""
        for child in holder:
            if child.tag == PARAGRAPH:
                yield from self._lines(child)
            elif child.tag == TABLE:
                cells = read_cells(child, self._cell_text)
                for row in sorted({cell.row for cell in cells}):
                    yield " ".join(cell.text for cell in cells if cell.row == row)
            else:
                yield from self._inside(child)

    def _cell_text(self, cell: etree._Element) -> str:
        return "\n".join(self._inside(cell)).replace("\t", " ").strip()

    def _table(self, table: etree._Element) -> None:
        """Write a table: a frame of one cell as the blocks inside it, a layout as lines, any other row by row."""
        only = _only_cell(table)
        if only is not None:
            self._blocks_of(only)
            return
        cells = read_cells(table, self._cell_text)
        layout = is_layout(table, cells, self._bordered)
        self._builder.table(as_lines(cells) if layout else cells, layout=layout)

    def _blocks_of(self, holder: etree._Element) -> None:
        for child in holder:
            if child.tag in _BLOCKS:
                self.block(child)
            else:
                self._blocks_of(child)


def _only_cell(table: etree._Element) -> etree._Element | None:
    """The cell of a table that has no other."""
    cells = [cell for cell in table.iter(f"{W}tc") if next(cell.iterancestors(TABLE)) is table]
    return cells[0] if len(cells) == 1 else None
