"""Cells of a report: numbers, kinds of nothing, and what formulas make of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from dondoc.reporting.enums import Nothing
from dondoc.reporting.rules.expressions import Name, parse
from dondoc.reporting.rules.templates import IndicatorFacts, TableFacts, TemplateFacts


class Place(NamedTuple):
    """Which cell: an indicator's code and a column's key."""

    code: str
    column: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A number or a kind of nothing; neither is a cell that nobody filled in."""

    number: Decimal | None = None
    nothing: str = ""
    explanation: str = ""

    @property
    def is_filled(self) -> bool:
        return self.number is not None or bool(self.nothing)


EMPTY = Cell()
Cells = Mapping[Place, Cell]


def asked(facts: TemplateFacts) -> Iterator[tuple[TableFacts, IndicatorFacts, Place]]:
    """The cells that a person fills in, in the order of the page; computed ones are not asked."""
    for table in facts.tables:
        for indicator in table.indicators:
            if not indicator.formula:
                for column in table.columns:
                    yield table, indicator, Place(indicator.code, column.key)


def computed(facts: TemplateFacts) -> Iterator[Place]:
    """The cells that formulas give."""
    for table in facts.tables:
        for indicator in table.indicators:
            if indicator.formula:
                for column in table.columns:
                    yield Place(indicator.code, column.key)


class Sheet:
    """The cells of one report with the formulas of its template.

    ``earlier``: code → the number of the period before the first column, where there was a report.
    """

    def __init__(self, facts: TemplateFacts, cells: Cells, earlier: Mapping[str, Decimal] | None = None) -> None:
        self._cells = cells
        self._earlier = earlier or {}
        self._formulas = {one.code: one for table in facts.tables for one in table.indicators if one.formula}
        self._before = {
            (one.code, column.key): table.columns[place - 1].key if place else ""
            for table in facts.tables
            for one in table.indicators
            for place, column in enumerate(table.columns)
        }
        self._known: dict[Place, Decimal | None] = {}
        self._under_way: set[Place] = set()

    def cell(self, place: Place) -> Cell:
        """What was filled in, or what the formula gives; a computed cell without a value is not applicable where its parts are.

        A computed cell holds nothing but the explanation of what is doubtful about it.
        """
        formula, held = self._formulas.get(place.code), self._cells.get(place, EMPTY)
        if formula is None:
            return held
        number = self.number(place)
        if number is not None:
            return Cell(number, explanation=held.explanation)
        return Cell(nothing=self._nothing(formula, place), explanation=held.explanation)

    def number(self, place: Place) -> Decimal | None:
        """None for every kind of nothing, and for a formula that cannot be computed (or turns in a circle)."""
        formula = self._formulas.get(place.code)
        if formula is None:
            return self._cells.get(place, EMPTY).number
        if place not in self._known:
            if place in self._under_way:
                return None
            self._under_way.add(place)
            value = parse(formula.formula).value(lambda name: self.look(name, place.column))
            self._known[place] = rounded(value, formula.decimals)
            self._under_way.discard(place)
        return self._known[place]

    def look(self, name: Name, column: str) -> Decimal | None:
        """The value of a name in an expression about ``column``."""
        if not name.before:
            return self.number(Place(name.code, column))
        before = self._before.get((name.code, column), "")
        return self.number(Place(name.code, before)) if before else self._earlier.get(name.code)

    def _nothing(self, formula: IndicatorFacts, place: Place) -> str:
        names = [name for name in parse(formula.formula).names if not name.before]
        kinds = {self.cell(Place(name.code, place.column)).nothing for name in names} - {""}
        return kinds.pop() if len(kinds) == 1 else Nothing.NO_DATA if kinds else ""


def rounded(value: Decimal | None, decimals: int) -> Decimal | None:
    """Half up, as offices round."""
    return None if value is None else value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
