"""The readings of common damaged tokens, found beforehand: what most words of a damaged page are (``dé``, ``thi``, ``céng``).

Written by ``tools.training.common`` from the channel and the language model alone; they say the same as looking anew would.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vanban.text.restore.lattice import Costs, Ids

_FILE = Path(__file__).parent / "data" / "common.npz"


@dataclass(frozen=True, slots=True)
class CommonTokens:
    """Token number n has the readings ``bounds[n]:bounds[n + 1]``."""

    numbers: Mapping[str, int] = field(default_factory=dict)
    bounds: NDArray[np.int64] = field(default_factory=lambda: np.zeros(1, np.int64))
    ids: NDArray[np.uint16] = field(default_factory=lambda: np.empty(0, np.uint16))
    costs: NDArray[np.float16] = field(default_factory=lambda: np.empty(0, np.float16))

    @staticmethod
    @lru_cache(maxsize=4)
    def load(profile: str) -> "CommonTokens":
        """Those of one kind of damage; none where none were written for it."""
        with np.load(_FILE) as arrays:
            return unpack(arrays, profile) if f"tokens_{profile}" in arrays else CommonTokens()

    def find(self, token: str) -> tuple[Ids, Costs] | None:
        """The ids and costs of a token, likely first; None where it is not common."""
        number = self.numbers.get(token)
        if number is None:
            return None
        here = slice(int(self.bounds[number]), int(self.bounds[number + 1]))
        return self.ids[here].astype(np.int32), self.costs[here].astype(np.float32)


def unpack(arrays: Any, profile: str) -> CommonTokens:
    """What ``tools.training.common`` wrote for one kind of damage."""
    tokens = arrays[f"tokens_{profile}"].tobytes().decode().split("\n")
    bounds = np.concatenate((np.zeros(1, np.int64), np.cumsum(arrays[f"sizes_{profile}"], dtype=np.int64)))
    return CommonTokens(
        {token: at for at, token in enumerate(tokens)}, bounds, arrays[f"ids_{profile}"], arrays[f"costs_{profile}"]
    )
