"""What a document says with certainty once helps where it says it again: ``bt pha`` is bứt phá where that was read elsewhere."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from math import log2
from typing import Final

CERTAIN: Final = 0.95
DOUBTFUL: Final = 0.85
"""Shares of probability: three words that are all certain are remembered, a doubtful word is read again."""
BONUS: Final = 1.5
"""Nats for a word that was read once between the same words; more where it was more often."""

Word = tuple[str, float]
"""A word as it was read, and how sure; a gap (a number, a stop) is an empty one."""
Key = tuple[int, str, str]


def remembered(words: Sequence[Word]) -> dict[int, dict[str, float]]:
    """For each doubtful word (by its place) the words that certain places of the document have there, with a bonus in nats."""
    memory = _memory(words)
    told: dict[int, dict[str, float]] = {}
    for at, (_, sure) in enumerate(words):
        if sure < DOUBTFUL:
            votes: Counter[str] = Counter()
            for key in _keys(words, at):
                votes.update(memory.get(key, Counter()))
            if votes:
                told[at] = {word: BONUS * log2(1 + count) for word, count in votes.items()}
    return told


def _memory(words: Sequence[Word]) -> Mapping[Key, Counter[str]]:
    """What stands at the first, the second, the third of three certain words, by the two others."""
    memory: dict[Key, Counter[str]] = defaultdict(Counter)
    for at in range(len(words) - 2):
        three = words[at : at + 3]
        if all(word and sure >= CERTAIN for word, sure in three):
            one, two, last = (word for word, _ in three)
            memory[0, two, last][one] += 1
            memory[1, one, last][two] += 1
            memory[2, one, two][last] += 1
    return memory


def _keys(words: Sequence[Word], at: int) -> Iterator[Key]:
    """The pairs of words around a place."""
    for place in range(3):
        first = at - place
        if first >= 0 and first + 3 <= len(words):
            one, two = (words[first + step][0] for step in range(3) if step != place)
            if one and two:
                yield place, one, two
