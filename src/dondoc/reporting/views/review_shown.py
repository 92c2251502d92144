"""What a reviewer sees of a report: each cell with what is changed, unlikely or remarked about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from dondoc.reporting.enums import Nothing
from dondoc.reporting.models import Remark, Return
from dondoc.reporting.queries.changes import Changes, changes_of, unlikely_in
from dondoc.reporting.queries.content import cells_of, earlier_of, facts, texts_of
from dondoc.reporting.rules.cells import Cell, Place, Sheet
from dondoc.reporting.rules.fields import number_words
from dondoc.reporting.rules.likely import leaps
from dondoc.reporting.rules.templates import IndicatorFacts, SectionFacts, TableFacts, TemplateFacts

ALL, CHANGED, DOUBTFUL = "tat-ca", "thay-doi", "can-kiem-tra"


@dataclass(frozen=True, slots=True)
class ShownCell:
    """``before``: what the submission before said, where it was something else.

    ``usual``: the others' median, ``leap``: what the period before said, where the number is far from it. ``remarks``: open ones.
    """

    words: str
    explanation: str = ""
    before: str = ""
    usual: str = ""
    leap: str = ""
    remarks: Sequence[Remark] = ()

    @property
    def is_doubtful(self) -> bool:
        return bool(self.usual or self.leap)


@dataclass(frozen=True, slots=True)
class ShownRow:
    """``earlier``: the number of the unit's accepted report of the period before."""

    indicator: IndicatorFacts
    cells: Sequence[ShownCell]
    earlier: str = ""


@dataclass(frozen=True, slots=True)
class ShownTable:
    table: TableFacts
    rows: Sequence[ShownRow]

    @property
    def has_earlier(self) -> bool:
        return any(row.earlier for row in self.rows)


@dataclass(frozen=True, slots=True)
class ShownSection:
    section: SectionFacts
    text: str
    before: str | None
    remarks: Sequence[Remark]


class Reviewed:
    """A report as it was handed in, for its reviewer; a few queries, however many cells there are."""

    def __init__(self, report: Return) -> None:
        self.report = report
        self.facts: TemplateFacts = facts(report.group.template)
        self.changes: Changes = changes_of(report)
        self.remarks = list(report.remarks.select_related("indicator", "section", "made_by", "settled_by"))
        self._open: dict[Place | str, list[Remark]] = {}
        for one in self.remarks:
            if one.settled_at is None:
                self._open.setdefault(_where(one), []).append(one)

    @cached_property
    def _all(self) -> list[ShownTable]:
        cells, earlier = cells_of(self.report, "sent_"), earlier_of(self.report)
        sheet, unlikely = Sheet(self.facts, cells, earlier), unlikely_in(self.report)
        return [
            ShownTable(table, [self._row(one, table, sheet, cells, earlier, unlikely) for one in table.indicators])
            for table in self.facts.tables
        ]

    @property
    def doubtful(self) -> int:
        return sum(cell.is_doubtful for table in self._all for row in table.rows for cell in row.cells)

    def tables(self, only: str) -> list[ShownTable]:
        """``only``: rows with a change, or with something to be checked; all for anything else."""
        kept = {CHANGED: lambda cell: bool(cell.before), DOUBTFUL: lambda cell: cell.is_doubtful}.get(only)
        if kept is None:
            return self._all
        found = [ShownTable(one.table, [row for row in one.rows if any(map(kept, row.cells))]) for one in self._all]
        return [one for one in found if one.rows]

    def sections(self, only: str) -> list[ShownSection]:
        if only == DOUBTFUL:
            return []
        texts, changed = texts_of(self.report, "sent_"), self.changes.texts
        return [
            ShownSection(one, texts.get(one.code, ""), changed.get(one.code), self._open.get(one.code, ()))
            for one in self.facts.sections
            if one.asks and (only != CHANGED or one.code in changed)
        ]

    def answered(self) -> list[tuple[Remark, bool]]:
        """The remarks, and whether the unit has changed since what each is about."""
        changed = {*self.changes.cells, *self.changes.texts}
        return [(one, _where(one) in changed) for one in self.remarks]

    def _row(
        self, one: IndicatorFacts, table: TableFacts, sheet: Sheet, cells: Mapping[Place, Cell], earlier: Mapping[str, Decimal],
        unlikely: Mapping[Place, Decimal],
    ) -> ShownRow:  # fmt: skip
        before, before_words, shown = earlier.get(one.code), "kỳ trước", []
        for column in table.columns:
            place = Place(one.code, column.key)
            cell, changes = sheet.cell(place), self.changes.cells
            leap = f"{before_words} {number_words(before, one)}" if leaps(cell.number, before) and before is not None else ""
            shown.append(
                ShownCell(
                    _words(cell, one),
                    cells.get(place, Cell()).explanation,
                    before=(_words(changes[place], one) or "chưa ghi") if place in changes else "",
                    usual=number_words(unlikely[place], one) if place in unlikely else "",
                    leap=leap,
                    remarks=self._open.get(place, ()),
                )
            )
            before, before_words = cell.number, column.words
        known = earlier.get(one.code)
        return ShownRow(one, shown, number_words(known, one) if known is not None else "")


def _where(remark: Remark) -> Place | str:
    """Of the report as a whole: nowhere."""
    if remark.indicator:
        return Place(remark.indicator.code, remark.column)
    return remark.section.code if remark.section else ""


def _words(cell: Cell, one: IndicatorFacts) -> str:
    if cell.number is not None:
        return number_words(cell.number, one)
    return str(Nothing(cell.nothing).label) if cell.nothing else ""
