"""The later hop opens along with the first, from the task that asks for it; the first one's result goes into it."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from dondoc.common.errors import NotAllowed
from dondoc.documents.places import url_of
from dondoc.notices.models import Notice
from dondoc.programmes.models import Duty
from dondoc.reporting.models import Campaign, Return, Value
from dondoc.reporting.queries.content import cells_of, texts_of
from dondoc.reporting.queries.feeding import chain_of, fed_figures, fed_text
from dondoc.reporting.queries.totals import totals_of
from dondoc.reporting.rules.cells import Cell, Place
from dondoc.reporting.services.chaining import open_in_chain
from dondoc.reporting.services.opening import CampaignFacts, GroupFacts
from dondoc.units.models import Person, Unit
from dondoc.units.rules import Actor
from tests.dondoc.factories.common import NOON, TODAY
from tests.dondoc.reporting.conftest import DUE, answer
from tests.dondoc.reporting.drafting import accept, draft_for, report_in

ActorFor = Callable[..., Actor]
LogIn = Callable[[Person], Client]
pytestmark = pytest.mark.usefixtures("frozen_day")
DRAFT_DUE = date(2025, 10, 19)


class TestOpening:
    @pytest.fixture
    def address(self, of_communes: Duty, office: Unit) -> str:
        return f"/bao-cao/dot/mo/{of_communes.pk}/"

    @pytest.fixture
    def client(self, owner: Person, log_in: LogIn) -> Client:
        return log_in(owner)

    def send(self, client: Client, address: str, other_department: Unit, **changed: Any) -> Any:
        return client.post(address, answer(client, address, **{"g0-units": [other_department.pk]}, **changed))

    def test_it_is_proposed_from_the_task_with_its_paragraph(
        self, client: Client, address: str, of_communes: Duty, office: Unit
    ) -> None:
        page = client.get(address)
        task = of_communes.programme.tasks.get()
        assert task.item is not None
        content = page.content.decode()
        assert "Bước sau: báo cáo tổng hợp" in content
        assert url_of(task.item).replace("&", "&amp;") in content
        later = page.context["later"]
        assert (later["along"].value(), later["later_recipient"].value(), later["hop"].value()) == (
            True,
            office.pk,
            f"t{task.pk}",
        )

    def test_both_in_one_go(
        self, client: Client, address: str, of_communes: Duty, other_department: Unit, office: Unit, department: Unit,
        office_specialist: Person, department_clerk: Person,
    ) -> None:  # fmt: skip
        assert self.send(client, address, other_department).status_code == 302
        first, top = Campaign.objects.order_by("last_ok_on")
        assert (first.feeds, first.recipient, top.recipient, top.last_ok_on) == (top, department, office, DRAFT_DUE)
        assert (top.task, top.duty, top.period_name) == (of_communes.programme.tasks.get(), None, first.period_name)
        assert [report.unit for report in top.returns.all()] == [department]
        assert Notice.objects.filter(person=office_specialist, text__contains="sẽ gửi báo cáo tổng hợp, hạn 19/10/2025").exists()
        assert Notice.objects.filter(person=department_clerk, key=f"campaign-{top.pk}").exists()

    def test_unticked_nothing_opens_along_and_the_order_holds_still(
        self, client: Client, address: str, other_department: Unit
    ) -> None:
        late = self.send(client, address, other_department, along="", last_ok_on="19/10/2025")
        assert "không trước hạn của bước sau (19/10/2025)" in late.content.decode()
        assert self.send(client, address, other_department, along="").status_code == 302
        assert Campaign.objects.get().feeds is None

    @pytest.mark.parametrize(("day", "fits"), [("10/10/2025", True), ("9/10/2025", False), ("8/10/2025", False)])
    def test_another_day_follows_the_first_by_a_day(
        self, client: Client, address: str, other_department: Unit, day: str, fits: bool
    ) -> None:
        response = self.send(client, address, other_department, later_on=day)
        assert response.status_code == (302 if fits else 422)
        assert Campaign.objects.count() == (2 if fits else 0)
        if not fits:
            assert "không trước hạn của bước sau" in response.content.decode()

    def test_what_is_missing_or_makes_no_sense(
        self, client: Client, address: str, other_department: Unit, department: Unit
    ) -> None:
        said = {"later_recipient": "Chọn cơ quan nhận báo cáo tổng hợp.", "later_template": "Chọn mẫu báo cáo tổng hợp."}
        for name, words in said.items():
            response = self.send(client, address, other_department, **{name: ""})
            assert (response.status_code, words in response.content.decode()) == (422, True)
        response = self.send(client, address, other_department, later_recipient=str(department.pk))
        assert "không gửi báo cáo tổng hợp cho chính mình" in response.content.decode()
        assert not Campaign.objects.exists()

    def test_nobody_opens_it_for_another_unit(
        self, of_communes: Duty, owner: Person, colleague: Person, office: Unit, department: Unit, other_department: Unit,
        communes: list[Unit], template: Any, actor_for: ActorFor,
    ) -> None:  # fmt: skip
        def facts(recipient: Unit, unit: Unit, day: date) -> CampaignFacts:
            return CampaignFacts("Đợt", recipient, "Năm 2025", day, [GroupFacts("Nhóm", template, [unit])])

        first = facts(department, communes[0], DUE)
        with pytest.raises(NotAllowed):
            open_in_chain(actor=actor_for(owner), facts=first, at=NOON, later=facts(office, other_department, DRAFT_DUE))
        with pytest.raises(NotAllowed):
            open_in_chain(actor=actor_for(colleague), facts=first, at=NOON, later=facts(office, department, DRAFT_DUE))
        assert not Campaign.objects.exists()


@pytest.fixture
def top(
    campaign: Campaign,
    template: Any,
    office: Unit,
    department: Unit,
    owner: Person,
    office_specialist: Person,
    actor_for: ActorFor,
) -> Campaign:
    """The report of Sở Y tế to the office, ten days after the communes'."""
    group = GroupFacts("Sở Y tế", template, [department])
    facts = CampaignFacts("Báo cáo tổng hợp", office, "Năm 2025", DUE + timedelta(days=10), [group])
    made = open_in_chain(actor=actor_for(office_specialist), facts=facts, at=NOON)
    Campaign.objects.filter(pk=campaign.pk).update(feeds=made)
    return made


