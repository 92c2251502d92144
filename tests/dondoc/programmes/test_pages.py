"""The pages around the board: list, opening, task, documents, duties, targets."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from django.urls import reverse

from dondoc.common import slots
from dondoc.documents.enums import DocumentState, ItemState
from dondoc.documents.models import Document
from dondoc.files.models import StoredFile
from dondoc.programmes import services
from dondoc.programmes.models import Duty, Part, Programme, TargetVersion, Task
from dondoc.units.models import Person, Unit, UnitGroup
from dondoc.units.rules import Actor
from tests.dondoc.factories.common import NOON, TODAY
from tests.dondoc.factories.programmes import add_items, add_lead, add_task, by, plan, programme_of, task
from tests.dondoc.factories.units import GroupFactory

LogIn = Callable[[Person], Client]
ActorFor = Callable[..., Actor]
pytestmark = pytest.mark.usefixtures("frozen_day")


def body(response: Any) -> str:
    assert response.status_code in {200, 422}, response.status_code
    return str(response.content.decode())


def said(response: Any) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


@pytest.fixture
def opened(review_plan: Document, owner: Person, actor_for: ActorFor) -> Programme:
    return services.open_programme(actor_for(owner), review_plan, at=NOON)


class TestList:
    def test_each_programme_has_its_figures_and_its_light(self, programme: Programme, owner: Person, log_in: LogIn) -> None:
        add_task(programme, deadline=by("2025-09-10"))
        html = body(log_in(owner).get(reverse("programmes:list")))
        assert reverse("programmes:board", args=[programme.pk]) in html
        assert "<b>1</b> nhiệm vụ" in html
        assert "<b>1</b> quá hạn" in html
        assert "Chậm" in html
        assert "Cơ quan chủ trì: Sở Y tế" in html

    def test_an_empty_list_says_where_programmes_come_from(self, colleague: Person, log_in: LogIn) -> None:
        assert "Mở chương trình từ một văn bản" in body(log_in(colleague).get(reverse("programmes:list")))

    @pytest.mark.parametrize("count", [1, 3])
    def test_the_number_of_queries_is_the_same(
        self, count: int, department: Unit, owner: Person, log_in: LogIn,
        django_assert_num_queries: Callable[..., object],
    ) -> None:  # fmt: skip
        for number in range(count):
            add_task(programme_of(plan(department, owner, code=f"{number}/KH-UBND"), owner), deadline=by("2025-09-10"))
        client = log_in(owner)
        with django_assert_num_queries(7):  # type: ignore[attr-defined]
            client.get(reverse("programmes:list"))


class TestOpening:
    def test_the_page_says_what_is_taken_what_is_unseen_and_who_is_not_known(
        self, review_plan: Document, owner: Person, log_in: LogIn
    ) -> None:
        add_items(review_plan, review_plan.readings.get(), [task("Việc chưa xem")], state=ItemState.PROPOSED)
        html = body(log_in(owner).get(reverse("programmes:open", args=[review_plan.pk])))
        assert "<b>4</b>nhiệm vụ đã xác nhận" in html
        assert "Còn 1 mục của văn bản chưa ai xem" in html
        assert "Ban Chỉ đạo tỉnh" in html
        assert html.count('name="links"') == 3

    def test_it_opens_with_the_links_that_stay_checked(
        self, review_plan: Document, owner: Person, department: Unit, log_in: LogIn
    ) -> None:
        url = reverse("programmes:open", args=[review_plan.pk])
        client = log_in(owner)
        keys = re.findall(r'name="links" value="([^"]+)"', body(client.get(url)))
        response = client.post(url, {"title": "Tên gọn", "lead_unit": department.pk, "links": keys[:1]})
        programme = Programme.objects.get()
        assert response["Location"] == reverse("programmes:board", args=[programme.pk])
        assert programme.title == "Tên gọn"
        assert programme.obligations.count() == 1

    def test_errors_stand_at_their_fields(self, review_plan: Document, owner: Person, log_in: LogIn) -> None:
        response = log_in(owner).post(reverse("programmes:open", args=[review_plan.pk]), {"title": ""})
        assert response.status_code == 422
        assert 'aria-invalid="true"' in body(response)
        assert not Programme.objects.exists()

    def test_an_open_one_leads_to_its_board(self, opened: Programme, review_plan: Document, owner: Person, log_in: LogIn) -> None:
        response = log_in(owner).get(reverse("programmes:open", args=[review_plan.pk]))
        assert response["Location"] == reverse("programmes:board", args=[opened.pk])

    def test_nothing_confirmed_leads_back_to_the_document(self, document: Document, owner: Person, log_in: LogIn) -> None:
        assert "chưa mở được chương trình" in body(log_in(owner).get(reverse("programmes:open", args=[document.pk])))

    @pytest.mark.parametrize(
        ("who", "status"),
        [("owner", 200), ("office_specialist", 200), ("department_clerk", 403), ("colleague", 403), ("stranger", 404)],
    )
    def test_who_may_enter(
        self, who: str, status: int, review_plan: Document, request: pytest.FixtureRequest, log_in: LogIn
    ) -> None:
        client = log_in(request.getfixturevalue(who))
        url = reverse("programmes:open", args=[review_plan.pk])
        assert client.get(url).status_code == status
        if status != 200:
            assert client.post(url, {"title": "x"}).status_code == status
            assert not Programme.objects.exists()

    def test_the_documents_page_gets_its_button(
        self, review_plan: Document, owner: Person, colleague: Person, rf: RequestFactory, actor_for: ActorFor
    ) -> None:
        def button(person: Person) -> str:
            asked = rf.get("/")
            asked.user = person
            return "".join(slots.render("documents.actions", asked, review_plan))

        assert "Mở chương trình" in button(owner)
        assert button(colleague) == ""
        services.open_programme(actor_for(owner), review_plan, at=NOON)
        assert "Xem chương trình" in button(colleague)
        review_plan.state = DocumentState.READING
        assert "Xem chương trình" in button(owner)


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
            ("colleague", {"tien-do", "bao-xong"}),
            ("owner", {"tien-do", "bao-xong", "xac-nhan", "gia-han", "tam-dung", "dung"}),
            ("office_specialist", {"tien-do", "bao-xong", "xac-nhan", "gia-han", "tam-dung", "dung"}),
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
        assert response["Location"] == self.url(made)
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
        assert re.findall(r'<option value="(\d+)"[^>]*>xã An Bình', html) == [str(part.pk)] * 2
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


class TestPapers:
    def test_what_was_confirmed_since_is_added_from_here(
        self, department: Unit, owner: Person, colleague: Person, actor_for: ActorFor, log_in: LogIn
    ) -> None:
        document = plan(department, owner, [task("Việc thứ nhất")])
        programme = services.open_programme(actor_for(owner), document, at=NOON)
        add_items(document, document.readings.get(), [task("Việc thứ hai")])
        page, url = (
            reverse("programmes:papers", args=[programme.pk]),
            reverse("programmes:add_items", args=[programme.pk, programme.papers.get().pk]),
        )
        assert "Thêm mục vừa xác nhận" in body(log_in(owner).get(page))
        assert "Thêm mục vừa xác nhận" not in body(log_in(colleague).get(page))
        assert log_in(colleague).post(url).status_code == 403
        response = log_in(owner).post(url)
        assert said(response) == ["Đã thêm 1 nhiệm vụ, 0 chỉ tiêu, 0 báo cáo"]
        assert programme.tasks.count() == 2

    def join(self, programme: Programme, document: Document, client: Client, role: str) -> Any:
        facts = {"document": document.pk, "role": role, "effective_on": "10/9/2025"}
        return client.post(reverse("programmes:join", args=[programme.pk]), facts)

    def test_a_letter_adds_tasks(self, opened: Programme, department: Unit, owner: Person, log_in: LogIn) -> None:
        letter = plan(department, owner, [task("Việc giao thêm")], code="2310/UBND-VX", type="CV")
        self.join(opened, letter, log_in(owner), "letter")
        added = opened.tasks.get(text="Việc giao thêm")
        assert added.given_on == date(2025, 9, 10)
        assert added.position > 5
        assert opened.papers.count() == 2

    def test_a_replacement_ends_what_is_not_done_and_keeps_its_history(
        self, opened: Programme, department: Unit, owner: Person, actor_for: ActorFor, log_in: LogIn
    ) -> None:
        done = opened.tasks.get(section="III.2.c")
        services.accept(actor=actor_for(owner), task=done, at=NOON, happened_on=TODAY)
        newer = plan(department, owner, [task("Việc của kế hoạch mới")], code="300/KH-UBND")
        self.join(opened, newer, log_in(owner), "replacement")
        done.refresh_from_db()
        assert done.superseded_on is None
        assert opened.tasks.filter(superseded_on=date(2025, 9, 10)).count() == 3
        assert done.events.count() == 1
        html = body(log_in(owner).get(reverse("programmes:papers", args=[opened.pk])))
        assert "Nhiệm vụ đã được thay thế" in html

    def test_one_task_takes_the_place_of_another(self, opened: Programme, department: Unit, owner: Person, log_in: LogIn) -> None:
        amendment = plan(department, owner, [task("Nội dung sửa đổi")], code="301/KH-UBND")
        client = log_in(owner)
        self.join(opened, amendment, client, "amendment")
        newer, earlier = opened.tasks.get(text="Nội dung sửa đổi"), opened.tasks.get(section="III.2.c")
        facts = {"thay-task": newer.pk, "thay-earlier": earlier.pk, "thay-on": "11/9/2025"}
        client.post(reverse("programmes:supersede", args=[opened.pk]), facts)
        newer.refresh_from_db()
        earlier.refresh_from_db()
        assert (newer.supersedes, earlier.superseded_on) == (earlier, date(2025, 9, 11))
        assert "đã được thay thế" in body(client.get(reverse("programmes:task", args=[opened.pk, earlier.pk])))

    @pytest.mark.parametrize(("who", "status"), [("colleague", 403), ("stranger", 404)])
    def test_others_do_not_join_documents(
        self, who: str, status: int, opened: Programme, other_department: Unit, request: pytest.FixtureRequest,
        log_in: LogIn,
    ) -> None:  # fmt: skip
        person = request.getfixturevalue(who)
        letter = plan(other_department, person, [task("x")], code="1/CV")
        assert self.join(opened, letter, log_in(person), "letter").status_code == status
        assert opened.papers.count() == 1


class TestDuties:
    def page(self, programme: Programme) -> str:
        return reverse("programmes:duties", args=[programme.pk])

    def test_reporters_recipient_deadline_templates_and_links(self, opened: Programme, owner: Person, log_in: LogIn) -> None:
        html = body(log_in(owner).get(self.page(opened)))
        assert "theo Phụ lục 2, Phụ lục 2A" in html
        assert "hạn cuối 09/9/2025" in html
        assert "<b>0/3</b>" in html
        assert html.count("cùng nghĩa vụ với") == 3
        assert "chưa gắn với đơn vị" in html

    def test_links_are_taken_apart_and_made_here(
        self, opened: Programme, all_communes: UnitGroup, owner: Person, colleague: Person, log_in: LogIn
    ) -> None:
        duty = opened.duties.get(reporters__group=all_communes)
        client = log_in(owner)
        unlink, link = (reverse(f"programmes:{name}", args=[opened.pk, duty.pk]) for name in ("unlink", "link"))
        assert log_in(colleague).post(unlink).status_code == 403
        client.post(unlink)
        assert Duty.objects.get(pk=duty.pk).obligation is None

        shares = re.findall(r'name="shares" value="(\d+)"', body(client.get(self.page(opened))))
        assert len(shares) == 2
        assert log_in(colleague).post(link, {"shares": shares}).status_code == 403
        client.post(link, {"shares": shares})
        obligation = Duty.objects.get(pk=duty.pk).obligation
        assert obligation
        assert obligation.assignments.count() == 2

    def test_a_recurring_duty_says_its_next_day(
        self, opened: Programme, all_communes: UnitGroup, owner: Person, log_in: LogIn
    ) -> None:
        Duty.objects.update(due_on=None, last_ok_on=None, rrule="FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=30")
        assert "kỳ tới 30/11/2025" in body(log_in(owner).get(self.page(opened)))


class TestTargets:
    def test_value_unit_horizon_baseline_and_earlier_versions(self, opened: Programme, owner: Person, log_in: LogIn) -> None:
        held = opened.targets.get()
        TargetVersion.objects.create(target=held, effective_from=TODAY, comparator="range", value=55, value_high=60, measure="%")
        TargetVersion.objects.create(target=held, effective_from=TODAY + timedelta(days=1), comparator=">", value=99)
        html = body(log_in(owner).get(reverse("programmes:targets", args=[opened.pk])))
        assert "55 - 60%" in html
        assert "từ 07/8/2025: ít nhất 50%" in html
        assert "99" not in re.findall(r"<b class=\"nw\">([^<]*)</b>", html)
