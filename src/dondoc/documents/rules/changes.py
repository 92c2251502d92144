"""What two versions of a document say otherwise in their particulars, tasks, targets and reports."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dondoc.documents.enums import ItemKind, ItemState
from dondoc.documents.rules import telling
from dondoc.documents.rules.comparing import is_noise
from dondoc.documents.rules.drafts import Draft
from dondoc.documents.rules.likeness import SHINGLE, words_of
from dondoc.documents.rules.matching import Old, match

if TYPE_CHECKING:
    from dondoc.documents.models import Item

PARTICULARS = ("code", "date", "issuer", "title", "signer")
COMPARED = (ItemKind.TASK, ItemKind.TARGET, ItemKind.DUTY)
_HELD = 0.6  # share of an item's words that stand in the other text one after the other


@dataclass(frozen=True, slots=True)
class Change:
    """One thing as each version has it; "" where a version does not have it."""

    label: str
    title: str
    older: str
    newer: str


def particulars(older: Iterable["Item"], newer: Iterable["Item"]) -> list[Change]:
    """Number, day, issuer, title and signer where they differ."""
    one, other = _fields(older), _fields(newer)
    labels = {name: telling.label_of(ItemKind.METADATA, {"field": name}) for name in PARTICULARS}
    held = ((labels[name], one.get(name, ""), other.get(name, "")) for name in PARTICULARS)
    return [Change(label, "", was, now) for label, was, now in held if was != now and not (was and now and is_noise(was, now))]


def contents(older: Sequence["Item"], newer: Sequence["Item"], texts: tuple[str, str]) -> list[Change]:
    """Tasks, targets and reports whose facts differ, that are new, or that are gone."""
    one, other = _said(older), _said(newer)
    olds = [Old(item.kind, item.span_start, item.span_end, item.section, (item.content,)) for item in one]
    drafts = [Draft(item.kind, item.span_start, item.span_end, item.section, None, item.content) for item in other]
    pairs = match(olds, drafts, lambda _start, _end: None)
    found = [change for index, there in pairs.items() for change in _facts(one[index], other[there])]
    gone = [item for index, item in enumerate(one) if index not in pairs]
    fresh = [item for index, item in enumerate(other) if index not in set(pairs.values())]
    return [*found, *_missing(gone, texts[1], removed=True), *_missing(fresh, texts[0], removed=False)]


def _fields(items: Iterable["Item"]) -> dict[str, str]:
    held = (item for item in items if item.kind == ItemKind.METADATA and not item.orphaned and item.state != ItemState.REJECTED)
    return {
        str(item.content.get("field")): telling.title_of(item.kind, item.content) for item in held if item.content.get("value")
    }


def _said(items: Iterable["Item"]) -> list["Item"]:
    return [item for item in items if item.kind in COMPARED and not item.orphaned and item.state != ItemState.REJECTED]


def _facts(one: "Item", other: "Item") -> list[Change]:
    was, now = (dict(telling.facts_of(item.kind, item.content)) for item in (one, other))
    title = telling.title_of(other.kind, other.content)
    labels = list(dict.fromkeys([*was, *now]))
    held = ((label, was.get(label, ""), now.get(label, "")) for label in labels)
    return [Change(label, title, old, new) for label, old, new in held if old != new and not (old and new and is_noise(old, new))]


def _missing(items: Iterable["Item"], text: str, *, removed: bool) -> list[Change]:
    """Those whose words the other version does not have; others were only taken for an item in one reading."""
    runs = _runs(text)
    absent = []
    for item in items:
        own = _runs(telling.title_of(item.kind, item.content))
        if own and len(own & runs) < _HELD * len(own):
            words = telling.title_of(item.kind, item.content)
            absent.append(
                Change(telling.label_of(item.kind, item.content), "", words if removed else "", "" if removed else words)
            )
    return absent


def _runs(text: str) -> set[tuple[str, ...]]:
    words = words_of(text)
    return {tuple(words[at : at + SHINGLE]) for at in range(len(words) - SHINGLE + 1)}
