"""Targets that cannot be measured as they stand (domain VR-13, VR-15)."""

import re
from collections.abc import Iterator

from vanban.check.rule import Case, Found, shorten
from vanban.reading import Comparator, Target

_CHANGES = frozenset({Comparator.INCREASE, Comparator.DECREASE})
_OVER = re.compile(r"tăng|gấp|vượt|so với|dự toán|kế hoạch|công suất|bằng\s+\d", re.IGNORECASE)


def number(value: float) -> str:
    """``value`` as Vietnamese write it: 1,5; 20; 60.000."""
    whole, _, part = f"{value:,.4f}".partition(".")
    part = part.rstrip("0")
    return whole.replace(",", ".") + (f",{part}" if part else "")


def _amount(target: Target) -> str:
    value = number(target.value) if target.value is not None else ""
    return f"{value}{'' if target.unit == '%' else ' '}{target.unit or ''}".strip()


def target_without_base(case: Case) -> Iterator[Found]:
    """An increase or decrease that does not say against what."""
    for target in case.reading.targets:
        whole = target.comparator == Comparator.DECREASE and target.value == 100 and target.unit == "%"
        if target.comparator in _CHANGES and target.value is not None and not target.baseline and not whole:
            change = "tăng" if target.comparator == Comparator.INCREASE else "giảm"
            yield Found(
                f"Chỉ tiêu {change} {_amount(target)} nhưng không nêu mốc so sánh: “{shorten(target.text)}”. Cần ghi rõ so với năm hoặc số liệu nào.",
                target.span,
            )


def target_without_unit(case: Case) -> Iterator[Found]:
    """A figure without a unit."""
    for target in case.reading.targets:
        if target.value is not None and not target.unit:
            yield Found(
                f"Chỉ tiêu {number(target.value)} không có đơn vị tính: “{shorten(target.text)}”. Cần bổ sung đơn vị.",
                target.span,
            )


def target_without_figure(case: Case) -> Iterator[Found]:
    """A goal that is to be reached and names no figure."""
    for target in case.reading.targets:
        if target.value is None:
            yield Found(
                f"Mục tiêu không có số liệu để đánh giá: “{shorten(target.text)}”. Nên lượng hóa hoặc nêu tiêu chí hoàn thành.",
                target.span,
            )


def percentage_over_100(case: Case) -> Iterator[Found]:
    """A share of more than the whole."""
    for target in case.reading.targets:
        value = max(target.value or 0, target.value_high or 0)
        share = (target.unit or "").startswith("%") and target.comparator not in _CHANGES
        if share and value > 100 and not _OVER.search(target.text):
            yield Found(f"Tỷ lệ {number(value)}% lớn hơn 100%: “{shorten(target.text)}”. Cần kiểm tra lại số liệu.", target.span)
