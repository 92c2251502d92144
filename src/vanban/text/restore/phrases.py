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
DEAR: Final = 7.0
"""Nats over the best reading at which a word no longer speaks for the name."""
SHORTEST: Final = 2
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
def _phrases(hints: Hints) -> dict[str, tuple[Phrase, ...]]:
    """Names by their first word, the longest first."""
    names = set(province_names()) | set(hints.names) | {hints.province or ""}
    forms: set[Phrase] = set()
    for row in rows("agencies"):
        if row["id"] != "-":
            for name in (row["name"], *filter(None, row["aliases"].split(";"))):
                forms |= variants(phrase(name))
    forms |= {phrase(name) for name in names}
    held: dict[str, set[Phrase]] = {}
    for form in forms:
        words = tuple(word for word in form if word not in _MARKS)
        if len(words) >= SHORTEST:
            held.setdefault(words[0], set()).add(words)
    return {first: tuple(sorted(found, key=len, reverse=True)) for first, found in held.items()}


def boosts(tokens: Sequence[Token], readings: Sequence[Readings], hints: Hints) -> list[Boost]:
    """What the names say about the words of ``tokens``, whose readings are ``readings`` (empty for one that is decided)."""
    known = _phrases(hints)
    found: list[Boost] = []
    at = 0
    while at < len(tokens):
        best = next(iter(_names_at(tokens, readings, at, known)), None)
        if best is not None:
            found.extend(best)
        at += len(best) if best else 1
    return found


def _names_at(
    tokens: Sequence[Token], readings: Sequence[Readings], at: int, known: Mapping[str, tuple[Phrase, ...]]
) -> Iterator[list[Boost]]:
    """The names that may begin at a token."""
    least = min(readings[at].values(), default=0.0)
    firsts = [word for word, cost in readings[at].items() if cost <= least + DEAR and word in known]
    for form in sorted((form for first in firsts for form in known[first]), key=len, reverse=True):
        if at + len(form) <= len(tokens) and not any(token.opens for token in tokens[at + 1 : at + len(form)]):
            costs = [_cost(tokens[at + step], readings[at + step], word) for step, word in enumerate(form)]
            if all(cost is not None for cost in costs) and _speaks(form, costs):
                yield [Boost(at + step, word, (costs[step] or 0.0) - BONUS) for step, word in enumerate(form)]


def _cost(token: Token, readings: Readings, word: str) -> float | None:
    """What ``word`` costs at a token; None where it cannot stand there."""
    if token.kind is not Kind.WORD:
        return 0.0 if fold(token.now or token.was) == word else None
    cost = readings.get(word)
    if cost is not None:
        return cost if cost <= min(readings.values()) + DEAR else None
    return LOST if len(token.was) == 1 and fold(token.was) == word[0] else None


def _speaks(form: Phrase, costs: Sequence[float | None]) -> bool:
    """Whether enough of a name's words can be read."""
    lost = sum(cost is not None and cost >= LOST for cost in costs)
    return lost * 2 < len(form)
