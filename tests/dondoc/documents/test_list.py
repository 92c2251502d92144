"""The list of documents: search, filters, progress, queries."""

from typing import Any

import pytest

from dondoc.documents import services
from dondoc.documents.enums import DocumentState
from dondoc.documents.models import Document, Item
from dondoc.units.models import Person, Unit
from tests.dondoc.documents.helpers import HTMX, LogIn, text_of
from tests.dondoc.factories.common import NOON
from tests.dondoc.factories.documents import DocumentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen_day")]


class TestList:
    def test_empty_says_why_and_where_to_begin(self, owner: Person, log_in: LogIn) -> None:
        page = text_of(log_in(owner).get("/van-ban/"))

        assert "Chưa có văn bản nào." in page
        assert "Kéo tệp vào đây" in page

    @pytest.mark.parametrize("query", ["208/KH", "tong ket", "Tổng kết", "minh hoa", "ke-hoach.docx", "TỔNG"])
    def test_it_is_found_with_and_without_diacritics(self, document: Document, owner: Person, log_in: LogIn, query: str) -> None:
        assert "208/KH-UBND" in text_of(log_in(owner).get("/van-ban/", {"q": query}))

    @pytest.mark.parametrize("query", ["tổng kêt", "209/KH", "không có"])
    def test_diacritics_that_are_typed_must_agree(self, document: Document, owner: Person, log_in: LogIn, query: str) -> None:
        page = text_of(log_in(owner).get("/van-ban/", {"q": query}))
        assert "208/KH-UBND" not in page
        assert "Không có văn bản nào hợp với bộ lọc" in page

    def test_it_is_cut_down_by_state_and_type(self, document: Document, owner: Person, department: Unit, log_in: LogIn) -> None:
        DocumentFactory(unit=department, state=DocumentState.FAILED, code="9/CT-UBND", type="CT", failure="Hỏng.")
        client = log_in(owner)

        assert "208/KH-UBND" not in text_of(client.get("/van-ban/?trang_thai=failed"))
        assert "9/CT-UBND" not in text_of(client.get("/van-ban/?loai=KH"))
        assert "208/KH-UBND" in text_of(client.get("/van-ban/?trang_thai=nham&loai=nham"))

    def test_it_shows_how_far_the_review_is(
        self, document: Document, item: Item, owner: Person, log_in: LogIn, actor_for: Any
    ) -> None:
        services.accept(actor=actor_for(owner), item=item, at=NOON)

        assert "1/8 mục đã xác nhận" in text_of(log_in(owner).get("/van-ban/"))

    def test_a_running_reading_keeps_the_list_awake(self, unread: Document, owner: Person, log_in: LogIn) -> None:
        client = log_in(owner)
        assert 'hx-trigger="every 3s"' in text_of(client.get("/van-ban/"))
        rows = text_of(client.get("/van-ban/", headers=HTMX))
        assert rows.startswith('<div id="rows"')

    def test_pages(self, department: Unit, owner: Person, log_in: LogIn) -> None:
        DocumentFactory.create_batch(51, unit=department)

        page = text_of(log_in(owner).get("/van-ban/?trang=2"))

        assert "51 - 51 trong 51" in page

    @pytest.mark.parametrize("rows", [1, 3])
    def test_the_queries_do_not_grow(
        self, rows: int, department: Unit, owner: Person, log_in: LogIn, django_assert_num_queries: Any
    ) -> None:
        for document in DocumentFactory.create_batch(rows, unit=department):
            document.items.all()
        client = log_in(owner)
        client.get("/van-ban/")

        with django_assert_num_queries(7):
            client.get("/van-ban/")
