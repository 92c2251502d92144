"""What cannot be, and what is odd, in a measurement, as sentences with the field that they concern."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from dondoc.common import wording
from dondoc.programmes.enums import FigureKind, RollUp
from dondoc.programmes.models import Target
from dondoc.programmes.rules.targets import is_percentage, is_ratio
from dondoc.programmes.rules.targets_periods import Span
from dondoc.programmes.rules.targets_totals import WITH_FIGURE, quotient
from dondoc.units.models import Unit

HUNDRED = Decimal(100)
MOST = Decimal(10) ** 16
NOTHING = "Ghi số, hoặc chọn một trong bốn ô: Bằng không, Không có, Không áp dụng, Chưa có số liệu."


@dataclass(frozen=True, slots=True)
class Figure:
    """What was entered: the kind, and for a figure the value or, of a ratio, its parts."""

    kind: str
    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, and where. What is only ``odd`` may stand with an explanation."""

    message: str
    field: str
    odd: bool = False


def completed(figure: Figure, target: Target) -> Figure:
    """Zero as the figure 0, a ratio with its quotient, and nothing beside one of the other three kinds."""
    if figure.kind not in WITH_FIGURE:
        return Figure(figure.kind)
    if figure.value == 0 or (figure.numerator == 0 and figure.denominator):
        figure = replace(figure, kind=FigureKind.ZERO)
    if not is_ratio(target):
        return Figure(figure.kind, Decimal(0) if figure.kind == FigureKind.ZERO else figure.value)
    if figure.kind == FigureKind.ZERO:
        figure = replace(figure, numerator=Decimal(0) if figure.denominator is not None else None, value=Decimal(0))
    if figure.numerator is None or figure.denominator is None:
        return figure
    return replace(figure, value=quotient(figure.numerator, figure.denominator, target.per))


def faults_of_figure(figure: Figure, target: Target, measure: str) -> list[Fault]:
    """Faults of the numbers alone; ``figure`` is completed."""
    if figure.kind not in FigureKind.values:
        return [Fault(NOTHING, "value")]
    if figure.kind not in WITH_FIGURE:
        return []
    ratio = is_ratio(target)
    faults = _of_parts(figure, target) if ratio else []
    if not faults and figure.value is None:
        faults.append(Fault(NOTHING, "numerator" if ratio else "value"))
    if not faults and figure.value is not None:
        faults += _of_value(figure.value, target, measure, "numerator" if figure.numerator is not None else "value")
    return faults


def _of_parts(figure: Figure, target: Target) -> list[Fault]:
    above, below = figure.numerator, figure.denominator
    if above is None and below is None:
        if figure.kind == FigureKind.ZERO and target.roll_up == RollUp.RATIO:
            return [Fault(f"Bằng không trên tổng số bao nhiêu? Ghi mẫu số: {target.denominator}.", "denominator")]
        return [Fault(NOTHING, "numerator")] if target.roll_up == RollUp.RATIO else []
    if below is None:
        return [Fault(f"Ghi mẫu số: {target.denominator}.", "denominator")]
    if above is None:
        return [Fault(f"Ghi tử số: {target.numerator}.", "numerator")]
    faults = [
        Fault(f"{wording.number(value)} là số âm. Ghi số từ 0 trở lên.", name)
        for name, value in (("numerator", above), ("denominator", below))
        if value < 0
    ]
    if below == 0:
        faults.append(
            Fault("Mẫu số bằng 0 nên không có tỷ lệ. Chọn “Không có” nếu đơn vị không có đối tượng này.", "denominator")
        )
    elif not faults and above > below and not target.may_exceed:
        faults.append(
            Fault(f"{wording.number(above)} lớn hơn mẫu số ({wording.number(below)}). Sửa một trong hai số.", "numerator")
        )
    return faults


def _of_value(value: Decimal, target: Target, measure: str, field: str) -> list[Fault]:
    if abs(value) >= MOST:
        return [Fault("Số quá lớn. Kiểm tra lại đơn vị đo.", field)]
    if is_percentage(measure) and value > HUNDRED and not target.may_exceed:
        return [Fault(f"{wording.number(value)}% lớn hơn 100%. Sửa số.", field)]
    if value < 0 and not target.may_exceed:
        return [Fault(f"{wording.number(value)} là số âm. Ghi số từ 0 trở lên.", field)]
    return []


def faults_of_place(unit: Unit, span: Span, happened_on: date, on: date, *, measures: bool) -> list[Fault]:
    """Faults of unit, period and day. ``measures``: the unit is one of those that measure this target in the period."""
    faults = []
    if unit.valid_to and unit.valid_to < span.starts_on:
        faults.append(
            Fault(f"{unit.name} đã kết thúc ngày {wording.day(unit.valid_to)}, trước kỳ này. Ghi cho đơn vị kế thừa.", "unit")
        )
    elif unit.valid_from and unit.valid_from > span.ends_on:
        faults.append(Fault(f"{unit.name} có từ ngày {wording.day(unit.valid_from)}, sau kỳ này. Ghi cho đơn vị cũ.", "unit"))
    elif not measures:
        faults.append(Fault(f"{unit.name} không thuộc các đơn vị đo chỉ tiêu này trong kỳ. Chọn đơn vị khác.", "unit"))
    if span.ends_on > on:
        faults.append(Fault(f"Kỳ này đến hết ngày {wording.day(span.ends_on)} chưa qua. Ghi kỳ đã kết thúc.", "period"))
    if happened_on > on:
        faults.append(Fault(f"Ngày {wording.day(happened_on)} chưa đến. Ghi ngày của số liệu.", "happened_on"))
    elif happened_on < span.ends_on:
        faults.append(
            Fault(
                f"Ngày {wording.day(happened_on)} trước ngày cuối kỳ ({wording.day(span.ends_on)}). Sửa một trong hai.",
                "happened_on",
            )
        )
    return faults


def fault_of_fall(figure: Figure, target: Target, before: Sequence[tuple[Span, Decimal]]) -> Fault | None:
    """A running total that falls is odd: it may stand with an explanation. ``before``: earlier periods with their figures."""
    if not target.cumulative or figure.kind not in WITH_FIGURE:
        return None
    now = figure.numerator if figure.numerator is not None else figure.value
    last = max(before, key=lambda pair: pair[0], default=None)
    if last is None or now is None or now >= last[1]:
        return None
    return Fault(
        f"Số lũy kế {wording.number(now)} nhỏ hơn kỳ trước ({last[0].name}: {wording.number(last[1])}). "
        "Sửa số, hoặc ghi lý do số giảm.",
        "explanation",
        odd=True,
    )
