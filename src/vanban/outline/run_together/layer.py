"""The lines of a text layer as words with their places: what a table is read from that has no cells any more."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from vanban.reading import Mend
from vanban.spans import Span

_LINE = re.compile(r"[^\n]+")
_PIECE = re.compile(r"[|¦\[\]{}]+|[^\s|¦\[\]{}]+?(?:[,;]+(?=[^\W\d])|(?=[\s|¦\[\]{}]|$))")
_LETTERS = re.compile(r"[^\W_]+")
_VOWEL = re.compile(r"[aeiouy]")
_FIGURE = re.compile(r"\W*(?:\d[\d/.\-–]*(?:/(?:19|20)\d\d)?|(?:I{1,3}|IV)(?:/20\d\d)?(?:\s*[-–].*)?)\W*", re.IGNORECASE)
_DATED = re.compile(r"20\d\d|\d/\d")
_LETTERS_THAT_SAY = frozenset({"Y", "y", "S"})


@lru_cache(maxsize=16384)
def bare(text: str) -> str:
    """``text`` in lower case without diacritics and marks: what is left of a word in a damaged layer."""
    plain = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(_LETTERS.findall("".join(sign for sign in plain if not unicodedata.combining(sign)).lower()))


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a line. ``left``, ``right``: its place in the line, in characters; ``barred``: a drawn line stands before it.

    ``capital``: its first letter is one; ``listed``: a mark that divides a list ends it; ``junk``: it says nothing;
    ``figure``: a figure, a date, a quarter in Roman figures; ``dated``: it has a year or a date in it.
    ``raw``: what stood there before the text was restored.
    """

    span: Span
    text: str
    bare: str
    left: int
    right: int
    barred: bool
    capital: bool
    listed: bool
    junk: bool
    figure: bool
    dated: bool
    raw: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not empty. ``gap``: 1 where an empty one stands before it, 2 where the page ends before it."""

    span: Span
    tokens: tuple[Token, ...]
    gap: int

    @property
    def width(self) -> int:
        """How far its words reach, in characters."""
        return self.tokens[-1].right if self.tokens else 0


class Before:
    """What stood in a text before it was restored."""

    def __init__(self, text: str, mends: Sequence[Mend]) -> None:
        self._text, self._mends = text, mends
        self._starts = [mend.span.start for mend in mends]

    def __bool__(self) -> bool:
        return bool(self._mends)

    def of(self, span: Span) -> str:
        """What stood at ``span``: each mended stretch that begins in it as it was, the rest as it is."""
        at = bisect_left(self._starts, span.start)
        found: list[str] = []
        end = span.start
        while at < len(self._mends) and self._mends[at].span.start < span.end:
            mend = self._mends[at]
            found += [self._text[end : mend.span.start], mend.was]
            end = max(end, mend.span.end)
            at += 1
        return "".join([*found, self._text[end : span.end]])


def lines_of(text: str, span: Span, before: Before | None = None) -> list[Line]:
    """The lines of ``span`` that hold words, in order."""
    found: list[Line] = []
    end = span.start
    for match in _LINE.finditer(text, span.start, span.end):
        tokens = _tokens(match.group(), match.start(), before)
        if tokens:
            found.append(
                Line(Span(tokens[0].span.start, tokens[-1].span.end), tokens, int(text.count("\n", end, match.start()) > 1))
            )
            end = match.end()
    return found


def _tokens(line: str, offset: int, before: Before | None) -> tuple[Token, ...]:
    found: list[Token] = []
    barred = False
    for match in _PIECE.finditer(line):
        piece = match.group()
        if piece[0] in "|¦[]{}":
            barred = barred or piece not in "]}"
            continue
        place = Span(offset + match.start(), offset + match.end())
        raw = before.of(place) if before else piece
        found.append(_token(place, piece, (match.start(), match.end()), raw, barred=barred))
        barred = False
    return tuple(found)


def _token(place: Span, piece: str, at: tuple[int, int], raw: str, *, barred: bool) -> Token:
    return Token(
        place,
        piece,
        bare(piece),
        *at,
        barred,
        _capital(piece) or _capital(raw),
        piece[-1] in ",;",
        _is_junk(piece) and _is_junk(raw),
        _FIGURE.fullmatch(piece) is not None,
        _DATED.search(piece) is not None,
        raw,
    )


def _capital(piece: str) -> bool:
    return piece.lstrip("“\"'(-–•‘")[:1].isupper()


def _is_junk(piece: str) -> bool:
    """Whether a word says nothing: marks, a lone letter, letters without a vowel that are no short form."""
    word = bare(piece)
    if len(word) < 2 and not word.isdigit():
        return piece not in _LETTERS_THAT_SAY
    return word.isalpha() and not _VOWEL.search(word) and not piece.isupper()
