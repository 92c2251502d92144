"""Words of people on items, their undoing, and what follows from them."""

from collections.abc import Callable
from typing import Any

import pytest

from dondoc.common.errors import Refused
from dondoc.common.models import AuditEntry
from dondoc.documents import services
from dondoc.documents.enums import ItemKind, ItemState, ReviewAction
from dondoc.documents.models import Document, Item
from dondoc.units.models import Person
from dondoc.units.rules import Actor
from tests.dondoc.documents.helpers import Find, fresh, task_content
from tests.dondoc.factories.common import NOON
from tests.dondoc.factories.documents import TEXT, contract, finding, made, place

pytestmark = pytest.mark.django_db


class TestActs:
    def test_accept(self, actor: Actor, item: Item) -> None:
        services.accept(actor=actor, item=item, at=NOON)

        assert fresh(item).state == ItemState.ACCEPTED
        assert fresh(item).corrected is None
        assert item.reviews.get().made_by == actor.person

    def test_accepting_twice_is_one_word(self, actor: Actor, item: Item) -> None:
        services.accept(actor=actor, item=item, at=NOON)
        services.accept(actor=actor, item=item, at=NOON)

        assert item.reviews.count() == 1

    def test_correct_keeps_what_was_read(self, actor: Actor, item: Item) -> None:
        services.correct(actor=actor, item=item, content=task_content(item, lead=["Sở Nội vụ", " Sở  Tài chính "]), at=NOON)

        now = fresh(item)
        assert now.state == ItemState.CORRECTED
        assert now.read["lead"] == ["Sở Nội vụ"]
        assert now.content["lead"] == ["Sở Nội vụ", "Sở Tài chính"]
        assert now.content["section"] == "I.1"

    def test_correcting_to_the_same_words_is_an_acceptance(self, actor: Actor, item: Item) -> None:
        services.correct(actor=actor, item=item, content=task_content(item), at=NOON)

        assert fresh(item).state == ItemState.ACCEPTED

    def test_a_correction_without_text_is_refused(self, actor: Actor, item: Item) -> None:
        with pytest.raises(Refused, match="Chưa có nội dung"):
            services.correct(actor=actor, item=item, content=task_content(item, text="  "), at=NOON)
        assert not item.reviews.exists()

    def test_reject_and_undo(self, actor: Actor, item: Item) -> None:
        services.reject(actor=actor, item=item, at=NOON)
        assert fresh(item).state == ItemState.REJECTED

        services.undo(actor=actor, item=item, at=NOON)
        assert fresh(item).state == ItemState.PROPOSED
        assert [review.action for review in item.reviews.all()] == [ReviewAction.REJECT, ReviewAction.UNDO]

    def test_undo_of_the_rejection_of_a_correction_brings_the_correction_back(self, actor: Actor, item: Item) -> None:
        services.correct(actor=actor, item=item, content=task_content(item, text="Việc khác"), at=NOON)
        services.reject(actor=actor, item=item, at=NOON)

        services.undo(actor=actor, item=item, at=NOON)

        assert fresh(item).state == ItemState.CORRECTED
        assert fresh(item).content["text"] == "Việc khác"

    def test_a_finding_is_not_corrected(self, actor: Actor, unread: Document, keep: Callable[..., Document]) -> None:
        keep(unread, made(findings=[finding("number-skipped", "Thiếu mục II.", place("I. NHIỆM VỤ"))]))
        with pytest.raises(Refused, match="không sửa được"):
            services.correct(actor=actor, item=unread.items.get(kind="finding"), content={}, at=NOON)

    def test_each_act_is_in_the_audit(self, actor: Actor, item: Item) -> None:
        services.accept(actor=actor, item=item, at=NOON)
        services.undo(actor=actor, item=item, at=NOON)

        verbs = AuditEntry.objects.filter(actor=actor.person, subject_id=item.document_id).values_list("verb", flat=True)
        assert set(verbs) >= {"documents.accept", "documents.undo"}


