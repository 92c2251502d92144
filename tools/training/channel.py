"""Learns the channel, how damage writes true letters, and writes ``src/vanban/text/restore/data/channel.npz``.

    python -m tools.training.channel --pairs PAIRS.jsonl

The pairs come from ``tools.training.pages``.  Takes about a minute.
"""

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from tools.training import channel_learning as learning
from tools.training import channel_priors as priors
from vanban.text.restore.channel import FORBIDDEN, PROFILES, plain_signs

OUT = Path("src/vanban/text/restore/data/channel.npz")
ROUNDS = 4
MOST = 5.0
"""Nats a letter over which a pair is taken as wrongly aligned."""
_EDGES = re.compile(r"^[^\w&¢§$€£@]+|[^\w&¢§$€£@'’‘]+$")
_WORD = re.compile(r"[^\W\d_]+")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, default=OUT)
    asked = parser.parse_args()
    pairs: dict[str, learning.Weighted] = {name: Counter() for name in PROFILES}
    for path in asked.pairs:
        for reader, true, read in _pairs(path):
            pairs[reader][true, read] += 1
    habits = {name: learn(pairs[name], name) for name in PROFILES}
    write(habits, asked.out)


def learn(pairs: learning.Weighted, profile: str) -> learning.Habits:
    """The habits of one kind of damage."""
    prior = PRIORS[profile]
    habits = learning.from_priors(prior)
    for number in range(ROUNDS if pairs else 0):
        counts = learning.counted(pairs, habits, MOST)
        habits = learning.estimated(counts, prior)
        print(f"{profile}: {len(pairs)} pairs, round {number + 1}, {len(counts.chunks)} chunks", flush=True)
    return habits


def _light(letter: str) -> dict[str, float]:
    """A reader of Vietnamese: mostly right, now and then another mark on the same letter."""
    found = {read: share * 0.15 for read, share in priors.shares(letter).items()}
    same = [sign for sign in priors.TRUE if priors.plain(sign) == priors.plain(letter)]
    for sign in same:
        found[sign] = found.get(sign, 0) + 0.1 / len(same)
    found[letter] = found.get(letter, 0) + 0.75
    return found


def _bare(letter: str) -> dict[str, float]:
    """All marks taken away, nothing else done."""
    found = {read: share * 0.01 for read, share in priors.shares(letter).items()}
    found[priors.plain(letter)] = found.get(priors.plain(letter), 0) + 0.98
    return found


PRIORS = {"eng": priors.shares, "vie": _light, "bare": _bare}


def _pairs(path: Path) -> Iterator[tuple[str, str, str]]:
    """(reader, true word, what was read for it), without the marks at their ends; words of letters alone, one to one."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            page = json.loads(line)
            for true, read in page["pairs"]:
                word, signs = _EDGES.sub("", true), plain_signs(_EDGES.sub("", read))
                if _WORD.fullmatch(word) and signs and " " not in signs and len(word) <= 7:
                    yield page["reader"], word, signs


def write(habits: dict[str, learning.Habits], out: Path) -> None:
    """The costs of all profiles over one set of chunks: float16[profiles, signs read, true chunks] and [profiles, signs]."""
    true = sorted({true for one in habits.values() for true, _ in one.chunks}, key=lambda chunk: (len(chunk), chunk))
    read = sorted({read for one in habits.values() for _, read in one.chunks}, key=lambda signs: (len(signs), signs))
    rows, columns = {signs: at for at, signs in enumerate(read)}, {chunk: at for at, chunk in enumerate(true)}
    costs = np.full((len(PROFILES), len(read), len(true)), FORBIDDEN, np.float16)
    junk = np.full((len(PROFILES), len(read)), FORBIDDEN, np.float16)
    for at, name in enumerate(PROFILES):
        for (chunk, signs), cost in habits[name].chunks.items():
            costs[at, rows[signs], columns[chunk]] = min(cost, FORBIDDEN)
        for sign, cost in habits[name].junk.items():
            junk[at, rows[sign]] = min(cost, FORBIDDEN)
    out.parent.mkdir(exist_ok=True)
    np.savez_compressed(out, true=np.array(true), read=np.array(read), costs=costs, junk=junk)
    print(f"{out}: {len(true)} true chunks, {len(read)} read, {out.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
