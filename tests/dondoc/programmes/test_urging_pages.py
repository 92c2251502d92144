"""The pages of letters that urge: where they are reached, who may open them, what they hand out."""

import io
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document
from openpyxl import load_workbook

from dondoc.documents.enums import Visibility
from dondoc.programmes.models import Programme, Task, UrgingLetter
from dondoc.programmes.services.urging import urge
from dondoc.units.models import Person, Unit, UnitGroup
from tests.dondoc.factories.common import NOON, TODAY
from tests.dondoc.factories.programmes import add_task, by

LogIn = Callable[[Person], Client]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen_day")]
LETTERS = "/chuong-trinh/cong-van-don-doc/"
COMPOSE = f"{LETTERS}soan/"


@pytest.fixture(autouse=True)
def _files_of_the_test(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


def due(days: int) -> dict[str, Any]:
    return by((TODAY + timedelta(days=days)).isoformat(), f"hạn {days}", exclusive=False)


@pytest.fixture
def late(programme: Programme, other_department: Unit) -> Task:
    return add_task(programme, "Rà soát bể bơi", lead=other_department, deadline=due(-3), section="III.2.b")


@pytest.fixture
def shared(programme: Programme, all_communes: UnitGroup, communes: list[Unit]) -> Task:
    return add_task(programme, "Gửi báo cáo tổng kết", lead=all_communes, members=communes, deadline=due(-5))


@pytest.fixture
def letter(late: Task, owner: Person, actor_for: Any) -> UrgingLetter:
    return urge(actor=actor_for(owner), at=NOON, task=late)


def text_of(client: Client, address: str, status: int = 200, **asked: Any) -> str:
    response = client.get(address, asked)
    assert response.status_code == status, address
    return response.content.decode()


def file_of(client: Client, address: str) -> Any:
    response = client.get(address)
    assert response.status_code == 200
    assert "attachment" in response["Content-Disposition"]
    return Document(io.BytesIO(b"".join(response)))


class TestOneClick:
    def test_on_the_page_of_a_late_task(self, late: Task, owner: Person, other_department: Unit, log_in: LogIn) -> None:
        client = log_in(owner)
        page = text_of(client, reverse("programmes:task", args=[late.programme_id, late.pk]))
        assert f'<input type="hidden" name="don-vi" value="{other_department.pk}">' in page
        response = client.post(COMPOSE, {"don-vi": other_department.pk})
        made = UrgingLetter.objects.get()
        assert response.status_code == 302
        assert response["Location"] == reverse("programmes:letter_file", args=[made.pk])
        assert "Sở Nội vụ" in file_of(client, response["Location"]).paragraphs[0].text
        page = text_of(client, reverse("programmes:task", args=[late.programme_id, late.pk]))
        assert reverse("programmes:letter_file", args=[made.pk]) in page

    def test_pressed_twice_it_is_the_same(self, late: Task, owner: Person, log_in: LogIn) -> None:
        client = log_in(owner)
        places = {client.post(COMPOSE, {"nhiem-vu": late.pk})["Location"] for _ in range(2)}
        assert len(places) == 1
        assert UrgingLetter.objects.count() == 1

    def test_a_task_in_time_offers_none(self, programme: Programme, department: Unit, owner: Person, log_in: LogIn) -> None:
        task = add_task(programme, "còn hạn", lead=department, deadline=due(0))
        assert "Soạn công văn đôn đốc" not in text_of(log_in(owner), reverse("programmes:task", args=[programme.pk, task.pk]))

    def test_on_the_board_for_the_missing_of_a_group(self, shared: Task, owner: Person, colleague: Person, log_in: LogIn) -> None:
        board = reverse("programmes:board", args=[shared.programme_id])
        assert f"{COMPOSE}?nhiem-vu={shared.pk}" in text_of(log_in(owner), board)
        assert f"{LETTERS}?chuong-trinh={shared.programme_id}" in text_of(log_in(owner), board)
        assert COMPOSE not in text_of(log_in(colleague), board)

    def test_on_the_page_of_a_unit(
        self, late: Task, other_department: Unit, owner: Person, colleague: Person, stranger: Person, log_in: LogIn
    ) -> None:
        address = reverse("units:detail", args=[other_department.pk])
        page = text_of(log_in(owner), address)
        assert f"{COMPOSE}?don-vi={other_department.pk}" in page
        assert "quá hạn 3 ngày" in page
        assert COMPOSE not in text_of(log_in(colleague), address)
        assert log_in(stranger).get(address).status_code == 404

    def test_a_unit_that_owes_nothing_shows_nothing(self, late: Task, department: Unit, owner: Person, log_in: LogIn) -> None:
        assert "Nhiệm vụ quá hạn" not in text_of(log_in(owner), reverse("units:detail", args=[department.pk]))


class TestCompose:
    def test_it_shows_what_the_letter_would_say(self, shared: Task, late: Task, owner: Person, log_in: LogIn) -> None:
        page = text_of(log_in(owner), COMPOSE, **{"nhiem-vu": shared.pk})
        assert "Ủy ban nhân dân các xã: An Bình, Suối Trong" in page
        assert 'value="19/9/2025"' in page
        assert "Rà soát bể bơi" not in page

    def test_another_day_is_taken_and_a_wrong_one_refused_at_its_field(self, late: Task, owner: Person, log_in: LogIn) -> None:
        client = log_in(owner)
        wrong = client.post(COMPOSE, {"nhiem-vu": late.pk, "report_by": "12/9/2025"})
        assert wrong.status_code == 422
        assert "không sau hôm nay" in wrong.content.decode()
        assert client.post(COMPOSE, {"nhiem-vu": late.pk, "report_by": "abc"}).status_code == 422
        client.post(COMPOSE, {"nhiem-vu": late.pk, "report_by": "15/9"})
        assert f"{UrgingLetter.objects.get().report_by:%d/%m/%Y}" == "15/09/2025"

    @pytest.mark.parametrize("asked", [{}, {"don-vi": "x"}, {"don-vi": "999999"}])
    def test_nothing_to_urge_is_said(self, late: Task, owner: Person, log_in: LogIn, asked: dict[str, str]) -> None:
        assert "Không còn nhiệm vụ quá hạn nào" in text_of(log_in(owner), COMPOSE, **asked)
        assert log_in(owner).post(COMPOSE, asked).status_code == 422

    def test_a_task_that_is_none(self, late: Task, owner: Person, log_in: LogIn) -> None:
        assert [log_in(owner).get(COMPOSE, {"nhiem-vu": one}).status_code for one in ("x", "999999")] == [404, 404]

    @pytest.mark.parametrize(("who", "status"), [("owner", 200), ("office_specialist", 200), ("colleague", 403), ("department_clerk", 403), ("stranger", 404)])  # fmt: skip
    def test_owner_colleague_and_stranger(
        self, who: str, status: int, late: Task, log_in: LogIn, request: pytest.FixtureRequest
    ) -> None:
        client = log_in(request.getfixturevalue(who))
        page = text_of(client, COMPOSE, status, **{"nhiem-vu": late.pk})
        made = client.post(COMPOSE, {"nhiem-vu": late.pk})
        assert made.status_code == (302 if status == 200 else status)
        if status == 403:
            assert "được soạn công văn đôn đốc" in page

    def test_a_restricted_programme_is_not_told_of(self, late: Task, colleague: Person, log_in: LogIn) -> None:
        Programme.objects.filter(pk=late.programme_id).update(visibility=Visibility.RESTRICTED)
        assert log_in(colleague).get(COMPOSE, {"nhiem-vu": late.pk}).status_code == 404


class TestList:
    def test_empty_says_where_to_begin(self, programme: Programme, owner: Person, colleague: Person, log_in: LogIn) -> None:
        assert "Mở một nhiệm vụ quá hạn" in text_of(log_in(owner), LETTERS)
        assert "Cơ quan chủ trì chương trình và Văn phòng" in text_of(log_in(colleague), LETTERS)

    def test_owner_colleague_and_stranger(
        self, letter: UrgingLetter, owner: Person, colleague: Person, office_specialist: Person, stranger: Person, log_in: LogIn
    ) -> None:
        address = reverse("programmes:letter_file", args=[letter.pk])
        for one in (owner, office_specialist):
            assert address in text_of(log_in(one), LETTERS)
            file_of(log_in(one), address)
        for one in (colleague, stranger):
            assert address not in text_of(log_in(one), LETTERS)
            assert log_in(one).get(address).status_code == 404

    def test_of_one_programme(
        self, letter: UrgingLetter, programme: Programme, owner: Person, stranger: Person, log_in: LogIn
    ) -> None:
        assert "1 công văn đã soạn" in text_of(log_in(owner), LETTERS, **{"chuong-trinh": programme.pk})
        assert log_in(stranger).get(LETTERS, {"chuong-trinh": programme.pk}).status_code == 404

    def test_it_is_exported(self, letter: UrgingLetter, owner: Person, log_in: LogIn) -> None:
        response = log_in(owner).get(LETTERS, {"xuat": "xlsx"})
        sheet = load_workbook(io.BytesIO(b"".join(response))).worksheets[0]
        assert [cell.value for cell in sheet[2]][1:3] == ["Sở Nội vụ", 1]

    @pytest.mark.parametrize("count", [1, 3])
    def test_the_queries_do_not_grow(
        self,
        count: int,
        programme: Programme,
        late: Task,
        owner: Person,
        actor_for: Any,
        log_in: LogIn,
        django_assert_num_queries: Any,
    ) -> None:
        for days in range(count):
            urge(actor=actor_for(owner, TODAY + timedelta(days=days)), at=NOON, task=late)
        client = log_in(owner)
        client.get(LETTERS)
        with django_assert_num_queries(7):
            assert f"{count} công văn đã soạn" in text_of(client, LETTERS)


@pytest.mark.parametrize("address", [LETTERS, COMPOSE, f"{LETTERS}1/tep/"])
def test_a_visitor_is_asked_to_log_in(client: Client, address: str) -> None:
    assert client.get(address).status_code == 302
