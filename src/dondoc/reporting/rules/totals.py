"""Putting the units' cells together: by each indicator's method, over units and over periods.

A tally is a monoid: any order and any grouping of reports gives the same one. Zero is a number; the kinds of nothing are counted and
never added. A ratio is the ratio of sums over those units that gave both of its parts, never a mean of ratios.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from functools import reduce

from dondoc.reporting.enums import Method, Nothing
from dondoc.reporting.rules.cells import Cell, rounded
from dondoc.reporting.rules.templates import IndicatorFacts


@dataclass(frozen=True, slots=True)
class Tally:
    """What the cells of some units come to. ``numbers``: how many gave a number; the rest count each kind of nothing."""

    total: Decimal = Decimal(0)
    highest: Decimal | None = None
    numbers: int = 0
    none: int = 0
    not_applicable: int = 0
    no_data: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        highest = [one for one in (self.highest, other.highest) if one is not None]
        counts = {name: getattr(self, name) + getattr(other, name) for name in _COUNTS}
        return Tally(highest=max(highest, default=None), **counts)

    @property
    def units(self) -> int:
        return self.numbers + self.none + self.not_applicable + self.no_data


_COUNTS = tuple(one.name for one in fields(Tally) if one.name != "highest")


def tally_of(cell: Cell) -> Tally:
    """One unit's cell; one that was not filled in counts for nothing at all."""
    return Tally(
        total=cell.number or Decimal(0),
        highest=cell.number,
        numbers=cell.number is not None,
        none=cell.nothing == Nothing.NONE,
        not_applicable=cell.nothing == Nothing.NOT_APPLICABLE,
        no_data=cell.nothing == Nothing.NO_DATA,
    )


def tally(cells: Iterable[Cell]) -> Tally:
    return reduce(Tally.__add__, map(tally_of, cells), Tally())


@dataclass(frozen=True, slots=True)
class Ratio:
    """Sums over the units that gave both parts."""

    numerator: Decimal = Decimal(0)
    denominator: Decimal = Decimal(0)
    units: int = 0

    def value(self, per: int, decimals: int) -> Decimal | None:
        """None where there is nothing to divide by."""
        return rounded(self.numerator / self.denominator * per, decimals) if self.denominator else None


@dataclass(frozen=True, slots=True)
class Figure:
    """An indicator put together. ``number`` None: nobody gave one, or it is not put together at all."""

    number: Decimal | None
    tally: Tally
    ratio: Ratio | None = None


def over_units(indicator: IndicatorFacts, cells: Tally, ratio: Ratio | None = None) -> Figure:
    """One column, all units. "Latest" has no meaning between units that report on one day: it is their sum."""
    if indicator.across_units == Method.RATIO:
        held = ratio or Ratio()
        return Figure(held.value(indicator.per, indicator.decimals), cells, held)
    if not cells.numbers or indicator.across_units == Method.NONE:
        return Figure(None, cells)
    return Figure(cells.highest if indicator.across_units == Method.MAXIMUM else cells.total, cells)


def over_periods(
    indicator: IndicatorFacts, columns: Sequence[Decimal | None], parts: Mapping[str, Decimal | None] | None = None
) -> Decimal | None:
    """All columns of one row, the earliest first. ``parts``: of a ratio, code → what its part comes to over the periods."""
    if indicator.across_periods == Method.RATIO:
        top, below = (parts or {}).get(indicator.numerator), (parts or {}).get(indicator.denominator)
        return Ratio(top, below, 1).value(indicator.per, indicator.decimals) if top is not None and below is not None else None
    known = [number for number in columns if number is not None]
    if not known or indicator.across_periods == Method.NONE:
        return None
    return {Method.SUM: lambda: sum(known, Decimal(0)), Method.LATEST: lambda: known[-1], Method.MAXIMUM: lambda: max(known)}[
        Method(indicator.across_periods)
    ]()


def own_parts(
    one: IndicatorFacts, rows: Mapping[str, Sequence[Decimal | None]], indicators: Iterable[IndicatorFacts]
) -> dict[str, Decimal | None]:
    """What the parts of a ratio come to over the columns of one report; ``rows``: code → its columns, the earliest first.

    Of what is a ratio over the units as well, those columns alone count that have both parts, as they do in the sums.
    """
    parts = {part.code: list(rows[part.code]) for part in indicators if part.code in {one.numerator, one.denominator}}
    if one.across_units == Method.RATIO and len(parts) == 2:
        both = [None not in pair for pair in zip(*parts.values(), strict=True)]
        parts = {code: [number for number, kept in zip(row, both, strict=True) if kept] for code, row in parts.items()}
    return {part.code: over_periods(part, parts[part.code]) for part in indicators if part.code in parts}
