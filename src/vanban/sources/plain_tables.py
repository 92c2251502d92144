"""Tables that a text file draws with bars: "| TT | Nhiệm vụ | Cơ quan chủ trì |" over a line of dashes."""

import itertools
import re
from collections.abc import Iterator, Sequence

from vanban.reading import Cell, Table
from vanban.spans import Span, cover

_ROW = re.compile(r"^[ \t]*\|.*\|[ \t]*$", re.MULTILINE)
_RULE = re.compile(r"[ \t]*\|(?:[ \t]*:?-{3,}:?[ \t]*\|)+[ \t]*")
_BAR = re.compile(r"(?<!\\)\|")
_DRESS = " \t*_"


def barred_tables(text: str) -> list[Table]:
    """The tables of ``text`` that are drawn with bars, a rule of dashes under their head; cells are spans into ``text``."""
    return [_table(text, rows) for rows in _runs(text) if len(rows) > 1]


def _runs(text: str) -> Iterator[list[Span]]:
    """The lines between bars that stand together and have a rule among the first three, the rule left out."""
    run: list[Span] = []
    for found in _ROW.finditer(text):
        line = Span(*found.span())
        if run and text[run[-1].end : line.start].strip(" \t\r") != "\n":
            yield from _ruled(text, run)
            run = []
        run.append(line)
    yield from _ruled(text, run)


def _ruled(text: str, run: Sequence[Span]) -> Iterator[list[Span]]:
    rules = [index for index, line in enumerate(run[:3]) if _RULE.fullmatch(text, line.start, line.end)]
    if rules:
        yield [line for index, line in enumerate(run) if index not in rules]


def _table(text: str, rows: Sequence[Span]) -> Table:
    cells = [Cell(number, column, span) for number, row in enumerate(rows) for column, span in enumerate(_cells(text, row))]
    return Table(tuple(cells), cover(rows))


def _cells(text: str, row: Span) -> Iterator[Span]:
    """What stands between the bars of a line, without the marks of bold type."""
    bars = [found.start() for found in _BAR.finditer(text, row.start, row.end)]
    for left, right in itertools.pairwise(bars):
        yield Span(left + 1, right).trim(text, _DRESS)
