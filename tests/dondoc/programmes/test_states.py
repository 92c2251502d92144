from datetime import date, timedelta

import pytest

from dondoc.programmes.enums import TaskState
from dondoc.programmes.rules.states import Standing, light, long_overdue, silent, state_on

DUE = date(2025, 9, 9)


def standing(today: date, *, last_ok_on: date | None = DUE, **facts: object) -> Standing:
    usual = {"done_on": None, "paused": "", "started": True}
    return state_on(last_ok_on=last_ok_on, today=today, **{**usual, **facts})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("days_before", "state", "days"),
    [
        (8, TaskState.IN_PROGRESS, 8),
        (7, TaskState.DUE_SOON, 7),
        (1, TaskState.DUE_SOON, 1),
        (0, TaskState.DUE_SOON, 0),
        (-1, TaskState.OVERDUE, 1),
        (-31, TaskState.OVERDUE, 31),
    ],
)
def test_open_task_on_the_days_around_its_last_good_day(days_before: int, state: str, days: int) -> None:
    assert standing(DUE - timedelta(days=days_before)) == Standing(TaskState(state), days)


def test_a_task_of_which_nothing_was_heard_has_not_started() -> None:
    assert standing(date(2025, 8, 1), started=False).state == TaskState.NOT_STARTED
    assert standing(DUE, started=False).state == TaskState.DUE_SOON


def test_the_days_before_it_is_soon_can_be_set() -> None:
    assert standing(DUE - timedelta(days=8), soon_days=8).state == TaskState.DUE_SOON


def test_done_on_the_last_good_day_is_on_time_and_the_day_after_late() -> None:
    assert standing(date(2026, 1, 1), done_on=DUE) == Standing(TaskState.DONE_ON_TIME, 0)
    assert standing(date(2026, 1, 1), done_on=DUE - timedelta(days=2)) == Standing(TaskState.DONE_ON_TIME, 2)
    assert standing(date(2026, 1, 1), done_on=DUE + timedelta(days=1)) == Standing(TaskState.DONE_LATE, 1)


def test_without_a_deadline_there_is_neither_late_nor_on_time() -> None:
    assert standing(DUE, last_ok_on=None) == Standing(TaskState.NO_DEADLINE)
    assert standing(DUE, last_ok_on=None, done_on=DUE) == Standing(TaskState.DONE)


def test_what_the_giver_stopped_is_not_overdue() -> None:
    assert standing(date(2026, 1, 1), paused="suspended").state == TaskState.SUSPENDED
    assert standing(date(2026, 1, 1), paused="cancelled").state == TaskState.CANCELLED


@pytest.mark.parametrize(("days", "long"), [(30, False), (31, True)])
def test_overdue_for_more_than_thirty_days(days: int, long: bool) -> None:
    assert long_overdue(standing(DUE + timedelta(days=days))) is long


@pytest.mark.parametrize(("today", "expected"), [(date(2025, 12, 9), False), (date(2025, 12, 10), True)])
def test_silent_for_more_than_three_months(today: date, expected: bool) -> None:
    assert silent(standing(today, last_ok_on=None), last_word_on=DUE, today=today) is expected


def test_a_task_with_a_deadline_is_never_called_silent() -> None:
    assert not silent(standing(date(2026, 9, 9)), last_word_on=DUE, today=date(2026, 9, 9))


@pytest.mark.parametrize(("overdue", "long", "shown"), [(0, 0, "good"), (2, 0, "slow"), (2, 1, "direct")])
def test_the_leaders_light(overdue: int, long: int, shown: str) -> None:
    assert light(overdue=overdue, long=long) == shown
