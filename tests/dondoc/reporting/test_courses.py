"""Where a unit's report stands, by what happened to it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dondoc.reporting.enums import ReturnEventKind as Kind
from dondoc.reporting.enums import ReturnState as State
from dondoc.reporting.rules.courses import Happening, Standing, days_late, overdue_again, standing_of

DUE = date(2025, 9, 9)


def on(days: int, kind: Kind, hand_in_by: date | None = None) -> Happening:
    return Happening(kind, DUE + timedelta(days=days), hand_in_by)


@pytest.mark.parametrize(
    ("events", "state"),
    [
        ([], State.EXPECTED),
        ([on(-1, Kind.PASSED)], State.APPROVING),
        ([on(-1, Kind.PASSED), on(0, Kind.HELD_BACK)], State.EXPECTED),
        ([on(0, Kind.SUBMITTED)], State.RECEIVED),
        ([on(0, Kind.SUBMITTED), on(2, Kind.RETURNED)], State.RETURNED),
        ([on(0, Kind.SUBMITTED), on(2, Kind.RETURNED), on(3, Kind.PASSED), on(4, Kind.HELD_BACK)], State.RETURNED),
        ([on(0, Kind.SUBMITTED), on(2, Kind.ACCEPTED)], State.ACCEPTED),
        ([on(0, Kind.SUBMITTED), on(2, Kind.ACCEPTED), on(3, Kind.REOPENED)], State.RECEIVED),
        ([on(0, Kind.EXEMPTED)], State.EXEMPT),
        ([on(0, Kind.SUBMITTED), on(1, Kind.EXEMPTED), on(2, Kind.UNEXEMPTED)], State.RECEIVED),
    ],
)
def test_states(events: list[Happening], state: State) -> None:
    assert standing_of(events).state == state


def test_the_first_receipt_is_never_overwritten() -> None:
    standing = standing_of([on(0, Kind.SUBMITTED), on(2, Kind.RETURNED, DUE + timedelta(days=5)), on(6, Kind.SUBMITTED)])
    assert (standing.first_received_on, standing.received_on) == (DUE, DUE + timedelta(days=6))
    assert days_late(standing, DUE, DUE + timedelta(days=30)) == 0


@pytest.mark.parametrize(("day", "late"), [(-1, 0), (0, 0), (1, 1), (30, 30)])
def test_what_has_not_come_is_late_by_the_day(day: int, late: int) -> None:
    assert days_late(Standing(), DUE, DUE + timedelta(days=day)) == late


@pytest.mark.parametrize(("day", "late"), [(4, 0), (5, 0), (6, 1)])
def test_a_returned_report_is_overdue_again(day: int, late: int) -> None:
    standing = standing_of([on(0, Kind.SUBMITTED), on(2, Kind.RETURNED, DUE + timedelta(days=5))])
    assert overdue_again(standing, DUE + timedelta(days=day)) == late


def test_an_exempt_unit_is_never_late() -> None:
    assert days_late(standing_of([on(0, Kind.EXEMPTED)]), DUE, DUE + timedelta(days=9)) == 0


@given(st.lists(st.sampled_from(list(Kind)), max_size=12))
def test_whatever_happens_the_first_receipt_stands(kinds: list[Kind]) -> None:
    events = [on(place, kind) for place, kind in enumerate(kinds)]
    first = next((event.happened_on for event in events if event.kind == Kind.SUBMITTED), None)
    assert standing_of(events).first_received_on == first
