"""Whether two texts are one document: draft and signed scan, a scan and another. Made to survive what scanning does to letters.

A text is folded to its skeleton (no diacritics, letters that scans take for one another made one) and cut into shingles of
three words; sixty least hashes of them are its signature (Broder 1997). The share of equal places of two signatures is
the share of shingles that the texts have in common. Twenty bands of three places each find candidates by an index: texts
that share half of their shingles meet in a band with a chance of 93 in 100, those that share a twentieth with 1 in 400.
"""

import re
import zlib
from collections.abc import Sequence
from random import Random

from dondoc.common.folding import searchable

SIZE = 60
ROWS = 3
SHINGLE = 3
ALIKE = 0.3  # from this share on two texts are proposed as one document
ALIKE_BY_NAME = 0.15  # where number or title and issuer agree as well
_MASK = (1 << 61) - 1
_draws = Random(20251112)  # noqa: S311 - not for secrets: the same places in every installation
_PLACES = tuple((_draws.randrange(1, _MASK), _draws.randrange(_MASK)) for _ in range(SIZE))
_WORD = re.compile(r"[^\W_]+")
_SAME = str.maketrans("1lj06", "iiiob")
_PAIRS = (("rn", "m"), ("cl", "d"), ("vv", "w"))


def skeleton(word: str) -> str:
    """``word`` without what a scan most often gets wrong."""
    folded = searchable(word).translate(_SAME)
    for pair, one in _PAIRS:
        folded = folded.replace(pair, one)
    return folded


def words_of(text: str) -> list[str]:
    """The skeletons of the words of a text, in order."""
    return [skeleton(word) for word in _WORD.findall(text)]


def signature(text: str) -> list[int]:
    """The least hashes of the shingles of ``text``; empty where it has too few words to compare."""
    words = words_of(text)
    shingles = {zlib.crc32(" ".join(words[at : at + SHINGLE]).encode()) for at in range(len(words) - SHINGLE + 1)}
    if len(shingles) < SIZE // 2:
        return []
    return [min((factor * shingle + offset) % _MASK for shingle in shingles) for factor, offset in _PLACES]


def bands(signed: Sequence[int]) -> list[int]:
    """The values by which likely candidates are looked up; the place of the band is part of each (31 bits)."""
    cut = (signed[at : at + ROWS] for at in range(0, len(signed), ROWS))
    return [zlib.crc32(repr((number, list(band))).encode()) >> 1 for number, band in enumerate(cut)]


def share(one: Sequence[int], other: Sequence[int]) -> float:
    """The estimated share of shingles that two texts have in common, 0 to 1."""
    if not one or len(one) != len(other):
        return 0.0
    return sum(a == b for a, b in zip(one, other, strict=True)) / len(one)
