"""Letters behind glyph numbers: the layer of a PDF whose font does not say what its glyphs stand for.

Such a layer gives the number of each glyph in the font program as if it were a character: ``.ӃW TXҧ`` for "Kết quả".
TrueType fonts keep their glyphs in long runs of the order of an older standard, so that few numbers tell all:

- ASCII, a constant number below the character (29 in the fonts of Windows);
- the accented letters of Mac OS Roman, in its order (Apple TrueType Reference Manual, ``post`` table, format 1);
- the block U+1EA0 to U+1EF9, and the four letters Ơ ơ Ư ư, each run in the order of Unicode at a place of the font's own.

Where those places are is known for the faces of Times New Roman and found by trying for others: the right place is the one
that makes Vietnamese syllables of the words.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from vanban.text.quality import is_known_word, is_syllable

Table = Mapping[int, str]
"""Code of a character as it stands → what it is, for :meth:`str.translate`."""

SHIFT = 29  # ASCII in the fonts of Windows: the space, U+0020, is glyph 3
ROMAN, ITALIC = 1188, 808  # glyph of Ạ in Times New Roman upright and bold; italic and bold italic
HORNED = 58  # so many glyphs before Ạ stands Ơ, in fonts with the character set WGL4
ENOUGH = 0.85  # share of words that a right table makes well formed
LEAST = 12  # different words without which no place is searched for
FREQUENT = 120  # words by which a place is judged
FULL = 0.9
MOST_PLACES = 400
HALF = 0.5  # of the words must be good before single letters are solved
_NOWHERE = 0xE0000
_BLOCK = range(0x1EA0, 0x1EFA)
_MAC = range(98, 226)  # glyphs of the Mac OS Roman letters from 0x80
_SINGLES = {235: "Ý", 236: "ý", 255: "đ", 258: "Ă", 259: "ă", 264: "Đ", 428: "Ĩ", 429: "ĩ", 457: "Ũ", 458: "ũ"}
_EDGES = re.compile(r"^\W+|\W+$")
_PLAIN = re.compile(r"[\d\W]+|[A-ZĐ\d&.\-/]+")
STRANGE = re.compile(r"[\x03-\x08\x0b\x0c\x0e-\x1f\u0108\u0180-\u019f\u01a2-\u01ae\u01b1-\u02c5\u02c8-\u02d7\u02de-\u05ff]")
"""Signs that no clean text has and that glyph numbers give."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a font keeps its letters: ``shift`` of ASCII, the glyph of Ạ, that of Ơ."""

    shift: int = SHIFT
    block: int = ROMAN
    horned: int = ROMAN - HORNED

    def table(self) -> dict[int, str]:
        """Glyph number → character."""
        return _table(self)


@lru_cache(maxsize=64)
def _table(layout: Layout) -> dict[int, str]:
    table = {code - layout.shift: chr(code) for code in range(0x20, 0x7F)}
    moved = SHIFT - layout.shift
    table |= {glyph + moved: bytes([glyph - _MAC.start + 0x80]).decode("mac_roman") for glyph in _MAC}
    table |= {glyph + moved: sign for glyph, sign in _SINGLES.items()}
    table |= {layout.horned + place: sign for place, sign in enumerate("ƠơƯư")}
    table |= {layout.block + place: chr(code) for place, code in enumerate(_BLOCK)}
    return {glyph: sign for glyph, sign in table.items() if glyph > 0}


KNOWN = (Layout(), Layout(SHIFT, ITALIC, ITALIC - HORNED))


SET_ASIDE = 0xF0000
"""Added to the code of a letter that is right already, so that no table changes it (a private use area)."""

_BACK = re.compile("[\U000f0000-\U000fffff]")


def set_aside(written: str) -> str:
    """``written`` so that no table changes it."""
    return "".join(chr(ord(sign) + SET_ASIDE) if ord(sign) < SET_ASIDE else sign for sign in written)


def brought_back(written: str) -> str:
    """``written`` with the letters that were set aside in their place."""
    return _BACK.sub(lambda found: chr(ord(found[0]) - SET_ASIDE), written)


def fitness(words: Mapping[str, int], read: Callable[[str], str]) -> float:
    """Share of ``words`` (with how often each stands) that are well formed once read, 0 to 1."""
    total = good = 0
    for word, count in words.items():
        total += count
        good += count * is_plausible(brought_back(read(word)))
    return good / total if total else 0.0


def _fit(words: Mapping[str, int], table: Table) -> float:
    return fitness(words, lambda word: word.translate(table))


