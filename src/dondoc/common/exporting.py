"""A list → a table file: .xlsx for people, .csv for other programs.

A list says its columns once and exports what the page lists, with the page's filters and limits::

    COLUMNS = (
        Column("Số, ký hiệu", lambda document: document.code),
        Column("Ngày ban hành", lambda document: document.issued_on, width=14),
        Column("Trích yếu", lambda document: document.title, width=60),
    )

    if format := wanted_format(request):  # common.downloading
        return download(request, format, "Văn bản", COLUMNS, documents.iterator(chunk_size=500))

Several lists that belong together are parts: the sheets of one .xlsx, or a .zip with a .csv each (:func:`write_parts`).

The kind of a value is its type: ``date`` and ``datetime`` become days that can be sorted, ``int``, ``float`` and ``Decimal``
numbers that can be summed, ``None`` an empty cell, and all else text that stays text.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import IO, Any, Generic, TypeAlias, TypeVar
from zipfile import ZIP_DEFLATED, ZipFile

from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from dondoc.common import wording
from dondoc.common.errors import Refused

T = TypeVar("T")
Value: TypeAlias = str | int | float | Decimal | date | datetime | None


class Format(StrEnum):
    """The endings of the files."""

    XLSX = "xlsx"
    CSV = "csv"


@dataclass(frozen=True)  # no slots: typing notes Column[Task] on what it makes
class Column(Generic[T]):
    """``value``: of a row; ``width``: in characters, for the .xlsx."""

    words: str
    value: Callable[[T], Value]
    width: int = 18


@dataclass(frozen=True, slots=True)
class About:
    """What a list is, for whoever finds the file later; ``facts`` ("Tính đến", "22/11/2026") stand on a sheet of their own."""

    name: str
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Part(Generic[T]):
    """One of several lists; ``name`` is its sheet, or the file in the .zip."""

    name: str
    columns: Sequence[Column[T]]
    rows: Iterable[T]


MOST_ROWS = 1_048_575
"""Below its head a sheet takes no more (Excel specifications and limits)."""
LONGEST_SHEET_NAME = 31
LONGEST_CELL = 32_767
WIDE = 30  # characters: from here on a column wraps its text
_NOT_IN_SHEET_NAMES = re.compile(r"[\\/*?:\[\]]")
# XML knows no control characters; an .xlsx with one cannot be opened.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def write(target: IO[bytes], form: Format, about: About, columns: Sequence[Column[T]], rows: Iterable[T]) -> None:
    """Write the file, row by row: what is held in memory does not grow with the list."""
    (_write_xlsx if form == Format.XLSX else _write_csv)(target, about, columns, rows)


def write_parts(target: IO[bytes], form: Format, about: About, parts: Sequence[Part[Any]]) -> None:
    """One .xlsx with a sheet each, or a .zip with a .csv each; what all are stands at the end."""
    (_write_book if form == Format.XLSX else _write_zip)(target, about, parts)


def _write_xlsx(target: IO[bytes], about: About, columns: Sequence[Column[T]], rows: Iterable[T]) -> None:
    _write_book(target, about, [Part(about.name, columns, rows)])


def _write_book(target: IO[bytes], about: About, parts: Sequence[Part[Any]]) -> None:
    book = Workbook(write_only=True)
    try:
        counts = [(part.name, _write_sheet(book, part)) for part in parts]
    except BaseException:
        _give_up(book)
        raise
    sheet = book.create_sheet(ABOUT)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 18, 80
    cells = _Cells(sheet)
    for words, value in _about(about, counts):
        sheet.append([cells.make(words, "head"), cells.make(value, "wide")])
    book.save(target)


def _give_up(book: Any) -> None:
    """Close the sheets and take away their temporary files; else they stay, and say so when the memory is tidied."""
    for sheet in book.worksheets:
        sheet.close()
        sheet._writer.cleanup()  # noqa: SLF001 - what saving does in the end


def _write_sheet(book: Workbook, part: Part[Any]) -> int:
    """How many rows there were."""
    sheet = book.create_sheet(_NOT_IN_SHEET_NAMES.sub(" ", part.name)[:LONGEST_SHEET_NAME])
    for at, column in enumerate(part.columns, start=1):
        sheet.column_dimensions[get_column_letter(at)].width = column.width
    sheet.freeze_panes = "A2"
    cells = _Cells(sheet)
    sheet.append([cells.make(column.words, "head") for column in part.columns])
    count = 1
    for count, row in enumerate(part.rows, start=2):
        if count > MOST_ROWS + 1:
            raise Refused(f"{part.name} có hơn {wording.number(MOST_ROWS)} dòng, một trang Excel không chứa hết. Tải tệp CSV.")
        sheet.append([cells.make(column.value(row), "wide" if column.width >= WIDE else "") for column in part.columns])
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(part.columns))}{count}"
    return count - 1


ABOUT = "Thông tin"


def _about(about: About, counts: Sequence[tuple[str, int]]) -> list[tuple[str, Value]]:
    """What a list is, or what several are, and how many rows each has."""
    single = len(counts) == 1
    rows: list[tuple[str, Value]] = [("Số dòng" if single else f"Số dòng, {name}", count) for name, count in counts]
    return [("Danh sách" if single else "Tệp", about.name), *about.facts, *rows]


def _write_zip(target: IO[bytes], about: About, parts: Sequence[Part[Any]]) -> None:
    with ZipFile(target, "w", ZIP_DEFLATED) as held:
        counts = [(part.name, _write_member(held, part)) for part in parts]
        facts = (Column[tuple[str, Value]]("Mục", lambda row: row[0]), Column[tuple[str, Value]]("Nội dung", lambda row: row[1]))
        _write_member(held, Part(ABOUT, facts, _about(about, counts)))


def _write_member(held: ZipFile, part: Part[Any]) -> int:
    with held.open(f"{part.name}.csv", "w", force_zip64=True) as file:
        return _write_rows(file, part.columns, part.rows)


class _Cells:
    """Makes the cells of a sheet. Each look is made once: telling it to every cell anew takes ten times as long.

    The library takes each cell for a value first, and catches an error before it takes it for a cell; that is half of its time.
    """

    def __init__(self, sheet: Any) -> None:
        self.sheet = sheet
        self.looks: dict[tuple[str, str, bool], Any] = {}
        sheet._values_to_row = _placed  # noqa: SLF001

    def make(self, value: Value, place: str) -> Any:
        """``place``: "head", "wide" (long text is wrapped) or "".

        Text is told to be text: one that begins with ``=`` is no formula now, nor when somebody edits the cell.
        """
        if value is None:
            return None
        value = _plain(value)
        is_text = isinstance(value, str)
        cell: Any = WriteOnlyCell(self.sheet)
        cell._value = value  # noqa: SLF001 - the setter would look for formulas
        cell.data_type = "s" if is_text else "d" if isinstance(value, date) else "n"
        look = (place, "" if is_text else _format_of(value), is_text and str(value).startswith(TRIGGERS))
        if look not in self.looks:
            self.looks[look] = self._look(*look)
        cell._style = self.looks[look]  # noqa: SLF001 - what the library copies a look by
        return cell

    def _look(self, place: str, number_format: str, quoted: bool) -> Any:
        cell: Any = WriteOnlyCell(self.sheet)
        cell.alignment = Alignment(vertical="top", wrap_text=bool(place))
        cell.font = Font(bold=place == "head")
        cell.number_format = number_format or "General"
        cell.quotePrefix = quoted
        return cell._style  # noqa: SLF001


def _placed(cells: Iterable[Any], row: int) -> Iterator[Any]:
    for at, cell in enumerate(cells, start=1):
        if cell is not None:
            cell.column, cell.row = at, row
            yield cell


def _format_of(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return "dd/mm/yyyy hh:mm"
    if isinstance(value, date):
        return "dd/mm/yyyy"
    return "#,##0" if value == int(value) else "#,##0.####"


def _plain(value: Value) -> Value:
    """Times in Vietnam's clock without their zone, and text that a sheet can hold."""
    if isinstance(value, datetime):
        return timezone.make_naive(value) if timezone.is_aware(value) else value
    return cell_text(value) if isinstance(value, str) else value


