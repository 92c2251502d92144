"""Reads a form's workbook that came back: by the codes and keys that stand in it, wherever its rows are now.

Nothing is run and nothing is followed out of the file; a formula gives the figure that its program kept, where it is the file's own.
"""

import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from openpyxl import load_workbook
from openpyxl.xml.functions import iterparse

from dondoc.common import wording
from dondoc.common.errors import Refused
from dondoc.reporting.rules.cells import Place
from dondoc.reporting.unit_files import excel_layout as layout
from dondoc.reporting.unit_files.contents import FileFault, Filled, FilledCell, FilledText, Seen, TableSeen
from dondoc.reporting.unit_files.excel_outside import Outside, boundaries, formula_in
from dondoc.reporting.unit_files.guarding import DAMAGED, Kind, guarded
from dondoc.reporting.unit_files.sealing import unsealed

NOT_OURS = (
    "Tệp không phải là mẫu tải từ phần mềm, hoặc đã mất phần nhận dạng. Tải mẫu của đơn vị, chép số liệu sang rồi chọn lại."
)
AGAIN = "Tải mẫu mới rồi chép số liệu sang."
MOST_MADE = 100_000
TOO_WIDE = "Tệp có vùng gộp ô quá lớn (cả cột hoặc cả trang). Bỏ gộp ô, lưu lại rồi chọn lại."
_AREAS = ("}mergeCell", "}hyperlink")


class _Unreadable(ValueError):  # noqa: N818 - a person is told what to do
    """What stands in a cell cannot be taken; the message says why and what to do."""


def read(data: bytes) -> Filled:
    """Raises Refused for a file that is none of ours; all else that is wrong is told at its place."""
    guarded(data, Kind.EXCEL)
    _check_areas(data)
    book = _Book(data)
    stamp, seen = unsealed(book.seal())
    reader = _Reader(book, seen)
    for code, table in seen.tables.items():
        reader.table(code, table)
    if seen.texts:
        reader.outline()
    return Filled(stamp, tuple(reader.cells), tuple(reader.texts), tuple(reader.faults))


