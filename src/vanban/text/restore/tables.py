"""Small values of very many keys in little memory: the keys themselves are not kept.

A key's value is the XOR of three slots of one array, at places that its hash gives; the higher bits must equal a fingerprint of
the key, else the key is taken as absent (a stranger passes once in 2**fingerprint bits).  Built by ``tools.training``.
Source: Graf and Lemire (2022), "Binary fuse filters: fast and smaller than XOR filters".
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

_MIX = np.uint64(0x9E3779B97F4A7C15)
_MIX_2 = np.uint64(0xD6E8FEB86659FD93)
_HALF = np.uint64(32)
Hashes = NDArray[np.uint64]
Keys = NDArray[np.int64]


def hashes(keys: Keys) -> Hashes:
    """64 well-mixed bits of each key."""
    mixed = keys.astype(np.uint64) * _MIX
    mixed ^= mixed >> _HALF
    mixed *= _MIX_2
    mixed ^= mixed >> _HALF
    return mixed


@dataclass(frozen=True, slots=True)
class Table:
    slots: NDArray[Any]
    """uint16 or uint32[(segments + 2) * 2**length]."""
    length: int
    """A segment has 2**length slots."""
    bits: int
    """How many low bits are the value; the rest of the slot is the fingerprint."""

    def places(self, hashed: Hashes) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """The three slots of each key, one in each of three segments that follow one another."""
        segments = np.uint64((len(self.slots) >> self.length) - 2)
        within = np.uint64((1 << self.length) - 1)
        size = np.uint64(1 << self.length)
        start = (((hashed >> _HALF) * segments) >> _HALF) << np.uint64(self.length)
        one = start + (hashed & within)
        other = hashed * _MIX
        two = start + size + ((other >> np.uint64(46)) & within)
        three = start + size + size + ((other >> np.uint64(28)) & within)
        return one.view(np.int64), two.view(np.int64), three.view(np.int64)

    def fingerprints(self, hashed: Hashes) -> NDArray[Any]:
        """What the higher bits of each key's value must be, in place."""
        low = (hashed * _MIX) >> _HALF
        value_bits = self.slots.dtype.type(self.bits)
        return np.asarray((low.astype(self.slots.dtype) >> value_bits) << value_bits)

    def find(self, keys: Keys) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """The value of each key, and whether the key is there."""
        hashed = hashes(keys)
        one, two, three = self.places(hashed)
        value: NDArray[Any] = self.slots[one] ^ self.slots[two] ^ self.slots[three] ^ self.fingerprints(hashed)
        known: NDArray[np.bool_] = value < self.slots.dtype.type(1 << self.bits)
        return value.astype(np.int64), known
