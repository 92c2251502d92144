"""What of a template's draft can be kept as it is typed.

A draft may be unfinished: formulas that name nothing yet, a table without rows. It may not hold what has no place in the
database: a code twice, words that are too long, a ratio without its parts.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from dondoc.reporting.enums import Method

if TYPE_CHECKING:
    from dondoc.reporting.rules.templates import CheckFacts, IndicatorFacts, TemplateFacts

COMPARATORS = (">=", ">", "<=", "<", "=")
HIGHEST = Decimal(10) ** 16
LENGTHS = {
    "code": 40, "band": 255, "measure": 80, "formula": 255, "numerator": 40, "denominator": 40, "breaks_down": 40,
    "source": 255, "target_basis": 255, "indicator_code": 40, "left": 255, "right": 255, "key": 40,
}  # fmt: skip
TEMPLATE_LENGTHS = {"code": 60, "title": 255, "for_whom": 255, "legal_basis": 255}
WORDS = {
    "code": "mã", "title": "tên", "for_whom": "đơn vị báo cáo", "legal_basis": "căn cứ", "band": "nhóm",
    "measure": "đơn vị tính", "formula": "công thức", "numerator": "tử số", "denominator": "mẫu số",
    "breaks_down": "chỉ tiêu gốc", "source": "nguồn số liệu", "target_basis": "căn cứ của mục tiêu",
    "indicator_code": "mã chỉ tiêu", "left": "vế trái", "right": "vế phải", "key": "mã cột",
}  # fmt: skip


class Kind(StrEnum):
    """What a template is made of; the value stands in addresses."""

    ABOUT = "chung"
    SECTION = "muc"
    TABLE = "bieu"
    INDICATOR = "chi-tieu"
    CHECK = "kiem-tra"


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong, and the piece of the template where it is; ``key``: see :func:`key_of`."""

    words: str
    kind: Kind = Kind.ABOUT
    key: str = ""


def check_key(one: "CheckFacts") -> str:
    """A check has no code of its own: what it says names it."""
    return f"{one.left} {one.operator} {one.right}"


def unkeepable(facts: "TemplateFacts") -> list[Flaw]:
    """What of a draft has no place in the database."""
    rows = [one for table in facts.tables for one in table.indicators]
    return [
        *_long(Kind.ABOUT, "", "Mẫu", facts, TEMPLATE_LENGTHS),
        *_twice(Kind.SECTION, "mục", (one.code for one in facts.sections)),
        *_twice(Kind.TABLE, "biểu", (one.code for one in facts.tables)),
        *_twice(Kind.INDICATOR, "chỉ tiêu", (one.code for one in rows)),
        *(flaw for one in facts.sections for flaw in _long(Kind.SECTION, one.code, f"Mục {one.code}", one)),
        *(
            flaw
            for table in facts.tables
            for one in (table, *table.columns)
            for flaw in _long(Kind.TABLE, table.code, f"Biểu {table.code}", one)
        ),
        *(flaw for one in rows for flaw in _of_indicator(one)),
        *(flaw for one in facts.checks for flaw in _long(Kind.CHECK, check_key(one), f"Kiểm tra “{one.left}”", one)),
    ]


def _of_indicator(one: "IndicatorFacts") -> Iterator[Flaw]:
    where = f"Chỉ tiêu {one.code}"
    yield from _long(Kind.INDICATOR, one.code, where, one)
    said = []
    if Method.RATIO in {one.across_units, one.across_periods} and not (one.numerator and one.denominator):
        said.append("tỷ lệ của tổng cần tử số và mẫu số; tử số (để trống) không có trong mẫu.")
    if one.target_comparator and one.target_comparator not in COMPARATORS:
        said.append(f"dấu so sánh của mục tiêu không thể là “{one.target_comparator}”. Dùng {', '.join(COMPARATORS)}.")
    if one.target_value is not None and not (one.target_value.is_finite() and abs(one.target_value) < HIGHEST):
        said.append(f"mục tiêu “{one.target_value}” không phải là số ghi được.")
    for words in said:
        yield Flaw(f"{where}: {words}", Kind.INDICATOR, one.code)


def _long(kind: Kind, key: str, where: str, row: object, lengths: Mapping[str, int] = LENGTHS) -> Iterator[Flaw]:
    for name, longest in lengths.items():
        value = getattr(row, name, "")
        # The title of a table has no limit, that of a template has.
        if len(value) > longest:
            words = f"{WORDS[name]} dài {len(value)} ký tự, nhiều nhất là {longest}. Rút ngắn rồi ghi lại."
            yield Flaw(f"{where[:80]}: {words}", kind, key)


def _twice(kind: Kind, what: str, codes: Iterable[str]) -> Iterator[Flaw]:
    for code, count in Counter(codes).items():
        if count > 1:
            yield Flaw(f"Mã {what} {code} có {count} lần. Đặt mã khác nhau.", kind, code)