def is_plausible(word: str) -> bool:
    """Whether ``word``, with the marks around it, may stand in a Vietnamese text."""
    if STRANGE.search(word):
        return False
    bare = _EDGES.sub("", word)
    return (
        (is_syllable(bare) and _is_one_case(bare)) or bool(_PLAIN.fullmatch(bare)) or is_known_word(bare) or _all_plausible(bare)
    )


def _is_one_case(word: str) -> bool:
    """Whether all letters but the first are of one case."""
    return word[1:].islower() or word.isupper() or len(word) < 2


def _all_plausible(word: str) -> bool:
    parts = re.split(r"[-–/.,;:()“”\"]+", word)
    return len(parts) > 1 and all(is_syllable(part) or bool(_PLAIN.fullmatch(part)) for part in parts if part)


def find_table(words: Counter[str]) -> dict[int, str] | None:
    """The table by which ``words`` of glyph numbers of one font read as Vietnamese; None where none is found.

    The known layouts first, then every place of the block that the numbers in use allow.
    """
    if _fit(words, {}) >= ENOUGH:
        return None
    best = max((layout.table() for layout in KNOWN), key=lambda table: _fit(words, table))
    if _fit(words, best) >= ENOUGH:
        return best
    if len(words) < LEAST:
        return None
    found = _searched(words)
    return found if _fit(words, found) >= ENOUGH else None


def _searched(words: Counter[str]) -> dict[int, str]:
    """The best table over all shifts of ASCII and places of the block, its few other letters solved one by one."""
    shift = _likely_shift(words)
    bare = _table(Layout(shift, _NOWHERE, _NOWHERE))
    counts: Counter[int] = Counter()
    for word, count in words.items():
        for sign in word:
            if ord(sign) < SET_ASIDE and ord(sign) not in bare:
                counts[ord(sign)] += count
    frequent = Counter(dict(words.most_common(FREQUENT)))
    layouts = [Layout(shift, place, place - HORNED) for place in _full_places(counts)]
    best = max(layouts, key=lambda layout: _fit(frequent, layout.table()), default=Layout(shift, _NOWHERE, _NOWHERE))
    return _solved(words, dict(best.table())) if _fit(frequent, best.table()) >= HALF else best.table()


def _full_places(counts: Mapping[int, int]) -> list[int]:
    """Where the block may begin so that nearly as many letters as possible stand in it."""
    codes = sorted(counts)
    sums = [0, *accumulate(counts[code] for code in codes)]
    ends = [bisect_left(codes, code + len(_BLOCK)) for code in codes]
    held = [sums[end] - sums[place] for place, end in enumerate(ends)]
    most = max(held, default=0)
    full = [place for place, count in enumerate(held) if count >= FULL * most]
    starts = {at for place in full for at in range(codes[ends[place] - 1] - len(_BLOCK) + 1, codes[place] + 1)}
    return sorted(start for start in starts if start > len(_BLOCK))[:MOST_PLACES]


def _likely_shift(words: Counter[str]) -> int:
    """The shift by which most of the low numbers become the commonest letters of Vietnamese."""
    counts: Counter[int] = Counter()
    for word, count in words.items():
        for sign in word:
            if ord(sign) < SET_ASIDE:
                counts[ord(sign)] += count
    weights = dict(
        zip(map(ord, "nhtgciaomuvpqlrdbyskxe"), (14, 12, 9, 8, 8, 8, 6, 6, 5, 5, 4, 4, 3, 4, 4, 4, 3, 3, 3, 3, 2, 1), strict=True)
    )
    return max(range(-64, 96), key=lambda shift: sum(n * weights.get(code + shift, 0) for code, n in counts.items()))


def _solved(words: Counter[str], table: dict[int, str]) -> dict[int, str]:
    """``table`` with each letter that still stands in bad words only read as the letter that makes most of them good."""
    letters = [*map(chr, _BLOCK), *"ĂăĐđĨĩŨũƠơƯưÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúý"]
    by_code: dict[int, Counter[str]] = {}
    for word, count in words.items():
        if not is_plausible(word.translate(table)):
            for sign in set(word):
                if 0x7F < ord(sign) < SET_ASIDE:
                    by_code.setdefault(ord(sign), Counter())[word] += count
    for code, bad in sorted(by_code.items(), key=lambda item: -item[1].total()):
        holding = Counter({word: count for word, count in words.items() if chr(code) in word})
        options: Iterable[str] = letters if bad.total() * 2 > holding.total() else ()
        best = max(options, key=lambda letter: _fit(holding, {**table, code: letter}), default=None)
        if best and _fit(holding, {**table, code: best}) > _fit(holding, table):
            table[code] = best
    return table
