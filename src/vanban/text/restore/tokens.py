"""The tokens of damaged lines: what stands between two spaces, without the marks at its ends, and what kind of thing it is."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from vanban.reading import Mend
from vanban.spans import Span
from vanban.text.restore.acronyms import acronym
from vanban.text.restore.case import HALF, high_share, is_shouted
from vanban.text.restore.lattice import Mark
from vanban.text.restore.lines import Damaged, Line


class Kind(Enum):
    """How a token is treated: read by the language model, passed as a number or as it stands, or decided by a rule before."""

    WORD = "word"
    NUMBER = "number"
    KEPT = "kept"
    DECIDED = "decided"


@dataclass(frozen=True, slots=True)
class Token:
    """``span``: of the characters that are replaced. ``now``: what a rule decided, or the form of an acronym.

    ``glued``: no space stands between this word and what is before it, and one should.
    """

    span: Span
    was: str
    kind: Kind
    mark: Mark
    opens: bool
    capitals: bool = False
    now: str = ""
    glued: bool = False


# Marks at the ends of a word. An apostrophe is a piece of a damaged letter, and so are & § $ ¢ €.
_MARKS = '"“”„«»()[]{}<>*_-–—.,;:|/\\~+=•…!?^#'
_RUN = re.compile(r"\S+")
_CUT = re.compile(
    r"(?<=[^\W\d_]{2})[-–—/](?=[^\W\d_]{2})"  # kinh tế-xã hội, phường/xã
    r"|(?<=[^\W\d_]{2})[–—/](?=\d)"  # tháng/11an
    r"|(?<=[^\W_])[–—](?=[^\W_])"
    r"|(?<=\d)-(?=\d)"
    r"|(?<=[^\W\d_]{2}),(?=[^\W\d_]{2})"
    r"|(?<=\b[^\W\d_][^\WA-ZĐ])(?=Y\b|[BCDĐGHKLMNPQRSTVX][a-zà-ỹ])"  # SởY
    r"|(?<=\b[^\W\d_][¢&§€])(?=Y\b|[BCDĐGHKLMNPQRSTVX][a-zà-ỹ])"
)
_NUMBER = re.compile(
    r"\d[\d.,]*%?|\d{1,2}(?:/\d{1,2})?/\d{4}|\d{1,2}[A-EĐ]|\d[\d.,]*[-–]\d[\d.,]*%?|\d[\d.,]+(?:ha|km|m|kg|kV|kW|MW|m2|m3|km2)"
)
_AFTER_NUMBER = re.compile(r"\d\s*$")
_ADDRESS = re.compile(r"(?i)\S+@\S+\.\S+|https?:\S+|www\.\S+|\S+\.(?:vn|com|gov|org)\b\S*")
_SHORTENED = re.compile(r"[^\W\d_]{1,2}/[^\W\d_]{1,2}")  # b/c
_SAYS = re.compile(r"[^\W_]|^[&§$¢€£]$")  # a word has a letter or a figure in it, or is one of the signs that ở is taken for
_UNITS = frozenset(["km", "m", "ha", "kg", "kV", "kW", "MW", "GW", "m2", "m3", "km2", "cm", "mm"])
_PAUSES = frozenset(',()[]"“”–—-/')
_STOPS = frozenset(".;:!?")
_VOWEL = re.compile(r"(?i)[^\Wbcdđghklmnpqrstvxwjfz_]")
_FILED = re.compile(r"[-–]?[ \t]*L[^\W\d]{1,2}u['’]?[ \t]*:")  # - Lưu: VT, KG-VX
_SHAPED = re.compile(
    r"(?i)(?:ngh?|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdđghklmnprstvxwjf])?[^\W\d_bcdđghklmnpqrstvx]{1,3}(?:ng|nh|ch|[cmnpt])?"
)


def tokenise(page: Damaged, decided: Sequence[Mend]) -> list[Token]:
    """The tokens of the damaged lines in order; what rules have ``decided`` (in order, not overlapping) is one token each."""
    starts = [mend.span.start for mend in decided]
    tokens: list[Token] = []
    for line in page.lines:
        tokens.extend(_tokens_of(page, line, decided, starts))
    return tokens


def _tokens_of(page: Damaged, line: Line, decided: Sequence[Mend], starts: Sequence[int]) -> Iterator[Token]:
    """The tokens of one line."""
    opens, mark, at = line.opens, Mark.STOP if line.opens else Mark.NONE, line.span.start
    pieces = list(_pieces(page.text, line, decided, starts))
    shouted = [isinstance(piece, Span) and is_shouted(piece.of(page.text)) for piece in pieces]
    for index, piece in enumerate(pieces):
        span = piece.span if isinstance(piece, Mend) else piece
        between = _mark(page.text[at : span.start])
        if between is Mark.STOP and page.text[span.start].islower():
            between = Mark.PAUSE  # the sentence goes on; as often as not the stop is dust
        mark = max(mark, between)
        glued = line.span.start < span.start and (
            span.start == at or (span.start == line.label and not page.text[at - 1].isspace())
        )
        at = span.end
        if isinstance(piece, Mend) and not any(sign.isalnum() for sign in piece.now):
            mark = max(mark, _mark(piece.now))
            continue
        if isinstance(piece, Mend):
            yield Token(span, span.of(page.text), Kind.DECIDED, mark, opens, now=piece.now)
        else:
            beside = line.capitals or any(shouted[max(0, index - 1) : index]) or any(shouted[index + 1 : index + 2])
            token = _token(page.text, span, mark, opens=opens, shouted=shouted[index], beside=beside, line=line)
            yield replace(token, glued=True) if glued and token.kind is Kind.WORD else token
        opens, mark = False, Mark.STOP if span.end <= line.label else Mark.NONE


def _token(text: str, span: Span, mark: Mark, *, opens: bool, shouted: bool, beside: bool, line: Line) -> Token:
    """The token at ``span``; ``beside``: words in capitals stand beside it."""
    was = span.of(text)
    if (
        span.end <= line.label
        or _ADDRESS.fullmatch(was)
        or _SHORTENED.fullmatch(was)
        or not _SAYS.search(was)
        or (was in _UNITS and _AFTER_NUMBER.search(text, max(0, span.start - 8), span.start))
    ):
        return Token(span, was, Kind.KEPT, mark, opens)
    if _NUMBER.fullmatch(was):
        return Token(span, was, Kind.NUMBER, mark, opens)
    known = acronym(was)
    if (
        shouted
        and not known
        and beside
        and (_SHAPED.fullmatch(was) or (line.capitals and _VOWEL.search(was)))
        and not _FILED.match(text, line.span.start)
    ):
        return Token(span, was, Kind.WORD, mark, opens, capitals=True)
    if known:
        return Token(span, was, Kind.KEPT, mark, opens, now=known)
    if shouted and not any(letter.isdigit() for letter in was) and not _SHAPED.fullmatch(was):
        return Token(span, was, Kind.KEPT, mark, opens)
    return Token(span, was, Kind.WORD, mark, opens, capitals=line.capitals and high_share(was) > HALF)


def _pieces(text: str, line: Line, decided: Sequence[Mend], starts: Sequence[int]) -> Iterator[Span | Mend]:
    """The tokens' places and the decided stretches of a line, in order."""
    at = line.span.start
    index = max(0, bisect_right(starts, at) - 1)
    while index < len(decided) and decided[index].span.start < line.span.end:
        mend = decided[index]
        index += 1
        if mend.span.end <= at or mend.span.start < line.span.start:  # one that began on the line before
            at = max(at, mend.span.end)
            continue
        yield from _cut(text, at, mend.span.start, line)
        yield mend
        at = mend.span.end
    yield from _cut(text, at, line.span.end, line)


def _cut(text: str, start: int, end: int, line: Line) -> Iterator[Span]:
    """The tokens' places between ``start`` and ``end``."""
    if start < line.label < end:
        label = Span(start, line.label).trim(text).trim(text, _MARKS)
        if len(label):
            yield Span(label.start, line.label)
        start = line.label
    for found in _RUN.finditer(text, start, end):
        if _ADDRESS.fullmatch(found[0]):
            yield Span(*found.span())
            continue
        first = found.start()
        for place in [*(cut.span() for cut in _CUT.finditer(text, *found.span())), (found.end(), found.end())]:
            core = Span(first, place[0]).trim(text, _MARKS)
            first = place[1]
            if len(core) and text[core.end : core.end + 1] == "%":
                core = Span(core.start, core.end + 1)
            if len(core):
                yield core


def _mark(between: str) -> Mark:
    """What the characters between two tokens say."""
    signs = {sign for sign in between if not sign.isspace()}
    if signs & _STOPS:
        return Mark.STOP
    return Mark.PAUSE if signs & _PAUSES else Mark.NONE
