"""The tables of a form in Word: figures and reasons by the codes of rows and the heads of columns."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from dondoc.common.folding import searchable
from dondoc.reporting.rules.cells import Place
from dondoc.reporting.rules.entering import one_line
from dondoc.reporting.rules.templates import ColumnFacts, IndicatorFacts, TableFacts, TemplateFacts
from dondoc.reporting.unit_files import word_words as words
from dondoc.reporting.unit_files.contents import FileFault, FilledCell, Seen
from dondoc.reporting.unit_files.word_text import Grid, GridCell

CODE_WITHIN = 3  # a row's code stands in one of its first cells


@dataclass(frozen=True, slots=True)
class _Row:
    """Where an indicator stands in the template."""

    table: TableFacts
    indicator: IndicatorFacts


@dataclass(frozen=True, slots=True)
class _Heads:
    """``words``: where a column's head stands → its words, folded; none where no head has come yet. ``width``: of the row."""

    words: Mapping[int, str]
    width: int


@dataclass
class GridReader:
    """Takes one grid after another. ``_figures``: place → what stands there; ``_reasons``: code → the lines of its reasons."""

    facts: TemplateFacts
    seen: Seen
    faults: list[FileFault] = field(default_factory=list)
    _figures: dict[Place, list[str]] = field(default_factory=dict)
    _reasons: dict[str, list[str]] = field(default_factory=dict)
    _met: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._rows = {one.code: _Row(table, one) for table in self.facts.tables for one in table.indicators}
        self._heads_known = {
            _folded(name) for table in self.facts.tables for one in table.columns for name in words.names_of(one)
        }

    def takes(self, grid: Grid) -> bool:
        """Whether it is a table of the form, or what was copied out of one; rows that only count 1, 2, 3 say nothing by themselves."""
        codes = {code for row in grid.rows if (code := self._code(row))}
        if any(self._tagged(cell) for row in grid.rows for cell in row):
            return True
        return any(not code.isdigit() for code in codes) or bool(codes and any(self._heads(row) for row in grid.rows))

    def read(self, grid: Grid) -> None:
        heads = _Heads({}, 0)
        strange: list[str] = []
        for row in grid.rows:
            code = self._code(row)
            if code:
                self._row(code, row, heads)
            elif found := self._heads(row):
                heads = found
            elif len(row) > 1:
                strange += self._strange(row, heads)
        self.faults += [FileFault(f"bảng có dòng “{one}”", _STRANGE) for one in strange]

    def cells(self) -> Iterator[FilledCell]:
        """In the order of the template; what says two things is told as a fault."""
        for code, row in self._rows.items():
            yield from self._of_row(code, row)

    def missing(self) -> Iterator[FileFault]:
        """Tables, rows and columns that have gone out of the file."""
        for table in self.facts.tables:
            codes = [one.code for one in table.indicators]
            met = [code for code in codes if code in self._met]
            if not met:
                yield FileFault(f"biểu {table.code}", "Không thấy biểu này trong tệp. Chép lại biểu từ mẫu, hoặc ghi trên trang.")
                continue
            for code in codes:
                if code not in self._met:
                    yield FileFault(f"biểu {table.code}, dòng {code}", "Không thấy dòng này trong tệp. Chép lại từ mẫu.")
            for column in table.columns:
                asked = [Place(one.code, column.key) for one in table.indicators if not one.formula and one.code in self._met]
                if asked and not any(place in self._figures for place in asked):
                    yield FileFault(f"biểu {table.code}, cột {column.words}", _NO_COLUMN)

    def _code(self, row: Sequence[GridCell]) -> str:
        return next((cell.words for cell in row[:CODE_WITHIN] if not cell.tags and cell.words in self._rows), "")

    def _tagged(self, cell: GridCell) -> list[Place]:
        """The places that the controls of a cell name, as far as the template asks them."""
        places = [place for tag in cell.tags if (place := words.figure_of(tag))]
        return [place for place in places if place.code in self._rows and _column(self._rows[place.code].table, place.column)]

    def _heads(self, row: Sequence[GridCell]) -> _Heads | None:
        found = {cell.at: _folded(cell.text) for cell in row}
        if any(cell.tags for cell in row) or not self._heads_known & set(found.values()):
            return None
        return _Heads(found, _width(row))

    def _row(self, code: str, row: Sequence[GridCell], heads: _Heads) -> None:
        """By the heads where the row has the cells that they have; by the tags where cells are missing or too many."""
        one, fits = self._rows[code], heads.width == _width(row)
        columns = _by_head(one.table, heads.words) if fits else {}
        self._met.add(code)
        owned = [(cell, place.column) for cell in row for place in self._tagged(cell) if place.code == code]
        if heads.words and not fits and not owned and not one.indicator.formula:
            self.faults.append(FileFault(f"biểu {one.table.code}, dòng {code}", _TORN))
        for cell in row:
            if self._is_reason(cell, code) or (fits and heads.words.get(cell.at) == _folded(words.REASON)):
                self._reasons.setdefault(code, []).extend(cell.text.split("\n"))
            else:
                self._beside_head(one, cell, Place(code, columns.get(cell.at, "")), owned)

    def _is_reason(self, cell: GridCell, code: str) -> bool:
        return any(words.reason_of(tag) == code for tag in cell.tags)

    def _beside_head(self, row: _Row, cell: GridCell, place: Place, owned: Sequence[tuple[GridCell, str]]) -> None:
        """A cell that may be a figure. ``place``: as its head says; ``owned``: the cells with controls of this row, and their columns."""
        tags = [column for other, column in owned if other is cell]
        is_moved = bool(tags) and place.column not in tags and sum(column == tags[0] for _, column in owned) == 1
        # Where controls are left, what has none of its own has come from elsewhere.
        is_stray = bool(owned) and not any(words.figure_of(tag) for tag in cell.tags)
        if place.column and (is_moved or is_stray):
            if cell.words and not row.indicator.formula:
                self._fault(row, place, _MOVED)
        elif place.column or tags:
            self._figure(row, place if place.column else Place(place.code, tags[0]), cell)

    def _fault(self, row: _Row, place: Place, problem: str) -> None:
        column = next(one for one in row.table.columns if one.key == place.column)
        self.faults.append(FileFault(words.place_words(row.table, place.code, column), problem, place))

    def _figure(self, row: _Row, place: Place, cell: GridCell) -> None:
        if row.indicator.formula:
            if cell.words not in {"", words.COMPUTED}:
                self._fault(row, place, f"Ô này tự tính, “{cell.words[:40]}” không nhận. Xóa số ở đây.")
        elif cell.is_merged:
            self._figures.setdefault(place, [])
            self._fault(row, place, "Ô gộp với ô khác. Bỏ gộp ô rồi ghi số vào từng ô.")
        else:
            self._figures.setdefault(place, []).append(cell.words)

    def _strange(self, row: Sequence[GridCell], heads: _Heads) -> Iterator[str]:
        """A row with figures that belongs to no indicator: nothing of it can be taken, and somebody has typed it."""
        if any(cell.words and heads.words.get(cell.at) in self._heads_known for cell in row):
            yield next((cell.words for cell in row if cell.words), "")[:60]

    def _of_row(self, code: str, row: _Row) -> Iterator[FilledCell]:
        held = {column.key: self._figures.get(Place(code, column.key)) for column in row.table.columns}
        for key, found in held.items():
            if len(different := list(dict.fromkeys(found or ()))) > 1:
                said = " và ".join(f"“{one}”" if one else "để trống" for one in different)
                self._fault(row, Place(code, key), f"Ô này có nhiều chỗ ghi khác nhau: {said}. Để lại một.")
        said_once = {key: found[0] for key, found in held.items() if found and len(set(found)) == 1}
        if row.indicator.formula:
            said_once = {one.key: "" for one in row.table.columns} if code in self._reasons else {}
        why = self._why(code, row, said_once)
        for key, typed in said_once.items():
            yield from self._cell(row, Place(code, key), typed, why.get(key, ""))

    def _cell(self, row: _Row, place: Place, typed: str, reason: str) -> Iterator[FilledCell]:
        seen = self.seen.cells.get(place)
        said = reason if place.code in self._reasons else (seen or "|").partition("|")[2]
        if seen is not None or typed or said:
            column = next(one for one in row.table.columns if one.key == place.column)
            yield FilledCell(place, typed, said, words.place_words(row.table, place.code, column), seen or "|")

    def _why(self, code: str, row: _Row, typed: Mapping[str, str]) -> Mapping[str, str]:
        """Column → its reason. A reason that names no column is that of all columns in which something stands."""
        own, common = reasons_in(self._reasons.get(code, ()), row.table.columns)
        if not common:
            return own
        filled = [key for key, value in typed.items() if value] or list(typed)
        return {**dict.fromkeys(filled, common), **own}


