"""Targets and their measurements in the words and colours of the house."""

from decimal import Decimal

from dondoc.common import wording
from dondoc.programmes.enums import Course, Direction, FigureKind, Verdict
from dondoc.programmes.models import Measurement
from dondoc.programmes.queries.targets import unit_words
from dondoc.programmes.queries.targets_course import Followed, decimals
from dondoc.programmes.queries.targets_series import Point
from dondoc.programmes.rules.targets_course import Position
from dondoc.programmes.rules.targets_totals import WITH_FIGURE
from dondoc.programmes.wording import Badge

_COURSES = {
    Course.REACHED: ("done", "circle-check"),
    Course.ON_COURSE: ("run", "progress"),
    Course.SLOW: ("soon", "clock-exclamation"),
    Course.OFF_COURSE: ("over", "alert-triangle"),
    Course.UNKNOWN: ("none", "circle-dashed"),
}
_FIGURES = {
    Verdict.ACCEPTED: Badge("done", "circle-check", "Đã duyệt"),
    Verdict.RETURNED: Badge("soon", "arrow-back-up", "Trả lại"),
    "waiting": Badge("run", "eye", "Chờ duyệt"),
    "": Badge("over", "alert-triangle", "Chưa ghi"),
}
MARKS = {FigureKind.ZERO: "0", FigureKind.NONE: "-", FigureKind.NOT_APPLICABLE: "x", FigureKind.NOT_REPORTED: "…"}


def course_badge(position: Position) -> Badge:
    key, icon = _COURSES[position.course]
    return Badge(key, icon, str(position.course.label))


def figure_badge(state: str) -> Badge:
    """*accepted*, *returned*, *waiting*, or "" where nothing was said."""
    return _FIGURES[state]


def figure_words(measurement: Measurement, measure: str = "") -> str:
    """The figure, or which of the kinds of nothing it is, with the mark of the form."""
    if measurement.kind not in WITH_FIGURE or measurement.value is None:
        kind = FigureKind(measurement.kind)
        return f"{MARKS[kind]} ({kind.label.lower()})"
    return f"{wording.number(shown(measurement.value))}{unit_words(measure)}"


def parts_words(numerator: Decimal | None, denominator: Decimal | None) -> str:
    """*11.983 : 47.179*."""
    if numerator is None or denominator is None:
        return ""
    return f"{wording.number(numerator)} : {wording.number(denominator)}"


def shown(value: Decimal) -> Decimal:
    """A single figure: a computed ratio to one decimal from ten on, else two; one that was entered has no more of its own."""
    return to_places(value, min(decimals(value), 1 if abs(value) >= 10 else 2)) or Decimal(0)


def to_places(value: Decimal | None, places: int) -> Decimal | None:
    return None if value is None else value.quantize(Decimal(1).scaleb(-places))


def gap_words(one: Followed) -> str:
    """*Chậm 0,6 điểm % so với kế hoạch*: how far the position is behind its plan, or ahead of it."""
    gap, at = one.position.gap, one.position.at
    if gap is None or at is None or one.position.planned is None:
        return ""
    size = one.computed(abs(gap))
    if not size.strip("0,"):
        return "bằng mức kế hoạch"
    measure = one.asked.measure
    unit = " điểm %" if measure.startswith("%") else unit_words(measure)
    if one.asked.direction == Direction.WITHIN:
        return f"ra ngoài khoảng {size}{unit}"
    return f"{'kém' if gap > 0 else 'hơn'} kế hoạch {size}{unit}"


def coverage_words(point: Point) -> str:
    """*42/45 đơn vị đã duyệt*; empty where one unit measures."""
    if len(point.expected) < 2:
        return ""
    return f"{point.accepted.answered}/{len(point.expected)} đơn vị đã duyệt"


def nothing_words(point: Point) -> str:
    """How many said which kind of nothing: *2 không có, 1 không áp dụng*."""
    kinds = (FigureKind.ZERO, FigureKind.NONE, FigureKind.NOT_APPLICABLE, FigureKind.NOT_REPORTED)
    told = [(point.received.kinds.get(kind, 0), kind.label.lower()) for kind in kinds]
    return ", ".join(f"{count} {words}" for count, words in told if count)
