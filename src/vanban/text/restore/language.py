"""The language model: how likely a syllable is after the three before it.

Syllables are lower case, in composed form (NFC), with the tone mark on the first vowel of an open ``oa``, ``oe``, ``uy``
(``hòa``, ``ủy``: the style that ``vanban.lexicon.folding.fold`` writes).  Three ids are no syllables: ``BOUNDARY`` is what
stands before and after a sentence, ``NUMBER`` is any token with a digit, ``UNKNOWN`` any word that the model does not know
(a name, a foreign word, a rare acronym).  Common acronyms (``ubnd``, ``qđ``) are in the list like syllables.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

BOUNDARY: Final = 0
NUMBER: Final = 1
UNKNOWN: Final = 2
SPECIAL: Final = 3
"""How many ids at the beginning are no syllables."""


@dataclass(frozen=True, slots=True)
class LanguageModel:
    syllables: Sequence[str]
    """id → syllable."""
    ids: dict[str, int]
    """syllable → id."""

    @staticmethod
    def load() -> "LanguageModel":
        """The model of the package, read once."""
        return _load()

    def id_of(self, syllable: str) -> int | None:
        """The id of a syllable written as this model writes it (``fold`` it first), none where it is unknown."""
        return self.ids.get(syllable)

    def score(
        self, third: NDArray[np.int32], second: NDArray[np.int32], first: NDArray[np.int32], word: NDArray[np.int32]
    ) -> NDArray[np.float32]:
        """log P(word | third second first), nats, for arrays of ids of one shape; ``first`` is the syllable just before."""
        raise NotImplementedError


@lru_cache(maxsize=1)
def _load() -> LanguageModel:
    raise NotImplementedError
