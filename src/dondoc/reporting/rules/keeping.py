"""What of a draft can be kept as it is typed.

A draft may be unfinished: formulas that name nothing yet, a table without rows. It may not hold what has no place in the
database: a code twice, words that are too long, a ratio without its parts.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from dondoc.reporting.enums import Method

if TYPE_CHECKING:
    from dondoc.reporting.rules.templates import IndicatorFacts, TemplateFacts

COMPARATORS = (">=", ">", "<=", "<", "=")
HIGHEST = Decimal(10) ** 16
_LENGTHS = {
    "code": 40,
    "band": 255,
    "measure": 80,
    "formula": 255,
    "numerator": 40,
    "denominator": 40,
    "breaks_down": 40,
    "source": 255,
    "target_basis": 255,
    "indicator_code": 40,
    "left": 255,
    "right": 255,
    "key": 40,
}
_TEMPLATE_LENGTHS = {"code": 60, "title": 255, "for_whom": 255, "legal_basis": 255}
WORDS = {
    "code": "mã",
    "title": "tên",
    "for_whom": "đơn vị báo cáo",
    "legal_basis": "căn cứ",
    "band": "nhóm",
    "measure": "đơn vị tính",
    "formula": "công thức",
    "numerator": "tử số",
    "denominator": "mẫu số",
    "breaks_down": "chỉ tiêu gốc",
    "source": "nguồn số liệu",
    "target_basis": "căn cứ của mục tiêu",
    "indicator_code": "mã chỉ tiêu",
    "left": "vế trái",
    "right": "vế phải",
    "key": "mã cột",
}


def unkeepable(facts: "TemplateFacts") -> list[str]:
    """What of a draft has no place in the database, as sentences."""
    rows = [one for table in facts.tables for one in table.indicators]
    return [
        *_long("Mẫu", facts, _TEMPLATE_LENGTHS),
        *twice("mục", (one.code for one in facts.sections)),
        *twice("biểu", (one.code for one in facts.tables)),
        *twice("chỉ tiêu", (one.code for one in rows)),
        *(fault for section in facts.sections for fault in _long(f"Mục {section.code}", section, _LENGTHS)),
        *(fault for table in facts.tables for fault in _long(f"Biểu {table.code}", table, _LENGTHS)),
        *(fault for table in facts.tables for one in table.columns for fault in _long(f"Biểu {table.code}", one, _LENGTHS)),
        *(fault for one in rows for fault in _of_indicator(one)),
        *(fault for one in facts.checks for fault in _long(f"Kiểm tra “{one.left[:40]}”", one, _LENGTHS)),
    ]


def _of_indicator(one: "IndicatorFacts") -> Iterator[str]:
    where = f"Chỉ tiêu {one.code}"
    yield from _long(where, one, _LENGTHS)
    if Method.RATIO in {one.across_units, one.across_periods} and not (one.numerator and one.denominator):
        yield f"{where}: tỷ lệ của tổng cần mã tử số và mã mẫu số."
    if one.target_comparator and one.target_comparator not in COMPARATORS:
        yield f"{where}: dấu so sánh của mục tiêu không thể là “{one.target_comparator}”. Dùng {', '.join(COMPARATORS)}."
    if one.target_value is not None and not (one.target_value.is_finite() and abs(one.target_value) < HIGHEST):
        yield f"{where}: mục tiêu “{one.target_value}” không phải là số ghi được."


def _long(where: str, row: object, lengths: dict[str, int]) -> Iterator[str]:
    for name, longest in lengths.items():
        value = getattr(row, name, "")
        if len(value) > longest:
            yield f"{where[:80]}: {WORDS[name]} dài {len(value)} ký tự, nhiều nhất là {longest}. Rút ngắn rồi ghi lại."


def twice(what: str, codes: Iterable[str]) -> Iterator[str]:
    for code, count in Counter(codes).items():
        if count > 1:
            yield f"Mã {what} {code} có {count} lần. Đặt mã khác nhau."
