"""The pages: a thread of its own, in a task's page, at an item of a document."""

from collections.abc import Callable
from datetime import timedelta
from html import escape

import pytest
from django.http import HttpResponse
from django.test import Client

from dondoc.comments.models import Comment
from dondoc.documents.models import Item
from dondoc.notices.models import Notice
from dondoc.programmes.models import Task
from dondoc.units.models import Person, Unit
from tests.dondoc.factories.common import NOON
from tests.dondoc.factories.units import person_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen_day")]
LogIn = Callable[[Person], Client]
HTMX = {"HX-Request": "true"}


def body(response: HttpResponse) -> str:
    return response.content.decode()


def task_page(task: Task) -> str:
    return f"/chuong-trinh/{task.programme_id}/nhiem-vu/{task.pk}/"


def thread(task: Task) -> str:
    return f"/trao-doi/task/{task.pk}/"


def comment_of(person: Person, task: Task, text: str = "Đề nghị bổ sung", **facts: object) -> Comment:
    usual = {"kind": "task", "key": task.pk, "within": f"programme-{task.programme_id}", "made_at": NOON}
    return Comment.objects.create(author=person, text=text, **(usual | facts))


class TestOnTheTaskPage:
    def test_an_empty_thread_says_how_to_begin(self, task: Task, owner: Person, log_in: LogIn) -> None:
        assert "Chưa có ý kiến nào. Gõ @ rồi họ tên" in body(log_in(owner).get(task_page(task)))

    def test_what_is_said_stands_there(self, task: Task, owner: Person, colleague: Person, log_in: LogIn) -> None:
        answer = log_in(colleague).post(thread(task), {"text": f"Nhờ @{owner.full_name} xem"})
        comment = Comment.objects.get()
        assert (answer.status_code, answer["Location"]) == (302, f"{task_page(task)}#y-kien-{comment.pk}")

        page = body(log_in(owner).get(task_page(task)))
        assert '<b class="at">@Nguyễn Thị Chủ</b>' in page
        assert "1 ý kiến" in page
        assert "Xóa ý kiến" not in page

    def test_what_people_type_is_text(self, task: Task, owner: Person, log_in: LogIn) -> None:
        attack = "<script>alert(1)</script><img src=x onerror=alert(2)> “{{ 7 }}” & @{1}"
        log_in(owner).post(thread(task), {"text": attack})
        page = body(log_in(owner).get(task_page(task)))
        assert escape(attack, quote=False) in page
        assert "<script>alert" not in page
        assert "<img src=x" not in page

    @pytest.mark.parametrize("count", [1, 3])
    def test_two_queries_whatever_was_said(
        self, count: int, task: Task, owner: Person, colleague: Person, log_in: LogIn,
        django_assert_max_num_queries: Callable[..., object],
    ) -> None:  # fmt: skip
        client = log_in(owner)
        client.get(task_page(task))
        for number in range(count):
            comment_of(colleague, task, f"Ý kiến {number}").people.add(owner)
        with django_assert_max_num_queries(40) as asked:  # type: ignore[attr-defined]
            client.get(task_page(task))
        assert sum("comments_comment" in query["sql"] for query in asked.captured_queries) == 2


