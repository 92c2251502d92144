"""Obstacles that a person may see: as they stand today from the projections, on a past day from the events by then."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet

from dondoc.programmes.enums import ObstacleState, ProgrammeState, Solver
from dondoc.programmes.models import Assignment, Obstacle, ObstacleEvent, Part, Programme, Task
from dondoc.programmes.queries.listing import limits_of
from dondoc.programmes.queries.programmes import visible_programmes
from dondoc.programmes.rules.obstacles import OPEN, Course, Turn, course_of, days_open
from dondoc.programmes.rules.states import OBSTACLE_DAYS, waits_long
from dondoc.units.models import Unit
from dondoc.units.rules import Actor

MINE = "don-vi-toi"
OPEN_KEY = "chua-xong"
SOLVERS = {
    "tinh": Solver.PROVINCE,
    "chu-tri": Solver.LEAD,
    "don-vi": Solver.UNIT,
    "cap-tren": Solver.ABOVE,
    "tu-giai-quyet": Solver.OWN,
}
STATES = {
    OPEN_KEY: OPEN,
    "cho-y-kien": frozenset({ObstacleState.WAITING}),
    "da-co-y-kien": frozenset({ObstacleState.ANSWERED}),
    "da-dong": frozenset({ObstacleState.SOLVED, ObstacleState.WITHDRAWN}),
    "tat-ca": frozenset(ObstacleState),
}
LONG = "lau"


@dataclass(frozen=True, slots=True)
class ObstacleQuery:
    """What the address bar asks for: keys of ``STATES`` and ``SOLVERS`` (or ``MINE``), ``LONG`` as age; "" stands for all."""

    day: date
    today: date
    state: str = OPEN_KEY
    solver: str = ""
    cause: str = ""
    age: str = ""
    text: str = ""
    limit: int = OBSTACLE_DAYS

    @property
    def is_past(self) -> bool:
        return self.day < self.today


class Listed(NamedTuple):
    """An obstacle as it stands on a day. ``waited``: whole days without an answer; ``days``: since it was met, to its end.

    ``limit``: days without an answer that the province lets pass.
    """

    obstacle: Obstacle
    course: Course
    on: date
    limit: int = OBSTACLE_DAYS

    @property
    def waited(self) -> int | None:
        since = self.course.waits_since
        return None if since is None else (self.on - since).days

    @property
    def days(self) -> int:
        return days_open(self.obstacle.happened_on, self.course.closed_on, self.on)

    @property
    def is_long(self) -> bool:
        return waits_long(self.course.waits_since, self.on, self.limit)


class Figures(NamedTuple):
    """How many there are of each kind that the page offers to look at."""

    waiting: int = 0
    province: int = 0
    mine: int = 0
    long: int = 0
    answered: int = 0
    closed: int = 0


def visible_obstacles(actor: Actor) -> QuerySet[Obstacle]:
    """Those of the programmes that the actor may see."""
    return Obstacle.objects.filter(programme__in=visible_programmes(actor).values("pk"))


def current_obstacles(actor: Actor) -> QuerySet[Obstacle]:
    """Those of programmes that go on; what was left open in a closed one stays on its own page."""
    return visible_obstacles(actor).filter(programme__state=ProgrammeState.ACTIVE)


def with_names(obstacles: QuerySet[Obstacle]) -> QuerySet[Obstacle]:
    return obstacles.select_related("programme", "unit", "solver_unit", "task", "target").defer("task__progress_note")


def waiting_for_province(actor: Actor) -> QuerySet[Obstacle]:
    """The chairman's list: what waits for the leaders of the actor's provinces, the oldest first."""
    waiting = current_obstacles(actor).filter(solver=Solver.PROVINCE, waits_since__isnull=False)
    return waiting.order_by("waits_since", "pk")


def waiting_for_units(actor: Actor) -> QuerySet[Obstacle]:
    """What waits for the actor's units, the oldest first; what a unit said it would solve itself too."""
    return current_obstacles(actor).filter(_mine(actor.unit_ids), waits_since__isnull=False).order_by("waits_since", "pk")


def sorted_(obstacles: QuerySet[Obstacle]) -> QuerySet[Obstacle]:
    """Those that wait first, the oldest first; the rest by the day on which they were met."""
    return obstacles.order_by(F("waits_since").asc(nulls_last=True), "happened_on", "pk")


def chosen(obstacles: QuerySet[Obstacle], query: ObstacleQuery, unit_ids: Collection[int]) -> QuerySet[Obstacle]:
    """Narrow to what a query of today asks for."""
    narrowed = _by_words(obstacles, query).filter(state__in=STATES[query.state])
    if query.solver:
        narrowed = narrowed.filter(_mine(unit_ids) if query.solver == MINE else Q(solver=SOLVERS[query.solver]))
    if query.age:
        narrowed = narrowed.filter(is_long(query.today, query.limit))
    return sorted_(narrowed)


