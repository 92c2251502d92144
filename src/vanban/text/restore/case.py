"""Capitals: those of the damaged word are given to the word that it is read as, where they can be trusted."""

import re

_LETTER = re.compile(r"[^\W\d_]")
_ALIKE = frozenset("cosuvwxzkp")
"""Letters whose capital has the same shape, so that a scanner takes one for the other."""


def like(was: str, words: str, *, capitals: bool = False, trusted: bool = True) -> str:
    """``words`` (lower case) with the capitals of ``was``.

    ``capitals``: the stretch around it is in capitals.  ``trusted``: a capital is to be expected here (a sentence begins, or a
    word beside it has one too); elsewhere a capital of the same shape as the small letter is taken for the small one.
    """
    if capitals:
        return words.upper()
    letters = _LETTER.findall(was)
    if not letters or not letters[0].isupper():
        return words
    if not trusted and words[:1] in _ALIKE and (len(letters) == 1 or all(letter.isupper() for letter in letters)):
        return words
    return words[:1].upper() + words[1:]


def is_shouted(word: str) -> bool:
    """Whether all letters of a word of two letters or more are capitals."""
    letters = _LETTER.findall(word)
    return len(letters) > 1 and all(letter.isupper() for letter in letters)
