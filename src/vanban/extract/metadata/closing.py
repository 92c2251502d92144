"""The closing: authority to sign, position and name of the signer; recipients (Nơi nhận).

Source: Decree 30/2020, article 13 and appendix I; party form: Guideline 36-HD/VPTW.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from vanban.extract.metadata.names import in_ordinary_letters
from vanban.extract.metadata.pieces import Part, Piece, pieces_of
from vanban.lexicon.folding import clean, fold
from vanban.outline.words import bare
from vanban.reading import Signer
from vanban.spans import Span, cover

_REACH_BEFORE = 700
_USUAL_REACH = 1_300
_REACH_AFTER = 3_500
_MOST_ENTRY_LINES = 5
_RECIPIENTS = re.compile(r"(?:^|(?<=[\n\t|]))[ ]*noi\s+nh[a-z]{1,2}n(?![a-z])\s*[:;.]?", re.MULTILINE)
_APPENDIX = re.compile(
    r"^\s*(?:PHỤ\s+LỤC|Phụ\s+lục(?:\s+(?:số\s+)?[\dIVX]+[A-Z]?)?\s*$|DANH\s+MỤC|BIỂU\s+MẪU|QUY\s+CHẾ\s*$|QUY\s+ĐỊNH\s*$|CÔNG\s+BÁO)",
    re.MULTILINE,
)
_AUTHORITY = re.compile(r"(?:(?:TM|KT|TL|TUQ|T/M|K/T|T/L|TU\.Q|T/UQ)(?:\s?[./]\s?|\s+)|Q\s?[./]\s?)(?=[A-ZĐÀ-Ỹ])")
_MOST_BLOCKS = 40
_BLOCK = re.compile(
    r"^[^\S\n]*(?:(?:TM|KT|TL|TUQ|T/M|K/T|T/L)(?:[^\S\n]?[./][^\S\n]?|[^\S\n])|Q\s?[./]\s?)[A-ZĐ][^\n]*$"
    r"|^[^\S\n]*(?:CHỦ TỊCH|GIÁM ĐỐC|THỦ TƯỚNG|BỘ TRƯỞNG|BÍ THƯ)[^\S\n]*$",
    re.MULTILINE,
)
_FOR_ANOTHER = re.compile(r"(?:KT|K/T)\s?[./]?\s?")
_POSITION_WORDS = (
    "phó chủ tịch|chủ tịch|phó giám đốc|giám đốc|phó thủ tướng|thủ tướng|bộ trưởng|thứ trưởng|phó bí thư thường trực|phó bí thư|bí thư|chánh văn phòng"
    "|phó chánh văn phòng|phó trưởng ban thường trực|phó trưởng ban|trưởng ban|phó chánh thanh tra|chánh thanh tra|tổng giám đốc|phó tổng giám đốc"
    "|phó cục trưởng|cục trưởng|phó chi cục trưởng|chi cục trưởng|phó vụ trưởng|vụ trưởng|chủ nhiệm|phó chủ nhiệm|viện trưởng|phó viện trưởng"
    "|chánh án|phó chánh án|hiệu trưởng|phó hiệu trưởng|trưởng phòng|phó trưởng phòng|ủy viên thường vụ|ủy viên|thống đốc|phó thống đốc|tổng thanh tra"
    "|phó tổng thanh tra|chỉ huy trưởng|phó chỉ huy trưởng|trưởng đoàn|phó trưởng đoàn|tổng thư ký|tổng kiểm toán nhà nước|trưởng ty|thường trực"
    "|chánh tòa|tổng bí thư|thường trực ban bí thư|trưởng tiểu ban|tổ trưởng|bộ trưởng, chủ nhiệm|chủ tịch hội đồng|quyền giám đốc|quyền chủ tịch"
)
_POSITION = re.compile(rf"(?:{_POSITION_WORDS})(?![^\W\d])")
_NAME_WORD = r"[A-ZĐÀ-ỸÂÊÔƠƯĂ][a-zđà-ỹâêôơưă]*"
_NAME = re.compile(
    rf"(?:(?:TS|ThS|PGS|GS|BS|CKI|CKII|Đại tá|Thượng tá|Trung tá|Thiếu tướng|Trung tướng|Đại tướng|Thượng tướng)[.\s]+)*(?P<name>{_NAME_WORD}(?:\s+{_NAME_WORD}){{1,4}})"
)
_SHOUTED_NAME = re.compile(r"[A-ZĐÀ-Ỹ]{1,7}(?:\s+[A-ZĐÀ-Ỹ]{1,7}){1,4}")
_BULLET = re.compile(r"^[-–+•*~]\s*(?=\S)")
_ARCHIVE = re.compile(r"(?:[-–+•*~]\s*)?lưu\b", re.IGNORECASE)
_SPECKS = re.compile(
    r";\s*(?:[^\w;]+|[^;]{0,3}|[^;]*[^\w\s,.()/:;&+–-][^;]*)$|,\s*(?:[^\w,]+|[^,;]{0,20}[\\@’”\"!|<>{}^~*#=][^,;]*)$|(?<=\))\W+$"
)
_LEADING_SPECKS = re.compile(r"[\W\d_]+(?:\w\s+)?(?=[A-ZĐÀ-Ỹ]{2}|T/[ML]|K/T)")
_CAPITAL_RUN = re.compile(r"([A-ZĐÀ-ỸÂÊÔƠƯĂ](?:[A-ZĐÀ-ỸÂÊÔƠƯĂ]|[ ,./–-])+)(?![a-zà-ỹ]{3})")
_TRAILING_SIGN = re.compile(r"(?<=[;.,)])\s+(?P<sign>[A-ZĐÀ-Ỹ\d].*)$")


@dataclass(frozen=True, slots=True)
class Closing:
    """Signer and recipients with their places."""

    signer: Signer | None
    signer_span: Span | None
    recipients: tuple[str, ...]
    recipients_span: Span | None


def read_closing(text: str, start: int, end: int) -> Closing:
    """The closing between ``start`` (the end of the letterhead) and ``end`` (where the appendices begin)."""
    label = _label(text, start, end)
    if label is None:
        return _signed_only(text, start, end)
    appendix = _APPENDIX.search(text, label.end, min(end, label.end + _REACH_AFTER))
    last = appendix.start() if appendix else min(end, label.end + _REACH_AFTER)
    recipients: list[list[Piece]] = []
    signing: list[Piece] = []
    for reach in sorted({min(last, label.end + _USUAL_REACH), last}):
        after = _columns(pieces_of(text, Span(label.end, reach)))
        recipients, ended = _recipients(after)
        signing = _signing(after, ended)
        if _archived(recipients) and any(_is_name(piece) for piece in signing):
            break
    return Closing(*_signer(signing or _signing_before(text, start, label.start)), *_entries(recipients))


def _signing_before(text: str, start: int, label: int) -> list[Piece]:
    """A signing block that was laid before "Nơi nhận"."""
    first = max(start, label - _REACH_BEFORE)
    before = pieces_of(text, Span(text.find("\n", first, label) + 1 or first, label))
    return _signing(_tail(before), len(before))


def _label(text: str, start: int, end: int) -> Span | None:
    """Where "Nơi nhận" of the document itself stands: the first after the letterhead."""
    found = _RECIPIENTS.search(bare(text[start:end]))
    return Span(start + found.start(), start + found.end()).trim(text) if found else None


def _signed_only(text: str, start: int, end: int) -> Closing:
    """A document without recipients (a gazette): the first signing block of capitals."""
    for found in islice(_BLOCK.finditer(text, start, end), _MOST_BLOCKS):
        signing = _signing(pieces_of(text, Span(found.start(), min(end, found.start() + 600))), 99)
        if any(_is_name(piece) for piece in signing):
            return Closing(*_signer(signing), (), None)
    return Closing(None, None, (), None)


def _columns(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces of the closing, where a recipient and a part of the signature stand on one line with a single space, divided."""
    divided: list[Piece] = []
    for piece in pieces:
        found = _TRAILING_SIGN.search(piece.text) if _BULLET.match(piece.text) else None
        sign = found["sign"] if found else ""
        if found and (_is_signing(sign) or _is_person(sign)):
            cut = piece.span.start + found.start("sign")
            divided.append(
                Piece(
                    Span(piece.span.start, piece.span.start + found.start()),
                    piece.text[: found.start()],
                    piece.part,
                    piece.line,
                    piece.gap,
                )
            )
            divided.append(Piece(Span(cut, piece.span.end), sign, piece.part, piece.line, piece.gap))
        else:
            divided.append(piece)
    return divided


