"""Whether a formula in a workbook takes its figure from outside of it, directly or over other cells.

Such a figure was true when somebody's other file was; nobody who reads the form can see where it comes from.
"""

import re
from collections.abc import Iterator
from typing import Any

from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token, TokenizerError
from openpyxl.utils import range_boundaries

MOST_COLUMNS, MOST_ROWS = 16_384, 1_048_576
STEPS = 2_000_000
"""So many cells are looked at in a file; a formula that needs more counts as one from outside."""

_OTHER_FILE = re.compile(r"'[^']*\[[^\]']*\][^']*'!|\[[^\[\]]*\][\w.]*!|\|\s*'|file://|https?://", re.IGNORECASE)
_OTHER_PLACE = re.compile(
    r"\b(WEBSERVICE|IMPORTRANGE|IMPORTDATA|IMPORTXML|IMPORTHTML|IMPORTFEED|GOOGLEFINANCE|RTD|DDE|CUBE\w+|SQL\.REQUEST|STOCKHISTORY"
    r"|REGISTER\.ID|CALL)\s*\(",
    re.IGNORECASE,
)
_COLUMN, _ROW = r"\$?[A-Z]{1,3}", r"\$?\d+"
_REFERENCE = re.compile(
    rf"(?:(?P<sheet>'(?:[^']|'')+'|[^!']+)!)?(?P<cells>{_COLUMN}{_ROW}(?::{_COLUMN}{_ROW})?|{_COLUMN}:{_COLUMN}|{_ROW}:{_ROW})",
    re.IGNORECASE,
)


def formula_in(cell: Any) -> str:
    """The formula of a cell, "" where there is none."""
    if cell.data_type != "f":
        return ""
    return str(getattr(cell.value, "text", None) or cell.value or "")


class Outside:
    """A workbook, asked about its formulas."""

    def __init__(self, book: Any) -> None:
        self._sheets = {sheet.title.lower(): sheet for sheet in book.worksheets}
        self._steps = 0
        given = [book.defined_names, *(sheet.defined_names for sheet in book.worksheets)]
        outside = [name for names in given for name, one in names.items() if _says_outside(one.attr_text or "")]
        # Names that somebody gave to places in other files.
        self._names = [re.compile(rf"(?<![\w.]){re.escape(name)}(?![\w.(])", re.IGNORECASE) for name in outside]

    def reached_by(self, sheet: Any, formula: str) -> bool:
        """Whether the formula, or one that it counts with, takes something from outside."""
        seen: set[tuple[str, int, int]] = set()
        ahead = [(sheet, formula)]
        while ahead:
            at, text = ahead.pop()
            if _says_outside(text) or any(name.search(text) for name in self._names) or self._steps > STEPS:
                return True
            try:
                found = list(self._cells_of(at, text))
            except (TokenizerError, IndexError):  # the tokenizer on brackets that do not match
                return True
            for other, row, column in found:
                key = (other.title, row, column)
                if key not in seen:
                    seen.add(key)
                    if more := formula_in(other._cells[row, column]):  # noqa: SLF001 - asking by name would make the cell
                        ahead.append((other, more))
        return False

    def _cells_of(self, sheet: Any, formula: str) -> Iterator[tuple[Any, int, int]]:
        """The cells that a formula names, of those that there are."""
        for token in Tokenizer(formula if formula.startswith("=") else f"={formula}").items:
            found = _REFERENCE.fullmatch(token.value) if (token.type, token.subtype) == (Token.OPERAND, Token.RANGE) else None
            if found is None:
                continue
            title = (found["sheet"] or sheet.title).strip("'").replace("''", "'")
            other = self._sheets.get(title.lower())
            if other is not None:
                yield from ((other, *place) for place in self._places(other, found["cells"].upper()))

    def _places(self, sheet: Any, cells: str) -> Iterator[tuple[int, int]]:
        held = sheet._cells  # noqa: SLF001
        first_column, first_row, last_column, last_row = boundaries(cells)
        area = (last_row - first_row + 1) * (last_column - first_column + 1)
        self._steps += min(area, len(held))
        if area <= len(held):
            every = ((row, column) for row in range(first_row, last_row + 1) for column in range(first_column, last_column + 1))
            yield from (place for place in every if place in held)
        else:
            inside = (
                (row, column) for row, column in held if first_row <= row <= last_row and first_column <= column <= last_column
            )
            yield from inside


def boundaries(cells: str) -> tuple[int, int, int, int]:
    """Of whole columns and rows the ends of the sheet."""
    first_column, first_row, last_column, last_row = range_boundaries(cells)
    return first_column or 1, first_row or 1, last_column or MOST_COLUMNS, last_row or MOST_ROWS


def _says_outside(text: str) -> bool:
    return bool(_OTHER_FILE.search(text) or _OTHER_PLACE.search(text))
