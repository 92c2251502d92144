"""Where a passage stands on the image of a page: its words' boxes, joined line by line."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Word = Sequence[int]
"""[start, end, left, top, right, bottom], as :class:`dondoc.documents.models.ReadingPage` keeps it, in the order of the text."""
_GAP = 6  # a gap wider than this many heights of a word parts two columns


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the page, in ten-thousandths of its width and height."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        return self.right - self.left

    @property
    def height(self) -> int:
        return self.bottom - self.top


class Words:
    """The words of one page; finds those of a passage."""

    def __init__(self, words: Iterable[Word]) -> None:
        self._words = sorted(words, key=lambda word: (word[0], word[1]))
        self._starts = [word[0] for word in self._words]
        self._ends = [word[1] for word in self._words]

    def boxes(self, start: int, end: int) -> list[Box]:
        """The lines of the passage; none where no word of it stands on the page."""
        first, last = bisect_right(self._ends, start), bisect_left(self._starts, end)
        return merged(Box(*word[2:6]) for word in self._words[first:last])


def merged(boxes: Iterable[Box]) -> list[Box]:
    """Neighbours on one line as one box."""
    lines: list[Box] = []
    for box in boxes:
        if lines and _beside(lines[-1], box):
            lines[-1] = _both(lines[-1], box)
        else:
            lines.append(box)
    return lines


def _beside(line: Box, box: Box) -> bool:
    common = min(line.bottom, box.bottom) - max(line.top, box.top)
    lower = max(1, min(line.height, box.height))
    return 2 * common > lower and line.left <= box.left <= line.right + _GAP * lower


def _both(one: Box, other: Box) -> Box:
    return Box(min(one.left, other.left), min(one.top, other.top), max(one.right, other.right), max(one.bottom, other.bottom))
