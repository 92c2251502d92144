"""Whether a formula in a workbook takes its figure from outside of it, directly or over other cells.

Such a figure was true when somebody's other file was; nobody who reads the form can see where it comes from.
"""

import re
from collections.abc import Iterator
from typing import Any

from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token
from openpyxl.utils import range_boundaries

MOST = 20_000
"""So many cells are followed; what reaches further counts as outside."""

_OTHER_FILE = re.compile(r"'[^']*\[[^\]']*\][^']*'!|\[[^\[\]]*\][\w.]*!|\|\s*'|file://|https?://", re.IGNORECASE)
_OTHER_PLACE = re.compile(
    r"\b(WEBSERVICE|IMPORTRANGE|IMPORTDATA|IMPORTXML|IMPORTHTML|IMPORTFEED|GOOGLEFINANCE|RTD|DDE|CUBE\w+|SQL\.REQUEST|STOCKHISTORY"
    r"|REGISTER\.ID|CALL)\s*\(",
    re.IGNORECASE,
)
_REFERENCE = re.compile(r"(?:(?P<sheet>'(?:[^']|'')+'|[^!']+)!)?(?P<cells>\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?)")


def formula_in(cell: Any) -> str:
    """The formula of a cell, "" where there is none."""
    value = cell.value
    if cell.data_type != "f":
        return ""
    return str(getattr(value, "text", None) or value or "")


def reaches_outside(book: Any, sheet: Any, formula: str) -> bool:
    names = _names_outside(book)
    seen: set[tuple[str, int, int]] = set()
    ahead = [(sheet, formula)]
    while ahead:
        at, text = ahead.pop()
        if _says_outside(text, names):
            return True
        for other, row, column in _cells_of(book, at, text):
            key = (other.title, row, column)
            if key in seen:
                continue
            seen.add(key)
            cell = other._cells.get((row, column))  # noqa: SLF001 - asking by name would make the cell
            if cell is not None and (more := formula_in(cell)):
                ahead.append((other, more))
            if len(seen) > MOST:
                return True
    return False


def _says_outside(text: str, names: list[str]) -> bool:
    if _OTHER_FILE.search(text) or _OTHER_PLACE.search(text):
        return True
    return any(re.search(rf"(?<![\w.]){re.escape(name)}(?![\w.(])", text, re.IGNORECASE) for name in names)


def _names_outside(book: Any) -> list[str]:
    """Names that somebody gave to places in other files."""
    given = [book.defined_names, *(sheet.defined_names for sheet in book.worksheets)]
    return [
        name
        for names in given
        for name, one in names.items()
        if _OTHER_FILE.search(one.attr_text or "") or _OTHER_PLACE.search(one.attr_text or "")
    ]


def _cells_of(book: Any, sheet: Any, formula: str) -> Iterator[tuple[Any, int, int]]:
    """The cells that a formula names; of whole columns and rows those that there are."""
    for token in Tokenizer(formula if formula.startswith("=") else f"={formula}").items:
        if token.type != Token.OPERAND or token.subtype != Token.RANGE:
            continue
        found = _REFERENCE.fullmatch(token.value)
        if found is None:
            continue
        title = (found["sheet"] or "").strip("'").replace("''", "'")
        if title and title not in book.sheetnames:
            continue
        other = book[title] if title else sheet
        first_column, first_row, last_column, last_row = range_boundaries(found["cells"])
        for row, column in other._cells:  # noqa: SLF001
            if first_row <= row <= last_row and first_column <= column <= last_column:
                yield other, row, column