def _capitals(text: str) -> str:
    """The run of capitals that ``text`` begins with, where it is nearly all of it (a scanner's specks may follow); else empty."""
    specks = _LEADING_SPECKS.match(text)
    text = text[specks.end() :] if specks else text
    found = _CAPITAL_RUN.match(text)
    run = found[1].rstrip(" .,-") if found else ""
    return run if len(run) >= 0.7 * len(text) else ""


def _is_signing(text: str) -> bool:
    """Whether it is a line of authority or a position, in capitals."""
    run = _capitals(text)
    return bool(run) and (
        _AUTHORITY.match(run) is not None or _POSITION.match(fold(run)) is not None or _damaged(run) is not None
    )


def _damaged(run: str) -> str | None:
    """A position whose first word is damaged, "HÓ CHỦ TỊCH": the rest of it."""
    first, _, rest = run.partition(" ")
    if _POSITION.match(fold(run)):
        return None
    return rest if len(first) <= len("PHÓ") and _POSITION.fullmatch(fold(rest)) else None


def _deputy(authority: str, position: str) -> str:
    """The position of who signs for another ("KT. CHỦ TỊCH"): always a deputy's (Decree 30/2020, article 13)."""
    head = _FOR_ANOTHER.sub("", authority)
    return f"PHÓ {head}" if _FOR_ANOTHER.match(authority) and bare(position) == bare(head) else position


def _is_person(text: str) -> bool:
    return _NAME.fullmatch(text) is not None


