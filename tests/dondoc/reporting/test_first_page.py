"""Reports of campaigns on the first page of the unit that owes them, and in the search of those who receive them."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from dondoc.programmes import services as programmes
from dondoc.programmes.models import Duty
from dondoc.reporting.models import Campaign, Return, TemplateVersion
from dondoc.reporting.services import opening
from dondoc.reporting.services.opening import CampaignFacts, GroupFacts
from dondoc.search.queries import visible_entries
from dondoc.units.models import Person, Unit, UnitGroup
from dondoc.units.rules import Actor
from tests.dondoc.factories.common import NOON
from tests.dondoc.factories.programmes import by, duty, plan

ActorFor = Callable[..., Actor]
LogIn = Callable[[Person], Client]


@pytest.fixture
def owed(owner: Person, department: Unit, all_communes: UnitGroup, actor_for: ActorFor, frozen_day: date) -> Duty:
    item = duty("UBND các xã, phường lập báo cáo", reporters=[all_communes.name], recipient="Sở Y tế", deadline=by("2025-09-23"))
    document = plan(department, owner, [item])
    return programmes.open_programme(actor_for(owner), document, at=NOON, lead_unit=department).duties.get()


@pytest.fixture
def campaign(
    owed: Duty, template: TemplateVersion, communes: list[Unit], department: Unit, owner: Person, actor_for: ActorFor
) -> Campaign:
    facts = CampaignFacts(
        "Tổng kết phòng, chống đuối nước", department, "Năm 2025", date(2025, 9, 22), [GroupFacts("Xã", template, communes)],
        programme=owed.programme, duty=owed,
    )  # fmt: skip
    return opening.open_campaign(actor=actor_for(owner), facts=facts, at=NOON)


def test_before_a_campaign_the_duty_stands_there(owed: Duty, commune_clerk: Person, log_in: LogIn) -> None:
    page = log_in(commune_clerk).get("/")
    assert (page.context["reports"], page.context["returns"]) == ([owed], [])


def test_from_then_on_the_report_does(
    campaign: Campaign, commune: Unit, commune_clerk: Person, colleague: Person, log_in: LogIn
) -> None:
    page = log_in(commune_clerk).get("/")
    report = Return.objects.get(campaign=campaign, unit=commune)
    assert (page.context["reports"], [line.report for line in page.context["returns"]]) == ([], [report])
    assert f"/bao-cao/{report.pk}/" in page.content.decode()
    assert log_in(colleague).get("/").context["returns"] == []


def test_what_is_in_is_no_longer_owed(campaign: Campaign, commune_clerk: Person, log_in: LogIn) -> None:
    Return.objects.update(state="received")
    page = log_in(commune_clerk).get("/")
    assert (page.context["reports"], page.context["returns"]) == ([], [])


def test_who_finds_a_campaign(
    campaign: Campaign, owner: Person, office_specialist: Person, commune_clerk: Person, stranger: Person, actor_for: ActorFor
) -> None:
    people = (owner, office_specialist, commune_clerk, stranger)
    found = [visible_entries(actor_for(person)).filter(kind="campaign", key=campaign.pk).exists() for person in people]
    assert found == [True, True, False, False]
