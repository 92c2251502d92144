"""What people's words make of an item: a projection of its reviews, always the same for the same reviews."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dondoc.documents.enums import ItemState, ReviewAction

if TYPE_CHECKING:
    from dondoc.documents.models import Review

Content = dict[str, Any]

PLACES = frozenset({"span", "spans", "confidence", "placeless"})


@dataclass(frozen=True, slots=True)
class Projection:
    """State and correction of an item."""

    state: str
    corrected: Content | None


def says_the_same(one: Content | None, other: Content | None) -> bool:
    """Whether the two contents differ at most in where they were read and how surely."""
    return _words(one) == _words(other)


def _words(content: Content | None) -> Content | None:
    return None if content is None else {name: held for name, held in content.items() if name not in PLACES}


def effective(reviews: Iterable["Review"]) -> list["Review"]:
    """The reviews that still count: no undo, and none that was undone."""
    held = list(reviews)
    undone = {review.undoes_id for review in held if review.undoes_id is not None}
    return [review for review in held if review.action != ReviewAction.UNDO and review.pk not in undone]


def project(read: Content | None, reviews: Iterable["Review"]) -> Projection:
    """State and correction after ``reviews`` in order. What a person added and took back is rejected, its words kept."""
    held = list(reviews)
    said = effective(held)
    words = None if read is not None else next((review.content for review in held if review.content), None)
    state: str = ItemState.PROPOSED if read is not None else ItemState.REJECTED
    changed = False
    for review in said:
        words = review.content or words
        changed = changed or (review.action in _CHANGING and review.content is not None and read is not None)
        state = _state_after(review, changed=changed)
    return Projection(state, None if read is not None and says_the_same(words or read, read) else words)


_CHANGING = frozenset({ReviewAction.CORRECT, ReviewAction.MERGE, ReviewAction.SPLIT})


def _state_after(review: "Review", *, changed: bool) -> str:
    if review.action == ReviewAction.REJECT or (review.content is None and review.action != ReviewAction.ACCEPT):
        return ItemState.REJECTED
    return ItemState.CORRECTED if changed or review.action == ReviewAction.CORRECT else ItemState.ACCEPTED
