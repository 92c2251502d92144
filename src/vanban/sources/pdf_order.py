"""The order in which the lines of a PDF page are read."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from vanban.sources.pdf_page import Line, PageText

FEW_UPS = 4  # a letterhead, a signature block and a head at the foot of the content
WORD_GAP = 1.0  # ems; pieces further apart may have others between them
LINE_GAP = 2.0  # ems; pieces further apart stand in two columns
ROW = 0.4  # ems between the base lines of what stands on one line
GUTTER = 190.0  # points from the left edge of the recipients to where the signature's column begins at the earliest
FAR = 4.0  # ems between recipients and what is none of them
_RECIPIENTS = re.compile(r"Nơi\s+nhận\s*:")


def is_inside(line: Line, taken: frozenset[int]) -> bool:
    """Whether most characters of the line are those that tables took."""
    inside = sum(1 for index in range(line.first, line.last) if index in taken)
    return inside * 2 > line.last - line.first


def in_order(lines: Sequence[Line], text: PageText, taken: frozenset[int]) -> list[Line]:
    """The lines as they are where the order of the content leads down the page, else put together from top to bottom.

    Columns of a letterhead and a signature block lead up again a few times; a content without order does so
    everywhere. Tables, whose characters are ``taken``, do not count.
    """
    running = [line for line in lines if not is_inside(line, taken)] if taken else lines
    ups = sum(1 for before, line in pairwise(running) if line.y > before.y + before.size)
    ordered = list(lines) if ups <= max(FEW_UPS, len(running) // 6) else _put_together(lines, text)
    return recipients_first(ordered)


def _put_together(lines: Sequence[Line], text: PageText) -> list[Line]:
    """Lines made anew of the pieces that stand side by side."""
    pieces = [piece for line in lines for piece in text.pieces(line, WORD_GAP)]
    rows: list[list[Line]] = []
    for piece in sorted(pieces, key=lambda held: -held.y):
        if rows and rows[-1][0].y - piece.y <= ROW * piece.size:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [line for row in rows for line in _row(sorted(row, key=lambda held: held.x0))]


def _row(pieces: Sequence[Line]) -> list[Line]:
    """The pieces of one row, joined where no more than a wide space is between them."""
    joined = [pieces[0]]
    for piece in pieces[1:]:
        last = joined[-1]
        if piece.x0 - last.x1 <= LINE_GAP * last.size:
            joined[-1] = replace(last, text=f"{last.text} {piece.text}", x1=max(last.x1, piece.x1))
        else:
            joined.append(piece)
    return joined


def recipients_first(lines: list[Line]) -> list[Line]:
    """The signature block column by column, where the content goes through it line by line."""
    start = next((index for index, line in enumerate(lines) if _RECIPIENTS.match(line.text)), len(lines))
    if start == len(lines):
        return lines
    gutter = lines[start].x0 + GUTTER
    end = _end_of_block(lines, start, gutter)
    block = sorted(lines[start:end], key=lambda line: line.x0 >= gutter)
    return [*lines[:start], *block, *lines[end:]]


def _end_of_block(lines: Sequence[Line], start: int, gutter: float) -> int:
    """The index of the first line behind the signature block: one over both columns, or one far below the recipients."""
    last = lines[start]
    for index in range(start, len(lines)):
        line = lines[index]
        if line.x0 < gutter and (line.x1 > gutter + GUTTER / 2 or line.y < last.y - FAR * last.size):
            return index
        if line.x0 < gutter:
            last = line
    return len(lines)
