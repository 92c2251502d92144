"""The lines of a damaged stretch: where each stands, whether it is in capitals, whether a paragraph begins with it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vanban.spans import Span
from vanban.text.restore.hints import Hints

CAPITALS = 0.7  # share of a line's letters from which it counts as written in capitals
SHORT = 0.6  # a line this much shorter than the longest before it ends its paragraph
_LINE = re.compile(r"[^\n]+")
_LETTERS = re.compile(r"[^\W\d_]")
# What a new paragraph begins with: a dash, a bullet, "1.", "1.2.", "a)", "¢)", "IV.", "I1.", "I-", "|."
LABEL = re.compile(r"[ \t]*(?:[-–—+•*~](?=[ \t]*\S)|\d{1,2}(?:\.\d{1,2}){0,3}[.,)]|[^\W\d_|]\)|[¢&€§]\)|[IVXHl1|!T]{1,6}[.:)-])")
_ENDS = re.compile(r"[.;:!?][\"”’')]*\s*$|/\.\s*$")


@dataclass(frozen=True, slots=True)
class Line:
    """``span``: without white space at its ends. ``opens``: a paragraph begins here. ``label``: where its dash or number ends."""

    span: Span
    capitals: bool
    opens: bool
    label: int


@dataclass(frozen=True, slots=True)
class Damaged:
    """A text with damaged stretches, and what is known about it from outside."""

    text: str
    lines: Sequence[Line]
    hints: Hints = Hints()  # noqa: RUF009 - frozen

    def written(self, line: Line) -> str:
        """The characters of the line."""
        return line.span.of(self.text)


def lines_of(text: str, stretches: Sequence[Span]) -> list[Line]:
    """The lines with words of all stretches, in order."""
    return [line for stretch in stretches for line in _lines(text, stretch)]


def _lines(text: str, stretch: Span) -> Iterator[Line]:
    before, end, was_capitals = "", stretch.start, False
    for found in _LINE.finditer(text, stretch.start, stretch.end):
        span = Span(*found.span()).trim(text)
        if not len(span):
            continue
        written = span.of(text)
        capitals = in_capitals(written)
        label = LABEL.match(written)
        opens = (
            not before
            or label is not None
            or capitals != was_capitals
            or (not written[:1].islower() and _parted(before, text[end : span.start], written))  # a small letter goes on
        )
        yield Line(span, capitals, opens, span.start + (label.end() if label else 0))
        before, end, was_capitals = written, span.end, capitals


def _parted(before: str, between: str, written: str) -> bool:
    """Whether a line that may begin a paragraph does: after an empty line, a stop, or a line that ends early."""
    early = len(before) < SHORT * len(written) and written[:1].isupper()
    return between.count("\n") > 1 or _ENDS.search(before) is not None or early


def in_capitals(written: str) -> bool:
    """Whether a line is in capitals: ``I1. POI TUQNG, HINH THU'C``."""
    letters: list[str] = _LETTERS.findall(written)
    return sum(letter.isupper() for letter in letters) >= CAPITALS * max(1, len(letters))