class _Book:
    """The workbook: its formulas, and the figures that they came to where somebody asks for one."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.book = self._load(data_only=False)
        self.outside = Outside(self.book)
        self._results: Any = None

    def _load(self, *, data_only: bool) -> Any:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                return load_workbook(BytesIO(self._data), data_only=data_only, keep_links=False)
        except Exception as error:
            raise Refused(DAMAGED, field="upload") from error

    def seal(self) -> str:
        for sheet in self.book.worksheets:
            if sheet.cell(1, 1).value == layout.SEAL_HEAD:
                return "".join(str(sheet.cell(row, 1).value or "") for row in range(2, sheet.max_row + 1))
        raise Refused(NOT_OURS, field="upload")

    def result(self, sheet: Any, cell: Any) -> Any:
        if self._results is None:
            self._results = self._load(data_only=True)
        kept = self._results[sheet.title].cell(cell.row, cell.column)
        # A formula that came to an empty text has a type but no value; one that was never computed has neither.
        return "" if kept.value is None and kept.data_type != "n" else kept.value

    def sheets_with(self, key: str) -> list[tuple[Any, int, int]]:
        """Sheets in which the key stands, with its row and column; the one under its own name first."""
        found = [
            (sheet, row, column)
            for sheet in self.book.worksheets
            for (row, column), cell in sorted(sheet._cells.items())  # noqa: SLF001 - asking by name would make cells
            if cell.value == key
        ]
        return list({one[0].title: one for one in reversed(found)}.values())[::-1]


@dataclass
class _Reader:
    book: _Book
    seen: Seen
    cells: list[FilledCell] = field(default_factory=list)
    texts: list[FilledText] = field(default_factory=list)
    faults: list[FileFault] = field(default_factory=list)

    def table(self, code: str, table: TableSeen) -> None:
        name = f"Biểu {code}"
        found = self._sheet(f"{layout.TABLE_KEY}{code}", name)
        if found is None:
            return
        sheet, key_row, code_column = found
        keys = {str(sheet.cell(key_row, at).value or ""): at for at in range(1, sheet.max_column + 1)}
        rows = self._rows(sheet, key_row, code_column, {*table.asked, *table.computed}, name)
        self._strange(sheet, key_row, code_column, set(rows.values()), [at for key, at in keys.items() if key.startswith("#so:")])
        for key, words in table.columns.items():
            at, reason = keys.get(f"{layout.FIGURE_KEY}{key}"), keys.get(f"{layout.REASON_KEY}{key}")
            if at is None:
                self._fault(f"trang {sheet.title}", f"Không thấy cột {words}. {AGAIN}")
                continue
            for one, row in rows.items():
                self._cell(sheet, Place(one, key), (row, at, reason), words, is_asked=one in table.asked)

    def outline(self) -> None:
        found = self._sheet(layout.SECTION_KEY, layout.OUTLINE_SHEET)
        if found is None:
            return
        sheet, key_row, code_column = found
        at = next((one for one in range(1, sheet.max_column + 1) if sheet.cell(key_row, one).value == layout.TEXT_KEY), None)
        if at is None:
            self._fault(f"trang {sheet.title}", f"Không thấy cột Nội dung. {AGAIN}")
            return
        for code, row in self._rows(sheet, key_row, code_column, set(self.seen.texts), "Đề cương", "mục").items():
            cell = sheet.cell(row, at)
            where = f"trang {sheet.title}, ô {cell.coordinate} (mục {code})"
            try:
                self.texts.append(FilledText(code, self._words(sheet, cell), where, self.seen.texts[code]))
            except _Unreadable as error:
                self._fault(where, str(error))

    def _sheet(self, key: str, name: str) -> tuple[Any, int, int] | None:
        found = self.book.sheets_with(key)
        if not found:
            self._fault(name, f"Không thấy trang này trong tệp. {AGAIN}")
            return None
        for other, _, _ in found[1:]:
            self._fault(
                f"trang {other.title}",
                f"Là bản chép của trang {found[0][0].title} nên không đọc. Chép số về trang đó, xóa bản chép.",
            )
        return found[0]

    def _rows(self, sheet: Any, key_row: int, column: int, wanted: set[str], name: str, what: str = "chỉ tiêu") -> dict[str, int]:
        """Code → its row, below the keys."""
        found: dict[str, int] = {}
        for (row, at), cell in sorted(sheet._cells.items()):  # noqa: SLF001
            code = str(cell.value).strip() if at == column and row > key_row and cell.value is not None else ""
            if code not in wanted:
                continue
            if code in found:
                self._fault(
                    f"trang {sheet.title}, dòng {row}",
                    f"Mã {code} đứng ở hai dòng ({found[code]} và {row}); chỉ đọc dòng {found[code]}. Xóa một dòng.",
                )
            else:
                found[code] = row
        for code in sorted(wanted - set(found)):
            self._fault(f"{name}, {what} {code}", f"Không thấy dòng của {what} này trong trang {sheet.title}. {AGAIN}")
        return found

    def _strange(self, sheet: Any, key_row: int, code_column: int, known: set[int], columns: list[int]) -> None:
        """Figures in rows that belong to no indicator would be lost without a word."""
        told: set[int] = set()
        for (row, at), cell in sorted(sheet._cells.items()):  # noqa: SLF001
            if at not in columns or row <= key_row + 1 or row in known or row in told or cell.value in {None, ""}:
                continue
            told.add(row)
            code = str(sheet.cell(row, code_column).value or "").strip()
            words = f"Mẫu không có chỉ tiêu {code}" if code else "Dòng không có mã chỉ tiêu"
            self._fault(
                f"trang {sheet.title}, ô {cell.coordinate}", f"{words}, số ở đây không nhận. Xóa, hoặc ghi vào dòng có mã."
            )

    def _cell(self, sheet: Any, place: Place, at: tuple[int, int, int | None], words: str, *, is_asked: bool) -> None:
        row, column, reason = at
        cell = sheet.cell(row, column)
        where = f"trang {sheet.title}, ô {cell.coordinate} (chỉ tiêu {place.code}, {words})"
        try:
            typed = self._figure(sheet, cell) if is_asked else ""
            said = self._words(sheet, sheet.cell(row, reason)) if reason else ""
        except _Unreadable as error:
            self._fault(where, str(error), place)
        else:
            self.cells.append(FilledCell(place, typed, said, where, self.seen.cells.get(place, "|")))

    def _figure(self, sheet: Any, cell: Any) -> str | Decimal:
        _check_whole(sheet, cell)
        value = self._value(sheet, cell)
        if value is None:
            return ""
        if isinstance(value, bool):
            raise _Unreadable(f"“{'TRUE' if value else 'FALSE'}” không phải là một số. Ghi số.")
        if isinstance(value, int | float):
            number = Decimal(format(value, ".15g"))
            return number * 100 if "%" in _WITHIN_FORMAT.sub("", str(cell.number_format)) else number
        if isinstance(value, date | datetime | time | timedelta):
            raise _Unreadable(f"Excel đã đổi số vừa ghi thành ngày, giờ ({_said(value)}). Xóa ô, đặt định dạng Số rồi ghi lại.")
        return str(value).strip()

    def _words(self, sheet: Any, cell: Any) -> str:
        value = self._value(sheet, cell, "Nội dung bị hiểu là công thức. Thêm dấu ' vào đầu ô, hoặc viết lại.")
        return "" if value is None else _said(value)

    def _value(self, sheet: Any, cell: Any, remedy: str = "Sửa công thức, hoặc ghi thẳng số vào ô.") -> Any:
        """What stands in a cell; of a formula what it came to. ``remedy``: what to do about one that failed."""
        value = cell.value
        if formula := formula_in(cell):
            if self.book.outside.reached_by(sheet, formula):
                raise _Unreadable("Số lấy từ tệp khác hoặc từ mạng (công thức trỏ ra ngoài tệp). Ghi thẳng số vào ô.")
            value = self.book.result(sheet, cell)
            if value is None:
                raise _Unreadable("Công thức chưa có kết quả. Mở tệp bằng Excel, lưu lại, hoặc ghi thẳng số vào ô.")
        if isinstance(value, str) and value.startswith("#") and value in _ERRORS:
            raise _Unreadable(f"Ô báo lỗi {value}. {remedy}")
        return value

    def _fault(self, where: str, words: str, place: Place | None = None) -> None:
        self.faults.append(FileFault(where, words, place))


# Words and single signs that a number format only shows: 0"%" writes 45% beside a 45, where 0% writes it of 0,45.
_WITHIN_FORMAT = re.compile(r'"[^"]*"|\\.|_.|\[[^\]]*\]')
_ERRORS = frozenset({"#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#N/A", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#GETTING_DATA"})


def _check_areas(data: bytes) -> None:
    """The library makes each cell of a merged area, and of one that is a link: of a whole column a million."""
    made = 0
    with ZipFile(BytesIO(data)) as packed:
        for name in packed.namelist():
            part = packed.read(name)
            if b"mergeCell" in part or b"hyperlink" in part:
                made += sum(_areas(part))
            if made > MOST_MADE:
                raise Refused(TOO_WIDE, field="upload")


def _areas(part: bytes) -> Iterator[int]:
    """Of how many cells each is."""
    for _, one in iterparse(BytesIO(part)):
        if one.tag.endswith(_AREAS) and (area := one.get("ref")):
            first_column, first_row, last_column, last_row = boundaries(area)
            yield (last_row - first_row + 1) * (last_column - first_column + 1)
        one.clear()


def _check_whole(sheet: Any, cell: Any) -> None:
    """A cell that is merged with others says nothing about which of them is meant."""
    for merged in sheet.merged_cells.ranges:
        if cell.coordinate in merged:
            raise _Unreadable(f"Ô nằm trong vùng gộp {merged.coord}. Bỏ gộp ô rồi ghi số vào từng ô.")


def _said(value: Any) -> str:
    if isinstance(value, datetime | date):
        return wording.day(value)
    if isinstance(value, bool | time | timedelta):
        return str(value)
    if isinstance(value, int | float):
        return wording.number(Decimal(format(value, ".15g")))
    return str(value)
