"""The page of a task."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from dondoc.files.models import StoredFile
from dondoc.programmes.models import Part, Programme, Task
from dondoc.units.models import Person, Unit
from dondoc.units.rules import Actor
from tests.dondoc.factories.programmes import add_lead, add_task, by
from tests.dondoc.factories.units import GroupFactory
from tests.dondoc.programmes.answers import body, said

LogIn = Callable[[Person], Client]
ActorFor = Callable[..., Actor]
UNIT_ACTS = {"tiep-nhan", "tien-do", "bao-xong", "xin-gia-han"}
GIVER_ACTS = {"xac-nhan", "gia-han", "tam-dung", "dung", "loai"}
pytestmark = pytest.mark.usefixtures("frozen_day")


class TestTask:
    def url(self, made: Task, *more: object) -> str:
        names = {0: "programmes:task", 1: "programmes:act"}
        return reverse(names[len(more)], args=[made.programme_id, made.pk, *more])

    @pytest.fixture
    def made(self, programme: Programme, other_department: Unit) -> Task:
        return add_task(programme, "Rà soát bể bơi", lead=other_department, deadline=by("2025-09-10", "trước ngày 10/9/2025"))

    def test_it_quotes_the_paragraph_and_leads_to_it(self, opened: Programme, owner: Person, log_in: LogIn) -> None:
        made = opened.tasks.get(section="III.2.c")
        html = body(log_in(owner).get(self.url(made)))
        assert "<mark>Tổng hợp, xây dựng dự thảo báo cáo tổng kết của tỉnh</mark>" in html
        assert '<p class="near">Các sở, ngành liên quan, UBND các xã, phường xây dựng báo cáo tổng kết' in html
        assert f"?muc={made.item.key}" in html

    def test_the_deadline_in_words_with_its_last_good_day(self, made: Task, owner: Person, log_in: LogIn) -> None:
        html = body(log_in(owner).get(self.url(made)))
        assert "trước ngày 10/9/2025, hạn cuối Thứ Ba, 09/9/2025" in html
        assert "Quá hạn 3 ngày" in html

    def test_it_names_the_other_places_of_the_same_debt(self, opened: Programme, owner: Person, log_in: LogIn) -> None:
        html = body(log_in(owner).get(self.url(opened.tasks.get(position=4))))
        assert "Cùng một nghĩa vụ" in html
        assert "mục III.2.b: " in html

    @pytest.mark.parametrize(
        ("who", "acts"),
        [
            ("colleague", UNIT_ACTS | {"giao-nguoi", "khong-nhan"}),
            ("owner", UNIT_ACTS | GIVER_ACTS),
            ("office_specialist", UNIT_ACTS | GIVER_ACTS),
            ("department_clerk", set()),
            ("commune_clerk", set()),
        ],
    )
    def test_each_sees_what_they_may_do(
        self, who: str, acts: set[str], made: Task, request: pytest.FixtureRequest, log_in: LogIn
    ) -> None:
        html = body(log_in(request.getfixturevalue(who)).get(self.url(made)))
        assert set(re.findall(r'<details class="act" id="([a-z-]+)"', html)) == acts

    @pytest.mark.parametrize(("who", "status"), [("department_clerk", 403), ("commune_clerk", 403), ("stranger", 404)])
    def test_others_are_refused(self, who: str, status: int, made: Task, request: pytest.FixtureRequest, log_in: LogIn) -> None:
        client = log_in(request.getfixturevalue(who))
        facts = {"tien-do-happened_on": "12/9/2025", "tien-do-note": "x"}
        assert client.post(self.url(made, "tien-do"), facts).status_code == status
        assert not made.events.exists()

    def test_progress_with_a_day_without_its_year(self, made: Task, colleague: Person, log_in: LogIn) -> None:
        facts = {"tien-do-happened_on": "9/9", "tien-do-note": "Đã có dự thảo", "tien-do-percent": "40"}
        response = log_in(colleague).post(self.url(made, "tien-do"), facts)
        assert response["Location"] == f"{self.url(made)}#"
        assert said(response) == ["Đã ghi tiến độ"]
        made.refresh_from_db()
        assert (made.reported_on, made.progress_percent) == (date(2025, 9, 9), 40)
        assert "Đã có dự thảo" in body(log_in(colleague).get(self.url(made)))

    def test_a_refusal_stands_in_the_form_that_stays_open(self, made: Task, colleague: Person, log_in: LogIn) -> None:
        facts = {"tien-do-happened_on": "13/9/2025", "tien-do-note": "x"}
        response = log_in(colleague).post(self.url(made, "tien-do"), facts)
        html = body(response)
        assert response.status_code == 422
        assert "Ngày 13/9/2025 chưa đến" in html
        assert '<details class="act" id="tien-do" open>' in html

    def test_what_is_missing_is_said_in_the_words_of_the_field(self, made: Task, owner: Person, log_in: LogIn) -> None:
        html = body(log_in(owner).post(self.url(made, "gia-han"), {}))
        for sentence in ("Ghi lý do.", "Chọn loại lý do.", "Ghi hạn cuối mới.", "Ghi ngày quyết định."):
            assert sentence in html

    def test_evidence_is_kept_and_handed_out_within_the_province(
        self, made: Task, colleague: Person, commune_clerk: Person, stranger: Person, log_in: LogIn, tmp_path: Any,
        settings: Any,
    ) -> None:  # fmt: skip
        settings.MEDIA_ROOT = tmp_path
        upload = SimpleUploadedFile("bien-ban.pdf", b"%PDF-1.4 bien ban")
        facts = {"bao-xong-happened_on": "12/9/2025", "bao-xong-note": "Đã xong", "bao-xong-evidence": upload}
        log_in(colleague).post(self.url(made, "bao-xong"), facts)
        event = made.events.get()
        url = reverse("programmes:evidence", args=[made.programme_id, made.pk, event.pk])
        response = log_in(commune_clerk).get(url)
        assert b"".join(response.streaming_content) == b"%PDF-1.4 bien ban"
        assert log_in(stranger).get(url).status_code == 404

    def test_evidence_of_a_refused_delivery_is_not_kept(
        self, made: Task, colleague: Person, log_in: LogIn, tmp_path: Any, settings: Any
    ) -> None:
        settings.MEDIA_ROOT = tmp_path
        upload = SimpleUploadedFile("bien-ban.pdf", b"%PDF-1.4 bien ban")
        facts = {"bao-xong-happened_on": "30/9/2025", "bao-xong-note": "x", "bao-xong-evidence": upload}
        assert log_in(colleague).post(self.url(made, "bao-xong"), facts).status_code == 422
        assert not StoredFile.objects.exists()
        assert not [path for path in tmp_path.rglob("*") if path.is_file()]

    def test_a_commune_reports_its_part(
        self, opened: Programme, communes: list[Unit], commune_clerk: Person, owner: Person, log_in: LogIn
    ) -> None:
        made = opened.tasks.get(section="III.2.b")
        part = Part.objects.get(assignment__task=made, unit=communes[0])
        client = log_in(commune_clerk)
        html = body(client.get(self.url(made)))
        assert set(re.findall(r'<option value="(\d+)"[^>]*>xã An Bình', html)) == {str(part.pk)}
        facts = {"bao-xong-part": part.pk, "bao-xong-happened_on": "12/9/2025", "bao-xong-note": "Đã gửi"}
        client.post(self.url(made, "bao-xong"), facts)
        part.refresh_from_db()
        assert part.stage == "delivered"
        assert "Chờ xác nhận" in body(log_in(owner).get(self.url(made)))

    def test_a_commune_does_not_report_anothers_part(
        self, opened: Programme, communes: list[Unit], commune_clerk: Person, log_in: LogIn
    ) -> None:
        made = opened.tasks.get(section="III.2.b")
        other = Part.objects.get(assignment__task=made, unit=communes[1])
        facts = {"bao-xong-part": other.pk, "bao-xong-happened_on": "12/9/2025", "bao-xong-note": "x"}
        assert log_in(commune_clerk).post(self.url(made, "bao-xong"), facts).status_code == 422
        other.refresh_from_db()
        assert other.stage == ""

    def test_the_giver_ties_a_name_to_a_unit(self, programme: Programme, department: Unit, owner: Person, log_in: LogIn) -> None:
        made = add_task(programme, lead="Sở Y tê")
        lead = made.assignments.get()
        url = reverse("programmes:set_unit", args=[programme.pk, made.pk, lead.pk])
        log_in(owner).post(url, {"bearer": f"u{department.pk}"})
        lead.refresh_from_db()
        assert (lead.unit, lead.name) == (department, "Sở Y tê")

    def test_the_giver_names_who_answers(
        self, made: Task, department: Unit, owner: Person, colleague: Person, log_in: LogIn
    ) -> None:
        second = add_lead(made, department)
        assert "chưa giao cơ quan nào" in body(log_in(owner).get(self.url(made)))
        url = reverse("programmes:name_answerer", args=[made.programme_id, made.pk, second.pk])
        assert log_in(colleague).post(url).status_code == 403
        log_in(owner).post(url)
        second.refresh_from_db()
        assert second.answers
        assert "chưa giao cơ quan nào" not in body(log_in(owner).get(self.url(made)))

    def test_the_giver_chooses_the_units_of_an_open_group(
        self, programme: Programme, communes: list[Unit], foreign_department: Unit, owner: Person, log_in: LogIn
    ) -> None:
        group = GroupFactory(name="Các địa phương liên quan", province=programme.province, rule="open")
        made = add_task(programme, lead=group)
        lead = made.assignments.get()
        url = reverse("programmes:choose_parts", args=[programme.pk, made.pk, lead.pk])
        client = log_in(owner)
        client.post(url, {"units": [communes[0].pk, communes[1].pk]})
        assert {part.unit for part in lead.parts.all()} == set(communes[:2])
        client.post(url, {"units": [foreign_department.pk]})
        assert lead.parts.count() == 2
