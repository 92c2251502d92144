"""How fast a damaged text is restored: the sample plan as a reader without Vietnamese letters would have read it."""

import random
import subprocess
import sys
import time
import unicodedata
from collections.abc import Iterator

from tools.bench.measure import Measured, seconds
from tools.bench.samples import plain_plan
from vanban.spans import Span
from vanban.text.restore import restore
from vanban.text.restore.candidates import Candidates
from vanban.text.restore.channel import PROFILES, Channel

SYLLABLES = 3_000
LIKELY = 4
"""Readings of a letter from which one is drawn."""
LOAD = """
from vanban.text.restore.candidates import Candidates
from vanban.text.restore.capitals import Capitals
Candidates.load("eng"), Capitals.load()
"""


def measure() -> Iterator[Measured]:
    """The figures of restoration, one after another."""
    text = damaged(_plan(SYLLABLES))
    took = min(_once(text) for _ in range(4))
    yield Measured("restore", len(text.split()) / took, "syl/s", None, None, "at least 5,000 syllables a second")
    mine, bare = (seconds(lambda code=code: _process(code), 5, warm=1) for code in (LOAD, "import numpy"))
    yield Measured("restore-load", mine - bare, "s", "python -c 'import numpy'", mine / bare, "under 0.3 s")


def _once(text: str) -> float:
    """Seconds of this process for one restoration that remembers no token."""
    for profile in PROFILES:
        Candidates.load(profile).forget()
    started = time.process_time()
    restore(text, [Span(0, len(text))])
    return time.process_time() - started


def _process(code: str) -> None:
    subprocess.run([sys.executable, "-c", code], check=True)


def _plan(syllables: int) -> str:
    plan = plain_plan()
    return "\n".join([plan] * (syllables // len(plan.split()) + 1))


def damaged(text: str, seed: int = 1) -> str:
    """``text`` with each letter as the channel likeliest reads it, drawn with the channel's own shares; always the same."""
    draw = random.Random(seed)  # noqa: S311 -- no secret
    channel = Channel.load("eng")
    signs = list(channel.read)
    ways: dict[str, tuple[list[str], list[float]]] = {}
    for letter, column in channel.true.items():
        shares = sorted(zip((-channel.costs[: len(signs), column]).tolist(), signs, strict=True), reverse=True)[:LIKELY]
        ways[letter] = [sign for _, sign in shares], [2.718**cost for cost, _ in shares]
    return "".join(
        draw.choices(*ways[sign])[0] if sign.isalpha() and sign in ways else sign for sign in unicodedata.normalize("NFC", text)
    )