def cell_text(text: str) -> str:
    """A text that a sheet can hold."""
    return without_controls(text)[:LONGEST_CELL]


def without_controls(text: str) -> str:
    """A text that a file of XML can hold."""
    return _CONTROLS.sub("", text)


def sheet_name(words: str) -> str:
    """A name that a sheet can have."""
    return _NOT_IN_SHEET_NAMES.sub(" ", words)[:LONGEST_SHEET_NAME]


# A program of tables takes a text for a formula if it begins so (OWASP, CSV injection).
TRIGGERS = ("=", "+", "-", "@", "\t", "\r", "\n")
SEPARATOR = ";"


def _write_csv(target: IO[bytes], about: About, columns: Sequence[Column[T]], rows: Iterable[T]) -> None:  # noqa: ARG001 - like the other
    _write_rows(target, columns, rows)


def _write_rows(target: IO[bytes], columns: Sequence[Column[T]], rows: Iterable[T]) -> int:
    """As Excel set to Vietnamese opens it in columns: semicolons, since the comma is the decimal mark; UTF-8 told by its mark.

    Days are ISO (2025-09-09): every Excel reads them as days, whereas 09/10/2025 is another day where the machine is set to
    English. Text that could become a formula gets an apostrophe, as one would type it. Gives back the number of rows.
    """
    text = io.TextIOWrapper(target, encoding="utf-8-sig", newline="")
    lines = csv.writer(text, delimiter=SEPARATOR)
    lines.writerow([_guarded(column.words) for column in columns])
    count = 0
    for count, row in enumerate(rows, start=1):  # noqa: B007 - the number of the last row
        lines.writerow([_words(column.value(row)) for column in columns])
    text.detach()
    return count


def _words(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return _guarded(without_controls(value))
    if isinstance(value, datetime):
        return f"{_plain(value):%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    return wording.number(value).replace(".", "")


def _guarded(text: str) -> str:
    return f"'{text}" if text.startswith(TRIGGERS) else text
