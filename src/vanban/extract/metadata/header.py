"""The letterhead: number and symbol, place and date, the body that issues.

Source: Decree 30/2020, appendix I; party form: Guideline 36-HD/VPTW.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from vanban.extract.citations_symbols import code_of
from vanban.extract.metadata.names import full_name
from vanban.extract.metadata.pieces import Part, Piece
from vanban.lexicon.documents import abbreviations
from vanban.spans import Span, cover

_NUMBER = re.compile(
    r"(?:s[ốôo6]|\$6)\s*[:.]?\s*(?P<number>[^/–\n-]{0,20}?)\s*(?:/\s*(?P<year>(?:19|20)\d\d)\s*)?(?P<sep>[-–/])\s*(?P<symbol>[\wĐđ].*)$",
    re.IGNORECASE,
)
_PLAIN_NUMBER = re.compile(r"\d{1,6}(?:\.\d{1,2})?[a-zA-Z]?")
_DATE = re.compile(
    r"(?P<place>.*?),?\s*(?P<written>ng[àa]y\s*(?P<day>.*?)\s*th[áa]ng\s*(?P<month>.*?)\s*n[ăa]m\s*(?P<year>(?:19|20)\d\d)?)",
    re.IGNORECASE | re.DOTALL,
)
_SHORT_DATE = re.compile(
    r"(?P<place>.*?),?\s*(?P<written>ngày\s+(?P<day>\d{1,2})\s?[/.-]\s?(?P<month>\d{1,2})\s?[/.-]\s?(?P<year>\d{4}))",
    re.IGNORECASE | re.DOTALL,
)
_FORMAL = frozenset({Part.NATION, Part.PARTY, Part.NUMBER, Part.DATE})
_LAW = re.compile(r"(?:UBTVQH|QH)\d{1,2}$")


@dataclass(frozen=True, slots=True)
class Code:
    """Number and symbol; ``number`` and ``code`` None where the number is left blank."""

    number: str | None
    symbol: str
    code: str | None
    type: str | None
    party: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Dating:
    """Place and date; ``day`` None where day or month is blank."""

    place: str | None
    day: date | None
    written: str
    place_span: Span
    span: Span


def read_code(pieces: Sequence[Piece]) -> Code | None:
    """The document's own number and symbol, from the letterhead's number piece."""
    piece = next((p for p in pieces if p.part is Part.NUMBER), None)
    found = _NUMBER.search(piece.text) if piece else None
    if piece is None or found is None:
        return None
    written = re.sub(r"\s", "", found["number"]).strip(".…_")
    number = written if _PLAIN_NUMBER.fullmatch(written) else None
    symbol = re.sub(r"\s*([-–/])\s*", r"\1", found["symbol"]).replace("–", "-").strip(" .")
    head = re.split(r"[-/]", symbol)[0]
    party = found["sep"] != "/" and "/" in symbol
    kind = head if head in abbreviations() else None
    if _LAW.match(symbol):
        kind = "Luật" if "luật" in piece.text.lower() else None
    code = None
    if number is not None:
        code = f"{number}-{symbol}" if party else code_of(number, found["year"], "", symbol, "state")
    return Code(number, symbol, code, kind, party, piece.span)


def read_dating(pieces: Sequence[Piece]) -> Dating | None:
    """Place and date, from the letterhead's date piece."""
    piece = next((p for p in pieces if p.part is Part.DATE), None)
    if piece is None:
        return None
    found = _DATE.match(piece.text) or _SHORT_DATE.match(piece.text)
    if found is None:
        return None
    place = " ".join(found["place"].split()).strip(" ,") or None
    begin = piece.span.start
    return Dating(
        place,
        _day(found["day"], found["month"], found["year"]),
        _written(found),
        Span(begin + found.start("place"), begin + found.end("place")),
        Span(begin + found.start("written"), begin + found.end("written")),
    )


def _day(day: str, month: str, year: str | None) -> date | None:
    try:
        return date(int(year or ""), int(month.strip(" /.,")), int(day.strip(" /.,")))
    except ValueError:
        return None


def _written(found: re.Match[str]) -> str:
    """The date as written; parts that are blank are left out: "tháng 8 năm 2025"."""
    if found.re is _SHORT_DATE:
        return " ".join(found["written"].split())
    day, month, year = (re.sub(r"[\s.…_]+", "", found[key] or "") for key in ("day", "month", "year"))
    parts = [f"ngày {day}" if day else "", f"tháng {month}" if month else "", f"năm {year}" if year else ""]
    return " ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Issuer:
    """The issuing body's full name and where it stands in the letterhead."""

    name: str
    span: Span


def read_issuer(pieces: Sequence[Piece], text: str) -> Issuer | None:
    """The issuing body: the lines in capitals above the number, its superior's name before its own.

    None where nothing else of a letterhead is there: lines in capitals alone are headings.
    """
    lines: list[Piece] = []
    if not any(piece.part in _FORMAL for piece in pieces):
        return None
    for piece in pieces:
        if piece.part is Part.NUMBER and lines:
            break
        if piece.part is Part.TEXT and piece.shouted and len(piece.text) > 2:
            lines.append(piece)
        elif piece.part is Part.TEXT and lines:
            break
    lines = _issuing(lines)
    if not lines:
        return None
    name = full_name([_mended(piece.text) for piece in lines], text)
    return Issuer(name, cover(piece.span for piece in lines)) if name else None


def _mended(line: str) -> str:
    """A line of a letterhead without a scanner's specks, TỈNH with its own tone."""
    return re.sub(r"^T[ĨÍÌI]NH\b", "TỈNH", " ".join(re.sub(r"[^\w\s,&./()–-]|_", " ", line).split()).strip(" .-"))


def _issuing(lines: list[Piece]) -> list[Piece]:
    """The lines of the letterhead's left side: without urgency and secrecy marks, up to a line that is a type word."""
    kept: list[Piece] = []
    for piece in lines:
        if _MARKS.fullmatch(piece.text):
            continue
        if kept and _TYPE_LINE.match(piece.text):
            break
        kept.append(piece)
    return kept[:5]


_MARKS = re.compile(r"HỎA TỐC|HOẢ TỐC|THƯỢNG KHẨN|KHẨN|DỰ THẢO(?:\s.*)?|BẢN SAO|[^\w]*|\d+|BẢN CHÍNH|TIẾN|CHÍNH THỨC")
_TYPE_LINE = re.compile(
    r"(?:KẾ HOẠCH|QUYẾT ĐỊNH|CHỈ THỊ|NGHỊ QUYẾT|BÁO CÁO|THÔNG BÁO|TỜ TRÌNH|CHƯƠNG TRÌNH|HƯỚNG DẪN|KẾT LUẬN|CÔNG ĐIỆN|ĐỀ ÁN|PHƯƠNG ÁN|QUY CHẾ|QUY ĐỊNH"
    r"|THÔNG TƯ|NGHỊ ĐỊNH|LUẬT|BIÊN BẢN|GIẤY MỜI|KÍNH GỬI)\b"
)
