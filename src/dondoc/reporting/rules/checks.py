"""What stands in the way of handing a report in, and what has to be explained first.

Every fault names its cell or section and says what to do. A warning is settled by an explanation at its cell.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from dondoc.common import wording
from dondoc.reporting.enums import Missing, Need, Nothing, Operator, Severity
from dondoc.reporting.rules.cells import Cell, Place, Sheet, asked
from dondoc.reporting.rules.expressions import Name, parse
from dondoc.reporting.rules.templates import CheckFacts, IndicatorFacts, TemplateFacts

_COMPARE: dict[str, Callable[[Decimal, Decimal], bool]] = {
    Operator.EQUAL: lambda one, other: one == other,
    Operator.AT_MOST: lambda one, other: one <= other,
    Operator.AT_LEAST: lambda one, other: one >= other,
    Operator.LESS: lambda one, other: one < other,
    Operator.MORE: lambda one, other: one > other,
}
_TARGET: dict[str, Callable[[Decimal, Decimal], bool]] = {
    ">=": lambda value, target: value >= target,
    ">": lambda value, target: value > target,
    "<=": lambda value, target: value <= target,
    "<": lambda value, target: value < target,
    "=": lambda value, target: value == target,
}


@dataclass(frozen=True, slots=True)
class Fault:
    """``place`` or ``section`` says where; ``words`` what is wrong and what to do. ``explained``: a warning that was answered."""

    severity: str
    words: str
    place: Place | None = None
    section: str = ""
    explained: bool = False

    @property
    def blocks(self) -> bool:
        return self.severity == Severity.BLOCK


def faults_of(
    facts: TemplateFacts,
    cells: Mapping[Place, Cell],
    passages: Mapping[str, str],
    earlier: Mapping[str, Decimal] | None = None,
) -> list[Fault]:
    """All of a report: cells as they stand on the page, then sections. ``passages``: section code → text."""
    sheet = Sheet(facts, cells, earlier)
    found = [
        *(fault for _, indicator, place in asked(facts) if (fault := _of_cell(indicator, place, cells.get(place, Cell())))),
        *(fault for check in facts.checks for fault in _of_check(check, facts, sheet)),
    ]
    order = {place: number for number, (_, _, place) in enumerate(asked(facts))}
    found.sort(key=lambda fault: order.get(fault.place, len(order)) if fault.place else len(order))
    return [*found, *_of_sections(facts, sheet, passages)]


def misses_target(indicator: IndicatorFacts, sheet: Sheet, column: str) -> bool:
    """Whether the indicator has a target and its number does not reach it; without a number nothing is said."""
    value = sheet.number(Place(indicator.code, column))
    return indicator.target_value is not None and value is not None and not reaches(indicator, value)


def reaches(indicator: IndicatorFacts, value: Decimal) -> bool:
    """Whether the number is as the indicator's target wants it; without a target there is nothing to miss."""
    target = indicator.target_value
    return target is None or _TARGET.get(indicator.target_comparator, _TARGET[">="])(value, target)


def _of_cell(indicator: IndicatorFacts, place: Place, cell: Cell) -> Fault | None:
    if not cell.is_filled:
        return Fault(Severity.BLOCK, "Chưa ghi. Ghi số, hoặc chọn một trong bốn cách ghi khác.", place)
    if cell.number is None:
        return None
    if cell.number < 0:
        return Fault(Severity.BLOCK, f"{wording.number(cell.number)} nhỏ hơn 0. Ghi số từ 0 trở lên.", place)
    if cell.number != round(cell.number, indicator.decimals):
        precise = "là số nguyên" if not indicator.decimals else f"có nhiều nhất {indicator.decimals} chữ số sau dấu phẩy"
        return Fault(Severity.BLOCK, f"{wording.number(cell.number)} không đúng kiểu. Chỉ tiêu này {precise}.", place)
    if indicator.measure == "%" and cell.number > 100:
        words = f"{wording.percent(cell.number)} lớn hơn 100%. Nếu số đúng, ghi lý do."
        return Fault(Severity.WARN, words, place, explained=bool(cell.explanation))
    return None


