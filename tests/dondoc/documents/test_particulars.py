"""A document's particulars and the graph of its citations follow its items."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from dondoc.common.errors import Refused
from dondoc.documents import services
from dondoc.documents.enums import DocumentState, ItemState
from dondoc.documents.models import Document
from dondoc.units.models import Person
from dondoc.units.rules import Actor
from tests.dondoc.documents.helpers import Find, fresh
from tests.dondoc.factories.common import NOON
from tests.dondoc.factories.documents import finding, made, metadata, place

pytestmark = pytest.mark.django_db


class TestParticulars:
    def test_columns_follow_a_correction_and_its_undoing(self, actor: Actor, document: Document, item_of: Find) -> None:
        code = item_of("208/KH-UBND", kind="metadata")

        services.correct(actor=actor, item=code, content={"field": "code", "value": "209/KH-UBND"}, at=NOON)
        document.refresh_from_db()
        assert document.code == "209/KH-UBND"
        assert "209/kh-ubnd" in document.search_text

        services.undo(actor=actor, item=code, at=NOON)
        document.refresh_from_db()
        assert document.code == "208/KH-UBND"

    def test_a_rejected_particular_says_nothing(self, actor: Actor, document: Document, item_of: Find) -> None:
        services.reject(actor=actor, item=item_of("ngày 07 tháng 8", kind="metadata"), at=NOON)

        document.refresh_from_db()
        assert document.issued_on is None

    @pytest.mark.parametrize(("day", "taken"), [(NOON.date(), True), (NOON.date() + timedelta(days=1), False)])
    def test_no_document_is_issued_after_today(
        self, actor: Actor, document: Document, item_of: Find, day: date, taken: bool
    ) -> None:
        item = item_of("ngày 07 tháng 8", kind="metadata")
        content = {"field": "date", "value": day.isoformat()}
        if taken:
            services.correct(actor=actor, item=item, content=content, at=NOON)
        else:
            with pytest.raises(Refused, match="sau hôm nay"):
                services.correct(actor=actor, item=item, content=content, at=NOON)

        document.refresh_from_db()
        assert document.issued_on == (day if taken else date(2025, 8, 7))

    def test_the_day_from_the_paper_settles_the_finding(
        self, actor: Actor, unread: Document, keep: Callable[..., Document]
    ) -> None:
        keep(unread, made(findings=[finding("date-before-cited-document", "Ngày trước ngày.", place("tháng 8"))]))
        doubt = unread.items.get(kind="finding")

        services.set_field(actor=actor, document=unread, field="date", value="2025-09-07", at=NOON, finding=doubt)

        unread.refresh_from_db()
        assert unread.issued_on == date(2025, 9, 7)
        assert fresh(doubt).state == ItemState.ACCEPTED

        services.undo_last(actor=actor, document=unread, at=NOON)
        unread.refresh_from_db()
        assert unread.issued_on == date(2025, 8, 7)
        assert fresh(doubt).state == ItemState.PROPOSED

    def test_the_day_as_read_may_be_kept(self, actor: Actor, unread: Document, keep: Callable[..., Document]) -> None:
        keep(unread, made(findings=[finding("date-before-cited-document", "Ngày trước ngày.", place("tháng 8"))]))
        doubt = unread.items.get(kind="finding")

        services.keep_field(actor=actor, document=unread, field="date", finding=doubt, at=NOON)

        assert fresh(doubt).state == ItemState.REJECTED
        assert [item.state for item in unread.items.filter(kind="metadata") if item.content["field"] == "date"] == ["accepted"]

    def test_a_missing_number_is_entered_at_the_place_of_its_finding(
        self, actor: Actor, unread: Document, keep: Callable[..., Document]
    ) -> None:
        facts = metadata(code=None, number=None)
        del facts["spans"]["code"]
        keep(unread, made(metadata=facts, findings=[finding("missing-number", "Chưa có số.", None)]))
        doubt = unread.items.get(kind="finding")

        item = services.set_field(actor=actor, document=unread, field="code", value="208/KH-UBND", at=NOON, finding=doubt)

        unread.refresh_from_db()
        assert unread.code == "208/KH-UBND"
        assert (item.span_start, item.span_end) == (doubt.span_start, doubt.span_end)

    def test_a_particular_without_a_value_is_not_accepted(
        self, actor: Actor, unread: Document, keep: Callable[..., Document]
    ) -> None:
        keep(unread, made(metadata=metadata(date=None)))
        item = next(item for item in unread.items.filter(kind="metadata") if item.content["field"] == "date")

        with pytest.raises(Refused, match="chưa đọc được ngày ban hành"):
            services.accept(actor=actor, item=item, at=NOON)


class TestCitations:
    def test_a_citation_is_tied_to_the_document_that_bears_it(
        self, document: Document, department: Any, owner: Person, keep: Callable[..., Document]
    ) -> None:
        from tests.dondoc.factories.documents import DocumentFactory

        assert document.cites.get().target is None
        cited = DocumentFactory(unit=department, state=DocumentState.QUEUED, code="")

        keep(cited, made(metadata=metadata(code="1914/QĐ-BYT", date="2025-06-10"), citations=[]))

        assert document.cites.get().target == cited
        assert list(cited.cited_by.values_list("document", flat=True)) == [document.pk]

    def test_another_day_is_another_document(self, document: Document, department: Any, keep: Callable[..., Document]) -> None:
        from tests.dondoc.factories.documents import DocumentFactory

        cited = DocumentFactory(unit=department, state=DocumentState.QUEUED, code="")
        keep(cited, made(metadata=metadata(code="1914/QĐ-BYT", date="2025-06-11"), citations=[]))

        assert document.cites.get().target is None

    def test_a_rejected_citation_leaves_the_graph(self, actor: Actor, document: Document, item_of: Find) -> None:
        services.reject(actor=actor, item=item_of("1914/QĐ-BYT", kind="citation"), at=NOON)

        assert not document.cites.exists()