class TestTheThread:
    def test_owner_colleague_stranger(
        self, task: Task, owner: Person, colleague: Person, stranger: Person, log_in: LogIn
    ) -> None:
        comment = comment_of(owner, task)
        assert log_in(owner).get(f"/trao-doi/y-kien/{comment.pk}/sua/").status_code == 200
        assert log_in(colleague).get(thread(task)).status_code == 200
        refused = log_in(colleague).get(f"/trao-doi/y-kien/{comment.pk}/sua/")
        assert refused.status_code == 403
        assert "Chỉ người viết được sửa hoặc xóa ý kiến của mình." in body(refused)
        assert log_in(colleague).post(f"/trao-doi/y-kien/{comment.pk}/xoa/").status_code == 403
        client = log_in(stranger)
        for address in (
            thread(task),
            f"{thread(task)}nguoi/",
            f"/trao-doi/y-kien/{comment.pk}/sua/",
            f"/trao-doi/y-kien/{comment.pk}/",
        ):
            assert client.get(address).status_code == 404
        assert client.post(thread(task), {"text": "x"}).status_code == 404
        assert client.post(f"/trao-doi/y-kien/{comment.pk}/xoa/").status_code == 404
        assert Comment.objects.get().text == "Đề nghị bổ sung"

    def test_a_colleague_sees_nothing_of_a_restricted_programme(
        self, restricted: Task, owner: Person, colleague: Person, log_in: LogIn
    ) -> None:
        comment_of(owner, restricted)
        assert log_in(colleague).get(thread(restricted)).status_code == 404
        assert log_in(owner).get(thread(restricted)).status_code == 200

    def test_an_unknown_kind_is_not_there(self, owner: Person, log_in: LogIn) -> None:
        assert log_in(owner).get("/trao-doi/khong-co/1/").status_code == 404

    @pytest.mark.parametrize("headers", [{}, HTMX])
    def test_a_refusal_keeps_all_that_was_typed(
        self, task: Task, owner: Person, colleague: Person, log_in: LogIn, headers: dict[str, str]
    ) -> None:
        text = "Nhờ @Lê Văn Không Có xem giúp\ndòng hai"
        answer = log_in(owner).post(thread(task), {"text": text, "people": [colleague.pk]}, headers=headers)
        page = body(answer)
        assert answer.status_code == 422
        assert "Không có ai tên “Lê Văn Không Có” được xem nội dung này." in page
        assert text in page
        assert not Comment.objects.exists()
        if not headers:
            assert f'<option value="{colleague.pk}" selected>Phạm Văn Đồng Nghiệp, Sở Nội vụ</option>' in page

    def test_namesakes_bring_the_list_to_choose_from(
        self, task: Task, owner: Person, department: Unit, other_department: Unit, log_in: LogIn
    ) -> None:
        person_in(department, full_name="Hà Thị Mai")
        other = person_in(other_department, full_name="Hà Thị Mai")
        page = body(log_in(owner).post(thread(task), {"text": "Nhờ @Hà Thị Mai"}, headers=HTMX))
        assert "Có 2 người tên Hà Thị Mai" in page
        assert f'<option value="{other.pk}">Hà Thị Mai, Sở Nội vụ</option>' in page
        log_in(owner).post(thread(task), {"text": "Nhờ @Hà Thị Mai", "people": [other.pk]})
        assert list(Comment.objects.get().people.all()) == [other]

    def test_with_htmx_the_thread_comes_alone(self, task: Task, owner: Person, log_in: LogIn) -> None:
        page = body(log_in(owner).post(thread(task), {"text": "Đã gửi công văn"}, headers=HTMX))
        assert "<html" not in page
        assert "Đã gửi ý kiến" in page
        assert '<p class="ct">Đã gửi công văn</p>' in page

    def test_editing_and_removing(self, task: Task, owner: Person, colleague: Person, log_in: LogIn) -> None:
        client = log_in(owner)
        client.post(thread(task), {"text": f"Nhờ @{colleague.full_name} xem", "people": []})
        comment = Comment.objects.get()
        form = body(client.get(f"/trao-doi/y-kien/{comment.pk}/sua/"))
        assert f">Nhờ @{colleague.full_name} xem</textarea>" in form
        client.post(f"/trao-doi/y-kien/{comment.pk}/sua/", {"text": "Xong rồi"})
        assert "đã sửa" in body(client.get(thread(task)))
        too_long = client.post(f"/trao-doi/y-kien/{comment.pk}/sua/", {"text": "x" * 4001})
        assert (too_long.status_code, "x" * 4001 in body(too_long)) == (422, True)
        client.post(f"/trao-doi/y-kien/{comment.pk}/xoa/")
        page = body(client.get(thread(task)))
        assert "Ý kiến đã được người viết xóa" in page
        assert "Xong rồi" not in page
        assert Notice.objects.filter(person=colleague).count() == 1

    def test_the_newest_fifty_are_shown_and_the_rest_on_demand(self, task: Task, owner: Person, log_in: LogIn) -> None:
        for number in range(52):
            comment_of(owner, task, f"Ý kiến số {number:02}", made_at=NOON - timedelta(minutes=60 - number))
        client = log_in(owner)
        page = body(client.get(thread(task)))
        assert ("Ý kiến số 01" in page, "Ý kiến số 02" in page, "Xem các ý kiến trước đó" in page) == (False, True, True)
        assert "Ý kiến số 00" in body(client.get(f"{thread(task)}?tat-ca=1"))

    def test_suggestions_are_those_who_may_see_by_what_was_typed(
        self, task: Task, owner: Person, colleague: Person, stranger: Person, log_in: LogIn
    ) -> None:
        client = log_in(owner)
        found = client.get(f"{thread(task)}nguoi/", {"q": "dong nghiep"}).json()["people"]
        assert found == [{"id": colleague.pk, "name": "Phạm Văn Đồng Nghiệp", "words": "Phạm Văn Đồng Nghiệp, Sở Nội vụ"}]
        assert client.get(f"{thread(task)}nguoi/", {"q": "lạ"}).json()["people"] == []


