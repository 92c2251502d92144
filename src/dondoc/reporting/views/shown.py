"""A part of a report in the words of its page: rows with their cells, what they come to, and what is to be said about them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from dondoc.common import wording
from dondoc.reporting.enums import CampaignState, Nothing, ReturnState
from dondoc.reporting.models import Return
from dondoc.reporting.queries.form import Content, Origin
from dondoc.reporting.rules.cells import Cell, Place
from dondoc.reporting.rules.checks import Fault
from dondoc.reporting.rules.entering import MARKS, name_of, seen_of, typed_of
from dondoc.reporting.rules.expressions import parse
from dondoc.reporting.rules.known import Known
from dondoc.reporting.rules.parts import Part
from dondoc.reporting.rules.templates import IndicatorFacts, TableFacts
from dondoc.reporting.services.filling import OPEN, SHUT

CLOSED = "Đợt báo cáo đã đóng. Đề nghị cơ quan nhận mở lại đợt để sửa, nộp."


@dataclass(frozen=True, slots=True)
class Unsaved:
    """What somebody typed that could not be saved, and why; ``seen``: what stands in the cell now."""

    typed: str
    explanation: str
    seen: str
    problem: str


@dataclass(frozen=True, slots=True)
class Note:
    """``kind``: err, warn or info. ``lead``: its first words, which stand out."""

    kind: str
    words: str
    lead: str = ""
    column: str = ""
    head: str = ""
    source: Origin | None = None


@dataclass(frozen=True, slots=True)
class CellShown:
    """``computed``: the words of a cell that nobody fills in. ``offers``: the figure that is known already."""

    name: str
    column: str
    words: str
    typed: str = ""
    seen: str = ""
    explanation: str = ""
    state: str = ""
    computed: str = ""
    is_computed: bool = False
    is_nothing: bool = False
    before: str = ""
    asks_why: bool = False
    offers: Known | None = None


@dataclass(frozen=True, slots=True)
class Row:
    code: str
    name: str
    measure: str
    cells: Sequence[CellShown]
    notes: Sequence[Note]
    earlier: str = ""
    total: str = ""
    target: str = ""


@dataclass(frozen=True)
class Sheetful:
    """What a table's part is shown with. ``unsaved``: cells that could not be saved."""

    content: Content
    part: Part
    known: Mapping[Place, Known] = field(default_factory=dict)
    unsaved: Mapping[Place, Unsaved] = field(default_factory=dict)

    def rows(self) -> list[Row]:
        table = self.part.table
        if table is None:
            return []
        totals = self.content.total(table)
        faults: dict[Place, list[Fault]] = {}
        for fault in self.content.faults:
            if fault.place:
                faults.setdefault(fault.place, []).append(fault)
        return [self._row(one, table, totals, faults) for one in self.part.rows]

    def _row(
        self, one: IndicatorFacts, table: TableFacts, totals: Mapping[str, Decimal | None], faults: Mapping[Place, list[Fault]]
    ) -> Row:
        places = [(Place(one.code, column.key), column.words) for column in table.columns]
        cells = [self._cell(one, place, words, at, table, faults.get(place, [])) for at, (place, words) in enumerate(places)]
        several = len(places) > 1
        notes = [note for place, words in places for note in self._notes(place, words if several else "", faults.get(place, []))]
        earlier = self.content.earlier.get(one.code)
        return Row(
            one.code,
            one.name,
            one.measure,
            cells,
            notes,
            earlier=wording.number(earlier, one.decimals) if earlier is not None else "",
            total=self._total(one, table, totals[one.code]) if several else "",
            target=target_words(one),
        )

    def _cell(
        self, one: IndicatorFacts, place: Place, words: str, at: int, table: TableFacts, faults: Sequence[Fault]
    ) -> CellShown:
        cell, held = self.content.sheet.cell(place), self.unsaved.get(place)
        before = (
            self.content.sheet.cell(Place(one.code, table.columns[at - 1].key))
            if at
            else Cell(self.content.earlier.get(one.code))
        )
        before_words = table.columns[at - 1].words if at else "Kỳ trước"
        said = f"{before_words}: {shown(before, one.decimals)}" if before.is_filled else ""
        warned = any(not fault.blocks for fault in faults) and cell.is_filled
        if one.formula:
            reason = Cell(explanation=cell.explanation)
            return CellShown(
                name_of(place), place.column, words, computed=self._computed(one, place, cell), is_computed=True, before=said,
                state=_state(cell, faults), explanation=held.explanation if held else cell.explanation,
                seen=held.seen if held else seen_of(reason), asks_why=warned or bool(cell.explanation or held),
            )  # fmt: skip
        return CellShown(
            name_of(place),
            place.column,
            words,
            typed=held.typed if held else typed_of(cell),
            seen=held.seen if held else seen_of(cell),
            explanation=held.explanation if held else cell.explanation,
            state="err" if held else _state(cell, faults),
            is_nothing=bool(cell.nothing) and held is None,
            before=said,
            asks_why=warned or bool(cell.nothing or cell.explanation),
            offers=self.known.get(place) if not cell.is_filled else None,
        )

    def _notes(self, place: Place, head: str, faults: Sequence[Fault]) -> list[Note]:
        cell, held = self.content.sheet.cell(place), self.unsaved.get(place)
        found = [Note("err", held.problem, "Chưa ghi.", place.column, head)] if held else []
        if cell.is_filled:
            found += [_of_fault(fault, cell, place.column, head) for fault in faults]
        if cell.nothing and self.content.cells.get(place):
            words = f": {cell.explanation}" if cell.explanation else ""
            found.append(Note("info", f"{Nothing(cell.nothing).label}{words}", "", place.column, head))
        elif cell.explanation and not any(fault.explained for fault in faults):
            found.append(Note("info", cell.explanation, "Ghi chú:", place.column, head))
        if origin := self.content.origins.get(place):
            found.append(Note("info", "", "", place.column, head, source=origin))
        return found

    def _computed(self, one: IndicatorFacts, place: Place, cell: Cell) -> str:
        if cell.is_filled:
            return shown(cell, one.decimals)
        names = [name for name in parse(one.formula).names if not name.before]
        waits = [name.code for name in names if not self.content.sheet.cell(Place(name.code, place.column)).is_filled]
        return f"chờ {', '.join(waits)}" if waits else "—"

    def _total(self, one: IndicatorFacts, table: TableFacts, total: Decimal | None) -> str:
        if total is not None:
            return wording.number(total, one.decimals)
        kinds = {self.content.sheet.cell(Place(one.code, column.key)).nothing for column in table.columns}
        only = kinds.pop() if len(kinds) == 1 else ""
        return MARKS[Nothing(only)] if only else "—"


