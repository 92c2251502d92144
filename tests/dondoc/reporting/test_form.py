"""The page on which a unit fills its report in: by itself, by a button, and with what is known already."""

import json
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dondoc.programmes.services.spelling import catch_up
from dondoc.reporting.models import Campaign, Return, TemplateVersion, Value
from dondoc.reporting.queries.content import cells_of, texts_of
from dondoc.reporting.rules.cells import Cell, Place
from dondoc.reporting.rules.templates import ColumnFacts, IndicatorFacts, TableFacts, TemplateFacts
from dondoc.reporting.services import filling, opening, templates
from dondoc.reporting.services.opening import CampaignFacts, GroupFacts
from dondoc.units.models import Person, Unit
from dondoc.units.rules import Actor
from tests.dondoc.factories.common import NOON, TODAY
from tests.dondoc.factories.programmes import add_task, by, plan, programme_of
from tests.dondoc.factories.units import person_in
from tests.dondoc.reporting.conftest import DUE, fill

ActorFor = Callable[..., Actor]
LogIn = Callable[[Person], Client]
pytestmark = pytest.mark.usefixtures("frozen_day")

C01, C02, D01 = Place("C.01", "2025"), Place("C.02", "2025"), Place("D.01", "2025")
BAND_C = "?bieu=2A&nhom=C"


@pytest.fixture
def clerk(commune_clerk: Person, log_in: LogIn) -> Client:
    return log_in(commune_clerk)


def address(report: Return, more: str = "") -> str:
    return f"/bao-cao/{report.pk}/{more}"


def autosave(
    client: Client, report: Return, *cells: dict[str, Any], texts: tuple[dict[str, Any], ...] = (), part: str = ""
) -> Any:
    body = json.dumps({"cells": cells, "texts": texts, "part": part})
    return client.post(address(report, "luu/"), body, content_type="application/json")


def cell(place: str, typed: str, seen: str = "|", why: str = "") -> dict[str, Any]:
    return {"place": place, "typed": typed, "seen": seen, "why": why}


class TestWhoMay:
    @pytest.mark.parametrize("more", ["", BAND_C, "?muc=I"])
    def test_the_unit_fills_in_the_recipient_may_not_others_see_nothing(
        self, report: Return, commune_clerk: Person, owner: Person, colleague: Person, stranger: Person, log_in: LogIn, more: str
    ) -> None:
        statuses = [log_in(one).get(address(report, more)).status_code for one in (commune_clerk, owner, colleague, stranger)]
        assert statuses == [200, 403, 404, 404]

    @pytest.mark.parametrize("more", ["luu/", "so-da-co/", ""])
    def test_nor_do_they_save(
        self, report: Return, owner: Person, colleague: Person, stranger: Person, log_in: LogIn, more: str
    ) -> None:
        body = json.dumps({"cells": [cell("C.01:2025", "5")], "texts": []})
        for person, status in ((owner, 403), (colleague, 404), (stranger, 404)):
            assert log_in(person).post(address(report, more), body, content_type="application/json").status_code == status
        assert not Value.objects.exists()

    def test_the_list_holds_ones_own_units_reports(
        self, report: Return, commune_clerk: Person, owner: Person, log_in: LogIn
    ) -> None:
        page = log_in(commune_clerk).get("/bao-cao/cua-toi/").content.decode()
        assert "Tổng kết Chương trình phòng, chống đuối nước" in page
        assert f'href="/bao-cao/{report.pk}/"' in page
        assert "0/8" in page
        assert "chưa có báo cáo nào phải nộp" in log_in(owner).get("/bao-cao/cua-toi/").content.decode()

    def test_a_part_that_is_not_there(self, report: Return, clerk: Client) -> None:
        for more in ("?muc=IX", "?bieu=9", "?bieu=2A&nhom=Z"):
            assert clerk.get(address(report, more)).status_code == 404


