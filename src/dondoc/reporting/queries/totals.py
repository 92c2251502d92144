"""The figures of a campaign's group: what was accepted, and what was received beside it, in a few statements over the values."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Sum

from dondoc.reporting.enums import Method, Nothing, ReturnState
from dondoc.reporting.models import CampaignGroup, Indicator, Return, Value
from dondoc.reporting.queries.content import facts
from dondoc.reporting.rules.cells import Place
from dondoc.reporting.rules.templates import IndicatorFacts, TableFacts
from dondoc.reporting.rules.totals import Figure, Ratio, Tally, over_periods, over_units

Stage = Literal["accepted_", "sent_"]
Groups = Sequence[CampaignGroup]
IN = (ReturnState.RECEIVED, ReturnState.ACCEPTED, ReturnState.RETURNED)


@dataclass(frozen=True, slots=True)
class Totals:
    """Place → figure, accepted and received; ``over``: code → what the columns come to together."""

    accepted: dict[Place, Figure]
    received: dict[Place, Figure]
    accepted_over: dict[str, Decimal | None]
    received_over: dict[str, Decimal | None]


def totals_of(*groups: CampaignGroup) -> Totals:
    """All indicators of the template that the groups share."""
    tables = facts(groups[0].template).tables
    accepted, received = _figures(groups, tables, "accepted_"), _figures(groups, tables, "sent_")
    return Totals(accepted, received, _over(tables, accepted), _over(tables, received))


def _values(groups: Groups, stage: Stage) -> QuerySet[Value]:
    states = (ReturnState.ACCEPTED,) if stage == "accepted_" else IN
    return Value.objects.filter(report__in=Return.objects.filter(group__in=groups, state__in=states).values("pk"))


def _figures(groups: Groups, tables: Sequence[TableFacts], stage: Stage) -> dict[Place, Figure]:
    tallies = _tallies(groups, stage)
    ratios = _ratios(groups, tables, stage)
    return {
        place: over_units(one, tallies.get(place, Tally()), ratios.get(place))
        for table in tables
        for one in table.indicators
        for place in (Place(one.code, column.key) for column in table.columns)
    }


def _tallies(groups: Groups, stage: Stage) -> dict[Place, Tally]:
    """Of the cells that are filled in, in one statement."""
    number, nothing = f"{stage}number", f"{stage}nothing"
    kinds = {kind.value: Count("pk", filter=Q(**{nothing: kind})) for kind in Nothing}
    rows = (
        _values(groups, stage)
        .order_by()
        .values("indicator", "column")
        .annotate(sum=Sum(number), highest=Max(number), numbers=Count(number), **kinds)
    )
    codes = dict(Indicator.objects.filter(table__version=groups[0].template_id).values_list("pk", "code"))
    return {
        Place(codes[row["indicator"]], row["column"]): Tally(
            total=row["sum"] or Decimal(0),
            highest=row["highest"],
            numbers=row["numbers"],
            none=row[Nothing.NONE],
            not_applicable=row[Nothing.NOT_APPLICABLE],
            no_data=row[Nothing.NO_DATA],
        )
        for row in rows
    }


def _ratios(groups: Groups, tables: Sequence[TableFacts], stage: Stage) -> dict[Place, Ratio]:
    """Sums over the units that gave both parts; two statements for each pair of parts."""
    pairs = {(one.numerator, one.denominator) for table in tables for one in table.indicators if one.across_units == "ratio"}
    codes = dict(Indicator.objects.filter(table__version=groups[0].template_id).values_list("code", "pk")) if pairs else {}
    sums = {pair: _sums(groups, codes[pair[0]], codes[pair[1]], stage) for pair in pairs}
    return {
        Place(one.code, column): ratio
        for table in tables
        for one in table.indicators
        if one.across_units == "ratio"
        for column, ratio in sums[one.numerator, one.denominator].items()
    }


def _sums(groups: Groups, top: int, below: int, stage: Stage) -> dict[str, Ratio]:
    one, other = (_with(groups, first, second, stage) for first, second in ((top, below), (below, top)))
    return {column: Ratio(total, other[column][0], count) for column, (total, count) in one.items() if column in other}


def _with(groups: Groups, indicator: int, partner: int, stage: Stage) -> dict[str, tuple[Decimal, int]]:
    """Column → sum and count of an indicator's numbers, of units whose partner is a number too."""
    number = f"{stage}number"
    given: dict[str, Any] = {f"{number}__isnull": False}
    partners = Value.objects.filter(report=OuterRef("report"), indicator=partner, column=OuterRef("column"), **given)
    rows = _values(groups, stage).filter(Exists(partners), indicator=indicator, **given)
    found = rows.order_by().values_list("column").annotate(Sum(number), Count(number))
    return {column: (total, count) for column, total, count in found}


def _over(tables: Sequence[TableFacts], figures: dict[Place, Figure]) -> dict[str, Decimal | None]:
    """Code → what the columns come to. A ratio's parts are summed over those units alone that gave both, column by column."""
    rows = {one.code: (one, table) for table in tables for one in table.indicators}
    found = {
        code: over_periods(one, _row(one, table, figures))
        for code, (one, table) in rows.items()
        if one.across_periods != Method.RATIO
    }
    for one, table in rows.values():
        if one.across_periods == Method.RATIO:
            ratios = [figures[Place(one.code, column.key)].ratio for column in table.columns]
            parts = (
                _parts(rows[one.numerator][0], rows[one.denominator][0], ratios) if one.across_units == Method.RATIO else found
            )
            found[one.code] = over_periods(one, (), parts)
    return found


def _parts(top: IndicatorFacts, below: IndicatorFacts, ratios: Sequence[Ratio | None]) -> dict[str, Decimal | None]:
    known = [one for one in ratios if one and one.units]
    return {
        top.code: over_periods(top, [one.numerator for one in known]),
        below.code: over_periods(below, [one.denominator for one in known]),
    }


def _row(one: IndicatorFacts, table: TableFacts, figures: dict[Place, Figure]) -> list[Decimal | None]:
    return [figures[Place(one.code, column.key)].number for column in table.columns]
