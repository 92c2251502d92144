"""What people type into a cell, and what a cell shows to be typed over.

A number with a decimal comma, or the mark of one of the kinds of nothing: ``-`` there is none, ``x`` not asked of this unit,
``…`` no figure yet. Zero is typed as the number that it is.
"""

from dondoc.common import wording
from dondoc.programmes.rules.figures import NotAFigure, read_figure
from dondoc.reporting.enums import Nothing
from dondoc.reporting.rules.cells import EMPTY, Cell, Place

MARKS = {Nothing.NONE: "-", Nothing.NOT_APPLICABLE: "x", Nothing.NO_DATA: "…"}
_READ = {
    "-": Nothing.NONE,
    "–": Nothing.NONE,
    "x": Nothing.NOT_APPLICABLE,
    "…": Nothing.NO_DATA,
    "..": Nothing.NO_DATA,
    "...": Nothing.NO_DATA,
}
HINT = "Không có số thì ghi “-” (không có), “x” (không áp dụng) hoặc “…” (chưa có số liệu)."


def read_cell(typed: str, explanation: str = "") -> Cell:
    """What was typed, with the words that explain it.

    :raises NotAFigure: it is neither a number nor a mark; the message says what to type instead.
    """
    bare = typed.strip().lower()
    words = one_line(explanation)
    if not bare:
        return Cell(explanation=words)
    if bare in _READ:
        return Cell(nothing=_READ[bare], explanation=words)
    try:
        return Cell(read_figure(typed), explanation=words)
    except NotAFigure as error:
        raise NotAFigure(f"{error} {HINT}" if not any(letter.isdigit() for letter in bare) else str(error)) from error


def typed_of(cell: Cell) -> str:
    """As it would be typed: 1234,5 or a mark. Without dots, so that reading it again never asks."""
    if cell.number is not None:
        return wording.number(cell.number).replace(".", "")
    return MARKS[Nothing(cell.nothing)] if cell.nothing else ""


def seen_of(cell: Cell) -> str:
    """What stood in a cell when its page was made; comes back with what is typed there."""
    return f"{typed_of(cell)}|{cell.explanation}"


def read_seen(text: str) -> Cell:
    """The other way; what makes no sense is an empty cell, so that nothing of another person is written over."""
    typed, _, explanation = text.partition("|")
    try:
        return read_cell(typed, explanation)
    except NotAFigure:
        return EMPTY


def one_line(text: str) -> str:
    return " ".join(text.split())


def name_of(place: Place) -> str:
    """The name of a cell's field: ``C.02:2025``."""
    return f"{place.code}:{place.column}"


def place_of(name: str) -> Place:
    """The other way; of what is no such name a place that no template has."""
    code, _, column = name.partition(":")
    return Place(code, column)
