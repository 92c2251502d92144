"""Words of people on items, their undoing, and what follows from them."""

import random
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from dondoc.common.errors import NotAllowed, Refused
from dondoc.common.models import AuditEntry
from dondoc.documents import services
from dondoc.documents.enums import DocumentState, ItemKind, ItemState, ReviewAction
from dondoc.documents.models import Document, Item, Review
from dondoc.documents.rules.replay import project
from dondoc.units.models import Person
from dondoc.units.rules import Actor
from tests.dondoc.factories.common import NOON
from tests.dondoc.factories.documents import TEXT, contract, finding, made, metadata, place

pytestmark = pytest.mark.django_db

Find = Callable[..., Item]


@pytest.fixture
def actor(owner: Person, actor_for: Callable[..., Actor]) -> Actor:
    return actor_for(owner)


@pytest.fixture
def item(item_of: Find) -> Item:
    return item_of("Sở Nội vụ hướng dẫn", kind="task")


def fresh(item: Item) -> Item:
    return Item.objects.get(pk=item.pk)


def task_content(item: Item, **more: Any) -> dict[str, Any]:
    return {**item.content, **more}


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


class TestProjection:
    ACTS = ("accept", "reject", "correct", "undo", "undo_last", "merge", "split", "accept_certain", "add")

    def act(self, name: str, actor: Actor, document: Document, chance: random.Random) -> None:
        tasks = list(document.items.filter(kind="task"))
        item = chance.choice(tasks)
        try:
            if name in {"accept", "reject", "undo"}:
                getattr(services, name)(actor=actor, item=item, at=NOON)
            elif name == "correct":
                content = task_content(item, text=f"Việc {chance.randint(1, 5)}")
                services.correct(actor=actor, item=item, content=content, at=NOON)
            elif name == "merge":
                services.merge(actor=actor, item=item, other=chance.choice(tasks), at=NOON)
            elif name == "split":
                services.split(actor=actor, item=item, first="phần một", second="phần hai", at=NOON)
            elif name == "add":
                start, end = place("hướng dẫn")
                content = {"text": "hướng dẫn"}
                services.add(
                    actor=actor, document=document, kind="task", content=content, start=start, end=end, quote="", at=NOON
                )
            else:
                getattr(services, name)(actor=actor, document=document, at=NOON)
        except Refused:
            pass

    @pytest.mark.parametrize("seed", range(12))
    def test_state_and_correction_are_the_replay_of_the_reviews(
        self, seed: int, document: Document, owner: Person, office_specialist: Person, actor_for: Callable[..., Actor]
    ) -> None:
        chance = random.Random(seed)  # noqa: S311 - repeatable cases
        actors = [actor_for(owner), actor_for(office_specialist)]
        for _ in range(25):
            self.act(chance.choice(self.ACTS), chance.choice(actors), document, chance)

        for item in document.items.all():
            told = project(item.read, item.reviews.order_by("pk"))
            assert (item.state, item.corrected) == (told.state, told.corrected)
        kept = {item.pk: (item.state, item.corrected) for item in document.items.all()}
        document.items.update(state=ItemState.PROPOSED)
        services.rebuild_many(document.items.all())
        assert {item.pk: (item.state, item.corrected) for item in document.items.all()} == kept

    def test_one_item_is_rebuilt(self, actor: Actor, item: Item) -> None:
        services.reject(actor=actor, item=item, at=NOON)
        Item.objects.filter(pk=item.pk).update(state=ItemState.ACCEPTED)

        services.rebuild(fresh(item))

        assert fresh(item).state == ItemState.REJECTED

    def test_reviews_are_only_added(self, actor: Actor, item: Item) -> None:
        services.accept(actor=actor, item=item, at=NOON)
        before = list(Review.objects.values())
        services.undo(actor=actor, item=item, at=NOON)

        assert list(Review.objects.order_by("pk").values())[: len(before)] == before


class TestRights:
    def every_act(self, actor: Actor, document: Document, item: Item) -> list[Callable[[], object]]:
        other = document.items.filter(kind="task").exclude(pk=item.pk)[0]
        at = {"actor": actor, "at": NOON}
        return [
            lambda: services.accept(item=item, **at),
            lambda: services.reject(item=item, **at),
            lambda: services.correct(item=item, content=task_content(item), **at),
            lambda: services.undo(item=item, **at),
            lambda: services.undo_last(document=document, **at),
            lambda: services.accept_certain(document=document, **at),
            lambda: services.accept_particulars(document=document, kind="metadata", **at),
            lambda: services.add(document=document, kind="task", content={"text": "x"}, start=0, end=5, quote="", **at),
            lambda: services.merge(item=item, other=other, **at),
            lambda: services.split(item=item, first="a", second="b", **at),
            lambda: services.set_field(document=document, field="code", value="1/KH", **at),
            lambda: services.read_again(document=document, **at),
            lambda: services.set_visibility(actor=actor, document=document, visibility="province"),
        ]

    def test_colleagues_and_strangers_may_nothing(
        self, document: Document, item: Item, colleague: Person, stranger: Person, actor_for: Callable[..., Actor]
    ) -> None:
        before = AuditEntry.objects.count()
        for person in (colleague, stranger):
            for act in self.every_act(actor_for(person), document, item):
                with pytest.raises(NotAllowed):
                    act()
        assert not Review.objects.exists()
        assert AuditEntry.objects.count() == before

    @pytest.mark.parametrize("who", ["owner", "department_clerk", "unit_leader", "office_specialist", "administrator"])
    def test_the_unit_and_the_provincial_office_may(
        self, request: pytest.FixtureRequest, who: str, item: Item, actor_for: Callable[..., Actor]
    ) -> None:
        services.accept(actor=actor_for(request.getfixturevalue(who)), item=item, at=NOON)

        assert fresh(item).state == ItemState.ACCEPTED

    def test_nobody_while_the_document_is_read_again(self, actor: Actor, document: Document, item: Item) -> None:
        services.read_again(actor=actor, document=document, at=NOON)

        with pytest.raises(Refused, match="đang được đọc"):
            services.accept(actor=actor, item=item, at=NOON)


def test_the_contract_of_the_factory_is_whole() -> None:
    assert set(contract()) == {
        "schema", "source", "metadata", "outline", "agencies", "citations", "targets", "tasks", "reporting_duties", "findings"
    }  # fmt: skip