def shown(cell: Cell, decimals: int = 0) -> str:
    """1.234,5 or the mark of a kind of nothing."""
    if cell.number is None:
        return MARKS[Nothing(cell.nothing)] if cell.nothing else ""
    return wording.number(cell.number, decimals) if cell.number == round(cell.number, decimals) else wording.number(cell.number)


def target_words(one: IndicatorFacts) -> str:
    """*mục tiêu từ 20% trở lên*."""
    if one.target_value is None:
        return ""
    value = wording.number(one.target_value) + ("%" if one.measure == "%" else f" {one.measure}".rstrip())
    return f"mục tiêu {_TARGET.get(one.target_comparator, 'từ {} trở lên').format(value)}"


_TARGET = {">=": "từ {} trở lên", ">": "trên {}", "<=": "không quá {}", "<": "dưới {}", "=": "{}"}


def locked_words(report: Return) -> str:
    """Why nothing can be typed now; empty where it can."""
    if report.state not in OPEN:
        return SHUT[ReturnState(report.state)]
    return CLOSED if report.campaign.state == CampaignState.CLOSED else ""


def _state(cell: Cell, faults: Sequence[Fault]) -> str:
    if not cell.is_filled:
        return ""
    if any(fault.blocks for fault in faults):
        return "err"
    return "warn" if any(not fault.explained for fault in faults) else ""


def _of_fault(fault: Fault, cell: Cell, column: str, head: str) -> Note:
    if fault.blocks:
        return Note("err", fault.words, "Chưa nộp được.", column, head)
    if fault.explained:
        return Note("info", cell.explanation, "Đã ghi lý do:", column, head)
    return Note("warn", fault.words, "", column, head)
