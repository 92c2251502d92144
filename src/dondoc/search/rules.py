"""What a person typed → the words to look for, and where they stand in what was found."""

import re
import unicodedata
from dataclasses import dataclass

from dondoc.common.folding import searchable

MOST_WORDS = 12
AROUND = 90
_QUOTED = re.compile(r'"([^"]+)"|(\S+)')
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Term:
    """Words that must stand together. ``begins``: the last of them may be the beginning of a longer one."""

    words: tuple[str, ...]
    begins: bool = False

    @property
    def bare(self) -> tuple[str, ...]:
        return tuple(searchable(word) for word in self.words)


def terms_of(query: str) -> tuple[Term, ...]:
    """The terms of ``query``: what stands in quotation marks or is one symbol (``208/KH-UBND``) stays together."""
    text = unicodedata.normalize("NFC", query).lower()
    terms: list[Term] = []
    count = 0
    for found in _QUOTED.finditer(text):
        words = tuple(_WORD.findall(found[1] or found[2]))[: MOST_WORDS - count]
        if words:
            terms.append(Term(words))
            count += len(words)
    if terms and not text.endswith(('"', " ")):
        terms[-1] = Term(terms[-1].words, begins=len(terms[-1].words[-1]) > 1)
    return tuple(terms)


def bare_words(*texts: str) -> str:
    """All words without capitals and diacritics, a space between: what a bare word is looked for in."""
    return " ".join(_WORD.findall(searchable(*texts)))


def excerpt(text: str, terms: tuple[Term, ...]) -> list[tuple[str, bool]]:
    """A stretch of ``text`` where most of the terms stand, in pieces: (words, whether they were looked for)."""
    flat = " ".join(text.split())
    places = _places(flat, terms)
    start, end = _window(places, len(flat)) if places else (0, min(len(flat), 2 * AROUND))
    return _marked(flat, start, end, places)


def highlighted(text: str, terms: tuple[Term, ...]) -> list[tuple[str, bool]]:
    """The whole of ``text`` in such pieces."""
    flat = " ".join(text.split())
    return _marked(flat, 0, len(flat), _places(flat, terms))


def _places(flat: str, terms: tuple[Term, ...]) -> list[tuple[int, int]]:
    """Where the terms stand, in order, not overlapping."""
    words = [(searchable(found[0]), found.start(), found.end()) for found in _WORD.finditer(flat)]
    places: list[tuple[int, int]] = []
    for term in terms:
        bare = term.bare
        for at in range(len(words) - len(bare) + 1):
            here = [word for word, _, _ in words[at : at + len(bare)]]
            if here[:-1] == list(bare[:-1]) and (here[-1] == bare[-1] or (term.begins and here[-1].startswith(bare[-1]))):
                places.append((words[at][1], words[at + len(bare) - 1][2]))
    held: list[tuple[int, int]] = []
    for place in sorted(places):
        if not held or place[0] >= held[-1][1]:
            held.append(place)
    return held


def _window(places: list[tuple[int, int]], length: int) -> tuple[int, int]:
    """The stretch that begins at one of the places and holds the most of them."""

    def held(start: int) -> int:
        return sum(start <= place[0] and place[1] <= start + 2 * AROUND for place in places)

    first = max((place[0] for place in places), key=lambda start: (held(start), -start))
    start = max(0, first - AROUND // 2)
    return start, min(length, start + 2 * AROUND + AROUND // 2)


def _marked(flat: str, start: int, end: int, places: list[tuple[int, int]]) -> list[tuple[str, bool]]:
    """``flat[start:end]`` out to whole words in pieces, with dots where something is left out."""
    while start and flat[start - 1] != " ":
        start -= 1
    while end < len(flat) and flat[end] != " ":
        end += 1
    pieces: list[tuple[str, bool]] = [("… ", False)] if start else []
    at = start
    for left, right in places:
        if left < start or right > end:
            continue
        pieces += [(flat[at:left], False), (flat[left:right], True)]
        at = right
    pieces.append((flat[at:end] + (" …" if end < len(flat) else ""), False))
    return [piece for piece in pieces if piece[0]]
