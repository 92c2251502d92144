"""Figures in the text of a consolidated report, as fields that are computed when the text is shown: ``{{2A:C.03:2025}}``.

A field names a table, an indicator and a column; ``*`` stands for all columns together, and ``:muc-tieu`` behind it for the word
that says how the figure stands against its target. What nobody gave is never blank and never guessed: it says who owes it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from dondoc.common import wording
from dondoc.reporting.rules.checks import reaches
from dondoc.reporting.rules.templates import IndicatorFacts

OVER = "*"
NAMED = 3
"""So many units that owe a figure are named, of the rest their number."""

_PART = r"\s*([^{}:\s]+)\s*"
_FIELD = re.compile(r"\{\{" + _PART + ":" + _PART + ":" + _PART + r"(:\s*muc-tieu\s*)?\}\}")


@dataclass(frozen=True, slots=True)
class Field:
    """Which figure. ``against_target``: not the figure but how it stands against its target."""

    table: str
    code: str
    column: str
    against_target: bool = False

    def __str__(self) -> str:
        return f"{{{{{self.key}{':muc-tieu' if self.against_target else ''}}}}}"

    @property
    def key(self) -> str:
        """As an address has it: ``2A:C.03:2025``."""
        return f"{self.table}:{self.code}:{self.column}"


def pieces(text: str) -> Iterator[str | Field]:
    """The text and the fields in it, in order; what only looks like a field stays text."""
    end = 0
    for found in _FIELD.finditer(text):
        if found.start() > end:
            yield text[end : found.start()]
        yield Field(found[1], found[2], found[3], bool(found[4]))
        end = found.end()
    if end < len(text):
        yield text[end:]


def fields_in(text: str) -> list[Field]:
    return [piece for piece in pieces(text) if isinstance(piece, Field)]


def field_of(key: str) -> Field | None:
    """The field that an address names."""
    found = fields_in(f"{{{{{key}}}}}")
    return found[0] if len(found) == 1 and found[0].key == key else None


def is_percent(indicator: IndicatorFacts) -> bool:
    return indicator.measure.strip() == "%"


def number_words(number: Decimal, indicator: IndicatorFacts) -> str:
    """``91,2%``, ``1.248``: with the indicator's decimals, the sign of a percentage beside it."""
    say = wording.percent if is_percent(indicator) else wording.number
    return say(number, indicator.decimals)


def missing_words(units: Sequence[str]) -> str:
    """``[CHƯA CÓ SỐ LIỆU – xã Công Sơn]``; of many the first three and how many more."""
    if not units:
        return "[CHƯA CÓ SỐ LIỆU]"
    rest = len(units) - NAMED
    more = f" và {wording.number(rest)} đơn vị khác" if rest > 0 else ""
    return f"[CHƯA CÓ SỐ LIỆU – {', '.join(units[:NAMED])}{more}]"


def target_words(indicator: IndicatorFacts) -> str:
    """``từ 70% trở lên``; empty where there is no target."""
    if indicator.target_value is None:
        return ""
    value = indicator.target_value
    words = wording.percent(value) if is_percent(indicator) else f"{wording.number(value)} {indicator.measure}".strip()
    return _TARGETS.get(indicator.target_comparator, _TARGETS[">="]).format(words)


_TARGETS = {
    ">=": "từ {} trở lên",
    ">": "trên {}",
    "<=": "không quá {}",
    "<": "dưới {}",
    "=": "bằng {}",
}


def verdict(indicator: IndicatorFacts, number: Decimal | None) -> str:
    """``đạt``, ``vượt``, ``chưa đạt``; empty without a target or a number. What has to stay below something is never exceeded."""
    if indicator.target_value is None or number is None:
        return ""
    if not reaches(indicator, number):
        return "chưa đạt"
    upward = indicator.target_comparator in {"", ">=", ">"}
    return "vượt" if upward and number > indicator.target_value else "đạt"


def verdict_words(indicator: IndicatorFacts, number: Decimal | None) -> str:
    """``vượt mục tiêu từ 70% trở lên``."""
    word = verdict(indicator, number)
    return f"{word} mục tiêu {target_words(indicator)}" if word else ""
