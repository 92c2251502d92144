"""What of a draft is printed, on the page and in the paper: lines with their figures, tables, and how a figure came about."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from dondoc.common import wording
from dondoc.reporting.enums import BlockKind, Method
from dondoc.reporting.models import Block
from dondoc.reporting.queries.charts import fields_of_chart
from dondoc.reporting.queries.figures import Known, Source, people_words
from dondoc.reporting.queries.narratives import Voice
from dondoc.reporting.queries.totals import parts_over
from dondoc.reporting.rules.cells import Place
from dondoc.reporting.rules.charts import TOGETHER
from dondoc.reporting.rules.fields import OVER, Field, fields_in, number_words, pieces, target_words, verdict
from dondoc.reporting.rules.templates import IndicatorFacts, TableFacts

UNKNOWN = "[KHÔNG CÓ CHỈ TIÊU {}]"
NAMED = 3


@dataclass(frozen=True, slots=True)
class Piece:
    """Some text; ``key``: it is a figure, which opens what it comes from."""

    text: str
    key: str = ""
    missing: bool = False


@dataclass(frozen=True, slots=True)
class TableRow:
    """A line of a table: an indicator with its figures, or the band that follows (no cells)."""

    words: str
    measure: str = ""
    code: str = ""
    cells: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownTable:
    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]


@dataclass(frozen=True, slots=True)
class Opened:
    """What a figure comes from. ``group``: whose units' cells lie behind it."""

    known: Known
    parts: str
    method: str
    accepted: str
    received: str
    target: str
    verdict: str
    group: int

    @property
    def owing(self) -> str:
        return named(self.known.owing)

    @property
    def people(self) -> str:
        return people_words(one.unit for one in self.known.source.reports)


def named(units: Sequence[str]) -> str:
    """``xã An Bình, xã Suối Trong và 5 đơn vị khác``."""
    rest = len(units) - NAMED
    return ", ".join(units[:NAMED]) + (f" và {wording.number(rest)} đơn vị khác" if rest > 0 else "")


def wanted(blocks: Collection[Block], sources: Sequence[Source], opened: Field | None) -> list[Field]:
    """All figures that the blocks print, with the one that is opened."""
    tables = [table for block in blocks if (table := table_of(block, sources))]
    cells = [Field(table.code, one.code, key) for table in tables for one in table.indicators for key in keys_of(table)]
    bars = [field for block in blocks for field in fields_of_chart(block, sources)]
    return [*(one for block in blocks for one in fields_in(block.text)), *cells, *bars, *([opened] if opened else [])]


def table_of(block: Block, sources: Sequence[Source]) -> TableFacts | None:
    if block.kind != BlockKind.TABLE:
        return None
    return next((one for source in sources for one in source.facts.tables if one.code == block.setting.get("table")), None)


def voices_of(block: Block) -> list[Voice]:
    """The units that wrote a passage, in the order of their names."""
    return list(dict.fromkeys(Voice(one.report.unit.name, one.report_id) for one in block.sources.all()))


def opened_of(known: Known) -> Opened:
    """How it was computed, what was accepted and what received, its target."""
    one, source = known.indicator, known.source
    return Opened(
        known=known,
        parts=parts_words(known, accepted=True),
        method=method_words(known),
        accepted=f"{_number(known.accepted, one)} ({source.accepted}/{len(source.reports)} báo cáo)",
        received=f"{_number(known.received, one)} ({source.received}/{len(source.reports)} báo cáo)",
        target=target_words(one),
        verdict=verdict(one, known.accepted),
        group=source.groups[0].pk,
    )


def parts_words(known: Known, *, accepted: bool) -> str:
    """``52 : 57`` of a ratio, else empty."""
    one, totals = known.indicator, known.source.totals
    over, figures = (totals.accepted_over, totals.accepted) if accepted else (totals.received_over, totals.received)
    if known.field.column == OVER:
        if one.across_periods != Method.RATIO:
            return ""
        parts = parts_over(one, known.table, known.source.facts.tables, figures, over)
        top, below = parts.get(one.numerator), parts.get(one.denominator)
    else:
        ratio = figures[Place(one.code, known.field.column)].ratio
        top, below = (ratio.numerator, ratio.denominator) if ratio and ratio.units else (None, None)
    return f"{wording.number(top)} : {wording.number(below)}" if top is not None and below is not None else ""


