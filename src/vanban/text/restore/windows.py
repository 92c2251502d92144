"""Long sentences cut into windows that overlap, so that they are decoded side by side, not token after token to the last.

A word hardly bears on one six words away: what a window reads in its overlaps is left to its neighbour.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from vanban.text.restore.lattice import Ids, Lattice, Mark

Indices = NDArray[np.int64]
LONGEST: Final = 40
"""Tokens; a longer sentence is cut."""
STEP: Final = 26
"""Tokens that a window reads for itself, about."""
OVERLAP: Final = 6
"""Tokens more that it reads on each side."""
_SHIFTS: Final = (0, -1, 1, -2, 2, -3, 3)


@dataclass(frozen=True, slots=True)
class Windows:
    """``lattice``: each window a sentence of its own."""

    lattice: Lattice
    arcs: Indices
    """int64[arcs of ``lattice``]: the arc in the lattice that was cut."""
    kept: NDArray[np.bool_]
    """bool[positions of ``lattice``]: whether what is read there counts; each position of the lattice that was cut counts once."""


def pieces(lattice: Lattice) -> Indices:
    """Where pieces begin that do not bear on one another, and the end of the last: int64[pieces + 1]."""
    stops = np.flatnonzero(lattice.marks == Mark.STOP)
    begins = np.zeros(lattice.positions + 1, np.bool_)  # np.unique would load numpy.ma, which takes longer than a page
    begins[lattice.starts] = True
    begins[stops[~_crossed(lattice)[stops]]] = True
    return np.flatnonzero(begins)


def owners(lattice: Lattice, arcs: Indices) -> Indices:
    """The position that each arc leaves."""
    found: Indices = np.searchsorted(lattice.offsets, arcs, side="right") - 1
    return found


def windows(lattice: Lattice) -> Windows | None:
    """The lattice cut; None where no piece of it is long."""
    ends = pieces(lattice)
    if np.diff(ends).max(initial=0) <= LONGEST:
        return None
    crossed = _crossed(lattice)
    rows = [
        window for start, end in zip(ends[:-1].tolist(), ends[1:].tolist(), strict=True) for window in _of(start, end, crossed)
    ]
    starts, firsts, lasts, stops = np.array(rows, np.int64).T
    positions = _ranges(starts, stops)
    begins = lattice.offsets[positions].astype(np.int64)
    sizes = lattice.offsets[positions + 1] - begins
    arcs = _ranges(begins, begins + sizes)
    lengths = stops - starts
    return Windows(
        Lattice(
            starts=_bounds(lengths),
            marks=lattice.marks[positions],
            cases=lattice.cases[positions],
            offsets=_bounds(sizes),
            first=lattice.first[arcs],
            second=lattice.second[arcs],
            width=lattice.width[arcs],
            costs=lattice.costs[arcs],
        ),
        arcs,
        (positions >= np.repeat(firsts, lengths)) & (positions < np.repeat(lasts, lengths)),
    )


def _of(start: int, end: int, crossed: NDArray[np.bool_]) -> Iterator[tuple[int, int, int, int]]:
    """The windows of a piece: where each begins, where what counts in it begins and ends, where it ends."""
    parts = -(-(end - start) // STEP) if end - start > LONGEST else 1
    cuts = [_free(start + (end - start) * part // parts, crossed) for part in range(1, parts)]
    bounds = [start, *(cut for cut in cuts if cut is not None), end]
    for first, last in pairwise(bounds):
        before = _free(first - OVERLAP, crossed) if first > start else start
        after = _free(last + OVERLAP, crossed) if last < end else end
        yield (
            max(start, first - OVERLAP if before is None else before),
            first,
            last,
            end if after is None else min(end, after),
        )


def _free(near: int, crossed: NDArray[np.bool_]) -> int | None:
    """A position next to ``near`` before which one may cut: no arc reads it together with the token before."""
    return next((near + shift for shift in _SHIFTS if 0 <= near + shift < len(crossed) and not crossed[near + shift]), None)


def _crossed(lattice: Lattice) -> NDArray[np.bool_]:
    """bool[positions + 1]: whether an arc reads a position together with the one before it."""
    crossed = np.zeros(lattice.positions + 1, np.bool_)
    wide = np.flatnonzero(lattice.width > 1)
    crossed[owners(lattice, wide) + 1] = True
    return crossed


def _ranges(starts: Indices, ends: Indices) -> Indices:
    """All numbers from each start to its end, one range after another."""
    sizes = ends - starts
    shifts: Indices = np.repeat(starts - np.cumsum(sizes) + sizes, sizes)
    return np.arange(int(sizes.sum()), dtype=np.int64) + shifts


def _bounds(sizes: Indices) -> Ids:
    return np.concatenate((np.zeros(1, np.int64), np.cumsum(sizes))).astype(np.int32)
