"""Writes ``src/vanban/text/restore/data/common.npz``: the readings of the commonest damaged tokens.

    python -m tools.training.common

What is common follows from the language model and the channel: P(token) is the sum over the syllables of P(syllable) times
P(token | syllable).  To be run again whenever one of the two was trained anew.  Takes about ten seconds.
"""

from collections.abc import Iterator
from math import exp, log
from pathlib import Path
from typing import Any, Final

import numpy as np

from vanban.text.restore.candidates import Candidates, of_channel
from vanban.text.restore.channel import Channel
from vanban.text.restore.language import LanguageModel

OUT: Final = Path("src/vanban/text/restore/data/common.npz")
TOKENS: Final = {"eng": 16_000, "vie": 12_000}
LEAST: Final = 14.5
"""Nats: -log P(syllable and token) of the rarest way to write a token that counts."""
CASES: Final = ((str.lower, 0.8), (str.capitalize, 0.15), (str.upper, 0.05))
"""Ways of writing a word, and their shares among the words of office texts."""

Ways = dict[str, list[tuple[float, str]]]
"""True chunk → what it may be read as, with the cost, cheap first."""


def main() -> None:
    arrays: dict[str, Any] = {}
    for profile, most in TOKENS.items():
        candidates = of_channel(Channel.load(profile), LanguageModel.load())
        tokens = sorted(common(candidates, most))
        readings = candidates.of_all(tokens)
        arrays[f"tokens_{profile}"] = np.frombuffer("\n".join(tokens).encode(), np.uint8)
        arrays[f"sizes_{profile}"] = np.array([len(reading.ids) for reading in readings], np.uint8)
        arrays[f"ids_{profile}"] = np.concatenate([reading.ids for reading in readings]).astype(np.uint16)
        arrays[f"costs_{profile}"] = np.concatenate([reading.costs for reading in readings]).astype(np.float16)
        print(f"{profile}: {len(tokens)} tokens, {len(arrays[f'ids_{profile}'])} readings")
    np.savez(OUT, **arrays)


def common(candidates: Candidates, most: int) -> list[str]:
    """The likeliest tokens of damaged text."""
    ways, chances = _ways(candidates.channel), dict[str, float]()
    rare = -candidates.model.unigrams
    for syllable in candidates.ids.tolist():
        word = candidates.model.syllables[syllable]
        for written, share in CASES:
            left = LEAST - float(rare[syllable]) + log(share)
            best: dict[str, float] = {}
            for token, rest in _damaged(written(word), left, ways):
                best[token] = max(rest, best.get(token, 0.0))
            for token, rest in best.items():
                chances[token] = chances.get(token, 0.0) + exp(rest)
    usual = (token for token in chances if token and "\n" not in token)
    return sorted(usual, key=lambda token: (-chances[token], token))[:most]


def _ways(channel: Channel) -> Ways:
    signs = list(channel.read)
    ways: Ways = {}
    for chunk, column in channel.true.items():
        costs = channel.costs[: len(signs), column]
        ways[chunk] = [(float(costs[at]), signs[at]) for at in np.argsort(costs, kind="stable").tolist() if costs[at] < LEAST]
    return ways


def _damaged(word: str, left: float, ways: Ways) -> Iterator[tuple[str, float]]:
    """All that ``word`` may be read as for less than ``left`` nats, with what is left of them then."""
    if left <= 0:
        return
    if not word:
        yield "", left
    for size in range(1, min(2, len(word)) + 1):
        for cost, signs in ways.get(word[:size], ()):
            if cost >= left:
                break
            for rest, over in _damaged(word[size:], left - cost, ways):
                yield signs + rest, over


if __name__ == "__main__":
    main()
