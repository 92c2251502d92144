"""The pages around the board: list, opening, documents, duties, targets."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from dondoc.common import slots
from dondoc.documents.enums import DocumentState, ItemState
from dondoc.documents.models import Document
from dondoc.programmes import services
from dondoc.programmes.models import Duty, Programme, TargetVersion
from dondoc.units.models import Person, Unit, UnitGroup
from dondoc.units.rules import Actor
from tests.dondoc.factories.common import NOON, TODAY
from tests.dondoc.factories.programmes import add_items, add_task, by, plan, programme_of, task
from tests.dondoc.programmes.answers import body, said

LogIn = Callable[[Person], Client]
ActorFor = Callable[..., Actor]
pytestmark = pytest.mark.usefixtures("frozen_day")


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
        with django_assert_num_queries(8):  # type: ignore[attr-defined]
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
