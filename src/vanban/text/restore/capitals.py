"""How likely a syllable begins with a capital letter between its two neighbours, inside a sentence.

Two pairs are known: the syllable with the one before it (*Lạng* → *Sơn*) and with the one after (*Ủy* ← *ban*).  Their log odds
are put together with four fifths of the weight that they would have if the neighbours told independent things.
"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from vanban.text.restore.language import WORD_BITS, Ids, Scores
from vanban.text.restore.tables import Keys, Table

SHARE: Final = 0.8
_SURELY_SMALL: Final = -3.0
"""Log odds under which a small letter is no surprise whatever stands before."""
_FILE = Path(__file__).parent / "data" / "capitals.npz"


@dataclass(frozen=True, slots=True)
class Capitals:
    alone: Scores
    """float32[ids]: log odds of each syllable's capital, whatever stands around it."""
    before: Table
    after: Table
    levels: Scores
    """What a value of the tables adds to the log odds."""

    @staticmethod
    def load() -> "Capitals":
        """The model of the package, read once."""
        return _load()

    def probability(self, before: Ids, words: Ids, after: Ids) -> Scores:
        """P(capital), 0 to 1, of ``words`` with their neighbours: ids of ``LanguageModel``, three arrays of one shape.

        Not for the first word of a sentence (a capital) nor for headings in capitals.
        """
        middle = words.astype(np.int64)
        odds = self.alone[words] + SHARE * (
            self._told(self.before, (before.astype(np.int64) << WORD_BITS) | middle)
            + self._told(self.after, (middle << WORD_BITS) | after.astype(np.int64))
        )
        return np.asarray(1 / (1 + np.exp(-odds)), np.float32)

    def log_cases(self, before: Ids | Keys, words: Ids, capital: NDArray[np.bool_], mistaken: float) -> Scores:
        """Log P(the case seen | word, word before), nats; ``mistaken``: share of letters whose case is damaged."""
        odds = self.alone[words]
        doubtful = np.flatnonzero(capital | (odds > _SURELY_SMALL))
        keys = (before[doubtful].astype(np.int64) << WORD_BITS) | words[doubtful].astype(np.int64)
        odds[doubtful] += self._told(self.before, keys)
        share = 1 / (1 + np.exp(np.where(capital, -odds, odds)))
        return np.asarray(np.log(mistaken + (1 - 2 * mistaken) * share), np.float32)

    def _told(self, table: Table, keys: Keys) -> NDArray[np.float32]:
        value, known = table.find(keys)
        return np.where(known, self.levels[value * known], np.float32(0))


@lru_cache(maxsize=1)
def _load() -> Capitals:
    with np.load(_FILE) as arrays:
        return unpack(arrays)


def unpack(arrays: Any) -> Capitals:
    """The model of the arrays that ``tools.training.capitals`` makes."""
    return Capitals(
        arrays["alone"],
        Table(arrays["before"], *map(int, arrays["before_shape"])),
        Table(arrays["after"], *map(int, arrays["after_shape"])),
        arrays["levels"],
    )
