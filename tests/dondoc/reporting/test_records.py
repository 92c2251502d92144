"""All data of a campaign as files: complete, no more than the person may see, and adding up to what the program says."""

import csv
import io
import json
import zipfile
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from dondoc.reporting.models import Campaign, Practice, Return, Value
from dondoc.reporting.queries import records
from dondoc.reporting.queries.totals import totals_of
from dondoc.reporting.rules.cells import Cell, Place
from dondoc.reporting.services import filling, handing, reviewing
from dondoc.reporting.services.filling import Entry
from dondoc.units.models import Person, Unit
from dondoc.units.rules import Actor
from tests.dondoc.factories.common import NOON, TODAY
from tests.dondoc.factories.units import person_in
from tests.dondoc.reporting.conftest import DUE, fill
from tests.dondoc.reporting.drafting import accept, report_in

ActorFor = Callable[..., Actor]
LogIn = Callable[[Person], Client]
pytestmark = pytest.mark.usefixtures("frozen_day")
Rows = list[dict[str, Any]]


def taken(client: Client, campaign: Campaign, form: str) -> bytes:
    response = client.get(reverse("reporting:records", args=[campaign.pk]), {"xuat": form})
    assert response.status_code == 200, response
    return b"".join(response)


def sheets(client: Client, campaign: Campaign) -> dict[str, Rows]:
    book = load_workbook(io.BytesIO(taken(client, campaign, "xlsx")))
    found = {}
    for sheet in book.worksheets:
        head, *rows = ([cell.value for cell in row] for row in sheet.iter_rows())
        found[sheet.title] = [dict(zip(head, row, strict=True)) for row in rows]
    return found


def document(client: Client, campaign: Campaign) -> dict[str, Any]:
    return json.loads(taken(client, campaign, "json"))


@pytest.fixture
def played(campaign: Campaign, communes: list[Unit], owner: Person, actor_for: ActorFor) -> list[Return]:
    """One accepted, one handed in, one that is still being filled in."""
    first, second, third = communes
    done = report_in(campaign, first, actor_for, C01_2025=Cell(Decimal(11)), D01_2024=Cell(nothing="none"))
    accept(done, actor_for(owner))
    waiting = report_in(campaign, second, actor_for, text="Thiếu hồ bơi.", C01_2025=Cell(Decimal(1000)))
    begun = campaign.returns.select_related("campaign", "group__template", "unit").get(unit=third)
    fill(begun, actor_for(person_in(third, username="dangnhap")), 7)
    return [done, waiting, begun]