def column_words(known: Known) -> str:
    """``Năm 2025``, of all columns together ``Cả kỳ``."""
    if known.field.column == OVER:
        return TOGETHER
    return next(one.words for one in known.table.columns if one.key == known.field.column)


def keys_of(table: TableFacts) -> list[str]:
    columns = [column.key for column in table.columns]
    return [*columns, OVER] if len(columns) > 1 else columns


def line_of(line: str, known: Mapping[str, Known]) -> list[Piece]:
    return [_piece(piece, known) if isinstance(piece, Field) else Piece(piece) for piece in pieces(line)]


def _piece(one: Field, known: Mapping[str, Known]) -> Piece:
    figure = known.get(one.key)
    if figure is None:
        return Piece(UNKNOWN.format(one.key), missing=True)
    if one.against_target:
        return Piece(figure.verdict)
    return Piece(figure.words, one.key, missing=figure.is_missing)


def table_with(table: TableFacts, known: Mapping[str, Known]) -> ShownTable:
    rows: list[TableRow] = []
    band = ""
    for one in table.indicators:
        if one.band and one.band != band:
            band = one.band
            rows.append(TableRow(band))
        cells = tuple(_cell(known[Field(table.code, one.code, key).key]) for key in keys_of(table))
        rows.append(TableRow(one.name, one.measure, one.code, cells))
    together = (TOGETHER,) if len(table.columns) > 1 else ()
    return ShownTable((*(column.words for column in table.columns), *together), tuple(rows))


def _cell(known: Known) -> Piece:
    """In a cell the kinds of nothing are signs."""
    if known.accepted is not None:
        return Piece(known.words, known.field.key)
    if known.indicator.across_units == Method.NONE:
        return Piece("")
    return Piece("…" if known.owing else "-" if known.tally.none else "x", known.field.key, missing=bool(known.owing))


def owing_in(shown: ShownTable, known: Mapping[str, Known]) -> list[str]:
    """Names of those who owe what is missing in a table."""
    cells = (cell for row in shown.rows for cell in row.cells if cell.missing)
    return list(dict.fromkeys(name for cell in cells for name in known[cell.key].owing))


def behind_words(behind: Sequence[Known], fields: Sequence[Field]) -> str:
    """``Số liệu: biểu 2A, chỉ tiêu B.01 - B.03 · 57/65 báo cáo đã duyệt``, table by table."""
    words = []
    for table in dict.fromkeys(one.table for one in fields):
        some = [one for one in behind if one.field.table == table]
        if some:
            codes = list(dict.fromkeys(one.field.code for one in some))
            span = codes[0] if len(codes) == 1 else f"{codes[0]} - {codes[-1]}"
            source = some[0].source
            words.append(f"biểu {table}, chỉ tiêu {span} · {source.accepted}/{len(source.reports)} báo cáo đã duyệt")
    return "; ".join(words)


def missing_of(behind: Sequence[Known]) -> str:
    """Who is missing from figures that are there."""
    owing = list(dict.fromkeys(name for one in behind if one.accepted is not None for name in one.owing))
    return named(owing)


def _number(number: Decimal | None, one: IndicatorFacts) -> str:
    return "chưa có" if number is None else number_words(number, one)


def method_words(known: Known) -> str:
    one, table = known.indicator, known.table
    names = {row.code: row.name for row in table.indicators}
    if Method.RATIO in {one.across_units, one.across_periods}:
        return f"tỷ lệ của tổng: {_lower(names, one.numerator)} chia {_lower(names, one.denominator)}"
    words = _OVER_UNITS[Method(one.across_units)]
    if known.field.column == OVER:
        return f"{words}; {_OVER_PERIODS[Method(one.across_periods)]}"
    return words


def _lower(names: Mapping[str, str], code: str) -> str:
    name = names.get(code, code)
    return name[:1].lower() + name[1:]


_OVER_UNITS = {
    Method.SUM: "cộng các đơn vị",
    Method.LATEST: "cộng các đơn vị",
    Method.MAXIMUM: "số lớn nhất trong các đơn vị",
    Method.NONE: "không tổng hợp giữa các đơn vị",
}
_OVER_PERIODS = {
    Method.SUM: "cộng các cột",
    Method.LATEST: "lấy cột mới nhất có số",
    Method.MAXIMUM: "lấy cột lớn nhất",
    Method.NONE: "không tổng hợp giữa các cột",
}
