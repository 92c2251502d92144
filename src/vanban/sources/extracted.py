"""What a file gives: its raw text, and where its pages and tables stand in it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from vanban.options import Options
from vanban.reading import Cell, Mend, MendKind, Page, PageDecision, Table, TextOrigin
from vanban.sources.limits import check_characters
from vanban.spans import Edit, OffsetMap, Span, rewrite


@dataclass(frozen=True, slots=True)
class Extracted:
    """The text as taken from the file, tables included in reading order; pages and tables are spans into it.

    ``page_count`` is None where the kind of file has no pages of its own (text, Word). ``unread_pages``: the pages of a
    mixed file that hold a picture or a broken text layer, and are missing from ``raw``. ``mends``: what the source already
    knows to be wrong in ``raw`` (a converted encoding, the better of two readings of an image), spans into ``raw``, in order.
    """

    raw: str
    pages: tuple[Page, ...]
    tables: tuple[Table, ...]
    media_type: str
    page_count: int | None
    sha256: str
    unread_pages: tuple[int, ...] = ()
    mends: tuple[Mend, ...] = ()

    @property
    def text_origin(self) -> TextOrigin:
        """The page images where one was read, a mended layer where signs were changed, else the file's own text."""
        if any(page.decision is PageDecision.IMAGE for page in self.pages):
            return TextOrigin.OCR
        changed = any(mend.confidence < 1 for mend in self.mends)  # a look-alike letter changes nothing that is seen
        return TextOrigin.RESTORED if changed else TextOrigin.DIGITAL


@dataclass(frozen=True, slots=True)
class CellText:
    """A cell before its text has a place: row and column from 0, how many it covers, what it says."""

    row: int
    column: int
    text: str
    rows: int = 1
    columns: int = 1


class TextBuilder:
    """Puts a document's text together piece by piece, and notes where each page and table comes to stand."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._pieces: list[str] = []
        self._length = 0
        self.pages: list[Page] = []
        self.tables: list[Table] = []
        self.unread: tuple[int, ...] = ()
        self.mends: list[Mend] = []

    def __len__(self) -> int:
        return self._length

    @property
    def text(self) -> str:
        """Everything that was added."""
        return "".join(self._pieces)

    def add(self, text: str) -> Span:
        """Append ``text`` as it stands; give its place.

        :raises TooLargeError: the whole is now over ``options.max_text_characters``.
        """
        start = self._length
        self._pieces.append(text)
        self._length += len(text)
        check_characters(self._length, self._options)
        return Span(start, self._length)

    def take_back(self, mends: Iterable[tuple[Span, str, float]], kind: MendKind) -> None:
        """Put into the text what the file has, where better is known: for each (place, what the file has, confidence) a mend.

        Until now the text held what the file means; the places come in order. Pages, tables and earlier mends keep their stretches.
        """
        read = self.text
        self.state_as_seen([Mend(span, was, span.of(read), kind, sure) for span, was, sure in mends])

    def state_as_seen(self, mends: Iterable[Mend]) -> None:
        """Likewise for mends whose places are those of ``now``, in order."""
        held = list(mends)
        if not held:
            return
        raw, offsets = rewrite(self.text, [Edit(mend.span, mend.was) for mend in held])
        self._pieces, self._length = [raw], len(raw)
        moved = [replace(mend, span=offsets.to_new(mend.span)) for mend in (*self.mends, *held)]
        self.mends = sorted(moved, key=lambda mend: mend.span)
        self.pages = [moved_page(page, offsets) for page in self.pages]
        self.tables = [moved_table(table, offsets) for table in self.tables]

    def line(self, text: str) -> Span:
        """Append ``text`` and a line end; give the place of the text alone."""
        span = self.add(text)
        self.add("\n")
        return span

    def table(self, cells: Iterable[CellText], *, layout: bool = False, page: int | None = None) -> None:
        """Append a table in the order of ``cells``, a tab between those of a row (a line end where it is only ``layout``)."""
        start = self._length
        placed: list[Cell] = []
        row = -1
        for cell in cells:
            if placed:
                self.add("\n" if layout or cell.row != row else "\t")
            row = cell.row
            placed.append(Cell(cell.row, cell.column, self.add(cell.text), cell.rows, cell.columns))
        if not placed:
            return
        self.tables.append(Table(tuple(placed), Span(start, self._length), page, layout))
        self.add("\n")


def moved_table(table: Table, offsets: OffsetMap) -> Table:
    """``table`` with its places carried over to the rewritten text."""
    cells: tuple[Cell, ...] = tuple(replace(cell, span=offsets.to_new(cell.span)) for cell in table.cells)
    return replace(table, cells=cells, span=offsets.to_new(table.span))


def moved_page(page: Page, offsets: OffsetMap) -> Page:
    """``page`` with its place and its words' places carried over to the rewritten text."""
    words = tuple(replace(word, span=offsets.to_new(word.span)) for word in page.words)
    return replace(page, span=offsets.to_new(page.span), words=words)