class TestPage:
    def test_the_outline_with_marks_and_the_guidance(
        self, report: Return, commune_clerk: Person, clerk: Client, actor_for: ActorFor
    ) -> None:
        entries = [filling.Entry(C01, Cell(Decimal(5))), filling.Entry(Place("C.01", "2024"), Cell(Decimal(4)))]
        filling.save_cells(actor=actor_for(commune_clerk), report=report, entries=entries, at=NOON)
        page = clerk.get(address(report)).content.decode()
        assert "Nêu số liệu." in page
        assert page.count('class="m-half') == 1
        assert "1/2" in page
        assert "I. Kết quả thực hiện" in page

    def test_formulas_totals_and_what_stands_beside(
        self, report: Return, commune_clerk: Person, clerk: Client, actor_for: ActorFor
    ) -> None:
        fill(report, actor_for(commune_clerk), C01_2025=Cell(Decimal(8)), D01_2024=Cell(Decimal(3)))
        page = clerk.get(address(report, BAND_C)).content.decode()
        assert 'id="C.03:2025" data-fresh>50,0</output>' in page
        assert 'id="to-C.01" data-fresh>8</td>' in page
        assert 'id="to-C.03" data-fresh>50,0</td>' in page
        assert "Năm 2024: 4" in page
        assert "mục tiêu từ 50% trở lên" in page
        assert 'id="to-D.01" data-fresh>7</td>' in clerk.get(address(report, "?bieu=2A&nhom=D")).content.decode()

    def test_an_error_stands_at_its_cell_and_an_empty_one_is_none(
        self, report: Return, commune_clerk: Person, clerk: Client, actor_for: ActorFor
    ) -> None:
        entries = [filling.Entry(C01, Cell(Decimal(5))), filling.Entry(C02, Cell(Decimal(7)))]
        filling.save_cells(actor=actor_for(commune_clerk), report=report, entries=entries, at=NOON)
        page = clerk.get(address(report, BAND_C)).content.decode()
        assert "7 lớn hơn số ở dòng C.01 (5). Sửa một trong hai số." in page
        assert page.count("k-err") == 1
        assert "Chưa ghi" not in page
        assert "1 lỗi" in page

    def test_what_was_handed_in_is_locked(
        self, campaign: Campaign, report: Return, owner: Person, clerk: Client, actor_for: ActorFor
    ) -> None:
        opening.close_campaign(actor=actor_for(owner), campaign=campaign)
        page = clerk.get(address(report, BAND_C)).content.decode()
        assert "Đợt báo cáo đã đóng." in page
        assert "form.js" not in page
        assert page.count(" readonly") >= 4

    def test_as_many_queries_for_thirty_indicators_as_for_three(
        self, report: Return, department: Unit, commune: Unit, owner: Person, clerk: Client, actor_for: ActorFor
    ) -> None:
        large = wide_report(30, department, commune, actor_for(owner))
        small = wide_report(3, department, commune, actor_for(owner))
        counts = []
        for one in (report, large, small):
            clerk.get(address(one, "?bieu=1"))
            with CaptureQueriesContext(
                connection,
            ) as queries:
                page = clerk.get(address(one, "?bieu=1" if one is not report else BAND_C))
            assert page.status_code == 200
            counts.append(len(queries))
        assert counts[1] == counts[2]

    def test_a_new_cell_is_written_once(self, report: Return, commune_clerk: Person, actor_for: ActorFor) -> None:
        with CaptureQueriesContext(connection) as queries:
            fill(report, actor_for(commune_clerk))
        assert not [one["sql"] for one in queries if one["sql"].startswith('UPDATE "reporting_value"')]

    def test_as_many_queries_for_three_reports_as_for_one(
        self,
        report: Return,
        department: Unit,
        commune: Unit,
        owner: Person,
        clerk: Client,
        actor_for: ActorFor,
        django_assert_num_queries: Any,
    ) -> None:
        with CaptureQueriesContext(connection) as one:
            clerk.get("/bao-cao/cua-toi/")
        for count in (3, 4):
            wide_report(count, department, commune, actor_for(owner))
        with django_assert_num_queries(len(one)):
            page = clerk.get("/bao-cao/cua-toi/")
        assert page.content.decode().count("data-row>") == 3


def wide_report(count: int, department: Unit, commune: Unit, actor: Actor) -> Return:
    """Of a table with so many indicators."""
    rows = tuple(IndicatorFacts(f"A.{number:02d}", f"Số {number}", measure="việc") for number in range(count))
    table = TableFacts("1", "Biểu", (ColumnFacts("2024", "Năm 2024"), ColumnFacts("2025", "Năm 2025")), rows)
    version = templates.make_template(
        actor=actor, owner=department, facts=TemplateFacts(f"m{count}", f"Mẫu {count}", tables=(table,)), at=NOON
    )
    templates.issue(actor=actor, version=version)
    return open_for(TemplateVersion.objects.get(pk=version.pk), department, commune, actor)


def open_for(version: TemplateVersion, department: Unit, commune: Unit, actor: Actor, **facts: Any) -> Return:
    group = GroupFacts("Xã", version, [commune])
    campaign = opening.open_campaign(
        actor=actor,
        at=NOON,
        facts=CampaignFacts(
            title=f"Đợt {version}", recipient=department, period_name="Năm 2025", last_ok_on=DUE, groups=[group], **facts
        ),
    )
    return campaign.returns.get()