class TestAdding:
    def add(self, actor: Actor, document: Document, words: str, **more: Any) -> Item:
        start, end = place(words)
        facts = {"kind": "task", "content": {"text": words, "lead": ["Sở Y tế"]}, "start": start, "end": end, "quote": words}
        return services.add(actor=actor, document=document, at=NOON, **{**facts, **more})

    def test_an_item_stands_where_it_was_chosen(self, actor: Actor, document: Document) -> None:
        item = self.add(actor, document, "hướng dẫn khen thưởng")

        assert fresh(item).read is None
        assert fresh(item).state == ItemState.ACCEPTED
        assert TEXT[item.span_start : item.span_end] == "hướng dẫn khen thưởng"
        assert item.section == "I"

    def test_the_words_count_where_the_offsets_are_off(self, actor: Actor, document: Document) -> None:
        item = self.add(actor, document, "hướng dẫn khen thưởng", start=3, end=9)

        assert TEXT[item.span_start : item.span_end] == "hướng dẫn khen thưởng"

    def test_a_passage_that_is_not_there_is_refused(self, actor: Actor, document: Document) -> None:
        with pytest.raises(Refused, match="Chọn lại đoạn"):
            self.add(actor, document, "hướng dẫn khen thưởng", quote="không có đoạn này", start=0, end=1)

    def test_taking_an_addition_back_sets_it_aside_and_keeps_its_words(self, actor: Actor, document: Document) -> None:
        item = self.add(actor, document, "hướng dẫn khen thưởng")

        services.undo(actor=actor, item=item, at=NOON)

        assert fresh(item).state == ItemState.REJECTED
        assert fresh(item).content["text"] == "hướng dẫn khen thưởng"


class TestMergingAndSplitting:
    def test_merge_joins_texts_and_names(self, actor: Actor, item: Item, item_of: Find) -> None:
        other = item_of("Sở Y tế xây dựng", kind="task")

        services.merge(actor=actor, item=item, other=other, at=NOON)

        assert fresh(item).content["text"] == (
            "Sở Nội vụ hướng dẫn khen thưởng; Sở Y tế xây dựng báo cáo tổng kết trước ngày 10/9/2025"
        )
        assert fresh(item).content["lead"] == ["Sở Nội vụ", "Sở Y tế"]
        assert fresh(item).content["deadline"]["end"] == "2025-09-10"
        assert fresh(other).state == ItemState.REJECTED

    @pytest.mark.parametrize("side", ["kept", "set aside"])
    def test_a_merge_is_undone_whole_from_either_side(self, actor: Actor, item: Item, item_of: Find, side: str) -> None:
        other = item_of("Sở Y tế xây dựng", kind="task")
        services.merge(actor=actor, item=item, other=other, at=NOON)

        services.undo(actor=actor, item=item if side == "kept" else other, at=NOON)

        assert fresh(item).state == fresh(other).state == ItemState.PROPOSED
        assert fresh(item).corrected is None

    def test_a_merge_is_not_undone_under_a_later_word(self, actor: Actor, item: Item, item_of: Find) -> None:
        other = item_of("Sở Y tế xây dựng", kind="task")
        services.merge(actor=actor, item=item, other=other, at=NOON)
        services.reject(actor=actor, item=item, at=NOON)

        with pytest.raises(Refused, match="xem lại sau đó"):
            services.undo(actor=actor, item=other, at=NOON)

    def test_items_of_two_kinds_are_not_merged(self, actor: Actor, item: Item, item_of: Find) -> None:
        with pytest.raises(Refused, match="cùng loại"):
            services.merge(actor=actor, item=item, other=item_of("trạm y tế", kind="target"), at=NOON)

    def test_split_gives_each_part_its_words(self, actor: Actor, item_of: Find) -> None:
        whole = item_of("Sở Y tế xây dựng", kind="task")

        first, second = services.split(
            actor=actor, item=whole, first="Sở Y tế xây dựng", second="báo cáo tổng kết trước ngày 10/9/2025", at=NOON
        )

        assert fresh(first).content["text"] == "Sở Y tế xây dựng"
        assert fresh(second).content["lead"] == ["Sở Y tế"]
        assert TEXT[second.span_start : second.span_end] == "báo cáo tổng kết trước ngày 10/9/2025"
        assert fresh(second).state == ItemState.ACCEPTED

    def test_a_split_is_undone_whole(self, actor: Actor, item_of: Find) -> None:
        whole = item_of("Sở Y tế xây dựng", kind="task")
        first, second = services.split(actor=actor, item=whole, first="một", second="hai", at=NOON)

        services.undo(actor=actor, item=first, at=NOON)

        assert fresh(first).state == ItemState.PROPOSED
        assert fresh(second).state == ItemState.REJECTED


