"""Lines of an official paper that follow from its facts."""

from collections.abc import Sequence
from datetime import date

from dondoc.common import wording
from dondoc.common.official.paper import Form, Paper

POINTS = "abcdđeghiklmnopqrstuvxy"
OPEN = wording.NO_BREAK * 8
_ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_COLLEGIAL = ("ỦY BAN NHÂN DÂN", "HỘI ĐỒNG NHÂN DÂN", "BAN CHẤP HÀNH", "BAN THƯỜNG VỤ")


def missing(what: str = "") -> str:
    """``[CHƯA CÓ SỐ LIỆU – xã Công Sơn]``: printed marked, so that nobody signs over it."""
    return f"[CHƯA CÓ SỐ LIỆU – {what}]" if what else "[CHƯA CÓ SỐ LIỆU]"


def unwritten(what: str) -> str:
    """``[CHƯA CÓ NỘI DUNG – mục IV.2]``, in the same manner."""
    return f"[CHƯA CÓ NỘI DUNG – {what}]"


def roman(number: int) -> str:
    """``4`` → ``IV``."""
    text = ""
    for value, letters in _ROMAN:
        while number >= value:
            text += letters
            number -= value
    return text


def point(number: int) -> str:
    """The letter of the n-th point: a, b, c, d, đ, e, g … (no f, j, w, z)."""
    return POINTS[number - 1] if number <= len(POINTS) else str(number)


def listed(lines: Sequence[str], dash: str = "- ") -> list[str]:
    """Each on its own line with a dash, the last with a full stop and the others with a semicolon."""
    bare = [line.rstrip(" .;,") for line in lines]
    return [f"{dash}{line};" for line in bare[:-1]] + [f"{dash}{line}." for line in bare[-1:]]


def symbol_of(paper: Paper) -> str:
    """``08/KH-UBND``, ``07-KH/TU``; the number is open where there is none."""
    joint = "/" if paper.form == Form.STATE else "-"
    number = OPEN if paper.number is None else f"{paper.number:02d}"
    return f"{number}{joint}{paper.symbol}"


def number_line(paper: Paper) -> str:
    """``Số: 08/KH-UBND``; of the party without the colon."""
    return f"Số: {symbol_of(paper)}" if paper.form == Form.STATE else f"Số {symbol_of(paper)}"


def day_words(on: date, *, known: bool) -> str:
    """``ngày 09 tháng 9 năm 2025``, or with an open day of the month."""
    words = wording.long_day(on)
    return words if known else words.replace(f"ngày {on.day:02d}", f"ngày {wording.NO_BREAK * 6}", 1)


def place_line(paper: Paper) -> str:
    return f"{paper.place}, {day_words(paper.on, known=paper.number is not None)}"


def annexed_to(paper: Paper) -> str:
    """``(Kèm theo Báo cáo số 08/BC-SYT ngày 09 tháng 9 năm 2025 của Sở Y tế)``."""
    day = day_words(paper.on, known=paper.number is not None)
    return f"(Kèm theo {paper.kind or 'Công văn'} số {symbol_of(paper)} {day} của {paper.issuer})"


def broken(name: str) -> list[str]:
    """The issuer in capitals; a collegial body stands above the name of its place, and below the name of its office."""
    capitals = name.upper()
    for body in _COLLEGIAL:
        before, found, after = capitals.partition(body)
        if found and after:
            return [f"{before.strip()}", f"{body}{after}"] if before else [body, after.strip()]
    return [capitals]


def width_of(text: str) -> float:
    """How wide bold Times New Roman sets the text, in ems; within a twentieth for names of agencies."""
    return sum(_width(letter) for letter in text)


def _width(letter: str) -> float:
    if letter.isupper():
        return 0.39 if letter in "IÌÍỈĨỊ" else 0.7
    if letter.isalnum():
        return 0.28 if letter in "iìíỉĩịlt" else 0.5
    return 0.26
