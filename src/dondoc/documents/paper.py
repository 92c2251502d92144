"""The text of a reading set as paper: letterhead, headings, paragraphs, tables, signature, with the places of items marked.

Whatever is printed of the text stands in an element that says where it begins (``data-s``) and holds exactly those
characters, so that a selection in the browser leads back to a place in the text.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.utils.safestring import SafeString, mark_safe

from dondoc.documents.columns import Layout, Place, bodies, ending, is_day, letterhead, trimmed
from dondoc.documents.runs import Mark, Mended, Runs

if TYPE_CHECKING:
    from dondoc.documents.models import DocumentReading

HEADING_LENGTH = 170
TITLE_LENGTH = 70
NAME_LENGTH = 90
STAR = "*"
RECIPIENTS = "nơi nhận"
DRAWN = "_-–—. *\n"


@dataclass(frozen=True, slots=True)
class _Block:
    start: int
    end: int
    kind: str
    level: int


class Paper:
    """Sets one reading; ``selected``: the item whose passage is shown; ``mended``: what was rewritten."""

    def __init__(
        self, reading: "DocumentReading", marks: Iterable[Mark], selected: int | None = None, mended: Iterable[Mended] = ()
    ) -> None:
        self._text = reading.text
        self._runs = Runs(reading.text, marks, selected, mended)
        self._tables: list[dict[str, Any]] = [table for table in reading.tables if not table.get("layout")]
        self._layout = Layout(reading.tables)
        self._table_starts = [table["span"][0] for table in self._tables]
        self._pages: list[dict[str, Any]] = list(reading.pages)[1:]
        self._blocks = [_Block(*block) for block in reading.blocks] or list(_paragraphs(reading.text))

    def html(self) -> SafeString:
        """The whole paper. Every character of the text was escaped on its way."""
        head, rest = self._head()
        tail = self._tail(rest)
        body = rest[: len(rest) - len(tail)]
        pieces = [self._letterhead(_places(head)), *self._flow(body), self._signature(tail)]
        return mark_safe("".join(pieces))  # noqa: S308

    def _head(self) -> tuple[list[_Block], list[_Block]]:
        """The furniture that the text begins with, and the rest."""
        count = next((i for i, block in enumerate(self._blocks) if block.kind != "furniture"), len(self._blocks))
        return self._blocks[:count], self._blocks[count:]

    @staticmethod
    def _tail(blocks: list[_Block]) -> list[_Block]:
        """The furniture that it ends with: recipients and signature."""
        count = next((i for i, block in enumerate(reversed(blocks)) if block.kind != "furniture"), len(blocks))
        return blocks[len(blocks) - count :] if count else []

    # Furniture

    def _letterhead(self, head: list[Place]) -> str:
        """Issuer and number on the left, motto and day on the right; type, subject and addressees below them."""
        found = letterhead(self._text, head, self._layout)
        above, issuer, more = bodies(self._text, found.left)
        left = (
            self._lines(above, "up")
            + self._lines(issuer, "cq")
            + "".join(self._line(place, self._below(place)) for place in more)
        )
        right = "".join(self._line(place, "qh no" if is_day(self._of(place)) else "qh") for place in found.right)
        columns = [f"<div>{column}</div>" for column in (left, right) if column]
        both = f'<div class="dh{"" if len(columns) > 1 else " one"}">{"".join(columns)}</div>' if columns else ""
        below = self._lines(found.titles, "ct") + self._lines(found.opening, "")
        return both + below + self._lines(found.addressed, "to", "ti")

    def _below(self, place: Place) -> str:
        """Number and subject; the room left for a number that is still to come is kept."""
        return "cq no" if "\n" in self._of(place) else "cq no to-fill"

    def _lines(self, places: Iterable[Place], css: str, then: str = "") -> str:
        """A paragraph a line; ``then``: the look of those after the first. Lines that only draw a rule are left out."""
        pieces: list[str] = []
        for place in places:
            pieces.append(self._line(place, then if then and pieces else css))
        return "".join(pieces)

    def _line(self, place: Place, css: str) -> str:
        words = self._of(place).strip()
        if not words.strip(DRAWN):
            return f'<p class="star" data-s="{place[0]}">{self._runs.html(*place)}</p>' if words == STAR else ""
        return self._p(place, css)

    def _signature(self, tail: list[_Block]) -> str:
        if not tail:
            return ""
        found = ending(self._text, _places(tail), self._layout, NAME_LENGTH)
        left = self._lines(found.left, "nn")
        right = "".join(self._line(place, self._signed(place)) for place in found.right)
        below = self._lines(found.notes, "fn") + self._letterhead(found.after)
        return f'<div class="sg"><div>{left}</div><div>{right}</div></div>{below}'

    def _signed(self, place: Place) -> str:
        """Whoever signs stands below the room for the signature."""
        words = self._of(place)
        return "kt" if words.isupper() or _has_digit(words) else "kt ten"

    # Body

    def _flow(self, blocks: list[_Block]) -> Iterator[str]:
        """Paragraphs and tables in order, with a line where a new page of the file begins."""
        tables, pages = list(self._tables), list(self._pages)
        ends = self._ends_inside(blocks)
        gathered = {block.start for run in ends.values() for block in run}
        for block in blocks:
            while pages and pages[0]["span"][0] <= block.start:
                number = int(pages.pop(0)["number"])
                yield f'<div class="pb" data-page="{number}">Trang {number}</div>'
            while tables and tables[0]["span"][0] <= block.start:
                yield self._table(tables.pop(0))
            if block.start in ends:
                yield self._signature(ends[block.start])
            elif block.start not in gathered and not self._in_table(block):
                yield self._paragraph(block)
        for table in tables:
            yield self._table(table)

    def _ends_inside(self, blocks: list[_Block]) -> dict[int, list[_Block]]:
        """Signatures before an appendix, by where each begins."""
        runs = [list(run) for kind, run in groupby(blocks, key=lambda block: block.kind) if kind == "furniture"]
        return {run[0].start: run for run in runs if self._of((run[0].start, run[0].end)).casefold().startswith(RECIPIENTS)}

    def _in_table(self, block: _Block) -> bool:
        index = bisect_right(self._table_starts, block.start) - 1
        return index >= 0 and block.start < self._tables[index]["span"][1]

    def _paragraph(self, block: _Block) -> str:
        place = (block.start, block.end)
        words = self._of(place)
        if not words.strip(DRAWN):
            return ""
        if block.kind in {"heading", "appendix"} and _is_heading(words, block.level):
            return self._p(place, f"h h{min(block.level, 3)}" if block.kind == "heading" else "ct")
        if block.kind == "note":
            return self._p(place, "fn")
        if block.kind == "plain" and words.strip().isupper() and len(words) < TITLE_LENGTH:
            return self._p(place, "ct")
        return self._p(place, f"l{min(block.level, 4)}" if block.kind == "bullet" else "")

    def _table(self, table: dict[str, Any]) -> str:
        rows: dict[int, list[dict[str, Any]]] = {}
        for cell in table["cells"]:
            rows.setdefault(cell["row"], []).append(cell)
        body = "".join(f"<tr>{''.join(self._cell(cell, row == min(rows)) for cell in rows[row])}</tr>" for row in sorted(rows))
        return f'<div class="tb" tabindex="0" role="region" aria-label="Bảng trong văn bản"><table>{body}</table></div>'

    def _cell(self, cell: dict[str, Any], first_row: bool) -> str:
        start, end = trimmed(self._text, *cell["span"])
        spans = f' rowspan="{int(cell["rows"])}"' if cell["rows"] > 1 else ""
        spans += f' colspan="{int(cell["columns"])}"' if cell["columns"] > 1 else ""
        tag = "th" if first_row else "td"
        return f'<{tag}{spans} data-s="{start}">{self._runs.html(start, end)}</{tag}>'

    def _p(self, place: Place, css: str) -> str:
        start, end = trimmed(self._text, *place)
        name = f' class="{css}"' if css else ""
        return f'<p{name} data-s="{start}">{self._runs.html(start, end)}</p>'

    def _of(self, place: Place) -> str:
        return self._text[place[0] : place[1]]


def _places(blocks: Iterable[_Block]) -> list[Place]:
    return [(block.start, block.end) for block in blocks]


def _has_digit(words: str) -> bool:
    return any(char.isdigit() for char in words)


def _is_heading(words: str, level: int) -> bool:
    """A numbered line that names a part, and not a numbered paragraph."""
    flat = " ".join(words.split())
    if len(flat) > HEADING_LENGTH:
        return False
    return flat.isupper() or (level <= 3 and not flat.endswith((".", ";", ",")))


def _paragraphs(text: str) -> Iterator[_Block]:
    """Lines with blank lines between them, for a reading without blocks."""
    at = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            yield _Block(at, at + len(line), "plain", 1)
        at += len(line)
