"""One row of a table whose cells have run together → which words belong to which column.

The lines of a row go across the columns: each holds a slice of some cells, from left to right. The best way to share out
the words is searched for word by word (beam search): a narrow column reads a name or a time through its tree and pays for
every word that does not fit; the columns of running text pay a constant price a word; a column is not wider than it is
elsewhere in the table; a cell goes on only below a line that was full.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from vanban.outline.run_together.layer import Line, Token
from vanban.outline.run_together.names import DONE, EMPTY, Cell, Step, TreeReader
from vanban.outline.tables import Role

FREE = frozenset({Role.TASK, Role.RESULT, Role.NOTE})
_TEXT = 1.0
_DIRT = 0.5
_OVER_BAR = 2.5
_NO_BAR = 0.3
_LATE_START = 1.2
_NARROW_START = 0.75
_AFTER_SHORT = 0.3
_GAP = 1.0
_TOO_WIDE = 0.4
_SLACK = 3
_MOST_TOO_WIDE = 20.0
_FULL = 6
_SHORT_STEP = 5
_SHORTEST = 3
_SHORT_MARK = 4
_LOWER_START = 1.2
_BEAM = 48
_RANGE = 5.0

State = tuple[int, int, tuple[Cell, ...]]
"""The column of the last word on this line (-1: none yet), where its slice began, and how far each cell is read."""


@dataclass(frozen=True, slots=True)
class Given:
    """A word of the row, the column it belongs to and how it must be read (None: as it stands; "": it says nothing)."""

    token: Token
    line: int
    column: int
    word: str | None


@dataclass(frozen=True, slots=True)
class Woven:
    """A row's words with their columns, in order; what the last name of a column lacks of its end; the price of it all."""

    words: tuple[Given, ...]
    ends: Mapping[int, str]
    price: float


Path = tuple[float, "Path | None", int, str | None]
"""The price so far, the path to the word before, the column of this word, and how it is read."""

Steps = Sequence[Step]


