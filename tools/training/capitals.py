"""Counts how often syllables begin with a capital between their neighbours, for ``vanban.text.restore.capitals``."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from tools.training.language_counts import BITS, Keys
from tools.training.language_pack import levels
from tools.training.language_tables import build
from vanban.text.restore.language import BOUNDARY, SPECIAL

_PRIOR = 0.5
"""How many sightings of the syllable alone a pair starts from."""
_VALUE_BITS = 6
_GAIN = 1.0
"""Nats that a pair must tell of the text to be kept."""


def count(ids: NDArray[np.int32], cases: NDArray[np.uint8], size: int) -> dict[str, Any]:
    """The arrays of the model from a text's ids and the case of each (0 lower, 1 capital, 2 capitals only)."""
    around = np.concatenate((np.zeros(1, np.int64), ids.astype(np.int64), np.zeros(1, np.int64)))
    inside = (ids >= SPECIAL) & (around[:-2] != BOUNDARY) & (cases < 2)
    before, word, after = around[:-2][inside], around[1:-1][inside], around[2:][inside]
    capital = (cases[inside] == 1).astype(np.float64)
    seen, large = np.bincount(word, minlength=size), np.bincount(word, capital, size)
    alone = (large + _PRIOR * 0.05) / (seen + _PRIOR)
    pairs = [_pairs((before << BITS) | word, capital, alone, 0), _pairs((word << BITS) | after, capital, alone, BITS)]
    marks, at = levels(np.concatenate([told for _, told in pairs]), _VALUE_BITS)
    arrays: dict[str, Any] = {
        "alone": _odds(alone).astype(np.float32),
        "levels": np.pad(marks, (0, (1 << _VALUE_BITS) - len(marks))),
    }
    split = len(pairs[0][0])
    for name, (keys, _), values in zip(("before", "after"), pairs, (at[:split], at[split:]), strict=True):
        table = build(keys, values, _VALUE_BITS, np.uint16)
        arrays[name], arrays[f"{name}_shape"] = table.slots, np.array([table.length, table.bits])
    return arrays


def _pairs(keys: Keys, capital: NDArray[np.float64], alone: NDArray[np.float64], shift: int) -> tuple[Keys, NDArray[np.float64]]:
    """The pairs that tell more than the syllable alone (``shift`` bits up in the key), and what they add to its log odds."""
    pairs, inverse = np.unique(keys, return_inverse=True)
    seen, large = np.bincount(inverse), np.bincount(inverse, capital)
    base = alone[(pairs >> shift) & ((1 << BITS) - 1)]
    share = (large + _PRIOR * base) / (seen + _PRIOR)
    gain = large * np.log(share / base) + (seen - large) * np.log((1 - share) / (1 - base))
    told = gain > _GAIN
    return pairs[told], (_odds(share) - _odds(base))[told]


def _odds(share: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.log(share) - np.log1p(-share)
