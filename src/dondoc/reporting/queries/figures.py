"""The figures of a campaign's draft, template by template: accepted, received, and who owes them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce

from django.db.models import Q

from dondoc.reporting.enums import Method, Nothing, ReturnState
from dondoc.reporting.models import Campaign, CampaignGroup, Return, Value
from dondoc.reporting.queries.content import facts
from dondoc.reporting.queries.totals import IN, Totals, totals_of
from dondoc.reporting.rules.cells import Place
from dondoc.reporting.rules.expressions import parse
from dondoc.reporting.rules.fields import OVER, Field, missing_words, number_words, verdict_words
from dondoc.reporting.rules.templates import IndicatorFacts, TableFacts, TemplateFacts
from dondoc.reporting.rules.totals import Tally
from dondoc.units.enums import UnitKind
from dondoc.units.models import Unit

NOT_SUMMED = "không tổng hợp"


@dataclass(frozen=True, slots=True)
class Source:
    """A template of the campaign, the groups that fill it in, and their reports, those that are exempt left out."""

    groups: tuple[CampaignGroup, ...]
    facts: TemplateFacts
    totals: Totals
    reports: tuple[Return, ...]

    @property
    def name(self) -> str:
        return ", ".join(group.name for group in self.groups)

    @property
    def accepted(self) -> int:
        return sum(1 for report in self.reports if report.state == ReturnState.ACCEPTED)

    @property
    def received(self) -> int:
        return sum(1 for report in self.reports if report.state in IN)


@dataclass(frozen=True, slots=True)
class Known:
    """One figure. ``owing``: names of those without whose word it is not whole. ``tally``: what was accepted, over all its columns."""

    field: Field
    source: Source
    table: TableFacts
    indicator: IndicatorFacts
    accepted: Decimal | None
    received: Decimal | None
    tally: Tally
    owing: tuple[str, ...]

    @property
    def is_missing(self) -> bool:
        """Nobody's number was accepted, and somebody owes one."""
        return self.accepted is None and bool(self.owing) and self.indicator.across_units != Method.NONE

    @property
    def words(self) -> str:
        """Never blank: the number, the kind of nothing that all said, or who owes it."""
        if self.accepted is not None:
            return number_words(self.accepted, self.indicator)
        if self.indicator.across_units == Method.NONE:
            return NOT_SUMMED
        if self.owing:
            return missing_words(self.owing)
        return "không có" if self.tally.none else "không áp dụng" if self.tally.not_applicable else "không tính được"

    @property
    def verdict(self) -> str:
        return verdict_words(self.indicator, self.accepted) or "chưa đánh giá được"


def sources_of(campaign: Campaign, *codes: str) -> list[Source]:
    """In the order of the campaign's groups; groups that fill in one template are put together.

    ``codes``: of the indicators whose figures are wanted; only they and what they are made of are added up, without them all.
    """
    groups: dict[int, list[CampaignGroup]] = {}
    for group in campaign.groups.select_related("template__template"):
        groups.setdefault(group.template_id, []).append(group)
    reports = reports_of(campaign)
    return [
        Source(
            tuple(some),
            facts(some[0].template),
            totals_of(*some, only=with_parts(facts(some[0].template), codes)),
            tuple(report for report in reports if report.group_id in {group.pk for group in some}),
        )
        for some in groups.values()
    ]


def reports_of(campaign: Campaign) -> list[Return]:
    """All that are expected, with their units, in the order of their names."""
    rows = campaign.returns.exclude(state=ReturnState.EXEMPT).select_related("unit")
    return list(rows.order_by("unit__search_text", "unit"))


def people_words(units: Iterable[Unit]) -> str:
    """How units are counted: ``xã, phường``, ``sở, ngành``, or ``đơn vị`` where they are of both kinds."""
    communes = {unit.kind == UnitKind.COMMUNE for unit in units}
    return "đơn vị" if len(communes) != 1 else "xã, phường" if communes.pop() else "sở, ngành"


def known_figures(sources: Sequence[Source], wanted: Iterable[Field]) -> dict[str, Known]:
    """Key → figure, of the fields that exist; a statement for each template."""
    found: dict[str, Known] = {}
    fields = list(dict.fromkeys(Field(one.table, one.code, one.column) for one in wanted))
    for source in sources:
        here = [(one, *where) for one in fields if one.key not in found and (where := _where(source.facts, one))]
        owed = _no_data(source, [indicator for _, _, indicator in here])
        late = dict.fromkeys(report.unit.name for report in source.reports if report.state != ReturnState.ACCEPTED)
        names = tuple(late)
        for one, table, indicator in here:
            more = dict.fromkeys(name for name in _owing(owed, one, table, indicator) if name not in late)
            found[one.key] = _known(source, one, table, indicator, (*names, *more) if more else names)
    return found


def columns_of(field: Field, table: TableFacts) -> list[str]:
    return [column.key for column in table.columns if field.column in {OVER, column.key}]


def parts_of(indicator: IndicatorFacts) -> list[str]:
    """Codes of the cells that a figure is made of."""
    if Method.RATIO in {indicator.across_units, indicator.across_periods}:
        return [indicator.numerator, indicator.denominator]
    return [name.code for name in parse(indicator.formula).names] if indicator.formula else [indicator.code]


def with_parts(what: TemplateFacts, codes: Iterable[str]) -> set[str]:
    """These, what they are made of, and what that is made of, formulas of formulas too."""
    indicators = {one.code: one for table in what.tables for one in table.indicators}
    found: set[str] = set()
    ahead = set(codes)
    while ahead:
        found |= ahead
        ahead = {part for code in ahead if code in indicators for part in parts_of(indicators[code])} - found
    return found


def _where(what: TemplateFacts, field: Field) -> tuple[TableFacts, IndicatorFacts] | None:
    for table in what.tables:
        for one in table.indicators:
            if (table.code, one.code) == (field.table, field.code) and columns_of(field, table):
                return table, one
    return None


def _known(source: Source, field: Field, table: TableFacts, indicator: IndicatorFacts, owing: tuple[str, ...]) -> Known:
    totals, place = source.totals, Place(field.code, field.column)
    tallies = (totals.accepted[Place(field.code, column)].tally for column in columns_of(field, table))
    over = field.column == OVER
    return Known(
        field=field,
        source=source,
        table=table,
        indicator=indicator,
        accepted=totals.accepted_over[field.code] if over else totals.accepted[place].number,
        received=totals.received_over[field.code] if over else totals.received[place].number,
        tally=reduce(Tally.__add__, tallies, Tally()),
        owing=owing,
    )


def _no_data(source: Source, indicators: Sequence[IndicatorFacts]) -> dict[Place, list[str]]:
    """Names of those whose accepted report says that there is no figure yet, or says nothing, by cell."""
    codes = {code for one in indicators for code in parts_of(one)}
    empty = Q(accepted_nothing=Nothing.NO_DATA) | Q(accepted_number__isnull=True, accepted_nothing="")
    rows = Value.objects.filter(
        empty,
        report__in=Return.objects.filter(group__in=source.groups, state=ReturnState.ACCEPTED).values("pk"),
        indicator__code__in=codes,
    )
    found: dict[Place, list[str]] = {}
    for code, column, name in rows.order_by("report__unit__search_text").values_list(
        "indicator__code", "column", "report__unit__name"
    ):
        found.setdefault(Place(code, column), []).append(name)
    return found


def _owing(owed: dict[Place, list[str]], field: Field, table: TableFacts, indicator: IndicatorFacts) -> Iterable[str]:
    for column in columns_of(field, table):
        for code in parts_of(indicator):
            yield from owed.get(Place(code, column), [])
