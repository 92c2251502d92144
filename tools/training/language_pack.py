"""Rounds the probabilities of n-grams to levels and packs them into the arrays of the language model."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from tools.training.language_counts import BITS, Floats, Order, groups
from tools.training.language_tables import build
from vanban.text.restore.language import SPECIAL

_VALUE_BITS = {2: 8, 3: 6, 4: 6, 5: 6}
_BACKOFF_BITS = 6
_SPECIALS = ("<boundary>", "<number>", "<unknown>")


def levels(values: Floats, bits: int) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """At most 2**bits levels, and the level of each value: as many values to each level at first, then moved to their means."""
    marks = np.unique(np.quantile(values, np.linspace(0, 1, 2 ** (bits + 1) + 1)[1::2]))[: 1 << bits]
    for _ in range(12):
        at = np.searchsorted((marks[1:] + marks[:-1]) / 2, values)
        sums, counts = np.bincount(at, values, len(marks)), np.bincount(at, minlength=len(marks))
        marks = np.sort(np.where(counts > 0, sums / np.maximum(counts, 1), marks))
    return marks.astype(np.float32), np.searchsorted((marks[1:] + marks[:-1]) / 2, values)


def pack(orders: list[Order], syllables: list[str]) -> dict[str, Any]:
    """The arrays that ``vanban.text.restore.language.unpack`` reads."""
    arrays: dict[str, Any] = {
        "syllables": np.frombuffer("\n".join((*_SPECIALS, *syllables)).encode(), np.uint8),
        "orders": np.array(len(orders)),
        "unigrams": orders[0].log.astype(np.float32),
    }
    if len(_SPECIALS) != SPECIAL:
        raise ValueError("each special id has a name")
    for n in range(2, len(orders) + 1):
        here, below = orders[n - 1], orders[n - 2]
        _add(arrays, "", n, here.keys, here.log, _VALUE_BITS[n])
        starts, _ = groups(here.keys)
        contexts = here.keys[starts] >> BITS
        _add(arrays, "backoff_", n, contexts, below.backoff[np.searchsorted(below.keys, contexts)], _BACKOFF_BITS)
    return arrays


def _add(arrays: dict[str, Any], name: str, order: int, keys: NDArray[np.int64], values: Floats, bits: int) -> None:
    marks, at = levels(values, bits)
    table = build(keys, at, bits, np.uint32 if bits > 6 else np.uint16)
    arrays[f"{name}slots{order}"] = table.slots
    arrays[f"{name}shape{order}"] = np.array([table.length, table.bits])
    arrays[f"{name}levels{order}"] = np.pad(marks, (0, (1 << bits) - len(marks)), mode="edge")  # a stranger may have any value