@pytest.fixture
def of_department(top: Campaign) -> Return:
    return top.returns.select_related("campaign", "group__template", "unit").get()


class TestFeeding:
    def test_accepted_figures_come_with_their_source(
        self, campaign: Campaign, of_department: Return, communes: list[Unit], owner: Person, actor_for: ActorFor, log_in: LogIn
    ) -> None:
        for unit, number in zip(communes, (3, 5, 9), strict=True):
            report = report_in(campaign, unit, actor_for, D01_2025=Cell(Decimal(number)))
            if number != 9:
                accept(report, actor_for(owner))
        place = Place("D.01", "2025")
        fed = fed_figures(of_department)
        assert set(fed) == {Place(code, column) for code in ("C.01", "C.02", "D.01") for column in ("2024", "2025")}
        assert (fed[place].number, fed[place].words) == (8, "Tổng hợp 2/3 báo cáo đã duyệt, Giai đoạn 2021 - 2025")
        client, address = log_in(owner), f"/bao-cao/{of_department.pk}/"
        page = client.get(f"{address}?bieu=2A&nhom=D").content.decode()
        assert "Số đã có: <b>8</b>" in page
        assert client.get(fed[place].address).status_code == 200
        client.post(f"{address}so-da-co/?bieu=2A&nhom=D")
        assert cells_of(of_department)[place].number == totals_of(campaign.groups.get()).accepted[place].number
        row = Value.objects.get(report=of_department, indicator__code="D.01", column="2025")
        assert (row.origin, row.origin_address) == ("known", fed[place].address)

    def test_the_draft_s_text_comes_into_an_empty_section_once(
        self, campaign: Campaign, of_department: Return, communes: list[Unit], owner: Person, actor_for: ActorFor, log_in: LogIn
    ) -> None:
        for unit in communes:
            accept(report_in(campaign, unit, actor_for), actor_for(owner))
        client, address = log_in(owner), f"/bao-cao/{of_department.pk}/"
        assert "Lấy nội dung từ dự thảo" not in client.get(f"{address}?muc=I").content.decode()
        draft_for(campaign, actor_for(owner))
        assert "Lấy nội dung từ dự thảo" in client.get(f"{address}?muc=I").content.decode()
        text = fed_text(of_department, "I")
        assert text
        assert "{{" not in text
        client.post(f"{address}so-da-co/?muc=I")
        assert texts_of(of_department)["I"] == text.strip()
        client.post(f"{address}?muc=I", {"text": "Sở viết lại.", "revision": "1"})
        client.post(f"{address}so-da-co/?muc=I")
        assert texts_of(of_department)["I"] == "Sở viết lại."

    def test_another_unit_gets_nothing(
        self, campaign: Campaign, report: Return, communes: list[Unit], owner: Person, actor_for: ActorFor
    ) -> None:
        accept(report_in(campaign, communes[1], actor_for), actor_for(owner))
        assert fed_figures(report) == {}
        assert fed_text(report, "I") == ""


class TestChain:
    def test_the_page_shows_it_to_both_ends(
        self, campaign: Campaign, top: Campaign, owner: Person, office_specialist: Person, log_in: LogIn
    ) -> None:
        page = log_in(owner).get(f"/bao-cao/dot/{campaign.pk}/").content.decode()
        assert "Bước 2, hạn 02/10/2025" in page
        assert f'href="/bao-cao/dot/{top.pk}/">Gửi' not in page  # it goes to the office, which follows it
        assert "Gửi Văn phòng UBND tỉnh</b>" in page
        other = log_in(office_specialist).get(f"/bao-cao/dot/{top.pk}/").content.decode()
        assert f'href="/bao-cao/dot/{campaign.pk}/">Gửi Sở Y tế</a>' in other

    @pytest.mark.parametrize("more", [1, 3])
    def test_the_queries_do_not_grow(
        self, more: int, campaign: Campaign, top: Campaign, owner: Person, actor_for: ActorFor, django_assert_num_queries: Any
    ) -> None:
        for number in range(more):
            Campaign.objects.create(
                province=campaign.province, title=f"Đợt {number}", recipient=campaign.recipient, period_name="Năm 2025",
                last_ok_on=TODAY, opened_on=TODAY, opened_at=NOON, feeds=top,
            )  # fmt: skip
        held = Campaign.objects.select_related("feeds").get(pk=top.pk)
        with django_assert_num_queries(3):
            assert len(chain_of(held, actor_for(owner))) == 2 + more

    def test_one_that_stands_alone(self, campaign: Campaign, owner: Person, actor_for: ActorFor) -> None:
        assert chain_of(campaign, actor_for(owner)) == []
