"""How like two damaged words are; the one place that needs a library for it."""

from functools import lru_cache

EXACT = 0.05
"""What it costs to take a word for itself."""

_COST = ((0.85, 0.25), (0.79, 0.5))
_SHORTEST = 4
_FURTHEST = 2
"""At least this alike → what it costs to take one for the other (a word of running text costs 1)."""


@lru_cache(maxsize=65536)
def cost(word: str, other: str) -> float | None:
    """What it costs to take ``word`` of the text for ``other`` of a list, both bare; None where they are not alike."""
    if word == other:
        return EXACT
    if min(len(word), len(other)) < _SHORTEST or abs(len(word) - len(other)) > _FURTHEST:
        return None
    share = alike(word, other)
    return next((price for least, price in _COST if share >= least), None)


def alike(word: str, other: str) -> float:
    """The share of letters that two words have in common, in their order, 0 to 1."""
    from rapidfuzz.distance import Indel  # noqa: PLC0415 -- only damaged tables need it

    return Indel.normalized_similarity(word, other)