def _is_name(piece: Piece) -> bool:
    return piece.part is Part.TEXT and (
        _is_person(piece.text) or (_SHOUTED_NAME.fullmatch(piece.text) is not None and not _is_signing(piece.text))
    )


def _recipients(pieces: Sequence[Piece]) -> tuple[list[list[Piece]], int]:
    """The entries of the list, each as its pieces, and the index after the last; the archive line ends it."""
    entries: list[list[Piece]] = []
    ended = 0
    for index, piece in enumerate(pieces):
        if piece.part is not Part.TEXT or _is_signing(piece.text) or (_is_name(piece) and not _BULLET.match(piece.text)):
            continue
        if _archived(entries):
            if _after_archive(piece, pieces[ended - 1]):
                entries[-1].append(piece)
                ended = index + 1
                continue
            break
        if _begins(entries, piece):
            entries.append([piece])
        elif len(entries[-1]) >= _MOST_ENTRY_LINES:
            break
        else:
            entries[-1].append(piece)
        ended = index + 1
    return entries, ended


def _archived(entries: list[list[Piece]]) -> bool:
    return bool(entries) and _ARCHIVE.match(entries[-1][0].text) is not None


def _after_archive(piece: Piece, last: Piece) -> bool:
    """Whether a piece still belongs to the archive line: initials in brackets on the next line."""
    return piece.gap == 0 and piece.text.startswith("(") and piece.line <= last.line + 1


def _begins(entries: list[list[Piece]], piece: Piece) -> bool:
    if not entries or _BULLET.match(piece.text) or _ARCHIVE.match(piece.text):
        return True
    return not _BULLET.match(entries[-1][0].text) and entries[-1][-1].text.rstrip().endswith((";", "."))


def _entries(recipients: list[list[Piece]]) -> tuple[tuple[str, ...], Span | None]:
    names = [_BULLET.sub("", clean("\n".join(piece.text for piece in entry)), count=1) for entry in recipients]
    names = [re.sub(r"[\s;,.]+$", "", _SPECKS.sub("", _SPECKS.sub("", name))).strip() for name in names]
    kept = tuple(name for name in names if any(c.isalpha() for c in name))
    return kept, cover(piece.span for entry in recipients for piece in entry) if kept else None


def _tail(pieces: Sequence[Piece]) -> list[Piece]:
    """The last pieces before "Nơi nhận" that can be a signing block: short lines after the body's last sentence."""
    tail: list[Piece] = []
    for piece in reversed(pieces):
        if len(piece.text) > 60 or piece.text.endswith(("./.", ";", ":")):
            break
        tail.append(piece)
    return tail[::-1]


def _signing(pieces: Sequence[Piece], ended: int) -> list[Piece]:
    """Authority and position lines and the first name after them."""
    found: list[Piece] = []
    for index, piece in enumerate(pieces):
        if piece.part is not Part.TEXT or _BULLET.match(piece.text):
            continue
        if _is_signing(piece.text):
            if found and _is_name(found[-1]):
                break
            found.append(piece)
        elif found and _is_name(piece):
            found.append(piece)
            break
        elif found and index > ended + 12:
            break
    return found


def _signer(pieces: list[Piece]) -> tuple[Signer | None, Span | None]:
    lines = [piece for piece in pieces if not _is_name(piece)]
    names = [piece for piece in pieces if _is_name(piece)]
    if not lines:
        return None, None
    written = [clean(_capitals(piece.text)) for piece in lines]
    if len(written) > 1:
        written[-1] = _deputy(written[-2], _damaged(written[-1]) or written[-1])
    alone = _AUTHORITY.match(written[-1])
    authority = written if alone else written[:-1]
    position = _position(
        written[-1][alone.end() :] if alone and not written[-1].startswith("T") else "" if alone else written[-1]
    )
    name = _person(names[0].text) if names else None
    return Signer(name, position, "; ".join(authority) or None), cover(piece.span for piece in pieces)


def _position(text: str) -> str | None:
    """A position in ordinary letters, "PHÓ CHỦ TỊCH" → "Phó Chủ tịch": each title's word with a capital, as in running text."""
    folded = in_ordinary_letters(clean(text))
    if not folded:
        return None
    return _CAPITALS.sub(lambda found: found.group()[0].upper() + found.group()[1:], folded).strip()


_CAPITALS = re.compile(
    r"(?:^\w+|(?<![^\W\d])(?:chủ tịch|giám đốc|thủ tướng|bộ trưởng|thứ trưởng|bí thư|chánh(?= văn| thanh)|văn phòng|trưởng ban|thanh tra|tổng giám đốc|cục trưởng"
    r"|chi cục trưởng|vụ trưởng|chủ nhiệm|viện trưởng|chánh án|hiệu trưởng|trưởng phòng|thường trực|tỉnh ủy|ủy ban|hội đồng|thống đốc|tổng thanh tra|chỉ huy trưởng))(?![^\W\d])"
)


def _person(text: str) -> str:
    found = _NAME.fullmatch(text)
    name = clean(found["name"] if found else text)
    return name.title() if name.isupper() else name
