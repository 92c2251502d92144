"""A Word file as lines and grids: what a person sees in it, with the tags of the controls in which it stands.

What was deleted under tracked changes is gone and what was inserted is there, as if all of them were accepted.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn

from dondoc.common.errors import Refused
from dondoc.reporting.unit_files.guarding import DAMAGED
from dondoc.reporting.unit_files.word_words import FIGURE_HERE, TEXT_HERE


@dataclass(frozen=True, slots=True)
class Piece:
    """``tag``: of the control around the text; "" of one without a tag, None outside of all. A hint has no text."""

    text: str
    tag: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph; breaks in it are line ends of its text."""

    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)

    @property
    def tags(self) -> list[str]:
        return [piece.tag for piece in self.pieces if piece.tag]

    @property
    def is_written(self) -> bool:
        """Whether it stands in a control."""
        return any(piece.tag is not None for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class GridCell:
    """``at``: the column of the grid that it begins in, from 0, and over how many it goes. ``is_merged``: with cells beside or below it."""

    at: int
    lines: tuple[Line, ...]
    width: int = 1
    is_merged: bool = False

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)

    @property
    def words(self) -> str:
        return " ".join(self.text.split())

    @property
    def tags(self) -> list[str]:
        return [tag for line in self.lines for tag in line.tags]


@dataclass(frozen=True, slots=True)
class Grid:
    rows: tuple[tuple[GridCell, ...], ...]


def opened(data: bytes) -> WordDocument:
    """Raises Refused; whatever the library says of a damaged file is one sentence."""
    try:
        return Document(BytesIO(data))
    except Exception as error:
        raise Refused(DAMAGED, field="upload") from error


def blocks_of(word: WordDocument) -> list[Line | Grid]:
    """In the order of the text."""
    return list(_blocks(word.element.body, None))


def is_tracked(word: WordDocument) -> bool:
    """Whether changes in the text wait to be accepted."""
    return next(word.element.body.iter(qn("w:ins"), qn("w:del"), qn("w:moveFrom")), None) is not None


_PASSED = frozenset(
    {qn(f"w:{name}") for name in ("ins", "moveTo", "smartTag", "hyperlink", "fldSimple", "dir", "bdo", "customXml")}
)
_SIGNS = {qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:tab"): " ", qn("w:noBreakHyphen"): "-"}
_P, _R, _T, _TBL, _TR, _TC = (qn(f"w:{name}") for name in ("p", "r", "t", "tbl", "tr", "tc"))
_SDT, _CONTENT, _VAL = qn("w:sdt"), qn("w:sdtContent"), qn("w:val")
_HINTS = {FIGURE_HERE.strip(), TEXT_HERE}
# What Word shows in an emptied control where the form's own hint was lost.
_WORDS_OF_WORD = ("click or tap", "click here", "nhấp hoặc nhấn", "bấm hoặc gõ", "bấm vào")


def _blocks(element: Any, tag: str | None) -> Iterator[Line | Grid]:
    for child in element:
        if child.tag == _P:
            yield _line(child, tag)
        elif child.tag == _TBL:
            yield _grid(child, tag)
        elif child.tag == _SDT:
            yield from _without_hint(list(_blocks(_content(child), _tag_of(child))), child)
        elif child.tag in _PASSED:
            yield from _blocks(child, tag)


def _without_hint(found: list[Line | Grid], control: Any) -> list[Line | Grid]:
    """What a control holds; that of one that shows its hint is an empty line."""
    text = "\n".join(one.text for one in found if isinstance(one, Line))
    if _is_hint(control, text) and not any(isinstance(one, Grid) for one in found):
        return [Line((Piece("", _tag_of(control)),))]
    return found


def _line(paragraph: Any, tag: str | None) -> Line:
    pieces = tuple(_pieces(paragraph, tag))
    line = Line(pieces)
    listed = paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}")
    if pieces and listed is not None and listed.get(_VAL) != "0" and line.text.strip():
        # The mark of a list is drawn by Word and stands in no text.
        return Line((replace(pieces[0], text=f"- {pieces[0].text}"), *pieces[1:]))
    return line


def _pieces(element: Any, tag: str | None) -> Iterator[Piece]:
    for child in element:
        if child.tag == _R:
            yield Piece("".join(_run(child, in_control=tag is not None)), tag)
        elif child.tag == _SDT:
            inner, own = list(_pieces(_content(child), _tag_of(child))), _tag_of(child)
            yield from [Piece("", own)] if _is_hint(child, "".join(one.text for one in inner)) else inner or [Piece("", own)]
        elif child.tag in _PASSED:
            yield from _pieces(child, tag)


def _run(run: Any, *, in_control: bool) -> Iterator[str]:
    """LibreOffice writes the lines of a field that it made of a control as one text right after another."""
    before = None
    for child in run:
        if child.tag == _T:
            yield f"\n{child.text or ''}" if in_control and before == _T else child.text or ""
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        before = child.tag


def _grid(table: Any, tag: str | None) -> Grid:
    return Grid(tuple(tuple(_cells(row, tag)) for row, tag in _within(table, _TR, tag) if not _is_deleted(row)))


def _cells(row: Any, tag: str | None) -> Iterator[GridCell]:
    at = _number(row.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}"), 0)
    for cell, inner in _within(row, _TC, tag):
        width = _number(cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}"), 1)
        is_merged = width > 1 or cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}") is not None
        yield GridCell(at, tuple(_lines(_blocks(cell, inner))), width, is_merged)
        at += width


def _lines(blocks: Iterable[Line | Grid]) -> Iterator[Line]:
    for block in blocks:
        if isinstance(block, Line):
            yield block
        else:
            yield from lines_in(block)


def lines_in(grid: Grid) -> Iterator[Line]:
    """A grid that is only text: a line for each row."""
    for row in grid.rows:
        yield Line((Piece(" | ".join(cell.words for cell in row)), *(Piece("", tag) for cell in row for tag in cell.tags)))


def _within(element: Any, wanted: str, tag: str | None) -> Iterator[tuple[Any, str | None]]:
    """Rows or cells, also those that stand in a control of their own."""
    for child in element:
        if child.tag == wanted:
            yield child, tag
        elif child.tag == _SDT:
            yield from _within(_content(child), wanted, _tag_of(child))
        elif child.tag in _PASSED:
            yield from _within(child, wanted, tag)


def _is_deleted(row: Any) -> bool:
    return row.find(f"{qn('w:trPr')}/{qn('w:del')}") is not None


def _content(control: Any) -> Any:
    found = control.find(_CONTENT)
    return found if found is not None else ()


def _tag_of(control: Any) -> str:
    found = control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}")
    return found.get(_VAL, "") if found is not None else ""


def _is_hint(control: Any, text: str) -> bool:
    """A control says itself that it shows a hint; some programs go on saying so when something was written over it."""
    bare = " ".join(text.split())
    if not bare or bare in _HINTS:
        return True
    says = control.find(f"{qn('w:sdtPr')}/{qn('w:showingPlcHdr')}") is not None
    return says and bare.casefold().startswith(_WORDS_OF_WORD)


def _number(element: Any, usual: int) -> int:
    value = element.get(_VAL, "") if element is not None else ""
    return int(value) if value.isdecimal() and int(value) < 1000 else usual