class TestContents:
    def test_accepted_numbers_add_up_to_the_totals(
        self, campaign: Campaign, played: list[Return], owner: Person, log_in: LogIn
    ) -> None:
        totals = totals_of(campaign.groups.get())
        of_sheet: dict[Place, Decimal] = {}
        for row in sheets(log_in(owner), campaign)["Số liệu"]:
            if row["Số đã duyệt"] is not None:
                place = Place(row["Mã chỉ tiêu"], row["Cột"].removeprefix("Năm "))
                of_sheet[place] = of_sheet.get(place, Decimal(0)) + Decimal(str(row["Số đã duyệt"]))
        given: dict[str, dict[Place, Decimal]] = {"accepted": {}, "handed_in": {}}
        for row in document(log_in(owner), campaign)["numbers"]:
            for stage, sums in given.items():
                if row[stage] and "number" in row[stage]:
                    place = Place(row["indicator"], row["column"])
                    sums[place] = sums.get(place, Decimal(0)) + Decimal(row[stage]["number"])
        asked = [Place(code, column) for code in ("C.01", "C.02", "D.01") for column in ("2024", "2025")]
        for place in asked:
            assert of_sheet.get(place) == given["accepted"].get(place) == totals.accepted[place].number, place
            assert given["handed_in"].get(place) == totals.received[place].number, place

    def test_each_cell_with_its_kind_of_nothing_its_formula_and_its_source(
        self, campaign: Campaign, played: list[Return], owner: Person, log_in: LogIn
    ) -> None:
        Value.objects.filter(report=played[0], indicator__code="C.02", column="2025").update(
            origin="known", origin_words="Theo dõi nhiệm vụ, tính đến 13/9/2025", origin_address="/thong-ke/"
        )
        rows = {(row["Đơn vị"], row["Mã chỉ tiêu"], row["Cột"]): row for row in sheets(log_in(owner), campaign)["Số liệu"]}
        unit = played[0].unit.name
        assert (rows[unit, "D.01", "Năm 2024"]["Số đã duyệt"], rows[unit, "D.01", "Năm 2024"]["Ghi khác, đã duyệt"]) == (
            None,
            "Không có",
        )
        assert (rows[unit, "C.03", "Năm 2025"]["Số đã duyệt"], rows[unit, "C.03", "Năm 2025"]["Nguồn"]) == (
            36.4,
            "Tính theo công thức",
        )
        known = rows[unit, "C.02", "Năm 2025"]
        assert (known["Nguồn"], known["Nguồn ghi"]) == ("Lấy từ số liệu đã có", "Theo dõi nhiệm vụ, tính đến 13/9/2025")
        assert rows[played[1].unit.name, "C.01", "Năm 2025"]["Số đã duyệt"] is None
        assert rows[played[1].unit.name, "C.01", "Năm 2025"]["Số đã nộp"] == 1000
        assert not [key for key in rows if key[0] == played[2].unit.name]  # not handed in

    def test_where_each_unit_stands_what_it_wrote_and_what_happened(
        self, campaign: Campaign, played: list[Return], owner: Person, log_in: LogIn
    ) -> None:
        found = sheets(log_in(owner), campaign)
        assert list(found) == ["Số liệu", "Nội dung", "Đơn vị", "Nhật ký", "Thông tin"]
        assert {(row["Đơn vị"], row["Trạng thái"], row["Đúng hạn"], row["Trễ (ngày)"]) for row in found["Đơn vị"]} == {
            (played[0].unit.name, "Đã duyệt", "có", 0), (played[1].unit.name, "Chờ duyệt", "có", 0), (played[2].unit.name, "Chưa nhận", None, 0),
        }  # fmt: skip
        assert [row["Đầy đủ (%)"] for row in found["Đơn vị"] if row["Trạng thái"] == "Đã duyệt"] == [87.5]
        assert [
            (row["Mục"], row["Đã nộp"], row["Đã duyệt"]) for row in found["Nội dung"] if row["Đơn vị"] == played[1].unit.name
        ] == [("I", "Thiếu hồ bơi.", None)]
        assert [row["Việc"] for row in found["Nhật ký"]] == ["Nộp", "Duyệt", "Nộp"]
        about = {row["Tệp"]: row["Số liệu đợt báo cáo"] for row in found["Thông tin"]}
        assert (about["Phạm vi"], about["Số dòng, Đơn vị"]) == ("Mọi đơn vị của đợt", 3)

    def test_a_returned_report_is_told_as_it_was_handed_in(
        self, campaign: Campaign, commune: Unit, owner: Person, log_in: LogIn, actor_for: ActorFor
    ) -> None:
        told = Cell(nothing="no_data", explanation="Chưa thống kê.")
        report = report_in(campaign, commune, actor_for, D01_2025=told)
        reviewing.return_(
            actor=actor_for(owner),
            report=report,
            at=NOON,
            happened_on=TODAY,
            reason_code="missing",
            reason="Thiếu.",
            hand_in_by=DUE,
        )
        mended = Entry(Place("D.01", "2025"), Cell(Decimal(99), explanation="Đang hỏi thôn."))
        filling.save_cells(
            actor=actor_for(Person.objects.get(username=f"xa{commune.pk}")), report=report, entries=[mended], at=NOON
        )
        (row,) = [
            one for one in document(log_in(owner), campaign)["numbers"] if (one["indicator"], one["column"]) == ("D.01", "2025")
        ]
        assert (row["handed_in"], row["explanation"]) == ({"nothing": "no_data"}, "Chưa thống kê.")
        assert '"99"' not in taken(log_in(owner), campaign, "json").decode().split('"numbers"')[1].split('"texts"')[0]

    def test_csv_has_a_file_a_kind(self, campaign: Campaign, played: list[Return], owner: Person, log_in: LogIn) -> None:
        held = zipfile.ZipFile(io.BytesIO(taken(log_in(owner), campaign, "csv")))
        assert held.namelist() == ["Số liệu.csv", "Nội dung.csv", "Đơn vị.csv", "Nhật ký.csv", "Thông tin.csv"]
        rows = list(csv.DictReader(io.StringIO(held.read("Số liệu.csv").decode("utf-8-sig")), delimiter=";"))
        assert {row["Số đã duyệt"] for row in rows if row["Mã chỉ tiêu"] == "C.03"} >= {"36,4"}

    def test_the_document_says_what_it_is(self, campaign: Campaign, played: list[Return], owner: Person, log_in: LogIn) -> None:
        found = document(log_in(owner), campaign)
        assert (found["format"], found["scope"]) == ("dondoc.campaign/1", "campaign")
        assert list(found) == ["format", "made_at", "scope", "campaign", "tables", "units", "numbers", "texts", "events"]
        assert found["campaign"]["last_ok_on"] == DUE.isoformat()
        assert [one["code"] for one in found["tables"][0]["indicators"]] == ["C.01", "C.02", "C.03", "D.01"]
        assert [one["kind"] for one in found["events"]] == ["submitted", "accepted", "submitted"]

    def test_before_anything_came(self, campaign: Campaign, owner: Person, log_in: LogIn) -> None:
        found = document(log_in(owner), campaign)
        assert (found["numbers"], found["texts"], found["events"], len(found["units"])) == ([], [], [], 3)
        assert len(sheets(log_in(owner), campaign)["Đơn vị"]) == 3

    @pytest.mark.parametrize(("days", "on_time", "late"), [(0, None, 0), (1, False, 1)])
    def test_who_has_not_reported_is_late_from_the_day_after(
        self, campaign: Campaign, owner: Person, actor_for: ActorFor, days: int, on_time: bool | None, late: int
    ) -> None:
        scope = records.scope_of(actor_for(owner), campaign)
        rows = list(records.courses(scope, DUE + timedelta(days=days)))
        assert {(row.on_time, row.late) for row in rows} == {(on_time, late)}

    def test_an_exempt_unit_has_its_reason(self, campaign: Campaign, report: Return, owner: Person, actor_for: ActorFor) -> None:
        reviewing.exempt(actor=actor_for(owner), report=report, at=NOON, reason="Mới lập")
        scope = records.scope_of(actor_for(owner), campaign)
        (row,) = [one for one in records.courses(scope, DUE + timedelta(days=5)) if one.report == report]
        assert (row.on_time, row.late, row.exempt_for) == (None, 0, "Mới lập")


