"""Every list can be taken away as a file: what the page lists, all pages of it, and nothing that the person may not see."""

import io
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from dondoc.common.exporting import Format
from dondoc.documents.enums import Visibility
from dondoc.notices import services as notices
from dondoc.notices.services import Occasion
from dondoc.units.models import Person, Unit
from tests.dondoc.factories.common import NOON, TODAY
from tests.dondoc.factories.documents import DocumentFactory
from tests.dondoc.factories.units import CommuneFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen_day")]

LogIn = Callable[[Person], Client]
LISTS = ["/van-ban/", "/tim/?q=a", "/don-vi/", "/thong-bao/", "/chuong-trinh/"]


def sheet_of(client: Client, address: str, **asked: str) -> list[list[Any]]:
    """The rows of the .xlsx without its head."""
    response = client.get(address, {**asked, "xuat": "xlsx"})
    assert response.status_code == 200, response
    return [[cell.value for cell in row] for row in load_workbook(io.BytesIO(b"".join(response))).worksheets[0]][1:]


def csv_of(client: Client, address: str, **asked: str) -> str:
    response = client.get(address, {**asked, "xuat": "csv"})
    return b"".join(response).decode("utf-8-sig")


@pytest.mark.parametrize("address", LISTS)
@pytest.mark.parametrize("form", Format)
def test_an_empty_list_is_a_file_too(owner: Person, log_in: LogIn, address: str, form: Format) -> None:
    path, _, query = address.partition("?")
    response = log_in(owner).get(path, {"xuat": form, **dict([query.split("=")] if query else [])})
    assert f".{form}" in response["Content-Disposition"]
    assert b"".join(response)


@pytest.mark.parametrize("address", LISTS)
def test_a_visitor_gets_no_file(address: str, client: Client) -> None:
    assert client.get(f"{address}{'&' if '?' in address else '?'}xuat=csv").status_code == 302


class TestDocuments:
    def test_all_pages_of_what_the_filters_find(self, department: Unit, owner: Person, log_in: LogIn) -> None:
        DocumentFactory.create_batch(51, unit=department, type="KH")
        DocumentFactory(unit=department, code="9/CT-UBND", type="CT", title="=1+1 phòng chống", issued_on=TODAY)
        client = log_in(owner)
        assert len(sheet_of(client, "/van-ban/")) == 52
        assert [row[:3] for row in sheet_of(client, "/van-ban/", loai="CT")] == [["9/CT-UBND", "Chỉ thị", "=1+1 phòng chống"]]
        assert "'=1+1 phòng chống" in csv_of(client, "/van-ban/", loai="CT")
        row = sheet_of(client, "/van-ban/", loai="CT")[0]
        assert isinstance(row[4], datetime)

    def test_the_page_offers_it_with_its_filters(self, department: Unit, owner: Person, log_in: LogIn) -> None:
        DocumentFactory(unit=department, type="CT")
        page = log_in(owner).get("/van-ban/?loai=CT&trang=1").content.decode()
        assert 'href="?loai=CT&amp;xuat=xlsx"' in page
        assert 'href="?loai=CT&amp;xuat=csv"' in page

    def test_owner_colleague_and_stranger(
        self, department: Unit, owner: Person, colleague: Person, stranger: Person, log_in: LogIn
    ) -> None:
        DocumentFactory(unit=department, code="1/KH-SYT")
        DocumentFactory(unit=department, code="2/KH-SYT", visibility=Visibility.RESTRICTED)
        assert {row[0] for row in sheet_of(log_in(owner), "/van-ban/")} == {"1/KH-SYT", "2/KH-SYT"}
        assert {row[0] for row in sheet_of(log_in(colleague), "/van-ban/")} == {"1/KH-SYT"}
        assert sheet_of(log_in(stranger), "/van-ban/") == []

    @pytest.mark.parametrize("rows", [1, 3])
    def test_the_queries_do_not_grow(
        self, rows: int, department: Unit, owner: Person, log_in: LogIn, django_assert_num_queries: Any
    ) -> None:
        DocumentFactory.create_batch(rows, unit=department)
        client = log_in(owner)
        client.get("/van-ban/")
        with django_assert_num_queries(5):
            assert len(sheet_of(client, "/van-ban/")) == rows


class TestUnits:
    def test_units_of_the_province_with_the_filters_of_the_page(
        self, province: Unit, communes: list[Unit], foreign_department: Unit, owner: Person, stranger: Person, log_in: LogIn
    ) -> None:
        CommuneFactory.create_batch(60, province=province)
        assert len(sheet_of(log_in(owner), "/don-vi/", loai="commune")) == 63
        assert [row[1] for row in sheet_of(log_in(owner), "/don-vi/", q="an binh")] == ["xã An Bình"]
        assert "xã An Bình" not in csv_of(log_in(stranger), "/don-vi/")

    @pytest.mark.parametrize("rows", [1, 3])
    def test_the_queries_do_not_grow(
        self, rows: int, province: Unit, owner: Person, log_in: LogIn, django_assert_num_queries: Any
    ) -> None:
        CommuneFactory.create_batch(rows, province=province)
        client = log_in(owner)
        client.get("/don-vi/")
        with django_assert_num_queries(4):
            assert len(sheet_of(client, "/don-vi/", loai="commune")) == rows


class TestPeople:
    def test_an_administrator_takes_the_people_of_the_province(
        self, owner: Person, stranger: Person, administrator: Person, log_in: LogIn
    ) -> None:
        rows = sheet_of(log_in(administrator), "/don-vi/nguoi/")
        assert {row[0] for row in rows} == {owner.full_name, administrator.full_name}
        assert ["Nguyễn Thị Chủ", "chu", "Sở Y tế: Chuyên viên"] in [row[:3] for row in rows]

    def test_a_colleague_is_told_why_not(self, owner: Person, log_in: LogIn) -> None:
        response = log_in(owner).get("/don-vi/nguoi/?xuat=csv")
        assert response.status_code == 403
        assert "dành cho người quản trị" in response.content.decode()
        assert "xuat=" not in log_in(owner).get("/don-vi/nguoi/").content.decode()

    def test_an_administrator_elsewhere_gets_their_own(self, owner: Person, strange_administrator: Person, log_in: LogIn) -> None:
        assert owner.full_name not in csv_of(log_in(strange_administrator), "/don-vi/nguoi/")


class TestNotices:
    def test_each_gets_their_own(self, owner: Person, colleague: Person, log_in: LogIn) -> None:
        occasion = Occasion("x-1", "@Quá hạn 1 ngày: gửi báo cáo", "/")
        notices.tell([(owner.pk, occasion)], on=TODAY, at=NOON)
        assert [row[2] for row in sheet_of(log_in(owner), "/thong-bao/")] == ["@Quá hạn 1 ngày: gửi báo cáo"]
        assert "'@Quá hạn" in csv_of(log_in(owner), "/thong-bao/")
        assert sheet_of(log_in(colleague), "/thong-bao/") == []
