"""A confirmed duty → its campaign, in two clicks."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.test import Client

from dondoc.notices.models import Notice
from dondoc.programmes.models import Duty, Programme
from dondoc.reporting.forms.opening import named
from dondoc.reporting.models import Campaign
from dondoc.reporting.queries.opening import consolidates, propose, templates_in_use
from dondoc.reporting.rules.proposing import Offered, likely_template, period_of, title_of, window_of, windows_of
from dondoc.reporting.services.chaining import open_in_chain
from dondoc.reporting.services.opening import CampaignFacts, GroupFacts
from dondoc.units.enums import UnitKind
from dondoc.units.models import Person, Unit, UnitGroup
from dondoc.units.rules import Actor
from tests.dondoc.factories.common import NOON
from tests.dondoc.reporting.conftest import answer

ActorFor = Callable[..., Actor]
LogIn = Callable[[Person], Client]
DUE = date(2025, 10, 9)


@pytest.mark.parametrize(
    ("period", "due", "window"),
    [("P6M", date(2026, 5, 29), "H1"), ("P6M", date(2026, 11, 29), "H2"), ("P1Y", date(2026, 11, 29), "Y"),
     ("P3M", date(2026, 3, 20), "Q"), ("P9M", date(2026, 9, 20), "9M"), ("P1M", date(2026, 3, 20), "M"), ("", date(2026, 3, 20), "")],
)  # fmt: skip
def test_the_window_of_a_duty(period: str, due: date, window: str) -> None:
    assert window_of(period, due) == window


def test_two_days_a_year_are_six_months_and_the_year() -> None:
    assert windows_of("P6M", [date(2026, 5, 29), date(2026, 11, 29)]) == "H1,Y"


def test_period_and_title() -> None:
    title = "Tổng kết Chương trình phòng, chống đuối nước giai đoạn 2021 - 2025"
    assert period_of("", DUE, title) == "Giai đoạn 2021 - 2025"
    assert title_of(title, "Giai đoạn 2021 - 2025") == f"Báo cáo t{title[1:]}"
    assert title_of("Báo cáo nhanh", "Năm 2025") == "Báo cáo nhanh, năm 2025"


def test_the_template_that_is_meant_for_these_people() -> None:
    offered = [Offered(1, "Báo cáo tổng kết", "Các sở, ban, ngành tỉnh"), Offered(2, "Báo cáo tổng kết", "UBND các xã, phường")]
    assert likely_template(offered, "UBND các xã, phường và đặc khu", "Tổng kết") == 2
    assert likely_template(offered, "Sở, ban, ngành liên quan", "Tổng kết") == 1
    assert likely_template([], "UBND các xã, phường") is None


@pytest.mark.parametrize(
    ("text", "is_one"),
    [("Tổng hợp, dự thảo báo cáo tổng kết của tỉnh", True), ("Tổng hợp số liệu", False), ("Báo cáo kết quả", False)],
)
def test_which_task_makes_one_report_of_many(text: str, is_one: bool) -> None:
    assert consolidates(text) == is_one


class TestProposal:
    def test_everything_is_computed(
        self, of_communes: Duty, owner: Person, department: Unit, actor_for: ActorFor, related: UnitGroup
    ) -> None:
        known = propose(of_communes, actor_for(owner))
        assert (known.recipient, known.last_ok_on, known.period_name) == (department, DUE, "Giai đoạn 2021 - 2025")
        assert known.title == "Báo cáo tổng kết Chương trình phòng, chống đuối nước giai đoạn 2021 - 2025"
        assert [(one.name, len(one.units), one.is_open) for one in known.groups] == [
            (related.name, 0, True), ("UBND các xã, phường", 3, False),
        ]  # fmt: skip
        assert [one.last_ok_on for one in known.hops] == [date(2025, 10, 19)]
        assert all(one.template for one in known.groups)
        assert known.groups[0].template != known.groups[1].template

    def test_one_that_comes_again_has_its_window(self, programme: Programme, owner: Person, actor_for: ActorFor) -> None:
        known = propose(programme.duties.get(period="P1Y"), actor_for(owner))
        assert (known.period_name, known.window_from, known.window_to) == ("Năm 2025", date(2024, 12, 15), date(2025, 12, 14))
        assert known.last_ok_on in {date(2025, 11, 29), date(2025, 11, 30)}


class TestPage:
    def test_two_clicks(
        self, of_communes: Duty, owner: Person, colleague: Person, commune_clerk: Person, other_department: Unit, log_in: LogIn
    ) -> None:
        client = log_in(owner)
        tab = client.get(f"/chuong-trinh/{of_communes.programme_id}/bao-cao/").content.decode()
        address = f"/bao-cao/dot/mo/{of_communes.pk}/"
        assert address in tab
        sent = answer(client, address)
        sent["g0-units"] = [other_department.pk]
        response = client.post(address, sent)
        campaign = Campaign.objects.get()
        assert response.headers["Location"] == f"/bao-cao/dot/{campaign.pk}/"
        assert (campaign.last_ok_on, campaign.deadline_text) == (DUE, of_communes.deadline_text)
        assert sorted(campaign.returns.values_list("unit__name", flat=True)) == [
            "Sở Nội vụ", "phường Hòa Lạc", "xã An Bình", "xã Suối Trong",
        ]  # fmt: skip
        assert all(report.asked > 10 for report in campaign.returns.all())
        assert Notice.objects.filter(person=commune_clerk, key=f"campaign-{campaign.pk}").exists()
        assert Notice.objects.filter(person=colleague, text__contains="hạn 09/10/2025").exists()
        assert not Notice.objects.filter(person=owner, key=f"campaign-{campaign.pk}").exists()
        tab = client.get(f"/chuong-trinh/{of_communes.programme_id}/bao-cao/").content.decode()
        assert address not in tab
        assert tab.count(f"/bao-cao/dot/{campaign.pk}/") == 2  # both duties lead there

    def test_an_open_group_is_never_expanded(self, of_communes: Duty, owner: Person, log_in: LogIn) -> None:
        client = log_in(owner)
        address = f"/bao-cao/dot/mo/{of_communes.pk}/"
        response = client.post(address, answer(client, address))
        assert response.status_code == 422
        assert "Chọn các đơn vị phải báo cáo của nhóm này." in response.content.decode()
        assert not Campaign.objects.exists()

    @pytest.mark.parametrize(("day", "fits"), [("18/10/2025", True), ("19/10/2025", False)])
    def test_it_ends_before_the_draft_is_due(
        self, of_communes: Duty, owner: Person, other_department: Unit, log_in: LogIn, day: str, fits: bool
    ) -> None:
        client = log_in(owner)
        address = f"/bao-cao/dot/mo/{of_communes.pk}/"
        response = client.post(address, answer(client, address, **{"g0-units": [other_department.pk]}, last_ok_on=day))
        assert response.status_code == (302 if fits else 422)
        assert ("không trước hạn của bước sau (19/10/2025)" in response.content.decode()) != fits

    def test_who_may(
        self,
        of_communes: Duty,
        colleague: Person,
        commune_clerk: Person,
        department_clerk: Person,
        stranger: Person,
        log_in: LogIn,
    ) -> None:
        address = f"/bao-cao/dot/mo/{of_communes.pk}/"
        for person in (colleague, commune_clerk, department_clerk):
            assert log_in(person).get(address).status_code == 403
            assert log_in(person).post(address, {}).status_code == 403
        assert log_in(stranger).get(address).status_code == 404
        assert log_in(colleague).get(f"/chuong-trinh/{of_communes.programme_id}/bao-cao/").status_code == 200

    def test_without_a_template_the_page_says_what_to_do(
        self, owner: Person, department: Unit, frozen_day: date, log_in: LogIn
    ) -> None:
        assert "dondoc load_templates" in log_in(owner).get("/bao-cao/dot/mo/").content.decode()
        assert "dondoc load_templates" in log_in(owner).get("/bao-cao/dot/").content.decode()

    def test_without_a_duty(
        self, owner: Person, commune_clerk: Person, all_communes: UnitGroup, frozen_day: date, log_in: LogIn
    ) -> None:
        call_command("load_templates")
        client = log_in(owner)
        sent = answer(client, "/bao-cao/dot/mo/")
        template = client.get("/bao-cao/dot/mo/").context["forms"][0].fields["template"].queryset[0]
        sent |= {"title": "Rà soát ao, hồ", "period_name": "Năm 2025", "last_ok_on": "30/9/2025"}
        sent |= {"g0-unit_group": all_communes.pk, "g0-template": template.pk}
        assert client.post("/bao-cao/dot/mo/", sent).status_code == 302
        campaign = Campaign.objects.get()
        assert (campaign.duty, campaign.returns.count(), campaign.last_ok_on) == (None, 3, date(2025, 9, 30))
        assert log_in(commune_clerk).get("/bao-cao/dot/mo/").status_code == 403


def test_a_later_hop_takes_the_earlier_in(
    of_communes: Duty, owner: Person, office_specialist: Person, other_department: Unit, office: Unit, department: Unit,
    actor_for: ActorFor, log_in: LogIn,
) -> None:  # fmt: skip
    client = log_in(owner)
    address = f"/bao-cao/dot/mo/{of_communes.pk}/"
    client.post(address, answer(client, address, **{"g0-units": [other_department.pk]}, along=""))
    actor = actor_for(office_specialist)
    group = GroupFacts("Sở Y tế", templates_in_use(actor)[0], [department])
    later = CampaignFacts(
        "Báo cáo của tỉnh", office, "Năm 2025", DUE + timedelta(days=30), [group], programme=of_communes.programme
    )
    top = open_in_chain(actor=actor, facts=later, at=NOON)
    assert Campaign.objects.exclude(pk=top.pk).get().feeds == top


@pytest.mark.parametrize(
    ("kinds", "words"),
    [
        ("c", "xã 1"),
        ("ccc", "xã 1, xã 2, xã 3"),
        ("cccc", "4 xã, phường"),
        ("ddddd", "5 sở, ngành"),
        ("cccd", "4 đơn vị"),
    ],
)
def test_what_units_are_called_that_were_picked(kinds: str, words: str) -> None:
    made = {"c": UnitKind.COMMUNE, "d": UnitKind.DEPARTMENT}
    assert named([Unit(name=f"xã {at}", kind=made[kind]) for at, kind in enumerate(kinds, 1)]) == words
