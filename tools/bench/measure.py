"""Timing, and the shape of a result."""

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measured:
    """One line of the table. ``ratio`` is value over the peer's value in the same run, where there is a peer."""

    name: str
    value: float
    unit: str
    against: str | None
    ratio: float | None
    aim: str


def seconds(work: Callable[[], object], rounds: int, warm: int = 2) -> float:
    """The median time of ``rounds`` calls, after ``warm`` calls that are not counted; the collector rests meanwhile."""
    for _ in range(warm):
        work()
    times = []
    gc.collect()
    gc.disable()
    try:
        for _ in range(rounds):
            started = time.perf_counter()
            work()
            times.append(time.perf_counter() - started)
    finally:
        gc.enable()
    return statistics.median(times)


def paired(work: Callable[[], object], peer: Callable[[], object], rounds: int) -> tuple[float, float]:
    """Medians of the two, taken in turn, so that a busy moment of the machine falls on both."""
    mine: list[float] = []
    theirs: list[float] = []
    work()
    peer()
    for _ in range(rounds):
        mine.append(seconds(work, 1, warm=0))
        theirs.append(seconds(peer, 1, warm=0))
    return statistics.median(mine), statistics.median(theirs)
