"""Which item of an older reading is which entry of a newer one: by kind, by what it says, and by where it stands."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from dondoc.common.folding import searchable
from dondoc.documents.enums import ItemKind
from dondoc.documents.rules.drafts import Draft

ENOUGH = 0.55
Carry = Callable[[int, int], tuple[int, int] | None]
_WORD = re.compile(r"\w+")
_PIECE = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Old:
    """An item as it stood: its place in the older text and all that it ever said (the reader's word, a person's)."""

    kind: str
    start: int
    end: int
    section: str
    contents: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class _Profile:
    """What is compared: an identity that decides alone, and the words."""

    identity: str
    words: frozenset[str]


def match(olds: Sequence[Old], drafts: Sequence[Draft], carry: Carry) -> dict[int, int]:
    """Pairs (index of ``olds`` → index of ``drafts``), each at most once; the surest pairs first.

    ``carry`` gives an older place in the newer text, none where it cannot be told.
    """
    carried = [carry(old.start, old.end) for old in olds]
    profiles = [_profile(draft.kind, draft.read) for draft in drafts]
    by_kind: dict[str, list[int]] = {}
    for index, draft in enumerate(drafts):
        by_kind.setdefault(draft.kind, []).append(index)
    pairs: list[tuple[float, float, int, int]] = []
    for index, old in enumerate(olds):
        said = [_profile(old.kind, content) for content in old.contents]
        for candidate in by_kind.get(old.kind, ()):
            overlap = _overlap(carried[index], drafts[candidate])
            score = max((_score(old.kind, one, profiles[candidate], overlap) for one in said), default=0.0)
            if score >= ENOUGH:
                near = _nearness(old, carried[index], drafts[candidate], overlap)
                pairs.append((-score, -near, index, candidate))
    return _surest(pairs)


def _surest(pairs: list[tuple[float, float, int, int]]) -> dict[int, int]:
    chosen: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, index, candidate in sorted(pairs):
        if index not in chosen and candidate not in taken:
            chosen[index] = candidate
            taken.add(candidate)
    return chosen


def _profile(kind: str, content: dict[str, Any]) -> _Profile:
    if kind == ItemKind.METADATA:
        return _Profile(str(content.get("field")), frozenset())
    if kind == ItemKind.CITATION:
        return _Profile("".join(searchable(str(content.get("code") or "")).split()), frozenset())
    if kind == ItemKind.FINDING:
        return _Profile(str(content.get("rule")), frozenset(_WORD.findall(searchable(str(content.get("message") or "")))))
    words = _WORD.findall(searchable(str(content.get("text") or "")))
    return _Profile("", frozenset(words))


def _score(kind: str, one: _Profile, other: _Profile, overlap: float) -> float:
    """Between 0 (nothing in common) and 1. Text of another place counts by its words, of the same place by half of both."""
    if kind in {ItemKind.METADATA, ItemKind.CITATION}:
        return 1.0 if one.identity == other.identity else 0.0
    if one.identity != other.identity:
        return 0.0
    if not overlap and 2 * min(len(one.words), len(other.words)) < ENOUGH * (len(one.words) + len(other.words)):
        return 0.0
    alike = _dice(one.words, other.words)
    return max(alike, (alike + overlap) / 2 + (0.1 if overlap > 0.8 else 0.0))


def _dice(one: frozenset[str], other: frozenset[str]) -> float:
    total = len(one) + len(other)
    return 2 * len(one & other) / total if total else 0.0


def _overlap(place: tuple[int, int] | None, draft: Draft) -> float:
    """Share of the longer of the two that both cover."""
    if place is None:
        return 0.0
    common = min(place[1], draft.end) - max(place[0], draft.start)
    return max(0, common) / max(place[1] - place[0], draft.end - draft.start, 1)


def _nearness(old: Old, place: tuple[int, int] | None, draft: Draft, overlap: float) -> float:
    """Decides between entries that say the same: the place, then the section, then the distance."""
    start = place[0] if place else old.start
    same_section = 1.0 if old.section and old.section == draft.section else 0.0
    return 4 * overlap + same_section + 1 / (1 + abs(start - draft.start))


class Flat:
    """A text in which a quotation is looked for word by word, whatever white space stands between the words."""

    def __init__(self, text: str) -> None:
        pieces: list[str] = []
        self._starts: list[int] = []
        self._places: list[tuple[int, int]] = []
        at = 0
        for found in _PIECE.finditer(text):
            pieces.append(found.group())
            self._starts.append(at)
            self._places.append(found.span())
            at += len(found.group()) + 1
        self._flat = " ".join(pieces)

    def find(self, quote: str, near: int) -> tuple[int, int] | None:
        """Where the words stand, the place nearest to ``near``; none where they do not."""
        words = " ".join(quote.split())
        if not words:
            return None
        found = [(abs(place[0] - near), *place) for place in self._occurrences(words)]
        return min(found)[1:] if found else None

    def _occurrences(self, words: str) -> Iterator[tuple[int, int]]:
        at = self._flat.find(words)
        while at >= 0:
            yield self._original(at), self._original(at + len(words) - 1) + 1
            at = self._flat.find(words, at + 1)

    def _original(self, offset: int) -> int:
        index = bisect_right(self._starts, offset) - 1
        return self._places[index][0] + offset - self._starts[index]


def quoted(quote: str, text: str, near: int) -> tuple[int, int] | None:
    """Where ``text`` holds ``quote`` (white space apart), the place nearest to ``near``; none where it does not."""
    return Flat(text).find(quote, near)
