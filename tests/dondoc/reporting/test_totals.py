"""Sums over units and periods: any order, any grouping, ratio of sums, four kinds of nothing, accepted beside received."""

from collections.abc import Callable
from decimal import Decimal
from random import Random
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dondoc.reporting.enums import Nothing
from dondoc.reporting.models import Campaign
from dondoc.reporting.queries.totals import totals_of
from dondoc.reporting.rules.cells import Cell, Place
from dondoc.reporting.rules.templates import IndicatorFacts
from dondoc.reporting.rules.totals import Ratio, Tally, over_periods, over_units, own_parts, tally
from dondoc.reporting.services import handing, reviewing
from dondoc.units.models import Person, Unit
from dondoc.units.rules import Actor
from tests.dondoc.factories.common import NOON, TODAY
from tests.dondoc.factories.units import person_in
from tests.dondoc.reporting.conftest import fill

CELLS = st.one_of(
    st.builds(Cell, number=st.integers(0, 10**9).map(Decimal)),
    st.builds(Cell, nothing=st.sampled_from(Nothing.values)),
    st.just(Cell()),
)


class TestTallies:
    @given(st.lists(CELLS, max_size=30), st.randoms(), st.integers(0, 30))
    def test_any_order_and_any_grouping(self, cells: list[Cell], chance: Random, cut: int) -> None:
        shuffled = chance.sample(cells, len(cells))
        assert tally(shuffled) == tally(cells) == tally(cells[:cut]) + tally(cells[cut:])

    @given(st.lists(CELLS, max_size=30))
    def test_every_filled_cell_counts_once(self, cells: list[Cell]) -> None:
        assert tally(cells).units == sum(1 for cell in cells if cell.is_filled)

    def test_four_kinds_of_nothing(self) -> None:
        found = tally([Cell(Decimal(0)), *(Cell(nothing=kind) for kind in Nothing.values)])
        assert found == Tally(Decimal(0), Decimal(0), numbers=1, none=1, not_applicable=1, no_data=1)

    def test_nothing_to_divide_by(self) -> None:
        assert Ratio(Decimal(0), Decimal(0), 3).value(100, 1) is None


class TestMethods:
    @pytest.mark.parametrize(("method", "number"), [("sum", 7), ("maximum", 4), ("none", None)])
    def test_over_units(self, method: str, number: int | None) -> None:
        indicator = IndicatorFacts("A", "a", across_units=method)
        assert over_units(indicator, tally([Cell(Decimal(3)), Cell(Decimal(4))])).number == number

    def test_without_a_number_there_is_no_total(self) -> None:
        assert over_units(IndicatorFacts("A", "a"), tally([Cell(nothing="no_data")])).number is None

    @pytest.mark.parametrize(("method", "number"), [("sum", 6), ("latest", 1), ("maximum", 5), ("none", None)])
    def test_over_periods(self, method: str, number: int | None) -> None:
        indicator = IndicatorFacts("A", "a", across_periods=method)
        assert over_periods(indicator, [Decimal(5), None, Decimal(1), None]) == number

    def test_a_ratio_over_periods_has_the_parts_of_its_parts(self) -> None:
        indicator = IndicatorFacts("C", "c", decimals=1, across_periods="ratio", numerator="A", denominator="B")
        assert over_periods(indicator, (), {"A": Decimal(1), "B": Decimal(8)}) == Decimal("12.5")

    @pytest.mark.parametrize(("across_units", "parts"), [("ratio", (2, 4)), ("none", (5, 4))])
    def test_a_reports_own_ratio_counts_columns_that_have_both_parts_as_the_sums_do(
        self, across_units: str, parts: tuple[int, int]
    ) -> None:
        share = IndicatorFacts("C", "c", across_units=across_units, across_periods="ratio", numerator="A", denominator="B")
        rows = {"A": [Decimal(2), Decimal(3)], "B": [Decimal(4), None], "C": [None, None]}
        found = own_parts(share, rows, [IndicatorFacts("A", "a"), IndicatorFacts("B", "b"), share])
        assert found == {"A": parts[0], "B": parts[1]}


def _report(campaign: Campaign, unit: Unit, actor_for: Callable[..., Actor], **cells: Cell) -> None:
    report = campaign.returns.select_related("campaign", "group__template", "unit").get(unit=unit)
    actor = actor_for(person_in(unit, username=f"xa{unit.pk}"))
    fill(report, actor, **cells)
    handing.submit(actor=actor, report=report, token=uuid4(), at=NOON)


class TestOfACampaign:
    def test_accepted_counts_and_received_stands_beside(
        self, campaign: Campaign, communes: list[Unit], owner: Person, actor_for: Callable[..., Actor]
    ) -> None:
        first, second, third = communes
        _report(campaign, first, actor_for, C01_2025=Cell(Decimal(10)), C02_2025=Cell(Decimal(9)))
        _report(campaign, second, actor_for, C01_2025=Cell(Decimal(90)), C02_2025=Cell(Decimal(1)))
        _report(campaign, third, actor_for, C01_2025=Cell(nothing="no_data"), C02_2025=Cell(Decimal(50)))
        accepted = campaign.returns.get(unit=first)
        reviewing.accept(actor=actor_for(owner), report=accepted, at=NOON, happened_on=TODAY)
        group = campaign.groups.get()
        totals = totals_of(group)
        share = Place("C.03", "2025")
        assert (totals.accepted[share].number, totals.received[share].number) == (Decimal("90.0"), Decimal("10.0"))
        assert totals.received[share].ratio == Ratio(Decimal(10), Decimal(100), 2)  # who gave one part alone is left out
        assert (totals.accepted[Place("D.01", "2024")].number, totals.received_over["D.01"]) == (4, 24)
        assert (totals.received_over["C.01"], totals.received_over["C.03"]) == (100, Decimal("10.0"))

    def test_kinds_of_nothing_are_counted_and_not_added(
        self, campaign: Campaign, communes: list[Unit], actor_for: Callable[..., Actor]
    ) -> None:
        for unit, kind in zip(communes, Nothing.values, strict=True):
            _report(campaign, unit, actor_for, D01_2025=Cell(nothing=kind))
        figure = totals_of(campaign.groups.get()).received[Place("D.01", "2025")]
        assert (figure.number, figure.tally) == (None, Tally(none=1, not_applicable=1, no_data=1))

    def test_the_cost_does_not_grow_with_units(
        self,
        campaign: Campaign,
        communes: list[Unit],
        actor_for: Callable[..., Actor],
        django_assert_num_queries: Callable[..., object],
    ) -> None:
        group = campaign.groups.select_related("template").get()
        _report(campaign, communes[0], actor_for)
        with django_assert_num_queries(6):  # type: ignore[attr-defined]
            totals_of(group)
        for unit in communes[1:]:
            _report(campaign, unit, actor_for)
        with django_assert_num_queries(6):  # type: ignore[attr-defined]
            totals_of(group)
