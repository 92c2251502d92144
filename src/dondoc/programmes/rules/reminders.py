"""When whom is reminded: some days before the last good day (usually 7, 3 and 1), then up a ladder by days late.

A step is taken once. A day of rest or a missed run takes none away: the next run takes the step that holds then. Once the unit has
answered after its last good day, the ladder stops: it has spoken, and somebody has to decide.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

_REST = 30


class Whom(StrEnum):
    """Who hears of a late task: the unit, its leaders, those who look after the programme, the provincial office."""

    UNIT = "unit"
    LEADERS = "leaders"
    GIVER = "giver"
    OFFICE = "office"


RUNGS = tuple(Whom)


@dataclass(frozen=True, slots=True)
class Plan:
    """When a province reminds: days ``before`` the last good day, and days ``late`` at which each rung is reached."""

    before: tuple[int, ...]
    late: tuple[int, ...]

    @property
    def ahead(self) -> int:
        """How many days before it begins."""
        return max(self.before)

    @property
    def forgotten(self) -> int:
        """Who is later than this has been through the whole ladder; boards and statistics go on showing it."""
        return max(self.late) + _REST


@dataclass(frozen=True, slots=True)
class Step:
    """``name`` is part of what makes a reminder one that was sent before. ``days``: left (before) or late."""

    name: str
    whom: Whom
    days: int
    late: bool


def step_on(last_ok_on: date, on: date, plan: Plan, *, answered: bool = False) -> Step | None:
    """The step that holds on a day, none where it is too early, or late and answered."""
    days = (last_ok_on - on).days
    if days >= 0:
        before = min((step for step in plan.before if days <= step), default=None)
        return None if before is None else Step(f"before-{before}", Whom.UNIT, days, late=False)
    reached = [(late, whom) for late, whom in zip(plan.late, RUNGS, strict=True) if late <= -days]
    if answered or not reached or -days > plan.forgotten:
        return None
    late, whom = reached[-1]
    return Step(f"late-{late}", whom, -days, late=True)


def words(step: Step) -> str:
    """``Còn 3 ngày``, ``Hạn cuối hôm nay``, ``Quá hạn 7 ngày``."""
    if step.late:
        return f"Quá hạn {step.days} ngày"
    return f"Còn {step.days} ngày" if step.days else "Hạn cuối hôm nay"