class TestAutosave:
    def test_good_cells_are_saved_and_the_part_comes_back(self, report: Return, clerk: Client) -> None:
        answer = autosave(
            clerk, report, cell("C.01:2025", "8"), cell("C.02:2025", "4"), cell("D.01:2025", "x"), part="bieu=2A&nhom=C"
        )
        told = answer.json()
        assert (answer.status_code, told["saved"]) == (200, {"C.01:2025": "8|", "C.02:2025": "4|", "D.01:2025": "x|"})
        assert told["at"] == "12:00:00"
        assert "50,0</output>" in told["html"]
        assert cells_of(report)[D01] == Cell(nothing="not_applicable")

    def test_what_cannot_be_read_is_asked_about_and_stops_nothing(self, report: Return, clerk: Client) -> None:
        told = autosave(clerk, report, cell("C.01:2025", "1.234"), cell("C.02:2025", "4"), part="bieu=2A&nhom=C").json()
        assert list(told["saved"]) == ["C.02:2025"]
        assert "“1.234” có thể là 1234 hoặc 1,234." in told["unsaved"]["C.01:2025"]["problem"]
        assert "có thể là 1234" in told["html"]
        assert C01 not in cells_of(report)

    def test_sent_twice_is_saved_once(self, report: Return, clerk: Client) -> None:
        for _ in range(2):
            told = autosave(clerk, report, cell("C.01:2025", "5")).json()
            assert told["saved"] == {"C.01:2025": "5|"}
        assert Value.objects.count() == 1

    def test_two_people_at_one_cell_see_both_figures(self, report: Return, clerk: Client, log_in: LogIn) -> None:
        other = log_in(person_in(report.unit, username="canbo2", full_name="Lý Thị Hai"))
        autosave(other, report, cell("C.01:2025", "5"))
        told = autosave(clerk, report, cell("C.01:2025", "7"), cell("C.02:2025", "4")).json()
        assert (list(told["saved"]), told["unsaved"]["C.01:2025"]["seen"], told["unsaved"]["C.01:2025"]["clash"]) == (
            ["C.02:2025"],
            "5|",
            True,
        )
        assert "Lý Thị Hai vừa sửa ô này lúc 12:00: 5. Đang nhập ở đây: 7." in told["unsaved"]["C.01:2025"]["problem"]
        assert cells_of(report)[C01].number == 5
        assert autosave(clerk, report, cell("C.01:2025", "7", seen="5|")).json()["saved"] == {"C.01:2025": "7|"}

    def test_texts_and_two_people_at_one(self, report: Return, clerk: Client) -> None:
        text = {"section": "I", "text": "Một\r\nhai", "seen": 0}
        assert autosave(clerk, report, texts=(text,)).json()["texts"] == {"I": 1}
        told = autosave(clerk, report, texts=({**text, "text": "Khác"},)).json()
        assert (told["texts"], told["text_clashes"]["I"]["theirs"], told["text_clashes"]["I"]["seen"]) == ({}, "Một\nhai", 1)
        assert texts_of(report) == {"I": "Một\nhai"}

    def test_a_reason_settles_a_warning(self, report: Return, clerk: Client) -> None:
        autosave(clerk, report, cell("C.01:2025", "x", why="Xã không có  trẻ em"))
        assert cells_of(report)[C01] == Cell(nothing="not_applicable", explanation="Xã không có trẻ em")

    @pytest.mark.parametrize("place", ["X.99:2025", "C.01:2019", "C.03:2025", "nonsense"])
    def test_a_cell_that_the_template_has_not(self, report: Return, clerk: Client, place: str) -> None:
        answer = autosave(clerk, report, cell("C.01:2025", "5"), cell(place, "1"))
        assert answer.status_code == 409
        assert "Mẫu không hỏi" in answer.json()["refused"]
        assert not Value.objects.exists()

    def test_a_closed_campaign_says_so(
        self, campaign: Campaign, report: Return, owner: Person, clerk: Client, actor_for: ActorFor
    ) -> None:
        opening.close_campaign(actor=actor_for(owner), campaign=campaign)
        answer = autosave(clerk, report, cell("C.01:2025", "5"))
        assert (answer.status_code, "đã đóng" in answer.json()["refused"]) == (409, True)

    @pytest.mark.parametrize(
        "body", ["", "[]", "{}", '{"cells": [{}], "texts": []}', '{"cells": [], "texts": [{"section": "I"}]}']
    )
    def test_what_is_no_request_of_the_page(self, report: Return, clerk: Client, body: str) -> None:
        answer = clerk.post(address(report, "luu/"), body, content_type="application/json")
        assert answer.status_code == 409
        assert "Tải lại trang" in answer.json()["refused"]


