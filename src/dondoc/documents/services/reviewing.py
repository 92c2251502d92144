"""A person's word on an item: one function an act. Reviews are only ever added; state follows from them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from dondoc.common import wording
from dondoc.common.errors import Refused
from dondoc.documents import queries
from dondoc.documents.enums import ItemKind, ItemState, ReviewAction
from dondoc.documents.models import Document, DocumentReading, Item, Review
from dondoc.documents.rules.certainty import Doubts, may_accept_in_bulk
from dondoc.documents.rules.contents import ADDABLE, Content, cleaned, joined
from dondoc.documents.rules.drafts import Sections, first_line
from dondoc.documents.rules.fields import BY_NAME, day_of
from dondoc.documents.rules.matching import quoted
from dondoc.documents.rules.replay import says_the_same
from dondoc.documents.services.common import for_review, note
from dondoc.documents.services.projections import rebuild_document, rebuild_many
from dondoc.units.rules import Actor

DOCUMENT_KINDS = frozenset({ItemKind.METADATA, ItemKind.CITATION})


class _Batch:
    """The reviews of one act: gathered, written together, then everything that follows from them is made again."""

    def __init__(self, actor: Actor, document: Document, at: datetime) -> None:
        self.actor, self.document, self.at = actor, document, at
        self.pk: UUID = uuid4()
        self.items: list[Item] = []

    def say(self, item: Item, action: ReviewAction, content: Content | None, *related: Item) -> None:
        review = Review.objects.create(
            item=item, action=action, content=content, batch=self.pk, made_by=self.actor.person, made_at=self.at
        )
        review.related.set(related)
        self.items.append(item)

    def accept_all(self, items: Iterable[Item]) -> None:
        """The same word on many, at one stroke."""
        held = list(items)
        Review.objects.bulk_create(
            Review(
                item=item,
                action=ReviewAction.ACCEPT,
                content=item.content,
                batch=self.pk,
                made_by=self.actor.person,
                made_at=self.at,
            )
            for item in held
        )
        self.items.extend(held)

    def end(self, verb: str, **details: Any) -> None:
        rebuild_many(self.items)
        if any(item.kind in DOCUMENT_KINDS for item in self.items):
            rebuild_document(self.document)
        note(verb, self.document, self.actor, items=[str(item.key) for item in self.items], **details)


def accept(*, actor: Actor, item: Item, at: datetime) -> Item:
    """Đúng: what the item says now holds. Saying it twice is saying it once."""
    with transaction.atomic():
        document, _ = for_review(actor, item.document_id)
        item.refresh_from_db()
        if not item.confirmed:
            _check_says_something(item)
            batch = _Batch(actor, document, at)
            batch.say(item, ReviewAction.ACCEPT, item.content)
            batch.end("accept")
        return item


def _check_says_something(item: Item) -> None:
    if item.kind == ItemKind.METADATA and not item.content.get("value"):
        label = BY_NAME[str(item.content["field"])].label.lower()
        raise Refused(f"Phần mềm chưa đọc được {label}. Bấm Sửa và ghi theo bản giấy.")


def correct(*, actor: Actor, item: Item, content: Content, at: datetime) -> Item:
    """Sửa: ``content``, whole, takes the place of what was read; where it says the same it is an acceptance."""
    with transaction.atomic():
        document, _ = for_review(actor, item.document_id)
        item.refresh_from_db()
        if item.kind == ItemKind.FINDING:
            raise Refused("Cảnh báo không sửa được; sửa mục mà cảnh báo nói đến.")
        held = _with_known(item, cleaned(item.kind, content))
        _check_day(held, at)
        action = ReviewAction.ACCEPT if says_the_same(held, item.read) else ReviewAction.CORRECT
        batch = _Batch(actor, document, at)
        batch.say(item, action, held)
        batch.end("correct")
        return item


def _with_known(item: Item, content: Content) -> Content:
    """The new words with what the form does not ask for (section, places, the date as written)."""
    if item.kind == ItemKind.METADATA and content["field"] != item.content.get("field"):
        raise Refused("Mục thông tin không đổi loại được. Sửa lại giá trị.")
    return item.content | content


def _check_day(content: Content, at: datetime) -> None:
    """A document is not issued after the day on which it is here."""
    if content.get("field") != "date":
        return
    day = day_of(content.get("value"))
    today = timezone.localdate(at)
    if day is not None and day > today:
        raise Refused(
            f"Ngày ban hành {wording.day(day)} sau hôm nay ({wording.day(today)}). Xem lại ngày trên bản giấy.", "value"
        )


def reject(*, actor: Actor, item: Item, at: datetime) -> Item:
    """Bỏ: the item is not what it was taken for."""
    with transaction.atomic():
        document, _ = for_review(actor, item.document_id)
        item.refresh_from_db()
        if item.state != ItemState.REJECTED:
            batch = _Batch(actor, document, at)
            batch.say(item, ReviewAction.REJECT, None)
            batch.end("reject")
        return item


def accept_certain(*, actor: Actor, document: Document, at: datetime) -> list[Item]:
    """Accept all that was measured certain and that no finding touches; gives what was accepted."""
    with transaction.atomic():
        held, _ = for_review(actor, document.pk)
        items = queries.items_of(held)
        doubts = Doubts.of(items)
        certain = [item for item in items if may_accept_in_bulk(item, doubts)]
        if certain:
            batch = _Batch(actor, held, at)
            batch.accept_all(certain)
            batch.end("accept_certain")
        return certain


def accept_particulars(*, actor: Actor, document: Document, kind: str, at: datetime) -> list[Item]:
    """Accept the particulars (or the citations), which a person has before them on one card; doubted ones stay open."""
    with transaction.atomic():
        held, _ = for_review(actor, document.pk)
        if kind not in DOCUMENT_KINDS:
            raise Refused("Chỉ nhận cả bảng với thông tin văn bản và văn bản viện dẫn.")
        items = queries.items_of(held)
        doubts = Doubts.of(items)
        clear = [item for item in items if item.kind == kind and _is_clear(item, doubts)]
        if clear:
            batch = _Batch(actor, held, at)
            batch.accept_all(clear)
            batch.end("accept_particulars")
        return clear


def _is_clear(item: Item, doubts: Doubts) -> bool:
    """Open, found in the newest reading, with a value, and no finding on it."""
    if item.state != ItemState.PROPOSED or item.orphaned or doubts.on(item):
        return False
    return item.kind != ItemKind.METADATA or bool(item.content.get("value"))


def add(*, actor: Actor, document: Document, kind: str, content: Content, start: int, end: int, quote: str, at: datetime) -> Item:
    """Thêm: a person saw what the reader did not, in the passage from ``start`` to ``end`` that reads ``quote``."""
    with transaction.atomic():
        held, reading = for_review(actor, document.pk)
        if kind not in ADDABLE:
            raise Refused("Chọn loại mục cần thêm: nhiệm vụ, chỉ tiêu hoặc báo cáo.", "kind")
        place = _place(reading, start, end, quote)
        item = _new_item(held, reading, kind, place)
        item.corrected = cleaned(kind, content)
        item.save()
        batch = _Batch(actor, held, at)
        batch.say(item, ReviewAction.ADD, item.corrected)
        batch.end("add")
        return item


def _place(reading: DocumentReading, start: int, end: int, quote: str) -> tuple[int, int]:
    """The passage without the white space around it; where the offsets and the words disagree, the words count."""
    text = reading.text
    if not 0 <= start < end <= len(text) or (quote and text[start:end].split() != quote.split()):
        found = quoted(quote, text, start) if quote else None
        if found is None:
            raise Refused("Đoạn chọn không còn ở chỗ cũ. Chọn lại đoạn trong văn bản rồi thêm.")
        start, end = found
    passage = text[start:end]
    start, end = start + len(passage) - len(passage.lstrip()), start + len(passage.rstrip())
    if start >= end:
        raise Refused("Chưa chọn đoạn nào. Bôi đen đoạn cần thêm trong văn bản rồi bấm Thêm.")
    return start, end


def _new_item(document: Document, reading: DocumentReading, kind: str, place: tuple[int, int]) -> Item:
    before = document.items.filter(span_start__lte=place[0], reading=reading).order_by("-position").first()
    return Item(
        document=document,
        reading=reading,
        key=uuid4(),
        kind=kind,
        position=before.position if before else 0,
        span_start=place[0],
        span_end=place[1],
        section=Sections(reading.contract.get("outline") or []).at(place[0]),
        confidence=None,
        read=None,
    )


def merge(*, actor: Actor, item: Item, other: Item, at: datetime) -> Item:
    """Gộp: ``item`` takes up what ``other`` says, ``other`` is set aside."""
    with transaction.atomic():
        document, _ = for_review(actor, item.document_id)
        item.refresh_from_db()
        other.refresh_from_db()
        if item.pk == other.pk or item.document_id != other.document_id or item.kind != other.kind or item.kind not in ADDABLE:
            raise Refused("Chỉ gộp được hai mục khác nhau, cùng loại, trong cùng văn bản.")
        if ItemState.REJECTED in {item.state, other.state}:
            raise Refused("Mục đã bỏ thì không gộp được. Hoàn tác việc bỏ rồi gộp.")
        batch = _Batch(actor, document, at)
        batch.say(item, ReviewAction.MERGE, item.content | joined(item.kind, item.content, other.content), other)
        batch.say(other, ReviewAction.MERGE, None, item)
        batch.end("merge")
        return item


def split(*, actor: Actor, item: Item, first: str, second: str, at: datetime) -> tuple[Item, Item]:
    """Tách: ``item`` keeps the first part, a new item beside it says the second; the rest they have in common."""
    with transaction.atomic():
        document, reading = for_review(actor, item.document_id)
        item.refresh_from_db()
        if item.kind not in ADDABLE:
            raise Refused("Chỉ tách được nhiệm vụ, chỉ tiêu và báo cáo.")
        if not first.strip() or not second.strip():
            raise Refused("Chưa đủ hai phần. Ghi nội dung của cả hai mục sau khi tách.", "second")
        one = item.content | cleaned(item.kind, item.content | {"text": first})
        two = cleaned(item.kind, item.content | {"text": second})
        part = _new_item(document, reading, item.kind, _part_place(item, second))
        part.reading_id, part.position, part.section, part.corrected = item.reading_id, item.position, item.section, two
        part.save()
        batch = _Batch(actor, document, at)
        batch.say(item, ReviewAction.SPLIT, one, part)
        batch.say(part, ReviewAction.SPLIT, two, item)
        batch.end("split")
        return item, part


def _part_place(item: Item, words: str) -> tuple[int, int]:
    """Where the second part's words stand inside the item's passage; the whole passage where a person reworded them."""
    passage = item.reading.text[item.span_start : item.span_end]
    found = quoted(words, passage, 0)
    return (item.span_start + found[0], item.span_start + found[1]) if found else (item.span_start, item.span_end)


def set_field(*, actor: Actor, document: Document, field: str, value: Any, at: datetime, finding: Item | None = None) -> Item:
    """Enter a particular as the paper has it; with ``finding``, that one is settled by it.

    Where the reader found no place for the field, the item stands at the finding's place, or at the head of the text.
    """
    with transaction.atomic():
        held, reading = for_review(actor, document.pk)
        content = cleaned(ItemKind.METADATA, {"field": field, "value": value})
        _check_day(content, at)
        batch = _Batch(actor, held, at)
        item = _field_item(held, field)
        if item is None:
            item = _new_item(held, reading, ItemKind.METADATA, _field_place(reading, finding))
            item.corrected = content
            item.save()
            batch.say(item, ReviewAction.ADD, content)
        else:
            same = says_the_same(item.content | content, item.read)
            batch.say(item, ReviewAction.ACCEPT if same else ReviewAction.CORRECT, item.content | content)
        if finding is not None:
            batch.say(finding, ReviewAction.ACCEPT, finding.content)
        batch.end("set_field", field=field)
        return item


def keep_field(*, actor: Actor, document: Document, field: str, finding: Item, at: datetime) -> Item:
    """The particular stands as it was read; the finding on it is dismissed."""
    with transaction.atomic():
        held, _ = for_review(actor, document.pk)
        item = _field_item(held, field)
        if item is None or not item.content.get("value"):
            raise Refused("Phần mềm chưa đọc được giá trị nào để giữ. Ghi theo bản giấy.")
        batch = _Batch(actor, held, at)
        batch.say(item, ReviewAction.ACCEPT, item.content)
        batch.say(finding, ReviewAction.REJECT, None)
        batch.end("keep_field", field=field)
        return item


def _field_item(document: Document, field: str) -> Item | None:
    items = document.items.filter(kind=ItemKind.METADATA, orphaned=False)
    return next((item for item in items if item.content.get("field") == field), None)


def _field_place(reading: DocumentReading, finding: Item | None) -> tuple[int, int]:
    if finding is not None and finding.reading_id == reading.pk:
        return finding.span_start, finding.span_end
    return first_line(reading.text) or (0, 1)
