"""What the pictures share: scales, ticks, and text that does not run into other text."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from math import floor, log10

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True, slots=True)
class Scale:
    """Values on a line of the picture; ``top`` is where the greatest stands."""

    least: float
    most: float
    bottom: float
    top: float

    def at(self, value: Decimal | float) -> float:
        share = (float(value) - self.least) / (self.most - self.least)
        return self.bottom + share * (self.top - self.bottom)


@dataclass(frozen=True, slots=True)
class Days:
    """Days on a line of the picture."""

    first: date
    last: date
    left: float
    right: float

    def at(self, day: date) -> float:
        share = (day - self.first).days / max((self.last - self.first).days, 1)
        return self.left + share * (self.right - self.left)


def ticks(least: float, most: float, about: int = 6) -> list[float]:
    """Round values that hold both ends between them; the floor is a sensible one, not always 0."""
    width = (most - least) or abs(most) or 1.0
    rough = width / about
    size = 10.0 ** floor(log10(rough))
    step = next(one * size for one in _STEPS if one * size >= rough)
    first, last = floor(least / step), -floor(-most / step)
    return [round(number * step, 10) for number in range(int(first), int(last) + 1)]


def year_ends(first: date, last: date, about: int = 8) -> list[date]:
    """Ends of years within the days, thinned out to what has room."""
    found = [end for year in range(first.year, last.year + 1) if first <= (end := date(year, 12, 31)) <= last]
    every = -(-len(found) // about) if found else 1
    return list(reversed(found[::-1][::every]))


def spread(places: Sequence[float], apart: float, least: float, most: float) -> list[float]:
    """The places of labels moved so that none stands on another, in the order given."""
    order = sorted(range(len(places)), key=lambda index: places[index])
    moved = list(places)
    for before, after in pairwise(order):
        moved[after] = max(moved[after], moved[before] + apart)
    over = max([moved[index] for index in order], default=most) - most
    if over > 0:
        for index in reversed(order):
            moved[index] = min(moved[index], most)
            most = moved[index] - apart
    return [max(place, least) for place in moved]


def points(pairs: Iterable[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in pairs)


def text(x: float, y: float, words: str, classes: str = "", anchor: str = "start") -> SafeString:
    return format_html(
        '<text x="{}" y="{}" class="{}" text-anchor="{}">{}</text>', f"{x:.1f}", f"{y:.1f}", classes, anchor, words
    )


def line(x1: float, y1: float, x2: float, y2: float, classes: str) -> SafeString:
    return format_html(
        '<line x1="{}" y1="{}" x2="{}" y2="{}" class="{}"></line>', *(f"{one:.1f}" for one in (x1, y1, x2, y2)), classes
    )


def polyline(pairs: Sequence[tuple[float, float]], classes: str) -> SafeString:
    return (
        format_html('<polyline points="{}" class="{}"></polyline>', points(pairs), classes) if len(pairs) > 1 else SafeString("")
    )


def dot(x: float, y: float, size: float, classes: str) -> SafeString:
    return format_html('<circle cx="{}" cy="{}" r="{}" class="{}"></circle>', f"{x:.1f}", f"{y:.1f}", size, classes)


def picture(
    width: float,
    height: float,
    classes: str,
    name: str,
    words: tuple[str, str],
    parts: Iterable[SafeString],
    *,
    role: str = "img",
) -> SafeString:
    """The SVG with its title and description; ``name`` is its id on the page. ``role``: "group" where links stand in it."""
    title, description = words
    return format_html(
        '<svg class="{}" viewBox="0 0 {} {}" role="{}" aria-labelledby="{}-t" aria-describedby="{}-d">'
        '<title id="{}-t">{}</title><desc id="{}-d">{}</desc>{}</svg>',
        classes, f"{width:g}", f"{height:g}", role, name, name, name, title, name, description, joined(parts),
    )  # fmt: skip


def joined(parts: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))
