"""Where things stand in a form's workbook. Hidden keys in its sheets say it again, so that a form is read wherever rows have moved."""

from collections.abc import Mapping
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from dondoc.common.exporting import LONGEST_SHEET_NAME, sheet_name
from dondoc.reporting.rules.expressions import Name
from dondoc.reporting.rules.templates import TableFacts, TemplateFacts

SEAL_SHEET, SEAL_HEAD = "dondoc", "dondoc-mau-bao-cao/1"
OUTLINE_SHEET = "Đề cương"
TABLE_KEY, FIGURE_KEY, REASON_KEY = "#bieu:", "#so:", "#ly-do:"
SECTION_KEY, TEXT_KEY = "#muc", "#noi-dung"
KEY_ROW, HEAD_ROW, FIRST_ROW = 3, 4, 5
CODE, NAME, MEASURE, EARLIER = 1, 2, 3, 4


@dataclass(frozen=True)
class TableLayout:
    """``rows``: code → row; ``bands``: row → its heading; columns are counted from 1. ``has_earlier``: there is a column of it."""

    table: TableFacts
    sheet: str
    rows: Mapping[str, int]
    bands: Mapping[int, str]
    has_earlier: bool

    @property
    def first(self) -> int:
        """The first column that is filled in."""
        return EARLIER + self.has_earlier

    @property
    def last(self) -> int:
        return self.first + 2 * len(self.table.columns) - 1

    @property
    def end(self) -> int:
        """The last row."""
        return max([FIRST_ROW, *self.rows.values(), *self.bands])

    def figure(self, key: str) -> int:
        return self.first + self._at(key)

    def reason(self, key: str) -> int:
        return self.first + len(self.table.columns) + self._at(key)

    def _at(self, key: str) -> int:
        return next(at for at, column in enumerate(self.table.columns) if column.key == key)

    def address(self, code: str, column: int) -> str:
        return f"{get_column_letter(column)}{self.rows[code]}"


def laid_out(facts: TemplateFacts, earlier: Mapping[str, object]) -> list[TableLayout]:
    names: list[str] = [OUTLINE_SHEET]
    found = []
    for table in facts.tables:
        names.append(_free(sheet_name(f"Biểu {table.code}"), names))
        rows, bands, at, band = {}, {}, FIRST_ROW, ""
        for one in table.indicators:
            if one.band and one.band != band:
                bands[at] = one.band
                at += 1
            band = one.band
            rows[one.code] = at
            at += 1
        found.append(TableLayout(table, names[-1], rows, bands, any(code in earlier for code in rows)))
    return found


def _free(name: str, taken: list[str]) -> str:
    """Names of sheets differ by more than their case."""
    lower, tried, number = {one.lower() for one in taken}, name, 1
    while tried.lower() in lower:
        number += 1
        tried = f"{name[: LONGEST_SHEET_NAME - 4]} {number}"
    return tried


def finder(layouts: list[TableLayout], own: TableLayout, column: str) -> "Finder":
    return Finder({code: one for one in layouts for code in one.rows}, own, column)


@dataclass(frozen=True)
class Finder:
    """Where the figure of a name stands, for a formula in ``column`` of the table ``own``."""

    of_code: Mapping[str, TableLayout]
    own: TableLayout
    column: str

    def __call__(self, name: Name) -> str | None:
        layout = self.of_code.get(name.code)
        keys = [one.key for one in layout.table.columns] if layout else []
        if layout is None or self.column not in keys:
            return None
        at = keys.index(self.column) - name.before
        if at < 0 and not layout.has_earlier:
            return None
        address = layout.address(name.code, layout.first + at)
        quoted = layout.sheet.replace("'", "''")
        return address if layout is self.own else f"'{quoted}'!{address}"
