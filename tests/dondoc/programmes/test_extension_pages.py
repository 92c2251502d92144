"""The pages of requests for more time: lists, one request, the act on a task's page; both latenesses."""

import csv
from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags
from docx import Document

from dondoc.files.models import StoredFile
from dondoc.programmes import services
from dondoc.programmes.models import Part, Programme, Task, TaskEvent
from dondoc.units.models import Person, Unit, UnitGroup
from dondoc.units.rules import Actor
from tests.dondoc.factories.common import NOON, TODAY
from tests.dondoc.factories.programmes import add_task, by

ActorFor = Callable[..., Actor]
LogIn = Callable[[Person], Client]
Ask = Callable[..., TaskEvent]
LAST, LATER = date(2025, 9, 9), date(2025, 9, 20)
pytestmark = pytest.mark.usefixtures("frozen_day")


def text_of(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, address
    return " ".join(strip_tags(response.content.decode().replace("<", " <")).split())


def first_row(file: Any) -> dict[str, str]:
    """Of a CSV that was taken away."""
    return next(csv.DictReader(b"".join(file).decode("utf-8-sig").splitlines(), delimiter=";"))


def page_of(event: TaskEvent) -> str:
    return f"/chuong-trinh/{event.task.programme_id}/nhiem-vu/{event.task_id}/gia-han/{event.pk}/"


@pytest.fixture
def task(programme: Programme, other_department: Unit) -> Task:
    return add_task(programme, lead=other_department, deadline=by("2025-09-10"))


@pytest.fixture
def ask(colleague: Person, actor_for: ActorFor) -> Ask:
    def make(task: Task, on: date = LAST, until: date = LATER, **facts: Any) -> TaskEvent:
        usual = {"objective": "Mưa lũ kéo dài", "progress": "Đã có dự thảo", **facts}
        actor = usual.pop("actor", None) or actor_for(colleague)
        return services.ask_extension(actor=actor, task=task, at=NOON, happened_on=on, new_due_on=until, **usual)

    return make


@pytest.fixture
def settle(owner: Person, actor_for: ActorFor) -> Callable[..., TaskEvent]:
    def make(asked: TaskEvent, on: date = TODAY, until: date = LATER) -> TaskEvent:
        return services.grant_extension(
            actor=actor_for(owner), request=asked, at=NOON, happened_on=on, new_due_on=until, note="x"
        )

    return make


class TestOnTheTasksPage:
    def address(self, task: Task) -> str:
        return f"/chuong-trinh/{task.programme_id}/nhiem-vu/{task.pk}/"

    def posted(self, task: Task, client: Client, key: str = "xin-gia-han", **facts: Any) -> Any:
        page = client.get(self.address(task)).content.decode()
        seen = page.split('name="seen" value="')[1].split('"')[0] if 'name="seen"' in page else ""
        sent = {f"{key}-{name}": value for name, value in facts.items()}
        return client.post(f"{self.address(task)}{key}/", {"seen": seen, **sent})

    def test_the_unit_asks_as_an_office_writes_it(self, task: Task, colleague: Person, log_in: LogIn) -> None:
        client = log_in(colleague)
        assert "Đề nghị gia hạn" in text_of(client, self.address(task))
        response = self.posted(
            task, client, happened_on="9/9", new_due_on="20/9", objective="Mưa lũ", subjective="Chậm phân công", progress="Đã có",
            percent="40", product_code="12/SNV-TH", product_date="9/9", evidence=SimpleUploadedFile("de-nghi.pdf", b"%PDF-1.7 x"),
        )  # fmt: skip
        assert response.status_code == 302
        asked = TaskEvent.objects.get(kind="extension_asked")
        assert (asked.new_due_on, asked.percent, asked.product_date) == (LATER, 40, LAST)
        assert asked.evidence is not None
        assert asked.evidence.name == "de-nghi.pdf"
        page = text_of(client, self.address(task))
        assert "Xin gia hạn đến 20/9" in page
        assert "Đề nghị gia hạn chờ quyết định" in page
        assert 'id="xin-gia-han"' not in client.get(self.address(task)).content.decode(), "one at a time"

    def test_a_refusal_keeps_what_was_typed_and_no_file(self, task: Task, colleague: Person, log_in: LogIn) -> None:
        response = self.posted(
            task, log_in(colleague), happened_on="12/9", new_due_on="20/9", objective="Mưa lũ", progress="Đã có dự thảo",
            evidence=SimpleUploadedFile("de-nghi.pdf", b"%PDF-1.7 y"),
        )  # fmt: skip
        page = response.content.decode()
        assert response.status_code == 422
        assert "Hạn cuối 09/9/2025 đã qua. Giải trình trách nhiệm" in page
        assert "Đã có dự thảo" in page
        assert not TaskEvent.objects.exists()
        assert not StoredFile.objects.filter(name="de-nghi.pdf").exists()

    def test_a_unit_of_a_group_asks_for_its_part(
        self, programme: Programme, all_communes: UnitGroup, communes: list[Unit], commune_clerk: Person, log_in: LogIn
    ) -> None:
        shared = add_task(programme, lead=all_communes, members=communes, deadline=by("2025-09-10"))
        part = Part.objects.get(assignment__task=shared, unit=communes[0])
        response = self.posted(
            shared, log_in(commune_clerk), part=part.pk, happened_on="9/9", new_due_on="20/9", subjective="Nghỉ ốm", progress="Có"
        )
        assert response.status_code == 302
        assert TaskEvent.objects.get(kind="extension_asked").part == part
        assert "1 đơn vị xin gia hạn" in text_of(log_in(commune_clerk), f"/chuong-trinh/{programme.pk}/")

    def test_neither_side_of_it_is_offered_to_others(self, task: Task, commune_clerk: Person, log_in: LogIn) -> None:
        page = log_in(commune_clerk).get(self.address(task)).content.decode()
        assert 'id="xin-gia-han"' not in page
        assert 'id="gia-han"' not in page
        assert self.posted(task, log_in(commune_clerk), happened_on="9/9", new_due_on="20/9").status_code in {403, 422}
        assert not TaskEvent.objects.exists()

    def test_both_latenesses_are_told(
        self, task: Task, ask: Ask, settle: Callable[..., TaskEvent], colleague: Person, actor_for: ActorFor, log_in: LogIn
    ) -> None:
        settle(ask(task), on=LAST)
        client = log_in(colleague)
        page = text_of(client, self.address(task))
        assert "hạn cuối Thứ Ba, 09/9/2025" in page
        assert "Gia hạn đến Thứ Bảy, 20/9/2025" in page
        assert "còn 8 ngày; trễ 3 ngày so với hạn đầu" in page
        board = text_of(client, f"/chuong-trinh/{task.programme_id}/")
        assert "gia hạn đến 20/9, còn 8 ngày; trễ 3 ngày so với hạn đầu" in board
        services.deliver(
            actor=actor_for(colleague), task=task, at=NOON, happened_on=TODAY, product_code="1/BC-SNV", product_date=TODAY
        )
        done = "xong 12/9, đúng hạn đã gia hạn; trễ 3 ngày so với hạn đầu"
        assert done in text_of(client, self.address(task))
        assert done in text_of(client, f"/chuong-trinh/{task.programme_id}/")
        file = client.get(f"/chuong-trinh/{task.programme_id}/?xuat=csv")
        told = first_row(file)
        assert (told["Hạn đầu"], told["Hạn cuối"], told["Trễ so với hạn đầu (ngày)"]) == ("2025-09-09", "2025-09-20", "3")

    def test_on_a_day_before_the_decision_the_board_shows_what_was_known(
        self, task: Task, ask: Ask, settle: Callable[..., TaskEvent], colleague: Person, log_in: LogIn
    ) -> None:
        settle(ask(task))
        page = text_of(log_in(colleague), f"/chuong-trinh/{task.programme_id}/?ngay=11/9/2025")
        assert "Quá hạn 2 ngày" in page
        assert "Xin gia hạn đến 20/9" in page
        assert "Đã gia hạn" not in page


class TestOneRequest:
    def test_the_facts_stand_beside_the_decision(self, task: Task, ask: Ask, owner: Person, log_in: LogIn) -> None:
        asked = ask(task, on=TODAY, late_explanation="Cán bộ nghỉ ốm", subjective="Chậm phân công", percent=40)
        page = text_of(log_in(owner), page_of(asked))
        for words in (
            "Đề nghị gia hạn của Sở Nội vụ", "Hạn đầu Thứ Ba, 09/9/2025", "quá hạn 3 ngày", "Thứ Bảy, 20/9/2025", "sau hạn cuối",
            "Mưa lũ kéo dài", "Chậm phân công", "Cán bộ nghỉ ốm", "40%", "Đã có dự thảo", "Đồng ý gia hạn", "Không đồng ý",
        ):  # fmt: skip
            assert words in page
        assert "Rút đề nghị" not in page

    def test_the_giver_grants(self, task: Task, ask: Ask, owner: Person, log_in: LogIn) -> None:
        asked = ask(task)
        client = log_in(owner)
        sent = {
            "happened_on": "12/9",
            "new_due_on": "18/9",
            "note": "Kịp kỳ họp",
            "product_code": "5/SYT",
            "product_date": "12/9",
        }
        response = client.post(f"{page_of(asked)}dong-y/", {f"dong-y-{name}": value for name, value in sent.items()})
        assert response.status_code == 302
        task.refresh_from_db()
        assert task.last_ok_on == date(2025, 9, 18)
        page = text_of(client, page_of(asked))
        assert "Hạn mới Thứ Năm, 18/9/2025" in page
        assert "Kịp kỳ họp" in page
        assert "Đồng ý gia hạn" not in page

    def test_what_is_missing_is_said_and_what_was_typed_stays(self, task: Task, ask: Ask, owner: Person, log_in: LogIn) -> None:
        asked = ask(task)
        response = log_in(owner).post(
            f"{page_of(asked)}khong-dong-y/", {"khong-dong-y-happened_on": "12/9", "khong-dong-y-reason": "Còn đủ thời gian"}
        )
        assert response.status_code == 422
        assert "Còn đủ thời gian" in response.content.decode()
        assert TaskEvent.objects.get() == asked

    def test_the_second_who_decides_is_told(
        self, task: Task, ask: Ask, settle: Callable[..., TaskEvent], owner: Person, log_in: LogIn
    ) -> None:
        asked = ask(task)
        settle(asked)
        sent = {"happened_on": "12/9", "reason_code": "feasible", "reason": "Còn đủ thời gian"}
        response = log_in(owner).post(
            f"{page_of(asked)}khong-dong-y/", {f"khong-dong-y-{name}": value for name, value in sent.items()}
        )
        page = response.content.decode()
        assert response.status_code == 422
        assert "không còn chờ quyết định" in page
        assert "Còn đủ thời gian" in page

    def test_owner_colleague_stranger(
        self, task: Task, ask: Ask, owner: Person, colleague: Person, commune_clerk: Person, stranger: Person, log_in: LogIn
    ) -> None:
        asked = ask(task)
        sent = {"dong-y-happened_on": "12/9", "dong-y-new_due_on": "20/9"}
        for person, read, decide in ((commune_clerk, 200, 403), (colleague, 200, 403), (stranger, 404, 404)):
            client = log_in(person)
            assert client.get(page_of(asked)).status_code == read
            assert client.post(f"{page_of(asked)}dong-y/", sent).status_code == decide
        assert log_in(owner).post(f"{page_of(asked)}khong-co/", sent).status_code == 404
        assert log_in(commune_clerk).post(f"{page_of(asked)}rut/", {"rut-happened_on": "12/9"}).status_code == 403
        assert log_in(colleague).post(f"{page_of(asked)}rut/", {"rut-happened_on": "12/9"}).status_code == 302
        assert "Đã rút" in text_of(log_in(owner), page_of(asked))

    def test_a_request_of_another_task_is_not_found_here(
        self, task: Task, ask: Ask, programme: Programme, owner: Person, log_in: LogIn
    ) -> None:
        asked, other = ask(task), add_task(programme)
        address = f"/chuong-trinh/{programme.pk}/nhiem-vu/{other.pk}/gia-han/{asked.pk}/"
        assert log_in(owner).get(address).status_code == 404


class TestThePaper:
    def test_an_open_request_as_a_letter_of_the_unit(
        self, task: Task, ask: Ask, settle: Callable[..., TaskEvent], colleague: Person, stranger: Person, log_in: LogIn
    ) -> None:
        asked = ask(task, on=TODAY, late_explanation="Cán bộ nghỉ ốm.", subjective="Chậm phân công", percent=40)
        client, address = log_in(colleague), f"{page_of(asked)}van-ban.docx"
        assert address in client.get(page_of(asked)).content.decode()
        words = _paragraphs(client.get(address).content)
        for part in (
            "SỞ NỘI VỤ", "V/v đề nghị gia hạn thời gian thực hiện nhiệm vụ", "Sở Y tế", "hạn cuối ngày 09/9/2025",
            "đạt khoảng 40%, kết quả thực hiện: Đã có dự thảo.", "- Khách quan: Mưa lũ kéo dài.", "- Chủ quan: Chậm phân công.",
            "giải trình: Cán bộ nghỉ ốm.", "đến hết ngày 20/9/2025.",
        ):  # fmt: skip
            assert part in words, part
        assert log_in(stranger).get(address).status_code == 404
        settle(asked)
        assert client.get(address).status_code == 404, "decided: there is nothing to ask for"

    def test_the_leading_units_own_goes_to_the_peoples_committee(
        self, programme: Programme, department: Unit, ask: Ask, owner: Person, actor_for: ActorFor, log_in: LogIn
    ) -> None:
        own = add_task(programme, lead=department, deadline=by("2025-09-10"))
        asked = ask(own, actor=actor_for(owner))
        assert "Ủy ban nhân dân tỉnh Minh Họa" in _paragraphs(log_in(owner).get(f"{page_of(asked)}van-ban.docx").content)


def _paragraphs(content: bytes) -> str:
    """All text of a .docx, tables too."""
    word = Document(BytesIO(content))
    cells = [paragraph for table in word.tables for cell in table._cells for paragraph in cell.paragraphs]
    return "\n".join(paragraph.text for paragraph in [*cells, *word.paragraphs])


class TestLists:
    def test_what_waits_stands_first_by_its_day_and_the_choices_count(
        self,
        programme: Programme,
        other_department: Unit,
        ask: Ask,
        settle: Callable[..., TaskEvent],
        owner: Person,
        log_in: LogIn,
    ) -> None:
        tasks = [add_task(programme, f"Việc {day}", lead=other_department, deadline=by(f"2025-09-{day}")) for day in (19, 16, 13)]
        settle(ask(tasks[0]), until=date(2025, 9, 30))
        for task in tasks[1:]:
            ask(task)
        client = log_in(owner)
        address = f"/chuong-trinh/{programme.pk}/gia-han/"
        assert address in client.get(f"/chuong-trinh/{programme.pk}/").content.decode()
        page = text_of(client, address)
        assert "Chờ quyết định 2 Chờ tôi quyết định 2 Đã quyết định 1 Tất cả 3" in page
        assert page.index("Việc 13") < page.index("Việc 16")
        assert "Việc 19" not in page
        decided = text_of(client, f"{address}?loai=da-quyet-dinh")
        assert "Việc 19" in decided
        assert "đến 30/9/2025" in decided
        assert text_of(client, f"{address}?loai=khong-co") == page

    def test_an_empty_list_says_what_to_do(self, programme: Programme, owner: Person, log_in: LogIn) -> None:
        page = text_of(log_in(owner), f"/chuong-trinh/{programme.pk}/gia-han/")
        assert "Không có đề nghị gia hạn nào chờ quyết định. Đơn vị đề nghị gia hạn ở trang nhiệm vụ." in page
        assert "Chưa có đề nghị gia hạn nào" in text_of(log_in(owner), "/chuong-trinh/gia-han/?loai=tat-ca")

    def test_across_programmes_each_sees_their_own_and_the_office_all(
        self, task: Task, ask: Ask, everyone: Any, office_specialist: Person, commune_clerk: Person, log_in: LogIn
    ) -> None:
        ask(task)
        shown = {"Rà soát bể bơi": (everyone.owner, everyone.colleague, everyone.administrator, office_specialist)}
        for person in shown["Rà soát bể bơi"]:
            assert "Rà soát bể bơi" in text_of(log_in(person), "/chuong-trinh/gia-han/")
        for person in (commune_clerk, everyone.stranger, everyone.strange_administrator):
            assert "Rà soát bể bơi" not in text_of(log_in(person), "/chuong-trinh/gia-han/")
        assert log_in(everyone.stranger).get(f"/chuong-trinh/{task.programme_id}/gia-han/").status_code == 404
        assert "/chuong-trinh/gia-han/" in log_in(office_specialist).get("/chuong-trinh/").content.decode()

    def test_it_is_taken_away_as_a_file(self, task: Task, ask: Ask, owner: Person, log_in: LogIn) -> None:
        ask(task, subjective="Chậm phân công")
        file = log_in(owner).get(f"/chuong-trinh/{task.programme_id}/gia-han/?xuat=csv")
        told = first_row(file)
        assert told["Đơn vị đề nghị"] == "Sở Nội vụ"
        assert (told["Hạn đầu"], told["Đề nghị đến"], told["Tình trạng"]) == ("2025-09-09", "2025-09-20", "Chờ quyết định")
        assert (told["Nguyên nhân khách quan"], told["Nguyên nhân chủ quan"]) == ("Mưa lũ kéo dài", "Chậm phân công")

    def test_the_number_of_queries_is_the_same_for_one_row_and_three(
        self, programme: Programme, other_department: Unit, ask: Ask, owner: Person, log_in: LogIn
    ) -> None:
        client = log_in(owner)
        address = f"/chuong-trinh/{programme.pk}/gia-han/"
        counts = []
        for number in range(3):
            ask(add_task(programme, f"Việc {number}", lead=other_department, deadline=by("2025-09-10")))
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            counts.append(len(queries))
        assert counts[0] == counts[2] == 8

    def test_a_day_of_grace_is_none(self, task: Task, ask: Ask, owner: Person, log_in: LogIn) -> None:
        """Asked the day after the last good day: it says so in the list."""
        ask(task, on=LAST + timedelta(days=1), late_explanation="Cán bộ nghỉ ốm")
        assert "đề nghị 10/9/2025, sau hạn" in text_of(log_in(owner), f"/chuong-trinh/{task.programme_id}/gia-han/")
