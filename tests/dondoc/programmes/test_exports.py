"""The lists of programmes as files."""

import io
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from dondoc.documents.enums import Visibility
from dondoc.programmes.models import Programme
from dondoc.units.models import Person, Unit, UnitGroup
from tests.dondoc.factories.common import TODAY
from tests.dondoc.factories.programmes import add_task, by

LogIn = Callable[[Person], Client]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen_day")]


def due(days: int) -> dict[str, Any]:
    return by((TODAY + timedelta(days=days)).isoformat(), f"hạn {days}", exclusive=False)


def rows_of(client: Client, address: str, **asked: str) -> list[dict[str, Any]]:
    response = client.get(address, {**asked, "xuat": "xlsx"})
    assert response.status_code == 200
    head, *rows = [[cell.value for cell in row] for row in load_workbook(io.BytesIO(b"".join(response))).worksheets[0]]
    return [dict(zip(head, row, strict=True)) for row in rows]


def facts_of(client: Client, address: str, **asked: str) -> dict[str, Any]:
    response = client.get(address, {**asked, "xuat": "xlsx"})
    return {row[0].value: row[1].value for row in load_workbook(io.BytesIO(b"".join(response))).worksheets[1]}


@pytest.fixture
def address(programme: Programme) -> str:
    return reverse("programmes:board", args=[programme.pk])


class TestBoard:
    def test_all_pages_in_the_order_of_the_page(
        self, programme: Programme, address: str, department: Unit, owner: Person, log_in: LogIn
    ) -> None:
        for number in range(51):
            add_task(programme, f"việc {number}", lead=department, deadline=due(40 + number))
        add_task(programme, "=việc quá hạn", lead=department, deadline=due(-3))
        rows = rows_of(log_in(owner), address)
        assert len(rows) == 52
        assert [row["Nhiệm vụ"] for row in rows[:2]] == ["=việc quá hạn", "việc 0"]
        assert rows[0]["Số ngày quá hạn"] == 3
        assert rows[0]["Hạn cuối"] == datetime(2025, 9, 9)  # noqa: DTZ001
        assert rows[1]["Số ngày quá hạn"] is None

    @pytest.mark.parametrize("view", ["trang-thai", "co-quan", "thoi-han"])
    def test_the_filters_of_the_page_hold(
        self,
        programme: Programme,
        address: str,
        department: Unit,
        other_department: Unit,
        owner: Person,
        log_in: LogIn,
        view: str,
    ) -> None:
        add_task(programme, "việc của tôi", lead=department, deadline=due(-3))
        add_task(programme, "việc của người khác", lead=other_department, deadline=due(-3))
        add_task(programme, "việc còn hạn", lead=department, deadline=due(3))
        found = rows_of(log_in(owner), address, xem=view, **{"trang-thai": "qua-han", "viec": "toi"})
        assert [row["Nhiệm vụ"] for row in found] == ["việc của tôi"]
        assert [row["Nhiệm vụ"] for row in rows_of(log_in(owner), address, xem=view, tim="nguoi khac")] == ["việc của người khác"]

    def test_a_past_day_is_told_as_it_was(
        self, programme: Programme, address: str, department: Unit, owner: Person, log_in: LogIn
    ) -> None:
        add_task(programme, "việc", lead=department, deadline=due(-3))
        then = TODAY - timedelta(days=5)
        assert rows_of(log_in(owner), address, ngay=then.isoformat())[0]["Trạng thái"] != "Quá hạn 3 ngày"
        assert rows_of(log_in(owner), address)[0]["Trạng thái"] == "Quá hạn 3 ngày"
        facts = facts_of(log_in(owner), address, ngay=then.isoformat())
        assert (facts["Tính đến"], facts["Chương trình"]) == ("07/9/2025", programme.title)

    def test_a_group_has_its_figures(
        self,
        programme: Programme,
        address: str,
        all_communes: UnitGroup,
        communes: list[Unit],
        owner: Person,
        log_in: LogIn,
    ) -> None:
        task = add_task(programme, "gửi báo cáo", lead=all_communes, members=communes, deadline=due(-3))
        task.assignments.get().parts.filter(unit=communes[0]).update(done_on=TODAY - timedelta(days=4))
        row = rows_of(log_in(owner), address)[0]
        assert (row["Đơn vị đã xong"], row["Tổng số đơn vị"]) == (1, 3)
        assert row["Đơn vị còn thiếu"] == "phường Hòa Lạc, xã Suối Trong"

    def test_owner_colleague_and_stranger(
        self, programme: Programme, address: str, owner: Person, colleague: Person, stranger: Person, log_in: LogIn
    ) -> None:
        Programme.objects.filter(pk=programme.pk).update(visibility=Visibility.RESTRICTED)
        assert rows_of(log_in(owner), address) == []
        assert [log_in(one).get(f"{address}?xuat=csv").status_code for one in (colleague, stranger)] == [404, 404]

    @pytest.mark.parametrize("count", [1, 3])
    def test_the_queries_do_not_grow(
        self,
        count: int,
        programme: Programme,
        address: str,
        department: Unit,
        owner: Person,
        log_in: LogIn,
        django_assert_num_queries: Any,
    ) -> None:
        for number in range(count):
            add_task(programme, f"việc {number}", lead=department, deadline=due(-3))
        client = log_in(owner)
        with django_assert_num_queries(12):
            assert len(rows_of(client, address)) == count


class TestProgrammes:
    def test_the_list_with_its_figures(
        self, programme: Programme, department: Unit, owner: Person, stranger: Person, log_in: LogIn
    ) -> None:
        add_task(programme, "quá hạn lâu", lead=department, deadline=due(-31))
        add_task(programme, "còn hạn", lead=department, deadline=due(31))
        rows = rows_of(log_in(owner), "/chuong-trinh/")
        assert len(rows) == 1
        wanted = {
            "Chương trình": programme.title, "Văn bản": "208/KH-UBND", "Cơ quan chủ trì": "Sở Y tế", "Mức": "Cần chỉ đạo", "Nhiệm vụ": 2,
            "Đang giải quyết, trong hạn": 1, "Đang giải quyết, quá hạn": 1, "Quá hạn trên 30 ngày": 1, "Không thời hạn": 0,
        }  # fmt: skip
        assert {name: rows[0][name] for name in wanted} == wanted
        assert rows_of(log_in(owner), "/chuong-trinh/", tim="khong co") == []
        assert rows_of(log_in(stranger), "/chuong-trinh/") == []


def test_duties_of_a_programme(opened: Programme, owner: Person, stranger: Person, log_in: LogIn) -> None:
    address = reverse("programmes:duties", args=[opened.pk])
    rows = rows_of(log_in(owner), address)
    assert [row["Đơn vị báo cáo"] for row in rows] == ["Các sở, ngành liên quan", "UBND các xã, phường"]
    assert [row["Nơi nhận"] for row in rows] == ["Sở Y tế", "Sở Y tế"]
    assert [row["Mẫu"] for row in rows] == ["Phụ lục 1, Phụ lục 1A", "Phụ lục 2, Phụ lục 2A"]
    assert log_in(stranger).get(f"{address}?xuat=csv").status_code == 404


@pytest.mark.parametrize("name", ["board", "duties"])
def test_the_pages_offer_it(opened: Programme, owner: Person, log_in: LogIn, name: str) -> None:
    page = log_in(owner).get(reverse(f"programmes:{name}", args=[opened.pk])).content.decode()
    assert 'href="?xuat=xlsx"' in page
