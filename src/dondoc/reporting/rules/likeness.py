"""Passages that many units wrote in nearly the same words, put together: "42/65 xã, phường nêu …".

Compared without diacritics, case, punctuation and figures: a template's sentence with each unit's own numbers is one passage.
Equal ones are compared once, and only with what is nearly as long; rows of likeness are computed anew rather than kept, so that
ten thousand passages need no more memory than their text.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil, floor
from typing import Any

from dondoc.common.folding import searchable

ALIKE = 82.0
"""From this likeness on (0 to 100, words in any order) two passages say the same."""

SHORTEST = 12
"""Fewer letters than this say nothing ("Không có.")."""

AT_ONCE = 256
"""So many texts are compared with all the others in one go."""

_FIGURES = re.compile(r"\d[\d.,/%]*")
_ENDS = re.compile(r"(?<=[.;!?])\s+(?=[A-ZĐÀ-Ỹ\d-])|\n+")


@dataclass(frozen=True, slots=True)
class Said:
    """One passage of one unit. ``source``: the row that it comes from."""

    unit: str
    text: str
    source: int


@dataclass(frozen=True, slots=True)
class Cluster:
    """Passages that say the same, by unit; ``text`` is the one that is most like those that are like it."""

    text: str
    said: tuple[Said, ...]

    @property
    def units(self) -> list[str]:
        return list(dict.fromkeys(one.unit for one in self.said))


def split(text: str) -> list[str]:
    """The sentences and lines of a text, as they are written."""
    pieces = (piece.strip(" \t-+•") for piece in _ENDS.split(text))
    return [piece for piece in pieces if len(piece) >= SHORTEST]


def cluster(said: Sequence[Said], *, alike: float = ALIKE) -> list[Cluster]:
    """Those that most units say first. Each passage is in one cluster; the order in which units come does not matter."""
    ordered = sorted(said, key=lambda one: (one.text, one.unit, one.source))
    places: dict[str, list[int]] = {}
    for place, one in enumerate(ordered):
        places.setdefault(_plain(one.text), []).append(place)
    texts = sorted(places, key=lambda text: (len(text), places[text][0]))
    found = []
    for middle, group in _grouped(texts, [places[text] for text in texts], alike) if texts else ():
        some = sorted(place for text in group for place in places[texts[text]])
        found.append(Cluster(ordered[places[texts[middle]][0]].text, tuple(ordered[place] for place in some)))
    return sorted(found, key=lambda one: (-len(one.units), one.text))


def _plain(text: str) -> str:
    """Its words in the order of the alphabet."""
    return " ".join(sorted(searchable(_FIGURES.sub("#", text)).split()))


def _grouped(texts: Sequence[str], places: Sequence[list[int]], alike: float) -> Iterator[tuple[int, list[int]]]:
    """Numbers of the texts that are alike with one that begins a group, and which of them stands for it.

    Likeness does not run on from one to the next. The one that most passages are like begins; of equals the first.
    """
    import numpy as np  # noqa: PLC0415 -- slow import

    weights = np.array([len(some) for some in places])
    counts = np.maximum(_counts(texts, weights, alike), weights)
    left = np.ones(len(texts), dtype=bool)
    for first in sorted(range(len(texts)), key=lambda text: (-int(counts[text]), places[text][0])):
        if not left[first]:
            continue
        group = [first]
        if counts[first] > weights[first]:
            start, scores = _scores(texts, first, first + 1, alike)
            near = np.flatnonzero(scores[0] >= alike) + start
            group = [int(text) for text in near[left[near]]]
        left[group] = False
        yield _middle(texts, group, weights, places, alike), group


def _counts(texts: Sequence[str], weights: Any, alike: float) -> Any:
    """How many passages each text is like, itself among them."""
    import numpy as np  # noqa: PLC0415 -- slow import

    counts = np.zeros(len(texts), dtype=np.int64)
    for begin in range(0, len(texts), AT_ONCE):
        end = min(begin + AT_ONCE, len(texts))
        start, scores = _scores(texts, begin, end, alike)
        counts[begin:end] = (scores >= alike) @ weights[start : start + scores.shape[1]]
    return counts


def _scores(texts: Sequence[str], begin: int, end: int, alike: float) -> tuple[int, Any]:
    """Where those begin that are nearly as long, and the likeness of each of a run of texts with them; 0 where it is less than ``alike``.

    ``texts`` by length. Likeness is 200 times what two texts have in common over their lengths together: never more than the
    shorter one gives.
    """
    shortest, longest = len(texts[begin]) * alike / (200 - alike), len(texts[end - 1]) * (200 - alike) / alike
    start = bisect_left(texts, floor(shortest), key=len)
    return start, _likeness(texts[begin:end], texts[start : bisect_right(texts, ceil(longest), key=len)], alike)


def _likeness(some: Sequence[str], others: Sequence[str], alike: float) -> Any:
    import numpy as np  # noqa: PLC0415 -- slow import
    from rapidfuzz import fuzz, process  # noqa: PLC0415 -- with numpy

    return process.cdist(some, others, scorer=fuzz.ratio, score_cutoff=alike, dtype=np.float32)


def _middle(texts: Sequence[str], group: Sequence[int], weights: Any, places: Sequence[list[int]], alike: float) -> int:
    """The one whose likeness with the others comes to most; of equals the first."""
    if len(group) == 1:
        return group[0]
    own = [texts[text] for text in group]
    sums: list[float] = []
    for begin in range(0, len(own), AT_ONCE):
        sums += (_likeness(own[begin : begin + AT_ONCE], own, alike).astype(float) @ weights[group]).tolist()
    return group[max(range(len(group)), key=lambda at: (sums[at], -places[group[at]][0]))]
