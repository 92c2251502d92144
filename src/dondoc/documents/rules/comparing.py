"""What is different between two versions of one document, leaving out what a scan merely read badly.

Words are compared by their skeletons; a changed figure always counts.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from dondoc.documents.rules.likeness import skeleton

ADDED, REMOVED, CHANGED = "added", "removed", "changed"
ENOUGH = 0.72  # words so much alike are one word, read twice
STRAY = 3  # letters of a mark that is no word
LONG = 2000
CONTEXT = 6
ANCHOR = 4
_CELLS = 4_000_000  # of two passages that are compared word by word
_WORD = re.compile(r"[^\W_]+(?:[./-][^\W_]+)*%?")
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Token:
    """A word, its skeleton and its place."""

    words: str
    bare: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Difference:
    """A passage that stands in one version otherwise than in the other; ``figures``: digits differ.

    ``around_older`` and ``around_newer``: a few words before and after it, in each version.
    """

    kind: str
    older: str
    newer: str
    around_older: tuple[str, str]
    around_newer: tuple[str, str]
    figures: bool
    place: tuple[int, int]


def differences(older: str, newer: str) -> list[Difference]:
    """In the order of the newer text."""
    one, other = tokens(older), tokens(newer)
    found = (_difference(older, newer, one, other, block) for block in _joined(_blocks(one, other)))
    return [each for each in found if each is not None]


def tokens(text: str) -> list[Token]:
    return [Token(found.group(), skeleton(found.group()), *found.span()) for found in _WORD.finditer(text)]


_Block = tuple[int, int, int, int]


def _blocks(one: Sequence[Token], other: Sequence[Token]) -> Iterator[_Block]:
    """What does not match between anchors: runs of words that occur once in each text, in the same order."""
    at = [0, 0]
    for first, second in [*_anchors(one, other), (len(one), len(other))]:
        if first < at[0] or second < at[1]:
            continue
        yield from _within(one, other, (at[0], first, at[1], second))
        at = [first, second]


def _within(one: Sequence[Token], other: Sequence[Token], gap: _Block) -> Iterator[_Block]:
    a, b, c, d = gap
    if (b - a) * (d - c) > _CELLS:
        yield gap
        return
    matcher = SequenceMatcher(None, [w.bare for w in one[a:b]], [w.bare for w in other[c:d]], autojunk=False)
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag != "equal":
            yield a + i, a + j, c + k, c + m
        else:
            yield from _changed_figures(one, other, (a + i, a + j, c + k))


def _changed_figures(one: Sequence[Token], other: Sequence[Token], run: tuple[int, int, int]) -> Iterator[_Block]:
    """Skeletons make figures and letters alike; a figure is compared as it stands."""
    first, last, across = run
    for at in range(first, last):
        there = across + at - first
        if _figures(one[at].words) != _figures(other[there].words):
            yield at, at + 1, there, there + 1


def _anchors(one: Sequence[Token], other: Sequence[Token]) -> list[tuple[int, int]]:
    """Where runs of words that are unique in both texts begin, in an order that is the same in both."""
    here, there = _unique(one), _unique(other)
    pairs = sorted((place, there[run]) for run, place in here.items() if run in there)
    return _rising(pairs)


def _unique(words: Sequence[Token]) -> dict[tuple[str, ...], int]:
    found: dict[tuple[str, ...], int] = {}
    twice: set[tuple[str, ...]] = set()
    for at in range(len(words) - ANCHOR + 1):
        run = tuple(word.bare for word in words[at : at + ANCHOR])
        if run in found:
            twice.add(run)
        found[run] = at
    return {run: at for run, at in found.items() if run not in twice}


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest rising run of second places (patience)."""
    tops: list[int] = []
    held: list[int] = []
    before: list[int] = []
    for index, (_, place) in enumerate(pairs):
        pile = bisect_left(tops, place)
        before.append(held[pile - 1] if pile else -1)
        if pile == len(tops):
            tops.append(place)
            held.append(index)
        else:
            tops[pile], held[pile] = place, index
    chain: list[tuple[int, int]] = []
    at = held[-1] if held else -1
    while at >= 0:
        chain.append(pairs[at])
        at = before[at]
    return chain[::-1]


def _joined(blocks: Iterator[_Block]) -> Iterator[_Block]:
    """Differences that touch, or that one equal word parts, are told together."""
    held: _Block | None = None
    for block in blocks:
        if held and block[0] - held[1] <= 1 and block[2] - held[3] <= 1:
            held = (held[0], block[1], held[2], block[3])
            continue
        if held:
            yield held
        held = block
    if held:
        yield held


def _difference(older: str, newer: str, one: Sequence[Token], other: Sequence[Token], block: _Block) -> Difference | None:
    a, b, c, d = block
    was, now = _slice(older, one, a, b), _slice(newer, other, c, d)
    figures = _figures(was) != _figures(now)
    if is_noise(was, now):
        return None
    kind = CHANGED if was and now else ADDED if now else REMOVED
    start = other[c].start if c < len(other) else len(newer)
    place = (start, other[d - 1].end if d > c else start)
    return Difference(kind, was, now, _around(older, one, a, b), _around(newer, other, c, d), figures, place)


def _around(text: str, held: Sequence[Token], first: int, last: int) -> tuple[str, str]:
    before = _slice(text, held, max(0, first - CONTEXT), first)
    return before, _slice(text, held, last, min(len(held), last + CONTEXT))


def is_noise(was: str, now: str) -> bool:
    """The same words read otherwise, parted otherwise, or a stray mark; a changed figure never is."""
    if _figures(was) != _figures(now):
        return False
    one, other = ("".join(skeleton(word) for word in words.split()) for words in (was, now))
    if not one or not other:
        return len(one + other) <= STRAY
    return max(len(one), len(other)) < LONG and SequenceMatcher(None, one, other, autojunk=False).ratio() >= ENOUGH


def _figures(words: str) -> list[str]:
    return _DIGITS.findall(words)


def _slice(text: str, words: Sequence[Token], first: int, last: int) -> str:
    return " ".join(text[words[first].start : words[last - 1].end].split()) if first < last else ""
