"""Where one unit's part of a task stands, as the giver's matrix shows it: most urgent first."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dondoc.programmes.enums import EventKind


class ShareState(StrEnum):
    """The values stand in the address bar."""

    OVERDUE = "qua-han"
    DECLINED = "khong-nhan"
    RETURNED = "tra-lai"
    WAITING = "cho-xac-nhan"
    WORKING = "dang-lam"
    RECEIVED = "da-nhan"
    UNTOUCHED = "chua-nhan"
    DONE_LATE = "tre-han"
    DONE_ON_TIME = "dung-han"
    DONE = "xong"
    EXCUSED = "mien"


MISSING = frozenset(
    {
        ShareState.OVERDUE,
        ShareState.DECLINED,
        ShareState.RETURNED,
        ShareState.WORKING,
        ShareState.RECEIVED,
        ShareState.UNTOUCHED,
    }
)
_OF_STAGE = {
    EventKind.DECLINED.value: ShareState.DECLINED,
    EventKind.RETURNED.value: ShareState.RETURNED,
    EventKind.DELIVERED.value: ShareState.WAITING,
}


@dataclass(frozen=True, slots=True)
class ShareFacts:
    """What is known of a part. ``handed_in_on``: the delivery that waits; ``hand_in_by``: the day that a return names."""

    done_on: date | None
    excused: bool
    stage: str
    last_ok_on: date | None
    received_on: date | None
    reported_on: date | None
    handed_in_on: date | None = None
    hand_in_by: date | None = None


def share_state(facts: ShareFacts, today: date) -> ShareState:
    """What has been said of it comes before what the clock says: a part that was declined waits for the giver, late or not."""
    if facts.excused:
        return ShareState.EXCUSED
    return _done(facts.done_on, facts.last_ok_on) if facts.done_on else _open(facts, today)


def _done(done_on: date, last_ok_on: date | None) -> ShareState:
    if last_ok_on is None:
        return ShareState.DONE
    return ShareState.DONE_LATE if done_on > last_ok_on else ShareState.DONE_ON_TIME


def _open(facts: ShareFacts, today: date) -> ShareState:
    if facts.stage in _OF_STAGE:
        return _OF_STAGE[facts.stage]
    if facts.last_ok_on and today > facts.last_ok_on:
        return ShareState.OVERDUE
    if facts.reported_on:
        return ShareState.WORKING
    return ShareState.RECEIVED if facts.received_on else ShareState.UNTOUCHED


def days_late(facts: ShareFacts, today: date) -> int:
    """Days after the last good day: of the end, of the delivery that waits, of today; a return's own day gives until then."""
    if facts.excused or facts.last_ok_on is None:
        return 0
    term = facts.last_ok_on
    if facts.stage == EventKind.RETURNED and facts.hand_in_by and facts.done_on is None:
        term = max(term, facts.hand_in_by)
    return max(((facts.done_on or facts.handed_in_on or today) - term).days, 0)
