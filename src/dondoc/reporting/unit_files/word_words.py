"""What a form in Word says at its places. The reader knows these lines again, whatever program has saved the file since."""

import re

from dondoc.reporting.enums import Need
from dondoc.reporting.rules.cells import Place
from dondoc.reporting.rules.entering import name_of, place_of
from dondoc.reporting.rules.templates import ColumnFacts, SectionFacts, TableFacts

NAMESPACE = "urn:dondoc:mau-bao-cao:1"
CODE, NAME, MEASURE, EARLIER, REASON = "Mã", "Chỉ tiêu", "Đơn vị tính", "Kỳ trước đã duyệt", "Giải trình"
COMPUTED = "tự tính"
TEXT_HERE = "Ghi nội dung mục này vào đây."
FIGURE_HERE = "\u2002" * 4
SEAL_LINE = "Mã nhận dạng của mẫu, giữ nguyên dòng này:"
SEAL_FORM = re.compile(r"Mã nhận dạng của mẫu[^:]*:\s*([\w.:=-]{40,})")
LONGEST_TAG = 64  # Word takes a file with a longer one for damaged
_SECTION, _FIGURE, _REASON = "muc:", "so:", "ly-do:"


def section_tag(code: str) -> str:
    return f"{_SECTION}{code}"


def figure_tag(place: Place) -> str:
    return f"{_FIGURE}{name_of(place)}"


def reason_tag(code: str) -> str:
    return f"{_REASON}{code}"


def section_of(tag: str) -> str | None:
    return tag.removeprefix(_SECTION) if tag.startswith(_SECTION) else None


def figure_of(tag: str) -> Place | None:
    return place_of(tag.removeprefix(_FIGURE)) if tag.startswith(_FIGURE) else None


def reason_of(tag: str) -> str | None:
    return tag.removeprefix(_REASON) if tag.startswith(_REASON) else None


def heading_of(section: SectionFacts) -> str:
    """``IV.1. Công tác truyền thông``; a Phần goes without its code."""
    return section.heading if section.level == 0 else f"{section.code}. {section.heading}"


def guidance_of(section: SectionFacts) -> str:
    """``Nêu số liệu. (Không bắt buộc)``; empty where there is nothing to say."""
    need = "" if section.need == Need.ALWAYS or not section.asks else f"({Need(section.need).label})"
    return " ".join(words for words in (section.guidance, need) if words)


def title_of(table: TableFacts) -> str:
    return f"Biểu {table.code}. {table.title}"


def names_of(column: ColumnFacts) -> tuple[str, ...]:
    """What people call a column: its words, and its key where the words hold it, *2025* for *Năm 2025*."""
    return (column.words, column.key) if column.key in column.words.split() else (column.words,)


def place_words(table: TableFacts, code: str, column: ColumnFacts) -> str:
    """``biểu 2A, dòng C.02, cột Năm 2025``, as a fault names its place."""
    return f"biểu {table.code}, dòng {code}, cột {column.words}"