def reasons_in(lines: Sequence[str], columns: Sequence[ColumnFacts]) -> tuple[dict[str, str], str]:
    """``Năm 2025: …`` by columns, and what stands before the first of them; a table of one column has no such heads."""
    if len(columns) == 1:
        return {columns[0].key: one_line(" ".join(lines))}, ""
    heads = [
        (one.key, re.compile(rf"\s*(?:{'|'.join(map(re.escape, words.names_of(one)))})\s*:", re.IGNORECASE)) for one in columns
    ]
    found: dict[str, list[str]] = {"": []}
    here = ""
    for line in lines:
        key, head = next(((key, match) for key, form in heads if (match := form.match(line))), ("", None))
        here = key or here
        found.setdefault(here, []).append(line[head.end() :] if head else line)
    said = {key: one_line(" ".join(texts)) for key, texts in found.items()}
    return {key: text for key, text in said.items() if key}, said[""]


def _by_head(table: TableFacts, heads: Mapping[int, str]) -> Mapping[int, str]:
    """Place in the grid → column's key. Of several columns with the same words the first stands first."""
    left = list(table.columns)
    found: dict[int, str] = {}
    for at, head in sorted(heads.items()):
        column = next((one for one in left if head in map(_folded, words.names_of(one))), None)
        if column:
            left.remove(column)
            found[at] = column.key
    return found


def _width(row: Sequence[GridCell]) -> int:
    return row[-1].at + row[-1].width if row else 0


def _column(table: TableFacts, key: str) -> ColumnFacts | None:
    return next((one for one in table.columns if one.key == key), None)


def _folded(text: str) -> str:
    return searchable(text).strip(" .:")


_NO_COLUMN = "Không thấy cột này trong tệp. Giữ nguyên tên cột ở đầu bảng, hoặc chép lại bảng từ mẫu."
_TORN = "Dòng này thừa hoặc thiếu ô so với đầu bảng nên không đọc số. Chép lại dòng từ mẫu."
_MOVED = "Ô này bị dời từ cột khác sang nên không đọc. Chép lại dòng từ mẫu, ghi số vào đúng cột."
_STRANGE = "Mẫu không có chỉ tiêu của dòng này, số ở đây không nhận. Xóa dòng, hoặc ghi vào dòng có mã."
