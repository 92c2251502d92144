"""Names that the field knows, in damaged words: agencies and their short forms, provinces, names that the caller gave.

A name whose every word is among the readings of a token makes these readings cheaper; a word that lost its vowel (``S Y t``)
becomes a reading by the name alone. Nothing is decided here: the language model weighs the rest of the sentence against it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from vanban.lexicon.folding import fold
from vanban.lexicon.tables import Phrase, phrase, province_names, rows, variants
from vanban.text.restore.hints import Hints
from vanban.text.restore.tokens import Kind, Token

BONUS: Final = 1.6
"""Nats a word."""
LOST: Final = 7.0
"""Cost of a word whose first letter alone is left."""
DEAR: Final = 8.0
"""Nats over the best reading at which a word no longer speaks for the name."""
SHORTEST: Final = 2
GARBLED: Final = 4.0
"""Cost of ủy in a name where a short word with a y at its end stands: readers without Vietnamese garble no word more (1y, Ty, @y, uj)."""
SHORT: Final = 3
_LIKE_Y: Final = frozenset("yYj")
_MARKS = frozenset({",", "-", ";", "&"})

Readings = Mapping[str, float]
"""Word → cost."""


@dataclass(frozen=True, slots=True)
class Boost:
    """At token ``index``: the word ``word`` costs ``cost`` nats."""

    index: int
    word: str
    cost: float


@lru_cache(maxsize=8)
def _phrases(hints: Hints) -> dict[str, dict[str, tuple[Phrase, ...]]]:
    """Names by their first and second words."""
    names = set(province_names()) | set(hints.names) | {hints.province or ""}
    forms: set[Phrase] = set()
    for row in rows("agencies"):
        if row["id"] != "-":
            for name in (row["name"], *filter(None, row["aliases"].split(";"))):
                forms |= variants(phrase(name))
    forms |= {phrase(name) for name in names}
    held: dict[str, dict[str, set[Phrase]]] = {}
    for form in forms:
        words = tuple(word for word in form if word not in _MARKS)
        if len(words) >= SHORTEST:
            held.setdefault(words[0], {}).setdefault(words[1], set()).add(words)
    return {first: {second: tuple(sorted(forms)) for second, forms in found.items()} for first, found in held.items()}


def boosts(tokens: Sequence[Token], readings: Sequence[Readings], hints: Hints) -> list[Boost]:
    """What the names say about the words of ``tokens``, whose readings are ``readings`` (empty for one that is decided)."""
    known = _phrases(hints)
    found: list[Boost] = []
    at = 0
    while at < len(tokens):
        best = max(_names_at(tokens, readings, at, known), key=len, default=[])
        found.extend(best)
        at += len(best) or 1
    return found


def _names_at(
    tokens: Sequence[Token], readings: Sequence[Readings], at: int, known: Mapping[str, Mapping[str, tuple[Phrase, ...]]]
) -> Iterator[list[Boost]]:
    """The names that may begin at a token."""
    if not readings[at] or at + 1 == len(tokens):
        return
    least = min(readings[at].values()) + DEAR
    for first in [word for word, cost in readings[at].items() if cost <= least and word in known]:
        for second, forms in known[first].items():
            if tokens[at + 1].opens or _cost(tokens[at + 1], readings[at + 1], second) is None:
                continue
            for form in forms:
                costs = _costs_of(tokens, readings, at, form)
                if costs and _speaks(costs):
                    yield [
                        Boost(at + step, word, cost - BONUS) for step, (word, cost) in enumerate(zip(form, costs, strict=True))
                    ]


def _costs_of(tokens: Sequence[Token], readings: Sequence[Readings], at: int, form: Phrase) -> list[float]:
    """What each word of a name costs from a token on; empty where it cannot stand there."""
    if at + len(form) > len(tokens):
        return []
    costs: list[float] = []
    for step, word in enumerate(form):
        cost = None if step and tokens[at + step].opens else _cost(tokens[at + step], readings[at + step], word)
        if cost is None:
            return []
        costs.append(cost)
    return costs


def _cost(token: Token, readings: Readings, word: str) -> float | None:
    """What ``word`` costs at a token; None where it cannot stand there."""
    if token.kind is not Kind.WORD:
        return 0.0 if fold(token.now or token.was) == word else None
    cost = readings.get(word)
    if word == "ủy" and len(token.was) <= SHORT and token.was[-1:] in _LIKE_Y:
        cost = min(GARBLED, GARBLED if cost is None else cost)
    elif cost is not None and cost > min(readings.values()) + DEAR:
        return None
    if cost is not None:
        return cost
    return LOST if len(token.was) == 1 and fold(token.was) == word[0] else None


def _speaks(costs: Sequence[float]) -> bool:
    """Whether enough of a name's words can be read."""
    return sum(cost >= LOST for cost in costs) * 2 < len(costs)
