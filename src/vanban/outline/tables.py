"""A table of tasks → rows: which column says what, and which rows are heads of sections."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from vanban.lexicon.folding import fold
from vanban.reading import Cell, Table
from vanban.spans import Span, cover


class Role(StrEnum):
    """What a column holds."""

    NUMBER = "number"
    TASK = "task"
    LEAD = "lead"
    COORDINATOR = "coordinator"
    SUPERVISOR = "supervisor"
    TIME = "time"
    RESULT = "result"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Row:
    """A row: the places of its cells by role (several where a cell goes on below a page break, or two columns share a role).

    ``number`` as printed, "" for none; ``section`` the path of the section row above it ("PL.I"), or the table's own;
    ``span`` covers the cells that begin in this row.
    """

    number: str
    section: str
    cells: Mapping[Role, tuple[Span, ...]]
    span: Span


@dataclass(frozen=True, slots=True)
class Section:
    """A row that heads those below it: I. …, spanning the columns."""

    path: str
    span: Span


@dataclass(frozen=True, slots=True)
class TaskTable:
    """A table whose columns are known: the role of each column (by number), its sections and its rows."""

    columns: Mapping[int, Role]
    sections: tuple[Section, ...]
    rows: tuple[Row, ...]


_HEADERS: tuple[tuple[Role, re.Pattern[str], str], ...] = (
    (Role.NUMBER, re.compile(r"^(?:s?tt|số tt|số thứ tự|số)\W*$"), "STT"),
    (Role.NOTE, re.compile(r"ghi chú|căn cứ|cơ sở pháp lý"), "Ghi chú"),
    (
        Role.SUPERVISOR,
        re.compile(
            r"(?:cấp ủy|lãnh đạo|đồng chí|thường trực).*(?:theo dõi|chỉ đạo|phụ trách)|theo dõi,? (?:chỉ đạo|đôn đốc)|^chỉ đạo$|giám sát"
        ),
        "Cấp ủy theo dõi, chỉ đạo",
    ),
    (Role.LEAD, re.compile(r"chủ trì|chủ quản"), "Cơ quan chủ trì tham mưu"),
    (Role.COORDINATOR, re.compile(r"phối hợp"), "Đơn vị phối hợp"),
    (
        Role.TIME,
        re.compile(r"thời (?:gian|hạn|điểm|hiệu)|tiến độ|hạn (?:hoàn|thực)|lộ trình|^hoàn thành|^năm (?:hoàn|thực)"),
        "Thời gian hoàn thành",
    ),
    (
        Role.RESULT,
        re.compile(r"kết quả|sản phẩm|đầu ra|hình thức (?:văn bản|sản phẩm)|loại văn bản|^hình thức$"),
        "Sản phẩm dự kiến",
    ),
    (
        Role.LEAD,
        re.compile(
            r"(?:cơ quan|đơn vị|người|địa phương).*(?:thực hiện|tham mưu|trách nhiệm|báo cáo|soạn thảo|được giao)|phân công|trách nhiệm|đầu mối|^(?:cơ quan|đơn vị)\W*$"
        ),
        "Đơn vị thực hiện",
    ),
    (
        Role.TASK,
        re.compile(
            r"nhiệm vụ|nội dung|công việc|đầu việc|hoạt động|giải pháp|đề án|danh mục|^tên\b|chương trình|chính sách|văn bản|dự án"
        ),
        "Tên nhiệm vụ cụ thể",
    ),
)
_COUNTED = re.compile(r"^\(?\s*\d{1,2}\s*\)?$")
_SECTION = re.compile(r"^\s*(?P<mark>[IVX]{1,5}|[A-HĐ])\s*(?:[.\-–)/:]|$)")
_NUMBER_DASH = re.compile(r"^\s*(?P<mark>\d{1,2})\s*[.\-–]\s")
_HEADER_ROWS = 6


def header_role(text: str) -> Role | None:
    """The role that a column's heading gives it; None for a heading that is not known."""
    words = " ".join(fold(text).split())
    return next((role for role, pattern, _ in _HEADERS if pattern.search(words)), None)


def task_table(text: str, table: Table, path: str = "") -> TaskTable | None:
    """``table`` as rows of known columns, under the heading ``path``; None where its head names no work to be done."""
    rows = _rows(table)
    head = _head(text, rows)
    if head is None:
        return None
    columns, first = head
    if Role.TASK not in columns.values() or len(set(columns.values()) - {Role.NUMBER, Role.NOTE}) < 2:
        return None
    return _Reader(text, columns, path).read(rows[first:], _merged(table, first))


def _rows(table: Table) -> list[tuple[Cell, ...]]:
    """The cells by row, in order of column; rows without a cell are kept empty."""
    rows: list[list[Cell]] = [[] for _ in range(max((cell.row for cell in table.cells), default=-1) + 1)]
    for cell in sorted(table.cells, key=lambda held: held.column):
        rows[cell.row].append(cell)
    return [tuple(row) for row in rows]


def _merged(table: Table, first: int) -> dict[int, list[Cell]]:
    """Row → cells that began above it and reach into it."""
    reach: dict[int, list[Cell]] = {}
    for cell in table.cells:
        if cell.row >= first:
            for row in range(cell.row + 1, cell.row + cell.rows):
                reach.setdefault(row - first, []).append(cell)
    return reach


def _head(text: str, rows: Sequence[Sequence[Cell]]) -> tuple[dict[int, Role], int] | None:
    """The columns' roles, and the first row below the head (one row or two, and a row of column numbers)."""
    for at, row in enumerate(rows[:_HEADER_ROWS]):
        known = [role for cell in row if (role := header_role(cell.span.of(text)))]
        if len(set(known)) < 2:
            continue
        last = _head_end(text, rows, at)
        columns = _columns(text, rows[at:last])
        while last < len(rows) and _is_count(text, rows[last]):
            last += 1
        return columns, last
    return None


