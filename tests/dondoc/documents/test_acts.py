"""What people do on the reading page, by form and by htmx."""

from collections.abc import Callable
from uuid import UUID

import pytest

from dondoc.documents.enums import ItemState, Visibility
from dondoc.documents.models import Document, Item
from dondoc.units.models import Person, Unit
from tests.dondoc.documents.helpers import AT_ACTED, HTMX, Find, LogIn, text_of
from tests.dondoc.factories.documents import finding, made, place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen_day")]


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
        assert '"documents:said"' in answer.headers["HX-Trigger-After-Settle"]

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
