"""The figures of a campaign's group: what was accepted, and what was received beside it, in a few statements over the values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Literal, TypeVar

from django.db.models import Aggregate, Count, F, Max, Min, Q, QuerySet

from dondoc.reporting.enums import Method, Nothing, ReturnState
from dondoc.reporting.models import CampaignGroup, Indicator, Return, Value
from dondoc.reporting.queries.content import facts
from dondoc.reporting.queries.sums import ExactSum
from dondoc.reporting.rules.cells import Place
from dondoc.reporting.rules.templates import IndicatorFacts, TableFacts
from dondoc.reporting.rules.totals import Figure, Ratio, Tally, over_periods, over_units

Stage = Literal["accepted_", "sent_"]
STAGES: tuple[Stage, ...] = ("accepted_", "sent_")
Groups = Sequence[CampaignGroup]
T = TypeVar("T")
Staged = dict[Stage, dict[Place, T]]
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
    codes = dict(Indicator.objects.filter(table__version=groups[0].template_id).values_list("code", "pk"))
    values = _values(groups, tables)
    tallies, ratios = _tallies(values, codes), _ratios(values, tables, codes)
    accepted, received = (_figures(tables, tallies[stage], ratios[stage]) for stage in STAGES)
    return Totals(accepted, received, _over(tables, accepted), _over(tables, received))


def _figures(tables: Sequence[TableFacts], tallies: Mapping[Place, Tally], ratios: Mapping[Place, Ratio]) -> dict[Place, Figure]:
    return {
        place: over_units(one, tallies.get(place, Tally()), ratios.get(place))
        for table in tables
        for one in table.indicators
        for place in (Place(one.code, column.key) for column in table.columns)
    }


def _values(groups: Groups, tables: Sequence[TableFacts]) -> QuerySet[Value]:
    """The cells of the groups' reports, handed in or not, as a stretch of the index by indicator, column and report.

    Nothing of a report that was never handed in counts anyway; the few that were, and do not count now (exempt, or on their leader's
    desk again), are left out by name, and so are reports of others that lie in between.
    """
    ends = Return.objects.filter(group__in=groups).aggregate(first=Min("pk"), last=Max("pk"))
    between = Return.objects.filter(pk__range=(ends["first"], ends["last"]), first_received_on__isnull=False)
    left_out = list(between.exclude(group__in=groups, state__in=IN).values_list("pk", flat=True))
    columns = {column.key for table in tables for column in table.columns}
    rows = Value.objects.filter(report__gte=ends["first"], report__lte=ends["last"], column__in=columns)
    return (rows.exclude(report__in=left_out) if left_out else rows).order_by()


def _tallies(values: QuerySet[Value], codes: Mapping[str, int]) -> Staged[Tally]:
    """Of the cells that are filled in, in one statement."""
    rows = values.filter(indicator__in=codes.values()).values_list("indicator", "column")
    names = {pk: code for code, pk in codes.items()}
    found: Staged[Tally] = {stage: {} for stage in STAGES}
    for indicator, column, *figures in rows.annotate(**{name: one for stage in STAGES for name, one in _added(stage).items()}):
        for place, stage in enumerate(STAGES):
            total, *counts = figures[place * _WIDTH : (place + 1) * _WIDTH]
            found[stage][Place(names[indicator], column)] = Tally(total or Decimal(0), *counts)
    return found


def _added(stage: Stage) -> dict[str, Aggregate]:
    """In the order of :class:`Tally`."""
    number, nothing = f"{stage}number", f"{stage}nothing"
    kinds = {
        kind.value: Count("pk", filter=Q(**{nothing: kind})) for kind in (Nothing.NONE, Nothing.NOT_APPLICABLE, Nothing.NO_DATA)
    }
    found = {"total": ExactSum(number), "highest": Max(number), "numbers": Count(number), **kinds}
    return {f"{stage}_{name}": one for name, one in found.items()}


_WIDTH = len(fields(Tally))


def _ratios(values: QuerySet[Value], tables: Sequence[TableFacts], codes: Mapping[str, int]) -> Staged[Ratio]:
    """Sums over the units that gave both parts; one statement for each pair of parts."""
    wanted = [one for table in tables for one in table.indicators if one.across_units == Method.RATIO]
    pairs = {(one.numerator, one.denominator) for one in wanted}
    sums = {(top, below): _sums(values, codes[top], codes[below]) for top, below in pairs}
    return {
        stage: {
            Place(one.code, column): ratio
            for one in wanted
            for column, ratio in sums[one.numerator, one.denominator][stage].items()
        }
        for stage in STAGES
    }


def _sums(values: QuerySet[Value], top: int, below: int) -> dict[Stage, dict[str, Ratio]]:
    """Stage → column → the sums of both parts."""
    rows = values.filter(indicator=top, report__values__indicator=below, report__values__column=F("column"))
    found: dict[Stage, dict[str, Ratio]] = {stage: {} for stage in STAGES}
    for column, *figures in rows.values_list("column").annotate(
        **{name: one for stage in STAGES for name, one in _both(stage).items()}
    ):
        for place, stage in enumerate(STAGES):
            numerator, denominator, units = figures[place * 3 : place * 3 + 3]
            if units:
                found[stage][column] = Ratio(numerator, denominator, units)
    return found


def _both(stage: Stage) -> dict[str, Aggregate]:
    """In the order of :class:`Ratio`."""
    number, other = f"{stage}number", f"report__values__{stage}number"
    given = Q(**{f"{number}__isnull": False, f"{other}__isnull": False})
    found = {
        "numerator": ExactSum(number, filter=given),
        "denominator": ExactSum(other, filter=given),
        "units": Count("pk", filter=given),
    }
    return {f"{stage}_{name}": one for name, one in found.items()}


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