class Weaver:
    """Shares out the words of rows among ``columns``; ``widths``: how wide each is in characters, where that is known."""

    def __init__(self, columns: Sequence[Role], readers: Mapping[Role, TreeReader], widths: Sequence[int | None]) -> None:
        self._columns = tuple(columns)
        self._readers = tuple(readers.get(role) for role in columns)
        self._widths = tuple(widths)

    def weave(self, lines: Sequence[Line]) -> Woven:
        """The cheapest way to share out the words of ``lines``."""
        paths: dict[State, Path] = {(-1, 0, (EMPTY,) * len(self._columns)): (0.0, None, -1, None)}
        for number, line in enumerate(lines):
            right = 0
            for token in line.tokens:
                paths = self._read(paths, token, number, right)
                right = token.right
            if line.tokens:
                paths = _cheapest((self._end_line(state, path, right) for state, path in paths.items()))
        price, state, path = min(
            ((path[0] + self._open_ends(state), state, path) for state, path in paths.items()), key=lambda held: held[0]
        )
        tokens = [(token, number) for number, line in enumerate(lines) for token in line.tokens]
        ends = {
            column: rest
            for column, (reader, cell) in enumerate(zip(self._readers, state[2], strict=True))
            if reader is not None and (rest := reader.rest(cell))
        }
        return Woven(tuple(_given(path, tokens)), ends, price)

    def _read(self, paths: Mapping[State, Path], token: Token, number: int, right: int) -> dict[State, Path]:
        """The cheapest few ways to share out the row up to ``token``."""
        made: dict[State, Path] = {}
        limit = math.inf
        known: dict[tuple[int, Cell, bool], Steps] = {}
        for state, path in paths.items():
            so_far = path[0]
            if so_far > limit:
                break
            for base, column, left, cells, begins in self._columns_after(state, token, right):
                key = (column, cells[column], begins)
                steps = known.get(key)
                if steps is None:
                    steps = known[key] = self._steps(column, cells[column], token, number, begins=begins)
                for price, cell, word in steps:
                    total = so_far + (base + price)
                    if total > limit:
                        continue
                    following = (column, left, (*cells[:column], cell, *cells[column + 1 :]))
                    held = made.get(following)
                    if held is None or total < held[0]:
                        made[following] = (total, path, column, word)
                        limit = min(limit, total + _RANGE)
        return _fewest(made, limit)

    def _columns_after(self, state: State, token: Token, right: int) -> Iterator[tuple[float, int, int, tuple[Cell, ...], bool]]:
        """The columns that ``token`` may belong to.

        Each with what it costs to get there, where its slice begins, the cells as they are before, and whether a slice begins.
        """
        at, left, cells = state
        if token.junk:
            yield 0.0, max(at, 0), left if at >= 0 else token.left, cells, False
            return
        if at < 0:
            for column in range(len(self._columns)):
                yield self._late_start(column), column, token.left, cells, True
            return
        yield _OVER_BAR if token.barred else 0.0, at, left, cells, False
        leave = self._too_wide(at, right - left) + (0.0 if token.barred else _NO_BAR)
        cells = self._left(at, right - left, cells)
        for column in range(at + 1, len(self._columns)):
            yield leave, column, token.left, cells, True

    def _late_start(self, column: int) -> float:
        """What it costs that a line begins with a slice of ``column``."""
        if column == 0:
            return 0.0
        return _LATE_START if self._readers[column] is None else _NARROW_START

    def _steps(self, column: int, cell: Cell, token: Token, number: int, *, begins: bool) -> Sequence[Step]:
        """What ``token`` may be in ``cell`` of ``column``; one that says nothing leaves the cell as it is."""
        if token.junk:
            return ((_DIRT, cell, ""),)
        reader = self._readers[column]
        if reader is not None:
            return reader.steps(cell, token, number, begins=begins)
        price = _TEXT
        _, line, marks = cell
        if line < 0:
            price += 0.0 if token.capital or not token.text[0].isalpha() else _LOWER_START
        elif begins:
            price += _AFTER_SHORT * (marks // _SHORT_MARK) + _GAP * min(3, number - line - 1)
        return ((price, (0, number, DONE), None),)

    def _left(self, at: int, length: int, cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
        """The cells, with the mark on that of running text whose slice ends here and was short."""
        width = self._widths[at]
        if width is None or self._readers[at] is not None or length >= width - _FULL:
            return cells
        node, line, marks = cells[at]
        short = min(_SHORTEST, (width - _FULL - length) // _SHORT_STEP + 1)
        return (*cells[:at], (node, line, marks + short * _SHORT_MARK), *cells[at + 1 :])

    def _too_wide(self, at: int, length: int) -> float:
        width = self._widths[at]
        return 0.0 if width is None else min(_MOST_TOO_WIDE, _TOO_WIDE * max(0, length - width - _SLACK))

    def _end_line(self, state: State, path: Path, right: int) -> tuple[State, Path]:
        at, left, cells = state
        price, before, column, word = path
        return (-1, 0, self._left(at, right - left, cells)), (price + self._too_wide(at, right - left), before, column, word)

    def _open_ends(self, state: State) -> float:
        return sum(reader.end_price(cell) for reader, cell in zip(self._readers, state[2], strict=True) if reader is not None)


def _fewest(paths: Mapping[State, Path], limit: float) -> dict[State, Path]:
    """The cheapest of ``paths``, none above ``limit``, the cheapest first."""
    near = [held for held in paths.items() if held[1][0] <= limit]
    near.sort(key=lambda held: held[1][0])
    return dict(near[:_BEAM])


def _cheapest(paths: Iterable[tuple[State, Path]]) -> dict[State, Path]:
    found: dict[State, Path] = {}
    for state, path in paths:
        held = found.get(state)
        if held is None or path[0] < held[0]:
            found[state] = path
    return dict(sorted(found.items(), key=lambda held: held[1][0]))


def _given(path: Path | None, tokens: Sequence[tuple[Token, int]]) -> list[Given]:
    found: list[Given] = []
    for token, line in reversed(tokens):
        assert path is not None  # noqa: S101 - a path has a step for every word
        found.append(Given(token, line, path[2], path[3]))
        path = path[1]
    return found[::-1]
