"""The course of an obstacle: its events → where it stands, on the last day or on a past one."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date

from dondoc.programmes.enums import ObstacleEventKind, ObstacleState, Solver

OPEN = frozenset({ObstacleState.WAITING, ObstacleState.ANSWERED})

_FITS: dict[ObstacleEventKind, frozenset[ObstacleState]] = {
    ObstacleEventKind.PASSED_ON: OPEN,
    ObstacleEventKind.ANSWERED: OPEN,
    ObstacleEventKind.SOLVED: OPEN,
    ObstacleEventKind.WITHDRAWN: OPEN,
    ObstacleEventKind.REOPENED: frozenset({ObstacleState.ANSWERED, ObstacleState.SOLVED, ObstacleState.WITHDRAWN}),
}


@dataclass(frozen=True, slots=True)
class Turn:
    """What of an event bears on the state; turns come by ``happened_on``, then in the order of recording."""

    kind: str
    happened_on: date
    solver: str = ""
    solver_unit_id: int | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """The fields of :class:`dondoc.programmes.models.Obstacle` that are projections."""

    state: ObstacleState
    solver: Solver
    solver_unit_id: int | None
    solver_since: date
    waits_since: date | None
    closed_on: date | None = None


def course_of(turns: Iterable[Turn]) -> Course | None:
    """Fold the turns; None where it had not been raised yet.

    The day since when it waits is that of raising it or of taking it up again. Passing it on does not begin the wait anew,
    or it could be sent round without ever growing old; after an answer it does, because a new question is asked.
    """
    course: Course | None = None
    for turn in turns:
        if turn.kind == ObstacleEventKind.RAISED:
            day = turn.happened_on
            course = Course(ObstacleState.WAITING, Solver(turn.solver), turn.solver_unit_id, day, day)
        elif course is not None:
            course = _CHANGES[turn.kind](course, turn)
    return course


def _passed_on(course: Course, turn: Turn) -> Course:
    return replace(
        course,
        state=ObstacleState.WAITING,
        solver=Solver(turn.solver),
        solver_unit_id=turn.solver_unit_id,
        solver_since=turn.happened_on,
        waits_since=course.waits_since or turn.happened_on,
    )


def _answered(course: Course, _turn: Turn) -> Course:
    return replace(course, state=ObstacleState.ANSWERED, waits_since=None)


def _closed(state: ObstacleState) -> Callable[[Course, Turn], Course]:
    return lambda course, turn: replace(course, state=state, waits_since=None, closed_on=turn.happened_on)


def _reopened(course: Course, turn: Turn) -> Course:
    day = turn.happened_on
    return replace(course, state=ObstacleState.WAITING, solver_since=day, waits_since=day, closed_on=None)


_CHANGES: dict[str, Callable[[Course, Turn], Course]] = {
    ObstacleEventKind.PASSED_ON: _passed_on,
    ObstacleEventKind.ANSWERED: _answered,
    ObstacleEventKind.SOLVED: _closed(ObstacleState.SOLVED),
    ObstacleEventKind.WITHDRAWN: _closed(ObstacleState.WITHDRAWN),
    ObstacleEventKind.REOPENED: _reopened,
}


def fits(kind: ObstacleEventKind, state: str) -> bool:
    """Whether this can happen to an obstacle in that state."""
    return state in _FITS[kind]


def days_open(happened_on: date, closed_on: date | None, on: date) -> int:
    """Whole days from the day on which it was met, to its end or to ``on``."""
    return ((closed_on or on) - happened_on).days
