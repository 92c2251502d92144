"""A table of indicators out of a grid of cells: TT or Mã | Chỉ tiêu | Đơn vị tính | Năm 2021 | …, with bands between the rows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from dondoc.common.folding import searchable
from dondoc.reporting.enums import Method
from dondoc.reporting.rules.keeping import LENGTHS
from dondoc.reporting.rules.templates import ColumnFacts, IndicatorFacts, TableFacts

_CODE = re.compile(r"(tt|stt|so tt|so thu tu|ma|ma so|ma chi tieu|ky hieu)")
_NAME = re.compile(r"(.*\bchi tieu\b.*|.*\bnoi dung\b.*|tieu chi|ten|danh muc|.*hoat dong)")
_MEASURE = re.compile(r"(don vi tinh|dvt|don vi|dv tinh)")
_REMARK = re.compile(r"(ghi chu|can cu|giai trinh)")
_ABOUT_YEAR = re.compile(r"\b(20\d\d)\b")
_COUNTER = re.compile(r"\(?(\d{1,2}|[A-Za-zĐđ])\)?(\s*=.*)?")
_OWN_CODE = re.compile(r"[A-ZĐ]\w*(?:\.\w+)+")
_BAND = re.compile(r"([A-HIVX]+)[.)]?")
_PARTS = re.compile(r"\(\s*([A-ZĐ]\w*(?:\.\w+)+)\s*[:/]\s*([A-ZĐ]\w*(?:\.\w+)+)")
_OF_WHICH = re.compile(r"(?i)trong đó\s*:?")
_HEAD_ROWS = 6

Rows = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class _Layout:
    """Which column holds what; ``first``: the first row below the head."""

    name: int
    code: int | None
    measure: int | None
    values: tuple[tuple[int, ColumnFacts], ...]
    first: int


@dataclass(slots=True)
class GridReader:
    """Reads the grids of one file; codes are unique over all of them."""

    doubts: list[str] = field(default_factory=list)
    tables: set[str] = field(default_factory=set)
    codes: set[str] = field(default_factory=set)

    def read(self, rows: Rows, code: str, title: str) -> TableFacts | None:
        """None: no table of indicators."""
        layout = _layout(rows)
        if layout is None:
            return None
        code = self._free(code[: LENGTHS["code"]], self.tables, "-")
        columns = tuple(column for _, column in layout.values)
        if not columns:
            columns = (ColumnFacts("ky", "Kỳ báo cáo"),)
            self.doubts.append(f"Biểu {code}: không thấy cột số liệu; đặt tạm một cột “Kỳ báo cáo”.")
        indicators = tuple(self._with_ratio(one) for one in self._rows(rows[layout.first :], layout, code))
        if not indicators:
            self.doubts.append(f"Biểu {code}: không thấy dòng chỉ tiêu nào.")
        return TableFacts(code, title, columns, indicators)

    def _rows(self, rows: Rows, layout: _Layout, table: str) -> list[IndicatorFacts]:
        found: list[IndicatorFacts] = []
        base = f"B{re.sub(r'[^0-9A-Za-z]', '', table)}"
        band, letter, number = "", base, 0
        parent, under = "", False
        for row in rows:
            name, code, measure = (_at(row, place) for place in (layout.name, layout.code, layout.measure))
            code = "" if code == name else code
            if not name or _OF_WHICH.fullmatch(name):
                under = under or bool(name)
                continue
            if _is_band(row, layout, name, code, measure):
                band, parent, under, number = f"{code.rstrip('.)')}. {name}" if code else name, "", False, 0
                letter = code.rstrip(".)") if _BAND.fullmatch(code) else f"{base}_{len(found) + 1}"
                continue
            under = under and (name[:1] in "-+" or not code)
            is_part = under or name[:1] in "-+"
            number += not is_part
            wanted = code if _OWN_CODE.fullmatch(code) else self._part(parent) if is_part and parent else f"{letter}.{number:02d}"
            one = self._indicator(wanted, name, band, measure, parent if is_part else "")
            parent = parent if is_part else one.code
            found.append(one)
        return found

    def _indicator(self, code: str, name: str, band: str, measure: str, parent: str) -> IndicatorFacts:
        code = self._free(code[: LENGTHS["code"] - 4], self.codes, "_")
        return IndicatorFacts(
            code,
            name.lstrip("-+ "),
            band=band[: LENGTHS["band"]],
            measure=measure[: LENGTHS["measure"]],
            decimals=1 if measure == "%" else 0,
            breaks_down=parent,
        )

    def _with_ratio(self, one: IndicatorFacts) -> IndicatorFacts:
        """A percentage is the ratio of sums where its name says of which rows; else a person has to say it."""
        if one.measure != "%":
            return one
        found = _PARTS.search(one.name)
        if found and {found[1], found[2]} <= self.codes:
            formula = f"{found[1]} / {found[2]} * 100"
            return replace(
                one, formula=formula, numerator=found[1], denominator=found[2],
                across_units=Method.RATIO, across_periods=Method.RATIO,
            )  # fmt: skip
        self.doubts.append(f"Chỉ tiêu {one.code} tính bằng %: chọn tử số và mẫu số để cộng được qua các đơn vị.")
        return replace(one, across_units=Method.NONE, across_periods=Method.NONE)

    def _part(self, parent: str) -> str:
        return next(code for n in range(1, 10_000) if (code := f"{parent}.{n}") not in self.codes)

    def _free(self, code: str, taken: set[str], mark: str) -> str:
        """A code that the file does not have yet."""
        free = code if code not in taken else next(one for n in range(2, 10_000) if (one := f"{code}{mark}{n}") not in taken)
        taken.add(free)
        return free


def looks_like_letterhead(rows: Rows) -> bool:
    """Word puts the head and the foot of a paper into tables without borders."""
    text = searchable(" ".join(cell for row in rows for cell in row))
    return len(rows) <= 4 and any(
        mark in text for mark in ("cong hoa xa hoi", "doc lap - tu do", "noi nhan", "kinh gui", "dang cong san viet nam")
    )


def looks_like_grid(rows: Rows) -> bool:
    """Whether the head of a table of indicators is among the first rows."""
    return _layout(rows) is not None


def _layout(rows: Rows) -> _Layout | None:
    for place, row in enumerate(rows[:_HEAD_ROWS]):
        heads = [searchable(cell).strip(" .:") for cell in row]
        name = _first(heads, _NAME)
        others = [_first(heads, form) for form in (_CODE, _MEASURE)]
        if name is not None and (any(one is not None for one in others) or any(_ABOUT_YEAR.search(cell) for cell in row)):
            return _laid_out(rows, place, name, others[0], others[1])
    return None


def _laid_out(rows: Rows, place: int, name: int, code: int | None, measure: int | None) -> _Layout:
    row = rows[place]
    first = place + 1
    words = list(row)
    if first < len(rows) and _at(rows[first], name) in {"", row[name]} and any(rows[first]):
        below = rows[first]
        words = [_at(below, column) or cell for column, cell in enumerate(row)]
        words += list(below[len(row) :])
        first += 1
    if first < len(rows) and all(_COUNTER.fullmatch(cell) for cell in rows[first] if cell) and any(rows[first]):
        first += 1
    values = _values(words, {name, code, measure})
    return _Layout(name, code, measure, values, first)


def _values(words: Sequence[str], others: set[int | None]) -> tuple[tuple[int, ColumnFacts], ...]:
    found: dict[str, tuple[int, ColumnFacts]] = {}
    for place, cell in enumerate(words):
        if place in others or not cell or _REMARK.fullmatch(searchable(cell)) or _MEASURE.fullmatch(searchable(cell)):
            continue
        years = _ABOUT_YEAR.findall(cell)
        key = years[0] if len(years) == 1 else cell[: LENGTHS["key"]]
        said = f"Năm {cell}" if cell == key and years else cell
        if key in found and found[key][1].words != said:
            key = cell[: LENGTHS["key"]]
        found.setdefault(key, (place, ColumnFacts(key, said)))
    return tuple(found.values())


def _first(heads: Sequence[str], form: re.Pattern[str]) -> int | None:
    return next((place for place, head in enumerate(heads) if form.fullmatch(head)), None)


def _at(row: Sequence[str], place: int | None) -> str:
    return "" if place is None or place >= len(row) else row[place].strip()


def _is_band(row: Sequence[str], layout: _Layout, name: str, code: str, measure: str) -> bool:
    """One text over the whole row, or a letter for a number and no unit of measure."""
    if len({cell for cell in row if cell}) == 1 and len(row) > 1 and not name.startswith(("-", "+")):
        return True
    lettered = bool(_BAND.fullmatch(code)) and not _OWN_CODE.fullmatch(code)
    return lettered and measure in {"", name} and layout.measure is not None
