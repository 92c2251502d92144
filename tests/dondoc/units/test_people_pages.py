import re
from collections.abc import Callable
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from dondoc.common.models import AuditEntry
from dondoc.units.enums import Role
from dondoc.units.models import Membership, Person, StandIn, Unit
from tests.dondoc.conftest import Everyone
from tests.dondoc.factories.common import TODAY
from tests.dondoc.factories.units import StandInFactory, person_in

LogIn = Callable[[Person], Client]
pytestmark = pytest.mark.usefixtures("frozen_day")


def text_of(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, address
    return response.content.decode()


def test_the_telephone_list_shows_who_works_in_the_province_today(
    owner: Person, colleague: Person, stranger: Person, department: Unit, log_in: LogIn
) -> None:
    colleague.phone = "0912 345 678"
    colleague.save()
    left = person_in(department, full_name="Người Đã Nghỉ")
    left.memberships.update(valid_to=date(2025, 9, 11))
    page = text_of(log_in(owner), "/don-vi/nguoi/")
    assert "Phạm Văn Đồng Nghiệp" in page
    assert 'href="tel:0912 345 678"' in page
    assert stranger.full_name not in page
    assert "Người Đã Nghỉ" not in page
    assert "dongnghiep" not in page


def test_people_are_found_without_marks_and_sorted_by_given_name(
    owner: Person, colleague: Person, department: Unit, log_in: LogIn
) -> None:
    person_in(department, full_name="Trần Thị Ánh")
    page = text_of(log_in(owner), "/don-vi/nguoi/")
    assert page.index("Trần Thị Ánh") < page.index("Phạm Văn Đồng Nghiệp")
    found = text_of(log_in(owner), "/don-vi/nguoi/?q=tran thi anh")
    assert "Trần Thị Ánh" in found
    assert "1 người" in found


def test_an_administrator_finds_those_who_left(administrator: Person, owner: Person, department: Unit, log_in: LogIn) -> None:
    left = person_in(department, full_name="Người Đã Nghỉ")
    left.memberships.update(valid_to=date(2025, 9, 11))
    assert "Người Đã Nghỉ" in text_of(log_in(administrator), "/don-vi/nguoi/?tinh_trang=da-nghi")
    assert "Người Đã Nghỉ" not in text_of(log_in(owner), "/don-vi/nguoi/?tinh_trang=da-nghi")


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_and_three(
    owner: Person, department: Unit, log_in: LogIn, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(count):
        person_in(department)
    client = log_in(owner)
    with django_assert_num_queries(6):
        text_of(client, "/don-vi/nguoi/")


PAGES = ["", "sua/", "ngung/"]


@pytest.mark.parametrize("page", PAGES)
def test_who_may_open_a_page_of_a_person(everyone: Everyone, log_in: LogIn, page: str) -> None:
    address = f"/don-vi/nguoi/{everyone.owner.pk}/{page}"
    assert log_in(everyone.administrator).get(address).status_code == 200
    assert log_in(everyone.colleague).get(address).status_code == (403 if page else 200)
    assert log_in(everyone.stranger).get(address).status_code == 404
    assert log_in(everyone.strange_administrator).get(address).status_code == 404


@pytest.mark.parametrize("action", ["mat-khau/", "mo-lai/", "ngung/", "sua/"])
def test_who_may_change_an_account(everyone: Everyone, log_in: LogIn, action: str) -> None:
    address = f"/don-vi/nguoi/{everyone.owner.pk}/{action}"
    assert log_in(everyone.colleague).post(address, {"reason": "thử"}).status_code == 403
    assert log_in(everyone.stranger).post(address, {"reason": "thử"}).status_code == 404
    assert log_in(everyone.strange_administrator).post(address, {"reason": "thử"}).status_code == 404
    assert not AuditEntry.objects.exists()


def test_a_person_is_made_with_a_password_shown_once(administrator: Person, commune: Unit, log_in: LogIn) -> None:
    client = log_in(administrator)
    facts = {"full_name": "Lý Văn Tám", "username": "tam.lv", "unit": commune.pk, "role": "clerk", "valid_from": "1/7/2025"}
    response = client.post("/don-vi/nguoi/them/", facts)
    page = response.content.decode()
    shown = re.search(r'id="once">([^<]+)<', page)
    assert shown is not None
    assert "no-store" in response["Cache-Control"]
    person = Person.objects.get(username="tam.lv")
    assert person.check_password(shown.group(1))
    assert shown.group(1) not in text_of(client, f"/don-vi/nguoi/{person.pk}/")


def test_a_unit_of_another_province_cannot_be_chosen(administrator: Person, foreign_department: Unit, log_in: LogIn) -> None:
    facts = {"full_name": "X", "username": "xyz", "unit": foreign_department.pk, "role": "clerk", "valid_from": "1/7/2025"}
    assert log_in(administrator).post("/don-vi/nguoi/them/", facts).status_code == 422
    assert not Person.objects.filter(username="xyz").exists()


def test_an_account_is_changed_closed_and_opened(administrator: Person, owner: Person, log_in: LogIn) -> None:
    client = log_in(administrator)
    client.post(f"/don-vi/nguoi/{owner.pk}/sua/", {"full_name": "Nguyễn Thị Mới", "username": "moi.nt", "phone": "0912"})
    owner.refresh_from_db()
    assert (owner.full_name, owner.username, owner.phone) == ("Nguyễn Thị Mới", "moi.nt", "0912")
    page = client.post(f"/don-vi/nguoi/{owner.pk}/mat-khau/").content.decode()
    assert "Mật khẩu dùng một lần" in page
    inside = log_in(owner)
    client.post(f"/don-vi/nguoi/{owner.pk}/ngung/", {"reason": "nghỉ hưu"})
    assert inside.get("/don-vi/").status_code == 302
    assert "Lý do: nghỉ hưu" in text_of(client, f"/don-vi/nguoi/{owner.pk}/")
    client.post(f"/don-vi/nguoi/{owner.pk}/mo-lai/")
    owner.refresh_from_db()
    assert owner.is_active


# Seats and stand-ins


def test_seats_and_stand_ins_are_kept_on_the_person_s_page(
    administrator: Person, owner: Person, colleague: Person, other_department: Unit, log_in: LogIn
) -> None:
    client = log_in(administrator)
    facts = {"username": owner.username, "unit": other_department.pk, "role": "clerk", "valid_from": "12/9/2025"}
    client.post("/don-vi/cho-lam/them/", facts)
    seat = Membership.objects.get(person=owner, unit=other_department)
    client.post(
        f"/don-vi/cho-lam/{seat.pk}/nguoi-thay/", {"person": colleague.pk, "valid_from": "12/9/2025", "valid_to": "30/9/2025"}
    )
    page = text_of(client, f"/don-vi/nguoi/{owner.pk}/")
    assert "Phạm Văn Đồng Nghiệp thay từ 12/9/2025 đến hết 30/9/2025" in page
    stand_in = StandIn.objects.get()
    client.post(f"/don-vi/cho-lam/{seat.pk}/nguoi-thay/{stand_in.pk}/", {"on": "15/9/2025"})
    stand_in.refresh_from_db()
    assert stand_in.valid_to == date(2025, 9, 15)
    client.post(f"/don-vi/cho-lam/{seat.pk}/ket-thuc/", {"on": "20/9/2025", "reason": "chuyển công tác"})
    seat.refresh_from_db()
    assert seat.valid_to == date(2025, 9, 20)


def test_a_wrong_last_day_is_told_at_its_field(administrator: Person, owner: Person, log_in: LogIn) -> None:
    seat = owner.memberships.get()
    response = log_in(administrator).post(f"/don-vi/cho-lam/{seat.pk}/ket-thuc/", {"on": "30/6/2025", "reason": "thử"})
    assert response.status_code == 422
    assert "Ngày cuối phải từ ngày bắt đầu (01/7/2025) trở đi." in response.content.decode()


def test_who_may_change_a_seat(everyone: Everyone, log_in: LogIn) -> None:
    seat = everyone.owner.memberships.get()
    stand_in = StandInFactory(membership=seat, person=everyone.colleague, valid_from=TODAY, valid_to=TODAY)
    for page in ("ket-thuc/", "nguoi-thay/", f"nguoi-thay/{stand_in.pk}/"):
        address = f"/don-vi/cho-lam/{seat.pk}/{page}"
        assert log_in(everyone.administrator).get(address).status_code == 200
        assert log_in(everyone.colleague).get(address).status_code == 403
        assert log_in(everyone.stranger).get(address).status_code == 404
        assert log_in(everyone.strange_administrator).get(address).status_code == 404
    assert log_in(everyone.colleague).get(f"/don-vi/cho-lam/them/?ten={everyone.owner.username}").status_code == 403
    assert log_in(everyone.administrator).get("/don-vi/cho-lam/them/?ten=khong.co").status_code == 404


# Importing lists

HEAD = "Tên đăng nhập;Họ và tên;Mã hoặc tên đơn vị;Vai trò;Từ ngày\n"
GOOD = HEAD + "mai.nt;Nguyễn Thị Mai;xã An Bình;Văn thư;01/7/2025\nba.tv;Trần Văn Ba;99002;chuyen vien;1/7/2025\n"
BAD = HEAD + "mai.nt;Nguyễn Thị Mai;xã An Bình;Văn thư;01/7/2025\nba.tv;Trần Văn Ba;xã Không Có;Văn thư;1/7/2025\n"


def send(client: Client, text: str, kind: str = "nguoi") -> str:
    upload = SimpleUploadedFile("ds.csv", text.encode(), content_type="text/csv")
    return client.post("/don-vi/nhap/", {"kind": kind, "upload": upload}).content.decode()


def test_a_list_is_looked_through_before_anything_is_kept(administrator: Person, communes: list[Unit], log_in: LogIn) -> None:
    page = send(log_in(administrator), GOOD)
    assert "2 dòng đều nhập được." in page
    assert "Nhập 2 dòng" in page
    assert not Person.objects.filter(username="mai.nt").exists()
    assert not AuditEntry.objects.exists()


def test_a_good_list_is_taken_in_with_its_passwords(administrator: Person, communes: list[Unit], log_in: LogIn) -> None:
    response = log_in(administrator).post("/don-vi/nhap/ghi/", {"kind": "nguoi", "text": GOOD})
    page = response.content.decode()
    assert "Đã thêm 2 người dùng" in page
    assert "no-store" in response["Cache-Control"]
    shown = re.search(r">(\w{4}-\w{4}-\w{4})<", page)
    assert shown is not None
    assert Person.objects.get(username="mai.nt").check_password(shown.group(1))
    assert Person.objects.get(username="ba.tv").memberships.get().role == Role.SPECIALIST
    assert AuditEntry.objects.filter(verb="units.import").count() == 1


def test_one_fault_keeps_all_out(administrator: Person, communes: list[Unit], log_in: LogIn) -> None:
    client = log_in(administrator)
    page = send(client, BAD)
    assert "1 trong 2 dòng có lỗi." in page
    assert "Không có đơn vị nào của tỉnh mang mã hoặc tên “xã Không Có”." in page
    assert "Nhập 2 dòng" not in page
    assert client.post("/don-vi/nhap/ghi/", {"kind": "nguoi", "text": BAD}).status_code == 409
    assert not Person.objects.filter(username="mai.nt").exists()


def test_a_name_twice_in_one_list_is_found(administrator: Person, communes: list[Unit], log_in: LogIn) -> None:
    twice = HEAD + "mai.nt;A;xã An Bình;Văn thư;\n" * 2
    assert "1 trong 2 dòng có lỗi." in send(log_in(administrator), twice)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Tệp chưa có dòng nào"),
        ("Tên đăng nhập;Họ và tên\na;b\n", "Dòng đầu thiếu cột: Mã hoặc tên đơn vị, Vai trò"),
        (HEAD + ";Mai;xã An Bình;Văn thư;\n", "Thiếu tên đăng nhập."),
        (HEAD + "mai.nt;Mai;xã An Bình;Sếp;\n", "Vai trò “Sếp” không có trong danh sách"),
        (HEAD + "mai.nt;Mai;xã An Bình;Văn thư;31/2\n", "“31/2” không phải là một ngày"),
    ],
)
def test_what_is_wrong_with_a_list_is_told(administrator: Person, commune: Unit, log_in: LogIn, text: str, words: str) -> None:
    assert words in send(log_in(administrator), text or "\n")


