"""What is stamped or written beside the column of text: incoming stamps ("CÔNG VĂN ĐẾN"), marks in the margin. It is no text of the paper."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import dropwhile
from statistics import fmean, median

from vanban.text.quality import is_syllable
from vanban.text.restore.readings import ReadWord

Piece = list[ReadWord]
LONG_WORDS = 8  # words of a line that fills the column
LONG = 0.5  # share of the page's width that it takes at least
FEW_LONG = 6  # such lines from which a page has a column that can be told
FEW_WORDS, GOOD = 3, 0.8  # words of a line, and their confidence, from which it tells where lines begin
FEW_ALIKE = 3  # lines that begin at one place
OUTSIDE = 0.6  # line heights that the middle of a word beside the column lies left of its edge
DOUBT = 0.6  # confidence below which a word beside what was taken away is taken away with it
LOST = "…"  # stands for text that a stamp covers
SHORT = 0.5  # share of the column's width that a line of a stamp reaches into it at most
_MARKER = re.compile(r"\W*(?:\d+(?:\.\d+)*|[IVX]+|[a-zđ])?\W*$")


@dataclass(frozen=True, slots=True)
class _Column:
    """Where the running text of a page stands, in pixels."""

    left: float
    right: float
    top: float
    bottom: float
    height: float


def split_margin(pieces: Sequence[Piece], width: int) -> tuple[list[Piece], list[ReadWord]]:
    """The pieces of a page's lines without what stands left of the column of text, and what that was.

    A line that begins there and ends in the column is a stamp's, as a whole; one that fills the column loses its first words alone, "…" in their place.
    Markers of paragraphs may hang outside. Above the first full line (letterhead) and below the last nothing is taken.
    """
    column = _column(pieces, width)
    if column is None:
        return list(pieces), []
    kept: list[Piece] = []
    aside: list[ReadWord] = []
    for piece in pieces:
        inside = [word for word in piece if not _is_outside(word, column)]
        if len(inside) == len(piece):
            kept.append(piece)
        elif piece[-1].box[2] < column.left + SHORT * (column.right - column.left):
            aside.extend(piece)
        else:
            text = list(dropwhile(_is_doubtful, inside))
            kept.append([_lost(text[0], column), *text] if text else inside)
            aside.extend(word for word in piece if not text or word not in text)
    return kept, aside


def _column(pieces: Sequence[Piece], width: int) -> _Column | None:
    """Where full lines stand; None where a page has few of them."""
    full = [piece for piece in pieces if len(piece) >= LONG_WORDS and piece[-1].box[2] - piece[0].box[0] > LONG * width]
    if len(full) < FEW_LONG:
        return None
    height = median(word.box[3] - word.box[1] for piece in full for word in piece)
    left = _left_edge(pieces, height)
    if left is None:
        return None
    tops, bottoms = [min(w.box[1] for w in piece) for piece in full], [max(w.box[3] for w in piece) for piece in full]
    return _Column(left, median(piece[-1].box[2] for piece in full), min(tops), max(bottoms), height)


def _left_edge(pieces: Sequence[Piece], height: float) -> int | None:
    """Where lines begin: the leftmost place that several lines of good words share. Lines that open a paragraph stand further in."""
    good = [piece for piece in pieces if len(piece) >= FEW_WORDS and fmean(word.confidence for word in piece) >= GOOD]
    lefts = sorted(piece[0].box[0] for piece in good)
    return next((edge for edge in lefts if sum(abs(other - edge) < height for other in lefts) >= FEW_ALIKE), None)


def _lost(first: ReadWord, column: _Column) -> ReadWord:
    """The sign for what stood between the column's edge and the first word that can be told."""
    place = (round(column.left), first.box[1], max(first.box[0], round(column.left) + 1), first.box[3])
    return replace(first, was=LOST, now=LOST, box=place, confidence=0.0, sure=0.0)


def _is_doubtful(word: ReadWord) -> bool:
    """Whether a word under a stamp's edge cannot be told."""
    return word.confidence < DOUBT or not is_syllable(word.now.strip(",.;:"))


def _is_outside(word: ReadWord, column: _Column) -> bool:
    if not column.top < (word.box[1] + word.box[3]) / 2 < column.bottom:
        return False
    beside = (word.box[0] + word.box[2]) / 2 < column.left - OUTSIDE * column.height
    return beside and not (_MARKER.match(word.now) and word.now.strip("|"))
