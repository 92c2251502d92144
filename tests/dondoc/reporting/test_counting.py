"""What the database adds up is what the rules add up, cell by cell; what reports keep of their parts is what they hold."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from functools import reduce
from importlib import import_module
from random import Random
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import Sum
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dondoc.common.errors import Refused
from dondoc.reporting.enums import Nothing, ReturnState
from dondoc.reporting.models import Campaign, Indicator, Return, Value
from dondoc.reporting.models.campaign import no_parts
from dondoc.reporting.queries import following
from dondoc.reporting.queries.figures import sources_of, with_parts
from dondoc.reporting.queries.sums import ExactSum
from dondoc.reporting.queries.totals import IN, totals_of
from dondoc.reporting.rules.cells import Cell, Place, asked
from dondoc.reporting.rules.matrix import Fill
from dondoc.reporting.rules.templates import ColumnFacts, IndicatorFacts, TableFacts, TemplateFacts
from dondoc.reporting.rules.totals import Ratio, Tally, over_units, tally
from dondoc.reporting.services import counting, filling, reviewing
from dondoc.reporting.services.opening import CampaignFacts, GroupFacts, add_unit, open_campaign
from dondoc.reporting.views import figure
from dondoc.units.models import Person, Unit, UnitGroup
from dondoc.units.rules import Actor
from tests.dondoc.factories.common import NOON, TODAY
from tests.dondoc.factories.units import CommuneFactory, person_in
from tests.dondoc.reporting.conftest import DUE, POOLS, fill, hand_in

ActorFor = Callable[..., Actor]
PLACES = [place for _, _, place in asked(POOLS)]
NUMBERS = st.integers(-(10**15) + 1, 10**15 - 1).flatmap(
    lambda number: st.sampled_from([Decimal(number).scaleb(-places) for places in (0, 2, 4)])
)
CELLS = st.one_of(
    NUMBERS.map(Cell), st.integers(0, 9).map(lambda one: Cell(Decimal(one) / 10)),
    st.builds(Cell, nothing=st.sampled_from(Nothing.values)), st.just(Cell()),
)  # fmt: skip
STATES = st.sampled_from(ReturnState.values)
SHEETS = st.lists(st.tuples(STATES, st.lists(CELLS, min_size=len(PLACES), max_size=len(PLACES))), min_size=3, max_size=3)

Sheets = list[tuple[str, dict[Place, Cell]]]


def write(campaign: Campaign, owner: Person, sheets: Sheets) -> None:
    """As services leave it: sent where it was ever handed in, accepted where it is; an exempt report may have been either."""
    pks = dict(Indicator.objects.filter(table__version__campaign_groups__campaign=campaign).values_list("code", "pk"))
    Value.objects.all().delete()
    for report, (state, cells) in zip(campaign.returns.order_by("pk"), sheets, strict=True):
        sent = state != ReturnState.EXPECTED
        accepted = state in {ReturnState.ACCEPTED, ReturnState.EXEMPT}
        Return.objects.filter(pk=report.pk).update(state=state, first_received_on=TODAY if sent else None)
        Value.objects.bulk_create(
            Value(
                report=report, indicator_id=pks[place.code], column=place.column, number=cell.number, nothing=cell.nothing,
                sent_number=cell.number if sent else None, sent_nothing=cell.nothing if sent else "",
                accepted_number=cell.number if accepted else None, accepted_nothing=cell.nothing if accepted else "",
                changed_at=NOON, changed_by=owner,
            )
            for place, cell in cells.items()
        )  # fmt: skip


def ratio_of(pairs: list[tuple[Cell, Cell]]) -> Ratio:
    both = [(one.number, other.number) for one, other in pairs if one.number is not None and other.number is not None]
    return Ratio(sum((one for one, _ in both), Decimal(0)), sum((other for _, other in both), Decimal(0)), len(both))


class TestSumsOfTheDatabase:
    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(SHEETS)
    def test_are_those_of_the_rules(self, campaign: Campaign, owner: Person, drawn: list[tuple[str, list[Cell]]]) -> None:
        sheets = [(state, dict(zip(PLACES, cells, strict=True))) for state, cells in drawn]
        write(campaign, owner, sheets)
        totals = totals_of(campaign.groups.get())
        rows = {one.code: one for table in POOLS.tables for one in table.indicators}
        for figures, states in ((totals.accepted, {ReturnState.ACCEPTED}), (totals.received, set(IN))):
            counted = [cells for state, cells in sheets if state in states]
            for place in PLACES:
                assert figures[place] == over_units(rows[place.code], tally(cells[place] for cells in counted))
            for column in ("2024", "2025"):
                pairs = [(cells[Place("C.02", column)], cells[Place("C.01", column)]) for cells in counted]
                expected = over_units(rows["C.03"], Tally(), ratio_of(pairs))
                assert figures[Place("C.03", column)] == expected

    def test_of_many_decimals_is_exact(self, campaign: Campaign, owner: Person) -> None:
        """Where a sum of binary fractions is not: 0,1 and large amounts of money."""
        chance = Random(208)  # noqa: S311 - no secret
        numbers = [Decimal(chance.randrange(10**14, 10**15)).scaleb(-4) for _ in range(300)] + [Decimal("0.1")] * 300
        numbers += [Decimal("1555750698680.31"), Decimal("-99999999999999.9"), Decimal(10**15 - 1)]
        report, indicator = campaign.returns.first(), Indicator.objects.earliest("pk")
        Value.objects.bulk_create(
            Value(report=report, indicator=indicator, column=f"c{place}", number=one, changed_at=NOON, changed_by=owner)
            for place, one in enumerate(numbers)
        )
        assert Value.objects.aggregate(total=ExactSum("number"))["total"] == sum(numbers)
        assert Value.objects.filter(pk=0).aggregate(total=ExactSum("number"), plain=Sum("number")) == {
            "total": None,
            "plain": None,
        }

    def test_other_campaigns_between_its_reports_are_left_out(
        self, campaign: Campaign, department: Unit, communes: list[Unit], all_communes: UnitGroup, owner: Person, actor_for: ActorFor
    ) -> None:  # fmt: skip
        """Another campaign of the same template is opened, then one more unit joins the first."""
        group = campaign.groups.select_related("template", "campaign").get()
        facts = CampaignFacts(
            "Đợt sau", department, "Năm 2026", DUE, [GroupFacts("Các xã", group.template, communes, all_communes)]
        )
        other = open_campaign(actor=actor_for(owner), facts=facts, at=NOON)
        late = CommuneFactory(province=department.province, name="xã Đến Sau")
        add_unit(actor=actor_for(owner), group=group, unit=late)
        for place, report in enumerate(Return.objects.select_related("campaign", "group__template", "unit").order_by("pk")):
            hand_in(report, person_in(report.unit, username=f"u{place}"), actor_for)
        assert totals_of(group).received[Place("D.01", "2025")].tally == Tally(Decimal(16), Decimal(4), numbers=4)
        assert totals_of(other.groups.get()).received[Place("D.01", "2025")].tally.numbers == 3
        assert totals_of(group, other.groups.get()).received[Place("D.01", "2025")].tally.numbers == 7


def test_a_figure_needs_no_more_than_its_parts(
    campaign: Campaign, communes: list[Unit], owner: Person, actor_for: ActorFor, log_in: Callable[[Person], Client],
    monkeypatch: pytest.MonkeyPatch, frozen_day: date,
) -> None:  # fmt: skip
    for report in campaign.returns.select_related("campaign", "group__template", "unit"):
        hand_in(report, person_in(report.unit, username=f"u{report.pk}"), actor_for)
    (whole,), (one,) = sources_of(campaign), sources_of(campaign, "C.03")
    assert with_parts(whole.facts, ["C.03"]) == {"C.01", "C.02", "C.03"}
    for column in ("2024", "2025"):
        for code in ("C.01", "C.02", "C.03"):
            assert one.totals.received[Place(code, column)] == whole.totals.received[Place(code, column)]
        assert one.totals.received[Place("D.01", column)].number is None
    assert one.totals.received_over["C.03"] == whole.totals.received_over["C.03"] == Decimal("100.0")
    monkeypatch.setattr(figure, "PAGE", 2)
    address = f"/bao-cao/dot/{campaign.pk}/so/{campaign.groups.get().pk}/C.03/2025/"
    pages = [log_in(owner).get(address, {"trang": number}) for number in (1, 2)]
    assert [len(page.context["rows"]) for page in pages] == [2, 1]
    assert "1 - 2 trong 3" in pages[0].content.decode()


def test_parts_of_parts_are_followed_to_the_end() -> None:
    """``A = B + 1, B = C + 1, C = D + 1, D = E * 2``, of which nothing is a ratio."""
    formulas = {"A": "B + 1", "B": "C + 1", "C": "D + 1", "D": "E * 2", "E": "", "F": ""}
    rows = tuple(IndicatorFacts(code=code, name=code, formula=formula) for code, formula in formulas.items())
    what = TemplateFacts("m", "Mẫu", tables=(TableFacts("1", "Một", (ColumnFacts("2025", "Năm 2025"),), rows),))
    assert with_parts(what, ["A"]) == {"A", "B", "C", "D", "E"}
    assert with_parts(what, ["F", "không có"]) == {"F", "không có"}


def test_what_no_database_would_keep_as_it_is_is_refused(campaign: Campaign, commune: Unit, actor_for: ActorFor) -> None:
    report = campaign.returns.select_related("campaign", "group__template", "unit").get(unit=commune)
    clerk = actor_for(person_in(commune, username="vt"))

    def write_number(text: str) -> None:
        entry = filling.Entry(Place("D.01", "2025"), Cell(Decimal(text)))
        filling.save_cells(actor=clerk, report=report, entries=[entry], at=NOON)

    write_number("12345678901234.5")
    assert report.values.get().number == Decimal("12345678901234.5")
    with pytest.raises(Refused, match="quá 15 chữ số"):
        write_number("123456789012.3456")


@pytest.fixture
def clerks(communes: list[Unit]) -> list[Person]:
    return [person_in(unit, username=f"vt{unit.pk}", full_name=f"Văn thư {unit.pk}") for unit in communes]


@pytest.fixture
def reports(campaign: Campaign, communes: list[Unit]) -> list[Return]:
    rows = {one.unit_id: one for one in campaign.returns.select_related("campaign", "group__template", "unit")}
    return [rows[unit.pk] for unit in communes]


WHOLE = {"tables": {"2A": 6}, "sections": ["I"]}


def kept(report: Return) -> tuple[Any, ...]:
    report.refresh_from_db()
    return report.parts, report.filled, report.sent_parts, report.sent_filled


class TestParts:
    def test_follow_the_draft_and_stay_as_handed_in(
        self, reports: list[Return], clerks: list[Person], owner: Person, actor_for: ActorFor
    ) -> None:
        report, clerk = reports[0], actor_for(clerks[0])
        assert kept(report) == (no_parts(), 0, no_parts(), 0)
        entries = [filling.Entry(Place("D.01", "2025"), Cell(nothing="none")), filling.Entry(Place("D.01", "2024"), Cell())]
        filling.save_cells(actor=clerk, report=report, entries=entries, at=NOON)
        assert kept(report) == ({"tables": {"2A": 1}, "sections": []}, 1, no_parts(), 0)
        hand_in(report, clerks[0], actor_for)
        assert kept(report) == (WHOLE, 7, WHOLE, 7)
        by = TODAY + timedelta(days=3)
        reviewing.return_(
            actor=actor_for(owner), report=report, at=NOON, happened_on=TODAY, reason_code="other", reason="Sửa", hand_in_by=by
        )  # fmt: skip
        filling.save_text(actor=clerk, report=report, section="I", text="", at=NOON)
        assert kept(report) == ({"tables": {"2A": 6}, "sections": []}, 6, WHOLE, 7)

    def test_are_counted_anew(self, reports: list[Return], clerks: list[Person], actor_for: ActorFor) -> None:
        hand_in(reports[0], clerks[0], actor_for)
        fill(reports[1], actor_for(clerks[1]))
        assert counting.recount_all() == 0
        before = [kept(report) for report in reports]
        Return.objects.update(parts=no_parts(), sent_parts=no_parts(), filled=0, sent_filled=9)
        assert counting.recount_all() == 3
        assert [kept(report) for report in reports] == before
        assert counting.recount_all() == 0

    def test_are_held_before_they_are_counted(self, reports: list[Return]) -> None:
        """Else what a clerk saves between the count and the hold would be written over with the count from before."""
        with CaptureQueriesContext(connection) as asked:
            counting.recount_all()
        tables = [table for one in asked for table in ("return", "value") if f'FROM "reporting_{table}"' in one["sql"]]
        assert tables == ["return", "return", "value", "value"]

    def test_an_upgrade_counts_what_is_there(self, reports: list[Return], clerks: list[Person], actor_for: ActorFor) -> None:
        hand_in(reports[0], clerks[0], actor_for)
        fill(reports[1], actor_for(clerks[1]))
        counting.recount_all()
        before = [kept(report) for report in reports]
        Return.objects.update(parts=no_parts(), sent_parts=no_parts())
        import_module("dondoc.reporting.migrations.0003_parts").count(apps, None)
        assert [kept(report) for report in reports] == before


def test_the_line_of_complete_ones_is_that_of_the_group_on_every_page(
    campaign: Campaign, reports: list[Return], clerks: list[Person], owner: Person, actor_for: ActorFor
) -> None:
    for report, clerk in zip(reports[:2], clerks, strict=False):
        hand_in(report, clerk, actor_for)
    reviewing.remark(actor=actor_for(owner), report=reports[1], at=NOON, code="other", text="Sai", place=Place("D.01", "2025"))
    reviewing.return_(
        actor=actor_for(owner), report=reports[1], at=NOON, happened_on=TODAY, reason_code="other", reason="Sai", hand_in_by=DUE
    )  # fmt: skip
    group = campaign.groups.get()
    pages = [[one] for one in following.returns_of(group, DUE)]
    found = [following.matrix_of(group, page, DUE, TODAY) for page in pages]
    assert [one.full for one in found] == [(2, 0, 1)] * 3
    marks = {one.rows[0].report.unit.name: [mark.fill for mark in one.rows[0].marks] for one in found}
    assert marks["xã Suối Trong"] == [Fill.FULL, Fill.NOT_ASKED, Fill.RETURNED]
    whole = following.matrix_of(group, list(following.returns_of(group, DUE)), DUE, TODAY)
    added = reduce(lambda left, right: left + right, (one.rows for one in found))
    assert whole.rows == added
