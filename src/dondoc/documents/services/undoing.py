"""Hoàn tác: an undo is one more review, which names the one that no longer counts."""

from collections.abc import Iterable
from datetime import datetime
from uuid import uuid4

from django.db import transaction

from dondoc.common.errors import Refused
from dondoc.documents import queries
from dondoc.documents.enums import ReviewAction
from dondoc.documents.models import Document, Item, Review
from dondoc.documents.rules.replay import effective
from dondoc.documents.services.common import for_review, note
from dondoc.documents.services.projections import rebuild_document, rebuild_many
from dondoc.documents.services.reviewing import DOCUMENT_KINDS
from dondoc.units.rules import Actor

_TOGETHER = frozenset({ReviewAction.MERGE, ReviewAction.SPLIT})
NOTHING = "Không còn thao tác nào để hoàn tác."
LATER = "Mục này đã được người khác xem lại sau đó. Hoàn tác lần xem sau trước, ngay trên thẻ của mục."


def undo_last(*, actor: Actor, document: Document, at: datetime) -> list[Item]:
    """Take back the last act of the actor on this document, as far as nobody has spoken on the same items since."""
    with transaction.atomic():
        held, _ = for_review(actor, document.pk)
        mine = Review.objects.filter(item__document=held, made_by=actor.person, undone_by=None).exclude(action=ReviewAction.UNDO)
        last = mine.order_by("-pk").first()
        if last is None:
            raise Refused(NOTHING)
        return _take_back(held, list(_batch(last)), actor, at)


def undo(*, actor: Actor, item: Item, at: datetime) -> list[Item]:
    """Take back the last word on one item, whoever said it; a merge or a split goes back whole."""
    with transaction.atomic():
        document, _ = for_review(actor, item.document_id)
        said = effective(item.reviews.order_by("pk"))
        if not said:
            raise Refused(NOTHING)
        last = said[-1]
        return _take_back(document, list(_batch(last)) if last.action in _TOGETHER else [last], actor, at)


def _batch(review: Review) -> Iterable[Review]:
    return Review.objects.filter(batch=review.batch, undone_by=None).select_related("item").order_by("pk")


def _take_back(document: Document, reviews: list[Review], actor: Actor, at: datetime) -> list[Item]:
    said = queries.reviews_of([review.item for review in reviews])
    latest = {pk: effective(held)[-1].pk for pk, held in said.items() if effective(held)}
    free = [review for review in reviews if latest.get(review.item_id) == review.pk]
    if not free or (len(free) < len(reviews) and any(review.action in _TOGETHER for review in reviews)):
        raise Refused(LATER)
    batch = uuid4()
    Review.objects.bulk_create(
        Review(item=review.item, action=ReviewAction.UNDO, undoes=review, batch=batch, made_by=actor.person, made_at=at)
        for review in free
    )
    items = [review.item for review in free]
    rebuild_many(items)
    if any(item.kind in DOCUMENT_KINDS for item in items):
        rebuild_document(document)
    note("undo", document, actor, items=[str(item.key) for item in items])
    return items
