"""Which line of a letterhead or of a signature stands in which column.

The reader gives these lines one below the other, or two on one line with a gap between them. On paper they stand side by
side. Here every line is given its column as a place in the text, so that no character moves.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

Place: TypeAlias = tuple[int, int]

_GAP = re.compile(r"(?:[ \u00a0]{2,}|[ \u00a0]*\t\s*)")
_RULE = "_-–—.… "
# What the right column of a letterhead holds: the motto of State or Party and the day, in folded letters (a scan read
# badly keeps most of them).
_MOTTO = re.compile(r"\b(?:cong hoa xa h|[dp]{0,2}ang cong san)")
_CREED = re.compile(r"\b\w{0,2}oc [l1i]ap\b")
_DAY = re.compile(r"(?:[^\W\d]+ ){0,4}[^\W\d]+ ?, ?ng\w{1,2}\b.*(?:th|nam)")
_NUMBER = re.compile(r"^(?:so|s6|\$6)\s*(?:[:\d./_-]|$)")
_AFTER_NUMBER = re.compile(r"^(?:so|s6|\$6)\W.{0,30}?/ ?[\w-]+ +(?=\S.*, ?ng\w{1,2}\b)")
_ABOUT = ("v/v", "ve viec")
_ADDRESSEES = ("kinh gui",)
_TYPES = re.compile(
    r"(?:bao cao|chi thi|chuong trinh|cong dien|de an|giay moi|huong dan|ke hoach|ket luan|nghi dinh|nghi quyet|phuong an|quy che"
    r"|quy dinh|quyet dinh|thong bao|thong tu|to trinh)\b"
)
_ENCLOSED = re.compile(r"(?:phu luc|phu bieu|danh muc|bieu|mau|bang)\b")
_AUTHORITY = re.compile(r"(?:tm|kt|tl|tuq|t/m|k/t|t/l|q)\. ?\w")
_BEFORE_AUTHORITY = re.compile(r"[ \u00a0]+(?=(?:TM|KT|TL|TUQ|T/M|K/T|T/L|Q)\. ?\w)")
_AFTER_RECIPIENT = re.compile(r"(?<=[;.])[ \u00a0]+")
_LEFT_AT_END = ("noi nhan", "noi nhin", "-", "+", "luu", "nhu tren", "kinh gui")
_INDENT = 16
_PLACES = ("tinh ", "thanh pho ", "xa ", "phuong ", "dac khu ", "va ")


@dataclass(slots=True)
class Letterhead:
    """The lines of each column, and those below both.

    ``opening`` is the first paragraph where the reader took it for the subject; ``addressed`` begins with "Kính gửi".
    """

    left: list[Place] = field(default_factory=list)
    right: list[Place] = field(default_factory=list)
    titles: list[Place] = field(default_factory=list)
    opening: list[Place] = field(default_factory=list)
    addressed: list[Place] = field(default_factory=list)


@dataclass(slots=True)
class Ending:
    """The end of a paper: who receives it, who signs it, notes below; ``after``: what is enclosed begins with these lines."""

    left: list[Place] = field(default_factory=list)
    right: list[Place] = field(default_factory=list)
    notes: list[Place] = field(default_factory=list)
    after: list[Place] = field(default_factory=list)


class Layout:
    """What the file itself says of columns: the cells of tables that only lay out."""

    def __init__(self, tables: Iterable[dict[str, Any]]) -> None:
        self._cells: list[tuple[int, int, int]] = sorted(
            (cell["span"][0], cell["span"][1], cell["column"])
            for table in tables
            if table.get("layout") and max((cell["column"] for cell in table["cells"]), default=0)
            for cell in table["cells"]
        )

    def column(self, place: Place) -> int | None:
        """0 left, 1 right, ``None`` where no table says it."""
        for start, end, column in self._cells:
            if start <= place[0] < end:
                return min(column, 1)
        return None


def letterhead(text: str, lines: Sequence[Place], layout: Layout) -> Letterhead:
    """The lines that a paper begins with, each in its column."""
    found = Letterhead()
    pieces = [piece for line in lines for piece in _halves(text, line, layout)]
    mottos = any(_is_right(fold(text[start:end])) for (start, end), _ in pieces)
    for place, side in pieces:
        words = fold(text[place[0] : place[1]])
        _column(found, words, text, place, side, mottos).append(place)
    _set_opening_apart(found, text)
    found.left = _joined(text, found.left, lambda before, words: before.startswith(_ABOUT) and not _NUMBER.match(words))
    found.titles = _joined(text, found.titles, lambda before, words: not (before.isupper() or words.isupper()), folded=False)
    found.addressed = _joined(text, found.addressed, _goes_on, folded=False)
    return found


def _joined(text: str, places: list[Place], same: Callable[[str, str], bool], *, folded: bool = True) -> list[Place]:
    """Lines that were broken where the column ended, as one; nothing but white space may lie between them."""
    joined: list[Place] = []
    for start, end in places:
        words = text[start:end]
        before = text[slice(*joined[-1])] if joined else ""
        plain = bool(words.strip(_RULE + "*") and before.strip(_RULE + "*"))
        given = (fold(before), fold(words)) if folded else (before, words)
        if plain and not text[joined[-1][1] : start].strip() and same(*given):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _goes_on(before: str, words: str) -> bool:
    return not words.startswith(("-", "+", "•", "*")) and not before.endswith((";", ":", "."))


def _set_opening_apart(found: Letterhead, text: str) -> None:
    """A subject does not end with a colon: that is the sentence after which the parts come."""
    if not found.titles or not text[slice(*found.titles[-1])].endswith(":"):
        return
    first = next((i for i, (start, _) in enumerate(found.titles) if i > 1 and text[start].isupper()), None)
    if first is not None:
        found.opening = [(found.titles[first][0], found.titles[-1][1])]
        del found.titles[first:]


def _column(found: Letterhead, words: str, text: str, place: Place, side: int | None, mottos: bool) -> list[Place]:
    if found.addressed or words.startswith(_ADDRESSEES):
        return found.addressed
    if found.titles:
        return found.titles
    if side == 1 or (side is None and _is_right(words)):
        return found.right
    if side == 0 or (mottos and not found.right):
        return found.left
    return _after_motto(found, words, text, place, mottos)


def _after_motto(found: Letterhead, words: str, text: str, place: Place, mottos: bool) -> list[Place]:
    """A line alone that comes after the motto (or where there is none): number and subject on the left, else the type, which stands below both."""
    if not mottos:
        return found.titles
    if words == "viet nam":
        return found.right
    shouted = text[place[0] : place[1]].isupper()
    last = fold(text[slice(*found.left[-1])]) if found.left else ""
    about = any(fold(text[start:end]).startswith(_ABOUT) for start, end in found.left)
    if _NUMBER.match(words) or words.startswith("v/v") or not words.strip(_RULE + "*"):
        return found.left
    if _TYPES.match(words) and shouted:
        return found.titles
    if shouted and (not found.left or (not _NUMBER.match(last) and not _dated(text, found.right))):
        return found.left
    return found.left if about and not shouted else found.titles


def _dated(text: str, places: list[Place]) -> bool:
    return any(is_day(text[start:end]) for start, end in places)


def is_day(words: str) -> bool:
    """Place and day: "Minh Họa, ngày 02 tháng 11 năm 2026"."""
    return bool(_DAY.match(fold(words)))


def _is_right(words: str) -> bool:
    return bool(_MOTTO.match(words) or _CREED.match(words) or _DAY.match(words))


def _halves(text: str, line: Place, layout: Layout) -> Iterator[tuple[Place, int | None]]:
    """One line as one or two places, with the column where it is known."""
    column = layout.column(line)
    line = trimmed(text, *line)
    if column is not None:
        yield line, column
        return
    cut = _cut(text[line[0] : line[1]])
    if cut is None:
        yield line, None
        return
    yield trimmed(text, line[0], line[0] + cut), 0
    yield trimmed(text, line[0] + cut, line[1]), 1


def _cut(words: str) -> int | None:
    """Where the right column begins on a line that holds both."""
    if fold(words).startswith(_ADDRESSEES):
        return None
    for gap in _GAP.finditer(words):
        rest = words[gap.end() :]
        if gap.start() and (_is_right(fold(rest)) or not rest.strip(_RULE)):
            return gap.end()
    folded = fold(words)
    if len(folded) != len(words):
        return None
    for sign in (_MOTTO, _CREED):
        found = sign.search(folded)
        if found and found.start():
            return found.start()
    number = _AFTER_NUMBER.match(folded)
    return number.end() if number else None


def ending(text: str, lines: Sequence[Place], layout: Layout, name_length: int) -> Ending:
    """The lines that a paper ends with, each in its column."""
    found = Ending()
    last = 1
    for number, line in enumerate(lines):
        if _begins_enclosure(text, found, lines[number:]):
            found.after = list(lines[number:])
            break
        for place, side in _end_halves(text, line, layout):
            words = text[place[0] : place[1]]
            if words.startswith("[") or (side is None and last and len(words) > name_length):
                found.notes.append(place)
                continue
            last = _end_side(words, last) if side is None else side
            (found.right if last else found.left).append(place)
    return found


def _begins_enclosure(text: str, found: Ending, lines: Sequence[Place]) -> bool:
    """After the name of whoever signed: the letterhead or the title of a regulation, an annex."""
    words = text[slice(*lines[0])].strip()
    signed = any(not text[start:end].isupper() for start, end in found.right)
    if not (signed and words.isupper()):
        return False
    folded = [fold(text[start:end].strip()) for start, end in lines]
    return bool(_TYPES.match(folded[0]) or _ENCLOSED.match(folded[0])) or any(_MOTTO.search(line) for line in folded)


def _end_halves(text: str, line: Place, layout: Layout) -> Iterator[tuple[Place, int | None]]:
    column = layout.column(line)
    start, end = trimmed(text, *line)
    if column is not None:
        yield (start, end), column
        return
    words = text[start:end]
    gap = _end_gap(words)
    if gap and gap.start():
        yield trimmed(text, start, start + gap.start()), 0
        yield (start + gap.end(), end), 1
        return
    indent = start - (text.rfind("\n", 0, start) + 1)
    yield (start, end), 1 if indent >= _INDENT else None


def _end_gap(words: str) -> re.Match[str] | None:
    """The gap between recipients and whoever signs, on a line that holds both."""
    wide = next((gap for gap in _GAP.finditer(words) if len(gap[0].expandtabs()) > 2), None)
    return wide or _BEFORE_AUTHORITY.search(words) or next(filter(_signs_after, _AFTER_RECIPIENT.finditer(words)), None)


def _signs_after(gap: re.Match[str]) -> bool:
    """PHÓ CHỦ TỊCH after a recipient, and not one more recipient in capitals."""
    rest = gap.string[gap.end() :]
    return len(rest) >= len("BÍ THƯ") and rest.isupper() and rest[-1] not in ";,."


def _end_side(words: str, last: int) -> int:
    """Recipients stand left, with what a long one goes on with; whoever signs stands right."""
    folded = fold(words)
    if folded.startswith(_LEFT_AT_END):
        return 0
    if last == 0 and not words.isupper() and not _AUTHORITY.match(folded) and (words[:1].islower() or words.endswith((";", ","))):
        return 0
    return 1


def bodies(text: str, left: Sequence[Place]) -> tuple[Sequence[Place], Sequence[Place], Sequence[Place]]:
    """The left column as: the body above the issuer, the issuer, and what follows (number, subject)."""
    count = next((i for i, place in enumerate(left) if _is_number(text, place)), len(left))
    names, rest = left[:count], left[count:]
    named = [place for place in names if text[place[0] : place[1]].strip(_RULE + "*")]
    if len(named) < 2:
        return [], names, rest
    own = 2 if fold(text[slice(*named[-1])]).startswith(_PLACES) else 1
    at = names.index(named[-own])
    return names[:at], names[at:], rest


def _is_number(text: str, place: Place) -> bool:
    words = fold(text[place[0] : place[1]])
    return bool(_NUMBER.match(words)) or words.startswith(_ABOUT)


def fold(words: str) -> str:
    """Small letters without marks; as many as there were where the text is composed."""
    plain = "".join(unicodedata.normalize("NFD", char)[:1] for char in words)
    return plain.translate(_D).casefold()


_D = str.maketrans("đĐ", "dD")


def trimmed(text: str, start: int, end: int) -> Place:
    """The place without white space at its ends."""
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())