class TestOnADocument:
    def test_an_item_counts_what_is_said_of_it(self, item: Item, owner: Person, colleague: Person, log_in: LogIn) -> None:
        log_in(colleague).post(f"/trao-doi/item/{item.pk}/", {"text": "Hạn này cần xem lại"})
        page = body(log_in(owner).get(f"/van-ban/{item.document_id}/?tab=nhiem-vu"))
        assert "1 ý kiến</a>" in page
        assert "1 ý kiến trao đổi" in page

        whole = body(log_in(owner).get(f"/trao-doi/document/{item.document_id}/"))
        assert "Hạn này cần xem lại" in whole
        assert "Sở Nội vụ hướng dẫn khen thưởng" in whole
        comment = Comment.objects.get()
        assert f"/trao-doi/y-kien/{comment.pk}/" in whole
        place = log_in(owner).get(f"/trao-doi/y-kien/{comment.pk}/")
        assert place["Location"] == f"/van-ban/{item.document_id}/?muc={item.key}#doan"

    def test_a_passage_is_quoted_from_the_text_itself(self, item: Item, owner: Person, log_in: LogIn) -> None:
        text = item.reading.text
        start, end = text.index("Phấn đấu"), text.index(" có bác sĩ")
        client, address = log_in(owner), f"/trao-doi/document/{item.document_id}/"
        form = body(client.get(f"{address}?tu={start}&den={end}"))
        assert "Phấn đấu 95% trạm y tế</blockquote>" in form
        client.post(address, {"text": "Chỉ tiêu cao", "start": start, "end": end})
        comment = Comment.objects.get()
        assert (comment.quote, comment.start) == ("Phấn đấu 95% trạm y tế", start)
        assert '<q class="doc">Phấn đấu 95% trạm y tế</q>' in body(client.get(address))
        assert client.get(f"/trao-doi/y-kien/{comment.pk}/")["Location"] == f"/van-ban/{item.document_id}/?cho={start}"

    def test_a_passage_that_is_not_there_is_refused(self, item: Item, owner: Person, log_in: LogIn) -> None:
        answer = log_in(owner).post(f"/trao-doi/document/{item.document_id}/", {"text": "Xem", "start": 900_000, "end": 900_010})
        assert answer.status_code == 422
        assert "Đoạn đã chọn không có trong văn bản" in body(answer)

    def test_the_item_s_thread_opens_in_its_card(self, item: Item, owner: Person, log_in: LogIn) -> None:
        page = body(log_in(owner).get(f"/trao-doi/item/{item.pk}/", headers=HTMX))
        assert page.lstrip().startswith('<div class="thread"')
