"""Reports of campaigns on the first page of the unit that owes them, and in the search of those who receive them."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
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


@pytest.mark.parametrize(
    ("days", "returned", "words", "button", "figure"),
    [
        (0, False, "Hôm nay", "Nhập báo cáo", "soon"),
        (9, False, "Quá hạn 9 ngày", "Nhập báo cáo", "overdue"),
        (9, True, "Trả lại, hạn 12/10", "Sửa và nộp lại", "returned"),
    ],
)
def test_a_report_stands_among_the_debts_by_how_it_presses(
    campaign: Campaign, commune: Unit, commune_clerk: Person, log_in: LogIn, days: int, words: str, button: str, figure: str, *, returned: bool
) -> None:  # fmt: skip
    if returned:
        Return.objects.filter(unit=commune).update(state="returned", hand_in_by=date(2025, 10, 12))
    with time_machine.travel(datetime.combine(campaign.last_ok_on + timedelta(days=days), time(12), UTC), tick=False):
        page = log_in(commune_clerk).get("/")
    figures = page.context["figures"]
    assert {name: getattr(figures, name) for name in ("overdue", "returned", "soon", "later")} == {
        "overdue": 0, "returned": 0, "soon": 0, "later": 0, figure: 1,
    }  # fmt: skip
    text = page.content.decode()
    assert button in text
    assert words in text


def test_what_comes_in_stands_on_the_first_page_of_the_department(
    campaign: Campaign, owner: Person, commune_clerk: Person, log_in: LogIn
) -> None:
    page = log_in(owner).get("/")
    assert [one.campaign for one in page.context["campaigns"]] == [campaign]
    assert "Báo cáo nộp về đơn vị tôi" in page.content.decode()
    assert log_in(commune_clerk).get("/").context["campaigns"] == []


def test_the_place_in_the_bar_leads_to_what_a_person_does(
    campaign: Campaign, owner: Person, commune_clerk: Person, colleague: Person, log_in: LogIn
) -> None:
    where = {"owner": owner, "clerk": commune_clerk, "colleague": colleague}
    found = {who: log_in(person).get("/bao-cao/").headers["Location"] for who, person in where.items()}
    assert found == {"owner": "/bao-cao/dot/", "clerk": "/bao-cao/cua-toi/", "colleague": "/bao-cao/cua-toi/"}
