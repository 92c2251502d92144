"""Receipts by day as small bars: where each stands in the drawing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dondoc.common import wording

STEP, WIDTH, HEIGHT, BASE, LOWEST, MOST = 34, 22, 28, 39, 2, 12


@dataclass(frozen=True, slots=True)
class Bar:
    """``x``, ``y``, ``height`` in units of the drawing; ``middle`` of the words; ``late`` after the deadline."""

    x: int
    y: int
    height: int
    count: int
    day: str
    late: bool

    @property
    def middle(self) -> int:
        return self.x + WIDTH // 2

    @property
    def above(self) -> int:
        return self.y - 3


@dataclass(frozen=True, slots=True)
class Bars:
    """``deadline``: where the line of the deadline stands, None where it is at an edge; ``words``: the same for readers of the screen."""

    bars: tuple[Bar, ...]
    width: int
    deadline: int | None
    words: str


def bars_of(days: Sequence[tuple[date, int]], last_ok_on: date) -> Bars:
    """Of the last twelve days on which reports came."""
    held = days[-MOST:]
    highest = max((count for _, count in held), default=1)
    bars = tuple(_bar(place, day, count, highest, last_ok_on) for place, (day, count) in enumerate(held))
    first_late = next((bar.x for bar in bars if bar.late), None)
    words = ", ".join(f"{bar.day} {bar.count}" for bar in bars)
    return Bars(
        bars, max(len(bars), 1) * STEP + 6, first_late - 3 if first_late is not None and first_late > STEP else None, words
    )


def _bar(place: int, day: date, count: int, highest: int, last_ok_on: date) -> Bar:
    height = max(round(HEIGHT * count / highest), LOWEST)
    return Bar(6 + place * STEP, BASE - height, height, count, wording.short_day(day), day > last_ok_on)
