"""Words that were read in capitals in the middle of a line of small letters: ``đối VỚI các`` → với.

Readers of images take the small letters for capitals of the same shape. Acronyms stand in capitals too, so that only a syllable
with a mark on its vowel is lowered, and only between words in small letters.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from vanban.text.quality import is_syllable
from vanban.text.restore.case import is_shouted

if TYPE_CHECKING:
    from vanban.text.restore.readings import ReadWord

_STOPS = frozenset(".:;!?")


def with_small_letters(words: Sequence["ReadWord"]) -> list["ReadWord"]:
    """Words that were read from an image, in order, lone capitals lowered."""
    read = list(words)
    for before, at, after in zip(range(len(read)), range(1, len(read)), range(2, len(read)), strict=False):
        word = read[at]
        if not _is_marked_capitals(word.now) or read[before].now[-1:] in _STOPS:
            continue
        if _is_small(read[before].now) and _is_small(read[after].now):
            read[at] = replace(word, now=word.now.lower())
    return read


def _is_marked_capitals(word: str) -> bool:
    core = word.strip(",;()")
    marked = len(unicodedata.normalize("NFD", core)) > len(core)
    return marked and core.isalpha() and is_shouted(core) and is_syllable(core)


def _is_small(word: str) -> bool:
    core = word.strip(",;()")
    return core.isalpha() and core.islower()
