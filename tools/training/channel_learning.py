"""Learns how letters are read from pairs of words: the likeliest division into chunks, counted, smoothed, and divided again.

A chunk reads one or two true letters as up to three signs; a sign may also be junk that stands for nothing.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from tools.training import channel_priors as priors

Weighted = Counter[tuple[str, str]]
"""(true word, what was read) → how often."""
MOST_READ = 3
_OWN, _KIND, _JUNK_FLOOR = 12.0, 12.0, 2e-4
_STRANGE = 0.12
"""Share of the damage that is another engine's, of which no pair is at hand."""
_JUNK_SIGNS = {
    "'": 0.012,
    ".": 0.004,
    ",": 0.004,
    '"': 0.003,
    "-": 0.003,
    "`": 0.003,
    "_": 0.002,
    "|": 0.002,
    "~": 0.002,
    ":": 0.002,
}
Prior = Callable[[str], dict[str, float]]


@dataclass(slots=True)
class Habits:
    """Costs, nats, of each chunk and of each sign of junk; what is not in ``chunks`` cannot be, but by way of junk and loss."""

    chunks: dict[tuple[str, str], float] = field(default_factory=dict)
    junk: dict[str, float] = field(default_factory=dict)


@dataclass(slots=True)
class Counts:
    chunks: Counter[tuple[str, str]] = field(default_factory=Counter)
    junk: Counter[str] = field(default_factory=Counter)
    letters: Counter[str] = field(default_factory=Counter)
    """How often each letter and each two letters stand in the true words."""


def from_priors(prior: Prior) -> Habits:
    """The habits that are assumed before any pair is seen."""
    return estimated(Counts(), prior)


def estimated(counts: Counts, prior: Prior) -> Habits:
    """Habits from counts: a letter's own, those of its kind (its tone apart), and the prior, each weighing less as data grow."""
    habits = Habits()
    kinds, kind_letters = _by_kind(counts)
    for letter in priors.TRUE:
        kind = priors.parts(letter)[0]
        known = prior(letter)
        total, kind_total = counts.letters[letter], kind_letters[kind]
        own = {read: count for (true, read), count in counts.chunks.items() if true == letter} if total else {}
        same = kinds.get(kind, {})
        for read in {*known, *own, *same}:
            base = (same.get(read, 0) + _KIND * known.get(read, 0)) / (kind_total + _KIND)
            share = (own.get(read, 0) + _OWN * base) / (total + _OWN)
            share = (1 - _STRANGE) * share + _STRANGE * known.get(read, 0)
            if len(read) <= 1 or share > 3e-5:
                habits.chunks[letter, read] = -math.log(max(share, 1e-6))
    _bigrams(habits, counts)
    _junk(habits, counts)
    return habits


def _by_kind(counts: Counts) -> tuple[dict[str, Counter[str]], Counter[str]]:
    kinds: dict[str, Counter[str]] = {}
    letters: Counter[str] = Counter()
    for (true, read), count in counts.chunks.items():
        if len(true) == 1:
            shape = priors.plain(read) if read and priors.plain(read) in priors.LETTERS else read
            kinds.setdefault(priors.parts(true)[0], Counter())[shape if len(read) == 1 else read] += count
    for letter, count in counts.letters.items():
        if len(letter) == 1:
            letters[priors.parts(letter)[0]] += count
    return kinds, letters


def _bigrams(habits: Habits, counts: Counts) -> None:
    """Two letters read as one shape: where that was seen thrice, or is known; halved, since single letters explain it too."""
    for (true, read), count in counts.chunks.items():
        if len(true) == 2 and count >= 3:
            habits.chunks[true, read] = -math.log((count - 1.5) / (counts.letters[true] + _OWN))
    for true, read in priors.bigrams():
        for form in {(true, read), (true.upper(), read.upper())}:
            habits.chunks.setdefault(form, -math.log(2e-3))


def _junk(habits: Habits, counts: Counts) -> None:
    total = sum(count for letter, count in counts.letters.items() if len(letter) == 1)
    for sign in {*priors.OBSERVED, *priors.MARKED, *priors.MARKED.upper()}:
        prior = _JUNK_SIGNS.get(sign, _JUNK_FLOOR if sign.isalnum() else 1e-3)
        habits.junk[sign] = -math.log((counts.junk[sign] + 300 * prior) / (total + 300))


def counted(pairs: Weighted, habits: Habits, most: float) -> Counts:
    """Counts of the chunks of each pair's likeliest division; pairs that cost over ``most`` nats a letter teach nothing."""
    counts = Counts()
    for (true, read), times in pairs.items():
        divided = divide(true, read, habits)
        if divided is None or divided[0] > most * max(len(true), 2):
            continue
        for at in range(len(true)):
            counts.letters[true[at]] += times
            counts.letters[true[at : at + 2]] += times if at + 2 <= len(true) else 0
        for letters, signs in divided[1]:
            if letters:
                counts.chunks[letters, signs] += times
            else:
                counts.junk[signs] += times
    return counts


def divide(true: str, read: str, habits: Habits) -> tuple[float, list[tuple[str, str]]] | None:
    """The cheapest division of a pair into chunks and its cost, none where there is none."""
    best: dict[tuple[int, int], tuple[float, int, int]] = {(0, 0): (0.0, 0, 0)}
    for i in range(len(true) + 1):
        for j in range(len(read) + 1):
            for down, right, cost in _last_steps(true[:i], read[:j], habits):
                before = best.get((i - down, j - right))
                if before and ((i, j) not in best or before[0] + cost < best[i, j][0]):
                    best[i, j] = (before[0] + cost, down, right)
    i, j = len(true), len(read)
    if (i, j) not in best:
        return None
    total = best[i, j][0]
    chunks = []
    while i or j:
        _, down, right = best[i, j]
        chunks.append((true[i - down : i], read[j - right : j]))
        i, j = i - down, j - right
    return total, chunks[::-1]


def _last_steps(true: str, read: str, habits: Habits) -> Iterable[tuple[int, int, float]]:
    if read and read[-1] in habits.junk:
        yield 0, 1, habits.junk[read[-1]]
    for down in range(1, min(2, len(true)) + 1):
        for right in range(min(MOST_READ, len(read)) + 1):
            cost = habits.chunks.get((true[len(true) - down :], read[len(read) - right :]))
            if cost is not None:
                yield down, right, cost
