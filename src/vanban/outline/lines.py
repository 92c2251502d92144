"""Physical lines, and which of them go on with the line before: the joining of broken paragraphs."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from vanban.spans import Span

_LINE = re.compile(r"[^\n\f]*[^\s][^\n\f]*")
_PAGE_NUMBER = re.compile(
    r"^(?:[-–—]\s*)?(?:trang\s+)?(?!(?:19|20)\d\d\b)\d{1,4}(?:\s*/\s*\d{1,4})?(?:\s*[-–—])?$", re.IGNORECASE
)
_PAGE_ENDS = frozenset("0123456789-–—")
_GAZETTE = re.compile(r"^(?:\d+\s+)?CÔNG BÁO\s*/\s*Số.*$")
_RULE = re.compile(r"^[\s_\-–—=*.~+|]+$")
_SMALL = re.compile(r"[a-z]{3}")
_TERMINAL = (".", ";", ":", "!", "?", "…", "./", "”;", "”.", ";”", ".”")
_LISTING = (":", ";")
_OPEN_WORD = re.compile(
    r"(?:[,(–\-/]|\b(?:và|của|các|số|ngày|tháng|năm|khoản|điểm|mục|phần|điều|từ|đến|là|về|theo|với|(?:khoản|điểm)\s+(?:\d{1,2}|[a-zđ])))$",
    re.IGNORECASE,
)
_WINDOW = 60
_UNWRAPPED = 170
_FULL = 0.88  # 93 % of the lines inside a paragraph reach it
_SURELY_FULL = 0.95  # 8 % of the last lines do
_LONG = 0.6  # a line that can be inside a paragraph, where ragged setting or a wide page makes the others longer
_INDENT = 3


@dataclass(frozen=True, slots=True)
class Line:
    """A physical line with something on it: ``span`` without the white space around; blank lines before; indent.

    ``shouted``: written in capitals; ``closed``: it ends as a sentence or an item ends; ``bracketed``: it ends inside a
    bracket, so that what follows its colon belongs to it.
    """

    span: Span
    text: str
    indent: int
    blanks: int
    shouted: bool
    closed: bool
    furniture: bool = False
    bracketed: bool = False

    @property
    def dangling(self) -> bool:
        """Whether it ends in a word or mark that must go on."""
        return _OPEN_WORD.search(self.text[-12:]) is not None or (self.bracketed and self.text.endswith(_LISTING))


def _in_bracket(text: str, before: Line | None) -> bool:
    """Whether a line ends in a bracket that opens on it, or on the line ``before`` it."""
    opens, closes = text.rfind("("), text.rfind(")")
    return opens > closes or (opens == closes and before is not None and _in_bracket(before.text, None))


def is_shouted(text: str) -> bool:
    """Whether the letters of ``text`` are capitals (nine in ten, as OCR misreads some)."""
    if _SMALL.search(text):
        return False
    upper = sum(map(str.isupper, text))
    return upper >= 3 and upper >= 9 * sum(map(str.islower, text))


def is_rule(text: str) -> bool:
    """Whether ``text`` is a drawn line and nothing else."""
    return _RULE.match(text) is not None


def physical_lines(text: str) -> list[Line]:
    """The lines of ``text`` that are not blank, page furniture (page numbers, running heads) marked."""
    lines: list[Line] = []
    end = 0
    for found in _LINE.finditer(text):
        whole = found.group()
        left = len(whole) - len(whole.lstrip())
        content = whole.strip()
        start = found.start() + left
        blanks = max(0, text.count("\n", end, found.start()) - (1 if lines else 0))
        span = Span(start, start + len(content))
        bracketed = _in_bracket(content, lines[-1] if lines else None)
        closed = content.endswith(_TERMINAL) and not (bracketed and content.endswith(_LISTING))
        lines.append(Line(span, content, left, blanks, is_shouted(content), closed, _is_furniture(content), bracketed))
        end = found.end()
    heads = _running_heads(lines)
    return [replace(line, furniture=True) if _skeleton(line.text) in heads else line for line in lines] if heads else lines


def _is_furniture(content: str) -> bool:
    """Whether the line is a page number, or the running head of the Official Gazette."""
    if len(content) <= 16 and content[-1] in _PAGE_ENDS:
        return _PAGE_NUMBER.match(content) is not None
    return "CÔNG BÁO" in content and _GAZETTE.match(content) is not None


def _skeleton(text: str) -> str:
    """``text`` with its digits as one sign, for finding heads that differ only in the page's number."""
    return re.sub(r"\d+", "#", text) if len(text) < 90 and text[-1:].isdigit() and "  " in text else ""


