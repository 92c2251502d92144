"""Excel workbooks: each visible sheet as the lines above its list, the list as a table, the lines below it.

Values are those that Excel last computed, written as Vietnamese offices write them; macros are never run. A sheet counts
as a page: what was passed over (hidden sheets, rows and columns, formulas without a result) is said as its reason.
"""

import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from vanban.errors import DamagedFileError, ReadingError, TooLargeError
from vanban.options import Options
from vanban.reading import Page
from vanban.sources.extracted import CellText, TextBuilder
from vanban.sources.limits import check_packed
from vanban.sources.xlsx_layout import MAX_COLUMNS, SheetLayout, read_layout
from vanban.sources.xlsx_values import shown
from vanban.spans import Span

MAX_ROWS = 50_000  # with something in them, on one sheet
MAX_GAP = 5_000  # rows without anything, after which nothing is looked for
DAMAGED = "Tệp Excel bị hỏng, không đọc được nội dung. Đề nghị mở tệp gốc, lưu lại rồi gửi bản mới."

Rows = dict[int, dict[int, str]]
"""Row → column → text, both from 1, only what is there and not hidden."""


def read_xlsx(path: Path, options: Options, on_progress: Callable[[int, int], None]) -> tuple[TextBuilder, int | None]:
    """The text of all visible sheets, each list as a table.

    :raises DamagedFileError: a part is missing or broken.
    :raises TooLargeError: it unpacks to more, or has more rows, than the limits allow.
    """
    builder = TextBuilder(options)
    with ZipFile(path) as archive:
        check_packed(archive, options, "Excel")
        book = _opened(path)
        try:
            sheets = [sheet for sheet in book.worksheets if hasattr(sheet, "iter_rows")]
            named = sum(sheet.sheet_state == "visible" for sheet in sheets) > 1
            for number, sheet in enumerate(sheets, 1):
                _sheet(builder, archive, sheet, number, named=named)
                on_progress(number, len(sheets))
        except ReadingError:
            raise
        except Exception as error:  # openpyxl raises what its parsers raise, of many kinds
            raise DamagedFileError(DAMAGED) from error
        finally:
            book.close()
    return builder, None


def _opened(path: Path) -> Any:
    from openpyxl import load_workbook  # noqa: PLC0415 -- slow import

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of extensions that are not kept; nothing is written
            return load_workbook(path, read_only=True, data_only=True, keep_links=False)
    except Exception as error:
        raise DamagedFileError(DAMAGED) from error


def _sheet(builder: TextBuilder, archive: ZipFile, sheet: Any, number: int, *, named: bool) -> None:
    """Write one sheet, and a page that says what of it was passed over."""
    start = len(builder)
    if sheet.sheet_state != "visible":
        reason = f"Trang tính “{sheet.title}” đang ẩn nên không được đọc."
    else:
        with archive.open(sheet._worksheet_path) as part:  # noqa: SLF001 - the reader of rows tells nothing of its layout
            layout = read_layout(part)
        rows = _rows(sheet, layout)
        if named and rows:
            builder.add("\n" if start else "")
            builder.line(sheet.title)
        _write(builder, rows, layout)
        reason = _passed_over(sheet.title, layout)
    builder.pages.append(Page(number, Span(start, len(builder)), reason=reason))


def _passed_over(title: str, layout: SheetLayout) -> str:
    """What of a sheet was not read, as a sentence; empty where all was."""
    said = [
        f"{count} {what}"
        for count, what in (
            (len(layout.hidden_rows), "dòng ẩn không được đọc"),
            (len(layout.hidden_columns), "cột ẩn không được đọc"),
            (layout.without_result, "ô công thức chưa có kết quả"),
        )
        if count
    ]
    return f"Trang tính “{title}”: {', '.join(said)}." if said else ""


def _rows(sheet: Any, layout: SheetLayout) -> Rows:
    """All rows with something in them.

    :raises TooLargeError: there are more than a list may have.
    """
    rows: Rows = {}
    last = 0
    sheet.reset_dimensions()  # files from other programs claim a million rows
    for number, cells in enumerate(sheet.iter_rows(), 1):
        if number - last > MAX_GAP:
            break
        if number in layout.hidden_rows:
            continue
        held = _row(cells, layout)
        if held:
            rows[number] = held
            last = number
        if len(rows) > MAX_ROWS:
            raise TooLargeError(
                f"Trang tính “{sheet.title}” có hơn {MAX_ROWS:,} dòng".replace(",", ".")
                + ", vượt giới hạn đọc. Đề nghị tách thành nhiều tệp nhỏ hơn rồi gửi từng tệp."
            )
    return rows


def _row(cells: Any, layout: SheetLayout) -> dict[int, str]:
    held = {}
    for column, cell in enumerate(islice(cells, MAX_COLUMNS), 1):
        if cell.value is not None and column not in layout.hidden_columns:
            text = shown(cell.value, cell.number_format)
            if text:
                held[column] = text
    return held


@dataclass(frozen=True, slots=True)
class _Grid:
    """The rows and columns of the list in their order; each that has something gets a place from 0."""

    rows: Mapping[int, int]
    columns: Mapping[int, int]


def _write(builder: TextBuilder, rows: Rows, layout: SheetLayout) -> None:
    """The lines above the list, the list, the lines below it."""
    first, last = _list_of(rows)
    titles = _titles(rows, layout)
    for number, cells in rows.items():
        if first <= number <= last:
            if number == first:
                _write_list(builder, {key: row for key, row in rows.items() if first <= key <= last}, layout)
        else:
            if number in titles and number - 1 not in titles and len(builder):
                builder.add("\n")
            for text in cells.values():
                builder.line(text)


def _titles(rows: Rows, layout: SheetLayout) -> set[int]:
    """The rows of one cell that is set over most of the sheet: titles, which stand apart from the letterhead above."""
    widest = max((len(cells) for cells in rows.values()), default=0)
    wide = {row for (row, _), (_, columns) in layout.merged.items() if columns * 2 > widest}
    return {row for row in wide if len(rows.get(row, ())) == 1}


def _list_of(rows: Rows) -> tuple[int, int]:
    """The first and last row of the list.

    It goes from the first row that is as full as a head of columns to the last one as full, and those of two cells or more
    right below that. What stands above is the letterhead and the title, what stands below is a signature or a note. An empty range where
    there is no list.
    """
    widest = max((len(cells) for cells in rows.values()), default=0)
    if widest < 2:
        return 1, 0
    least = min(3, widest)
    first = next(number for number, cells in rows.items() if len(cells) >= least)
    last = max(number for number, cells in rows.items() if len(cells) >= least)
    while len(rows.get(last + 1, ())) > 1:
        last += 1
    return first, last


def _write_list(builder: TextBuilder, rows: Rows, layout: SheetLayout) -> None:
    columns = sorted({column for cells in rows.values() for column in cells})
    grid = _Grid({number: place for place, number in enumerate(rows)}, {column: place for place, column in enumerate(columns)})
    builder.table(_cells(rows, grid, layout))


def _cells(rows: Rows, grid: _Grid, layout: SheetLayout) -> Iterator[CellText]:
    """The cells of the list, empty ones too, a merged one once with its reach over what is shown."""
    covered = layout.covered()
    for number, cells in rows.items():
        for column in grid.columns:
            if (number, column) in covered:
                continue
            high, wide = layout.merged.get((number, column), (1, 1))
            yield CellText(
                grid.rows[number],
                grid.columns[column],
                cells.get(column, ""),
                sum(row in grid.rows for row in range(number, number + high)),
                sum(item in grid.columns for item in range(column, column + wide)),
            )
