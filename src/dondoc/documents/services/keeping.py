"""A reading that came home: it is kept, its items are made or found again, and the document speaks from it."""

from collections.abc import Callable
from datetime import datetime
from uuid import uuid4

from django.db import transaction
from django.db.models import ProtectedError, RestrictedError

from dondoc.documents import found
from dondoc.documents.enums import DocumentState, ItemState, Visibility
from dondoc.documents.models import Document, DocumentReading, Item, ReadingPage
from dondoc.documents.reading import Made, carrier
from dondoc.documents.rules.drafts import Draft, drafts_of
from dondoc.documents.rules.fields import is_party
from dondoc.documents.rules.matching import Flat, Old, match
from dondoc.documents.rules.replay import says_the_same
from dondoc.documents.services.common import locked, note
from dondoc.documents.services.projections import rebuild_many, take_particulars
from dondoc.documents.services.ranking import sign
from dondoc.search import services as search

Place = tuple[int, int]


def keep(*, document_id: int, attempt: int, made: Made, at: datetime) -> bool:
    """Keep what ``attempt`` read; False where another attempt has taken over or the reading was given up."""
    with transaction.atomic():
        document = locked(document_id)
        if document.state != DocumentState.READING or document.attempt != attempt:
            return False
        older = document.readings.filter(current=True).first()
        newer = _store(document, made, at)
        drafts = drafts_of(made.contract, made.text)
        if older is None:
            _create(document, newer, list(enumerate(drafts)))
        else:
            _anchor(document, older, newer, drafts)
        _finish(document, newer, first=older is None)
        note("read", document, None, reading=newer.number, version=newer.reader_version, items=len(drafts))
        return True


def _store(document: Document, made: Made, at: datetime) -> DocumentReading:
    document.readings.filter(current=True).update(current=False)
    last = document.readings.order_by("-number").values_list("number", flat=True).first()
    reading = DocumentReading.objects.create(
        document=document,
        number=(last or 0) + 1,
        reader_version=made.version,
        made_at=at,
        text=made.text,
        raw=made.raw,
        offsets=made.offsets,
        contract=made.contract,
        tables=made.tables,
        pages=made.pages,
        blocks=made.blocks,
        mends=made.mends,
    )
    rows = (ReadingPage(reading=reading, number=number, words=words) for number, words in made.words.items())
    ReadingPage.objects.bulk_create(rows, batch_size=50)
    return reading


def _finish(document: Document, reading: DocumentReading, *, first: bool) -> None:
    """A Party document, and one of which nobody knows whose it is, stays restricted."""
    take_particulars(document)
    document.state = DocumentState.READ
    document.failure = ""
    document.step = ""
    document.progress_at = None
    if first and not document.visibility_chosen:
        known = bool(document.code or document.issuer)
        closed = not known or is_party(document.code, document.issuer, reading.text)
        document.visibility = Visibility.RESTRICTED if closed else Visibility.PROVINCE
    document.save(update_fields=["state", "failure", "step", "progress_at", "visibility"])
    search.refresh({found.KIND: [document.pk]})
    sign(document, reading.text)


def _create(document: Document, reading: DocumentReading, drafts: list[tuple[int, Draft]]) -> None:
    Item.objects.bulk_create(
        (
            Item(
                document=document,
                reading=reading,
                key=uuid4(),
                kind=draft.kind,
                position=position,
                span_start=draft.start,
                span_end=draft.end,
                section=draft.section,
                confidence=draft.confidence,
                read=draft.read,
            )
            for position, draft in drafts
        ),
        batch_size=200,
    )


def _anchor(document: Document, older: DocumentReading, newer: DocumentReading, drafts: list[Draft]) -> None:
    """Give each known item its place in the newer reading; what people said stays theirs."""
    items = list(document.items.prefetch_related("reviews"))
    carry = _carry(document, older, newer)
    placed = {index: carry(item) for index, item in enumerate(items)}
    olds = [_old(item) for item in items]
    pairs = match(olds, drafts, _by_index(olds, placed))
    for index, candidate in pairs.items():
        _move(items[index], newer, drafts[candidate], candidate)
    left = [(item, placed[index]) for index, item in enumerate(items) if index not in pairs]
    kept = [item for item, place in left if _keep_unread(item, place, newer, drafts)]
    held = [items[index] for index in pairs] + kept
    fields = ["reading", "position", "span_start", "span_end", "section", "confidence", "read", "corrected", "orphaned"]
    Item.objects.bulk_update(held, fields, batch_size=200)
    taken = set(pairs.values())
    _create(document, newer, [(position, draft) for position, draft in enumerate(drafts) if position not in taken])
    rebuild_many(held)


def _old(item: Item) -> Old:
    contents = tuple(content for content in (item.read, item.corrected) if content)
    return Old(item.kind, item.span_start, item.span_end, item.section, contents)


def _by_index(olds: list[Old], placed: dict[int, Place | None]) -> Callable[[int, int], Place | None]:
    """The place of an item is known by now; two items at one place go to one place."""
    known = {(old.start, old.end): placed[index] for index, old in enumerate(olds)}
    return lambda start, end: known.get((start, end))


def _carry(document: Document, older: DocumentReading, newer: DocumentReading) -> Callable[[Item], Place | None]:
    """Through the raw text where both were made from the same one, else by looking for the words."""
    texts = dict(document.readings.filter(pk__in=document.items.values("reading")).values_list("pk", "text"))
    flat = Flat(newer.text)
    exact = carrier(older.offsets, newer.offsets) if older.raw == newer.raw and older.offsets and newer.offsets else None

    def carry(item: Item) -> Place | None:
        if exact is not None and item.reading_id == older.pk:
            return exact(item.span_start, item.span_end)
        text = texts[item.reading_id]
        near = item.span_start * len(newer.text) // max(1, len(text))
        return flat.find(text[item.span_start : item.span_end], near)

    return carry


def _move(item: Item, reading: DocumentReading, draft: Draft, position: int) -> None:
    item.reading = reading
    item.position = position
    item.span_start, item.span_end = draft.start, draft.end
    item.section, item.confidence, item.read = draft.section, draft.confidence, draft.read
    item.orphaned = False


def _keep_unread(item: Item, place: Place | None, newer: DocumentReading, drafts: list[Draft]) -> bool:
    """An item that the newer reading does not have: a person's word is moved to its passage or orphaned, others go.

    False where the item is gone.
    """
    if not item.reviews.all() and item.read is not None and _gone(item):
        return False
    confirmed = item.state in {ItemState.ACCEPTED, ItemState.CORRECTED}
    if place is None or not confirmed or _is_taken(item, place, drafts):
        item.orphaned = True
        return True
    item.corrected = item.content
    item.read, item.confidence, item.reading = None, None, newer
    item.span_start, item.span_end = place
    item.position = sum(draft.start <= place[0] for draft in drafts)
    item.orphaned = False
    return True


def _is_taken(item: Item, place: Place, drafts: list[Draft]) -> bool:
    """Whether the newer reading says the very same of the same passage, as another item."""
    return any(
        draft.kind == item.kind and (draft.start, draft.end) == place and says_the_same(draft.read, item.content)
        for draft in drafts
    )


def _gone(item: Item) -> bool:
    """Delete it, unless something rests on it."""
    try:
        with transaction.atomic():
            item.delete()
    except (ProtectedError, RestrictedError):
        return False
    return True
