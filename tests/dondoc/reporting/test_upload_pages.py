"""The pages of a unit's form as a file: what is downloaded, and what an upload leads to."""

import re
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from dondoc.files.models import StoredFile
from dondoc.reporting.enums import ReturnState
from dondoc.reporting.models import Campaign, Return, Value
from dondoc.reporting.queries.content import cells_of, texts_of
from dondoc.reporting.rules.cells import Cell, Place
from dondoc.reporting.services import filling, handing, opening, reviewing
from dondoc.reporting.unit_files import guarding
from dondoc.units.models import Person, Unit
from dondoc.units.rules import Actor
from tests.dondoc.factories.common import NOON, TODAY
from tests.dondoc.factories.units import person_in
from tests.dondoc.reporting.conftest import fill, hand_in
from tests.dondoc.reporting.workbooks import SHEET, form, saved, workbook

ActorFor = Callable[..., Actor]
LogIn = Callable[[Person], Client]
pytestmark = pytest.mark.usefixtures("frozen_day")

C01, C02 = Place("C.01", "2025"), Place("C.02", "2025")


def address(report: Return, more: str = "nop-tep/") -> str:
    return f"/bao-cao/{report.pk}/{more}"


def bytes_of(answer: Any) -> bytes:
    """All of a page or of a file; what is handed out is closed once it is read."""
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def status(client: Client, page: str) -> int:
    answer = client.get(page)
    bytes_of(answer)
    return answer.status_code


def book_of(client: Client, report: Return) -> Any:
    """The form's workbook, as it is downloaded."""
    return load_workbook(BytesIO(bytes_of(client.get(address(report, "mau-xlsx/")))))


