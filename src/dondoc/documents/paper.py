"""The text of a reading set as paper: letterhead, headings, paragraphs, tables, signature, with the places of items marked.

Whatever is printed of the text stands in an element that says where it begins (``data-s``) and holds exactly those
characters, so that a selection in the browser leads back to a place in the text.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

if TYPE_CHECKING:
    from dondoc.documents.models import DocumentReading

HEADING_LENGTH = 170
TITLE_LENGTH = 70
NAME_LENGTH = 90
_MOTTO_HEADS = ("CỘNG HÒA XÃ HỘI", "CỘNG HOÀ XÃ HỘI", "ĐẢNG CỘNG SẢN")
_LEFT_AT_END = ("nơi nhận", "-", "+", "lưu", "như trên", "kính gửi")


@dataclass(frozen=True, slots=True)
class Mark:
    """A place of an item: ``ident`` the item, ``css`` its kind and state; ``own``: it stands here, its parts elsewhere."""

    start: int
    end: int
    ident: int
    css: str
    own: bool = True


@dataclass(frozen=True, slots=True)
class _Block:
    start: int
    end: int
    kind: str
    level: int


class _Runs:
    """The text cut where a mark begins or ends; the shortest mark lies on top."""

    def __init__(self, text: str, marks: Iterable[Mark], selected: int | None) -> None:
        self._text = text
        self._selected = selected
        self._anchored = selected is None
        held = [mark for mark in marks if mark.start < mark.end]
        self._cuts = sorted({edge for mark in held for edge in (mark.start, mark.end)})
        self._active: list[list[Mark]] = [[] for _ in self._cuts]
        for mark in sorted(held, key=lambda mark: (mark.end - mark.start, not mark.css.startswith("w"), mark.ident)):
            first, last = bisect_left(self._cuts, mark.start), bisect_left(self._cuts, mark.end)
            for index in range(first, last):
                self._active[index].append(mark)

    def html(self, start: int, end: int) -> str:
        pieces: list[str] = []
        at = start
        index = bisect_right(self._cuts, start) - 1
        while at < end:
            until = min(end, self._cuts[index + 1]) if index + 1 < len(self._cuts) else end
            pieces.append(self._run(at, until, self._active[index] if index >= 0 else []))
            at, index = until, index + 1
        return "".join(pieces)

    def _run(self, start: int, end: int, marks: list[Mark]) -> str:
        words = escape(self._text[start:end])
        if not marks:
            return words
        idents = dict.fromkeys(mark.ident for mark in marks)
        own = dict.fromkeys(mark.ident for mark in marks if mark.own)
        css = f"{marks[0].css} sel" if self._selected in idents else marks[0].css
        names = f' data-k="{" ".join(map(str, idents))}"' + (f' data-m="{" ".join(map(str, own))}"' if own else "")
        if self._selected in own and not self._anchored:
            self._anchored, names = True, f'{names} id="doan"'
        return f'<mark class="{css}"{names}>{words}</mark>'


class Paper:
    """Sets one reading; ``selected``: the item whose passage is shown."""

    def __init__(self, reading: "DocumentReading", marks: Iterable[Mark], selected: int | None = None) -> None:
        self._text = reading.text
        self._runs = _Runs(reading.text, marks, selected)
        self._tables: list[dict[str, Any]] = [table for table in reading.tables if not table.get("layout")]
        self._table_starts = [table["span"][0] for table in self._tables]
        self._pages: list[dict[str, Any]] = list(reading.pages)[1:]
        self._blocks = [_Block(*block) for block in reading.blocks] or list(_paragraphs(reading.text))

    def html(self) -> SafeString:
        """The whole paper. Every character of the text was escaped on its way."""
        head, rest = self._head()
        tail = self._tail(rest)
        body = rest[: len(rest) - len(tail)]
        pieces = [self._letterhead(head), *self._flow(body), self._signature(tail)]
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

    def _letterhead(self, head: list[_Block]) -> str:
        """Issuer and number on the left, motto and day on the right, type and subject below in the middle."""
        motto = next((i for i, block in enumerate(head) if self._of(block).upper().startswith(_MOTTO_HEADS)), None)
        if motto is None:
            return self._titles(head)
        end = next((i for i in range(motto + 1, len(head)) if self._is_type_line(head[i])), len(head))
        left, right = head[:motto], head[motto:end]
        if left and right:
            both = f'<div class="dh"><div>{self._lines(left, "cq")}</div><div>{self._lines(right, "qh")}</div></div>'
        else:
            both = f'<div class="dh one"><div>{self._lines(left or right, "qh")}</div></div>'
        return both + self._titles(head[end:])

    def _is_type_line(self, block: _Block) -> bool:
        """KẾ HOẠCH, QUYẾT ĐỊNH: capitals without the motto's length, after which the subject comes."""
        words = self._of(block).strip()
        low = words.casefold()
        return (words.isupper() and not low.startswith(("độc lập", "số"))) or low.startswith(("kính gửi", "về việc"))

    def _lines(self, blocks: list[_Block], css: str) -> str:
        pieces = []
        for block in blocks:
            words = self._of(block).strip()
            if not words.strip("_-–— *"):
                continue
            plain = words.casefold().startswith(("số", "v/v")) or any(char.isdigit() for char in words)
            name = f"{css} {'no' if plain else ''}".strip()
            pieces.append(self._p(block, name))
        return "".join(pieces)

    def _titles(self, blocks: list[_Block]) -> str:
        return "".join(
            self._p(block, "to" if self._of(block).casefold().startswith("kính gửi") else "ct")
            for block in blocks
            if self._of(block).strip("_-–— *\n")
        )

    def _signature(self, tail: list[_Block]) -> str:
        if not tail:
            return ""
        sides: dict[str, list[str]] = {"nn": [], "kt": [], "fn": []}
        for block in tail:
            words = self._of(block).strip()
            side = "nn" if words.casefold().startswith(_LEFT_AT_END) else "kt"
            if words.startswith("[") or (side == "kt" and len(words) > NAME_LENGTH):
                side = "fn"
            sides[side].append(self._p(block, side))
        left, right, notes = ("".join(held) for held in sides.values())
        return f'<div class="sg"><div>{left}</div><div>{right}</div></div>{notes}'

    # Body

    def _flow(self, blocks: list[_Block]) -> Iterator[str]:
        """Paragraphs and tables in order, with a line where a new page of the file begins."""
        tables, pages = list(self._tables), list(self._pages)
        for block in blocks:
            while pages and pages[0]["span"][0] <= block.start:
                number = int(pages.pop(0)["number"])
                yield f'<div class="pb" data-page="{number}">Trang {number}</div>'
            while tables and tables[0]["span"][0] <= block.start:
                yield self._table(tables.pop(0))
            if not self._in_table(block):
                yield self._paragraph(block)
        for table in tables:
            yield self._table(table)

    def _in_table(self, block: _Block) -> bool:
        index = bisect_right(self._table_starts, block.start) - 1
        return index >= 0 and block.start < self._tables[index]["span"][1]

    def _paragraph(self, block: _Block) -> str:
        words = self._of(block)
        if not words.strip("_-–— *\n"):
            return ""
        if block.kind == "furniture":
            return self._p(block, "ct")
        if block.kind in {"heading", "appendix"} and _is_heading(words, block.level):
            return self._p(block, f"h h{min(block.level, 3)}" if block.kind == "heading" else "ct")
        if block.kind == "note":
            return self._p(block, "fn")
        if block.kind == "plain" and words.strip().isupper() and len(words) < TITLE_LENGTH:
            return self._p(block, "ct")
        return self._p(block, f"l{min(block.level, 4)}" if block.kind == "bullet" else "")

    def _table(self, table: dict[str, Any]) -> str:
        rows: dict[int, list[dict[str, Any]]] = {}
        for cell in table["cells"]:
            rows.setdefault(cell["row"], []).append(cell)
        body = "".join(f"<tr>{''.join(self._cell(cell, row == min(rows)) for cell in rows[row])}</tr>" for row in sorted(rows))
        return f'<div class="tb" tabindex="0" role="region" aria-label="Bảng trong văn bản"><table>{body}</table></div>'

    def _cell(self, cell: dict[str, Any], first_row: bool) -> str:
        start, end = _trimmed(self._text, *cell["span"])
        spans = f' rowspan="{int(cell["rows"])}"' if cell["rows"] > 1 else ""
        spans += f' colspan="{int(cell["columns"])}"' if cell["columns"] > 1 else ""
        tag = "th" if first_row else "td"
        return f'<{tag}{spans} data-s="{start}">{self._runs.html(start, end)}</{tag}>'

    def _p(self, block: _Block, css: str) -> str:
        start, end = _trimmed(self._text, block.start, block.end)
        name = f' class="{css}"' if css else ""
        return f'<p{name} data-s="{start}">{self._runs.html(start, end)}</p>'

    def _of(self, block: _Block) -> str:
        return self._text[block.start : block.end]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


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


def raw_paragraphs(text: str) -> Sequence[str]:
    """The raw text, line by line, as it was taken from the file."""
    return [line for line in text.splitlines() if line.strip()]
