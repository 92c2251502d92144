from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from dondoc.units.enums import GroupRule, Role
from dondoc.units.models import GroupMember, Person, Predecessor, Unit, UnitGroup
from tests.dondoc.conftest import Everyone
from tests.dondoc.factories.common import TODAY
from tests.dondoc.factories.units import (
    AliasFactory,
    CommuneFactory,
    GroupFactory,
    GroupMemberFactory,
    MembershipFactory,
    PredecessorFactory,
    UnitFactory,
    person_in,
)

LogIn = Callable[[Person], Client]
pytestmark = pytest.mark.usefixtures("frozen_day")


def text_of(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, address
    return response.content.decode()


# The list


def test_the_directory_shows_the_province_and_nothing_else(
    owner: Person, communes: list[Unit], foreign_department: Unit, log_in: LogIn
) -> None:
    page = text_of(log_in(owner), "/don-vi/")
    assert "Xã An Bình" in page
    assert "Phường Hòa Lạc" in page
    assert "Thêm đơn vị" not in page
    assert f"/don-vi/{foreign_department.pk}/" not in page


def test_an_administrator_may_add(administrator: Person, log_in: LogIn) -> None:
    assert "Thêm đơn vị" in text_of(log_in(administrator), "/don-vi/")


@pytest.mark.parametrize("asked", ["an binh", "AN BÌNH", "bình", "99001", "Bản cũ"])
def test_units_are_found_without_marks_by_code_and_other_names(
    owner: Person, communes: list[Unit], log_in: LogIn, asked: str
) -> None:
    AliasFactory(unit=communes[0], name="xã Bản cũ")
    page = text_of(log_in(owner), f"/don-vi/?q={asked}")
    assert "Xã An Bình" in page
    assert "Xã Suối Trong" not in page
    assert "1 đơn vị" in page


def test_a_filter_that_finds_nothing_says_so(owner: Person, log_in: LogIn) -> None:
    assert "Không có đơn vị nào khớp" in text_of(log_in(owner), "/don-vi/?q=khong-co")


def test_ended_units_are_listed_apart(owner: Person, communes: list[Unit], log_in: LogIn) -> None:
    communes[0].valid_to = date(2025, 9, 11)
    communes[0].save()
    communes[1].valid_to = TODAY
    communes[1].save()
    client = log_in(owner)
    assert "Xã An Bình" not in text_of(client, "/don-vi/?loai=commune")
    ended = text_of(client, "/don-vi/?loai=commune&tinh_trang=da-ket-thuc")
    assert "Xã An Bình" in ended
    assert "Xã Suối Trong" not in ended


def test_a_long_list_has_pages(owner: Person, province: Unit, log_in: LogIn) -> None:
    CommuneFactory.create_batch(60, province=province)
    client = log_in(owner)
    first = text_of(client, "/don-vi/?loai=commune")
    assert "1 - 50 trong 60" in first
    assert "trang=2" in first
    assert "51 - 60 trong 60" in text_of(client, "/don-vi/?loai=commune&trang=9")


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_and_three(
    owner: Person, province: Unit, log_in: LogIn, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for unit in CommuneFactory.create_batch(count, province=province):
        person_in(unit)
    client = log_in(owner)
    with django_assert_num_queries(5):
        text_of(client, "/don-vi/?loai=commune")


# One unit


def test_a_unit_shows_who_works_there_today(owner: Person, department: Unit, department_clerk: Person, log_in: LogIn) -> None:
    left = person_in(department, full_name="Người Đã Nghỉ")
    left.memberships.update(valid_to=date(2025, 9, 11))
    page = text_of(log_in(owner), f"/don-vi/{department.pk}/")
    assert "Nguyễn Thị Chủ" in page
    assert "Lê Thị Thư" in page
    assert "2 người" in page
    assert "Người Đã Nghỉ" not in page
    assert "Kết thúc đơn vị" not in page


def test_a_unit_shows_its_predecessors_and_its_successor(owner: Person, department: Unit, province: Unit, log_in: LogIn) -> None:
    old = UnitFactory(province=province, name="Sở Cũ", valid_to=date(2025, 6, 30))
    PredecessorFactory(unit=department, predecessor=old, legal_basis="Nghị quyết số 1/NQ-HĐND")
    client = log_in(owner)
    assert "Sở Cũ" in text_of(client, f"/don-vi/{department.pk}/")
    page = text_of(client, f"/don-vi/{old.pk}/")
    assert "kế thừa đơn vị này từ 01/7/2025" in page
    assert "Đã kết thúc" in page


NOT_CHECKED = "Ngày, căn cứ chưa đối chiếu văn bản gốc."


def test_a_day_without_a_basis_is_not_taken_for_certain(
    owner: Person, administrator: Person, province: Unit, log_in: LogIn
) -> None:
    old = UnitFactory(province=province, name="Sở Cũ", valid_to=date(2025, 2, 28), legal_basis="")
    new = UnitFactory(province=province, name="Sở Mới", valid_from=date(2025, 3, 1), legal_basis="Nghị quyết số 2/NQ-HĐND")
    plain = UnitFactory(province=province, name="Sở Giữ", legal_basis="")
    PredecessorFactory(unit=new, predecessor=old, legal_basis="")
    seen, kept = log_in(owner), log_in(administrator)

    assert NOT_CHECKED in text_of(seen, f"/don-vi/{old.pk}/")
    assert "Ghi căn cứ" not in text_of(seen, f"/don-vi/{old.pk}/")
    assert f'<a href="/don-vi/{old.pk}/sua/">Ghi căn cứ</a>' in text_of(kept, f"/don-vi/{old.pk}/")
    assert "chưa đối chiếu văn bản gốc" in text_of(seen, f"/don-vi/{new.pk}/")
    assert NOT_CHECKED not in text_of(seen, f"/don-vi/{new.pk}/")
    assert "đối chiếu" not in text_of(seen, f"/don-vi/{plain.pk}/")


PAGES = ["", "sua/", "ket-thuc/", "mo-lai/", "tien-than/"]


@pytest.mark.parametrize("page", PAGES)
def test_who_may_open_a_page_of_a_unit(everyone: Everyone, department: Unit, log_in: LogIn, page: str) -> None:
    address = f"/don-vi/{department.pk}/{page}"
    assert log_in(everyone.administrator).get(address).status_code == 200
    assert log_in(everyone.owner).get(address).status_code == (403 if page else 200)
    assert log_in(everyone.stranger).get(address).status_code == 404
    assert log_in(everyone.strange_administrator).get(address).status_code == 404
    assert Client().get(address).status_code == 302


def test_an_administrator_makes_changes_ends_and_reopens_a_unit(administrator: Person, province: Unit, log_in: LogIn) -> None:
    client = log_in(administrator)
    facts = {"name": "xã Ao Sen", "kind": "commune", "commune_kind": "xa", "valid_from": "1/7/2025"}
    response = client.post("/don-vi/them/", facts)
    unit = Unit.objects.get(name="xã Ao Sen")
    assert response["Location"] == f"/don-vi/{unit.pk}/"
    assert "Đã thêm xã Ao Sen." in text_of(client, f"/don-vi/{unit.pk}/")
    client.post(f"/don-vi/{unit.pk}/sua/", {**facts, "phone": "0200 5", "aliases": "Ao Sen\nxã Sen\n"})
    unit.refresh_from_db()
    assert (unit.phone, unit.parent, unit.aliases.count()) == ("0200 5", province, 2)
    client.post(f"/don-vi/{unit.pk}/ket-thuc/", {"on": "30/9/2025", "reason": "sáp nhập"})
    unit.refresh_from_db()
    assert unit.valid_to == date(2025, 9, 30)
    page = text_of(client, f"/don-vi/{unit.pk}/")
    assert "Sắp kết thúc" in page
    assert "Lý do: sáp nhập" in page
    client.post(f"/don-vi/{unit.pk}/mo-lai/", {"reason": "ghi nhầm"})
    unit.refresh_from_db()
    assert unit.valid_to is None


def test_a_refusal_stands_at_its_field(administrator: Person, province: Unit, log_in: LogIn) -> None:
    response = log_in(administrator).post("/don-vi/them/", {"name": "xã Mới", "kind": "commune"})
    assert response.status_code == 422
    page = response.content.decode()
    assert 'id="id_commune_kind_error"' in page
    assert "Chọn xã, phường hay đặc khu." in page


def test_predecessors_are_added_and_taken_back(
    administrator: Person, owner: Person, department: Unit, other_department: Unit, log_in: LogIn
) -> None:
    client = log_in(administrator)
    client.post(f"/don-vi/{department.pk}/tien-than/", {"predecessor": other_department.pk, "on": "1/3/2025"})
    link = Predecessor.objects.get()
    remove = f"/don-vi/{department.pk}/tien-than/{link.pk}/bo/"
    assert log_in(owner).post(remove).status_code == 403
    client.post(remove)
    assert not Predecessor.objects.exists()


def test_a_stranger_s_post_changes_nothing(strange_administrator: Person, owner: Person, department: Unit, log_in: LogIn) -> None:
    facts = {"name": "Khác", "kind": "department"}
    assert log_in(strange_administrator).post(f"/don-vi/{department.pk}/sua/", facts).status_code == 404
    assert log_in(owner).post(f"/don-vi/{department.pk}/sua/", facts).status_code == 403
    assert log_in(owner).post("/don-vi/them/", facts).status_code == 403
    department.refresh_from_db()
    assert department.name == "Sở Y tế"


# Groups


def test_groups_count_their_members_of_today(owner: Person, communes: list[Unit], all_communes: UnitGroup, log_in: LogIn) -> None:
    page = text_of(log_in(owner), "/don-vi/nhom/")
    assert "UBND các xã, phường" in page
    assert "3 đơn vị" in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_groups_costs_the_same_for_one_and_three(
    owner: Person, province: Unit, log_in: LogIn, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    GroupFactory.create_batch(count, province=province)
    client = log_in(owner)
    with django_assert_num_queries(6):
        text_of(client, "/don-vi/nhom/")


def test_a_group_shows_its_members_on_another_day(
    owner: Person, all_communes: UnitGroup, communes: list[Unit], log_in: LogIn
) -> None:
    communes[0].valid_to = date(2025, 9, 11)
    communes[0].save()
    client = log_in(owner)
    assert "Xã An Bình" not in text_of(client, f"/don-vi/nhom/{all_communes.pk}/")
    assert "Xã An Bình" in text_of(client, f"/don-vi/nhom/{all_communes.pk}/?ngay=11/9/2025")


def test_an_open_group_says_that_a_person_chooses(owner: Person, province: Unit, log_in: LogIn) -> None:
    group = GroupFactory(province=province, rule=GroupRule.OPEN)
    assert "người giao việc chọn từng đơn vị" in text_of(log_in(owner), f"/don-vi/nhom/{group.pk}/")


@pytest.mark.parametrize("page", ["", "sua/", "thanh-vien/"])
def test_who_may_open_a_page_of_a_group(everyone: Everyone, province: Unit, log_in: LogIn, page: str) -> None:
    address = f"/don-vi/nhom/{GroupFactory(province=province).pk}/{page}"
    assert log_in(everyone.administrator).get(address).status_code == 200
    assert log_in(everyone.owner).get(address).status_code == (403 if page else 200)
    assert log_in(everyone.stranger).get(address).status_code == 404
    assert log_in(everyone.strange_administrator).get(address).status_code == 404


def test_an_administrator_keeps_a_group(administrator: Person, communes: list[Unit], log_in: LogIn) -> None:
    client = log_in(administrator)
    client.post("/don-vi/nhom/them/", {"name": "Cụm số 1", "rule": "listed", "aliases": "Cụm thi đua số 1"})
    group = UnitGroup.objects.get(name="Cụm số 1")
    assert group.aliases == ["Cụm thi đua số 1"]
    client.post(f"/don-vi/nhom/{group.pk}/thanh-vien/", {"units": [communes[0].pk, communes[1].pk], "valid_from": "1/7/2025"})
    member = GroupMember.objects.get(unit=communes[0])
    client.post(f"/don-vi/nhom/{group.pk}/thanh-vien/{member.pk}/", {"on": "11/9/2025"})
    page = text_of(client, f"/don-vi/nhom/{group.pk}/")
    assert "Xã An Bình" not in page
    assert "Xã Suối Trong" in page
    client.post(f"/don-vi/nhom/{group.pk}/sua/", {"name": "Cụm số 2", "rule": "open"})
    group.refresh_from_db()
    assert (group.name, group.rule) == ("Cụm số 2", "open")


def test_a_member_of_another_group_is_not_found(administrator: Person, province: Unit, log_in: LogIn) -> None:
    member = GroupMemberFactory(group=GroupFactory(province=province))
    other = GroupFactory(province=province)
    assert log_in(administrator).get(f"/don-vi/nhom/{other.pk}/thanh-vien/{member.pk}/").status_code == 404


def test_someone_with_two_provinces_sees_both(owner: Person, foreign_department: Unit, log_in: LogIn) -> None:
    MembershipFactory(person=owner, unit=foreign_department, role=Role.SPECIALIST)
    assert f"/don-vi/{foreign_department.pk}/" in text_of(log_in(owner), "/don-vi/")


def test_an_administrator_of_two_provinces_chooses_one(administrator: Person, other_province: Unit, log_in: LogIn) -> None:
    MembershipFactory(person=administrator, unit=other_province, role=Role.ADMINISTRATOR)
    client = log_in(administrator)
    address = f"/don-vi/them/?tinh={other_province.pk}"
    page = text_of(client, address)
    assert "Thêm đơn vị của tỉnh Giả Định" in page
    assert "Tỉnh Minh Họa" in page
    client.post(address, {"name": "Sở Mới", "kind": "department"})
    assert Unit.objects.get(name="Sở Mới").province == other_province


def test_an_administrator_does_not_choose_another_s_province(administrator: Person, other_province: Unit, log_in: LogIn) -> None:
    address = f"/don-vi/them/?tinh={other_province.pk}"
    assert "Thêm đơn vị của tỉnh Minh Họa" in text_of(log_in(administrator), address)