def file_of(book: Any, name: str = "an-binh.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, saved(book))


def full(report: Return, number: int = 4, **cells: Any) -> SimpleUploadedFile:
    """The unit's form, filled in all over."""
    book = workbook(form(report))
    for row in (6, 7, 10):
        book[SHEET][f"D{row}"] = book[SHEET][f"E{row}"] = number
    for place, value in cells.items():
        book[SHEET][place] = value
    book["Đề cương"]["C5"] = "Đã mở lớp dạy bơi."
    return file_of(book, f"{report.unit.name}.xlsx")


def chosen(answer: Any, place: str) -> str:
    """What the page would send for this place."""
    return next(one for one in re.findall('name="lay" value="([^"]+)"', answer.content.decode()) if one.startswith(f"{place}="))


@pytest.fixture
def clerk(commune_clerk: Person, log_in: LogIn) -> Client:
    return log_in(commune_clerk)


@pytest.fixture
def receiver(owner: Person, log_in: LogIn) -> Client:
    return log_in(owner)


@pytest.mark.parametrize("more", ["nop-tep/", "mau-xlsx/"])
def test_the_unit_and_the_recipient_others_see_nothing(
    report: Return, commune_clerk: Person, owner: Person, colleague: Person, stranger: Person, log_in: LogIn, more: str
) -> None:
    statuses = [status(log_in(one), address(report, more)) for one in (commune_clerk, owner, colleague, stranger)]
    assert statuses == [200, 200, 404, 404]


def test_a_clerk_of_the_recipient_is_told_who_may(report: Return, department_clerk: Person, log_in: LogIn) -> None:
    for more in ("nop-tep/", "mau-xlsx/"):
        answer = log_in(department_clerk).get(address(report, more))
        assert answer.status_code == 403
        assert "Chỉ người của đơn vị phải báo cáo" in answer.content.decode()
    assert log_in(department_clerk).post(address(report), {"upload": full(report)}).status_code == 403
    assert not Value.objects.exists()


def test_strangers_upload_nothing(report: Return, colleague: Person, stranger: Person, log_in: LogIn) -> None:
    for person in (colleague, stranger):
        assert log_in(person).post(address(report), {"upload": full(report)}).status_code == 404
    assert not Value.objects.exists()


class TestTheForm:
    def test_it_is_named_after_the_unit_and_holds_its_draft(
        self, clerk: Client, report: Return, commune_clerk: Person, actor_for: ActorFor
    ) -> None:
        fill(report, actor_for(commune_clerk), 7)
        answer = clerk.get(address(report, "mau-xlsx/"))
        assert "x%C3%A3%20An%20B%C3%ACnh" in answer["Content-Disposition"]
        assert load_workbook(BytesIO(bytes_of(answer)))[SHEET]["E6"].value == 7

    def test_the_form_page_and_the_check_lead_here(self, clerk: Client, report: Return) -> None:
        for more in ("", "kiem-tra/"):
            assert f'href="{address(report)}"' in clerk.get(address(report, more)).content.decode()

    def test_the_same_queries_for_one_cell_and_for_all(
        self, clerk: Client, report: Return, commune_clerk: Person, actor_for: ActorFor
    ) -> None:
        counts = []
        actor = actor_for(commune_clerk)
        filling.save_cells(actor=actor, report=report, entries=[filling.Entry(C01, Cell(nothing="none"))], at=NOON)
        for _ in range(2):
            with CaptureQueriesContext(connection) as queries:
                bytes_of(clerk.get(address(report, "mau-xlsx/")))
            counts.append(len(queries))
            fill(report, actor)
        assert counts[0] == counts[1]


class TestUploading:
    def test_from_the_file_to_the_receipt(self, clerk: Client, report: Return) -> None:
        book = book_of(clerk, report)
        for row in (6, 7, 10):
            book[SHEET][f"D{row}"] = book[SHEET][f"E{row}"] = 4
        book["Đề cương"]["C5"] = "Đã mở lớp dạy bơi."
        answer = clerk.post(address(report), {"upload": file_of(book)}, follow=True)
        page = answer.content.decode()
        assert answer.redirect_chain == [(address(report, "kiem-tra/"), 302)]
        assert "Đã ghi 6 ô, 1 mục từ tệp “an-binh.xlsx”." in page
        assert "Nộp báo cáo" in page
        assert cells_of(report)[C01].number == 4

    def test_faults_are_told_by_cell_and_nothing_is_written(self, clerk: Client, report: Return) -> None:
        answer = clerk.post(address(report), {"upload": full(report, E7="nhiều", E6="=[1]So!A1")})
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "Chưa ghi gì" in page
        assert "Trang Biểu 2A, ô E7 (chỉ tiêu C.02, Năm 2025):" in page
        assert "Trang Biểu 2A, ô E6 (chỉ tiêu C.01, Năm 2025):" in page
        assert "Số lấy từ tệp khác" in page
        assert not Value.objects.exists()

    def test_the_good_cells_when_the_person_says_so(self, clerk: Client, report: Return) -> None:
        page = clerk.post(address(report), {"upload": full(report, E7="nhiều")})
        answer = clerk.post(address(report), {"held": page.context["held"], "name": "an-binh.xlsx"}, follow=True)
        words = answer.content.decode()
        assert "Đã ghi 5 ô, 1 mục" in words
        assert "1 chỗ của tệp chưa ghi được" in words
        assert C02 not in cells_of(report)
        assert cells_of(report)[C01] == Cell(number=cells_of(report)[C01].number)

    def test_two_clerks_at_once(self, clerk: Client, report: Return, log_in: LogIn) -> None:
        """Both take the empty form; the second one's file meets the first one's figures."""
        second = log_in(person_in(report.unit, username="vanthuhai", full_name="Lò Thị Hai"))
        mine, theirs = full(report, 4), full(report, 5, E6=4)
        clerk.post(address(report), {"upload": mine})
        answer = second.post(address(report), {"upload": theirs})
        page = answer.content.decode()
        assert answer.status_code == 200
        assert 'Trong tệp: <b class="num">5</b>. Bản nhập: <b class="num">4</b> (Hoàng Thị Xã' in page
        assert page.count("Lấy theo tệp") == 5
        assert cells_of(report)[C02].number == 4
        second.post(address(report), {"held": answer.context["held"], "name": "2.xlsx", "lay": [chosen(answer, "C.02:2025")]})
        assert cells_of(report)[C02].number == 5
        assert cells_of(report)[Place("C.02", "2024")].number == 4

    def test_what_was_written_after_the_choice_is_asked_about_anew(self, clerk: Client, report: Return, log_in: LogIn) -> None:
        second = log_in(person_in(report.unit, username="vanthuhai", full_name="Lò Thị Hai"))
        mine, again_mine, theirs = full(report, 4), full(report, 6), full(report, 5, E6=4)
        clerk.post(address(report), {"upload": mine})
        answer = second.post(address(report), {"upload": theirs})
        clerk.post(address(report), {"upload": again_mine})
        posted = {"held": answer.context["held"], "name": "2.xlsx", "lay": [chosen(answer, "C.02:2025")]}
        again = second.post(address(report), posted)
        assert 'Bản nhập: <b class="num">6</b>' in again.content.decode()
        assert cells_of(report)[C02].number == 6
        second.post(address(report), {**posted, "lay": [chosen(again, "C.02:2025")]})
        assert cells_of(report)[C02].number == 5

    def test_both_texts_are_shown(self, clerk: Client, report: Return, commune_clerk: Person, actor_for: ActorFor) -> None:
        file = full(report)
        filling.save_text(actor=actor_for(commune_clerk), report=report, section="I", text="Viết trên trang.", at=NOON)
        page = clerk.post(address(report), {"upload": file})
        assert "Viết trên trang." in page.content.decode()
        assert "Đã mở lớp dạy bơi." in page.content.decode()
        clerk.post(address(report), {"held": page.context["held"], "name": "1.xlsx", "lay": [chosen(page, "muc:I")]})
        assert texts_of(report)["I"] == "Đã mở lớp dạy bơi."

    def test_an_old_page_or_one_that_was_tampered_with(self, clerk: Client, report: Return) -> None:
        page = clerk.post(address(report), {"upload": full(report, E7="nhiều")})
        answer = clerk.post(address(report), {"held": page.context["held"][:-1], "name": "1.xlsx"}, follow=True)
        assert "Chọn lại tệp" in answer.content.decode()
        assert not Value.objects.exists()

    def test_another_units_file_says_whose_and_leads_there(
        self, clerk: Client, receiver: Client, campaign: Campaign, report: Return, communes: list[Unit]
    ) -> None:
        other = Return.objects.select_related("unit").get(campaign=campaign, unit=communes[1])
        page = clerk.post(address(report), {"upload": full(other)})
        assert page.status_code == 422
        assert "Tệp là mẫu của xã Suối Trong, không phải của xã An Bình." in page.content.decode()
        assert address(other) not in page.content.decode()
        assert f'href="{address(other)}"' in receiver.post(address(report), {"upload": full(other)}).content.decode()
        assert not Value.objects.exists()

    def test_a_form_of_an_older_version(self, clerk: Client, report: Return) -> None:
        file = full(report)
        report.group.template.number = 2
        report.group.template.save()
        page = clerk.post(address(report), {"upload": file}).content.decode()
        assert "Tệp là mẫu phiên bản 1, đợt này dùng phiên bản 2. Tải mẫu mới rồi chép số liệu sang." in page

    @pytest.mark.parametrize(
        ("name", "data", "words"),
        [
            ("a.xls", guarding.OLE + b"W\0o\0r\0k\0b\0o\0o\0k\0", "Excel, Word cũ (.xls, .doc)"),
            ("a.xlsx", guarding.OLE + "EncryptedPackage".encode("utf-16-le"), "Tệp có mật khẩu"),
            ("a.xlsx", b"", "Tệp rỗng (0 byte)"),
            ("a.pdf", b"%PDF-1.7", "Tệp là PDF"),
            ("a.csv", b"1;2", "không phải Excel .xlsx hay Word .docx"),
        ],
    )
    def test_what_is_no_form(self, clerk: Client, report: Return, name: str, data: bytes, words: str) -> None:
        answer = clerk.post(address(report), {"upload": SimpleUploadedFile(name, data)})
        assert answer.status_code == 422
        assert words in answer.content.decode()

    def test_nothing_was_chosen(self, clerk: Client, report: Return) -> None:
        assert "Chưa chọn tệp nào." in clerk.post(address(report)).content.decode()

    def test_too_large(self, clerk: Client, report: Return, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(guarding, "MAX_BYTES", 1024 * 1024)
        answer = clerk.post(address(report), {"upload": SimpleUploadedFile("a.xlsx", bytes(50 * 1024 * 1024 // 20))})
        assert "Tệp có dung lượng 2,5 MB, mẫu báo cáo chỉ nhận đến 1 MB." in answer.content.decode()

    def test_after_the_close_the_page_says_so(
        self, clerk: Client, report: Return, campaign: Campaign, owner: Person, actor_for: ActorFor
    ) -> None:
        opening.close_campaign(actor=actor_for(owner), campaign=campaign)
        page = clerk.get(address(report)).content.decode()
        assert "Đợt báo cáo đã đóng" in page
        assert 'type="file"' not in page
        answer = clerk.post(address(report), {"upload": full(report)})
        assert answer.status_code == 422
        assert not Value.objects.exists()

    def test_after_it_was_accepted(
        self, clerk: Client, report: Return, commune_clerk: Person, owner: Person, actor_for: ActorFor
    ) -> None:
        file = full(report, 9)
        hand_in(report, commune_clerk, actor_for)
        assert "Báo cáo đã nộp, đang chờ duyệt" in clerk.get(address(report)).content.decode()
        clerk.post(address(report), {"upload": file})
        assert cells_of(report)[C01].number == 4


class TestOnBehalf:
    def test_its_form_holds_what_was_handed_in_and_not_what_is_being_written(
        self, receiver: Client, clerk: Client, campaign: Campaign, report: Return, commune_clerk: Person, owner: Person,
        actor_for: ActorFor,
    ) -> None:  # fmt: skip
        actor = actor_for(commune_clerk)

        def shown(client: Client) -> list[Any]:
            return [book_of(client, report)[SHEET]["E6"].value, book_of(client, report)["Đề cương"]["C5"].value]

        def of_all() -> Any:
            with ZipFile(BytesIO(bytes_of(receiver.get(f"/bao-cao/dot/{campaign.pk}/mau-xlsx/0/")))) as packed:
                book = load_workbook(BytesIO(packed.read(f"{report.unit.name}.xlsx")))
            return book[SHEET]["E6"].value

        fill(report, actor, 4)
        assert (shown(clerk)[0], shown(receiver), of_all()) == (4, [None, None], None)
        handing.submit(actor=actor, report=report, token=uuid4(), at=NOON)
        report.refresh_from_db()
        reviewing.return_(
            actor=actor_for(owner), report=report, at=NOON, happened_on=TODAY, reason_code="other", reason="Sai", hand_in_by=TODAY
        )
        fill(report, actor, 7)
        assert (shown(clerk)[0], shown(receiver)[0], of_all()) == (7, 4, 4)

    def test_with_the_day_of_receipt_it_is_handed_in(self, receiver: Client, report: Return) -> None:
        answer = receiver.post(address(report), {"upload": full(report), "received_on": "11/9/2025"}, follow=True)
        assert "Đã nộp thay xã An Bình" in answer.content.decode()
        report.refresh_from_db()
        assert (report.state, report.first_received_on) == (ReturnState.RECEIVED, TODAY - timedelta(days=1))

    def test_the_file_that_came_can_be_opened_again(self, receiver: Client, clerk: Client, report: Return) -> None:
        file = full(report)
        receiver.post(address(report), {"upload": file, "received_on": "11/9/2025"})
        event = report.events.get()
        file.seek(0)
        for client in (receiver, clerk):
            place = address(report, f"ban-quet/{event.pk}/")
            assert f'href="{place}"' in client.get(address(report, "bien-nhan/")).content.decode()
            assert bytes_of(client.get(place)) == file.read()
            file.seek(0)

    def test_one_that_could_not_be_handed_in_leaves_no_file(self, receiver: Client, report: Return) -> None:
        receiver.post(address(report), {"upload": full(report, E7=9), "received_on": "11/9/2025"})
        assert not StoredFile.objects.exists()

    def test_without_it_is_only_written(self, receiver: Client, report: Return) -> None:
        answer = receiver.post(address(report), {"upload": full(report)})
        assert answer["Location"] == f"/bao-cao/dot/{report.campaign_id}/duyet/{report.pk}/"
        report.refresh_from_db()
        assert (report.state, report.filled) == (ReturnState.EXPECTED, 7)

    def test_what_keeps_it_from_being_handed_in(self, receiver: Client, report: Return) -> None:
        file = full(report, E7=9, D10=None)
        page = receiver.post(address(report), {"upload": file, "received_on": "11/9/2025"}).content.decode()
        assert "Đã ghi vào bản nhập, chưa nộp thay được" in page
        assert "Sửa một trong hai số." in page
        assert "1 ô chưa ghi." in page

    @pytest.mark.parametrize("day", ["31/9/2025", "20/9/2025"])
    def test_a_day_that_cannot_be(self, receiver: Client, report: Return, day: str) -> None:
        answer = receiver.post(address(report), {"upload": full(report), "received_on": day}, follow=True)
        assert "không phải là một ngày" in answer.content.decode() or "chưa đến" in answer.content.decode()
        report.refresh_from_db()
        assert report.state == ReturnState.EXPECTED

    def test_the_missing_report_leads_here(self, receiver: Client, report: Return) -> None:
        page = receiver.get(f"/bao-cao/dot/{report.campaign_id}/duyet/{report.pk}/").content.decode()
        assert f'href="{address(report)}"' in page


class TestMany:
    def here(self, campaign: Campaign, more: str = "nop-tep/") -> str:
        return f"/bao-cao/dot/{campaign.pk}/{more}"

    @pytest.mark.parametrize("more", ["nop-tep/", "mau-xlsx/0/"])
    def test_who_may(
        self, campaign: Campaign, owner: Person, commune_clerk: Person, department_clerk: Person, colleague: Person, stranger: Person,
        log_in: LogIn, more: str,
    ) -> None:  # fmt: skip
        people = (owner, commune_clerk, department_clerk, colleague, stranger)
        assert [status(log_in(one), self.here(campaign, more)) for one in people] == [200, 403, 403, 404, 404]

    def test_the_forms_of_all_who_owe(
        self, campaign: Campaign, report: Return, receiver: Client, commune_clerk: Person, actor_for: ActorFor
    ) -> None:
        hand_in(report, commune_clerk, actor_for)
        answer = receiver.get(self.here(campaign, "mau-xlsx/0/"))
        with ZipFile(BytesIO(bytes_of(answer))) as packed:
            assert packed.namelist() == ["phường Hòa Lạc.xlsx", "xã Suối Trong.xlsx"]
            guide = load_workbook(BytesIO(packed.read("xã Suối Trong.xlsx")))["Hướng dẫn"]
        assert guide["B3"].value == "xã Suối Trong"
        for part in ("1", "9" * 19):
            assert receiver.get(self.here(campaign, f"mau-xlsx/{part}/")).status_code == 404
        assert "của 2 đơn vị" in receiver.get(self.here(campaign)).content.decode()

    def test_a_line_for_each_and_the_rest_goes_on(self, campaign: Campaign, receiver: Client) -> None:
        one, two, three = campaign.returns.order_by("unit__code").select_related("unit")
        files = [full(one), SimpleUploadedFile("hong.xlsx", b"PK"), full(two, E7="nhiều"), full(three)]
        answer = receiver.post(self.here(campaign), {"upload": files, "received_on": "11/9/2025"})
        page = answer.content.decode()
        assert "Đã đọc 4 tệp" in page
        assert page.count("Đã nộp thay</span>") == 2
        assert "Tệp hỏng, không đọc được." in page
        assert "Trang Biểu 2A, ô E7 (chỉ tiêu C.02, Năm 2025)" in page
        assert f'href="{address(two)}"' in page
        states = list(campaign.returns.order_by("unit__code").values_list("state", flat=True))
        assert states == [ReturnState.RECEIVED, ReturnState.EXPECTED, ReturnState.RECEIVED]

    def test_nothing_was_chosen(self, campaign: Campaign, receiver: Client) -> None:
        answer = receiver.post(self.here(campaign), {"received_on": ""})
        assert answer.status_code == 422
        assert "Chưa chọn tệp nào." in answer.content.decode()

    def test_a_closed_campaign_takes_no_more(
        self, campaign: Campaign, receiver: Client, owner: Person, actor_for: ActorFor
    ) -> None:
        opening.close_campaign(actor=actor_for(owner), campaign=campaign)
        assert "Mở lại đợt để nhận thêm tệp" in receiver.get(self.here(campaign)).content.decode()

    def test_the_campaign_leads_here(self, campaign: Campaign, receiver: Client) -> None:
        assert f'href="{self.here(campaign)}"' in receiver.get(f"/bao-cao/dot/{campaign.pk}/").content.decode()
