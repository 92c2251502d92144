"""The language model: how likely a syllable is after the three before it.

Syllables are lower case, in composed form (NFC), with the tone mark on the first vowel of an open ``oa``, ``oe``, ``uy``
(``hòa``, ``ủy``, but ``quý``: what ``spelled`` writes).  Three ids are no syllables: ``BOUNDARY`` is what
stands before and after a sentence, ``NUMBER`` is any token with a digit, ``UNKNOWN`` any word that the model does not know
(a name, a foreign word, a rare acronym).  Common acronyms (``ubnd``, ``qđ``) are in the list like syllables.

Probabilities are interpolated Kneser-Ney, pruned (``tools.training.language``), rounded to a few dozen levels.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
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
    """What stands before: for order n (2, 3 …) the key of the n - 1 words before, and what it leaves to shorter ones."""

    keys: tuple[Keys, ...]
    backoffs: tuple[Scores, ...]


@dataclass(frozen=True, slots=True)
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

    def contexts(self, history: Ids) -> Contexts:
        """The contexts of ``history``, int32[..., 3]: the words before, the nearest last."""
        keys: list[Keys] = []
        whole = np.zeros(history.shape[:-1], np.int64)
        for back in range(len(self.orders)):
            whole = whole | (history[..., -1 - back].astype(np.int64) << (WORD_BITS * back))
            keys.append(whole)
        return Contexts(tuple(keys), tuple(order.backoff(key) for order, key in zip(self.orders, keys, strict=True)))

    def after(self, contexts: Contexts, rows: NDArray[np.int64], words: Ids) -> Scores:
        """Log P(word | context), nats, for the contexts of index ``rows`` (flat) and as many words."""
        total = self.unigrams[words]
        there = np.arange(len(words))
        wide = words.astype(np.int64)
        for order, keys, backoffs in zip(self.orders, contexts.keys, contexts.backoffs, strict=True):
            total += backoffs[rows]
            value, known = order.probabilities.find((keys[rows[there]] << WORD_BITS) | wide[there])
            there = there[known]
            total[there] = order.levels[value[known]]
        return total

    def score(self, third: Ids, second: Ids, first: Ids, word: Ids) -> Scores:
        """Log P(word | third second first), nats, for arrays of ids of one shape; ``first`` is the syllable just before."""
        history = np.stack((third.ravel(), second.ravel(), first.ravel()), axis=-1)
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
