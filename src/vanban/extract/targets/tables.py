"""Targets in a table of indicators: a column of names, a unit, and a column for each year ("Chỉ tiêu | ĐVT | 2026 | 2030")."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from vanban.extract.confidence import confidence_of
from vanban.extract.dates import fold
from vanban.extract.targets.figures import number_of
from vanban.reading import Cell, Comparator, Table, Target
from vanban.spans import Span, cover

_HEAD_ROWS = 3
_NAME = re.compile(r"(?:tên\s+|các\s+|nội\s+dung\s+)?(?:chỉ\s+tiêu|mục\s+tiêu|chỉ\s+số)")
_UNIT = re.compile(r"^(?:đơn\s+vị(?:\s+tính)?|đvt)\W*$")
_GOAL = re.compile(r"mục\s+tiêu|chỉ\s+tiêu|kế\s+hoạch|phấn\s+đấu|giao|lộ\s+trình")
_DONE = re.compile(r"thực\s+hiện|kết\s+quả|hiện\s+trạng|đạt\s+được|ước|so\s+sánh|ghi\s+chú|cơ\s+quan|chủ\s+trì|phối\s+hợp")
_YEAR = re.compile(r"(?<!\d)((?:19|20|21)\d\d)(?!\d)")
_VALUE = re.compile(
    r"^\s*(?:phấn\s+đấu\s+)?(?P<sign>≥|>=|≤|<=|>|<|trên|dưới|từ|ít\s+nhất|tối\s+thiểu|không\s+quá|khoảng)?\s*"
    r"(?P<n>\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?)\s*%?\s*(?:[-–—]\s*(?P<high>\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?))?\s*(?P<pct>%)?\s*(?P<up>trở\s+lên)?\s*$"
)
_IN_BRACKETS = re.compile(r"\(([^()\d]{1,20})\)\s*$")
_SIGNS = {
    "≥": Comparator.GE, ">=": Comparator.GE, "từ": Comparator.GE, "ít nhất": Comparator.GE, "tối thiểu": Comparator.GE,
    "≤": Comparator.LE, "<=": Comparator.LE, "không quá": Comparator.LE, ">": Comparator.GT, "trên": Comparator.GT,
    "<": Comparator.LT, "dưới": Comparator.LT, "khoảng": Comparator.EQ,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which column holds the name, which the unit, and the year of each column of goals."""

    name: int
    unit: int | None
    goals: dict[int, str | None]
    head: int


def _words(text: str, span: Span) -> str:
    return " ".join(span.of(text).split())


def _columns(text: str, table: Table, issued_on: date | None) -> _Columns | None:
    """The columns of a table of indicators, None where the head does not say that it is one."""
    heads: dict[int, list[str]] = {}
    rows = sorted({cell.row for cell in table.cells})[:_HEAD_ROWS]
    names: list[tuple[int, int]] = []
    for cell in table.cells:
        if cell.row not in rows:
            continue
        low = fold(_words(text, cell.span))
        for column in range(cell.column, cell.column + cell.columns):
            heads.setdefault(column, []).append(low)
        if _NAME.match(low) and len(low) < 60 and not _YEAR.search(low):
            names.append((cell.row, cell.column))
    if not names:
        return None
    head, name = min(names)
    unit = next((column for column, words in heads.items() if any(_UNIT.match(word) for word in words)), None)
    goals = {
        column: year
        for column, words in heads.items()
        if column not in {name, unit}
        for ok, year in [_goal(words, issued_on)]
        if ok
    }
    return _Columns(name, unit, goals, head) if goals else None


def _goal(words: Sequence[str], issued_on: date | None) -> tuple[bool, str | None]:
    """Whether a column's head is that of goals to come, and the last year it names."""
    said = " ".join(words)
    years = _YEAR.findall(said)
    if _DONE.search(said) or (years and issued_on is not None and int(years[-1]) < issued_on.year):
        return False, None
    return bool(years) or _GOAL.search(said) is not None, years[-1] if years else None


def table_targets(text: str, tables: Sequence[Table], issued_on: date | None) -> Iterator[Target]:
    """The targets of every table of indicators, row by row; an empty cell gives none."""
    for table in tables:
        columns = None if table.layout else _columns(text, table, issued_on)
        if columns is None:
            continue
        rows: dict[int, list[Cell]] = {}
        for cell in table.cells:
            rows.setdefault(cell.row, []).append(cell)
        for row in sorted(rows):
            if row > columns.head:
                yield from _row(text, rows[row], columns)


def _row(text: str, cells: Sequence[Cell], columns: _Columns) -> Iterator[Target]:
    by_column = {cell.column: cell for cell in cells}
    named = by_column.get(columns.name)
    if named is None or not any(letter.isalpha() for letter in named.span.of(text)):
        return
    name = _words(text, named.span)
    bracketed = _IN_BRACKETS.search(name)
    unit_cell = by_column.get(columns.unit) if columns.unit is not None else None
    unit = _words(text, unit_cell.span) if unit_cell else bracketed[1].strip() if bracketed else ""
    for column, horizon in columns.goals.items():
        cell = by_column.get(column)
        target = _target(text, named, name, unit, cell=cell, horizon=horizon) if cell else None
        if target is not None:
            yield target


def _target(text: str, named: Cell, name: str, unit: str, *, cell: Cell, horizon: str | None) -> Target | None:
    written = _words(text, cell.span)
    match = _VALUE.match(fold(written))
    if match is None:
        return None
    value, high = number_of(match["n"]), number_of(match["high"]) if match["high"] else None
    if high is not None and high <= value:
        return None
    sign = _SIGNS.get(" ".join((match["sign"] or "").split()), Comparator.EQ)
    comparator = Comparator.RANGE if high is not None else Comparator.GE if match["up"] else sign
    return Target(
        text=f"{name}: {written}",
        indicator=_IN_BRACKETS.sub("", name).strip() or name,
        comparator=comparator,
        value=value,
        value_high=high,
        unit="%" if "%" in written else unit or None,
        baseline=None,
        horizon=horizon,
        span=cover([named.span, cell.span]),
        confidence=confidence_of("target", "table"),
    )
