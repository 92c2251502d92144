"""What the receiving side does with a campaign, and whom the daily run reminds of it."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from dondoc.common.errors import NotAllowed, Refused
from dondoc.notices.models import Notice
from dondoc.reporting.enums import ReturnState
from dondoc.reporting.models import Campaign, Return
from dondoc.reporting.services import opening, reminding, reviewing, urging
from dondoc.units.models import Person, Unit
from dondoc.units.rules import Actor
from tests.dondoc.factories.common import NOON, TODAY
from tests.dondoc.reporting.conftest import DUE, hand_in

ActorFor = Callable[..., Actor]
LogIn = Callable[[Person], Client]


class TestActs:
    def test_another_deadline(self, campaign: Campaign, owner: Person, log_in: LogIn, frozen_day: date) -> None:
        address = f"/bao-cao/dot/{campaign.pk}/quan-ly/doi-han/"
        client = log_in(owner)
        refused = client.post(address, {"doi-han-last_ok_on": "30/9/2025"})
        assert refused.status_code == 422
        assert "Ghi lý do đổi hạn." in refused.content.decode()
        assert client.post(address, {"doi-han-last_ok_on": "30/9/2025", "doi-han-reason": "Mưa lũ"}).status_code == 302
        campaign.refresh_from_db()
        assert campaign.last_ok_on == date(2025, 9, 30)
        text = client.get(f"/bao-cao/dot/{campaign.pk}/quan-ly/").content.decode()
        assert "Đổi hạn nộp: Mưa lũ" in text

    def test_a_unit_more(
        self, campaign: Campaign, owner: Person, colleague: Person, other_department: Unit, log_in: LogIn, frozen_day: date
    ) -> None:
        group = campaign.groups.get()
        sent = {"them-don-vi-unit": other_department.pk, "them-don-vi-group": group.pk}
        assert log_in(owner).post(f"/bao-cao/dot/{campaign.pk}/quan-ly/them-don-vi/", sent).status_code == 302
        assert campaign.returns.filter(unit=other_department, group=group).exists()
        assert Notice.objects.filter(person=colleague, key=f"campaign-{campaign.pk}").exists()

    def test_exempt_and_not(self, campaign: Campaign, report: Return, owner: Person, log_in: LogIn, frozen_day: date) -> None:
        client, address = log_in(owner), f"/bao-cao/dot/{campaign.pk}/quan-ly/"
        assert client.post(f"{address}mien/", {"mien-report": report.pk}).status_code == 422
        assert client.post(f"{address}mien/", {"mien-report": report.pk, "mien-reason": "Mới lập"}).status_code == 302
        report.refresh_from_db()
        assert report.state == ReturnState.EXEMPT
        assert "Mới lập" in client.get(address).content.decode()
        assert "Được miễn" in client.get(f"/bao-cao/dot/{campaign.pk}/").content.decode()
        assert client.post(f"{address}bo-mien/", {"bo-mien-report": report.pk, "bo-mien-reason": "Đã đủ"}).status_code == 302
        report.refresh_from_db()
        assert report.state == ReturnState.EXPECTED

    def test_close_and_reopen(self, campaign: Campaign, owner: Person, log_in: LogIn, frozen_day: date) -> None:
        client, address = log_in(owner), f"/bao-cao/dot/{campaign.pk}/quan-ly/"
        assert client.post(f"{address}dong/").status_code == 302
        assert "Đóng đợt</summary>" not in client.get(address).content.decode()
        assert client.post(f"{address}dong/").status_code == 422
        assert client.post(f"{address}mo-lai/", {"mo-lai-reason": "Còn hai xã"}).status_code == 302
        campaign.refresh_from_db()
        assert (campaign.state, campaign.closed_on) == ("open", None)

    def test_an_unknown_act(self, campaign: Campaign, owner: Person, log_in: LogIn, frozen_day: date) -> None:
        assert log_in(owner).post(f"/bao-cao/dot/{campaign.pk}/quan-ly/gi-do/").status_code == 404

    @pytest.mark.parametrize("act", ["quan-ly/doi-han/", "quan-ly/dong/", "quan-ly/mien/", "quan-ly/them-don-vi/", "nhac/"])
    def test_who_may(
        self, campaign: Campaign, department_clerk: Person, commune_clerk: Person, colleague: Person, stranger: Person, log_in: LogIn,
        frozen_day: date, act: str,
    ) -> None:  # fmt: skip
        people = (department_clerk, commune_clerk, colleague, stranger)
        address = f"/bao-cao/dot/{campaign.pk}/{act}"
        assert [log_in(person).post(address).status_code for person in people] == [403, 403, 404, 404]
        campaign.refresh_from_db()
        assert campaign.state == "open"


class TestUrging:
    def test_who_owes_a_report_once_a_day(
        self, campaign: Campaign, report: Return, commune_clerk: Person, owner: Person, log_in: LogIn, frozen_day: date
    ) -> None:
        client, address = log_in(owner), f"/bao-cao/dot/{campaign.pk}/nhac/"
        assert "Đã nhắc 3 đơn vị" in client.post(address, follow=True).content.decode()
        notice = Notice.objects.get(person=commune_clerk, key__startswith="urged")
        assert notice.text == "Sở Y tế nhắc nộp báo cáo, còn 10 ngày: Tổng kết Chương trình phòng, chống đuối nước"
        assert "Hôm nay đã nhắc các đơn vị này." in client.post(address, follow=True).content.decode()
        assert Notice.objects.filter(person=commune_clerk, key__startswith="urged").count() == 1

    def test_not_who_has_handed_in(
        self, campaign: Campaign, report: Return, commune_clerk: Person, owner: Person, actor_for: ActorFor
    ) -> None:
        hand_in(report, commune_clerk, actor_for)
        with pytest.raises(Refused, match="chưa có người dùng"):
            urging.urge(actor=actor_for(owner), campaign=campaign, at=NOON)
        assert not Notice.objects.filter(key__startswith="urged").exists()

    def test_a_closed_one_urges_nobody(self, campaign: Campaign, owner: Person, colleague: Person, actor_for: ActorFor) -> None:
        opening.close_campaign(actor=actor_for(owner), campaign=campaign)
        campaign.refresh_from_db()
        with pytest.raises(Refused, match="đã đóng"):
            urging.urge(actor=actor_for(owner), campaign=campaign, at=NOON)
        with pytest.raises(NotAllowed):
            urging.urge(actor=actor_for(colleague), campaign=campaign, at=NOON)


def told(person: Person) -> list[str]:
    return list(
        Notice.objects.filter(person=person)
        .exclude(key__startswith="campaign-open")
        .order_by("pk")
        .values_list("text", flat=True)
    )


TITLE = "Tổng kết Chương trình phòng, chống đuối nước"


class TestDailyRun:
    """DUE is Monday 22/9/2025."""

    @pytest.mark.parametrize(
        ("days", "said"),
        [(-8, None), (-7, "Còn 7 ngày"), (-3, "Còn 3 ngày"), (0, "Hạn cuối hôm nay"), (1, "Quá hạn 1 ngày"), (200, None)],
    )
    def test_the_unit_before_and_after_the_last_good_day(
        self, campaign: Campaign, report: Return, commune_clerk: Person, days: int, said: str | None
    ) -> None:
        on = DUE + timedelta(days=days)
        reminding.remind(on=on, at=NOON)
        assert reminding.remind(on=on, at=NOON) == 0
        assert told(commune_clerk) == ([f"{said} nộp báo cáo: {TITLE} (xã An Bình; hạn 22/9/2025)"] if said else [])

    def test_nobody_on_a_day_of_rest(self, campaign: Campaign, report: Return, commune_clerk: Person) -> None:
        assert reminding.remind(on=date(2025, 9, 20), at=NOON) == 0

    def test_up_the_ladder_to_the_recipient_and_the_office(
        self, campaign: Campaign, report: Return, commune_clerk: Person, owner: Person, office_specialist: Person
    ) -> None:
        for days in range(1, 40):
            reminding.remind(on=DUE + timedelta(days=days), at=NOON)
        assert any("xã An Bình" in text and "phường Hòa Lạc" in text for text in told(owner))
        assert len(told(owner)) == 1
        assert len(told(office_specialist)) == 1

    @pytest.mark.parametrize(("days", "said"), [(-1, "Còn 1 ngày"), (0, "Hạn cuối hôm nay"), (1, "Quá hạn 1 ngày")])
    def test_a_returned_one_by_its_own_day(
        self, campaign: Campaign, report: Return, commune_clerk: Person, owner: Person, actor_for: ActorFor, days: int, said: str
    ) -> None:
        own = date(2025, 9, 17)
        hand_in(report, commune_clerk, actor_for)
        reviewing.return_(
            actor=actor_for(owner), report=report, at=NOON, happened_on=TODAY, reason_code="other", reason="Sửa", hand_in_by=own
        )  # fmt: skip
        reminding.remind(on=own + timedelta(days=days), at=NOON)
        assert f"{said} nộp lại báo cáo: {TITLE} (xã An Bình; hạn 17/9/2025)" in told(commune_clerk)

    @pytest.mark.parametrize("what", ["in", "exempt", "closed"])
    def test_who_owes_nothing_hears_nothing(
        self, campaign: Campaign, report: Return, commune_clerk: Person, owner: Person, actor_for: ActorFor, what: str
    ) -> None:
        if what == "in":
            hand_in(report, commune_clerk, actor_for)
        elif what == "exempt":
            reviewing.exempt(actor=actor_for(owner), report=report, at=NOON, reason="Mới lập")
        else:
            opening.close_campaign(actor=actor_for(owner), campaign=campaign)
        reminding.remind(on=DUE, at=NOON)
        assert told(commune_clerk) == []