def _running_heads(lines: Iterable[Line]) -> frozenset[str]:
    counts: dict[str, int] = {}
    for line in lines:
        key = _skeleton(line.text)
        if key:
            counts[key] = counts.get(key, 0) + 1
    return frozenset(key for key, count in counts.items() if count >= 3)


class Layout:
    """How the lines of one text are set: their widths, whether every line is followed by an empty one."""

    __slots__ = ("_double", "_full", "_indented", "_unwrapped", "_widths")

    def __init__(self, lines: Sequence[Line]) -> None:
        body = [line for line in lines if not line.furniture]
        gaps = [line.blanks for line in body[1:]]
        self._double = len(gaps) > 4 and sum(gap > 0 for gap in gaps) > 0.6 * len(gaps)
        lengths = sorted(len(line.text) for line in body)
        self._unwrapped = bool(lengths) and lengths[int(0.9 * (len(lengths) - 1))] > _UNWRAPPED
        first = [line.indent for before, line in pairwise(body) if before.closed and before.text[-1] in ".;"]
        self._indented = len(first) > 4 and sum(indent >= _INDENT for indent in first) > 0.7 * len(first)
        self._widths = [self._width(lines[at : at + _WINDOW]) for at in range(0, len(lines), _WINDOW)]

    @staticmethod
    def _width(lines: Sequence[Line]) -> int:
        """The length that full lines have in this stretch."""
        lengths = sorted(len(line.text) for line in lines if len(line.text) > 30)
        return lengths[int(0.85 * (len(lengths) - 1))] if lengths else 80

    def full(self, index: int, line: Line, after: Line, share: float = _FULL) -> bool:
        """Whether the first word of ``after`` had no place left on ``line``."""
        if self._unwrapped:
            return False
        first = after.text.split(" ", 1)[0]
        width = min(self._widths[index // _WINDOW], 130)
        return len(line.text) + 1 + len(first) >= share * width * (0.8 if line.shouted else 1)

    def gap(self, line: Line) -> bool:
        """Whether a blank line before ``line`` divides it from what stands above."""
        return line.blanks > (1 if self._double else 0)

    def goes_on(self, index: int, before: Line, line: Line, *, over_page: bool = False, heading: bool = False) -> bool:
        """Whether ``line``, which opens with no mark, goes on with the paragraph that ``before`` ends.

        ``index`` is the place of ``before`` among the lines; ``over_page``: page furniture lies between; ``heading``:
        the paragraph has a number, so that it may end without a stop.
        """
        full = self.full(index, before, line)
        small = not line.text[0].isupper()
        if self.gap(line) or over_page:
            return not before.closed and (small or before.dangling or (over_page and full))
        if (line.shouted and before.shouted) or not any(map(str.isalpha, line.text)):
            return not before.closed
        if before.shouted != line.shouted:
            return not before.shouted and not before.closed and (full or before.dangling) and len(line.text) < 30
        if small:
            return full or not before.closed or self.full(index, before, line, _LONG)
        if not full:
            outdented = self._indented and line.indent < _INDENT <= before.indent  # a new paragraph would be indented
            return not before.closed and (outdented or before.dangling or (not heading and self.full(index, before, line, _LONG)))
        return self._same_paragraph(before, line) and (not before.closed or self.full(index, before, line, _SURELY_FULL))

    @staticmethod
    def _same_paragraph(before: Line, line: Line) -> bool:
        """For a full line and a capital after it: the indent decides, then the end of the line."""
        if line.indent >= before.indent + _INDENT:
            return not before.closed and before.dangling
        return before.bracketed or not before.text.endswith((*_LISTING, "./."))
