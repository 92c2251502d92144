"""The generated campaign that speed is measured on: as large as it is asked to be, consistent, its totals those of its peer."""

from pathlib import Path

import pytest

from dondoc.reporting.enums import ReturnState
from dondoc.reporting.models import Campaign, Passage, Return, ReturnEvent, Value
from dondoc.reporting.queries.totals import IN, totals_of
from dondoc.reporting.rules.cells import Cell, Place, asked
from dondoc.reporting.rules.courses import standing_of
from dondoc.reporting.rules.totals import tally
from dondoc.reporting.services import counting
from dondoc.reporting.services.recording import happenings
from tools.bench.campaign import content, peer
from tools.bench.campaign.fill import UPLOADS, fill
from tools.bench.campaign.scale import TINY, WHOLE, Scale


@pytest.fixture
def tiny(db: None) -> Scale:
    fill(TINY)
    return TINY


def test_it_holds_what_its_scale_says(tiny: Scale) -> None:
    *filled, empty = Campaign.objects.order_by("pk")
    assert [one.returns.count() for one in filled] == [*tiny.sizes, tiny.sources]
    assert (empty.title, empty.returns.count()) == (UPLOADS, tiny.uploads)
    reports = sum(tiny.sizes) + tiny.sources
    assert Value.objects.count() == reports * tiny.indicators * tiny.years
    assert Passage.objects.count() == reports * tiny.sections
    assert (WHOLE.units * WHOLE.indicators * WHOLE.years, WHOLE.sizes, WHOLE.sources, WHOLE.uploads) == (
        3_321_000, [830, 1660, 3321], 80, 65,
    )  # fmt: skip


def test_it_is_what_services_would_have_left(tiny: Scale) -> None:
    assert counting.recount_all() == 0
    for report in Return.objects.prefetch_related("events"):
        standing = standing_of(happenings(report.events.all()))
        kept = (report.state, report.first_received_on, report.received_on, report.accepted_on)
        assert kept == (standing.state, standing.first_received_on, standing.received_on, standing.accepted_on)
    assert ReturnEvent.objects.exists()


def test_its_cells_are_those_that_were_drawn(tiny: Scale) -> None:
    campaign = Campaign.objects.order_by("pk")[1]
    group = campaign.groups.get()
    states = dict(campaign.returns.values_list("pk", "state"))
    assert {content.state_of(pk) for pk in states} == set(states.values())
    sent: dict[Place, list[Cell]] = {}
    for row in Value.objects.filter(report__campaign=campaign).select_related("indicator"):
        drawn = content.cell_of(row.report_id, row.indicator_id, row.column)
        is_in = states[row.report_id] in IN
        assert Cell(row.sent_number, row.sent_nothing) == (drawn if is_in else Cell())
        assert Cell(row.accepted_number, row.accepted_nothing) == (
            drawn if states[row.report_id] == ReturnState.ACCEPTED else Cell()
        )
        sent.setdefault(Place(row.indicator.code, row.column), []).append(Cell(row.sent_number, row.sent_nothing))
    totals = totals_of(group)
    for _, _, place in asked(content.template(tiny)):
        assert totals.received[place].tally == tally(sent[place])


def test_its_peer_comes_to_the_same(tiny: Scale, tmp_path: Path) -> None:
    group = Campaign.objects.order_by("pk")[1].groups.select_related("template__template").get()
    found = peer.sums(peer.loaded(group, tmp_path))
    assert peer.compare(group, totals_of(group), found) == 2 * (tiny.indicators + 2 * tiny.tables) * tiny.years
    other = Campaign.objects.order_by("pk")[0].groups.get()
    with pytest.raises(RuntimeError, match="in DuckDB"):
        peer.compare(group, totals_of(other), found)