def test_units_and_seats_come_in_as_lists_too(administrator: Person, owner: Person, province: Unit, log_in: LogIn) -> None:
    client = log_in(administrator)
    units = 'Tên,Loại,Xã hay phường,Tên khác\nxã Ao Sen,"Xã, phường, đặc khu",xã,Ao Sen|xã Sen\n'
    assert "1 dòng đều nhập được." in send(client, units, "don-vi")
    client.post("/don-vi/nhap/ghi/", {"kind": "don-vi", "text": units})
    assert Unit.objects.get(name="xã Ao Sen").aliases.count() == 2
    seats = "Tên đăng nhập\tMã hoặc tên đơn vị\tVai trò\nchu\txã Ao Sen\tVăn thư\n"
    client.post("/don-vi/nhap/ghi/", {"kind": "cho-lam", "text": seats})
    assert owner.memberships.filter(unit__name="xã Ao Sen", role=Role.CLERK, valid_from=TODAY).exists()


def test_a_template_can_be_taken_in_as_it_is(administrator: Person, department: Unit, log_in: LogIn) -> None:
    client = log_in(administrator)
    for kind in ("don-vi", "nguoi"):
        response = client.get(f"/don-vi/nhap/mau/{kind}.csv")
        assert response["Content-Disposition"] == f'attachment; filename="mau-{kind}.csv"'
        assert "1 dòng đều nhập được." in send(client, response.content.decode(), kind), kind
    assert client.get("/don-vi/nhap/mau/khac.csv").status_code == 404


def test_who_may_import(owner: Person, stranger: Person, log_in: LogIn) -> None:
    for person in (owner, stranger):
        client = log_in(person)
        assert client.get("/don-vi/nhap/").status_code == 403
        assert client.post("/don-vi/nhap/ghi/", {"kind": "nguoi", "text": GOOD}).status_code == 403
        assert client.get("/don-vi/nhap/mau/nguoi.csv").status_code == 403
