"""The line to a target: what was measured, what was planned, where it leads, and the value to be reached."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from django.utils.html import format_html
from django.utils.safestring import SafeString

from dondoc.common import wording
from dondoc.programmes.charts.svg import Days, Scale, dot, joined, line, picture, points, polyline, spread, text, ticks, year_ends
from dondoc.programmes.enums import Direction
from dondoc.programmes.rules.targets import Goal, Spot, planned_on
from dondoc.programmes.rules.targets_course import Forecast

LABEL_APART, LINE_APART = 40, 17


@dataclass(frozen=True, slots=True)
class Mark:
    """A measured position with its page. ``partial``: it does not tell yet, not all units have spoken."""

    day: date
    value: Decimal
    label: str
    name: str
    address: str = ""
    partial: bool = False
    baseline: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """The value to be reached as it held between two days; ``words`` as asked for."""

    since: date
    until: date
    value: Decimal
    words: str
    holds: bool


@dataclass(frozen=True, slots=True)
class Course:
    """All that the picture shows. ``to``: the day of the goal that it leads to. ``breaks``: a day and what changed then.

    ``whole``: the most that a share can be.
    """

    title: str
    words: str
    marks: Sequence[Mark]
    path: Sequence[Spot]
    goals: Sequence[Goal]
    steps: Sequence[Step]
    direction: Direction
    to: date
    today: date
    planned: str = ""
    goal_words: str = ""
    ahead: Forecast | None = None
    ahead_words: tuple[str, str] = ("", "")
    breaks: Sequence[tuple[date, str]] = field(default_factory=tuple)
    whole: float | None = None


@dataclass(frozen=True, slots=True)
class Size:
    """The box and its margins; ``narrow`` is the picture for phones."""

    width: float
    height: float
    right: float
    narrow: bool = False

    left: float = 46
    top: float = 18
    bottom: float = 30


WIDE = Size(812, 300, 168)
NARROW = Size(360, 292, 24, narrow=True)


def draw(course: Course, size: Size = WIDE) -> SafeString:
    """The picture. Lines differ by form: solid what was measured, dashed the plan, dotted the forecast in its band."""
    days, marks = _days(course, size), _ticks(course, size)
    values = Scale(marks[0], marks[-1], size.height - size.bottom, size.top)
    parts = [
        *_grid(days, values, marks, size),
        _zone(course, days, values, size),
        *_breaks(course, days, size),
        _now(course, days, size),
        *_ahead(course, days, values),
        polyline([(days.at(spot.day), values.at(spot.value)) for spot in _within(course.path, course.to)], "plan"),
        *_old_goals(course, days, values),
        *_measured(course, days, values, size),
        *_ends(course, days, values, size),
    ]
    name = "c-hep" if size.narrow else "c-rong"
    return picture(
        size.width, size.height, "chart narrow" if size.narrow else "chart wide", name, (course.title, course.words), parts
    )


def _days(course: Course, size: Size) -> Days:
    first = min([mark.day for mark in course.marks] + [spot.day for spot in course.path[:1]] + [course.today])
    last = max(course.to, course.today, *[mark.day for mark in course.marks[-1:]])
    return Days(first, last if last > first else first + timedelta(days=365), size.left, size.width - size.right)


def _ticks(course: Course, size: Size) -> list[float]:
    """Round values from a sensible floor to above the greatest."""
    held = [mark.value for mark in course.marks]
    held += [spot.value for spot in _within(course.path, course.to)] + [step.value for step in course.steps]
    if course.ahead:
        held += [value for value in (course.ahead.value, course.ahead.low, course.ahead.high) if value is not None]
    least, most = float(min(held)), float(max(held))
    room = (most - least or abs(most) or 1.0) * 0.08
    floor = least - room if least < 0 or least > room else 0.0
    above = most + room if course.whole is None or most > course.whole else min(most + room, course.whole)
    return ticks(floor, above, 5 if size.narrow else 7)


def _within(spots: Sequence[Spot], to: date) -> list[Spot]:
    return [spot for spot in spots if spot.day <= to]


def _grid(days: Days, values: Scale, marks: Sequence[float], size: Size) -> list[SafeString]:
    parts = []
    for value in marks:
        y = values.at(value)
        parts += [
            line(size.left, y, days.right, y, "grid"),
            text(size.left - 8, y + 4, wording.number(_exact(value)), "tick", "end"),
        ]
    for day in year_ends(days.first, days.last, 4 if size.narrow else 8):
        x = days.at(day)
        parts += [line(x, values.bottom, x, values.bottom + 4, "axis"), text(x, size.height - 8, str(day.year), "tick", "middle")]
    return parts


def _exact(value: float) -> Decimal:
    return Decimal(str(value)).normalize() if value else Decimal(0)


def _zone(course: Course, days: Days, values: Scale, size: Size) -> SafeString:
    """The reached zone: beyond the goal's edge on its better side; of a range, between its ends."""
    goal = next((one for one in course.goals if one.by_day == course.to), None)
    if goal is None:
        return SafeString("")
    edge = values.at(goal.aim(course.direction))
    far = {Direction.UP: values.top, Direction.DOWN: values.bottom}.get(course.direction)
    if far is None:
        far = values.at(goal.high if goal.high is not None else goal.low)
    upper, height = min(edge, far), abs(edge - far)
    box = format_html(
        '<rect x="{}" y="{}" width="{}" height="{}" class="zone"></rect>',
        *(f"{one:.1f}" for one in (size.left, upper, days.right - size.left, height)),
    )
    if height < LINE_APART:
        return box
    y = upper + 15 if course.direction == Direction.UP else upper + height - 8
    return joined([box, text(size.left + 8, y, f"Vùng đạt: {course.goal_words}", "zone-words")])


