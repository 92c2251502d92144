"""A letterhead or closing as pieces: physical lines, divided where two columns were laid on one line.

A piece never holds parts of two columns: tabs, bars and wide gaps divide, and so does each formal part that has a shape of
its own (national title, motto, number, place and date, authority to sign).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from vanban.lexicon.folding import fold
from vanban.outline.words import bare
from vanban.spans import Span


class Part(StrEnum):
    """What a piece is, by its shape alone."""

    NATION = "nation"
    PARTY = "party"
    MOTTO = "motto"
    RULE = "rule"
    STAMP = "stamp"
    NUMBER = "number"
    DATE = "date"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Piece:
    """``line``: the index of its physical line; ``gap``: blank lines before that line."""

    span: Span
    text: str
    part: Part
    line: int
    gap: int

    @property
    def shouted(self) -> bool:
        """Whether it is in capitals: at least two letters and no small one."""
        letters = [c for c in self.text if c.isalpha()]
        return len(letters) > 1 and not any(c.islower() for c in letters)


@dataclass(frozen=True, slots=True)
class ShapePattern:
    """A formal part with a shape of its own. ``trigger``: letters (without diacritics) that every such line has; ``examples`` (folded) have it.

    ``plain``: the pattern too is without diacritics, so that a badly read page has it.
    """

    part: Part
    trigger: str
    pattern: str
    examples: tuple[str, ...]
    plain: bool = False


_BLANK = r"[\d.…_\s]{0,14}(?:[^\w\s,;.]{1,3}\d{0,2}\s*)?"
SHAPES = (
    ShapePattern(
        Part.NATION,
        "nghia",
        r"c[oq]ng\s+ho?a?\s+x[ao]\s+h.{1,2}\s+ch[u0]\s+nghia\s+vi[e6]t(?:\s+nam)?",
        ("cộng hòa xã hội chủ nghĩa việt nam", "cộng hoà xã hội chủ nghĩa việt", "cong hoa xa hqi chu nghia viet nam"),
        plain=True,
    ),
    ShapePattern(Part.PARTY, "dang", r"dang\s+cong\s+san\s+viet\s+nam", ("đảng cộng sản việt nam",), plain=True),
    ShapePattern(
        Part.MOTTO,
        "lap",
        r"\w{1,3}c\s+lap\s*[-–—]\s*t\w\s+do\s*[-–—]\s*hanh\s+ph\w{1,2}c",
        ("độc lập - tự do - hạnh phúc", "độc lập – tự do – hạnh phúc", "đpộc lập - tw do - hạnh phúc"),
        plain=True,
    ),
    ShapePattern(
        Part.STAMP,
        ":",
        r"(?:(?<!\w)(?:người\s+|chữ\s+)?ký(?:\s+số)?(?:\s+(?:bởi|bời))?\s*:|^cơ\s+quan\s*:|(?:thời\s+gian|ngày)\s+ký\s*:|email\s*:|^chức\s+vụ\s*:)[^\n\t|]*",
        ("ký bởi: văn phòng", "thời gian ký: 04/02/2025 16:42:36", "người ký: cổng thông tin"),
    ),
    ShapePattern(Part.STAMP, "cong bao", r"công\s+báo\s*/\s*số[^\n\t|]*", ("công báo/số 286/ngày 27-05-2026",)),
    ShapePattern(
        Part.NUMBER,
        "/",
        r"(?:luật\s+)?(?<![\w/])(?:s[ốôốo6]|\$6)\s*[:.]?(?:[^\n\ta-zđ/–|-]{0,16}[a-z]?\s?|\s*[^\s/]{1,3}\s*)(?:/\s*(?:19|20)\d\d\s*)?"
        r"[-–/]\s*[a-zđôơư][\wđ&.]*(?:\s?[-–/]\s?[a-zđơư0-9][\wđ&]*)*",
        (
            "số: 208/kh-ubnd",
            "số:         /kh-ubnd",
            "số 07 -kh/tu",
            "số: 41/2024/qđ-ubnd",
            "số: ...../bc - sct",
            "luật số: 1/2020/qh14",
        ),
    ),
    ShapePattern(
        Part.DATE,
        "thang",
        rf"ng[àa]y\s*{_BLANK}th[áa]ng\s*{_BLANK}n[ăa]m\s*(?:(?:19|20)\d\d|20[\d.…]*|[.…]+)",
        ("ngày     tháng 8 năm 2025", "ngày 13 tháng 5 năm 2026", "ngày 10 tháng 01năm 2026", "ngày ... tháng ... năm 20..."),
    ),
    ShapePattern(
        Part.DATE,
        "ngay",
        r"ngày\s+\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?(?:19|20)\d\d",
        ("ngày 07/8/2025",),
    ),
    ShapePattern(Part.RULE, "", r"(?<!\S)(?:[_\-–—*=•~]{3,}|\*+)(?!\S)", ("-----", "_______", "*")),
)
_COMPILED = tuple((shape, re.compile(shape.pattern)) for shape in SHAPES)
_SYMBOL = re.compile(r"[-–/]\s*[A-ZĐ]{2}|[-–/]\s*[A-ZĐ]\w*\s?[-–/]|/\s*QH\d")
_LABEL = re.compile(r"Số\s*:?")
_BARE_NUMBER = re.compile(r"\d{0,6}\s*(?:/\s*(?:19|20)\d\d)?\s*[-/]\s*[A-ZĐ][\wĐđ&]*(?:\s?[-/]\s?[A-ZĐ][\wĐđ&]*)*")
_PLACE = re.compile(
    r"(?:^|[\t|]|\s)(?P<place>(?:(?:TP|Tp|tp)\.?\s?|Thành phố\s+)?[A-ZĐÀ-ỸÂÊÔƠƯĂ][^\W\d]*(?:[ -]+[A-ZĐÀ-ỸÂÊÔƠƯĂ][^\W\d]*){0,5}\s*(?P<comma>,?)\s*)$"
)
_COLUMNS = re.compile(r"[\t|\f]|[ ]{4,}")


def pieces_of(text: str, span: Span) -> list[Piece]:
    """The pieces of ``span``, in reading order."""
    found: list[Piece] = []
    at, number, gap = span.start, 0, 0
    for line in text[span.start : span.end].splitlines(keepends=True):
        here = Span(at, at + len(line)).trim(text)
        at += len(line)
        number += 1
        if len(here) == 0:
            gap += 1
            continue
        for piece in _pieces_of_line(text, here, number, gap):
            if found and _is_number_broken(found[-1], piece):
                found[-1] = _piece(text, Span(found[-1].span.start, piece.span.end), Part.NUMBER, found[-1].line, found[-1].gap)
            else:
                found.append(piece)
        gap = 0
    return found


def _is_number_broken(label: Piece, number: Piece) -> bool:
    """Whether "Số:" and "12/KH-SYT" stand on two lines."""
    return (
        _LABEL.fullmatch(label.text) is not None and number.part is Part.TEXT and _BARE_NUMBER.fullmatch(number.text) is not None
    )


def _pieces_of_line(text: str, line: Span, number: int, gap: int) -> Iterator[Piece]:
    written = line.of(text)
    shapes = _shapes(written)
    if not shapes and _COLUMNS.search(written) is None:
        if len(line.trim(text, "#_ ")):
            yield _piece(text, line, Part.TEXT, number, gap)
        return
    at = 0
    for start, end, part in shapes:
        if start < at:
            continue
        yield from _plain(text, Span(line.start + at, line.start + start), number, gap)
        yield _piece(text, Span(line.start + start, line.start + end), part, number, gap)
        at = end
    yield from _plain(text, Span(line.start + at, line.end), number, gap)


def _shapes(line: str) -> list[tuple[int, int, Part]]:
    """The formal parts of a line, in order: start, end, part."""
    plain = bare(line)
    found: list[tuple[int, int, Part]] = []
    for shape, pattern in _COMPILED:
        if shape.trigger not in plain:
            continue
        for match in pattern.finditer(plain if shape.plain else fold(line)):
            start = _start_of(shape.part, line, match.start())
            if shape.part is Part.NUMBER and not _SYMBOL.search(line, match.start(), match.end()):
                continue
            if start is not None:
                found.append((start, match.end(), shape.part))
    return sorted(found)


def _start_of(part: Part, line: str, start: int) -> int | None:
    """Where the part begins: a date with its place; None where prose only looks like the part."""
    if part is Part.NUMBER:
        return start if (line[start].isupper() or line[start] == "$") and _opens(line, start) else None
    if part is not Part.DATE:
        return start
    place = _PLACE.search(line[:start])
    if place is None:
        return start if _opens(line, start) and line[start].isupper() else None
    begin = place.start("place")
    return begin if place["comma"] or _opens(line, begin) else None


def _opens(line: str, start: int) -> bool:
    """Whether a column may begin here: at the start of the line, after a tab or bar, or after a wide gap."""
    before = line[:start]
    return not before.strip() or before.endswith(("\t", "|", "| ", "   "))


def _plain(text: str, span: Span, number: int, gap: int) -> Iterator[Piece]:
    at = span.start
    for edge in [*_COLUMNS.finditer(text, span.start, span.end), None]:
        end = edge.start() if edge else span.end
        here = Span(at, max(at, end)).trim(text)
        if len(here.trim(text, "#_ ")):
            yield _piece(text, here, Part.TEXT, number, gap)
        at = edge.end() if edge else span.end


def _piece(text: str, span: Span, part: Part, number: int, gap: int) -> Piece:
    here = span.trim(text).trim(text, "#_ ") if part is Part.TEXT else span.trim(text)
    return Piece(here, here.of(text), part, number, gap)
