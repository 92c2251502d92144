"""The marks that open a heading or a list item (Decree 30/2020, appendix I, part II.6; party form: Guideline 36-HD/VPTW)."""

import re
from dataclasses import dataclass
from enum import IntEnum


class Rank(IntEnum):
    """How high a mark stands; a heading stands under the nearest one above it with a smaller rank."""

    PART = 0
    CHAPTER = 1
    SECTION = 2
    UPPER = 3
    ROMAN = 4
    ARTICLE = 5
    ARABIC = 6
    DOTTED = 7
    LETTER = 9
    BULLET = 20


@dataclass(frozen=True, slots=True)
class Pattern:
    """A kind of mark: the groups ``mark`` (as written) and ``number``; ``example`` is run through it by a test."""

    name: str
    rank: Rank
    regex: re.Pattern[str]
    example: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark found at a line's start. ``key`` is its part of the path, ``value`` its place in the count, from 1."""

    pattern: str
    rank: Rank
    written: str
    key: str
    value: int
    rest: str


_UPPER = "A-ZÀ-ÝĂĐĨŨƠƯẠ-Ỹ"
ALPHABET = "abcdđefghijklmnopqrstuvwxyz"
_ORDINALS = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")
_FACTORS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_CONFUSED = str.maketrans({"1": "I", "l": "I", "|": "I", "i": "I", "!": "I"})


def _p(name: str, rank: Rank, regex: str, example: str) -> Pattern:
    return Pattern(name, rank, re.compile(rf"(?:#{{1,5}}\s+)?\**(?P<mark>{regex})"), example)


PATTERNS: tuple[Pattern, ...] = (
    _p(
        "part",
        Rank.PART,
        rf"(?:PHẦN|Phần)\s+(?:THỨ\s+|thứ\s+)?(?P<number>(?i:{'|'.join(_ORDINALS)})|[IVX]+|[A-H]|\d+)(?=\s*$|\s*[.:\-–])",
        "Phần thứ nhất",
    ),
    _p("chapter", Rank.CHAPTER, r"(?:CHƯƠNG|Chương)\s+(?P<number>[IVXLC]+|\d+)(?=\s*$|\s*[.:\-–]|\s+[A-ZĐ]{2})", "Chương II"),
    _p("section", Rank.SECTION, r"(?:MỤC|Mục)\s+(?P<number>\d{1,2}|[IVX]+)(?=\s*$|\s*[.:]|\s+[A-ZĐ]{2})", "Mục 1"),
    _p("article", Rank.ARTICLE, r"(?:ĐIỀU|Điều)\s+(?P<number>\d{1,3}[a-zđ]?)\s?[.:](?=\s|\*|$)", "Điều 12. Trách nhiệm thi hành"),
    _p(
        "roman",
        Rank.ROMAN,
        r"(?P<number>[IVX]{1,6})\s?(?:[.)](?=\s*\S)|[\-–](?=\s|[A-ZĐÀ-Ỹ]{2})|/(?=\s))",
        "III. TỔ CHỨC THỰC HIỆN",
    ),
    _p("upper", Rank.UPPER, rf"(?P<number>[A-HKĐ])\s?[.\-–/](?=\s+[{_UPPER}])", "B. NHIỆM VỤ TRỌNG TÂM"),
    _p(
        "dotted",
        Rank.DOTTED,
        r"(?P<number>\d{1,2}(?:\.\d{1,2}){1,3})\s?[.)]?(?=\s+[^\W\d_]|\s+[\"“(])",
        "1.2. Đổi mới phương thức",
    ),
    _p("arabic", Rank.ARABIC, r"(?P<number>\d{1,3})\s?\.(?=\s*[^\W\d_]|\s+[\"“(\[*]|\*|\s+\d)", "4. Công an tỉnh"),
    _p("arabic-dash", Rank.ARABIC, rf"(?P<number>\d{{1,2}})\s?[-–/](?=\s+[{_UPPER}])", "1- Sở Xây dựng"),
    _p("letter", Rank.LETTER, r"(?P<number>[a-zđ])\s?\)(?=\s*\S)", "đ) Hướng dẫn các xã"),
    _p("letter-dot", Rank.LETTER, rf"(?P<number>[a-hđ])\s?[.](?=\s+[{_UPPER}])", "b. Sở Tư pháp"),
    _p("roman-misread", Rank.ROMAN, rf"(?P<number>[IVXl1|!]{{1,5}})\s?[.\-–](?=\s*[{_UPPER}]{{2}})", "I1l. MỤC TIÊU"),
    _p("bullet", Rank.BULLET, r"(?P<number>[-–—−+•▪▫●◦·*➢✓→])(?=\s*[^\s\-–—_=*+.])", "- Đôn đốc các đơn vị"),
)


def roman_value(number: str) -> int:
    """The value of a Roman number (XIV → 14); 0 for letters that make none."""
    total = 0
    for here, after in zip(number, [*number[1:], None], strict=False):  # nothing at all for ""
        value = _FACTORS.get(here, 0)
        total += -value if after is not None and value < _FACTORS.get(after, 0) else value
    return total if total and roman(total) == number else 0


def roman(value: int) -> str:
    """``value`` in Roman numerals, from 1 to 399."""
    written = ""
    for worth, sign in ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        written += sign * (value // worth)
        value %= worth
    return written


def _count(rank: Rank, number: str) -> int:
    """Where ``number`` stands in its count; 0 where it is no number of the kind."""
    if rank in {Rank.LETTER, Rank.UPPER}:
        return ALPHABET.find(number.lower()) + 1
    if rank == Rank.DOTTED:
        return int(number.rsplit(".", 1)[1])
    digits = re.match(r"\d+", number)
    if digits:
        return int(digits.group())
    if number.lower() in _ORDINALS:
        return _ORDINALS.index(number.lower()) + 1
    return roman_value(number.upper()) or (ALPHABET.find(number.lower()) + 1 if len(number) == 1 else 0)


def _key(pattern: Pattern, number: str) -> str:
    """The mark's part of a path: Điều 3, Chương II, III, 1.2, b."""
    words = {Rank.ARTICLE: "Điều ", Rank.CHAPTER: "Chương ", Rank.SECTION: "Mục "}
    if pattern.rank == Rank.PART:
        return f"Phần thứ {number.lower()}" if number.lower() in _ORDINALS else f"Phần {number}"
    return words.get(pattern.rank, "") + number


def marks_of(line: str) -> list[Mark]:
    """Every mark that ``line`` may open with, the likeliest first; empty for a plain line."""
    if not line or line[0] not in _FIRST:
        return []
    found: list[Mark] = []
    for pattern in PATTERNS:
        match = pattern.regex.match(line)
        if match is None:
            continue
        number = match["number"]
        if pattern.name == "roman-misread":
            number = number.translate(_CONFUSED)
        if pattern.rank == Rank.BULLET:
            found.append(Mark(pattern.name, pattern.rank, match["mark"], "", 0, line[match.end() :]))
            continue
        value = _count(pattern.rank, number)
        if value:
            found.append(Mark(pattern.name, pattern.rank, match["mark"], _key(pattern, number), value, line[match.end() :]))
    return found


_FIRST = frozenset("#*PCMĐIVXABCDEFGHKl1|!0123456789abcdefghijklmnopqrstuvwxyzđ-–—−+•▪▫●◦·*➢✓→")
