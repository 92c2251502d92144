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
    """A kind of mark: the characters it may begin with, the groups ``mark`` (as written) and ``number``, an example for a test."""

    name: str
    rank: Rank
    first: str
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


ALPHABET = "abcdđefghijklmnopqrstuvwxyz"
_DIGITS = "0123456789"
_BULLETS = "-–—−+•▪▫●◦·*➢✓→"
_ORDINALS = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")
_FACTORS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_LETTERS = str.maketrans({"¢": "c"})
_CONFUSED = str.maketrans({"1": "I", "l": "I", "|": "I", "i": "I", "!": "I"})


def _p(name: str, rank: Rank, first: str, regex: str, example: str) -> Pattern:
    return Pattern(name, rank, first + "#*", re.compile(rf"(?:#{{1,5}}\s+)?\**(?P<mark>{regex})"), example)


PATTERNS: tuple[Pattern, ...] = (
    _p(
        "part",
        Rank.PART,
        "P",
        rf"(?:PHẦN|Phần)\s+(?:THỨ\s+|thứ\s+)?(?P<number>(?i:{'|'.join(_ORDINALS)})|[IVX]+|[A-H]|\d+)(?=\s*$|\s*[.:\-–])",
        "Phần thứ nhất",
    ),
    _p(
        "chapter", Rank.CHAPTER, "C", r"(?:CHƯƠNG|Chương)\s+(?P<number>[IVXLC]+|\d+)(?=\s*$|\s*[.:\-–]|\s+[A-ZĐ]{2})", "Chương II"
    ),
    _p("section", Rank.SECTION, "M", r"(?:MỤC|Mục)\s+(?P<number>\d{1,2}|[IVX]+)(?=\s*$|\s*[.:]|\s+[A-ZĐ]{2})", "Mục 1"),
    _p(
        "article",
        Rank.ARTICLE,
        "Đ",
        r"(?:ĐIỀU|Điều)\s+(?P<number>\d{1,3}[a-zđ]?)\s?[.:](?=\s|\*|$)",
        "Điều 12. Trách nhiệm thi hành",
    ),
    _p(
        "roman",
        Rank.ROMAN,
        "IVX",
        r"(?P<number>[IVX]{1,6})\s?(?:[.)](?=\s*\S)|[\-–](?=\s|\w{2})|/(?=\s))",
        "III. TỔ CHỨC THỰC HIỆN",
    ),
    _p("upper", Rank.UPPER, "ABCDEFGHKĐ", r"(?P<number>[A-HKĐ])\s?[.\-–/](?=\s+\w)", "B. NHIỆM VỤ TRỌNG TÂM"),
    _p(
        "dotted",
        Rank.DOTTED,
        _DIGITS,
        r"(?P<number>\d{1,2}(?:\.\d{1,2}){1,3})\s?[.)]?(?=\s+[^\W\d_]|\s+[\"“(])",
        "1.2. Đổi mới phương thức",
    ),
    _p("arabic", Rank.ARABIC, _DIGITS, r"(?P<number>\d{1,3})\s?\.(?=\s*[^\W\d_]|\s+[\"“(\[*]|\*|\s+\d)", "4. Công an tỉnh"),
    _p("arabic-dash", Rank.ARABIC, _DIGITS, r"(?P<number>\d{1,2})\s?[-–/](?=\s+\w)", "1- Sở Xây dựng"),
    _p("arabic-comma", Rank.ARABIC, _DIGITS, r"(?P<number>\d{1,2}),(?=\s+\w)", "5, Đẩy nhanh tiến độ"),  # OCR
    _p("letter", Rank.LETTER, ALPHABET + "¢", r"(?P<number>[a-zđ¢])\s?\)(?=\s*\S)", "đ) Hướng dẫn các xã"),
    _p("letter-dot", Rank.LETTER, "abcdefghđ", r"(?P<number>[a-hđ])\s?[.](?=\s+\w)", "b. Sở Tư pháp"),
    _p("roman-misread", Rank.ROMAN, "IVXl1|!", r"(?P<number>[IVXl1|!]{1,5})\s?[.\-–](?=\s*\w{2})", "I1l. MỤC TIÊU"),
    _p("bullet", Rank.BULLET, _BULLETS, r"(?P<number>[-–—−+•▪▫●◦·*➢✓→])(?=\s*[^\s\-–—_=*+.])", "- Đôn đốc các đơn vị"),
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


_BY_FIRST = {first: tuple(p for p in PATTERNS if first in p.first) for first in {char for p in PATTERNS for char in p.first}}


def marks_of(line: str) -> list[Mark]:
    """Every mark that ``line`` may open with, the likeliest first; empty for a plain line."""
    if line[:1].isalpha() and line[1:3].isalpha() and line[:1] not in _WORDS:
        return []
    found = (_mark(pattern, line) for pattern in _BY_FIRST.get(line[:1], ()))
    return [mark for mark in found if mark is not None]


def _mark(pattern: Pattern, line: str) -> Mark | None:
    """The mark of ``pattern`` that ``line`` opens with."""
    match = pattern.regex.match(line)
    if match is None:
        return None
    number, rest = match["number"], line[match.end() :]
    if pattern.name in _BEFORE_CAPITALS and not rest.lstrip()[: _BEFORE_CAPITALS[pattern.name]].isupper():
        return None
    if pattern.rank == Rank.BULLET:
        return Mark(pattern.name, pattern.rank, match["mark"], "", 0, rest)
    number = number.translate(_CONFUSED if pattern.name == "roman-misread" else _LETTERS)
    value = _count(pattern.rank, number)
    return Mark(pattern.name, pattern.rank, match["mark"], _key(pattern, number), value, rest) if value else None


_BEFORE_CAPITALS = {"upper": 1, "arabic-dash": 1, "arabic-comma": 1, "letter-dot": 1, "roman-misread": 2}  # how many must follow
_WORDS = frozenset("PCMĐIVXl")  # a word or a long number may begin so
