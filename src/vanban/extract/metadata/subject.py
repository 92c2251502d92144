"""Type word, title (trích yếu) and addressees.

Source: Decree 30/2020, appendix I (title under the type word; "V/v" under the number of a letter); Guideline 36-HD/VPTW.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from vanban.extract.metadata.pieces import Part, Piece
from vanban.lexicon.agencies import find_agencies
from vanban.lexicon.documents import DocumentType, type_by_name
from vanban.lexicon.folding import clean, fold
from vanban.reading import AgencyKind
from vanban.spans import Span, cover

_MOST_TITLE_LINES = 9
_BODY_WIDTH = 72
_MOST_TITLE_WIDTH = 140
_ABOUT = re.compile(r"\s*(?:[Vv]\s?/\s?[Vv]|Về\s+việc)\s*:?\s*")
_ABBREVIATED = re.compile(r"[Vv]\s?/\s?[Vv]")
_GREETING = re.compile(r"kính\s+(?:gửi|trình|chuyển)\s*:?")
_WIRES = re.compile(r"^[A-ZĐÀ-Ỹ ,]{6,}\s(?:điện|ĐIỆN)\s*:$")
_BODY_START = re.compile(
    r"(?:Căn\s+cứ|Theo\s|Trên\s+cơ\s+sở|Sau\s+khi|Thời\s+gian\s+qua|Trong\s+(?:thời\s+gian|những\s+năm|các\s+ngày|quá\s+trình)|Để\s|Nhằm\s|Ngày\s+\d"
    r"|Thực\s+hiện|Triển\s+khai|Tiếp\s+tục|Thi\s+hành|Kính\s+(?:gửi|trình)|Phần\s|Chương\s|Điều\s+1|PHẦN\s|CHƯƠNG\s|(?:I|1|A)[.)\-–]\s?"
    r"|(?:Uỷ|Ủy)\s+ban\s+nhân\s+dân|UBND|Xét\s|Vừa\s+qua|Năm\s+20|Hiện\s+nay|Công\s+tác\s|Sở\s|Ban\s+Thường\s+vụ|Qua\s|Ngay\s|Với\s|Bộ\s|Văn\s+phòng\s"
    r"|Thường\s+trực|Nơi\s+nhận|Nhân\s+dịp|Ban\s+Chỉ\s+đạo|Cơn\s+bão|Tại\s+|Chấp\s+hành|Quán\s+triệt|Đảng\s+ủy)"
)
_BASES = re.compile(r"(?:Căn\s+cứ|Xét|Theo\s+đề\s+nghị)\s")
_FORMAL = frozenset({Part.NUMBER, Part.DATE, Part.STAMP, Part.NATION, Part.MOTTO, Part.PARTY})
_WAITS = re.compile(r"(?:(?<!\w)(?:và|của|về|cho|với|các|trên|tại|theo|số|thực hiện|đến|từ|trong|đối với|để|hoặc|do|là)|[,–-])$")


@dataclass(frozen=True, slots=True)
class Subject:
    """Type and title with their places; ``end``: where the letterhead ends."""

    type: DocumentType | None
    title: str | None
    title_span: Span | None
    type_span: Span | None
    end: int


def read_subject(pieces: Sequence[Piece], *, party: bool) -> Subject:
    """The type word in capitals on a line of its own and the title under it; else the "V/v …" of a letter."""
    named = _type_line(pieces, party=party)
    if named is None:
        return _read_letter(pieces)
    index, kind = named
    lines = _title_lines(pieces[index + 1 :])
    title = _joined(lines)
    end = lines[-1].span.end if lines else pieces[index].span.end
    span = cover(piece.span for piece in lines) if lines else None
    return Subject(kind, title, span, pieces[index].span, end)


def _type_line(pieces: Sequence[Piece], *, party: bool) -> tuple[int, DocumentType] | None:
    for index, piece in enumerate(pieces):
        if piece.part is not Part.TEXT:
            continue
        if _GREETING.match(fold(piece.text)) or _ABOUT.match(piece.text):
            return None
        if piece.shouted and len(piece.text) < 60:
            kind = type_by_name(piece.text, "party" if party else None)
            if kind is not None:
                return index, kind
    return None


def _title_lines(pieces: Sequence[Piece]) -> list[Piece]:
    """The lines of the title: up to a rule, the greeting, the issuer's name again, a wider gap, or where the body begins."""
    lines: list[Piece] = []
    for piece, following in zip(pieces, [*pieces[1:], None], strict=True):
        if piece.part in _FORMAL and not lines:
            continue
        if piece.part is not Part.TEXT or _ends_title(lines, piece) or _is_issuer_again(piece, following):
            break
        lines.append(piece)
    return lines


def _is_issuer_again(piece: Piece, following: Piece | None) -> bool:
    """Whether it is the issuer's line above the legal bases: "BỘ TRƯỞNG BỘ Y TẾ", then "Căn cứ …"."""
    return piece.shouted and following is not None and _BASES.match(following.text) is not None


def _ends_title(lines: list[Piece], piece: Piece) -> bool:
    if (
        _GREETING.match(fold(piece.text))
        or piece.text.startswith(("(", "-", "–", "+", "…", "Điều "))
        or len(lines) == _MOST_TITLE_LINES
    ):
        return True
    if not lines:
        return piece.text[0].isdigit()
    if piece.shouted != lines[0].shouted and len(piece.text) > 5:
        return True
    if piece.text[0].islower() or _WAITS.search(lines[-1].text):
        return piece.gap > _usual_gap(lines) + 1
    return piece.gap > _usual_gap(lines) or _BODY_START.match(piece.text) is not None or _is_prose(lines, piece)


