"""Events of a unit's report → where it stands on a day.

First receipt is kept whatever follows. A returned report has its own day to come back by, and is late by that day; whether the
unit reported on time is told by its first receipt. An exempt unit is not expected.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date

from dondoc.reporting.enums import ReturnEventKind, ReturnState


@dataclass(frozen=True, slots=True)
class Happening:
    """What of an event bears on the state; events come by ``happened_on``, then in the order of recording."""

    kind: str
    happened_on: date
    hand_in_by: date | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a report stands. ``before``: the state that an exemption put aside."""

    state: ReturnState = ReturnState.EXPECTED
    first_received_on: date | None = None
    received_on: date | None = None
    accepted_on: date | None = None
    hand_in_by: date | None = None
    before: ReturnState = ReturnState.EXPECTED

    @property
    def is_in(self) -> bool:
        """It was handed in and is not with the unit to be mended."""
        return self.state in {ReturnState.RECEIVED, ReturnState.ACCEPTED}


def standing_of(events: Iterable[Happening]) -> Standing:
    """Fold the events of one report."""
    held = Standing()
    for event in events:
        change = _CHANGES.get(event.kind)
        held = change(held, event) if change else held
    return held


def days_late(standing: Standing, last_ok_on: date, on: date) -> int:
    """By its first receipt; of one that has not come, by ``on``. 0 where it is in time or exempt."""
    if standing.state == ReturnState.EXEMPT:
        return 0
    return max(((standing.first_received_on or on) - last_ok_on).days, 0)


def overdue_again(standing: Standing, on: date) -> int:
    """Days by which a returned report is late with coming back."""
    if standing.state != ReturnState.RETURNED or standing.hand_in_by is None:
        return 0
    return max((on - standing.hand_in_by).days, 0)


def _passed(held: Standing, _event: Happening) -> Standing:
    return replace(held, state=ReturnState.APPROVING, before=held.state)


def _held_back(held: Standing, _event: Happening) -> Standing:
    return replace(held, state=held.before if held.state == ReturnState.APPROVING else held.state)


def _submitted(held: Standing, event: Happening) -> Standing:
    first = held.first_received_on or event.happened_on
    return replace(
        held,
        state=ReturnState.RECEIVED,
        first_received_on=first,
        received_on=event.happened_on,
        accepted_on=None,
        hand_in_by=None,
    )


def _returned(held: Standing, event: Happening) -> Standing:
    return replace(held, state=ReturnState.RETURNED, hand_in_by=event.hand_in_by, accepted_on=None)


def _accepted(held: Standing, event: Happening) -> Standing:
    return replace(held, state=ReturnState.ACCEPTED, accepted_on=event.happened_on)


def _reopened(held: Standing, _event: Happening) -> Standing:
    return replace(held, state=ReturnState.RECEIVED, accepted_on=None)


def _exempted(held: Standing, _event: Happening) -> Standing:
    return replace(held, state=ReturnState.EXEMPT, before=held.state)


def _unexempted(held: Standing, _event: Happening) -> Standing:
    return replace(held, state=held.before)


_CHANGES: dict[str, Callable[[Standing, Happening], Standing]] = {
    ReturnEventKind.PASSED: _passed,
    ReturnEventKind.HELD_BACK: _held_back,
    ReturnEventKind.SUBMITTED: _submitted,
    ReturnEventKind.RETURNED: _returned,
    ReturnEventKind.ACCEPTED: _accepted,
    ReturnEventKind.REOPENED: _reopened,
    ReturnEventKind.EXEMPTED: _exempted,
    ReturnEventKind.UNEXEMPTED: _unexempted,
}
