"""Which items need a person's eye, and which may be accepted in bulk."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dondoc.documents.enums import ItemKind, ItemState
from dondoc.documents.rules.confidence import is_certain

if TYPE_CHECKING:
    from dondoc.documents.models import Item

Place = tuple[int, int]
_RANK = {"must-fix": 0, "verify": 1, "should-fix": 2, "editorial": 3}
_NOT_ASKED = frozenset({"editorial", "should-fix"})


def places_of(item: "Item") -> list[Place]:
    """Where the item stands, its own place first; those of its parts as the reader gave them for the same text."""
    own = (item.span_start, item.span_end)
    read: dict[str, Any] = item.read or {}
    spans = read.get("spans") or []
    groups = spans.values() if isinstance(spans, dict) else [spans]
    others = [(span[0], span[1]) for group in groups for span in _flat(group)]
    return [own, *(place for place in others if place != own and place[0] < place[1])]


def _flat(group: Any) -> Iterable[Sequence[int]]:
    """A group of places is a place or a list of places."""
    if group and isinstance(group[0], int):
        return [group]
    return [place for place in group or [] if place]


@dataclass(frozen=True, slots=True)
class Doubts:
    """The findings of a document that no person has dismissed, but for those of mere form, and the places they are about."""

    held: tuple[tuple[int, int, int], ...]

    @classmethod
    def of(cls, items: Iterable["Item"]) -> "Doubts":
        """Findings without a place of their own are about no item."""
        return cls(
            tuple(
                (item.span_start, item.span_end, item.pk)
                for item in items
                if item.kind == ItemKind.FINDING
                and item.state != ItemState.REJECTED
                and not item.orphaned
                and severity_of(item) != "editorial"
                and not (item.read or {}).get("placeless")
            )
        )

    def on(self, item: "Item") -> list[int]:
        """The findings that touch the item."""
        if item.kind == ItemKind.FINDING:
            return []
        places = places_of(item)
        return [pk for start, end, pk in self.held if any(start < stop and first < end for first, stop in places)]


def may_accept_in_bulk(item: "Item", doubts: Doubts) -> bool:
    """Measured certain, not looked at yet, and no finding touches it."""
    return (
        item.state == ItemState.PROPOSED
        and not item.orphaned
        and item.kind != ItemKind.FINDING
        and is_certain(item.confidence)
        and not doubts.on(item)
    )


def needs_a_look(item: "Item", doubts: Doubts) -> bool:
    """Open, and unsure, doubted, a finding, without a value, or no longer found."""
    if item.state != ItemState.PROPOSED:
        return False
    if item.kind == ItemKind.FINDING:
        return severity_of(item) not in _NOT_ASKED
    if item.orphaned or doubts.on(item):
        return True
    if item.kind == ItemKind.METADATA:
        return not item.content.get("value")
    return item.confidence is not None and not is_certain(item.confidence)


def severity_of(item: "Item") -> str:
    return str((item.read or {}).get("severity") or "verify")


def urgency(item: "Item") -> tuple[int, int, float, int]:
    """The order of "Cần xem": findings by severity, then what is least sure, then the order of the text."""
    if item.kind == ItemKind.FINDING:
        return (0, _RANK.get(severity_of(item), 1), 0.0, item.position)
    return (1, 0, item.confidence if item.confidence is not None else 0.0, item.position)
