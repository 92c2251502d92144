"""From the check to the receipt: handing in once, the unit's leader, the signed paper, the print, how a unit hands in."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from dondoc.reporting.enums import ReturnState
from dondoc.reporting.models import Practice, Return, Submitter
from dondoc.reporting.rules.cells import Cell
from dondoc.reporting.services import practice
from dondoc.units.enums import Role
from dondoc.units.models import Person
from dondoc.units.rules import Actor
from tests.dondoc.factories.common import NOON, TODAY
from tests.dondoc.factories.units import person_in
from tests.dondoc.reporting.conftest import fill, hand_in

ActorFor = Callable[..., Actor]
LogIn = Callable[[Person], Client]
pytestmark = pytest.mark.usefixtures("frozen_day")

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"


@pytest.fixture
def clerk(commune_clerk: Person, log_in: LogIn) -> Client:
    return log_in(commune_clerk)


@pytest.fixture
def head(report: Return) -> Person:
    """The leader of xã An Bình."""
    return person_in(report.unit, Role.UNIT_LEADER, username="chutich", full_name="Lò Văn Chủ")


def address(report: Return, more: str = "") -> str:
    return f"/bao-cao/{report.pk}/{more}"


@pytest.mark.parametrize("more", ["kiem-tra/", "bien-nhan/", "ban-in/"])
def test_who_sees_the_pages(
    report: Return, commune_clerk: Person, owner: Person, colleague: Person, stranger: Person, log_in: LogIn, more: str
) -> None:
    statuses = [log_in(one).get(address(report, more)).status_code for one in (commune_clerk, owner, colleague, stranger)]
    assert statuses == [200, 403 if more == "kiem-tra/" else 200, 404, 404]


@pytest.mark.parametrize("more", ["nop/", "trinh/", "tra-lai-de-sua/"])
def test_who_acts(
    report: Return,
    commune_clerk: Person,
    owner: Person,
    colleague: Person,
    stranger: Person,
    log_in: LogIn,
    actor_for: ActorFor,
    more: str,
) -> None:
    fill(report, actor_for(commune_clerk))
    facts = {"token": str(uuid4()), "note": "Xem lại"}
    statuses = [log_in(one).post(address(report, more), facts).status_code for one in (owner, colleague, stranger)]
    assert statuses == [403, 404, 404]
    report.refresh_from_db()
    assert report.state == ReturnState.EXPECTED


class TestCheck:
    def test_faults_by_part_with_ways_there(
        self, report: Return, commune_clerk: Person, clerk: Client, actor_for: ActorFor
    ) -> None:
        fill(report, actor_for(commune_clerk), C02_2025=Cell(), D01_2025=Cell())
        page = clerk.get(address(report, "kiem-tra/")).content.decode()
        assert "2 chỗ phải sửa" in page
        assert f"/bao-cao/{report.pk}/?bieu=2A&amp;nhom=D&amp;nam=2025#td-D.01%3A2025" in page
        assert page.count("1 ô chưa ghi") == 2
        assert "Nộp báo cáo</button>" not in page

    def test_a_section_that_must_be_written(self, report: Return, clerk: Client) -> None:
        page = clerk.get(address(report, "kiem-tra/")).content.decode()
        assert "Mục này bắt buộc và chưa có nội dung." in page
        assert "4 ô chưa ghi" in page
        assert "7 chỗ phải sửa" in page

    def test_faults_that_came_in_between_send_back_to_the_check(
        self, report: Return, commune_clerk: Person, clerk: Client, actor_for: ActorFor
    ) -> None:
        fill(report, actor_for(commune_clerk), D01_2025=Cell())
        answer = clerk.post(address(report, "nop/"), {"token": str(uuid4())}, follow=True)
        assert "Chưa nộp được: còn 1 chỗ phải sửa. Số liệu đã nhập được giữ nguyên." in answer.content.decode()
        assert not report.submissions.exists()


class TestSubmitting:
    def test_twice_with_one_form_is_once_and_ends_at_the_receipt(
        self, report: Return, commune_clerk: Person, clerk: Client, actor_for: ActorFor
    ) -> None:
        fill(report, actor_for(commune_clerk))
        page = clerk.get(address(report, "kiem-tra/"))
        assert "Nộp báo cáo</button>" in page.content.decode()
        token = str(page.context["token"])
        for _ in range(2):
            assert clerk.post(address(report, "nop/"), {"token": token})["Location"] == address(report, "bien-nhan/")
        assert report.submissions.count() == 1
        receipt = clerk.get(address(report, "bien-nhan/")).content.decode()
        assert "Nộp đúng hạn" in receipt
        assert "Hoàng Thị Xã" in receipt
        assert "Lần 1, 12/9/2025\xa012:00" in receipt

    def test_a_token_that_is_none(self, report: Return, clerk: Client) -> None:
        answer = clerk.post(address(report, "nop/"), {"token": "x"})
        assert answer.status_code == 409
        assert "Mở lại trang Kiểm tra và nộp" in answer.content.decode()

    @pytest.mark.parametrize(("after", "words"), [(10, "Nộp đúng hạn"), (11, "Nộp trễ 1 ngày")])
    def test_the_last_good_day_and_the_day_after(
        self, report: Return, commune_clerk: Person, actor_for: ActorFor, log_in: LogIn, after: int, words: str
    ) -> None:
        hand_in(report, commune_clerk, actor_for, on=TODAY + timedelta(days=after))
        with time_machine.travel(NOON + timedelta(days=after), tick=False):
            assert words in log_in(commune_clerk).get(address(report, "bien-nhan/")).content.decode()

    def test_then_the_form_is_locked_and_the_list_says_where_it_stands(
        self, report: Return, commune_clerk: Person, clerk: Client, actor_for: ActorFor
    ) -> None:
        hand_in(report, commune_clerk, actor_for)
        assert "Báo cáo đã nộp, đang chờ duyệt." in clerk.get(address(report)).content.decode()
        page = clerk.get("/bao-cao/cua-toi/").content.decode()
        assert "Đã nộp, chờ duyệt" in page
        assert f'href="{address(report, "bien-nhan/")}"' in page

    def test_only_those_who_were_named(
        self, report: Return, commune_clerk: Person, head: Person, clerk: Client, actor_for: ActorFor
    ) -> None:
        fill(report, actor_for(commune_clerk))
        Submitter.objects.create(unit=report.unit, person=head, valid_from=TODAY, named_by=head)
        assert "đã phân công người nộp báo cáo" in clerk.get(address(report, "kiem-tra/")).content.decode()
        assert clerk.post(address(report, "nop/"), {"token": str(uuid4())}).status_code == 403


def test_the_leader_holds_back_and_then_hands_in(
    report: Return, commune_clerk: Person, head: Person, clerk: Client, log_in: LogIn, actor_for: ActorFor
) -> None:
    practice.set_practice(actor=actor_for(head), unit=report.unit, leader_approves=True, at=NOON)
    fill(report, actor_for(commune_clerk))
    leader = log_in(head)
    assert "Trình lãnh đạo đơn vị</button>" in clerk.get(address(report, "kiem-tra/")).content.decode()
    clerk.post(address(report, "trinh/"))
    assert "Duyệt và nộp</button>" in leader.get(address(report, "kiem-tra/")).content.decode()
    assert "Duyệt và nộp</button>" not in clerk.get(address(report, "kiem-tra/")).content.decode()
    assert clerk.post(address(report, "tra-lai-de-sua/"), {"note": "x"}).status_code == 403
    assert leader.post(address(report, "tra-lai-de-sua/"), {"note": " "}).status_code == 422
    leader.post(address(report, "tra-lai-de-sua/"), {"note": "Xem lại dòng D.01"})
    assert "Xem lại dòng D.01" in clerk.get(address(report, "bien-nhan/")).content.decode()
    clerk.post(address(report, "trinh/"))
    leader.post(address(report, "nop/"), {"token": str(uuid4())})
    report.refresh_from_db()
    assert report.state == ReturnState.RECEIVED


class TestPaper:
    def test_number_day_and_scan(
        self, report: Return, commune_clerk: Person, owner: Person, colleague: Person, clerk: Client, log_in: LogIn, actor_for: ActorFor,
        settings: Settings, tmp_path: Path,
    ) -> None:  # fmt: skip
        settings.MEDIA_ROOT = tmp_path
        hand_in(report, commune_clerk, actor_for)
        scan = SimpleUploadedFile("bao-cao.pdf", PDF, "application/pdf")
        answer = clerk.post(address(report, "bien-nhan/"), {"paper_code": "45/BC-UBND", "paper_date": "11/9/2025", "file": scan})
        assert answer.status_code == 302
        event = report.events.get(kind="signed")
        assert (event.paper_code, event.paper_date.isoformat()) == ("45/BC-UBND", "2025-09-11")
        assert "45/BC-UBND" in clerk.get(address(report, "bien-nhan/")).content.decode()
        place = address(report, f"ban-quet/{event.pk}/")
        for person in (commune_clerk, owner):
            assert b"".join(log_in(person).get(place).streaming_content) == PDF  # type: ignore[attr-defined] # a file
        assert log_in(colleague).get(place).status_code == 404

    def test_what_is_wrong_stands_at_its_field_and_keeps_no_file(
        self, report: Return, commune_clerk: Person, clerk: Client, actor_for: ActorFor, settings: Settings, tmp_path: Path
    ) -> None:
        settings.MEDIA_ROOT = tmp_path
        hand_in(report, commune_clerk, actor_for)
        scan = SimpleUploadedFile("bao-cao.pdf", PDF, "application/pdf")
        answer = clerk.post(address(report, "bien-nhan/"), {"paper_code": "45/BC-UBND", "paper_date": "13/9/2025", "file": scan})
        assert answer.status_code == 422
        assert "ký sau ngày nhận" in answer.content.decode()
        assert not [path for path in tmp_path.rglob("*") if path.is_file()]

    def test_the_recipient_does_not_write_it(
        self, report: Return, commune_clerk: Person, owner: Person, log_in: LogIn, actor_for: ActorFor
    ) -> None:
        hand_in(report, commune_clerk, actor_for)
        assert "Ghi văn bản đã ký" not in log_in(owner).get(address(report, "bien-nhan/")).content.decode()


def test_the_print_shows_the_unit_its_draft_and_the_recipient_what_came(
    report: Return, commune_clerk: Person, owner: Person, clerk: Client, log_in: LogIn, actor_for: ActorFor
) -> None:
    fill(report, actor_for(commune_clerk), D01_2025=Cell(nothing="no_data"))
    page = clerk.get(address(report, "ban-in/")).content.decode()
    assert "Đã mở lớp dạy bơi." in page
    assert "[CHƯA CÓ SỐ LIỆU – xã An Bình]" in page
    assert "chưa nộp" in page
    assert "Đã mở lớp dạy bơi." not in log_in(owner).get(address(report, "ban-in/")).content.decode()
    hand_in(report, commune_clerk, actor_for)
    assert "Đã mở lớp dạy bơi." in log_in(owner).get(address(report, "ban-in/")).content.decode()


class TestPractice:
    def test_who_sets_it(
        self,
        report: Return,
        commune_clerk: Person,
        head: Person,
        administrator: Person,
        colleague: Person,
        stranger: Person,
        log_in: LogIn,
    ) -> None:
        place = f"/bao-cao/cach-nop/{report.unit_id}/"
        people = (head, administrator, commune_clerk, colleague, stranger)
        assert [log_in(one).get(place).status_code for one in people] == [200, 200, 403, 403, 404]
        assert [log_in(one).post(f"{place}lanh-dao/").status_code for one in people] == [302, 302, 403, 403, 404]
        facts = {"person": commune_clerk.pk, "valid_from": "12/9/2025"}
        assert [log_in(one).post(place, facts).status_code for one in (commune_clerk, colleague, stranger)] == [403, 403, 404]
        assert place in log_in(head).get("/bao-cao/cua-toi/").content.decode()
        assert place not in log_in(commune_clerk).get("/bao-cao/cua-toi/").content.decode()

    def test_the_unit_s_page_leads_there(
        self, report: Return, commune_clerk: Person, head: Person, administrator: Person, colleague: Person, log_in: LogIn
    ) -> None:
        place, page = f"/bao-cao/cach-nop/{report.unit_id}/", f"/don-vi/{report.unit_id}/"
        seen = [log_in(one).get(page).content.decode() for one in (head, administrator, commune_clerk, colleague)]
        assert [place in one for one in seen] == [True, True, False, False]
        assert "Mọi người làm việc ở đơn vị" in seen[0]
        log_in(administrator).post(place, {"person": commune_clerk.pk, "valid_from": "12/9/2025"})
        assert f"<dd>{commune_clerk.full_name}</dd>" in log_in(head).get(page).content.decode()
        assert f'class="back" href="{page}"' in log_in(administrator).get(place).content.decode()
        assert 'class="back" href="/bao-cao/cua-toi/"' in log_in(head).get(place).content.decode()

    def test_the_leader_approves_and_names_who_hands_in(
        self, report: Return, commune_clerk: Person, head: Person, log_in: LogIn
    ) -> None:
        leader, place = log_in(head), f"/bao-cao/cach-nop/{report.unit_id}/"
        leader.post(f"{place}lanh-dao/", {"leader_approves": "on"})
        assert Practice.objects.get(unit=report.unit).leader_approves
        facts = {"person": commune_clerk.pk, "valid_from": "12/9/2025", "valid_to": ""}
        assert leader.post(place, facts).status_code == 302
        assert "đã được phân công" in leader.post(place, facts).content.decode()
        assert "từ 12/9/2025" in leader.get(place).content.decode()
        row = Submitter.objects.get()
        leader.post(f"{place}thoi/{row.pk}/")
        assert not Submitter.objects.exists()

    def test_the_days_hang_together_and_the_past_stays(
        self, report: Return, commune_clerk: Person, owner: Person, head: Person, actor_for: ActorFor, log_in: LogIn
    ) -> None:
        leader, place = log_in(head), f"/bao-cao/cach-nop/{report.unit_id}/"
        wrong = {"person": commune_clerk.pk, "valid_from": "12/9/2025", "valid_to": "11/9/2025"}
        assert "trước ngày đầu" in leader.post(place, wrong).content.decode()
        assert leader.post(place, {"person": owner.pk, "valid_from": "12/9/2025"}).status_code == 422
        row = Submitter.objects.create(
            unit=report.unit, person=commune_clerk, valid_from=TODAY - timedelta(days=5), named_by=head
        )
        practice.end_submitter(actor=actor_for(head), submitter=row)
        row.refresh_from_db()
        assert row.valid_to == TODAY - timedelta(days=1)
