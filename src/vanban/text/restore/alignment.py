"""Two readings of one page, word beside word by where they stand on it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from vanban.text.quality import is_syllable

Line = tuple[int, int, int]
PUT_IN: Final = 0.8
"""Confidence from which a word that one reading alone has is believed."""
EMPTY: Final = 0.1
"""Share of a word that may lie over another where its place still counts as empty."""
OWN_LINE: Final = 1000
"""Added to the number of a line that one reading alone has, so that it is no line of the other."""
_CORE = re.compile(r"^(\W*)(.*?)(\W*)$", re.DOTALL)


class Word(Protocol):
    """A word that was seen: see :class:`vanban.sources.images.words.SeenWord`."""

    @property
    def text(self) -> str: ...
    @property
    def box(self) -> tuple[int, int, int, int]: ...
    @property
    def confidence(self) -> float: ...
    @property
    def line(self) -> tuple[int, int, int]: ...


@dataclass(frozen=True, slots=True)
class Place:
    """One word of the better reading, and what the other reading has in its place ("" for nothing, None for no other reading)."""

    word: Word
    other: str | None
    other_sure: float


def ranked(readings: Sequence[Sequence[Word]]) -> tuple[Sequence[Word], Sequence[Word] | None]:
    if len(readings) == 1 or not readings[1]:
        return readings[0], None
    one, two = sorted(readings[:2], key=_worth, reverse=True)
    return one, two


def _worth(words: Sequence[Word]) -> float:
    """Letters in words that may be, by their confidence."""
    return sum(word.confidence * len(word.text) for word in words if is_syllable(parts(word.text)[1]))


@dataclass(frozen=True, slots=True)
class _Put:
    """A word of the other reading that is put in among those of the better one."""

    text: str
    box: tuple[int, int, int, int]
    confidence: float
    line: tuple[int, int, int]


def aligned(better: Sequence[Word], other: Sequence[Word] | None) -> list[Place]:
    """The words of the better reading line by line, and what it left out: lines after those that they come after in the other."""
    if other is None:
        return [Place(word, None, 0.0) for word in better]
    lines: dict[tuple[int, int, int], list[Word]] = {}
    for word in better:
        lines.setdefault(word.line, []).append(word)
    beside, alone = _beside(lines, other)
    places = [place for line, words in lines.items() for place in _line_aligned(words, beside.get(line, []))]
    return [*places, *(Place(word, None, 0.0) for word in _left_out(alone, better))]


def _left_out(alone: Sequence[Word], better: Sequence[Word]) -> list[Word]:
    """Words of the other reading on no line of the better one, where it is sure of the most of their line and the place is empty."""
    lines: dict[tuple[int, int, int], list[Word]] = {}
    for word in alone:
        lines.setdefault(word.line, []).append(word)
    return [
        _Put(word.text, word.box, word.confidence, (*line[:2], line[2] + OWN_LINE))
        for line, words in lines.items()
        if 2 * sum(map(_is_sure, words)) > len(words) and not any(_overlap(word, one) > 0 for word in words for one in better)
        for word in words
    ]


def _is_sure(word: Word) -> bool:
    core = parts(word.text)[1]
    return word.confidence >= PUT_IN and (is_syllable(core) or any(map(str.isdigit, core)))


def _overlap(one: Word, two: Word) -> float:
    """How much of the smaller of two boxes the other covers, 0 to 1."""
    across = min(one.box[2], two.box[2]) - max(one.box[0], two.box[0])
    down = min(one.box[3], two.box[3]) - max(one.box[1], two.box[1])
    least = min((word.box[2] - word.box[0]) * (word.box[3] - word.box[1]) for word in (one, two))
    return across * down / max(1, least) if across > 0 and down > 0 else 0.0


def _beside(lines: dict[Line, list[Word]], other: Sequence[Word]) -> tuple[dict[Line, list[Word]], list[Word]]:
    """For each line of the better reading the words of the other that stand on it, from left to right; and those on none."""
    edges = sorted((min(w.box[1] for w in words), max(w.box[3] for w in words), line) for line, words in lines.items())
    found: dict[Line, list[Word]] = {}
    alone: list[Word] = []
    for word in other:
        middle = (word.box[1] + word.box[3]) / 2
        near = [
            (abs((top + bottom) / 2 - middle), line)
            for top, bottom, line in edges
            if top <= middle <= bottom
            and lines[line][0].box[0] - 40 <= word.box[2]
            and word.box[0] <= lines[line][-1].box[2] + 40
        ]
        if near:
            found.setdefault(min(near)[1], []).append(word)
        else:
            alone.append(word)
    return {line: sorted(words, key=lambda word: word.box[0]) for line, words in found.items()}, alone


def _line_aligned(words: Sequence[Word], others: Sequence[Word]) -> list[Place]:
    """Each word with those of ``others`` that stand in its place: those that cover more than half of one another.

    Between them what stands in no word's place, where the other reading is sure of it.
    """
    matched: list[list[Word]] = [[] for _ in words]
    extra: list[Word] = []
    for one in others:
        best, at = 0.0, -1
        for index, word in enumerate(words):
            shared = min(word.box[2], one.box[2]) - max(word.box[0], one.box[0])
            share = shared / max(1, min(word.box[2] - word.box[0], one.box[2] - one.box[0]))
            if share > best:
                best, at = share, index
        if best > 0.4:
            matched[at].append(one)
        elif best < EMPTY and _is_sure(one):
            extra.append(_Put(one.text, one.box, one.confidence, words[0].line))
    places = [
        Place(word, " ".join(o.text for o in found), min((o.confidence for o in found), default=0.0))
        for word, found in zip(words, matched, strict=True)
    ]
    for word in extra:
        after = sum(place.word.box[0] < word.box[0] for place in places)
        places.insert(after, Place(word, None, 0.0))
    return places


def parts(text: str) -> tuple[str, str, str]:
    """What stands before, in and after a word."""
    found = _CORE.match(text)
    return (found[1], found[2], found[3]) if found else ("", text, "")
