"""Whatever is done to units' reports, in any order and in any groups: the totals are those of what was handed in and accepted last."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dondoc.reporting.models import Campaign, CampaignGroup, Return, TemplateVersion
from dondoc.reporting.queries.figures import known_figures, sources_of
from dondoc.reporting.queries.printing import opened_of
from dondoc.reporting.queries.totals import totals_of
from dondoc.reporting.rules.cells import Place
from dondoc.reporting.rules.fields import OVER, Field
from dondoc.reporting.rules.templates import ColumnFacts, IndicatorFacts, SectionFacts, TableFacts, TemplateFacts
from dondoc.reporting.services import filling, handing, opening, reviewing, templates
from dondoc.reporting.services.opening import CampaignFacts, GroupFacts
from dondoc.units.models import Person, Unit
from dondoc.units.rules import Actor
from tests.dondoc.factories.common import NOON, TODAY
from tests.dondoc.factories.units import CommuneFactory
from tests.dondoc.reporting.conftest import DUE
from tests.dondoc.scenarios.returns import Totals, UnitReturn, made, totals

ActorFor = Callable[..., Actor]

METHODS = TemplateFacts(
    "cach-tinh",
    "Mọi cách tính",
    sections=(SectionFacts("I", "KẾT QUẢ"),),
    tables=(
        TableFacts(
            "1",
            "Biểu",
            (ColumnFacts("2024", "Năm 2024"), ColumnFacts("2025", "Năm 2025")),
            (
                IndicatorFacts("S.01", "Cộng"),
                IndicatorFacts("S.02", "Cộng, số mới nhất", decimals=1, across_periods="latest"),
                IndicatorFacts("S.03", "Cộng, số lớn nhất", across_periods="maximum"),
                IndicatorFacts("M.01", "Lớn nhất", across_units="maximum", across_periods="maximum"),
                IndicatorFacts("N.01", "Không tổng hợp", across_units="none", across_periods="none"),
                IndicatorFacts(
                    "R.01", "Tỷ lệ", measure="%", decimals=1, formula="S.01 / S.03 * 100", across_units="ratio",
                    across_periods="ratio", numerator="S.01", denominator="S.03",
                ),
            ),
        ),
    ),
)  # fmt: skip
UNITS = 4
ACTS = ("fill", "hand in", "give back", "accept", "reopen")
histories = st.lists(st.tuples(st.integers(0, UNITS - 1), st.sampled_from(ACTS), st.integers(0, 999)), max_size=12)
in_database = settings(
    max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None
)


def content(number: int) -> UnitReturn:
    return made(METHODS, 1, seed=str(number))[0]


@pytest.fixture
def version(owner: Person, department: Unit, actor_for: ActorFor) -> TemplateVersion:
    version = templates.make_template(actor=actor_for(owner), owner=department, facts=METHODS, at=NOON)
    templates.issue(actor=actor_for(owner), version=version)
    version.refresh_from_db()
    return version


@pytest.fixture
def units(province: Unit) -> list[Unit]:
    return [CommuneFactory(province=province) for _ in range(UNITS)]


@dataclass
class Stage:
    """Sở Y tế acts for everybody. ``draft``, ``sent``, ``accepted``: what the totals are known from, by unit."""

    actor: Actor
    campaign: Campaign
    groups: list[CampaignGroup]
    reports: list[Return]
    draft: dict[int, UnitReturn] = field(default_factory=dict)
    sent: dict[int, UnitReturn] = field(default_factory=dict)
    accepted: dict[int, UnitReturn] = field(default_factory=dict)
    is_with_recipient: set[int] = field(default_factory=set)

    def play(self, history: Sequence[tuple[int, str, int]]) -> None:
        """What cannot be done as things stand is left out."""
        for number, act, seed in history:
            here, accepted = number in self.is_with_recipient, number in self.accepted
            if act == "fill" and not here:
                self.fill(number, content(seed))
            elif act == "hand in" and not here and number in self.draft:
                self.hand_in(number)
            elif act == "give back" and here:
                self.give_back(number)
            elif act == "accept" and here and not accepted:
                self.accept(number)
            elif act == "reopen" and accepted:
                reviewing.reopen(actor=self.actor, report=self.reports[number], at=NOON, reason_code="other", reason="Xem lại")
                del self.accepted[number]

    def fill(self, number: int, what: UnitReturn) -> None:
        report, entries = self.reports[number], [filling.Entry(place, cell) for place, cell in what.cells.items()]
        filling.save_cells(actor=self.actor, report=report, entries=entries, at=NOON, on_behalf=True)
        filling.save_text(actor=self.actor, report=report, section="I", text="Đã làm.", at=NOON, on_behalf=True)
        self.draft[number] = what

    def hand_in(self, number: int) -> None:
        handing.submit(actor=self.actor, report=self.reports[number], token=uuid4(), at=NOON, received_on=TODAY)
        self.sent[number] = self.draft[number]
        self.is_with_recipient.add(number)

    def give_back(self, number: int) -> None:
        reviewing.return_(
            actor=self.actor, report=self.reports[number], at=NOON, happened_on=TODAY, reason_code="missing", reason="Thiếu",
            hand_in_by=DUE,
        )  # fmt: skip
        self.accepted.pop(number, None)
        self.is_with_recipient.discard(number)

    def accept(self, number: int) -> None:
        reviewing.accept(actor=self.actor, report=self.reports[number], at=NOON, happened_on=TODAY)
        self.accepted[number] = self.sent[number]

    def figures(self, stage: str) -> Totals:
        """Of all groups together, as the program has them."""
        held = totals_of(*self.groups)
        figures, over = getattr(held, stage), getattr(held, f"{stage}_over")
        tallies = {place: one.tally for place, one in figures.items() if place.code != "R.01"}
        counts = {place: (one.numbers, one.none, one.not_applicable, one.no_data) for place, one in tallies.items()}
        return Totals({place: one.number for place, one in figures.items()}, over, counts)

    def known(self, stage: str) -> Totals:
        return totals(METHODS, list((self.accepted if stage == "accepted" else self.sent).values()))


@pytest.fixture
def stage(owner: Person, department: Unit, version: TemplateVersion, units: list[Unit], actor_for: ActorFor) -> Stage:
    """Two groups; which unit is in which, each example says."""
    groups = [GroupFacts(f"Nhóm {at}", version, units[at::2]) for at in range(2)]
    facts = CampaignFacts("Tổng kết", department, "Năm 2025", DUE, groups)
    campaign = opening.open_campaign(actor=actor_for(owner), facts=facts, at=NOON)
    reports = {one.unit_id: one for one in campaign.returns.select_related("campaign", "group__template", "unit")}
    held = list(campaign.groups.select_related("template__template"))
    return Stage(actor_for(owner), campaign, held, [reports[unit.pk] for unit in units])


@contextmanager
def example(stage: Stage, split: Sequence[bool]) -> Iterator[Stage]:
    """``split``: which of the units report in the second group. What happens is taken back."""
    with transaction.atomic():
        for report, second in zip(stage.reports, split, strict=True):
            Return.objects.filter(pk=report.pk).update(group=stage.groups[second])
        yield Stage(stage.actor, stage.campaign, stage.groups, stage.reports)
        transaction.set_rollback(True)


splits = st.lists(st.booleans(), min_size=UNITS, max_size=UNITS)


@in_database
@given(history=histories, split=splits)
def test_any_history_in_any_groups(stage: Stage, history: list[tuple[int, str, int]], split: list[bool]) -> None:
    """The kinds of nothing are counted and never added, a ratio is that of the sums: :func:`totals` says so in plain Python."""
    with example(stage, split) as held:
        held.play(history)
        for name in ("accepted", "received"):
            assert held.figures(name) == held.known(name)


@in_database
@given(order=st.permutations(range(UNITS)), split=splits, seeds=st.lists(st.integers(0, 999), min_size=UNITS, max_size=UNITS))
def test_any_order_of_all(stage: Stage, order: list[int], split: list[bool], seeds: list[int]) -> None:
    with example(stage, split) as held:
        for number in order:
            held.fill(number, content(seeds[number]))
            held.hand_in(number)
        for number in reversed(order):
            held.accept(number)
        assert held.figures("accepted") == held.figures("received") == totals(METHODS, [content(seed) for seed in seeds])


@in_database
@given(history=histories, drafts=st.lists(st.tuples(st.integers(0, UNITS - 1), st.integers(0, 999)), min_size=1, max_size=4))
def test_drafts_move_no_sum(stage: Stage, history: list[tuple[int, str, int]], drafts: list[tuple[int, int]]) -> None:
    with example(stage, [False] * UNITS) as held:
        held.play(history)
        before = held.figures("accepted"), held.figures("received")
        held.play([(number, "fill", seed) for number, seed in drafts])
        assert (held.figures("accepted"), held.figures("received")) == before


def test_a_unit_that_gave_one_part_alone_is_in_no_ratio(stage: Stage) -> None:
    """By hand: (3 + 1) of (4 + 6); the third gave a numerator alone, the fourth none of both."""
    for number, (top, below) in enumerate(((3, 4), (1, 6), (50, None), (None, None))):
        what = content(number)
        changed = {
            Place(code, key): filling.Cell(Decimal(value)) if value is not None else filling.Cell(nothing="no_data")
            for code, value in (("S.01", top), ("S.03", below))
            for key in ("2024", "2025")
        }
        stage.fill(number, UnitReturn(what.cells | changed, what.texts))
        stage.hand_in(number)
        stage.accept(number)
    figure = totals_of(*stage.groups).accepted[Place("R.01", "2025")]
    assert figure.number == 40
    assert figure.ratio
    assert (figure.ratio.numerator, figure.ratio.denominator, figure.ratio.units) == (4, 10, 2)
    over = Field("1", "R.01", OVER)
    known = known_figures(sources_of(stage.campaign), [over])[over.key]
    assert (known.accepted, opened_of(known).parts) == (80, "8 : 10")  # 3 + 1 in each of two years, of 4 + 6 at most
