"""What the picture of a target shows, from what is known of it."""

from datetime import date
from itertools import pairwise
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from dondoc.programmes.charts.trajectory import NARROW, Course, Mark, Step, draw
from dondoc.programmes.models import TargetVersion
from dondoc.programmes.queries.targets import Horizon, value_of
from dondoc.programmes.queries.targets_course import Followed
from dondoc.programmes.queries.targets_series import Point
from dondoc.programmes.rules.targets import Goal, baseline_of, goal_of, is_percentage
from dondoc.programmes.views.targets import description

CHANGED = "đổi đơn vị hành chính"


def pictures(request: HttpRequest, one: Followed, on: date) -> dict[str, Any]:
    """The wide and the narrow picture towards the goal of ``?den=`` (the next one), and the goals to choose from."""
    goals = [horizon for horizon in one.asked.horizons if horizon.goal]
    horizon = next((one for one in goals if one.by == request.GET.get("den")), one.asked.next(on))
    if horizon is None or horizon.goal is None or one.asked.direction is None:
        return {"goals": goals, "chosen": None}
    course = _course(one, horizon, on)
    return {"wide": draw(course), "narrow": draw(course, NARROW), "goals": goals, "chosen": horizon, "words": course.words}


def _course(one: Followed, horizon: Horizon, on: date) -> Course:
    direction, goal = one.asked.direction, horizon.goal
    assert direction is not None and goal is not None  # noqa: S101, PT018 - asked for by the caller
    ahead = one.forecast_on(goal.by_day)
    band = ("", "")
    if ahead:
        spread = f"({one.computed(ahead.low)} - {one.computed(ahead.high)})" if ahead.low is not None else ""
        band = (f"{one.computed(ahead.value)} dự báo", spread)
    return Course(
        title=f"{one.asked.target.indicator}: đường đi đến năm {goal.by_day.year}",
        words=description(one, on),
        marks=_marks(one),
        path=one.path,
        goals=[other for other in one.asked.goals if other.by_day <= goal.by_day],
        steps=_steps(one, horizon, goal, on),
        direction=direction,
        to=goal.by_day,
        today=on,
        planned=one.computed(one.position.planned),
        goal_words=horizon.words,
        ahead=ahead,
        ahead_words=band,
        breaks=_breaks(one.points),
        whole=100.0 if is_percentage(one.asked.measure) else None,
    )


def _marks(one: Followed) -> list[Mark]:
    target = one.asked.target
    base = baseline_of(target)
    address = reverse("programmes:target", args=[target.programme_id, target.pk])
    marks = []
    if base and all(point.span.ends_on != base.day for point in one.points):
        marks.append(Mark(base.day, base.value, one.number(base.value), f"Gốc: {one.words(base.value)}", baseline=True))
    for point in one.points:
        if point.value is None:
            continue
        name = f"{point.span.name}: {one.words(point.value)}"
        link = f"{address}?ky={point.span.ends_on}#ky"
        marks.append(Mark(point.span.ends_on, point.value, one.number(point.value), name, link, partial=not point.tells))
    return sorted(marks, key=lambda mark: mark.day)


def _steps(one: Followed, horizon: Horizon, goal: Goal, on: date) -> list[Step]:
    """The value asked for as it was in force between days, for the versions of the row that states this goal."""
    if horizon.milestone is not None or one.asked.direction is None:
        return []
    versions = sorted(
        (version for version in horizon.target.versions.all() if version.effective_from <= on),
        key=lambda version: (version.effective_from, version.pk),
    )
    steps = []
    for place, version in enumerate(versions):
        until = versions[place + 1].effective_from if place + 1 < len(versions) else goal.by_day
        asked = _goal_then(one, version, goal)
        since = version.effective_from if place else date.min
        steps.append(Step(since, until, asked.aim(one.asked.direction), value_of(version), holds=version == horizon.version))
    return steps


def _goal_then(one: Followed, version: TargetVersion, now: Goal) -> Goal:
    """What a version asked for; where that cannot be computed, what is asked for now."""
    return goal_of(one.asked.target, version) or now


def _breaks(points: list[Point]) -> list[tuple[date, str]]:
    """Days from which on other units measured: a figure before is not one of the same units after."""
    found = []
    for before, after in pairwise(points):
        gone = [unit for unit in before.expected if unit.valid_to and before.span.ends_on <= unit.valid_to < after.span.ends_on]
        if gone:
            found.append((max(unit.valid_to for unit in gone if unit.valid_to), CHANGED))
    return found
