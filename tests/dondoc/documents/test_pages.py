"""Pages: who sees what, what stands there, how many queries it takes."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from dondoc.common import slots
from dondoc.documents import services
from dondoc.documents.enums import DocumentState, ItemState, Visibility
from dondoc.documents.models import Document, Item
from dondoc.documents.places import url_of
from dondoc.units.models import Person, Unit
from dondoc.units.rules import Actor
from tests.dondoc.factories.common import NOON
from tests.dondoc.factories.documents import TEXT, DocumentFactory, finding, made, metadata, place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen_day")]

LogIn = Callable[[Person], Client]
Find = Callable[..., Item]
HTMX = {"HX-Request": "true"}
AT_ACTED = {"HX-Request": "true", "HX-Target": "acted"}


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


@pytest.fixture
def item(item_of: Find) -> Item:
    return item_of("Sở Nội vụ hướng dẫn", kind="task")


def get_addresses(document: Document, item: Item) -> list[str]:
    base = f"/van-ban/{document.pk}/"
    return [
        base,
        f"{base}cac-muc/?tab=nhiem-vu",
        f"{base}chu-goc/",
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
        assert "<h1>" in page
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

    @pytest.mark.parametrize("key", ["khong-phai-khoa", str(uuid4())])
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

        with django_assert_num_queries(10):
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


class TestActs:
    def test_accept_by_form_goes_back_to_the_card(self, document: Document, item: Item, owner: Person, log_in: LogIn) -> None:
        answer = log_in(owner).post(f"/van-ban/{document.pk}/muc/{item.key}/dung/", {"tab": "nhiem-vu"})

        assert answer.headers["Location"] == f"/van-ban/{document.pk}/?tab=nhiem-vu&muc={item.key}#muc-{item.pk}"
        item.refresh_from_db()
        assert item.state == ItemState.ACCEPTED

    def test_accept_by_htmx_gives_card_head_and_tabs(self, document: Document, item: Item, owner: Person, log_in: LogIn) -> None:
        answer = log_in(owner).post(f"/van-ban/{document.pk}/muc/{item.key}/dung/", {"tab": "nhiem-vu"}, headers=HTMX)

        page = text_of(answer)
        assert page.strip().startswith("<li")
        assert f'id="muc-{item.pk}"' in page
        assert 'id="doc-head" hx-swap-oob="true"' in page
        assert '<b class="num">1/8</b>' in page
        assert 'id="item-tabs"' in page
        assert '"documents:said"' in answer.headers["HX-Trigger"]

    def test_a_correction_with_a_deadline_in_words(self, document: Document, item: Item, owner: Person, log_in: LogIn) -> None:
        sent = {"text": "Hướng dẫn khen thưởng", "lead": "Sở Nội vụ\nSở Y tế", "deadline": "trước ngày 15/10/2025"}
        log_in(owner).post(f"/van-ban/{document.pk}/muc/{item.key}/sua/", sent)

        item.refresh_from_db()
        assert item.content["lead"] == ["Sở Nội vụ", "Sở Y tế"]
        deadline = item.content["deadline"]
        assert (deadline["kind"], deadline["end"], deadline["exclusive"]) == ("by", "2025-10-15", True)
        assert deadline["text"] == "trước ngày 15/10/2025"

    def test_a_deadline_that_is_not_understood_asks_for_its_last_day(
        self, document: Document, item: Item, owner: Person, log_in: LogIn
    ) -> None:
        client = log_in(owner)
        address = f"/van-ban/{document.pk}/muc/{item.key}/sua/"
        sent = {"text": "Hướng dẫn", "deadline": "một lúc nào đó"}

        answer = client.post(address, sent)
        assert answer.status_code == 422
        assert "chưa hiểu thời hạn này" in text_of(answer)
        client.post(address, sent | {"last_day": "15/10/2025"})

        item.refresh_from_db()
        assert item.content["deadline"]["end"] == "2025-10-15"
        assert item.content["deadline"]["text"] == "một lúc nào đó"

    def test_the_preview_says_what_is_understood(self, document: Document, owner: Person, log_in: LogIn) -> None:
        client = log_in(owner)
        address = f"/van-ban/{document.pk}/han/"
        assert "hạn cuối 14/10/2025" in text_of(client.get(address, {"deadline": "trước ngày 15/10/2025"}))
        assert "chưa hiểu" in text_of(client.get(address, {"deadline": "một lúc nào đó"}))
        assert text_of(client.get(address, {"deadline": ""})).strip() == ""

    @pytest.mark.parametrize(("typed", "value"), [("8,5", 8.5), ("1.200", 1200.0), ("95", 95.0)])
    def test_numbers_are_read_as_they_are_written_here(
        self, *, document: Document, item_of: Find, owner: Person, log_in: LogIn, typed: str, value: float
    ) -> None:
        target = item_of("trạm y tế", kind="target")
        sent = {"text": "Trạm y tế có bác sĩ", "comparator": ">=", "value": typed, "unit": "%"}
        log_in(owner).post(f"/van-ban/{document.pk}/muc/{target.key}/sua/", sent)

        target.refresh_from_db()
        assert target.content["value"] == value

    @pytest.mark.parametrize("typed", ["8.5", "tám", "1.20"])
    def test_a_number_that_could_be_two_is_asked_about(
        self, document: Document, item_of: Find, owner: Person, log_in: LogIn, typed: str
    ) -> None:
        target = item_of("trạm y tế", kind="target")
        sent = {"text": "Trạm y tế có bác sĩ", "comparator": ">=", "value": typed}
        answer = log_in(owner).post(f"/van-ban/{document.pk}/muc/{target.key}/sua/", sent)

        assert answer.status_code == 422
        assert not target.reviews.exists()

    @pytest.mark.parametrize(
        ("words", "kind", "sent"),
        [
            ("208/KH-UBND", "metadata", {"value": "210/KH-UBND"}),
            ("ngày 07 tháng 8", "metadata", {"value": "08/8/2025"}),
            ("Tổng kết Chương trình", "metadata", {"value": "Trích yếu khác"}),
            ("1914/QĐ-BYT", "citation", {"code": "1914/QĐ-BYT", "date": "11/6/2025", "relation": "basis"}),
            ("UBND các xã, phường báo cáo", "duty", {"text": "Báo cáo", "reporters": "UBND các xã", "recipient": "Sở Y tế"}),
        ],
    )
    def test_every_kind_has_its_form(
        self,
        *,
        document: Document,
        item_of: Find,
        owner: Person,
        log_in: LogIn,
        words: str,
        kind: str,
        sent: dict[str, str],
    ) -> None:
        held = item_of(words, kind=kind)
        client = log_in(owner)
        address = f"/van-ban/{document.pk}/muc/{held.key}/sua/"
        assert client.get(address).status_code == 200

        client.post(address, sent)

        held.refresh_from_db()
        assert held.state == ItemState.CORRECTED

    def test_add_split_and_merge_by_form(self, document: Document, item: Item, owner: Person, log_in: LogIn) -> None:
        client = log_in(owner)
        base = f"/van-ban/{document.pk}/"
        start, end = place("hướng dẫn khen thưởng")
        sent = {"kind": "task", "quote": "hướng dẫn khen thưởng", "start": start, "end": end, "lead": "Sở Nội vụ"}
        answer = client.post(f"{base}them/", sent)
        key = UUID(answer.headers["Location"].split("muc=")[1].split("#")[0])
        added = document.items.get(key=key)
        assert (added.span_start, added.span_end) == (start, end)

        client.post(f"{base}muc/{item.key}/gop/", {"other": str(added.key)})
        item.refresh_from_db()
        assert item.content["text"].endswith("; hướng dẫn khen thưởng")
        client.post(f"{base}muc/{item.key}/tach/", {"first": "một", "second": "hai"})
        item.refresh_from_db()
        assert item.content["text"] == "một"
        assert document.items.filter(kind="task").count() == 4

    def test_a_passage_that_is_not_in_the_text_stays_in_the_form(self, document: Document, owner: Person, log_in: LogIn) -> None:
        answer = log_in(owner).post(f"/van-ban/{document.pk}/them/", {"kind": "task", "quote": "không có trong văn bản"})

        assert answer.status_code == 422
        assert "Chọn lại đoạn" in text_of(answer)

    def test_the_day_of_a_finding(self, unread: Document, owner: Person, log_in: LogIn, keep: Callable[..., Document]) -> None:
        keep(unread, made(findings=[finding("date-before-cited-document", "Ngày trước ngày.", place("tháng 8"))]))
        doubt = unread.items.get(kind="finding")
        client = log_in(owner)
        address = f"/van-ban/{unread.pk}/muc/{doubt.key}/ghi/"

        refused = client.post(address, {"day": "31", "month": "6", "year": "2025"})
        assert refused.status_code == 409
        client.post(address, {"day": "07", "month": "9", "year": "2025"})

        unread.refresh_from_db()
        assert str(unread.issued_on) == "2025-09-07"

    def test_many_at_once_and_back(self, document: Document, owner: Person, log_in: LogIn) -> None:
        client = log_in(owner)
        client.post(f"/van-ban/{document.pk}/nhan-chac/")
        assert document.items.filter(state=ItemState.ACCEPTED).count() == 3

        answer = client.post(f"/van-ban/{document.pk}/hoan-tac/", headers=AT_ACTED)
        assert text_of(answer).count('hx-swap-oob="true"') == 5
        assert document.items.filter(state=ItemState.ACCEPTED).count() == 0

    def test_only_cards_that_are_on_the_page_come_back(
        self, document: Document, item: Item, owner: Person, log_in: LogIn
    ) -> None:
        client = log_in(owner)
        client.post(f"/van-ban/{document.pk}/nhan-chac/")

        answer = client.post(f"/van-ban/{document.pk}/hoan-tac/", headers=AT_ACTED | {"X-Shown": f"{item.pk},zz"})

        assert text_of(answer).count('hx-swap-oob="true"') == 3
        assert f'id="muc-{item.pk}"' in text_of(answer)

    def test_nothing_to_undo_is_said(self, document: Document, owner: Person, log_in: LogIn) -> None:
        answer = log_in(owner).post(f"/van-ban/{document.pk}/hoan-tac/", headers=HTMX)

        assert answer.status_code == 409
        assert text_of(answer) == "Không còn thao tác nào để hoàn tác."

    def test_the_scope_by_form(self, document: Document, commune: Unit, owner: Person, log_in: LogIn) -> None:
        log_in(owner).post(f"/van-ban/{document.pk}/pham-vi/", {"visibility": "restricted", "units": [commune.pk]})

        document.refresh_from_db()
        assert document.visibility == Visibility.RESTRICTED
        assert list(document.restricted_to.all()) == [commune]

    def test_a_unit_of_another_province_cannot_be_named(
        self, document: Document, foreign_department: Unit, owner: Person, log_in: LogIn
    ) -> None:
        sent = {"visibility": "restricted", "units": [foreign_department.pk]}
        assert log_in(owner).post(f"/van-ban/{document.pk}/pham-vi/", sent).status_code == 422


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
