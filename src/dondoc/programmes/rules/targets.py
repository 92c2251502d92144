"""What a target asks for: its direction, its goals in absolute figures, and the planned path between them."""

import calendar
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from dondoc.programmes.enums import ChangeKind, Direction
from dondoc.programmes.models import Milestone, Target, TargetVersion

_UPWARD = frozenset({">=", ">", "=", "range", "increase"})
_DOWNWARD = frozenset({"<=", "<", "decrease"})
_HORIZON = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


@dataclass(frozen=True, slots=True)
class Goal:
    """A value that is to be reached by the end of a day. ``high`` closes a range."""

    by_day: date
    comparator: str
    low: Decimal
    high: Decimal | None = None

    def aim(self, direction: Direction) -> Decimal:
        """The end of the range that a path leads to."""
        return self.high if direction == Direction.DOWN and self.high is not None else self.low

    def reached_by(self, value: Decimal, direction: Direction) -> bool:
        """*Đạt 95%* of an indicator that is better when higher is reached by 96 too (domain rule 5.1)."""
        if direction == Direction.WITHIN:
            return self.low <= value <= (self.low if self.high is None else self.high)
        edge = self.aim(direction)
        if value == edge:
            return self.comparator not in {"<", ">"}
        return value > edge if direction == Direction.UP else value < edge


@dataclass(frozen=True, slots=True)
class Spot:
    """A value on a day."""

    day: date
    value: Decimal


def direction_of(target: Target, version: TargetVersion | None) -> Direction | None:
    """The one that the giver set; else what the document's words say; None where they say nothing."""
    if target.direction:
        return Direction(target.direction)
    if version is None or version.value is None:
        return None
    if version.comparator in _DOWNWARD or (version.comparator == "=" and version.value == 0):
        return Direction.DOWN
    return Direction.UP if version.comparator in _UPWARD else None


def measure_of(target: Target, version: TargetVersion | None) -> str:
    return target.measure or (version.measure if version else "")


def is_percentage(measure: str) -> bool:
    return measure.startswith("%")


def is_ratio(target: Target) -> bool:
    return bool(target.numerator)


def day_of_horizon(horizon: str) -> date | None:
    """The last day of "2030", "2026-06" or "2030-12-31"; None where the document names no time."""
    found = _HORIZON.fullmatch(horizon.strip())
    if not found:
        return None
    year, month = int(found[1]), int(found[2] or 12)
    if not 1 <= month <= 12:
        return None
    last = calendar.monthrange(year, month)[1]
    return date(year, month, min(int(found[3] or last), last) or last)


def baseline_of(target: Target) -> Spot | None:
    if target.baseline_value is None or target.baseline_on is None:
        return None
    return Spot(target.baseline_on, target.baseline_value)


def goal_of(target: Target, version: TargetVersion) -> Goal | None:
    """The version's own value by its horizon; an increase or decrease as a figure, where baseline and meaning are known."""
    by_day = day_of_horizon(version.horizon)
    if by_day is None or version.value is None:
        return None
    return _absolute(target, Goal(by_day, version.comparator, version.value, version.value_high), version.measure)


def milestone_goal(target: Target, milestone: Milestone, measure: str) -> Goal | None:
    goal = Goal(milestone.by_day, milestone.comparator, milestone.value, milestone.value_high)
    return _absolute(target, goal, measure)


def _absolute(target: Target, goal: Goal, measure: str) -> Goal | None:
    if goal.comparator not in {"increase", "decrease"}:
        return goal
    base, kind = target.baseline_value, change_kind_of(target, measure)
    if base is None or kind is None:
        return None
    sign = 1 if goal.comparator == "increase" else -1

    def moved(by: Decimal) -> Decimal:
        return base + sign * (by if kind == ChangeKind.AMOUNT else base * by / 100)

    ends = sorted([moved(goal.low)] + ([] if goal.high is None else [moved(goal.high)]))
    return Goal(goal.by_day, ">=" if sign > 0 else "<=", ends[0], ends[1] if len(ends) > 1 else None)


def change_kind_of(target: Target, measure: str) -> ChangeKind | None:
    """*Tăng 1,5 cm* is an amount; of *tăng 10%* a person has to say which of the two is meant."""
    if target.change_kind:
        return ChangeKind(target.change_kind)
    return None if is_percentage(measure) else ChangeKind.AMOUNT


def missing_of(target: Target, version: TargetVersion | None, direction: Direction | None) -> list[str]:
    """What a person has to add before the target can be followed against its plan, as sentences."""
    if version is None or version.value is None:
        return ["Văn bản không nêu số phải đạt."]
    sentences = []
    if day_of_horizon(version.horizon) is None:
        sentences.append("Văn bản không nêu năm phải đạt.")
    if direction is None:
        sentences.append("Chưa rõ càng cao hay càng thấp càng tốt.")
    if version.comparator in {"increase", "decrease"}:
        if change_kind_of(target, version.measure) is None:
            word = "tăng" if version.comparator == "increase" else "giảm"
            sentences.append(f"Chưa rõ “{word} %” là điểm % hay % của giá trị gốc.")
        if target.baseline_value is None:
            sentences.append("Chưa có giá trị gốc để tính mức phải đạt.")
    return sentences


def path_of(start: Spot | None, goals: Iterable[Goal], direction: Direction) -> list[Spot]:
    """The planned course: from where it starts over each goal, straight between them."""
    spots = [Spot(goal.by_day, goal.aim(direction)) for goal in sorted(goals, key=lambda goal: goal.by_day)]
    if start is None:
        return spots
    return [start, *(spot for spot in spots if spot.day > start.day)]


def planned_on(path: Sequence[Spot], day: date) -> Decimal | None:
    """The planned value of a day; None before the path begins, the last value after its end."""
    if not path or day < path[0].day:
        return None
    for before, after in pairwise(path):
        if day <= after.day:
            share = Decimal((day - before.day).days) / Decimal((after.day - before.day).days)
            return before.value + (after.value - before.value) * share
    return path[-1].value


def in_force(versions: Iterable[TargetVersion], on: date) -> TargetVersion | None:
    """The version that holds on a day."""
    held = [version for version in versions if version.effective_from <= on]
    return max(held, key=lambda version: (version.effective_from, version.pk), default=None)
