"""One page of a PDF: its characters with their places, and the lines that they make.

PDFium gives characters in the order of the content, which for a file made by a word processor is the order of
reading, cell by cell. Distances are in points, y grows upward as in PDF itself.
"""

import re
from collections.abc import Iterator, Sequence
from ctypes import byref, c_double
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import Any

from vanban.sources.pdf_fonts import mended_page

Box = tuple[float, float, float, float]  # left, bottom, right, top

_HYPHENS = {"\x02", "\ufffe"}  # PDFium's signs for a hyphen at a line end, without the line end
_BREAKS = {"\r", "\n"}
_WIDE_GAP = 1.2  # ems; more than a justified line opens between words
_CAPITALS = f"[A-Z{''.join(filter(str.isupper, map(chr, (*range(0xC0, 0x1B1), *range(0x1EA0, 0x1EFA)))))}]"
_RIGHT_SIDE = re.compile(
    r"CỘNG\s+H|ĐẢNG\s+CỘNG|Độc\s+lập\s*[-–]|(?:TM|KT|TL|TUQ|Q)\.\s|[TK]/[MLT]\s|[^\d\W][^,]{2,30},\s*(?:ngày|tháng)\b"
    rf"|{_CAPITALS}[{_CAPITALS[1:-1]} ]{{5,}}$"
)
_LEFT_SIDE = re.compile(rf"Số\s*:?\s|Số:|Nơi\s+nhận|[{_CAPITALS[1:-1]} ,.\-]{{6,}}$|-\s|V/v\s")
JUMP = 0.6  # ems between the base lines of two lines; a raised figure stands less high
LONG = 400  # characters that no line of a letterhead has
RAISED = 0.8  # a raised figure is smaller than this share of the text beside it
SMALLER = 0.97  # footnotes are set smaller than the text
# A figure of up to three digits after a word (not after a unit of length, which it may square), or at the head of a line.
_FIGURES = re.compile(r"(?:(?P<unit>\b[kcdm]?m)|(?P<before>[^\s\d])|(?<![^\r\n])(?:[ \t]*))(?P<figure>\d{1,3})(?!\d)")
_MOTTO = re.compile(r"CỘNG\s+H[OÒ][AÀ]\s+XÃ\s+HỘI|ĐẢNG\s+CỘNG\s+SẢN\s+VIỆT|Độc\s+lập\s*[-–]\s*Tự\s+do")


@dataclass(frozen=True, slots=True)
class Char:
    """A character and where it stands; ``y`` is its base line."""

    sign: str
    x0: float
    x1: float
    y: float
    size: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line of running text. ``first`` and ``last``: its characters on the page, the last one excluded."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    first: int
    last: int


