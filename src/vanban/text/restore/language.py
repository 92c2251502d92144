"""The language model: how likely a syllable is after the three before it.

Syllables are lower case, in composed form (NFC), with the tone mark on the first vowel of an open ``oa``, ``oe``, ``uy``
(``hòa``, ``ủy``, but ``quý``: what ``spelled`` writes).  Three ids are no syllables: ``BOUNDARY`` is what
stands before and after a sentence, ``NUMBER`` is any token with a digit, ``UNKNOWN`` any word that the model does not know
(a name, a foreign word, a rare acronym).  Common acronyms (``ubnd``, ``qđ``) are in the list like syllables.

Probabilities are interpolated Kneser-Ney, pruned (``tools.training.language``), rounded to a few dozen levels.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from vanban.lexicon.folding import fold
from vanban.text.restore.tables import Keys, Table

BOUNDARY: Final = 0
NUMBER: Final = 1
UNKNOWN: Final = 2
SPECIAL: Final = 3
"""How many ids at the beginning are no syllables."""
WORD_BITS: Final = 13
"""An n-gram is one key of so many bits a word, its last word lowest."""

Ids = NDArray[np.int32]
Scores = NDArray[np.float32]
_AFTER_Q = str.maketrans("úùủũụ", "ýỳỷỹỵ")
_FILE = Path(__file__).parent / "data" / "language.npz"


@dataclass(frozen=True, slots=True)
class NGrams:
    """The n-grams of one order, 2 or more."""

    probabilities: Table
    levels: Scores
    """float32: the log-probability that a value of ``probabilities`` stands for."""
    backoffs: Table
    """Of the contexts of this order's n-grams (one word shorter)."""
    backoff_levels: Scores

    def backoff(self, contexts: Keys) -> Scores:
        """What each context leaves to the order below, log; 0 for one that is not known."""
        value, known = self.backoffs.find(contexts)
        return np.where(known, self.backoff_levels[np.where(known, value, 0)], np.float32(0))


@dataclass(frozen=True, slots=True)
class Contexts:
    """What stands before, with what each length of it leaves to shorter ones (order 2, 3 …)."""

    histories: Keys
    """int64: the words before as one key, the nearest lowest."""
    backoffs: tuple[Scores, ...]


def _mask(words: int) -> int:
    """The bits of a key that hold its last so many words."""
    return (1 << (WORD_BITS * words)) - 1


@dataclass(frozen=True)
class LanguageModel:
    syllables: Sequence[str]
    """id → syllable; the special ids have names in angle brackets."""
    ids: dict[str, int]
    """syllable → id, without the special ones; also as ``fold`` writes it."""
    unigrams: Scores
    orders: tuple[NGrams, ...]
    """Orders 2, 3 …"""

    @staticmethod
    def load() -> "LanguageModel":
        """The model of the package, read once."""
        return _load()

    def id_of(self, syllable: str) -> int | None:
        """The id of a syllable that ``spelled`` or ``fold`` has written, none where it is unknown."""
        return self.ids.get(syllable)

    def contexts(self, histories: Keys) -> Contexts:
        """The contexts of ``histories``: the words before, ``WORD_BITS`` each, the nearest lowest."""
        longer = [order.backoff(histories & _mask(back)) for back, order in enumerate(self.orders[1:], 2)]
        return Contexts(histories, (self.left[histories & _mask(1)], *longer))

    @cached_property
    def left(self) -> Scores:
        """float32[ids]: what each word, alone as a context, leaves to the order below."""
        return self.orders[0].backoff(np.arange(len(self.unigrams)))

    @cached_property
    def opening(self) -> Scores:
        """float32[ids]: log P(word | it begins a sentence), nats."""
        every = np.arange(len(self.unigrams), dtype=np.int32)
        return self.after(self.contexts(np.full(1, BOUNDARY, np.int64)), np.zeros(len(every), np.int64), every)

    def after(self, contexts: Contexts, rows: NDArray[np.int64], words: Ids) -> Scores:
        """Log P(word | context), nats, for the contexts of index ``rows`` (flat) and as many words."""
        total = self.unigrams[words]
        keys = (contexts.histories[rows] << WORD_BITS) | words
        there: NDArray[np.int64] | slice = slice(None)
        for number, (order, backoffs) in enumerate(zip(self.orders, contexts.backoffs, strict=True)):
            total += backoffs[rows]
            value, known = order.probabilities.find(keys[there] & _mask(number + 2))
            found = np.flatnonzero(known)
            there = found if isinstance(there, slice) else there[found]
            total[there] = order.levels[value[found]]
        return total

    def score(self, third: Ids, second: Ids, first: Ids, word: Ids) -> Scores:
        """Log P(word | third second first), nats, for arrays of ids of one shape; ``first`` is the syllable just before."""
        history = np.zeros(word.size, np.int64)
        for back in (third, second, first):
            history = (history << WORD_BITS) | back.ravel()
        flat = self.after(self.contexts(history), np.arange(word.size), word.ravel())
        return np.asarray(flat.reshape(word.shape), np.float32)


def spelled(word: str) -> str:
    """A word as the model's list has it: folded, but the tone mark never on the u of ``qu``."""
    low = fold(word)
    if low[:1] == "q" and len(low) == 3 and low[2] == "y":
        return "qu" + low[1].translate(_AFTER_Q) if low[1] != "u" else low
    return low


@lru_cache(maxsize=1)
def _load() -> LanguageModel:
    with np.load(_FILE) as arrays:
        return unpack(arrays)


def unpack(arrays: Any) -> LanguageModel:
    """The model of the arrays that ``tools.training.language`` writes."""
    words = arrays["syllables"].tobytes().decode().split("\n")
    count = int(arrays["orders"])
    return LanguageModel(
        syllables=words,
        ids={form: at for at, word in enumerate(words) if at >= SPECIAL for form in (fold(word), word)},
        unigrams=arrays["unigrams"],
        orders=tuple(
            NGrams(
                Table(arrays[f"slots{n}"], *map(int, arrays[f"shape{n}"])),
                arrays[f"levels{n}"],
                Table(arrays[f"backoff_slots{n}"], *map(int, arrays[f"backoff_shape{n}"])),
                arrays[f"backoff_levels{n}"],
            )
            for n in range(2, count + 1)
        ),
    )
