"""Words of a page image → lines in reading order, with the place of each word on the page."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import median

from vanban.reading import MendKind
from vanban.sources.images.margins import Piece, split_margin
from vanban.sources.images.prepare import Prepared
from vanban.sources.images.recognise import PageSeen
from vanban.sources.pdf_order import recipients_first
from vanban.sources.pdf_page import Line
from vanban.text.quality import is_known_word, is_syllable
from vanban.text.restore.readings import ReadWord

COLUMN_GAP = 1.6  # line heights between two pieces that may be of two columns
WIDE_GAP = 3.0  # and surely are
SAME_ROW = 0.5  # line heights between the middles of what stands on one line
EM = 0.8  # of the median height of a line's words with their marks
JUNK_SURE, SPECK_SURE = 0.45, 0.7
_MOTTO = re.compile(r"C[OÔỘ]NG\s+H[OÒ]|Độc\s+lập|ĐẢNG\s+C", re.IGNORECASE)
_QUOTES = frozenset("\"'“”‘’„")
_LONE_QUOTE = re.compile(r"[\"“'‘’”„]+([^\Wa-zà-ỹ\d_]\w*)$")
_WAVES = frozenset("~¬—")
_SPECKS = re.compile(r"[.:,;'`´‘’|^*]{1,2}$")
_MARKER = re.compile(r"(?:[a-zđ]|\d{1,2}|[IVX]{1,5})[.)]$|-$")
_RIGHT = re.compile(
    r"(?:C[ỘÔ]NG\s+H|ĐẢNG\s+CỘNG|Độc\s+lập|(?:TM|KT|TL|TUQ|Q)\.\s|[TK]/[MLT]\s|[^\d\W][^,]{2,30},\s*ngày\b)|\W*[^\Wa-zà-ỹ\d_][^a-zà-ỹ]{3,}$"
)


@dataclass(frozen=True, slots=True)
class PlacedWord:
    """A word of a line: where it stands in the line's text, its box as shares of the page, and what was seen where that is mended."""

    start: int
    end: int
    box: tuple[float, float, float, float]
    was: str | None = None
    kind: MendKind = MendKind.WORD
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class SeenLine(Line):
    """A line that was read from an image."""

    words: tuple[PlacedWord, ...] = ()


def lines_of(words: Sequence[ReadWord], seen: PageSeen, height: float) -> list[Line]:
    """The lines of a page of ``height`` points, in reading order, junk of specks and scribbles left out."""
    rows, _ = split_margin([_unspecked(piece) for piece in _pieces(words) if not _is_junk(piece)], seen.size[1])
    ordered = [piece for row in _by_rows(rows) for piece in row]
    scale = height / seen.size[0]
    frame = _Frame(seen)
    return recipients_first([_line(piece, scale, height, frame) for piece in ordered])


def beside_text(words: Sequence[ReadWord], seen: PageSeen) -> str:
    """What is stamped or written beside the text of a page, which :func:`lines_of` leaves out."""
    _, aside = split_margin([piece for piece in _pieces(words) if not _is_junk(piece)], seen.size[1])
    return " ".join(word.now for word in aside)


def _unspecked(piece: Piece) -> Piece:
    """A piece whose beginning is made plain: a dash that was read as a wave, specks before a marker or a name, a quotation mark that none closes."""
    if len(piece) > 1 and piece[0].now in _WAVES:
        return [replace(piece[0], now="-", kind=MendKind.SYMBOL), *piece[1:]]
    if len(piece) > 1 and _SPECKS.match(piece[0].now) and (_MARKER.match(piece[1].now) or piece[1].now[0].isupper()):
        return piece[1:]
    first = piece[0]
    mark = _LONE_QUOTE.match(first.now)
    if mark is None or any(sign in _QUOTES for word in piece for sign in word.now[1:]):
        return piece  # a speck, or a stroke of a signature, is never closed
    return [replace(first, now=mark[1]), *piece[1:]]


class _Frame:
    """The way from a word's pixels to its share of the page."""

    def __init__(self, seen: PageSeen) -> None:
        import numpy as np  # noqa: PLC0415 -- slow import

        self._page = Prepared(np.broadcast_to(np.uint8(0), seen.size), seen.skew)

    def share(self, word: ReadWord) -> tuple[float, float, float, float]:
        return self._page.share(word.box)


def _pieces(words: Sequence[ReadWord]) -> Iterable[Piece]:
    """The lines as Tesseract has them, cut where two columns stand on one."""
    lines: dict[tuple[int, int, int], Piece] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word)
    for line in lines.values():
        tall = _height(line)
        start = 0
        for at in range(1, len(line)):
            gap = line[at].box[0] - line[at - 1].box[2]
            right = " ".join(word.now for word in line[at:])
            if (
                gap > WIDE_GAP * tall
                or (gap > COLUMN_GAP * tall and _RIGHT.match(right))
                or (gap > 0.8 * tall and _MOTTO.match(right))
            ):
                yield line[start:at]
                start = at
        yield line[start:]


def _height(piece: Sequence[ReadWord]) -> float:
    return median(word.box[3] - word.box[1] for word in piece)


def _middle(piece: Sequence[ReadWord]) -> float:
    return median((word.box[1] + word.box[3]) / 2 for word in piece)


def _is_junk(piece: Piece) -> bool:
    """Whether a piece is no text: signs without letters, or words that cannot be, read with doubt."""
    text = " ".join(word.now for word in piece)
    letters = [word for word in piece if any(map(str.isalnum, word.now))]
    if not letters:
        return True
    good = sum(_may_be(word.now) for word in letters) / len(letters)
    sure = sum(word.confidence for word in letters) / len(letters)
    if len(text) <= 3 and not text.strip("-. ").isdecimal():
        return sure < SPECK_SURE
    return sure < JUNK_SURE and good < 0.6


def _may_be(word: str) -> bool:
    core = word.strip("""-–.,;:!?()[]"'“”‘’/+*""")
    return is_syllable(core) or is_known_word(core) or any(map(str.isdigit, core))


def _by_rows(pieces: list[Piece]) -> list[list[Piece]]:
    """Pieces that stand side by side, from top to bottom, from left to right."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=_middle):
        beside = rows[-1][-1] if rows else None
        if beside is not None and _middle(piece) - _middle(beside) < SAME_ROW * min(_height(piece), _height(beside)):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda piece: piece[0].box[0]) for row in rows]


def line_of(words: Sequence[ReadWord], seen: PageSeen, height: float) -> SeenLine:
    """Words that stand side by side as one line of a page of ``height`` points."""
    return _line(list(words), height / seen.size[0], height, _Frame(seen))


def _line(piece: Piece, scale: float, height: float, frame: _Frame) -> SeenLine:
    placed: list[PlacedWord] = []
    text = ""
    for word in piece:
        start = len(text) + bool(text)
        text = f"{text} {word.now}" if text else word.now
        was = None if word.now == word.was else word.was
        placed.append(PlacedWord(start, len(text), frame.share(word), was, word.kind, word.sure))
    bottom = median(word.box[3] for word in piece)
    size = EM * _height(piece) * scale
    left, right = piece[0].box[0] * scale, piece[-1].box[2] * scale
    return SeenLine(text, left, right, height - bottom * scale, size, 0, len(text), tuple(placed))