class TestWhoSeesWhat:
    def test_a_unit_has_its_own_with_what_it_is_filling_in(
        self, campaign: Campaign, report: Return, commune_clerk: Person, communes: list[Unit], actor_for: ActorFor, log_in: LogIn
    ) -> None:
        other = next(unit for unit in communes if unit != report.unit)
        report_in(campaign, other, actor_for, "Bí mật của xã khác.")
        fill(report, actor_for(commune_clerk), 8)
        client = log_in(commune_clerk)
        found = document(client, campaign)
        assert found["scope"] == "unit"
        assert {row["unit"] for name in ("units", "numbers", "texts", "events") for row in found[name]} == {report.unit.name}
        assert {row["draft"]["number"] for row in found["numbers"] if row["indicator"] == "D.01"} == {"8"}
        assert "Bí mật" not in json.dumps(found, ensure_ascii=False)
        rows = sheets(client, campaign)
        assert [row["Số đang nhập"] for row in rows["Số liệu"] if row["Mã chỉ tiêu"] == "D.01"] == [8, 8]
        page = client.get(reverse("reporting:records", args=[campaign.pk])).content.decode()
        assert f"Số liệu của {report.unit.name}" in page

    def test_what_passes_inside_a_unit_stays_there(
        self, campaign: Campaign, report: Return, commune_clerk: Person, owner: Person, actor_for: ActorFor, log_in: LogIn
    ) -> None:
        Practice.objects.create(unit=report.unit, leader_approves=True, set_at=NOON, set_by=commune_clerk)
        fill(report, actor_for(commune_clerk), 8)
        handing.pass_on(actor=actor_for(commune_clerk), report=report, at=NOON)
        assert [row["kind"] for row in document(log_in(commune_clerk), campaign)["events"]] == ["passed"]
        assert document(log_in(owner), campaign)["events"] == []

    def test_owner_office_colleague_and_stranger(
        self, campaign: Campaign, owner: Person, office_specialist: Person, colleague: Person, stranger: Person, log_in: LogIn
    ) -> None:
        address = reverse("reporting:records", args=[campaign.pk])
        for person, status in ((owner, 200), (office_specialist, 200), (colleague, 404), (stranger, 404)):
            for form in ("", "xlsx", "csv", "json"):
                response = log_in(person).get(address, {"xuat": form})
                assert response.status_code == status, (person, form)
                assert b"".join(response)

    def test_links(
        self, campaign: Campaign, report: Return, owner: Person, commune_clerk: Person, log_in: LogIn, actor_for: ActorFor
    ) -> None:
        address = reverse("reporting:records", args=[campaign.pk])
        page = log_in(owner).get(reverse("reporting:campaign", args=[campaign.pk])).content.decode()
        assert page.count(f'href="{address}"') == 1
        assert address in log_in(commune_clerk).get(reverse("reporting:receipt", args=[report.pk])).content.decode()


