"""When whom is reminded: 7, 3 and 1 days before the last good day, then up a ladder by days late.

A step is taken once. A day of rest or a missed run takes none away: the next run takes the step that holds then. Once the unit has
answered after its last good day, the ladder stops: it has spoken, and somebody has to decide.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

BEFORE = (1, 3, 7)
FORGOTTEN_DAYS = 60
"""Who is later than this has been through the whole ladder; boards and statistics go on showing it."""


class Whom(StrEnum):
    """Who hears of a late task: the unit, its leaders, those who look after the programme, the provincial office."""

    UNIT = "unit"
    LEADERS = "leaders"
    GIVER = "giver"
    OFFICE = "office"


LADDER = ((1, Whom.UNIT), (7, Whom.LEADERS), (15, Whom.GIVER), (30, Whom.OFFICE))


@dataclass(frozen=True, slots=True)
class Step:
    """``name`` is part of what makes a reminder one that was sent before. ``days``: left (before) or late."""

    name: str
    whom: Whom
    days: int
    late: bool


def step_on(last_ok_on: date, on: date, *, answered: bool = False) -> Step | None:
    """The step that holds on a day, none where it is too early, or late and answered."""
    days = (last_ok_on - on).days
    if days >= 0:
        before = next((step for step in BEFORE if days <= step), None)
        return None if before is None else Step(f"before-{before}", Whom.UNIT, days, late=False)
    if answered or -days > FORGOTTEN_DAYS:
        return None
    late, whom = max(step for step in LADDER if step[0] <= -days)
    return Step(f"late-{late}", whom, -days, late=True)


def words(step: Step) -> str:
    """``Còn 3 ngày``, ``Hạn cuối hôm nay``, ``Quá hạn 7 ngày``."""
    if step.late:
        return f"Quá hạn {step.days} ngày"
    return f"Còn {step.days} ngày" if step.days else "Hạn cuối hôm nay"
