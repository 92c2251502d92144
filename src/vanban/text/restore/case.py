"""Capitals: those of the damaged word are given to the word that it is read as, where they can be trusted."""

import re
import unicodedata
from typing import Final

NEVER: Final = 0.01
"""A chance of a capital below which one that was read is not believed."""
ALWAYS: Final = 0.995
"""A chance above which a small letter that was read is not believed."""
_LETTER = re.compile(r"[^\W\d_]")
HALF: Final = 0.5


def like(was: str, words: str, *, capitals: bool, chance: float, begins: bool) -> str:
    """``words`` (lower case) with the capitals of ``was``.

    ``capitals``: the stretch around it is in capitals.  ``chance``: that a capital stands here by the words around it, 0 to 1;
    it decides where the first letter is another than the one that stood there, or nearly certain.  ``begins``: a sentence does.
    """
    if capitals:
        return words.upper()
    first = _LETTER.search(was)
    high = first is not None and first[0].isupper()
    same = first is not None and (_plain(first[0]) == _plain(words[:1]) or (words[:1] == "đ" and first[0] in _READ_FOR_D))
    if begins:
        high = high or not same
    elif not same:
        high = chance > HALF
    elif high:
        high = chance > NEVER
    else:
        high = chance > ALWAYS
    return words[:1].upper() + words[1:] if high else words


_READ_FOR_D = frozenset("DPBÐd")
"""What a capital Đ is read as, by its shape; and d for đ."""


def _plain(letter: str) -> str:
    """A letter in lower case without marks; đ stays apart from d."""
    return unicodedata.normalize("NFD", letter.lower())[:1]


def high_share(word: str) -> float:
    """Share of a word's letters that are capitals."""
    letters: list[str] = _LETTER.findall(word)
    return sum(letter.isupper() for letter in letters) / max(1, len(letters))


def is_shouted(word: str) -> bool:
    """Whether all letters of a word of two letters or more are capitals."""
    letters = _LETTER.findall(word)
    return len(letters) > 1 and all(letter.isupper() for letter in letters)
