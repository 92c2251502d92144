"""What a damaged stretch may read: for each token its readings with their costs, many sentences in one set of arrays.

A *token* is what the damaged text has between two spaces, without the marks at its ends; it is a *position* of the lattice.
An *arc* leaves a position and reads ``width`` tokens as no, one or two syllables:

====== ============ ==================================================
width  syllables    example
====== ============ ==================================================
1      (a,)         ``chéqg`` → chống
1      (a, b)       ``1.S¢Y`` → sở y (glued)
2      (a,)         ``trlnh``, ``g1a1 phap`` → one syllable (broken in two)
1      ()           ``|`` → nothing (junk)
====== ============ ==================================================

A cost is -log P(observed | syllables), in nats, 0 or more.  Syllables are ids of ``LanguageModel``.  What stands in the text
before a token besides a space is its *mark*: nothing, a pause inside a sentence, or a stop after which a sentence begins.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.int32]
Costs = NDArray[np.float32]
Pair = tuple[int, int, float]
"""One token read as two syllables: their ids and the cost."""

NOTHING: Final = -1
"""In the place of a syllable's id: the arc has none there."""


class Mark(IntEnum):
    """What stands before a token, besides white space and line breaks inside a paragraph."""

    NONE = 0
    PAUSE = 1
    """A comma, a bracket, a dash, a quotation mark, a slash between words: the sentence goes on."""
    STOP = 2
    """A full stop, a colon, a semicolon, a new paragraph, an item's label (``a)``, ``1.``, ``-``): a sentence begins."""


class Case(IntEnum):
    """How a token begins, where that tells anything: not in a heading in capitals, nor where damage hides it."""

    UNKNOWN = 0
    SMALL = 1
    CAPITAL = 2


@dataclass(frozen=True, slots=True)
class Lattice:
    """Sentences side by side.  Arcs of position p are ``offsets[p]:offsets[p + 1]``; each position has at least one of width 1."""

    starts: Ids
    """int32[sentences + 1]: sentence s has the positions ``starts[s]:starts[s + 1]``."""
    marks: NDArray[np.uint8]
    """uint8[positions]: the ``Mark`` before each token."""
    cases: NDArray[np.uint8]
    """uint8[positions]: the ``Case`` of each token."""
    offsets: Ids
    """int32[positions + 1]."""
    first: Ids
    """int32[arcs]: id of the first syllable, ``NOTHING`` where the tokens are junk."""
    second: Ids
    """int32[arcs]: id of the second syllable, ``NOTHING`` where there is one or none."""
    width: NDArray[np.uint8]
    """uint8[arcs]: tokens read, 1 or 2."""
    costs: Costs
    """float32[arcs], nats."""

    @property
    def positions(self) -> int:
        """How many tokens there are."""
        return len(self.marks)


@dataclass(slots=True)
class LatticeBuilder:
    """Makes a lattice token by token; ``add`` and its like give the token's position."""

    _starts: list[int] = field(default_factory=lambda: [0])
    _marks: list[int] = field(default_factory=list)
    _cases: list[int] = field(default_factory=list)
    _ids: list[Ids] = field(default_factory=list)
    _costs: list[Costs] = field(default_factory=list)
    _others: list[tuple[int, int, int, int, float]] = field(default_factory=list)

    def add(self, ids: Ids, costs: Costs, pairs: Sequence[Pair] = (), mark: Mark = Mark.NONE, case: Case = Case.UNKNOWN) -> int:
        """A token with the syllables it may be, and the pairs of syllables that it may be glued from."""
        if len(ids) == 0:
            raise ValueError("a token has at least one reading")
        position = len(self._marks)
        self._marks.append(mark)
        self._cases.append(case)
        self._ids.append(ids)
        self._costs.append(costs)
        self._others.extend((position, one, two, 1, cost) for one, two, cost in pairs)
        return position

    def fixed(self, syllable: int, mark: Mark = Mark.NONE) -> int:
        """A token read with certainty: a number, an acronym (``UNKNOWN``), a syllable that is not to be changed."""
        return self.add(np.array([syllable], np.int32), np.zeros(1, np.float32), (), mark)

    def merge(self, ids: Ids, costs: Costs) -> None:
        """The last two tokens may also be one syllable, broken in two."""
        position = len(self._marks) - 2
        if position < self._starts[-1]:
            raise ValueError("there are no two tokens in this sentence to merge")
        self._others.extend((position, int(one), NOTHING, 2, float(cost)) for one, cost in zip(ids, costs, strict=True))

    def drop(self, cost: float) -> None:
        """The last token may also be junk that stands for nothing."""
        self._others.append((len(self._marks) - 1, NOTHING, NOTHING, 1, cost))

    def end(self) -> None:
        """Ends the sentence; the next token begins another, independent of it."""
        if self._starts[-1] < len(self._marks):
            self._starts.append(len(self._marks))

    def build(self) -> Lattice:
        """The lattice of all that was added."""
        self.end()
        sizes = [len(ids) for ids in self._ids]
        others = np.array([row[:4] for row in self._others], np.int32).reshape(-1, 4)
        owners = np.concatenate((np.repeat(np.arange(len(sizes), dtype=np.int32), sizes), others[:, 0]))
        order = np.argsort(owners, kind="stable")
        single = np.concatenate((*self._ids, np.empty(0, np.int32)))
        costs = np.concatenate((*self._costs, np.array([row[4] for row in self._others], np.float32)))
        second = np.concatenate((np.full(len(single), NOTHING, np.int32), others[:, 2]))
        width = np.concatenate((np.ones(len(single), np.int32), others[:, 3]))
        counts = np.bincount(owners, minlength=len(sizes))
        return Lattice(
            starts=np.array(self._starts, np.int32),
            marks=np.array(self._marks, np.uint8),
            cases=np.array(self._cases, np.uint8),
            offsets=np.concatenate((np.zeros(1, np.int64), np.cumsum(counts))).astype(np.int32),
            first=np.concatenate((single, others[:, 1])).astype(np.int32)[order],
            second=second.astype(np.int32)[order],
            width=width.astype(np.uint8)[order],
            costs=costs.astype(np.float32)[order],
        )
