"""Names whose words a damaged layer has run into one token ("SoYte", "CécS8ban"): how dear it is to read a token as one."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from vanban.outline.run_together.fuzzy import alike
from vanban.outline.run_together.layer import bare

Words = tuple[str, ...]
_LEAST = 0.15
_A_NAT = 0.05
_DEAREST = 1.3
_MOST_WORDS = 3
_LONGEST = 14
_SIGNS = 3
_MARKS = " ,;.:"
_LONGER = 3
_ALIKE = 0.4


def glued(tokens: Iterable[str], names: Sequence[Words]) -> dict[str, dict[Words, float]]:
    """Token → the words of ``names`` (as written; two or three that begin one, two within one) that it may be, each with its price."""
    starts = sorted(
        {name[:size] for name in names for size in range(2, _MOST_WORDS + 1) if len(name) >= size}
        | {name[at : at + 2] for name in names for at in range(1, len(name) - 1)}
    )
    found: dict[str, dict[Words, float]] = {}
    for token in set(tokens):
        if not 2 <= len(token) <= _LONGEST:
            continue
        priced = {
            start: price
            for start in starts
            if (price := _price(token, "".join(word.strip(_MARKS) for word in start))) is not None
        }
        if priced:
            found[token] = priced
    return found


def _price(token: str, name: str) -> float | None:
    if not len(token) - _LONGER <= len(name) <= 2 * len(token) + 1 or alike(bare(token), bare(name)) < _ALIKE:
        return None
    price = _LEAST + _A_NAT * _nats(token, name)
    return price if price < _DEAREST else None


def _nats(token: str, name: str) -> float:
    """-log P(token | name), over the cheapest way to share out the signs of ``token`` among one or two letters of ``name``."""
    price, chunks, junk = _channel()
    best = [[0.0] + [float("inf")] * len(name)] + [[float("inf")] * (len(name) + 1) for _ in token]
    for i in range(len(token) + 1):
        row = best[i]
        for j in range(len(name) + 1):
            if i and best[i - 1][j] + junk.get(token[i - 1], _NEVER) < row[j]:
                row[j] = best[i - 1][j] + junk.get(token[i - 1], _NEVER)
            for b in (1, 2):
                column = chunks.get(name[j - b : j]) if j >= b else None
                if column is None:
                    continue
                for a in range(min(i, _SIGNS) + 1):
                    so_far = best[i - a][j - b] + price.get((token[i - a : i], column), _NEVER)
                    row[j] = min(row[j], so_far)
    return best[-1][-1]


_NEVER = 60.0


@lru_cache(maxsize=1)
def _channel() -> tuple[Mapping[tuple[str, int], float], Mapping[str, int], Mapping[str, float]]:
    """The costs of the restorer's channel: (signs, chunk) → nats, chunk → its number, sign → nats where it stands for nothing."""
    from vanban.text.restore.channel import Channel  # noqa: PLC0415 -- numpy, only for damaged text

    held = Channel.load()
    rows = {sign: held.costs[row].tolist() for sign, row in held.read.items()}
    price = {
        (sign, column): costs[column]
        for sign, costs in rows.items()
        for column in held.true.values()
        if costs[column] < _NEVER / 4
    }
    junk = {sign: float(held.junk[row]) for sign, row in held.read.items() if len(sign) == 1}
    return price, held.true, junk
