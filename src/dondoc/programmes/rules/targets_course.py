"""Where an indicator stands against its plan, and where it will be if it goes on as it does.

**Forecast.** From three accepted positions on: their slope by least squares; from two: the slope between them. The line
goes on from the last position. Its band is twice the standard error of the slope; two positions give none.

**Verdict.** *Đạt*: the last goal is reached. Else the gap to the planned value of the position's day, as a share of the whole
way from start to last goal: *đúng tiến độ* up to :attr:`Thresholds.on_course`, *chậm* up to :attr:`Thresholds.slow`, above
it *lệch hướng*; so is what stands worse than where it began, and what missed its last day.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import sqrt

from dondoc.programmes.enums import Course, Direction
from dondoc.programmes.rules.targets import Goal, Spot, planned_on

PLACES = Decimal("0.0001")
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Shares of the whole way from start to goal; ``coverage``: the least share of units whose word makes a ratio tell."""

    on_course: Decimal = Decimal("0.05")
    slow: Decimal = Decimal("0.25")
    coverage: Decimal = Decimal("0.5")


THRESHOLDS = Thresholds()


@dataclass(frozen=True, slots=True)
class Forecast:
    """The value on a day, with the band it may lie in (None where two positions are all there is)."""

    day: date
    value: Decimal
    low: Decimal | None
    high: Decimal | None
    positions: int

    @property
    def method(self) -> str:
        if self.positions > 2:
            return f"bình phương tối thiểu qua {self.positions} số đã duyệt; khoảng ± 2 lần sai số chuẩn của độ dốc"
        return "độ dốc giữa 2 số đã duyệt; chưa đủ số để tính khoảng"


@dataclass(frozen=True, slots=True)
class Position:
    """The verdict with its figures. ``gap`` is positive where the indicator is behind its plan."""

    course: Course
    at: Spot | None = None
    planned: Decimal | None = None
    gap: Decimal | None = None


def forecast(spots: Sequence[Spot], day: date, *, bounds: tuple[Decimal, Decimal] | None = None) -> Forecast | None:
    """The value of ``day`` if it goes on as it does; None with less than two days measured, or for a day past.

    ``bounds`` keep a share of the whole between 0 and 100.
    """
    days = sorted({spot.day: spot for spot in spots}.values(), key=lambda spot: spot.day)
    if len(days) < 2 or day <= days[-1].day:
        return None
    slope, error = _slope(days)
    ahead = (day - days[-1].day).days
    last = float(days[-1].value)
    value = last + slope * ahead
    if error is None:
        return Forecast(day, _kept(value, bounds), None, None, len(days))
    spread = 2 * error * ahead
    return Forecast(day, _kept(value, bounds), _kept(value - spread, bounds), _kept(value + spread, bounds), len(days))


def _slope(spots: Sequence[Spot]) -> tuple[float, float | None]:
    """Change a day by least squares, and its standard error (None for two spots)."""
    count = len(spots)
    times = [float((spot.day - spots[0].day).days) for spot in spots]
    values = [float(spot.value) for spot in spots]
    middle, mean = sum(times) / count, sum(values) / count
    width = sum((time - middle) ** 2 for time in times)
    slope = sum((time - middle) * (value - mean) for time, value in zip(times, values, strict=True)) / width
    if count < 3:
        return slope, None
    rest = sum((value - mean - slope * (time - middle)) ** 2 for time, value in zip(times, values, strict=True))
    return slope, sqrt(rest / (count - 2) / width)


def _kept(value: float, bounds: tuple[Decimal, Decimal] | None) -> Decimal:
    exact = Decimal(str(value)).quantize(PLACES)
    return min(max(exact, bounds[0]), bounds[1]) if bounds else exact


def position_of(
    at: Spot | None,
    path: Sequence[Spot],
    goals: Sequence[Goal],
    direction: Direction | None,
    on: date,
    thresholds: Thresholds = THRESHOLDS,
) -> Position:
    """The verdict on a day. ``at``: the last accepted position that tells; ``path``: the planned course (``path_of``)."""
    if at is None or direction is None or not goals:
        return Position(Course.UNKNOWN, at)
    planned = planned_on(path, at.day)
    gap = None if planned is None else _gap(at, planned, goals, direction)
    last = max(goals, key=lambda goal: goal.by_day)
    if _reached(at, last, direction, on):
        return Position(Course.REACHED, at, planned, gap)
    if on > last.by_day:
        return Position(Course.OFF_COURSE, at, planned, gap)
    start = path[0]
    if gap is None or planned is None or (start.day >= at.day and direction != Direction.WITHIN):
        return Position(Course.UNKNOWN, at, planned, gap)
    return Position(_course(at, start, path[-1], gap, direction, thresholds), at, planned, gap)


def _reached(at: Spot, goal: Goal, direction: Direction, on: date) -> bool:
    """What has to stay within a range is reached only when its last day has come."""
    inside = goal.reached_by(at.value, direction)
    return inside and (direction != Direction.WITHIN or on >= goal.by_day)


def _gap(at: Spot, planned: Decimal, goals: Sequence[Goal], direction: Direction) -> Decimal:
    if direction == Direction.UP:
        return planned - at.value
    if direction == Direction.DOWN:
        return at.value - planned
    coming = min(goals, key=lambda goal: (goal.by_day < at.day, goal.by_day))
    high = coming.low if coming.high is None else coming.high
    return max(coming.low - at.value, at.value - high, ZERO)


def _course(at: Spot, start: Spot, end: Spot, gap: Decimal, direction: Direction, thresholds: Thresholds) -> Course:
    if gap <= 0:
        return Course.ON_COURSE
    whole = abs(end.value - start.value) or max(abs(end.value), Decimal(1))
    share = gap / whole
    if share <= thresholds.on_course:
        return Course.ON_COURSE
    worse = at.value < start.value if direction == Direction.UP else at.value > start.value
    if share > thresholds.slow or (worse and direction != Direction.WITHIN):
        return Course.OFF_COURSE
    return Course.SLOW
