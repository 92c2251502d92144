"""Review of one unit's report: who may, what changed, what is unlikely, and what comes of it."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from dondoc.common import wording
from dondoc.common.models import AuditEntry
from dondoc.notices.models import Notice
from dondoc.reporting.models import Campaign, Remark, Return
from dondoc.reporting.queries.changes import changes_of
from dondoc.reporting.queries.content import earlier_of
from dondoc.reporting.rules.cells import Cell, Place
from dondoc.reporting.rules.likely import is_far, leaps
from dondoc.reporting.services import opening, reviewing
from dondoc.reporting.services.opening import CampaignFacts, GroupFacts
from dondoc.units.models import Person, Unit
from dondoc.units.rules import Actor
from tests.dondoc.factories.common import NOON, TODAY
from tests.dondoc.factories.units import CommuneFactory
from tests.dondoc.reporting.drafting import report_in

ActorFor = Callable[..., Actor]
LogIn = Callable[[Person], Client]
pytestmark = pytest.mark.usefixtures("frozen_day")
LATER = wording.day(TODAY + timedelta(days=3))


@pytest.fixture
def client(owner: Person, log_in: LogIn) -> Client:
    return log_in(owner)


@pytest.fixture
def handed_in(campaign: Campaign, commune: Unit, actor_for: ActorFor) -> Return:
    return report_in(campaign, commune, actor_for, text="Đã mở lớp dạy bơi.")


def _page(client: Client, report: Return, query: str = "") -> str:
    answer = client.get(reverse("reporting:review", args=[report.campaign_id, report.pk]) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def _act(client: Client, report: Return, what: str, **data: str) -> Any:
    return client.post(reverse("reporting:review_act", args=[report.campaign_id, report.pk, what]), data, follow=True)


@pytest.mark.parametrize(
    ("number", "others", "far"),
    [
        (100, [10, 11, 12, 13, 14], True),
        (15, [10, 11, 12, 13, 14], False),
        (100, [10, 11, 12, 13], False),
        (100, [10, 10, 10, 10, 10], False),
    ],
)
def test_far_from_the_others(number: int, others: list[int], far: bool) -> None:
    assert is_far(Decimal(number), [Decimal(one) for one in others]) == far


def test_who_may(handed_in: Return, commune_clerk: Person, colleague: Person, stranger: Person, log_in: LogIn) -> None:
    for person, status in ((commune_clerk, 403), (colleague, 404), (stranger, 404)):
        client = log_in(person)
        assert client.get(reverse("reporting:review", args=[handed_in.campaign_id, handed_in.pk])).status_code == status
        for what in ("duyet", "tra-lai", "y-kien"):
            assert _act(client, handed_in, what, code="other", text="a", hand_in_by=LATER).status_code == status
    handed_in.refresh_from_db()
    assert handed_in.state == "received"


def test_who_only_reads_has_no_buttons(handed_in: Return, department_clerk: Person, log_in: LogIn) -> None:
    client = log_in(department_clerk)
    assert "Duyệt báo cáo</button>" not in _page(client, handed_in)
    assert _act(client, handed_in, "duyet").status_code == 403


def test_accepted(handed_in: Return, client: Client) -> None:
    page = _page(client, handed_in)
    assert "Đã mở lớp dạy bơi." in page
    assert "Duyệt báo cáo</button>" in page
    assert "Đã duyệt báo cáo." in _act(client, handed_in, "duyet").content.decode()
    handed_in.refresh_from_db()
    assert handed_in.state == "accepted"
    assert "Báo cáo đã được duyệt." in _act(client, handed_in, "duyet").content.decode()


def test_remarked_and_returned(handed_in: Return, client: Client) -> None:
    _act(client, handed_in, "y-kien", where="o:C.01:2025", code="unlikely", text="Kiểm tra lại.")
    _act(client, handed_in, "y-kien", where="muc:I", code="missing", text="Nêu tên lớp.")
    page = _act(client, handed_in, "y-kien", where="muc:9", code="missing", text="a").content.decode()
    assert "Mẫu không có chỗ này." in page
    assert "C.01, 2025" in page
    assert [(one.code, one.column, one.section.code if one.section else "") for one in Remark.objects.select_related("section")] == [
        ("unlikely", "2025", ""), ("missing", "", "I"),
    ]  # fmt: skip
    refused = _act(client, handed_in, "tra-lai", code="unexplained", text="Thiếu số lớp.", hand_in_by="31/02/2026")
    assert refused.status_code == 422
    kept = refused.content.decode()
    assert "Ghi hạn nộp lại" in kept
    assert ">Thiếu số lớp.</textarea>" in kept
    assert 'value="31/02/2026"' in kept
    assert (
        "Đã trả lại báo cáo."
        in _act(client, handed_in, "tra-lai", code="missing", text="Thiếu.", hand_in_by=LATER).content.decode()
    )
    handed_in.refresh_from_db()
    assert (handed_in.state, handed_in.hand_in_by) == ("returned", TODAY + timedelta(days=3))


def test_only_what_changed_since(
    handed_in: Return, campaign: Campaign, commune: Unit, owner: Person, client: Client, actor_for: ActorFor
) -> None:
    reviewing.return_(
        actor=actor_for(owner),
        report=handed_in,
        at=NOON,
        happened_on=TODAY,
        reason_code="missing",
        reason="Thiếu.",
        hand_in_by=TODAY,
    )
    assert changes_of(handed_in).is_first
    report_in(campaign, commune, actor_for, text="Đã mở lớp dạy bơi ở xã.", D01_2025=Cell(Decimal(9)))
    changes = changes_of(handed_in)
    assert (changes.cells, changes.texts) == ({Place("D.01", "2025"): Cell(Decimal(4))}, {"I": "Đã mở lớp dạy bơi."})
    page = _page(client, handed_in, "?xem=thay-doi")
    for words in ("lần trước 4", "<b>Lần trước:</b> Đã mở lớp dạy bơi.", "1 ô, 1 mục"):
        assert words in page, words
    assert "Số trẻ em biết bơi <" not in page


def test_nothing_in_yet(campaign: Campaign, client: Client, commune: Unit) -> None:
    assert "chưa có gì để duyệt" in _page(client, campaign.returns.get(unit=commune))


class TestSettling:
    @pytest.fixture
    def remarked(self, handed_in: Return, owner: Person, actor_for: ActorFor) -> Remark:
        place = Place("D.01", "2025")
        return reviewing.remark(
            actor=actor_for(owner), report=handed_in, at=NOON, code="unlikely", text="Kiểm tra lại.", place=place
        )

    def test_a_remark_stands_at_its_cell_until_it_is_settled(self, remarked: Remark, handed_in: Return, client: Client) -> None:
        page = _page(client, handed_in)
        assert page.count("Kiểm tra lại.") == 2  # at the cell and in the list
        done = _act(client, handed_in, "xong", remark=str(remarked.pk)).content.decode()
        assert "Đã ghi ý kiến này được giải quyết." in done
        assert (done.count("Kiểm tra lại."), "đã giải quyết 12/9/2025" in done, "Đã giải quyết</button>" in done) == (
            1,
            True,
            False,
        )
        assert AuditEntry.objects.filter(verb="reporting.settle_remark").count() == 1
        _act(client, handed_in, "xong", remark=str(remarked.pk))
        assert AuditEntry.objects.filter(verb="reporting.settle_remark").count() == 1

    def test_who_may_and_of_this_report_alone(
        self, remarked: Remark, handed_in: Return, communes: list[Unit], campaign: Campaign, client: Client,
        commune_clerk: Person, department_clerk: Person, stranger: Person, log_in: LogIn, actor_for: ActorFor,
    ) -> None:  # fmt: skip
        for person, status in ((commune_clerk, 403), (department_clerk, 403), (stranger, 404)):
            assert _act(log_in(person), handed_in, "xong", remark=str(remarked.pk)).status_code == status
        other = report_in(campaign, communes[1], actor_for)
        for asked in (str(remarked.pk), "0", "x", ""):
            assert _act(client, other, "xong", remark=asked).status_code == 404
        remarked.refresh_from_db()
        assert remarked.settled_at is None

    def test_the_unit_s_change_is_told_beside_the_remark(
        self, remarked: Remark, handed_in: Return, campaign: Campaign, commune: Unit, client: Client, owner: Person,
        actor_for: ActorFor,
    ) -> None:  # fmt: skip
        give_back(handed_in, actor_for(owner))
        report_in(campaign, commune, actor_for, D01_2025=Cell(Decimal(9)))
        assert "đơn vị đã sửa chỗ này ở lần nộp sau" in _page(client, handed_in)


class TestReopening:
    def test_an_accepted_report_is_opened_again_with_a_reason(
        self, handed_in: Return, client: Client, commune_clerk: Person
    ) -> None:
        assert "Mở lại</button>" not in _page(client, handed_in)
        _act(client, handed_in, "duyet")
        assert "Mở lại</button>" in _page(client, handed_in)
        assert "Ghi lý do mở lại." in _act(client, handed_in, "mo-lai", code="unlikely").content.decode()
        assert "Chọn loại lý do." in _act(client, handed_in, "mo-lai", code="", text="Số sai.").content.decode()
        assert "Đã mở lại báo cáo." in _act(client, handed_in, "mo-lai", code="unlikely", text="Số sai.").content.decode()
        handed_in.refresh_from_db()
        assert (handed_in.state, handed_in.accepted_on) == ("received", None)
        assert not handed_in.values.filter(accepted_number__isnull=False).exists()
        assert handed_in.events.last().note == "Số sai."
        assert Notice.objects.filter(person=commune_clerk, text__contains="mở lại báo cáo").count() == 1

    def test_who_may(
        self, handed_in: Return, client: Client, commune_clerk: Person, department_clerk: Person, stranger: Person, log_in: LogIn
    ) -> None:
        _act(client, handed_in, "duyet")
        for person, status in ((commune_clerk, 403), (department_clerk, 403), (stranger, 404)):
            assert _act(log_in(person), handed_in, "mo-lai", code="other", text="a").status_code == status
        assert "Mở lại</button>" not in _page(log_in(department_clerk), handed_in)


def give_back(report: Return, actor: Actor) -> None:
    reviewing.return_(
        actor=actor, report=report, at=NOON, happened_on=TODAY, reason_code="missing", reason="Thiếu.", hand_in_by=TODAY
    )


class TestWhatIsSeen:
    def test_of_one_that_came_back_only_what_changed(
        self, handed_in: Return, campaign: Campaign, commune: Unit, owner: Person, client: Client, actor_for: ActorFor
    ) -> None:
        assert "Số trẻ em biết bơi" in _page(client, handed_in)
        give_back(handed_in, actor_for(owner))
        report_in(campaign, commune, actor_for, text="Đã mở lớp dạy bơi.", C02_2025=Cell(Decimal(3)))
        page = _page(client, handed_in)
        assert "Thay đổi so với lần nộp trước: 2 ô, 0 mục" in page  # the share that a formula gives has changed too
        assert "Số lớp dạy bơi</th>" not in page
        assert "lần trước 100,0%" in page
        assert "Số lớp dạy bơi" in _page(client, handed_in, "?xem=tat-ca")

    def test_handed_in_anew_without_a_change(
        self, handed_in: Return, campaign: Campaign, commune: Unit, owner: Person, client: Client, actor_for: ActorFor
    ) -> None:
        give_back(handed_in, actor_for(owner))
        report_in(campaign, commune, actor_for, text="Đã mở lớp dạy bơi.")
        assert "Lần nộp này không khác lần trước." in _page(client, handed_in)

    def test_the_period_before_stands_beside_and_a_leap_is_marked(
        self, handed_in: Return, campaign: Campaign, commune: Unit, owner: Person, client: Client, actor_for: ActorFor
    ) -> None:
        reviewing.accept(actor=actor_for(owner), report=handed_in, at=NOON, happened_on=TODAY)
        group = campaign.groups.select_related("template").get()
        facts = CampaignFacts(
            "Kỳ sau", campaign.recipient, "Năm 2026", campaign.last_ok_on + timedelta(days=30),
            [GroupFacts(group.name, group.template, [commune])],
        )  # fmt: skip
        later = opening.open_campaign(actor=actor_for(owner), facts=facts, at=NOON)
        report = report_in(later, commune, actor_for, D01_2024=Cell(Decimal(13)), D01_2025=Cell(Decimal(40)))
        page = _page(client, report)
        assert "Kỳ trước" in page
        assert "Cần kiểm tra: kỳ trước 4" in page
        assert "Cần kiểm tra: Năm 2024 13" in page
        assert "Cần kiểm tra: 2 ô" in page
        only = _page(client, report, "?xem=can-kiem-tra")
        assert "Số lớp dạy bơi" in only
        assert '<th scope="row">Số trẻ em biết bơi' not in only

    def test_of_the_period_before_no_older_column_speaks_for_the_last(
        self, campaign: Campaign, commune: Unit, owner: Person, actor_for: ActorFor
    ) -> None:
        """Where that says that there was none, there is no number."""
        report = report_in(campaign, commune, actor_for, C01_2025=Cell(nothing="none"), C02_2025=Cell(nothing="none"))
        reviewing.accept(actor=actor_for(owner), report=report, at=NOON, happened_on=TODAY)
        facts = CampaignFacts(
            "Kỳ sau", campaign.recipient, "Năm 2026", campaign.last_ok_on + timedelta(days=30),
            [GroupFacts("Xã", campaign.groups.get().template, [commune])],
        )  # fmt: skip
        later = opening.open_campaign(actor=actor_for(owner), facts=facts, at=NOON).returns.get()
        assert earlier_of(later) == {"D.01": 4}

    def test_far_from_the_other_units(
        self, campaign: Campaign, communes: list[Unit], province: Unit, owner: Person, client: Client, actor_for: ActorFor
    ) -> None:
        numbers = {unit: 10 + place for place, unit in enumerate([*communes, *CommuneFactory.create_batch(3, province=province)])}
        for unit in numbers.keys() - set(communes):
            opening.add_unit(actor=actor_for(owner), group=campaign.groups.get(), unit=unit)
        for unit, number in numbers.items():
            far = 90 if unit == communes[0] else number
            report_in(campaign, unit, actor_for, D01_2024=Cell(Decimal(90)), D01_2025=Cell(Decimal(far)))
        page = _page(client, campaign.returns.get(unit=communes[0]), "?xem=can-kiem-tra")
        assert "Cần kiểm tra: số giữa của các đơn vị khác 13" in page

    @pytest.mark.parametrize("count", [1, 3])
    def test_as_many_queries_for_three_remarks_as_for_one(
        self, count: int, handed_in: Return, owner: Person, client: Client, actor_for: ActorFor, django_assert_num_queries: Any
    ) -> None:
        for place in [Place("C.01", "2024"), Place("C.02", "2025"), Place("D.01", "2025")][:count]:
            reviewing.remark(actor=actor_for(owner), report=handed_in, at=NOON, code="other", text="Xem lại.", place=place)
        _page(client, handed_in)
        with django_assert_num_queries(12):
            assert _page(client, handed_in).count("Xem lại.") == 2 * count


@pytest.mark.parametrize(
    ("number", "before", "leap"),
    [
        (12, 4, True),
        (11, 4, False),
        (4, 12, True),
        (5, 12, False),
        (0, 5, True),
        (0, 4, False),
        (6, 2, False),
        (7, 2, True),
        (None, 9, False),
    ],
)
def test_a_leap(number: int | None, before: int, leap: bool) -> None:
    assert leaps(None if number is None else Decimal(number), Decimal(before)) == leap