class TestPlainPost:
    def test_saves_what_was_touched_and_comes_back(self, report: Return, clerk: Client) -> None:
        fields = {"C.01:2025": "5", "cu:C.01:2025": "|", "C.02:2025": "", "cu:C.02:2025": "|", "X.99:2025": "3"}
        answer = clerk.post(address(report, BAND_C), fields)
        assert (answer.status_code, answer["Location"]) == (302, address(report, BAND_C))
        assert dict(cells_of(report)) == {C01: Cell(Decimal(5))}

    def test_goes_on_to_the_next_part_and_then_to_the_check(self, report: Return, clerk: Client) -> None:
        assert clerk.post(address(report, BAND_C), {"tiep": "1"})["Location"] == address(report, "?bieu=2A&nhom=D")
        assert clerk.post(address(report, "?bieu=2A&nhom=D"), {"tiep": "1"})["Location"] == address(report, "kiem-tra/")

    def test_errors_by_cell_and_all_good_cells_saved(self, report: Return, clerk: Client) -> None:
        fields = {"C.01:2025": "1.234", "cu:C.01:2025": "|", "C.02:2025": "4", "cu:C.02:2025": "|"}
        answer = clerk.post(address(report, BAND_C), fields)
        page = answer.content.decode()
        assert answer.status_code == 422
        assert 'value="1.234"' in page
        assert "có thể là 1234" in page
        assert dict(cells_of(report)) == {C02: Cell(Decimal(4))}

    def test_a_clash_shows_both_and_saving_again_decides(self, report: Return, clerk: Client, log_in: LogIn) -> None:
        other = log_in(person_in(report.unit, username="canbo2", full_name="Lý Thị Hai"))
        other.post(address(report, BAND_C), {"C.01:2025": "5", "cu:C.01:2025": "|"})
        page = clerk.post(address(report, BAND_C), {"C.01:2025": "7", "cu:C.01:2025": "|"}).content.decode()
        assert "Lý Thị Hai vừa sửa ô này" in page
        assert 'name="cu:C.01:2025" value="5|"' in page
        clerk.post(address(report, BAND_C), {"C.01:2025": "7", "cu:C.01:2025": "5|"})
        assert cells_of(report)[C01].number == 7

    def test_a_section_and_a_text_that_another_changed(self, report: Return, clerk: Client) -> None:
        assert clerk.post(address(report, "?muc=I"), {"text": "Một", "revision": "0"}).status_code == 302
        page = clerk.post(address(report, "?muc=I"), {"text": "Hai", "revision": "0"})
        assert page.status_code == 422
        assert "vừa sửa mục này" in page.content.decode()
        assert 'name="revision" value="1"' in page.content.decode()
        clerk.post(address(report, "?muc=I"), {"text": "Hai", "revision": "1"})
        assert texts_of(report) == {"I": "Hai"}


class TestKnown:
    @pytest.fixture
    def progress(self, department: Unit, commune: Unit, owner: Person, actor_for: ActorFor) -> Return:
        """A progress report of a programme in which the commune has a task within the window, and one beyond it."""
        rows = (
            IndicatorFacts("N.01", "Số nhiệm vụ có hạn", source="nhiem-vu:co-han"),
            IndicatorFacts("N.02", "Số nhiệm vụ đúng hạn", source="nhiem-vu:dung-han"),
            IndicatorFacts("N.03", "Số khác"),
        )
        table = TableFacts("1", "Biểu", (ColumnFacts("ky", "6 tháng"),), rows)
        version = templates.make_template(
            actor=actor_for(owner), owner=department, facts=TemplateFacts("td", "Tiến độ", tables=(table,)), at=NOON
        )
        templates.issue(actor=actor_for(owner), version=version)
        version.refresh_from_db()
        programme = programme_of(plan(department, owner), owner)
        for term in ("2025-09-15", "2025-12-31"):
            add_task(programme, lead=commune, deadline=by(term))
        catch_up(programme)
        window = {"window_from": TODAY - timedelta(days=90), "window_to": TODAY + timedelta(days=5)}
        return open_for(version, department, commune, actor_for(owner), programme=programme, **window)

    def test_offered_and_taken_with_its_source(self, progress: Return, clerk: Client) -> None:
        page = clerk.get(address(progress, "?bieu=1")).content.decode()
        assert page.count("Số đã có:") == 2
        assert "Số đã có: <b>1</b>" in page
        assert "hạn từ 14/6/2025 đến 17/9/2025, tính đến 12/9/2025" in page
        answer = clerk.post(address(progress, "so-da-co/?bieu=1"))
        assert answer["Location"] == address(progress, "?bieu=1&nhom=1")
        rows = dict(Value.objects.values_list("indicator__code", "origin"))
        assert rows == {"N.01": "known", "N.02": "known"}
        page = clerk.get(address(progress, "?bieu=1")).content.decode()
        assert "Số đã có:" not in page
        assert page.count("Lấy từ") == 2
        assert "trang-thai=dung-han" in page

    def test_what_was_typed_stays(self, progress: Return, clerk: Client) -> None:
        autosave(clerk, progress, cell("N.01:ky", "7"))
        clerk.post(address(progress, "so-da-co/?bieu=1"))
        assert cells_of(progress)[Place("N.01", "ky")].number == 7
