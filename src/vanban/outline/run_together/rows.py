"""The rows of a table whose cells have run together: cut by their numbers and by where a cell's text begins.

A number stands on the first line of its row or, where cells are centred, on the middle one; so the lines between two
numbers are shared out such that each row begins like a cell's text and lies evenly about its number.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vanban.outline.run_together.layer import Line, Token

_NUMBER = re.compile(r"\(?(?P<value>\d{1,3})[.)]?")
_LOOKS_LIKE = str.maketrans({"I": "1", "l": "1", "i": "1", "O": "0", "o": "0", "S": "5", "Z": "2", "B": "8", "t": "1"})
_SECTION = re.compile(r"\s*(?P<mark>[IVX]{1,5}|[A-HĐ]|\d{1,2})\s*(?P<sign>[.\-–)/:])[\s.\-–:]*(?=\S{2})")
_SHOUTED = re.compile(r"(?P<mark>[IVX]{1,5})(?P<sign>\s)\s*(?=\S{2})")
_SECTION_WORDS = 4
_SKIPPED = 0.7
_LOWER = 3.0
_DIRTY = 0.5
_UNEVEN = 0.45
_ABOVE = 1.0
_TOP = 0.3
_AFTER_GAP = (0.0, 0.3, 1.5)
_MOST = 40
_LONGEST_NUMBER = 3
_FAR = 6
_UNKNOWN = 0.4
_DOUBTFUL = 1.0
_AGAIN = 1.5
_WRONG = 2.4
_HIDING = 0.8
HIDDEN = None
"""The number of a row whose own is lost altogether."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A row: its number as printed ("" where it cannot be read) and its lines, the number itself left out."""

    number: str
    lines: tuple[Line, ...]


def is_section(line: Line) -> str | None:
    """The mark of a line that heads a section of the table ("II. …", "2- …"); None for any other line."""
    if len(line.tokens) < _SECTION_WORDS or any(token.barred for token in line.tokens[2:]):
        return None
    words = " ".join(token.text for token in line.tokens)
    found = _SECTION.match(words) or (_SHOUTED.match(words) if words.isupper() else None)
    if found is None or (found["mark"].isdigit() and found["sign"] not in "-–"):
        return None
    rest = words[found.end() :]
    return found["mark"] if rest[:1].isupper() or not rest[:1].isalpha() else None


def cut_rows(lines: Sequence[Line], expected: int) -> list[Cut]:
    """The rows of ``lines``, which stand between two heads or section rows; ``expected``: the number that may come first."""
    numbers = _numbers(lines, expected)
    if not numbers:
        return []
    numbers = _with_hidden(lines, numbers)
    edges = [0, *_edges(lines, [index for index, _ in numbers])[1], len(lines)]
    return [
        Cut(
            value or "",
            tuple(
                _without_number(line) if value is not HIDDEN and edges[at] + i == index else line
                for i, line in enumerate(lines[edges[at] : edges[at + 1]])
            ),
        )
        for at, (index, value) in enumerate(numbers)
    ]


def _with_hidden(lines: Sequence[Line], numbers: Sequence[tuple[int, str | None]]) -> list[tuple[int, str | None]]:
    """``numbers``, and where one is skipped the line on which it may have stood, if the rows lie better so."""
    held = list(numbers)
    price = _edges(lines, [index for index, _ in held])[0]
    for at in range(len(held) - 1, 0, -1):
        (before, one), (after, other) = held[at - 1], held[at]
        if not one or not other or int(other) - int(one) != 2:
            continue
        tried = [
            (_edges(lines, [*(i for i, _ in held[:at]), new, *(i for i, _ in held[at:])])[0], new)
            for new in range(before + 1, after)
        ]
        better, new = min(tried, default=(price, before))
        if better + _HIDING < price:
            held.insert(at, (new, HIDDEN))
            price = better
    return held


def _without_number(line: Line) -> Line:
    rest = line.tokens[1:]
    return Line(line.span, rest, line.gap)


