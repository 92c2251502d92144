"""The state of a task on a day, by the rules that provinces publish (domain rule 3.2).

A task has a deadline exactly where its last good day is known. What recurs or goes on (thường xuyên, hằng năm) counts as
*không thời hạn* unless its words name a last day.
"""

from datetime import date
from functools import lru_cache
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from dondoc.programmes.enums import TaskState

SOON_DAYS = 7
LONG_OVERDUE_DAYS = 30
OBSTACLE_DAYS = 15
SILENT_MONTHS = 3

OPEN_WITH_DEADLINE = frozenset({TaskState.NOT_STARTED, TaskState.IN_PROGRESS, TaskState.DUE_SOON, TaskState.OVERDUE})
WITHIN_TIME = frozenset({TaskState.NOT_STARTED, TaskState.IN_PROGRESS, TaskState.DUE_SOON})
STOPPED = frozenset({TaskState.SUSPENDED, TaskState.CANCELLED})

# Rows of a board stand in this order.
URGENCY = (
    TaskState.OVERDUE,
    TaskState.DUE_SOON,
    TaskState.IN_PROGRESS,
    TaskState.NOT_STARTED,
    TaskState.DONE_LATE,
    TaskState.DONE_ON_TIME,
    TaskState.DONE,
    TaskState.NO_DEADLINE,
    TaskState.SUSPENDED,
    TaskState.CANCELLED,
)


class Standing(NamedTuple):
    """A state, and the days that go with it: over, left, early or late. None where there is no deadline."""

    state: TaskState
    days: int | None = None


def state_on(
    *,
    last_ok_on: date | None,
    done_on: date | None,
    paused: str,
    started: bool,
    today: date,
    soon_days: int = SOON_DAYS,
) -> Standing:
    """Where a task stands on ``today``, by what is known of it then."""
    if done_on is not None:
        return _finished(last_ok_on, done_on)
    if paused:
        return Standing(TaskState(paused))
    if last_ok_on is None:
        return Standing(TaskState.NO_DEADLINE)
    left = (last_ok_on - today).days
    if left < 0:
        return Standing(TaskState.OVERDUE, -left)
    if left <= soon_days:
        return Standing(TaskState.DUE_SOON, left)
    return Standing(TaskState.IN_PROGRESS if started else TaskState.NOT_STARTED, left)


def _finished(last_ok_on: date | None, done_on: date) -> Standing:
    if last_ok_on is None:
        return Standing(TaskState.DONE)
    late = (done_on - last_ok_on).days
    return Standing(TaskState.DONE_LATE, late) if late > 0 else Standing(TaskState.DONE_ON_TIME, -late)


def long_overdue(standing: Standing) -> bool:
    """Among the overdue: *quá hạn trên 30 ngày*."""
    return standing.state == TaskState.OVERDUE and (standing.days or 0) > LONG_OVERDUE_DAYS


@lru_cache(maxsize=64)
def silent_before(today: date) -> date:
    """A task without a deadline whose last word is older than this day has been silent for more than three months."""
    return today - relativedelta(months=SILENT_MONTHS)


def silent(standing: Standing, *, last_word_on: date, today: date) -> bool:
    """*Không thời hạn, quá 3 tháng chưa báo cáo*; ``last_word_on`` is the last report, else the day it was given."""
    return standing.state == TaskState.NO_DEADLINE and last_word_on < silent_before(today)


class Limits(NamedTuple):
    """Days from which on a programme needs its leaders' word: of a late task, and of an obstacle without an answer."""

    late: int = LONG_OVERDUE_DAYS
    obstacle: int = OBSTACLE_DAYS


def waits_long(waits_since: date | None, today: date, days: int = OBSTACLE_DAYS) -> bool:
    """An obstacle that has waited for an answer for more than so many days."""
    return waits_since is not None and (today - waits_since).days > days


def light(*, overdue: int, long: bool, stuck: bool = False) -> str:
    """The leader's light: cần chỉ đạo, chậm, đúng tiến độ. ``long``: a task is late, ``stuck``: an obstacle waits past the limit."""
    if long or stuck:
        return "direct"
    return "slow" if overdue else "good"


def light_rule(limits: Limits) -> str:
    """The rule in words, shown with the light."""
    return (
        f"Cần chỉ đạo: có nhiệm vụ quá hạn trên {limits.late} ngày hoặc vướng mắc chờ ý kiến trên {limits.obstacle} ngày. "
        "Chậm: có nhiệm vụ quá hạn. Đúng tiến độ: còn lại."
    )
