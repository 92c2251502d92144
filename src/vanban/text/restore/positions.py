"""Tokens put into a lattice: what each may be, at which cost, with what names and the document itself say about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

import numpy as np

from vanban.lexicon.folding import fold
from vanban.text.quality import is_syllable
from vanban.text.restore.candidates import Candidates, Readings
from vanban.text.restore.language import NUMBER, UNKNOWN, LanguageModel
from vanban.text.restore.lattice import Case, Costs, Ids, LatticeBuilder, Mark
from vanban.text.restore.tokens import Kind, Token

KEPT_COST: Final = 18.0
"""Nats to leave a word that is no syllable as it stands, a foreign word or a name: more than any likely damage of a syllable."""
JUNK_COST: Final = 27.0
"""Nats to leave a word with junk inside as it stands."""
NO_SYLLABLE: Final = 6.0
"""Nats more to take small letters that are no syllable (bt, t) for an acronym."""
DIGIT_COST: Final = 1.0
"""Nats to take a lone digit for a letter."""
DIGITS_COST: Final = 3.0
"""Nats to take two or three digits for a word (tiến 46 → tiến độ, thuốc 14 → thuốc lá)."""
MOST_DIGITS: Final = 3
BROKEN_COST: Final = 4.0
"""Nats to take two tokens for one that was broken in two."""
BROKEN_LENGTH: Final = 8
"""So long is the longest syllable with a junk sign."""
BROKEN_PIECE: Final = 3
"""The shorter piece of a broken word has so many signs or fewer."""


@dataclass(slots=True)
class Positions:
    """Reads tokens by their characters alone, and remembers what it read."""

    model: LanguageModel
    candidates: Candidates
    _arcs: dict[tuple[str, Kind], tuple[Ids, Costs]] = field(default_factory=dict)

    def prepare(self, tokens: Sequence[Token]) -> None:
        """Reads everything that will be asked for at once, which is much faster than one by one."""
        words = {token.was for token in tokens if is_read(token)}
        beside = [(one.was, two.was) for one, two in pairwise(tokens) if not two.opens and _may_be_one(one, two)]
        self.candidates.prepare(words, beside)

    def readings(self, tokens: Sequence[Token]) -> list[Mapping[str, float]]:
        """For each word its syllables with their costs; nothing for a token of another kind."""
        known: dict[str, Mapping[str, float]] = {}
        for token in tokens:
            if token.kind is Kind.WORD and token.was not in known:
                found = self.candidates.of(token.was)
                words = [self.model.syllables[one] for one in found.ids.tolist()]
                known[token.was] = dict(zip(words, found.costs.tolist(), strict=True))
        return [known[token.was] if token.kind is Kind.WORD else {} for token in tokens]

    def add(self, builder: LatticeBuilder, token: Token, before: Token | None, told: Mapping[int, float]) -> int:
        """Puts a token into the lattice; how many positions it has there. ``told``: costs of syllables that names speak for."""
        if token.kind is Kind.DECIDED:
            words = token.now.split()
            for number, word in enumerate(words):
                builder.fixed(self._known(word), token.mark if number == 0 else Mark.NONE)
            return len(words)
        if not is_read(token):
            builder.fixed(NUMBER if token.kind is Kind.NUMBER else self._known(token.now or token.was), token.mark)
            return 1
        reading = self.candidates.of(token.was)
        ids, costs = self._weighed(token, reading)
        ids, costs = _told(ids, costs, told) if told else (ids, costs)
        pairs = reading.pairs if token.kind is Kind.WORD else ()
        builder.add(ids, costs, pairs, token.mark, _case(token))
        if before is not None and _may_be_one(before, token):
            broken = self.candidates.joined(before.was, token.was)
            if broken is not None:
                builder.merge(broken[0], broken[1] + np.float32(BROKEN_COST))
        return 1

    def _weighed(self, token: Token, reading: Readings) -> tuple[Ids, Costs]:
        """The readings of a word and what it costs to leave it; small letters that are no syllable dearer."""
        key = (token.was, token.kind)
        if key not in self._arcs:
            ids, costs = reading.ids, reading.costs
            itself = self.model.id_of(fold(token.was)) if token.was.islower() and not is_syllable(token.was) else None
            if itself is not None:
                costs = np.where(ids == itself, costs + np.float32(NO_SYLLABLE), costs)
            if token.kind is Kind.NUMBER:
                dearer = DIGIT_COST if len(token.was) == 1 else DIGITS_COST
                self._arcs[key] = np.append(ids, np.int32(NUMBER)), np.append(costs + np.float32(dearer), np.float32(0))
            else:
                kept = KEPT_COST if token.was.isalpha() else JUNK_COST
                self._arcs[key] = np.append(ids, np.int32(_kept_as(token.was))), np.append(costs, np.float32(kept))
        return self._arcs[key]

    def _known(self, word: str) -> int:
        """The id of a word that is certain."""
        if any(sign.isdigit() for sign in word):
            return NUMBER
        found = self.model.id_of(fold(word))
        return UNKNOWN if found is None else found


def _kept_as(word: str) -> int:
    """What a word that is left as it stands is to the language model: a number where digits are a good part of it."""
    return NUMBER if 3 * sum(sign.isdigit() for sign in word) > len(word) + 2 else UNKNOWN


def is_read(token: Token) -> bool:
    """Whether the channel and the language model read a token: a word, or a few digits, which may be letters."""
    return token.kind is Kind.WORD or (token.kind is Kind.NUMBER and token.was.isdigit() and len(token.was) <= MOST_DIGITS)


def _told(ids: Ids, costs: Costs, told: Mapping[int, float]) -> tuple[Ids, Costs]:
    """Readings with the costs that ``told`` gives, those that were not among them added."""
    costs = costs.copy()
    for syllable, cost in told.items():
        place = np.flatnonzero(ids == syllable)
        if len(place):
            costs[place[0]] = cost
        else:
            ids, costs = np.append(ids, np.int32(syllable)), np.append(costs, np.float32(cost))
    return ids, costs


def _case(token: Token) -> Case:
    """How the token begins, unless it stands among capitals or damage hides it."""
    first = token.was[:1]
    if token.capitals or not first.isalpha():
        return Case.UNKNOWN
    return Case.CAPITAL if first.isupper() else Case.SMALL


def _may_be_one(before: Token, token: Token) -> bool:
    """Whether two tokens may be one word that was broken in two: one of them is no syllable of its own."""
    lengths = len(before.was), len(token.was)
    if before.kind is not Kind.WORD or token.kind is not Kind.WORD or token.mark or sum(lengths) > BROKEN_LENGTH:
        return False
    if token.was[:1].isupper() and not before.was[-1:].isupper():
        return False
    return min(lengths) <= BROKEN_PIECE and not (_plausible(before.was) and _plausible(token.was))


def _plausible(word: str) -> bool:
    return len(word) > 1 and word.isalpha() and is_syllable(word)
