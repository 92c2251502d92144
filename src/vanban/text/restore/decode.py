"""The likeliest reading of a lattice: a beam over many sentences at once, and how sure each of its readings is."""

from dataclasses import dataclass

from vanban.text.restore.language import LanguageModel
from vanban.text.restore.lattice import Lattice


@dataclass(frozen=True, slots=True)
class Choice:
    """What one arc of the best path reads."""

    position: int
    """The first token that it reads."""
    width: int
    """How many tokens it reads: 1 or 2."""
    syllables: tuple[int, ...]
    """Ids: none (junk), one or two."""
    posterior: float
    """Share of the probability of all readings of the sentence that have these syllables for these tokens, 0 to 1."""
    arc: int
    """Its index in the lattice."""


def decode(lattice: Lattice, model: LanguageModel) -> list[Choice]:
    """The best path through each sentence, in order of position; every token is read by exactly one choice."""
    raise NotImplementedError