def _by_words(obstacles: QuerySet[Obstacle], query: ObstacleQuery) -> QuerySet[Obstacle]:
    """The part of a query that does not depend on the day."""
    if query.cause:
        obstacles = obstacles.filter(cause=query.cause)
    if query.text:
        said = Q(text__icontains=query.text) | Q(asked__icontains=query.text) | Q(unit__name__icontains=query.text)
        obstacles = obstacles.filter(said)
    return obstacles


def is_long(today: date, limit: int) -> Q:
    return Q(waits_since__lt=today - timedelta(days=limit))


def _mine(unit_ids: Collection[int]) -> Q:
    return Q(solver_unit__in=unit_ids)


def figures_of(obstacles: QuerySet[Obstacle], unit_ids: Collection[int], query: ObstacleQuery) -> Figures:
    """As of today, whatever else the query asks for."""
    waiting = Q(waits_since__isnull=False)
    conditions = {
        "waiting": waiting,
        "province": waiting & Q(solver=Solver.PROVINCE),
        "mine": waiting & _mine(unit_ids),
        "long": is_long(query.today, query.limit),
        "answered": Q(state=ObstacleState.ANSWERED),
        "closed": ~Q(state__in=OPEN),
    }
    counts = {name: Count("pk", filter=condition) for name, condition in conditions.items()}
    return Figures(**obstacles.order_by().aggregate(**counts))


def now(obstacle: Obstacle, today: date) -> Listed:
    """As its projections say; it comes with its programme."""
    course = Course(
        ObstacleState(obstacle.state),
        Solver(obstacle.solver),
        obstacle.solver_unit_id,
        obstacle.solver_since,
        obstacle.waits_since,
        obstacle.closed_on,
    )
    return Listed(obstacle, course, today, limits_of(obstacle.programme.province_id, today).obstacle)


def then(obstacles: QuerySet[Obstacle], query: ObstacleQuery, unit_ids: Collection[int]) -> list[Listed]:
    """What the query asks for on a past day, in the same order."""
    events = Prefetch("events", ObstacleEvent.objects.filter(happened_on__lte=query.day))
    rows = with_names(_by_words(obstacles.filter(happened_on__lte=query.day), query)).prefetch_related(events)
    listed = [Listed(row, course, query.day, query.limit) for row in rows if (course := course_of(turns_of(row.events.all())))]
    held = [one for one in listed if _fits(one, query, unit_ids)]
    return sorted(held, key=lambda one: (one.course.waits_since or date.max, one.obstacle.happened_on, one.obstacle.pk))


def _fits(one: Listed, query: ObstacleQuery, unit_ids: Collection[int]) -> bool:
    course = one.course
    if course.state not in STATES[query.state]:
        return False
    if query.solver == MINE and course.solver_unit_id not in unit_ids:
        return False
    if query.solver in SOLVERS and course.solver != SOLVERS[query.solver]:
        return False
    return not query.age or one.is_long


def turns_of(events: Iterable[ObstacleEvent]) -> Iterable[Turn]:
    """``events`` in their own order."""
    return (Turn(event.kind, event.happened_on, event.solver, event.solver_unit_id) for event in events)


def course_on(obstacle: Obstacle, on: date | None = None) -> Course | None:
    """Replay the events up to a day, or all of them; None before it was raised."""
    events = obstacle.events.all() if on is None else obstacle.events.filter(happened_on__lte=on)
    return course_of(turns_of(events))


def events_of(obstacle: Obstacle) -> list[ObstacleEvent]:
    """The newest first."""
    rows = obstacle.events.select_related("recorded_by", "unit", "solver_unit")
    return list(rows.order_by("-happened_on", "-recorded_at", "-pk"))


def solver_name(one: Listed) -> str:
    """The name of the unit that it waits for, or the words for the province's leaders and higher levels."""
    unit = one.obstacle.solver_unit
    if unit is not None and unit.pk == one.course.solver_unit_id:
        return unit.name
    return str(one.course.solver.label)


def of_task(task: Task, today: date) -> list[Listed]:
    """A task's obstacles, those that wait first."""
    rows = with_names(sorted_(Obstacle.objects.filter(task=task)))
    return [now(row, today) for row in rows]


def units_that_may_raise(programme: Programme, task: Task | None = None) -> QuerySet[Unit]:
    """Those with a share in the task, or in any task of the programme; and the programme's lead unit."""
    below: dict[str, Task | Programme] = {"task": task} if task else {"task__programme": programme}
    named = Assignment.objects.filter(unit=OuterRef("pk"), **below)
    shares = Part.objects.filter(unit=OuterRef("pk"), **{f"assignment__{name}": value for name, value in below.items()})
    return Unit.objects.filter(Exists(named) | Exists(shares) | Q(pk=programme.lead_unit_id)).order_by("search_text", "pk")
