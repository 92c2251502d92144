"""Syllables taken apart into onset and rime, and the cheapest way in which the channel reads each from a part of a token.

All syllables have few onsets (about 30) and few rimes (about 700), so a token is compared with all of them at once: each onset
with each beginning of the token, each rime with each end of it, and then the best place to cut for each pair.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vanban.text.restore.channel import FORBIDDEN, MOST_READ, Channel

Costs = NDArray[np.float32]
Index = NDArray[np.int64]
_ONSET = re.compile("ngh?|nh|gh|gi(?=[aăâeêoôơuư])|kh|ph|th|tr|ch|qu|[bcdđghklmnprstvx]|")
_LIMIT = np.float32(FORBIDDEN)


def taken_apart(syllable: str) -> tuple[str, str]:
    """Onset (may be empty) and the rest: ``nghiệp`` → ``ngh``, ``iệp``; ``giá`` → ``gi``, ``á`` (the tone mark apart)."""
    found = _ONSET.match(_without_tones(syllable))
    cut = found.end() if found else 0
    cut = cut if cut < len(syllable) else 0
    return syllable[:cut], syllable[cut:]


def _without_tones(syllable: str) -> str:
    return syllable.translate(_TONELESS)


_TONELESS = str.maketrans(
    "àáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ",
    "aaaaaăăăăăâââââeeeeeêêêêêiiiiioooooôôôôôơơơơơuuuuuưưưưưyyyyy",
)


@dataclass(frozen=True, slots=True)
class Ends:
    """All ends of some strings (their tails), shortest first; ``tail`` and ``beyond`` are the tails one and two letters shorter."""

    tails: dict[str, int]
    bounds: tuple[tuple[int, int], ...]
    """Of the tails of 1, 2 … letters: first and last but one."""
    letter: Index
    """Column of the first letter in the channel's costs."""
    pair: Index
    """Column of the first two letters, -1 where the channel knows no habit of theirs."""
    tail: Index
    beyond: Index

    @staticmethod
    def of(strings: Sequence[str], channel: Channel) -> "Ends":
        """The ends of ``strings``; letters that the channel does not know cannot be read."""
        ends = sorted({string[cut:] for string in strings for cut in range(len(string) + 1)}, key=lambda end: (len(end), end))
        tails = {end: at for at, end in enumerate(ends)}
        longest = len(ends[-1])
        sizes = np.array([len(end) for end in ends])
        cuts = [int(np.searchsorted(sizes, size)) for size in range(longest + 2)]
        return Ends(
            tails,
            tuple((cuts[size], cuts[size + 1]) for size in range(1, longest + 1)),
            np.array([channel.true.get(end[:1], -1) for end in ends]),
            np.array([channel.true.get(end[:2], -1) if len(end) > 1 else -1 for end in ends]),
            np.array([tails[end[1:]] for end in ends]),
            np.array([tails[end[2:]] for end in ends]),
        )

    def read(self, tokens: Sequence[str], channel: Channel) -> Costs:
        """Costs of reading each end from each tail of tokens of one length: float32[length + 1, tokens, ends]."""
        length = len(tokens[0])
        found = np.full((length + 1, len(tokens), len(self.letter)), _LIMIT, np.float32)
        found[length, :, 0] = 0
        rows = [_Rows(tokens, at, channel) for at in range(length + 1)]
        for at in range(length, -1, -1):
            junk = rows[at].junk
            if junk is not None:
                found[at, :, 0] = found[at + 1, :, 0] + junk
            for first, last in self.bounds:
                self._one_letter_more(found, rows[at], at, slice(first, last))
        return found

    def _one_letter_more(self, found: Costs, rows: "_Rows", at: int, these: slice) -> None:
        letter, tail = self.letter[these], self.tail[these]
        best = rows.singles[0][:, letter] + found[at][:, tail]
        for size in range(1, len(rows.singles)):
            np.minimum(best, rows.singles[size][:, letter] + found[at + size][:, tail], out=best)
        if rows.junk is not None:
            np.minimum(best, found[at + 1, :, these] + rows.junk[:, None], out=best)
        known = np.flatnonzero(self.pair[these] >= 0)
        if len(known):
            pair, beyond = self.pair[these][known], self.beyond[these][known]
            two = best[:, known]
            for size in range(1, len(rows.singles)):
                np.minimum(two, rows.singles[size][:, pair] + found[at + size][:, beyond], out=two)
            best[:, known] = two
        found[at, :, these] = best


class _Rows:
    """For one place in tokens of one length: the costs of all true chunks for the next 0, 1, 2, 3 signs, and of junk."""

    def __init__(self, tokens: Sequence[str], at: int, channel: Channel) -> None:
        most = min(MOST_READ, len(tokens[0]) - at)
        self.singles = [channel.rows([token[at : at + size] for token in tokens]) for size in range(most + 1)]
        self.junk = channel.junk[channel.indices([token[at] for token in tokens])] if most else None
