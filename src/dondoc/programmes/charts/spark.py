"""The small line to a target, for the page of all targets."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.utils.safestring import SafeString

from dondoc.programmes.charts.svg import Days, Scale, dot, line, picture, polyline
from dondoc.programmes.rules.targets import Goal, Spot

WIDTH, HEIGHT, EDGE = 240.0, 64.0, 7.0


def draw(
    name: str,
    words: tuple[str, str],
    spots: Sequence[Spot],
    path: Sequence[Spot],
    goal: Goal | None,
    aim: Decimal | None,
    today: date,
) -> SafeString:
    """Solid what was measured, dashed the plan, a ring the goal, a line today. ``name``: the picture's id on the page."""
    held = [*spots, *(spot for spot in path if goal is None or spot.day <= goal.by_day)]
    if not held:
        return picture(WIDTH, HEIGHT, "spark", name, words, [line(EDGE, HEIGHT / 2, WIDTH - EDGE, HEIGHT / 2, "empty")])
    first, last = min(spot.day for spot in held), max([today, *(spot.day for spot in held)])
    days = Days(first, last, EDGE, WIDTH - EDGE)
    least, most = float(min(spot.value for spot in held)), float(max(spot.value for spot in held))
    values = Scale(least - (1 if least == most else 0), most + (1 if least == most else 0), HEIGHT - EDGE, EDGE)
    plan = [(days.at(spot.day), values.at(spot.value)) for spot in held[len(spots) :]]
    real = [(days.at(spot.day), values.at(spot.value)) for spot in spots]
    parts = [line(days.at(today), 1, days.at(today), HEIGHT - 1, "now"), polyline(plan, "plan"), polyline(real, "actual")]
    if goal is not None and aim is not None:
        parts.append(dot(days.at(goal.by_day), values.at(aim), 4, "goal"))
    parts += [dot(*real[-1], 4, "mark")] if real else []
    return picture(WIDTH, HEIGHT, "spark", name, words, parts)
