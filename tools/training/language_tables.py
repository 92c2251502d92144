"""Builds the tables of ``vanban.text.restore.tables``."""

import math

import numpy as np
from numpy.typing import NDArray

from vanban.text.restore.tables import Keys, Table, hashes


def build(keys: Keys, values: NDArray[np.int64], bits: int, dtype: type[np.uint16 | np.uint32]) -> Table:
    """A table of distinct keys with values under 2**bits."""
    length = max(8, min(18, int(math.log(len(keys)) / math.log(3.33) + 2.25)))
    spare = max(1.125, 0.875 + 0.25 * math.log(1e6) / math.log(len(keys))) if len(keys) > 1 else 2.0
    for tries in range(16):
        segments = max(1, math.ceil(len(keys) * (spare + 0.02 * tries) / (1 << length)) - 2)
        table = Table(np.zeros((segments + 2) << length, dtype), length, bits)
        rounds = _peel(table, keys)
        if rounds is not None:
            _fill(table, keys, values, rounds)
            return table
    raise ValueError("the keys do not fit; are two of them the same?")


def _peel(table: Table, keys: Keys) -> list[tuple[NDArray[np.int64], NDArray[np.int64]]] | None:
    """Rounds of (key index, its slot): each key has a slot that no key of its own or a later round uses; none if that fails."""
    places = np.stack(table.places(hashes(keys)))
    degree = np.bincount(places.ravel(), minlength=len(table.slots))
    sums = np.zeros(len(table.slots), np.int64)
    for row in places:
        np.bitwise_xor.at(sums, row, np.arange(len(keys)))
    free = np.flatnonzero(degree == 1)
    rounds = []
    left = len(keys)
    while len(free):
        index, first = np.unique(sums[free], return_index=True)
        rounds.append((index, free[first]))
        left -= len(index)
        touched = places[:, index]
        for row in touched:
            np.subtract.at(degree, row, 1)
            np.bitwise_xor.at(sums, row, index)
        around = np.unique(touched)
        free = around[degree[around] == 1]
    return None if left else rounds


def _fill(table: Table, keys: Keys, values: NDArray[np.int64], rounds: list[tuple[NDArray[np.int64], NDArray[np.int64]]]) -> None:
    hashed = hashes(keys)
    one, two, three = table.places(hashed)
    whole = table.fingerprints(hashed) | values.astype(table.slots.dtype)
    slots = table.slots
    for index, slot in reversed(rounds):
        slots[slot] = 0
        slots[slot] = whole[index] ^ slots[one[index]] ^ slots[two[index]] ^ slots[three[index]]