class PageText:
    """The characters of a page of PDFium, asked for their places only where that matters."""

    def __init__(self, page: Any) -> None:
        import pypdfium2.raw as pdfium  # noqa: PLC0415 -- slow import

        self._pdfium = pdfium
        self._text = page.get_textpage()
        self._x, self._y, self._box = c_double(), c_double(), pdfium.FS_RECTF()
        self.turned = _turn(page)
        count = self._text.count_chars()
        code = pdfium.FPDFText_GetUnicode
        raw = self._text.raw
        self.signs = [_sign(code(raw, index)) for index in range(count)]
        self.mended = mended_page(self._text, self.signs)
        if self.mended is not None:
            self.signs = list(self.mended.signs)
        self.notes = self._find_marks()

    def char(self, index: int) -> Char:
        """The character at ``index`` with its place on the page as it is shown."""
        raw = self._text.raw
        self._pdfium.FPDFText_GetCharOrigin(raw, index, byref(self._x), byref(self._y))
        self._pdfium.FPDFText_GetLooseCharBox(raw, index, byref(self._box))
        box = self._box
        x, y = self.turned(self._x.value, self._y.value)
        one, other = self.turned(box.left, box.bottom), self.turned(box.right, box.top)
        return Char(self.signs[index], min(one[0], other[0], x), max(one[0], other[0]), y, abs(one[1] - other[1]))

    def _find_marks(self) -> frozenset[int]:
        """Take the raised figures that refer to footnotes out of the text; give those that begin a line, and so a note."""
        notes = set()
        for found in _FIGURES.finditer("".join(self.signs)):
            first, last = found.span("figure")
            begins = not found["before"]
            beside = last + 1 if begins else first - 1
            if not 0 <= beside < len(self.signs) or found["unit"]:
                continue
            mark, text = self.char(first), self.char(beside)
            if mark.size > RAISED * text.size or mark.y <= text.y:
                continue
            if begins:
                notes.add(first)
            else:
                self.signs[first:last] = [""] * (last - first)
        return frozenset(notes)

    def lines(self) -> list[Line]:
        """The lines in the order of the content; a line that holds two columns gives two."""
        found: list[Line] = []
        first = 0
        for index, sign in enumerate([*self.signs, "\n"]):
            ends = sign in _HYPHENS
            if sign in _BREAKS or ends:
                found.extend(self._line(first, index + 1 if ends else index))
                first = index + 1
        return found

    def written(self, first: int, last: int) -> str:
        """The signs of a stretch as text."""
        return "".join("-" if sign in _HYPHENS else sign for sign in self.signs[first:last])

    def pieces(self, line: Line, gap: float) -> list[Line]:
        """``line`` cut wherever more than ``gap`` ems stand open between two of its words."""
        starts = [line.first]
        before = self.char(line.first)
        for index in range(line.first + 1, line.last):
            if self.signs[index].strip():
                char = self.char(index)
                if char.x0 - before.x1 > gap * line.size or char.x1 < before.x0:
                    starts.append(index)
                before = char
        found = []
        for first, last in pairwise([*starts, line.last]):
            written = self.written(first, last)
            left, right = self.char(first), self.char(first + len(written.rstrip()) - 1)
            found.append(Line(written.strip(), left.x0, right.x1, left.y, left.size, first, first + len(written.rstrip())))
        return found

    def _line(self, first: int, last: int) -> list[Line]:
        text = self.written(first, last)
        if not text.strip():
            return []
        start = first + len(text) - len(text.lstrip())
        end = last - (len(text) - len(text.rstrip()))
        left, right = self.char(start), self.char(end - 1)
        if abs(left.y - right.y) <= JUMP * max(left.size, right.size):
            return self._level(start, end, left, right)
        cuts = [start, *self._jumps(start, end), end]
        return [
            line
            for one, other in pairwise(cuts)
            if self.written(one, other).strip()
            for line in self._level(one, other, self.char(one), self.char(other - 1))
        ]

    def _level(self, start: int, end: int, left: Char, right: Char) -> list[Line]:
        """A stretch on one base line, cut where two columns stand on it."""
        line = Line(self.written(start, end).strip(), left.x0, right.x1, left.y, left.size, start, end)
        if end - start <= LONG and (_RIGHT_SIDE.search(line.text) or _LEFT_SIDE.match(line.text)):
            return self._columns(line)
        return [line]

    def _jumps(self, start: int, end: int) -> Iterator[int]:
        """Where a stretch goes on with another base line."""
        first = self.char(start)
        for index in range(start + 1, end):
            if self.signs[index].strip():
                char = self.char(index)
                if abs(char.y - first.y) > JUMP * first.size:
                    yield index
                    first = char

    def _columns(self, line: Line) -> list[Line]:
        """``line`` cut at a wide gap, where what stands on either side is of a letterhead or a signature block."""
        chars = [self.char(index) for index in range(line.first, line.last)]
        before = chars[0]
        for offset, char in enumerate(chars):
            if not char.sign.strip():
                continue
            if self._is_split(line, offset, char.x0 - before.x1):
                cut = line.first + offset
                left = replace(line, text=self.written(line.first, cut).strip(), x1=before.x1, last=cut)
                right = replace(line, text=self.written(cut, line.last).strip(), x0=char.x0, y=char.y, first=cut)
                return [left, *self._columns(right)]
            before = char
        return [line]

    def _is_split(self, line: Line, offset: int, gap: float) -> bool:
        """Whether the right column begins at ``offset``: at the motto of the State always, else after a wide gap."""
        if offset == 0 or gap <= 0:
            return False
        right = self.written(line.first + offset, line.last)
        left = self.written(line.first, line.first + offset)
        if _MOTTO.match(right):
            return left[-1:].isspace() and left.strip().isupper()
        if gap <= _WIDE_GAP * line.size or not _RIGHT_SIDE.match(right):
            return False
        return bool(_LEFT_SIDE.match(left.strip()) or _RIGHT_SIDE.match(left.strip()))


def _sign(code: int) -> str:
    """The character of a code of PDFium; zero where the font tells none."""
    return "\ufffd" if code == 0 or 0xD800 <= code <= 0xDFFF else chr(code)


def _turn(page: Any) -> Any:
    """How a point of the content comes to stand on the page as shown (its /Rotate entry)."""
    rotation = page.get_rotation()
    width, height = page.get_size()
    return {
        90: lambda x, y: (y, height - x),
        180: lambda x, y: (width - x, height - y),
        270: lambda x, y: (width - y, x),
    }.get(rotation, lambda x, y: (x, y))


def split_notes(lines: Sequence[Line], text: PageText) -> tuple[list[Line], list[str]]:
    """The running lines of a page, and its footnotes, each as "[1] …".

    Footnotes are all lines from the first that begins with a raised figure downward, in smaller letters than the rest.
    """
    top = max((line.y + line.size / 2 for line in lines if line.first in text.notes), default=0.0)
    running, below = [line for line in lines if line.y > top], [line for line in lines if line.y <= top]
    if not below or (running and median(line.size for line in below) > SMALLER * median(line.size for line in running)):
        return list(lines), []
    notes: list[str] = []
    for line in below:
        if line.first in text.notes:
            notes.append(re.sub(r"^(\d+)\s*", r"[\1] ", line.text))
        elif notes and not line.text.isdecimal():
            notes[-1] += f"\n{line.text}"
    return running, notes
