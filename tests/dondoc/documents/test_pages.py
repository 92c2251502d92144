"""Pages: who sees what, what stands there, how many queries it takes."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from dondoc.common import slots
from dondoc.documents import services
from dondoc.documents.enums import DocumentState, Visibility
from dondoc.documents.models import Document, Item
from dondoc.documents.places import url_of
from dondoc.units.models import Person, Unit
from dondoc.units.rules import Actor
from tests.dondoc.documents.helpers import HTMX, LogIn, text_of
from tests.dondoc.factories.documents import TEXT, DocumentFactory, finding, made, metadata, place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen_day")]


def get_addresses(document: Document, item: Item) -> list[str]:
    base = f"/van-ban/{document.pk}/"
    return [
        base,
        f"{base}cac-muc/?tab=nhiem-vu",
        f"{base}?xem=goc",
        f"{base}han/?deadline=trước ngày 10/9/2025",
        f"{base}muc/{item.key}/",
    ]


def form_addresses(document: Document, item: Item) -> list[str]:
    base = f"/van-ban/{document.pk}/"
    return [f"{base}them/", f"{base}pham-vi/", f"{base}thong-tin/code/"] + [
        f"{base}muc/{item.key}/{name}/" for name in ("sua", "tach", "gop")
    ]


def post_addresses(document: Document, item: Item) -> list[str]:
    base = f"/van-ban/{document.pk}/"
    return [
        *(f"{base}muc/{item.key}/{name}/" for name in ("dung", "bo", "hoan-tac")),
        *(f"{base}{name}/" for name in ("dung", "doc-lai", "nhan-chac", "nhan-ca-bang", "hoan-tac")),
    ]


class TestWhoMay:
    def test_those_of_the_unit_read_and_are_offered_to_act(
        self, document: Document, item: Item, owner: Person, log_in: LogIn
    ) -> None:
        client = log_in(owner)
        for address in get_addresses(document, item)[:-1] + form_addresses(document, item):
            assert client.get(address).status_code == 200, address
        assert "Nhận 3 mục chắc" in text_of(client.get(f"/van-ban/{document.pk}/"))

    def test_a_colleague_reads_an_open_document_and_is_offered_nothing(
        self, document: Document, item: Item, colleague: Person, log_in: LogIn
    ) -> None:
        client = log_in(colleague)
        page = text_of(client.get(f"/van-ban/{document.pk}/?tab=nhiem-vu"))

        assert "Sở Nội vụ hướng dẫn khen thưởng" in page
        assert "/dung/" not in page
        assert "nhan-chac" not in page
        for address in form_addresses(document, item):
            assert client.get(address).status_code == 403, address
        for address in post_addresses(document, item):
            answer = client.post(address)
            assert answer.status_code == 403, address
            assert "Chỉ đơn vị đã nộp" in text_of(answer)
        assert not item.reviews.exists()

    def test_a_stranger_finds_nothing(self, document: Document, item: Item, stranger: Person, log_in: LogIn) -> None:
        client = log_in(stranger)
        for address in get_addresses(document, item) + form_addresses(document, item) + [f"/van-ban/{document.pk}/tien-do/"]:
            assert client.get(address).status_code == 404, address
        for address in post_addresses(document, item):
            assert client.post(address).status_code == 404, address
        assert not item.reviews.exists()

    def test_without_logging_in_one_is_led_there(self, document: Document, client: Client) -> None:
        assert client.get(f"/van-ban/{document.pk}/").status_code == 302

    @pytest.mark.parametrize(
        ("who", "sees"),
        [("owner", True), ("colleague", False), ("commune_clerk", True), ("office_specialist", True), ("stranger", False)],
    )
    def test_a_restricted_document(
        self,
        *,
        request: pytest.FixtureRequest,
        who: str,
        sees: bool,
        document: Document,
        commune: Unit,
        owner: Person,
        log_in: LogIn,
        actor_for: Callable[..., Actor],
    ) -> None:
        services.set_visibility(actor=actor_for(owner), document=document, visibility="restricted", units=[commune])
        client = log_in(request.getfixturevalue(who))

        assert (client.get(f"/van-ban/{document.pk}/").status_code == 200) is sees
        assert ("208/KH-UBND" in text_of(client.get("/van-ban/"))) is sees

    def test_the_key_of_another_document_is_not_here(
        self, document: Document, owner: Person, log_in: LogIn, department: Unit, keep: Callable[..., Document]
    ) -> None:
        other = keep(DocumentFactory(unit=department, state=DocumentState.QUEUED))
        key = other.items.all()[0].key

        assert log_in(owner).post(f"/van-ban/{document.pk}/muc/{key}/dung/").status_code == 404

    def test_get_changes_nothing(self, document: Document, item: Item, owner: Person, log_in: LogIn) -> None:
        client = log_in(owner)
        for address in post_addresses(document, item):
            assert client.get(address).status_code == 405, address


class TestReadingPage:
    def test_the_paper_holds_the_text_and_says_where_each_part_begins(
        self, document: Document, owner: Person, log_in: LogIn
    ) -> None:
        page = text_of(log_in(owner).get(f"/van-ban/{document.pk}/"))

        start = TEXT.index("I. NHIỆM VỤ")
        assert f'data-s="{start}">I. NHIỆM VỤ</p>' in page
        assert 'style="' not in page
        assert "<h1 title=" in page
        assert "208/KH-UBND" in page

    def test_text_that_looks_like_markup_stays_text(
        self, unread: Document, owner: Person, log_in: LogIn, keep: Callable[..., Document]
    ) -> None:
        text = "<script>alert(1)</script> & nội dung\n"
        keep(unread, made(text, metadata={}, outline=[], citations=[], targets=[], tasks=[], reporting_duties=[]))

        page = text_of(log_in(owner).get(f"/van-ban/{unread.pk}/"))

        assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; nội dung" in page
        assert "<script>alert" not in page

    def test_the_address_of_a_passage_opens_with_it_marked(
        self, document: Document, item: Item, owner: Person, log_in: LogIn
    ) -> None:
        address = url_of(item)
        assert address == f"/van-ban/{document.pk}/?muc={item.key}#doan"

        page = text_of(log_in(owner).get(address))

        assert (
            f'<mark class="k sel" data-k="{item.pk}" data-m="{item.pk}" id="doan">Sở Nội vụ hướng dẫn khen thưởng</mark>' in page
        )
        assert f'id="muc-{item.pk}" data-row data-item="{item.pk}" tabindex="-1" aria-current="true"' in page

    @pytest.mark.parametrize("key", ["khong-phai-khoa", "7f3c2f0e-3b0a-4c55-9a53-5b8f2d1c9e01"])
    def test_a_passage_that_is_not_there_opens_the_page(self, document: Document, owner: Person, log_in: LogIn, key: str) -> None:
        assert log_in(owner).get(f"/van-ban/{document.pk}/?muc={key}&so=zz&tab=la").status_code == 200

    def test_tabs_count_their_items(self, document: Document, owner: Person, log_in: LogIn) -> None:
        page = text_of(log_in(owner).get(f"/van-ban/{document.pk}/"))

        for label, count in (("Cần xem", 1), ("Thông tin", 4), ("Nhiệm vụ", 2), ("Chỉ tiêu", 1), ("Báo cáo", 1), ("Cảnh báo", 0)):
            assert f'{label} <span class="n">{count}</span>' in page

    def test_low_confidence_comes_first_with_word_and_number(
        self, document: Document, owner: Person, log_in: LogIn, item: Item
    ) -> None:
        Item.objects.filter(pk=item.pk).update(confidence=0.44)

        page = text_of(log_in(owner).get(f"/van-ban/{document.pk}/cac-muc/?tab=nhiem-vu", headers=HTMX))

        assert "Thấp 44%" in page
        assert page.index("hướng dẫn khen thưởng") < page.index("xây dựng báo cáo tổng kết")

    def test_a_deadline_is_told_in_its_words_and_its_last_good_day(
        self, document: Document, owner: Person, log_in: LogIn
    ) -> None:
        page = text_of(log_in(owner).get(f"/van-ban/{document.pk}/?tab=bao-cao"))

        assert "trước ngày 05/9/2025 (hạn cuối 04/9/2025)" in page.replace('<span class="nw">', "").replace("</span>", "")

    def test_a_doubted_day_has_fields_and_no_guess_for_the_month(
        self, unread: Document, owner: Person, log_in: LogIn, keep: Callable[..., Document]
    ) -> None:
        keep(unread, made(findings=[finding("date-before-cited-document", "Ngày trước ngày.", place("tháng 8"))]))

        page = text_of(log_in(owner).get(f"/van-ban/{unread.pk}/"))

        assert 'name="day" value="07"' in page
        assert 'name="month" value=""' in page
        assert 'name="year" value="2025"' in page
        assert "Giữ 07/8/2025" in page

    def test_another_file_of_the_same_paper_is_named(
        self, document: Document, owner: Person, log_in: LogIn, department: Unit
    ) -> None:
        scan = DocumentFactory(unit=department, code="208/KH-UBND", issued_on=document.issued_on, name="ban-quet.pdf")

        page = text_of(log_in(owner).get(f"/van-ban/{document.pk}/"))

        assert f'<a href="/van-ban/{scan.pk}/">ban-quet.pdf</a>' in page

    def test_upper_apps_fill_the_head(
        self, document: Document, owner: Person, log_in: LogIn, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(slots, "_fillers", {"documents.actions": [lambda _request, subject: f"<b>mở {subject.pk}</b>"]})

        assert f"<b>mở {document.pk}</b>" in text_of(log_in(owner).get(f"/van-ban/{document.pk}/"))

    def test_who_cites_it_is_shown_as_far_as_one_may_see(
        self,
        document: Document,
        colleague: Person,
        log_in: LogIn,
        department: Unit,
        keep: Callable[..., Document],
    ) -> None:
        cited = DocumentFactory(unit=department, state=DocumentState.QUEUED, code="")
        keep(cited, made(metadata=metadata(code="1914/QĐ-BYT", date="2025-06-10"), citations=[]))
        client = log_in(colleague)
        address = f"/van-ban/{cited.pk}/?tab=thong-tin"
        assert "Được viện dẫn trong" in text_of(client.get(address))
        assert f'href="/van-ban/{cited.pk}/">' in text_of(client.get(f"/van-ban/{document.pk}/?tab=thong-tin"))

        Document.objects.filter(pk=document.pk).update(visibility=Visibility.RESTRICTED)
        assert "Được viện dẫn trong" not in text_of(client.get(address))

    def test_an_orphan_shows_the_passage_it_was_read_from(
        self, document: Document, item: Item, owner: Person, log_in: LogIn
    ) -> None:
        Item.objects.filter(pk=item.pk).update(orphaned=True)

        page = text_of(log_in(owner).get(f"/van-ban/{document.pk}/?tab=nhiem-vu"))

        assert "Lần đọc mới không còn mục này" in page
        assert '<blockquote class="doc">Sở Nội vụ hướng dẫn khen thưởng</blockquote>' in page

    @pytest.mark.parametrize("count", [1, 3])
    def test_the_queries_do_not_grow_with_the_items(
        self,
        *,
        count: int,
        unread: Document,
        owner: Person,
        log_in: LogIn,
        keep: Callable[..., Document],
        django_assert_num_queries: Any,
    ) -> None:
        from tests.dondoc.factories.documents import contract

        tasks = contract()["tasks"] * count
        keep(unread, made(tasks=tasks))
        client = log_in(owner)
        client.get(f"/van-ban/{unread.pk}/?tab=nhiem-vu")

        with django_assert_num_queries(14):
            client.get(f"/van-ban/{unread.pk}/?tab=nhiem-vu")

    def test_many_items_come_page_by_page(
        self, unread: Document, owner: Person, log_in: LogIn, keep: Callable[..., Document]
    ) -> None:
        from tests.dondoc.factories.documents import contract

        keep(unread, made(tasks=contract()["tasks"] * 40))
        client = log_in(owner)
        first = text_of(client.get(f"/van-ban/{unread.pk}/?tab=nhiem-vu"))
        assert first.count('class="it it-task') == 30
        assert "Xem thêm 50 mục" in first
        more = text_of(client.get(f"/van-ban/{unread.pk}/cac-muc/?tab=nhiem-vu&tu=30", headers=HTMX))
        assert more.count('class="it it-task') == 30
        assert "Xem thêm 20 mục" in more
        everything = text_of(client.get(f"/van-ban/{unread.pk}/?tab=nhiem-vu&so=80"))
        assert everything.count('class="it it-task') == 80

        last = unread.items.filter(kind="task").order_by("position").last()
        assert last is not None
        opened = text_of(client.get(url_of(last)))
        assert f'id="muc-{last.pk}"' in opened