class TestSize:
    def test_more_than_a_sheet_holds(
        self, campaign: Campaign, played: list[Return], owner: Person, log_in: LogIn, monkeypatch: Any
    ) -> None:
        monkeypatch.setattr("dondoc.reporting.views.records.MOST_ROWS", 15)
        client, address = log_in(owner), reverse("reporting:records", args=[campaign.pk])
        page = client.get(address).content.decode()
        assert "một trang Excel chỉ chứa 15 dòng. Tải tệp CSV hoặc JSON" in page
        assert "xuat=xlsx" not in page
        refused = client.get(address, {"xuat": "xlsx"})
        assert refused.status_code == 409
        assert "Tải tệp CSV hoặc JSON" in refused.content.decode()
        assert len(document(client, campaign)["numbers"]) == 16

    def test_the_bound_is_never_too_low(
        self, campaign: Campaign, played: list[Return], owner: Person, actor_for: ActorFor
    ) -> None:
        scope = records.scope_of(actor_for(owner), campaign)
        assert records.most_numbers(scope) >= len(list(records.numbers(scope)))

    @pytest.mark.parametrize("count", [1, 3])
    def test_the_queries_do_not_grow(
        self, count: int, campaign: Campaign, communes: list[Unit], owner: Person, actor_for: ActorFor, django_assert_num_queries: Any,
    ) -> None:  # fmt: skip
        for unit in communes[:count]:
            report_in(campaign, unit, actor_for)
        scope = records.scope_of(actor_for(owner), campaign)
        list(records.numbers(scope))
        with django_assert_num_queries(3):
            assert len(list(records.numbers(scope))) == 8 * count
        with django_assert_num_queries(3):
            assert len(list(records.texts(scope))) == count
        with django_assert_num_queries(2):
            assert len(list(records.courses(scope, TODAY))) == 3
        with django_assert_num_queries(1):
            assert len(list(records.events(scope))) == count
