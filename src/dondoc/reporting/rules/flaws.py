"""What of a template does not hold together: formulas and checks that name what is not there, circles, ratios without parts."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from dondoc.reporting.enums import Method, Need
from dondoc.reporting.rules.expressions import ExpressionError, parse
from dondoc.reporting.rules.keeping import Flaw, Kind, check_key, unkeepable

if TYPE_CHECKING:
    from dondoc.reporting.rules.templates import CheckFacts, IndicatorFacts, TableFacts, TemplateFacts


def flaws_of(facts: "TemplateFacts") -> list[Flaw]:
    """All of them, in the order of the template. A version with flaws is not put to use."""
    indicators = [one for table in facts.tables for one in table.indicators]
    codes = {one.code for one in indicators}
    found = unkeepable(facts)
    if not facts.sections and not indicators:
        return [*found, Flaw("Mẫu chưa có mục nào và chưa có chỉ tiêu nào.")]
    return [
        *found,
        *(flaw for table in facts.tables for flaw in _of_table(table)),
        *(flaw for one in indicators for flaw in _of_indicator(one, codes)),
        *_circles(indicators),
        *(flaw for one in facts.checks for flaw in _of_check(one, codes)),
        *(
            Flaw(f"Mục {one.code}: chỉ tiêu {one.indicator_code} không có trong mẫu.", Kind.SECTION, one.code)
            for one in facts.sections
            if one.need == Need.TARGET_MISSED and one.indicator_code not in codes
        ),
    ]


def _of_table(table: "TableFacts") -> Iterator[Flaw]:
    if not table.columns:
        yield Flaw(f"Biểu {table.code} chưa có cột nào.", Kind.TABLE, table.code)
    for key, count in Counter(one.key for one in table.columns).items():
        if count > 1:
            yield Flaw(f"Mã cột của biểu {table.code} {key} có {count} lần. Đặt mã khác nhau.", Kind.TABLE, table.code)


def _of_indicator(one: "IndicatorFacts", codes: set[str]) -> Iterator[Flaw]:
    said = list(_unknown(one.formula, codes)) if one.formula else []
    if one.code in _names(one.formula):
        said.append("công thức tính từ chính nó.")
    if Method.RATIO in {one.across_units, one.across_periods}:
        parts = (("tử số", one.numerator), ("mẫu số", one.denominator))
        said += [f"{part} {code} không có trong mẫu." for part, code in parts if code and code not in codes]
    if one.breaks_down and one.breaks_down not in codes:
        said.append(f"chỉ tiêu gốc {one.breaks_down} không có trong mẫu.")
    for words in said:
        yield Flaw(f"Chỉ tiêu {one.code}: {words}", Kind.INDICATOR, one.code)


def _circles(indicators: "list[IndicatorFacts]") -> Iterator[Flaw]:
    """Formulas that come back to themselves over others."""
    uses = {one.code: _names(one.formula) - {one.code} for one in indicators if one.formula}
    for code in uses:
        if code in _reached(uses, code):
            yield Flaw(f"Chỉ tiêu {code}: công thức quay vòng qua chỉ tiêu khác về chính nó.", Kind.INDICATOR, code)


def _reached(uses: Mapping[str, set[str]], start: str) -> set[str]:
    seen: set[str] = set()
    ahead = list(uses[start])
    while ahead:
        code = ahead.pop()
        if code not in seen:
            seen.add(code)
            ahead += uses.get(code, ())
    return seen


def _of_check(one: "CheckFacts", codes: set[str]) -> Iterator[Flaw]:
    said = [words for side in (one.left, one.right) for words in _unknown(side, codes)]
    if not one.instruction:
        said.append("ghi câu hướng dẫn người nhập phải làm gì.")
    for words in said:
        yield Flaw(f"Kiểm tra “{check_key(one)}”: {words}", Kind.CHECK, check_key(one))


def _unknown(text: str, codes: set[str]) -> Iterator[str]:
    try:
        names = parse(text).names
    except ExpressionError as error:
        yield str(error)
        return
    for name in names:
        if name.code not in codes:
            yield f"mã {name.code} không có trong mẫu."


def _names(text: str) -> set[str]:
    try:
        return {name.code for name in parse(text).names if not name.before}
    except ExpressionError:
        return set()