def _numbers(lines: Sequence[Line], expected: int) -> list[tuple[int, str | None]]:
    """The lines that open with a row's number: the longest row of figures that rises one by one, and damaged ones between bars."""
    candidates = [(index, *held) for index, line in enumerate(lines) for held in _number_of(line)]
    best: list[tuple[float, int]] = []  # price (the less the better), the candidate before
    for at, (_, value, certain) in enumerate(candidates):
        own = -2.0 if certain else -1.2
        options = [(own + _step(expected - 1, value, certain=certain), -1)]
        options += [
            (best[j][0] + own + _step(candidates[j][1], value, certain=certain), j)
            for j in range(max(0, at - _MOST), at)
            if candidates[j][0] < candidates[at][0]
        ]
        best.append(min(options))
    if not best:
        return []
    at = min(range(len(best)), key=lambda i: best[i][0])
    chain: list[int] = []
    while at >= 0:
        chain.append(at)
        at = best[at][1]
    return [(candidates[i][0], str(candidates[i][1]) if candidates[i][1] is not None else "") for i in reversed(chain)]


def _step(before: int | None, value: int | None, *, certain: bool) -> float:
    """The price of ``value`` as the next number after ``before``; one that is not ``certain`` may have been any."""
    if before is None or value is None:
        return _UNKNOWN
    if before < value < before + _FAR:
        return _SKIPPED * (value - before - 1)
    return (_AGAIN if value == 1 else _WRONG) if certain else _DOUBTFUL


def _number_of(line: Line) -> Iterator[tuple[int | None, bool]]:
    """What number a line may open with, and whether it surely does; None for one that cannot be read."""
    first = line.tokens[0]
    barred = len(line.tokens) > 1 and line.tokens[1].barred
    found = _NUMBER.fullmatch(first.text)
    if found:
        alone = len(line.tokens) == 1
        yield int(found["value"]), barred or alone or not line.tokens[1].text[:1].isdigit()
    elif len(first.text) <= _LONGEST_NUMBER and barred:
        yield None, False
        alike = re.sub(r"\W", "", first.text.translate(_LOOKS_LIKE))
        if alike.isdecimal():
            yield int(alike), False


def _edges(lines: Sequence[Line], numbers: Sequence[int]) -> tuple[float, tuple[int, ...]]:
    """The price of the cheapest way to share out the lines between numbers, and the first line of every row but the first."""
    ways: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    for at, index in enumerate(numbers):
        last = at + 1 == len(numbers)
        ends = [len(lines)] if last else range(index + 1, numbers[at + 1] + 1)
        following: dict[int, tuple[float, tuple[int, ...]]] = {}
        for end in ends:
            price_of_start = 0.0 if last else _start_price(lines[end], is_number=end == numbers[at + 1])
            options = [
                (price + _uneven(lines, start, index, end) + price_of_start, (*edges, end))
                for start, (price, edges) in ways.items()
            ]
            following[end] = min(options)
        ways = following
    price, edges = next(iter(ways.values()))
    return price, edges[:-1]


def _start_price(line: Line, *, is_number: bool) -> float:
    """What it costs to begin a row with ``line``: it should begin like a sentence."""
    words = line.tokens[1:] if is_number else line.tokens
    first: Token | None = next((token for token in words if not token.junk), None)
    price = -_AFTER_GAP[line.gap]
    if first is None or first is not words[0]:
        return price + _DIRTY
    return price + (0.0 if first.capital else _LOWER)


def _uneven(lines: Sequence[Line], start: int, index: int, end: int) -> float:
    """What it costs that the row [start, end) has its number on line ``index``."""
    above, below = index - start, end - 1 - index
    centred = _UNEVEN * abs(above - below)
    words = lines[index].tokens[1:]
    if words and words[0].capital and not words[0].junk:
        return min(centred, _TOP + _ABOVE * above)
    return centred