def _breaks(course: Course, days: Days, size: Size) -> list[SafeString]:
    """A vertical rule where the units changed, with its name."""
    parts = []
    for day, words in course.breaks:
        if days.first < day <= days.last:
            x = days.at(day)
            parts += [
                line(x, size.top, x, size.height - size.bottom, "break"),
                text(x + 4, size.height - size.bottom - 6, words, "tick"),
            ]
    return parts


def _now(course: Course, days: Days, size: Size) -> SafeString:
    x = days.at(course.today)
    late = x > days.right - 80
    words = text(x - 6 if late else x + 6, size.top + 9, wording.day(course.today), "tick", "end" if late else "start")
    return joined([line(x, size.top, x, size.height - size.bottom, "now"), words])


def _ahead(course: Course, days: Days, values: Scale) -> list[SafeString]:
    if course.ahead is None or not course.marks:
        return []
    told = [mark for mark in course.marks if not mark.partial]
    start = (days.at(told[-1].day), values.at(told[-1].value))
    x = days.at(course.ahead.day)
    band = SafeString("")
    if course.ahead.low is not None and course.ahead.high is not None:
        fan = points([start, (x, values.at(course.ahead.low)), (x, values.at(course.ahead.high))])
        band = format_html('<polygon points="{}" class="band"></polygon>', fan)
    end = (x, values.at(course.ahead.value))
    return [band, polyline([start, end], "ahead"), dot(*end, 4, "ahead-dot")]


def _old_goals(course: Course, days: Days, values: Scale) -> list[SafeString]:
    """The value to be reached, as a step where it was changed; what held before stays in sight."""
    if len(course.steps) < 2:
        return []
    pairs = []
    parts = []
    for step in course.steps:
        y = values.at(step.value)
        left, right = days.at(max(step.since, days.first)), days.at(min(step.until, days.last))
        pairs += [(left, y), (right, y)]
        if not step.holds and right - left > LABEL_APART:
            parts.append(text(left + 4, y - 5, f"trước {wording.day(step.until)}: {step.words}", "old-words"))
    return [polyline(pairs, "step"), *parts]


def _measured(course: Course, days: Days, values: Scale, size: Size) -> list[SafeString]:
    """The solid line of what was measured; a position that does not tell yet is hollow and not on the line."""
    told = [mark for mark in course.marks if not mark.partial]
    parts = [polyline([(days.at(mark.day), values.at(mark.value)) for mark in told], "actual")]
    labelled = -LABEL_APART * 2.0
    for mark in course.marks:
        x, y = days.at(mark.day), values.at(mark.value)
        last = bool(told) and mark is told[-1]
        classes = "mark partial" if mark.partial else "mark base" if mark.baseline else "mark"
        point = joined([format_html("<title>{}</title>", mark.name), dot(x, y, 5 if last else 4, classes)])
        target = format_html('<a href="{}">{}</a>', mark.address, point) if mark.address else format_html("<g>{}</g>", point)
        parts.append(target)
        final = told[-1] if told else None
        room = final is None or mark is final or days.at(final.day) - x >= LABEL_APART
        if x - labelled >= LABEL_APART and room:
            above = y - 11 if y - 11 > size.top + 12 else y + 20
            parts.append(text(max(x, size.left + 14), above, mark.label, "now-words" if last else "mark-words", "middle"))
            labelled = x
    return [*parts, _planned(course, told, days, values)] if told and not size.narrow else parts


def _planned(course: Course, told: Sequence[Mark], days: Days, values: Scale) -> SafeString:
    """*kế hoạch 24,8* beside the plan on the day of the last position, where there is room between the two."""
    at = told[-1]
    value = planned_on(course.path, at.day)
    if value is None or not course.planned or abs(values.at(value) - values.at(at.value)) <= LINE_APART:
        return SafeString("")
    below, rising = value < at.value, course.path[-1].value >= course.path[0].value
    y = values.at(value) + (15 if below else -8)
    # On the side where the plan leaves room: a rising line has it above on the left and below on the right.
    left = below != rising and days.at(at.day) - days.left > 2 * LABEL_APART
    x = days.at(at.day) + (-8 if left else 8)
    return text(x, y, f"kế hoạch {course.planned}", "plan-words", "end" if left else "start")


def _ends(course: Course, days: Days, values: Scale, size: Size) -> list[SafeString]:
    """The goals as rings, and at the right edge the words of the goal and of the forecast."""
    parts = [
        dot(days.at(goal.by_day), values.at(goal.aim(course.direction)), 5, "goal")
        for goal in course.goals
        if goal.by_day <= course.to
    ]
    if size.narrow:
        return parts
    goal = next((one for one in course.goals if one.by_day == course.to), None)
    labels = []
    if goal is not None:
        labels.append((values.at(goal.aim(course.direction)), f"{course.goal_words} phải đạt", "goal-words"))
    if course.ahead is not None:
        labels.append((values.at(course.ahead.value), course.ahead_words[0], "ahead-words"))
        if course.ahead_words[1]:
            labels.append((values.at(course.ahead.value) + LINE_APART, course.ahead_words[1], "ahead-small"))
    places = spread([y + 4 for y, _, _ in labels], LINE_APART, size.top + 4, size.height - size.bottom)
    return parts + [text(days.right + 12, y, words, css) for y, (_, words, css) in zip(places, labels, strict=True)]
