"""Passages that many units wrote in nearly the same words, put together: "42/65 xã, phường nêu …".

Compared without diacritics, case, punctuation and figures: a template's sentence with each unit's own numbers is one passage.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from dondoc.common.folding import searchable

ALIKE = 82.0
"""From this likeness on (0 to 100, words in any order) two passages say the same."""

SHORTEST = 12
"""Fewer letters than this say nothing ("Không có.")."""

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
    """Passages that say the same, by unit; ``text`` is the one that is most like the others."""

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
    if not said:
        return []
    ordered = sorted(said, key=lambda one: (one.text, one.unit, one.source))
    scores = _scores([_plain(one.text) for one in ordered])
    groups = _joined(scores >= alike)
    found = [Cluster(ordered[_middle(scores, group)].text, tuple(ordered[place] for place in group)) for group in groups]
    return sorted(found, key=lambda one: (-len(one.units), one.text))


def _plain(text: str) -> str:
    return searchable(_FIGURES.sub("#", text))


def _scores(texts: Sequence[str]) -> Any:
    """Likeness of each with each."""
    import numpy as np  # noqa: PLC0415 -- slow import
    from rapidfuzz import fuzz, process  # noqa: PLC0415 -- with numpy

    scores = process.cdist(texts, texts, scorer=fuzz.token_sort_ratio, dtype=np.float32)
    return np.maximum(scores, scores.T)


def _joined(alike: Any) -> Iterable[list[int]]:
    """Places that are alike with one that began a group: likeness does not run on from one to the next."""
    left = set(range(len(alike)))
    order = sorted(left, key=lambda place: (-int(alike[place].sum()), place))
    for first in order:
        if first not in left:
            continue
        group = [place for place in sorted(left) if alike[first][place]]
        left.difference_update(group)
        yield group


def _middle(scores: Any, group: Sequence[int]) -> int:
    return max(group, key=lambda place: (float(scores[place][list(group)].sum()), -place))
