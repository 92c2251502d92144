"""The noisy channel: what damage makes of true letters, as costs of chunks of one or two letters read as up to three signs.

Learnt by ``tools.training.channel``; smoothed there, so that each letter may be read as any sign at some cost.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Final

import numpy as np
from numpy.typing import NDArray

PROFILES: Final = ("eng", "vie", "bare")
"""Kinds of damage: a reader without Vietnamese letters, light errors of a Vietnamese reader, all marks taken away."""
FORBIDDEN: Final = 60.0
"""Nats: never."""
MOST_READ: Final = 3
_UNSEEN = 9.0
_QUOTES = str.maketrans(dict.fromkeys("’‘‛´`ʼ′", "'") | dict.fromkeys("“”„″", '"') | dict.fromkeys("—–", "-"))


def plain_signs(token: str) -> str:
    """The token as the channel knows it: one sign for all quotes of a kind, one for all dashes."""
    return token.translate(_QUOTES)


@dataclass(frozen=True, slots=True)
class Channel:
    true: dict[str, int]
    """True chunk → column."""
    read: dict[str, int]
    """Signs read → row; the empty string is a letter lost."""
    costs: NDArray[np.float32]
    """float32[signs read + 2, true chunks + 1], nats: -log P(signs | chunk); the last column is forbidden."""
    junk: NDArray[np.float32]
    """float32[signs read + 2]: cost of a sign that stands for nothing."""

    @property
    def unseen(self) -> int:
        """The row of a sign that no page had."""
        return len(self.read)

    @property
    def never(self) -> int:
        """The row of several signs that are no letter's reading."""
        return len(self.read) + 1

    def indices(self, signs: Sequence[str]) -> NDArray[np.int64]:
        """The row of each piece of a token, all of one length; one that the channel has never seen has the row of what cannot be, the last."""
        find, strange = self.read.get, self.unseen if len(signs[0]) == 1 else self.never
        return np.array([find(piece, strange) for piece in signs])

    def rows(self, signs: Sequence[str]) -> NDArray[np.float32]:
        """Costs of all true chunks for each piece of a token: float32[pieces, true chunks + 1], the last column forbidden."""
        return self.costs[self.indices(signs)]

    def backwards(self) -> "Channel":
        """The same channel for words and tokens written from their end."""
        return Channel(
            {chunk[::-1]: at for chunk, at in self.true.items()},
            {signs[::-1]: at for signs, at in self.read.items()},
            self.costs,
            self.junk,
        )

    @staticmethod
    def load(profile: str = "eng") -> "Channel":
        """The channel of one kind of damage."""
        return Channel.mixed(((profile, 1.0),))

    @staticmethod
    @lru_cache(maxsize=8)
    def mixed(weights: tuple[tuple[str, float], ...]) -> "Channel":
        """The channel of several kinds at once, each with its share."""
        return _mixed(dict(weights))


@lru_cache(maxsize=1)
def _arrays() -> tuple[list[str], list[str], NDArray[np.float16], NDArray[np.float16]]:
    with files("vanban.text.restore").joinpath("data/channel.npz").open("rb") as file, np.load(file) as arrays:
        return arrays["true"].tolist(), arrays["read"].tolist(), arrays["costs"], arrays["junk"]


def _mixed(weights: Mapping[str, float]) -> Channel:
    true, read, costs, junk = _arrays()
    shares = np.array([weights.get(name, 0.0) for name in PROFILES], np.float32)
    shares /= shares.sum()
    used = np.flatnonzero(shares)
    return Channel(
        {chunk: at for at, chunk in enumerate(true)},
        {signs: at for at, signs in enumerate(read)},
        np.pad(
            _with_strangers(_together(costs[used].astype(np.float32), shares[used])), ((0, 0), (0, 1)), constant_values=FORBIDDEN
        ),
        _with_strangers(_together(junk[used].astype(np.float32), shares[used])),
    )


def _with_strangers(costs: NDArray[np.float32]) -> NDArray[np.float32]:
    """Two rows more: a sign that no page had, and several signs that are no letter's reading."""
    strangers = np.full((2, *costs.shape[1:]), FORBIDDEN, np.float32)
    strangers[0] = _UNSEEN
    return np.concatenate((costs, strangers))


def _together(costs: NDArray[np.float32], shares: NDArray[np.float32]) -> NDArray[np.float32]:
    """-log of the mean of the probabilities."""
    if len(shares) == 1:
        return np.asarray(costs[0], np.float32)
    weighted = costs - np.log(shares).reshape(-1, *([1] * (costs.ndim - 1)))
    least = weighted.min(0)
    return np.asarray(least - np.log(np.exp(least - weighted).sum(0)), np.float32)