def _of_check(check: CheckFacts, facts: TemplateFacts, sheet: Sheet) -> Iterator[Fault]:
    left, right = parse(check.left), parse(check.right)
    names = (*left.names, *right.names)
    if not names:
        return
    for table in facts.tables:
        codes = {one.code for one in table.indicators}
        if names[0].code not in codes:
            continue
        for column in table.columns:
            if fault := _in_column(check, names, column.key, sheet):
                yield fault


def _in_column(check: CheckFacts, names: tuple[Name, ...], column: str, sheet: Sheet) -> Fault | None:
    left, right = parse(check.left), parse(check.right)
    numbers = {name: sheet.look(name, column) for name in names}
    place = Place(names[0].code, column)
    cell = sheet.cell(place)
    if check.operator in {Operator.BOTH_OR_NEITHER, Operator.ONE_ONLY}:
        one, other = (any(numbers[name] is not None for name in side.names) for side in (left, right))
        holds = one == other if check.operator == Operator.BOTH_OR_NEITHER else one != other
        return None if holds else Fault(check.severity, check.instruction, place, explained=bool(cell.explanation))
    if _is_skipped(check, names, numbers, sheet, column):
        return None
    counted = {name: number or Decimal(0) for name, number in numbers.items()}
    one_value, other_value = left.value(counted.get), right.value(counted.get)
    if one_value is None or other_value is None or _COMPARE[Operator(check.operator)](one_value, other_value):
        return None
    words = (
        f"{wording.number(one_value)} {_BROKEN[Operator(check.operator)]} {_named(check.right, other_value)}. {check.instruction}"
    )
    return Fault(check.severity, words, place, explained=bool(cell.explanation))


_BROKEN = {
    Operator.EQUAL: "khác",
    Operator.AT_MOST: "lớn hơn",
    Operator.AT_LEAST: "nhỏ hơn",
    Operator.LESS: "không nhỏ hơn",
    Operator.MORE: "không lớn hơn",
}


def _named(text: str, value: Decimal) -> str:
    """*số ở dòng C.01 (5)*, *C.01 + C.02 (12)*, or the number alone."""
    names = parse(text).names
    if not names:
        return wording.number(value)
    if len(names) == 1 and names[0].code == text.strip():
        return f"số ở dòng {text.strip()} ({wording.number(value)})"
    return f"{text.replace('truoc', 'kỳ trước ')} ({wording.number(value)})"


def _is_skipped(
    check: CheckFacts, names: tuple[Name, ...], numbers: Mapping[Name, Decimal | None], sheet: Sheet, column: str
) -> bool:
    """Whether values are missing that the check cannot do without. A figure that is still owed is never taken for zero."""
    missing = [name for name in names if numbers[name] is None]
    owed = any(not name.before and sheet.cell(Place(name.code, column)).nothing in {"", Nothing.NO_DATA} for name in missing)
    if owed or (missing and check.missing == Missing.SKIP_ANY):
        return True
    return check.missing == Missing.SKIP_ALL and len(missing) == len(names)


def _of_sections(facts: TemplateFacts, sheet: Sheet, passages: Mapping[str, str]) -> Iterator[Fault]:
    indicators = {one.code: (one, table) for table in facts.tables for one in table.indicators}
    for section in facts.sections:
        if not section.asks or passages.get(section.code, "").strip():
            continue
        if section.need == Need.ALWAYS:
            yield Fault(Severity.BLOCK, "Mục này bắt buộc và chưa có nội dung.", section=section.code)
        elif section.need == Need.TARGET_MISSED and section.indicator_code in indicators:
            indicator, table = indicators[section.indicator_code]
            if table.columns and misses_target(indicator, sheet, table.columns[-1].key):
                words = f"Chỉ tiêu {indicator.code} chưa đạt mục tiêu. Nêu nguyên nhân ở mục này."
                yield Fault(Severity.BLOCK, words, section=section.code)
