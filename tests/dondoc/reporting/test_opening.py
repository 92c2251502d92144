"""Campaigns: who reports what by when."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from dondoc.common.errors import NotAllowed, Refused
from dondoc.reporting.models import Campaign, TemplateVersion
from dondoc.reporting.queries.visible import received_campaigns, visible_campaigns, visible_returns
from dondoc.reporting.rules.campaigns import Turn, hop_fault, turn_of
from dondoc.reporting.services import opening
from dondoc.reporting.services.opening import CampaignFacts, GroupFacts
from dondoc.units.models import Person, Unit
from dondoc.units.rules import Actor
from tests.dondoc.factories.common import NOON, TODAY
from tests.dondoc.reporting.conftest import DUE

ActorFor = Callable[..., Actor]


@pytest.mark.parametrize(
    ("window", "due", "turn"),
    [
        ("M", date(2025, 9, 14), Turn("Tháng 9/2025", date(2025, 8, 15), date(2025, 9, 14))),
        ("M", date(2025, 9, 13), Turn("Tháng 8/2025", date(2025, 7, 15), date(2025, 8, 14))),
        ("M", date(2026, 1, 5), Turn("Tháng 12/2025", date(2025, 11, 15), date(2025, 12, 14))),
        ("Q", date(2025, 9, 6), Turn("Quý III/2025", date(2025, 6, 15), date(2025, 9, 14))),
        ("Q", date(2025, 10, 6), Turn("Quý III/2025", date(2025, 6, 15), date(2025, 9, 14))),
        ("H1", date(2026, 5, 29), Turn("6 tháng đầu năm 2026", date(2025, 12, 15), date(2026, 6, 14))),
        ("H1", date(2026, 7, 1), Turn("6 tháng đầu năm 2026", date(2025, 12, 15), date(2026, 6, 14))),
        ("9M", date(2026, 9, 20), Turn("9 tháng năm 2026", date(2025, 12, 15), date(2026, 9, 14))),
        ("Y", date(2026, 11, 29), Turn("Năm 2026", date(2025, 12, 15), date(2026, 12, 14))),
        ("Y", date(2027, 1, 10), Turn("Năm 2026", date(2025, 12, 15), date(2026, 12, 14))),
        ("?", date(2026, 1, 1), None),
    ],
)
def test_the_period_of_a_report(window: str, due: date, turn: Turn | None) -> None:
    assert turn_of(window, due) == turn


@pytest.mark.parametrize(("days", "broken"), [(-1, False), (0, True), (1, True)])
def test_a_hop_ends_before_the_one_that_it_feeds(days: int, broken: bool) -> None:
    assert bool(hop_fault(DUE + timedelta(days=days), feeds_on=DUE, fed_until=None)) == broken


class TestOpening:
    def test_expected_reports_are_computed(self, campaign: Campaign) -> None:
        assert [str(report.unit) for report in campaign.returns.select_related("unit")] == [
            "phường Hòa Lạc", "xã An Bình", "xã Suối Trong",
        ]  # fmt: skip

    def test_who_may(
        self, campaign: Campaign, template: TemplateVersion, commune: Unit, department: Unit, colleague: Person, stranger: Person,
        actor_for: ActorFor,
    ) -> None:  # fmt: skip
        facts = CampaignFacts("Đợt", department, "Năm 2025", DUE, [GroupFacts("Xã", template, [commune])])
        for person in (colleague, stranger):
            with pytest.raises(NotAllowed):
                opening.open_campaign(actor=actor_for(person), facts=facts, at=NOON)

    @pytest.mark.parametrize(
        ("changed", "field"),
        [
            ({"title": " "}, "title"),
            ({"period_name": ""}, "period_name"),
            ({"last_ok_on": TODAY - timedelta(days=1)}, "last_ok_on"),
            ({"window_from": DUE, "window_to": TODAY}, "window_to"),
            ({"groups": []}, "groups"),
        ],
    )
    def test_what_does_not_hold_together(
        self, template: TemplateVersion, commune: Unit, department: Unit, owner: Person, actor_for: ActorFor,
        changed: dict[str, object], field: str,
    ) -> None:  # fmt: skip
        facts = CampaignFacts("Đợt", department, "Năm 2025", DUE, [GroupFacts("Xã", template, [commune])])
        with pytest.raises(Refused) as refusal:
            opening.open_campaign(actor=actor_for(owner), facts=replace(facts, **changed), at=NOON)  # type: ignore[arg-type]
        assert refusal.value.field == field
        assert not Campaign.objects.exists()

    def test_a_unit_reports_once(
        self, template: TemplateVersion, commune: Unit, department: Unit, owner: Person, actor_for: ActorFor
    ) -> None:
        groups = [GroupFacts("Xã", template, [commune]), GroupFacts("Khác", template, [commune])]
        facts = CampaignFacts("Đợt", department, "Năm 2025", DUE, groups)
        with pytest.raises(Refused, match="có ở cả nhóm"):
            opening.open_campaign(actor=actor_for(owner), facts=facts, at=NOON)

    def test_a_unit_of_another_province_does_not_report(
        self, template: TemplateVersion, foreign_department: Unit, department: Unit, owner: Person, actor_for: ActorFor
    ) -> None:
        facts = CampaignFacts("Đợt", department, "Năm 2025", DUE, [GroupFacts("Sở", template, [foreign_department])])
        with pytest.raises(Refused, match="tỉnh khác"):
            opening.open_campaign(actor=actor_for(owner), facts=facts, at=NOON)


class TestSeeing:
    def test_owner_unit_colleague_and_stranger(
        self,
        campaign: Campaign,
        owner: Person,
        commune_clerk: Person,
        colleague: Person,
        office_specialist: Person,
        stranger: Person,
        actor_for: ActorFor,
    ) -> None:
        """Who sees the campaign, who receives it, and how many reports each may read."""
        people = (owner, office_specialist, commune_clerk, colleague, stranger)
        seen = [
            (visible_campaigns(actor).count(), received_campaigns(actor).count(), visible_returns(actor).count())
            for actor in map(actor_for, people)
        ]
        assert seen == [(1, 1, 3), (1, 1, 3), (1, 0, 1), (0, 0, 0), (0, 0, 0)]
