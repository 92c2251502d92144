"""Review of one unit's report: who may, what changed, what is unlikely, and what comes of it."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from dondoc.common import wording
from dondoc.reporting.models import Campaign, Remark, Return
from dondoc.reporting.queries.changes import changes_of, is_far
from dondoc.reporting.rules.cells import Cell, Place
from dondoc.reporting.services import reviewing
from dondoc.units.models import Person, Unit
from dondoc.units.rules import Actor
from tests.dondoc.factories.common import NOON, TODAY
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
    refused = _act(client, handed_in, "tra-lai", code="missing", text="Thiếu.", hand_in_by="mai").content.decode()
    assert "Ghi hạn nộp lại" in refused
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