def _head_end(text: str, rows: Sequence[Sequence[Cell]], at: int) -> int:
    """The row after the head that begins at row ``at``."""
    deep = max((cell.rows for cell in rows[at]), default=1)
    last = at + min(deep, 3)
    filled = [cell for cell in rows[at + 1] if cell.span.of(text).strip()] if at + 1 < len(rows) else []
    divided = any(cell.columns > 1 or not cell.span.of(text).strip() for cell in rows[at])
    if last == at + 1 and divided and filled and all(_is_heading(text, cell) for cell in filled):
        last = at + 2
    return min(last, len(rows))


def _is_heading(text: str, cell: Cell) -> bool:
    """Whether the cell may be the second line of a column's heading."""
    content = cell.span.of(text).strip()
    return len(content) < 60 and not content[0].isdigit() and header_role(content) is not None


def _columns(text: str, head: Sequence[Sequence[Cell]]) -> dict[int, Role]:
    """The role of each column: by the lowest heading over it that is known, else by all of them together."""
    over: dict[int, list[str]] = {}
    for row in head:
        for cell in row:
            for column in range(cell.column, cell.column + cell.columns):
                over.setdefault(column, []).append(cell.span.of(text))
    columns: dict[int, Role] = {}
    for column, headings in over.items():
        roles = [role for heading in reversed(headings) if (role := header_role(heading))]
        role = roles[0] if roles else header_role(" ".join(headings))
        if role is not None:
            columns[column] = role
    return columns


def _is_count(text: str, row: Sequence[Cell]) -> bool:
    """Whether the row only counts the columns: (1) (2) (3)."""
    filled = [content for cell in row if (content := cell.span.of(text).strip())]
    return (
        len(filled) > 2
        and all(_COUNTED.match(content) for content in filled)
        and [int(re.sub(r"\D", "", c)) for c in filled]
        == list(range(int(re.sub(r"\D", "", filled[0])), int(re.sub(r"\D", "", filled[0])) + len(filled)))
    )


class _Reader:
    """Reads the rows below the head, with the section that they stand in."""

    def __init__(self, text: str, columns: Mapping[int, Role], path: str) -> None:
        self._text, self._columns, self._path = text, columns, path
        self._sections: list[Section] = []
        self._rows: list[Row] = []
        self._numbered = Role.NUMBER in columns.values()

    def read(self, rows: Sequence[Sequence[Cell]], merged: Mapping[int, list[Cell]]) -> TaskTable:
        """The table of ``rows``; ``merged``: row → cells from above that reach into it."""
        for index, row in enumerate(rows):
            filled = [cell for cell in row if cell.span.of(self._text).strip()]
            if filled and not self._is_section(filled):
                self._add(filled, merged.get(index, []))
        return TaskTable(self._columns, tuple(self._sections), tuple(self._rows))

    def _is_section(self, filled: Sequence[Cell]) -> bool:
        """Note the row as a section where it has a heading and nothing else."""
        texts = [cell.span.of(self._text).strip() for cell in filled]
        if len(set(texts)) > 2:
            return False
        roles = {self._columns.get(cell.column) for cell in filled}
        wide = sum(cell.columns for cell in filled) >= 0.7 * (max(self._columns) + 1) or len(filled) == 1
        mark = _SECTION.match(texts[0]) or (_NUMBER_DASH.match(texts[0]) if wide else None)
        heads = roles <= {Role.NUMBER, Role.TASK} and (
            mark is not None or (len(set(texts)) == 1 and not texts[0][:1].islower() and wide)
        )
        if not heads and not (wide and mark):
            return False
        if mark is None and self._rows and not self._sections:
            return False
        span = cover(cell.span.trim(self._text) for cell in filled)
        key = mark["mark"] if mark else ""
        self._sections.append(Section(".".join(part for part in (self._path, key) if part), span))
        return True

    def _add(self, filled: Sequence[Cell], reaching: Sequence[Cell]) -> None:
        own: dict[Role, tuple[Span, ...]] = {}
        for cell in sorted(
            [*filled, *(held for held in reaching if held.span.of(self._text).strip())], key=lambda held: held.column
        ):
            role = self._columns.get(cell.column)
            if role is not None:
                own[role] = (*own.get(role, ()), cell.span.trim(self._text))
        span = cover(cell.span.trim(self._text) for cell in filled)
        number = " ".join(own[Role.NUMBER][0].of(self._text).split()).rstrip(".") if Role.NUMBER in own else ""
        if self._goes_on(own, number):
            self._join(own, span)
            return
        self._rows.append(Row(number, self._sections[-1].path if self._sections else self._path, own, span))

    def _goes_on(self, own: Mapping[Role, tuple[Span, ...]], number: str) -> bool:
        """Whether the row is the rest of the one above it, cut off by a page break."""
        if number or not self._numbered or not self._rows:
            return False
        task = own.get(Role.TASK)
        if task is None:
            return Role.LEAD not in own or Role.LEAD in self._rows[-1].cells
        return task[0].of(self._text)[:1].islower()

    def _join(self, own: Mapping[Role, tuple[Span, ...]], span: Span) -> None:
        above = self._rows[-1]
        cells = dict(above.cells)
        for role, spans in own.items():
            cells[role] = (*cells.get(role, ()), *(held for held in spans if held not in cells.get(role, ())))
        self._rows[-1] = Row(above.number, above.section, cells, cover((above.span, span)))