def _is_prose(lines: list[Piece], piece: Piece) -> bool:
    """Whether a line with a capital is the body's rather than the title's: closed like a sentence, or far longer."""
    longest = max(len(line.text) for line in lines)
    far_longer = len(piece.text) > _BODY_WIDTH and len(piece.text) > 1.25 * longest
    return piece.text.endswith((".", ":", ";")) or far_longer or max(longest, len(piece.text)) > _MOST_TITLE_WIDTH


def _usual_gap(lines: list[Piece]) -> int:
    """The blank lines between two lines of the title; between type word and title, as long as it has one line."""
    return max((piece.gap for piece in lines[1:]), default=lines[0].gap)


def _read_letter(pieces: Sequence[Piece]) -> Subject:
    """A letter's title: after V/v (state), or the small lines between number and greeting (party)."""
    first = next((i for i, p in enumerate(pieces) if p.part is Part.TEXT and _ABOUT.match(p.text)), None)
    greeting = next((i for i, p in enumerate(pieces) if _GREETING.match(fold(p.text))), len(pieces))
    number = next((i for i, p in enumerate(pieces) if p.part is Part.NUMBER), None)
    if first is None and number is not None and greeting < len(pieces):
        first = next((i for i in range(number + 1, greeting) if pieces[i].part is Part.TEXT and not pieces[i].shouted), None)
    if first is None or first > greeting:
        return Subject(None, None, None, None, pieces[greeting].span.start if greeting < len(pieces) else 0)
    if greeting == len(pieces) and not _ABBREVIATED.match(pieces[first].text):
        lines = _title_lines(pieces[first:])
        return Subject(None, _joined(lines), cover(p.span for p in lines), None, lines[-1].span.end)
    lines = _until_gap([p for p in pieces[first:greeting] if p.part is Part.TEXT and not p.shouted])
    title = _ABOUT.sub("", _joined(lines) or "", count=1).rstrip(" .;") or None
    return Subject(None, title, cover(p.span for p in lines), None, lines[-1].span.end)


def _until_gap(lines: list[Piece]) -> list[Piece]:
    for index, piece in enumerate(lines):
        if index and (piece.gap > 2 or (piece.gap and _BODY_START.match(piece.text))):
            return lines[:index]
    return lines[:12]


def _joined(lines: Sequence[Piece]) -> str | None:
    return clean("\n".join(piece.text for piece in lines)).strip(" .;:") or None if lines else None


@dataclass(frozen=True, slots=True)
class Addressees:
    """Whom it is sent to (Kính gửi)."""

    names: tuple[str, ...]
    span: Span | None


_BULLET = re.compile(r"^[-–+•*]\s*(?=\S)")


def read_addressees(pieces: Sequence[Piece]) -> Addressees:
    """The addressees: after "Kính gửi:" (a telegram: "… điện:"), on its line or in bullets under it."""
    at = greeting_at(pieces)
    if at is None:
        return Addressees((), None)
    begin = _GREETING.match(fold(pieces[at].text))
    inline = pieces[at].text[begin.end() :].strip() if begin else ""
    entries = [inline] if inline.strip("-–+•* ") else []
    last = pieces[at]
    for follower in pieces[at + 1 :]:
        if not _goes_on(entries, last, follower):
            break
        if not entries or _BULLET.match(follower.text) or _is_closed(entries[-1]):
            entries.append(follower.text)
        else:
            entries[-1] = f"{entries[-1]}\n{follower.text}"
        last = follower
    names = tuple(name for entry in entries for name in _names(entry))
    return Addressees(names, Span(pieces[at].span.start, last.span.end) if names else None)


def greeting_at(pieces: Sequence[Piece]) -> int | None:
    """The piece that greets: "Kính gửi", or a telegram's "THỦ TƯỚNG CHÍNH PHỦ điện:"."""
    greets = (i for i, p in enumerate(pieces) if p.part is Part.TEXT and (_GREETING.match(fold(p.text)) or _WIRES.search(p.text)))
    return next(greets, None)


def _is_closed(entry: str) -> bool:
    return entry.endswith(";")


def _goes_on(entries: list[str], last: Piece, follower: Piece) -> bool:
    """Whether ``follower`` still belongs to the addressees: another bullet, or the rest of the entry begun."""
    if follower.part is not Part.TEXT or (entries and entries[-1].endswith(".")):
        return False
    bullet = _BULLET.match(follower.text) is not None
    if not entries:
        return bullet or len(follower.text) < 120
    bulleted = _BULLET.match(entries[-1]) is not None
    if bullet:
        return bulleted or entries[-1].endswith((";", ","))
    if bulleted and not _is_closed(entries[-1]):
        return follower.gap <= 1
    if _is_closed(entries[-1]):
        return not bulleted and follower.gap == 0 and len(follower.text) < 120
    wraps = follower.text[0].islower() or _WAITS.search(last.text) is not None
    return wraps and _BODY_START.match(follower.text) is None and follower.gap <= 1 and len(follower.text) <= 140


def _names(entry: str) -> list[str]:
    """The names of one entry: divided at semicolons; at commas only between several known bodies."""
    names: list[str] = []
    for part in clean(entry).split(";"):
        name = _BULLET.sub("", part.strip(), count=1).strip(" .,:")
        if name:
            names.extend(_divided(name))
    return names


def _divided(name: str) -> list[str]:
    if ":" in name or "," not in name:
        return [name]
    found = find_agencies(name, Span(0, len(name)))
    covered = sum(len(mention.span) for mention in found)
    units = [mention for mention in found if mention.kind is not AgencyKind.UNKNOWN]
    return [mention.name for mention in units] if len(units) > 1 and covered > len(name) - 4 * len(units) else [name]
