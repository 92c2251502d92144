"""Targets against their plan: for the pages of a programme and for the leader's home."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.cache import cache
from django.urls import reverse

from dondoc.common import wording
from dondoc.programmes.enums import Course, ProgrammeState
from dondoc.programmes.models import Programme
from dondoc.programmes.queries.programmes import visible_programmes
from dondoc.programmes.queries.targets import Asked, asked_of, unit_words
from dondoc.programmes.queries.targets_series import Point, series_of, spots_of
from dondoc.programmes.rules.targets import Spot, baseline_of, is_percentage, path_of
from dondoc.programmes.rules.targets_course import Forecast, Position, forecast, position_of
from dondoc.units.rules import Actor

KEEP_SECONDS = 600
SHARE = (Decimal(0), Decimal(100))


@dataclass(frozen=True, slots=True)
class Followed:
    """A target with its measured course and where it stands on a day.

    ``from_first``: there is no baseline, the plan runs from the first figure. ``measured``: baseline and positions.
    """

    asked: Asked
    points: list[Point]
    path: list[Spot]
    position: Position
    measured: list[Spot]
    from_first: bool
    on: date

    @property
    def spots(self) -> list[Spot]:
        return spots_of(self.points)

    def forecast_on(self, day: date) -> Forecast | None:
        """Where it leads by a day, if anything was measured."""
        share = is_percentage(self.asked.measure) and not self.asked.target.may_exceed
        return forecast(self.measured, day, bounds=SHARE if share else None) if self.spots else None

    @property
    def forecast(self) -> Forecast | None:
        """Where it leads by the day of the next goal."""
        coming = self.asked.next(self.on)
        return self.forecast_on(coming.goal.by_day) if coming and coming.goal else None

    @property
    def last(self) -> Point | None:
        """The last period of which anything was received."""
        return self.points[-1] if self.points else None

    @property
    def now(self) -> Point | None:
        """The period of the position."""
        at = self.position.at
        return next((point for point in self.points if at and point.span.ends_on == at.day), None)

    @property
    def places(self) -> int:
        """Decimals of its figures: one from ten on, two below, none where all are whole."""
        values = [spot.value for spot in self.measured] + [point.value for point in self.points if point.value is not None]
        return max((min(decimals(value), 1 if abs(value) >= 10 else 2) for value in values), default=0)

    def number(self, value: Decimal | None) -> str:
        """A measured figure, with the decimals of the others."""
        return "" if value is None else wording.number(value, self.places)

    def computed(self, value: Decimal | None) -> str:
        """A figure of the plan or the forecast; it may stand between whole ones."""
        return "" if value is None else wording.number(value, max(self.places, 1))

    def words(self, value: Decimal | None) -> str:
        return f"{self.number(value)}{unit_words(self.asked.measure)}" if value is not None else ""

    def computed_words(self, value: Decimal | None) -> str:
        return f"{self.computed(value)}{unit_words(self.asked.measure)}" if value is not None else ""


def followed(asked: Sequence[Asked], on: date, today: date) -> list[Followed]:
    """As of a day (by the units' own days); ``today`` tells whether the projections hold."""
    series = series_of(asked, on, today)
    return [follow(one, series[one.target.pk], on) for one in asked]


def follow(asked: Asked, points: list[Point], on: date) -> Followed:
    spots, goals = spots_of(points), asked.goals
    base = baseline_of(asked.target)
    start = base or (spots[0] if spots else None)
    path = path_of(start, goals, asked.direction) if asked.direction else []
    position = position_of(spots[-1] if spots else None, path, goals, asked.direction, on)
    measured = spots if base is None else [base, *(spot for spot in spots if spot.day > base.day)]
    return Followed(asked, points, path, position, measured, base is None, on)


@dataclass(frozen=True, slots=True)
class Straying:
    """A target that does not keep its plan, in words, for a list."""

    programme_id: int
    programme: str
    target_id: int
    indicator: str
    course: str
    value: str
    planned: str
    asked: str
    by: str
    measured_on: date
    forecast: str
    address: str

    @property
    def course_words(self) -> str:
        return str(Course(self.course).label)


def off_course(actor: Actor, on: date, *, courses: Collection[str] = (Course.OFF_COURSE, Course.SLOW)) -> list[Straying]:
    """The targets of running programmes that the actor may see and that are off course or slow, the worst first.

    Two queries where the programmes did not change since they were last asked for, a constant number otherwise.
    """
    running = list(visible_programmes(actor).filter(state=ProgrammeState.ACTIVE).only("pk", "title", "version"))
    keys = {f"programmes:courses:{one.pk}:{one.version}:{on}": one for one in running}
    held: dict[str, list[Straying]] = cache.get_many(list(keys))
    new = {key: one for key, one in keys.items() if key not in held}
    if new:
        made = _straying(list(new.values()), on, actor.on)
        cache.set_many({key: made[one.pk] for key, one in new.items()}, KEEP_SECONDS)
        held |= {key: made[one.pk] for key, one in new.items()}
    rank = {Course.OFF_COURSE: 0, Course.SLOW: 1}
    found = [one for key in keys for one in held[key] if one.course in courses]
    return sorted(found, key=lambda one: rank.get(Course(one.course), 2))


def _straying(programmes: Sequence[Programme], on: date, today: date) -> dict[int, list[Straying]]:
    """What is known of each target that has a verdict."""
    titles = {one.pk: one.title for one in programmes}
    found: dict[int, list[Straying]] = {pk: [] for pk in titles}
    for one in followed(asked_of(list(titles), on), on, today):
        target, at, last, ahead = one.asked.target, one.position.at, one.asked.next(on), one.forecast
        if at is None or last is None or one.position.course == Course.UNKNOWN:
            continue
        found[target.programme_id].append(
            Straying(
                target.programme_id,
                titles[target.programme_id],
                target.pk,
                target.indicator,
                one.position.course,
                one.words(at.value),
                one.computed_words(one.position.planned),
                last.words,
                last.by,
                at.day,
                one.computed_words(ahead.value) if ahead else "",
                reverse("programmes:target", args=[target.programme_id, target.pk]),
            )
        )
    return found


def decimals(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0