class TestBulk:
    def test_only_the_certain_are_accepted(self, actor: Actor, document: Document) -> None:
        accepted = services.accept_certain(actor=actor, document=document, at=NOON)

        assert {item.kind for item in accepted} == {ItemKind.TASK, ItemKind.DUTY}
        assert document.items.get(kind="target").state == ItemState.PROPOSED
        assert document.items.filter(kind="metadata").exclude(state=ItemState.PROPOSED).count() == 0

    @pytest.mark.parametrize(("confidence", "taken"), [(0.9, True), (0.8999, False), (None, False)])
    def test_the_threshold_is_exact(
        self, actor: Actor, document: Document, item: Item, confidence: float | None, taken: bool
    ) -> None:
        Item.objects.filter(pk=item.pk).update(confidence=confidence)

        accepted = services.accept_certain(actor=actor, document=document, at=NOON)

        assert (item.pk in {each.pk for each in accepted}) is taken

    @pytest.mark.parametrize("words", ["10/9/2025", "Sở Y tế xây dựng báo cáo tổng kết trước ngày 10/9/2025", "trước ngày 10"])
    def test_never_an_item_with_a_finding_on_it(
        self, actor: Actor, unread: Document, keep: Callable[..., Document], words: str
    ) -> None:
        keep(unread, made(findings=[finding("deadline-before-document-date", "Thời hạn đã qua.", place(words))]))

        accepted = services.accept_certain(actor=actor, document=unread, at=NOON)

        assert not any("10/9/2025" in item.content["text"] for item in accepted)

    def test_a_dismissed_finding_no_longer_holds_it_back(
        self, actor: Actor, unread: Document, keep: Callable[..., Document]
    ) -> None:
        keep(unread, made(findings=[finding("deadline-before-document-date", "Thời hạn đã qua.", place("10/9/2025"))]))
        services.reject(actor=actor, item=unread.items.get(kind="finding"), at=NOON)

        accepted = services.accept_certain(actor=actor, document=unread, at=NOON)

        assert any("10/9/2025" in item.content["text"] for item in accepted)

    def test_undo_last_takes_the_whole_batch_back(self, actor: Actor, document: Document) -> None:
        accepted = services.accept_certain(actor=actor, document=document, at=NOON)

        undone = services.undo_last(actor=actor, document=document, at=NOON)

        assert {item.pk for item in undone} == {item.pk for item in accepted}
        assert document.items.exclude(state=ItemState.PROPOSED).count() == 0

    def test_undo_last_leaves_what_another_person_said_since(
        self, actor: Actor, document: Document, item: Item, office_specialist: Person, actor_for: Callable[..., Actor]
    ) -> None:
        services.accept_certain(actor=actor, document=document, at=NOON)
        services.reject(actor=actor_for(office_specialist), item=item, at=NOON)

        services.undo_last(actor=actor, document=document, at=NOON)

        assert fresh(item).state == ItemState.REJECTED
        assert document.items.filter(state=ItemState.ACCEPTED).count() == 0

    def test_undo_last_is_ones_own(
        self, actor: Actor, document: Document, item: Item, office_specialist: Person, actor_for: Callable[..., Actor]
    ) -> None:
        services.accept(actor=actor, item=item, at=NOON)

        with pytest.raises(Refused, match="Không còn thao tác"):
            services.undo_last(actor=actor_for(office_specialist), document=document, at=NOON)

    def test_particulars_are_accepted_together_but_for_doubted_ones(
        self, actor: Actor, unread: Document, keep: Callable[..., Document]
    ) -> None:
        keep(unread, made(findings=[finding("date-before-cited-document", "Ngày trước ngày.", place("tháng 8"))]))

        accepted = services.accept_particulars(actor=actor, document=unread, kind="metadata", at=NOON)

        assert {item.content["field"] for item in accepted} == {"code", "title"}


def test_the_contract_of_the_factory_is_whole() -> None:
    assert set(contract()) == {
        "schema", "source", "metadata", "outline", "agencies", "citations", "targets", "tasks", "reporting_duties", "findings"
    }  # fmt: skip
