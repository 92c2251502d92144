"""The units behind a figure: what each gave, accepted and received, or which kind of nothing."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from dondoc.reporting.enums import Method, Nothing, ReturnState
from dondoc.reporting.models import Return, Value
from dondoc.reporting.queries.figures import Known, columns_of, with_parts
from dondoc.reporting.queries.totals import IN
from dondoc.reporting.rules.cells import EMPTY, Cell, Place, Sheet
from dondoc.reporting.rules.fields import OVER, number_words
from dondoc.reporting.rules.templates import IndicatorFacts, TemplateFacts
from dondoc.reporting.rules.totals import over_periods, own_parts


@dataclass(frozen=True, slots=True)
class Given:
    """One unit's figure. ``parts``: numerator and denominator of a ratio."""

    number: Decimal | None = None
    nothing: str = ""
    parts: tuple[Decimal | None, Decimal | None] | None = None


@dataclass(frozen=True, slots=True)
class UnitRow:
    """None: nothing of the unit counts here yet."""

    report: Return
    indicator: IndicatorFacts
    accepted: Given | None
    received: Given | None

    @property
    def accepted_words(self) -> str:
        return _words(self.accepted, self.indicator)

    @property
    def received_words(self) -> str:
        return _words(self.received, self.indicator)


def units_behind(known: Known) -> list[UnitRow]:
    """All that are expected, in the order of their names; one statement over their cells."""
    accepted, received = _cells(known)
    narrow = _narrow(known.source.facts, with_parts(known.source.facts, [known.indicator.code]))
    return [
        UnitRow(
            report,
            known.indicator,
            _given(known, narrow, accepted.get(report.pk, {})) if report.state == ReturnState.ACCEPTED else None,
            _given(known, narrow, received.get(report.pk, {})) if report.state in IN else None,
        )
        for report in known.source.reports
    ]


Sheets = dict[int, dict[Place, Cell]]


def _cells(known: Known) -> tuple[Sheets, Sheets]:
    """Report → its cells that the figure is made of: accepted ones and those received."""
    accepted: Sheets = {}
    received: Sheets = {}
    rows = Value.objects.filter(
        report__in=Return.objects.filter(group__in=known.source.groups).values("pk"),
        indicator__code__in=with_parts(known.source.facts, [known.indicator.code]),
        column__in=columns_of(known.field, known.table),
    ).values_list("report", "indicator__code", "column", "accepted_number", "accepted_nothing", "sent_number", "sent_nothing")
    for report, code, column, number, nothing, sent_number, sent_nothing in rows:
        accepted.setdefault(report, {})[Place(code, column)] = Cell(number, nothing)
        received.setdefault(report, {})[Place(code, column)] = Cell(sent_number, sent_nothing)
    return accepted, received


def _narrow(facts: TemplateFacts, codes: Container[str]) -> TemplateFacts:
    tables = (replace(table, indicators=tuple(one for one in table.indicators if one.code in codes)) for table in facts.tables)
    return replace(facts, tables=tuple(tables))


def _given(known: Known, narrow: TemplateFacts, cells: Mapping[Place, Cell]) -> Given:
    """``narrow``: what of the template the figure is made of, so that nothing else is looked at for each of thousands of units."""
    one, sheet = known.indicator, Sheet(narrow, cells)
    columns = columns_of(known.field, known.table)
    is_ratio = Method.RATIO in {one.across_units, one.across_periods}
    if known.field.column != OVER:
        cell = sheet.cell(Place(one.code, columns[0]))
        top, below = (sheet.number(Place(code, columns[0])) for code in (one.numerator, one.denominator))
        return Given(cell.number, cell.nothing, (top, below) if is_ratio else None)
    indicators = next(table.indicators for table in narrow.tables if table.code == known.table.code)
    rows = {row.code: [sheet.number(Place(row.code, column)) for column in columns] for row in indicators}
    sums = own_parts(one, rows, indicators)
    number = over_periods(one, rows[one.code], sums)
    parts = (sums.get(one.numerator), sums.get(one.denominator)) if is_ratio else None
    return Given(number, "" if number is not None else _nothing(cells.values()), parts)


def _nothing(cells: Iterable[Cell]) -> str:
    """Of several: who still owes a figure in one of them owes the figure."""
    kinds = {cell.nothing for cell in cells} - {EMPTY.nothing}
    return Nothing.NO_DATA if Nothing.NO_DATA in kinds else min(kinds, default="")


def _words(given: Given | None, indicator: IndicatorFacts) -> str:
    if given is None:
        return ""
    if given.number is not None:
        return number_words(given.number, indicator)
    return Nothing(given.nothing).label if given.nothing else "Không tính được" if given.parts else "Chưa ghi"
