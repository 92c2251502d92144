"""The figures of a campaign's group: what was accepted, and what was received beside it, in a few statements over the values."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal, TypeVar

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


def totals_of(*groups: CampaignGroup, only: Collection[str] = ()) -> Totals:
    """All indicators of the template that the groups share; ``only``: codes of those that are added up, the others have no figures."""
    tables = facts(groups[0].template).tables
    codes = dict(Indicator.objects.filter(table__version=groups[0].template_id).values_list("code", "pk"))
    values = _values(groups, tables)
    chosen = {code: pk for code, pk in codes.items() if code in only} if only else codes
    shares = [one for table in tables for one in table.indicators if one.across_units == Method.RATIO and one.code in chosen]
    tallies, ratios = _tallies(values, chosen), _ratios(values, shares, codes)
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
    if ends["first"] is None:
        return Value.objects.none()
    between = Return.objects.filter(pk__range=(ends["first"], ends["last"]), first_received_on__isnull=False).order_by()
    left_out = list(between.exclude(group__in=groups, state__in=IN).values_list("pk", flat=True))
    columns = {column.key for table in tables for column in table.columns}
    rows = Value.objects.filter(report__gte=ends["first"], report__lte=ends["last"], column__in=columns).order_by()
    return rows.exclude(report__in=left_out) if left_out else rows


def _tallies(values: QuerySet[Value], codes: Mapping[str, int]) -> Staged[Tally]:
    """Of the cells that are filled in: one statement over the numbers, one over the kinds of nothing, each from its own index."""
    rows = values.filter(indicator__in=codes.values()).values("indicator", "column")
    nothing = {
        (row["indicator"], row["column"]): row
        for row in rows.exclude(sent_nothing="").annotate(**{key: one for stage in STAGES for key, one in _kinds(stage).items()})
    }
    numbers = rows.annotate(**{key: one for stage in STAGES for key, one in _numbers(stage).items()})
    names = {pk: code for code, pk in codes.items()}
    found: Staged[Tally] = {stage: {} for stage in STAGES}
    for row in numbers:
        held = {**row, **nothing.get((row["indicator"], row["column"]), {})}
        for stage in STAGES:
            counts: dict[str, Any] = {name: held.get(f"{stage}{name}") or 0 for name in ("total", "numbers", *_KINDS)}
            found[stage][Place(names[row["indicator"]], row["column"])] = Tally(highest=held[f"{stage}highest"], **counts)
    return found


_KINDS = (Nothing.NONE, Nothing.NOT_APPLICABLE, Nothing.NO_DATA)


def _numbers(stage: Stage) -> dict[str, Aggregate]:
    number = f"{stage}number"
    return {f"{stage}total": ExactSum(number), f"{stage}highest": Max(number), f"{stage}numbers": Count(number)}


def _kinds(stage: Stage) -> dict[str, Aggregate]:
    return {f"{stage}{kind.value}": Count(f"{stage}nothing", filter=Q(**{f"{stage}nothing": kind})) for kind in _KINDS}


def _ratios(values: QuerySet[Value], wanted: Sequence[IndicatorFacts], codes: Mapping[str, int]) -> Staged[Ratio]:
    """Sums over the units that gave both parts; one statement for each pair of parts."""
    pairs = {(one.numerator, one.denominator) for one in wanted}
    sums = {(top, below): _sums(values, codes[top], codes[below]) for top, below in pairs}
    found: Staged[Ratio] = {stage: {} for stage in STAGES}
    for one in wanted:
        for stage, column, ratio in sums[one.numerator, one.denominator]:
            found[stage][Place(one.code, column)] = ratio
    return found


def _sums(values: QuerySet[Value], top: int, below: int) -> list[tuple[Stage, str, Ratio]]:
    """Stage, column, the sums of both parts. What is accepted of a report is all that was handed in, so both parts or neither."""
    rows = values.filter(
        indicator=top, report__values__indicator=below, report__values__column=F("column"),
        sent_number__isnull=False, report__values__sent_number__isnull=False,
    )  # fmt: skip
    added = rows.values("column").annotate(**{key: one for stage in STAGES for key, one in _both(stage).items()})
    return [
        (stage, row["column"], Ratio(row[f"{stage}top"], row[f"{stage}below"], row[f"{stage}units"]))
        for row in added
        for stage in STAGES
        if row[f"{stage}units"]
    ]


def _both(stage: Stage) -> dict[str, Aggregate]:
    number, other = f"{stage}number", f"report__values__{stage}number"
    return {f"{stage}top": ExactSum(number), f"{stage}below": ExactSum(other), f"{stage}units": Count(number)}


def _over(tables: Sequence[TableFacts], figures: dict[Place, Figure]) -> dict[str, Decimal | None]:
    """Code → what the columns come to."""
    rows = [(one, table) for table in tables for one in table.indicators]
    found = {one.code: over_periods(one, _row(one, table, figures)) for one, table in rows if one.across_periods != Method.RATIO}
    for one, table in rows:
        if one.across_periods == Method.RATIO:
            found[one.code] = over_periods(one, (), parts_over(one, table, tables, figures, found))
    return found


def parts_over(
    one: IndicatorFacts,
    table: TableFacts,
    tables: Sequence[TableFacts],
    figures: Mapping[Place, Figure],
    over: Mapping[str, Decimal | None],
) -> Mapping[str, Decimal | None]:
    """What the parts of a ratio come to over the columns: of those units alone that gave both, column by column.

    ``over``: what each row comes to by itself, which are the parts of what is no ratio over the units.
    """
    if one.across_units != Method.RATIO:
        return over
    rows = {row.code: row for some in tables for row in some.indicators}
    known = [ratio for column in table.columns if (ratio := figures[Place(one.code, column.key)].ratio) and ratio.units]
    return {
        one.numerator: over_periods(rows[one.numerator], [ratio.numerator for ratio in known]),
        one.denominator: over_periods(rows[one.denominator], [ratio.denominator for ratio in known]),
    }


def _row(one: IndicatorFacts, table: TableFacts, figures: dict[Place, Figure]) -> list[Decimal | None]:
    return [figures[Place(one.code, column.key)].number for column in table.columns]
