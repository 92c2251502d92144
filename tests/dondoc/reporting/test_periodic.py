"""A report that comes again: 177-KH/TU asks for six months before 30/5 and for the year before 30/11."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from dondoc.common.errors import NotAllowed, Refused
from dondoc.notices.models import Notice
from dondoc.programmes import services as programmes
from dondoc.programmes.models import Duty
from dondoc.reporting.models import Campaign, Return, TemplateVersion
from dondoc.reporting.queries import following
from dondoc.reporting.queries.content import earlier_of
from dondoc.reporting.rules.schedules import coming, days_of_year, good_days, rule_of_good_days
from dondoc.reporting.services import opening, reviewing, scheduling
from dondoc.reporting.services.opening import CampaignFacts, GroupFacts
from dondoc.units.models import Person, Unit, UnitGroup
from dondoc.units.rules import Actor
from tests.dondoc.factories.common import NOON, TODAY
from tests.dondoc.factories.programmes import duty, plan, recurring
from tests.dondoc.factories.units import CommuneFactory
from tests.dondoc.reporting.conftest import hand_in

ActorFor = Callable[..., Actor]
LogIn = Callable[[Person], Client]
TWICE = "FREQ=YEARLY;BYMONTH=5,11;BYMONTHDAY=30"


@pytest.mark.parametrize(
    ("rrule", "exclusive", "days"),
    [
        (TWICE, True, [date(2026, 5, 29), date(2026, 11, 29)]),
        (TWICE, False, [date(2026, 5, 30), date(2026, 11, 30)]),
        ("FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=1", True, [date(2026, 12, 31)]),
        ("FREQ=MONTHLY;INTERVAL=6;BYMONTHDAY=15", False, [date(2026, 1, 15), date(2026, 7, 15)]),
        ("FREQ=YEARLY", False, []),
        ("gì đó", True, []),
    ],
)
def test_the_last_good_days_of_a_rule(rrule: str, exclusive: bool, days: list[date]) -> None:
    assert days_of_year(rule_of_good_days(rrule, exclusive=exclusive), 2026) == days


@given(st.integers(1, 12), st.integers(2, 28), st.integers(2021, 2040))
def test_the_day_before_is_the_last_good_one(month: int, day: int, year: int) -> None:
    rule = f"FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={day}"
    (named,) = days_of_year(rule, year)
    assert days_of_year(rule_of_good_days(rule, exclusive=True), year) == [named - timedelta(days=1)]


def test_several_rules_stand_side_by_side() -> None:
    rule = "FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=29 FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=14"
    assert good_days(rule, date(2026, 5, 29), date(2027, 5, 28)) == [date(2026, 5, 29), date(2026, 11, 14)]


def test_what_each_turn_is_about() -> None:
    rule = rule_of_good_days(TWICE, exclusive=True)
    names = [coming(rule, "H1,Y", day).period_name for day in days_of_year(rule, 2026)]
    assert names == ["6 tháng đầu năm 2026", "Năm 2026"]
    assert coming(rule, "", date(2026, 5, 29)).period_name == "Kỳ đến 29/5/2026"


@pytest.fixture
def twice_a_year(owner: Person, department: Unit, all_communes: UnitGroup, actor_for: ActorFor) -> Duty:
    item = duty(
        "báo cáo Ban Thường vụ Tỉnh ủy 6 tháng và hằng năm", reporters=[all_communes.name], recipient="Sở Y tế", period="P6M",
        deadline={**recurring(TWICE, "trước ngày 30/5 và trước ngày 30/11 hằng năm"), "exclusive": True},
    )  # fmt: skip
    document = plan(department, owner, [item], code="177-KH/TU", title="Thực hiện Nghị quyết 57-NQ/TW")
    return programmes.open_programme(actor_for(owner), document, at=NOON, lead_unit=department).duties.get()


@pytest.fixture
def first(
    twice_a_year: Duty, template: TemplateVersion, all_communes: UnitGroup, communes: list[Unit], department: Unit, owner: Person,
    actor_for: ActorFor,
) -> Campaign:  # fmt: skip
    """Opened by hand for the year 2025, and set to open itself from then on."""
    group = GroupFacts(all_communes.name, template, communes, all_communes)
    facts = CampaignFacts(
        "Báo cáo thực hiện Nghị quyết 57-NQ/TW, năm 2025", department, "Năm 2025", date(2025, 11, 29), [group],
        programme=twice_a_year.programme, duty=twice_a_year,
    )  # fmt: skip
    campaign = opening.open_campaign(actor=actor_for(owner), facts=facts, at=NOON)
    scheduling.schedule(actor=actor_for(owner), campaign=campaign, window="H1,Y", opens_before=30)
    campaign.refresh_from_db()
    return campaign


def last_ok_days() -> list[date]:
    return list(Campaign.objects.order_by("last_ok_on").values_list("last_ok_on", flat=True))


class TestOpeningItself:
    @pytest.mark.parametrize(
        ("on", "count"), [(date(2026, 4, 28), 0), (date(2026, 4, 29), 1), (date(2026, 5, 29), 1), (date(2026, 5, 30), 0)]
    )
    def test_from_thirty_days_before_until_the_last_good_day(self, first: Campaign, on: date, count: int) -> None:
        assert scheduling.open_due(on=on, at=NOON) == count
        assert scheduling.open_due(on=on, at=NOON) == 0

    def test_two_turns_the_second_while_the_first_is_late_and_open(
        self, first: Campaign, commune_clerk: Person, province: Unit, communes: list[Unit], owner: Person, actor_for: ActorFor
    ) -> None:
        assert scheduling.open_due(on=date(2026, 4, 29), at=NOON) == 1
        half = Campaign.objects.get(last_ok_on=date(2026, 5, 29))
        assert (half.period_name, half.window_from, half.window_to) == (
            "6 tháng đầu năm 2026", date(2025, 12, 15), date(2026, 6, 14),
        )  # fmt: skip
        assert half.title == "Báo cáo thực hiện Nghị quyết 57-NQ/TW, 6 tháng đầu năm 2026"
        assert (half.opened_by, half.returns.count(), half.groups.get().template) == (None, 3, first.groups.get().template)
        assert Notice.objects.filter(person=commune_clerk, key=f"campaign-{half.pk}").count() == 1
        report = Return.objects.select_related("campaign", "group__template", "unit").get(campaign=half, unit=communes[0])
        hand_in(report, commune_clerk, actor_for, date(2026, 11, 2))
        CommuneFactory(code="99009", name="xã Mới Lập", province=province)
        assert scheduling.open_due(on=date(2026, 11, 2), at=NOON) == 1
        assert last_ok_days() == [date(2025, 11, 29), date(2026, 5, 29), date(2026, 11, 29)]
        year = Campaign.objects.get(last_ok_on=date(2026, 11, 29))
        assert (year.period_name, year.returns.count()) == ("Năm 2026", 4)
        counts = {one.campaign.pk: one.counts for one in following.campaigns(actor_for(owner, date(2026, 11, 2)))[0]}
        assert (counts[half.pk].received, counts[half.pk].late, counts[half.pk].missing) == (1, 1, 2)
        assert (counts[year.pk].received, counts[year.pk].expected) == (0, 4)

    def test_a_moved_deadline_does_not_open_the_turn_twice(self, first: Campaign, owner: Person, actor_for: ActorFor) -> None:
        on = date(2026, 5, 4)
        scheduling.open_due(on=on, at=NOON)
        half = Campaign.objects.get(last_ok_on=date(2026, 5, 29))
        opening.move_deadline(actor=actor_for(owner, on), campaign=half, last_ok_on=date(2026, 5, 20), reason="Họp sớm")
        assert scheduling.open_due(on=date(2026, 5, 5), at=NOON) == 0

    def test_stopped(self, first: Campaign, owner: Person, colleague: Person, actor_for: ActorFor) -> None:
        with pytest.raises(NotAllowed):
            scheduling.stop(actor=actor_for(colleague), campaign=first)
        scheduling.stop(actor=actor_for(owner), campaign=first)
        assert scheduling.open_due(on=date(2026, 5, 10), at=NOON) == 0
        with pytest.raises(Refused, match="không tự mở"):
            scheduling.stop(actor=actor_for(owner), campaign=first)

    def test_a_closed_programme_opens_nothing(self, first: Campaign) -> None:
        programme = first.programme
        assert programme
        programme.state = "closed"
        programme.save()
        assert scheduling.open_due(on=date(2026, 5, 10), at=NOON) == 0

    def test_what_does_not_come_again(self, campaign: Campaign, owner: Person, actor_for: ActorFor) -> None:
        with pytest.raises(Refused, match="không nêu báo cáo này lặp lại"):
            scheduling.schedule(actor=actor_for(owner), campaign=campaign, window="Y", opens_before=30)

    def test_on_the_page(self, first: Campaign, owner: Person, log_in: LogIn, frozen_day: date) -> None:
        client = log_in(owner)
        address = f"/bao-cao/dot/{first.pk}/quan-ly/"
        assert "Thôi tự mở theo kỳ" in client.get(address).content.decode()
        assert client.post(f"{address}thoi-tu-mo/").status_code == 302
        text = client.get(address).content.decode()
        assert "Hạn cuối mỗi năm: 29/5, 29/11." in text
        assert client.post(f"{address}tu-mo/", {"tu-mo-window": "H1,Y", "tu-mo-opens_before": "0"}).status_code == 422
        assert client.post(f"{address}tu-mo/", {"tu-mo-window": "H1,H2", "tu-mo-opens_before": "20"}).status_code == 302
        first.refresh_from_db()
        assert first.schedule
        assert (first.schedule.window, first.schedule.opens_before, first.schedule.stopped_on) == ("H1,H2", 20, None)


def test_the_duty_leads_to_it(first: Campaign, owner: Person, log_in: LogIn, frozen_day: date) -> None:
    text = log_in(owner).get(f"/chuong-trinh/{first.programme_id}/bao-cao/").content.decode()
    assert "tự mở trước hạn 30 ngày" in text


def test_the_period_before_is_one_of_the_same_programme(
    first: Campaign, campaign: Campaign, commune: Unit, commune_clerk: Person, owner: Person, actor_for: ActorFor
) -> None:
    """``campaign`` asks by the same template, for no programme, and is due before."""
    for one, number in ((campaign, 4), (first, 6)):
        report = Return.objects.select_related("campaign", "group__template", "unit").get(campaign=one, unit=commune)
        hand_in(report, commune_clerk, actor_for, number=number)
        assert earlier_of(report) == {}
        reviewing.accept(actor=actor_for(owner), report=report, at=NOON, happened_on=TODAY)
    assert scheduling.open_due(on=date(2026, 4, 29), at=NOON) == 1
    half = Return.objects.get(campaign__last_ok_on=date(2026, 5, 29), unit=commune)
    assert set(earlier_of(half).values()) == {6}
