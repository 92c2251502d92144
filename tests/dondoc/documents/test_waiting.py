"""The page while there is nothing to read yet."""

import pytest

from dondoc.documents.enums import DocumentState
from dondoc.documents.models import Document
from dondoc.units.models import Person
from tests.dondoc.documents.helpers import HTMX, LogIn, text_of
from tests.dondoc.factories.common import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen_day")]


class TestWaiting:
    def test_progress_is_a_bar_with_words(self, unread: Document, owner: Person, log_in: LogIn) -> None:
        Document.objects.filter(pk=unread.pk).update(
            state=DocumentState.READING, step="Lấy chữ từ tệp", pages_done=12, pages_total=40, progress_at=NOON
        )
        page = text_of(log_in(owner).get(f"/van-ban/{unread.pk}/"))

        assert 'role="progressbar"' in page
        assert 'aria-valuetext="Lấy chữ từ tệp: 12 trên 40 trang"' in page
        assert f'hx-get="/van-ban/{unread.pk}/tien-do/"' in page

    def test_the_page_is_loaded_anew_when_the_reading_ends(self, document: Document, owner: Person, log_in: LogIn) -> None:
        answer = log_in(owner).get(f"/van-ban/{document.pk}/tien-do/", headers=HTMX)

        assert answer.headers["HX-Refresh"] == "true"

    def test_a_failure_says_why_and_may_be_tried_again(self, unread: Document, owner: Person, log_in: LogIn) -> None:
        Document.objects.filter(pk=unread.pk).update(state=DocumentState.FAILED, failure="Tệp Word bị hỏng.")
        client = log_in(owner)
        page = text_of(client.get(f"/van-ban/{unread.pk}/"))
        assert "Tệp Word bị hỏng." in page
        assert "Đọc lại" in page

        client.post(f"/van-ban/{unread.pk}/doc-lai/")
        unread.refresh_from_db()
        assert unread.state == DocumentState.QUEUED

    def test_a_broken_off_reading_may_be_started_again(self, unread: Document, owner: Person, log_in: LogIn) -> None:
        Document.objects.filter(pk=unread.pk).update(state=DocumentState.READING, progress_at=NOON.replace(hour=11, minute=44))

        assert "im quá 15 phút" in text_of(log_in(owner).get(f"/van-ban/{unread.pk}/"))

    @pytest.mark.parametrize(("who", "status"), [("owner", 302), ("stranger", 404)])
    def test_a_reading_may_be_stopped(
        self, request: pytest.FixtureRequest, unread: Document, log_in: LogIn, who: str, status: int
    ) -> None:
        answer = log_in(request.getfixturevalue(who)).post(f"/van-ban/{unread.pk}/dung/")

        assert answer.status_code == status
        unread.refresh_from_db()
        assert unread.state == (DocumentState.FAILED if who == "owner" else DocumentState.QUEUED)

    def test_what_is_read_cannot_be_stopped(self, document: Document, owner: Person, log_in: LogIn) -> None:
        assert log_in(owner).post(f"/van-ban/{document.pk}/dung/").status_code == 409

    def test_a_quarantined_document_offers_nothing(self, unread: Document, owner: Person, log_in: LogIn) -> None:
        Document.objects.filter(pk=unread.pk).update(state=DocumentState.QUARANTINED, failure="Có dấu mật.", file=None)
        page = text_of(log_in(owner).get(f"/van-ban/{unread.pk}/"))

        assert "Có dấu mật." in page
        assert "Đọc lại" not in page
        assert log_in(owner).get(f"/van-ban/{unread.pk}/tep/").status_code == 404
