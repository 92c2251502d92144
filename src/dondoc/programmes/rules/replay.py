"""Events → where a task and its parts stand.

The projections in the tables are what this gives for all events; the board of a past day is what it gives for those that had
happened by then.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from dondoc.programmes.enums import EventKind


@dataclass(frozen=True, slots=True)
class Happening:
    """What of an event bears on the state; events come by ``happened_on``, then in the order of recording."""

    kind: str
    happened_on: date
    part_id: int | None = None
    percent: int | None = None
    note: str = ""
    has_product: bool = False
    new_due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """The course of a task, or of one part of it."""

    done_on: date | None = None
    delivered_on: date | None = None
    stage: str = ""
    paused: str = ""
    reported_on: date | None = None
    percent: int | None = None
    note: str = ""
    last_ok_on: date | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """A task with its parts."""

    task: Line
    parts: dict[int, Line] = field(default_factory=dict)


def course_of(
    events: Iterable[Happening], *, last_ok_on: date | None, parts: Collection[int] = (), parts_decide: bool = True
) -> Course:
    """Fold the events.

    ``parts`` are those that must be done for the task to be done; they do not decide alone where a lead without parts owes
    the task too.

    A delivery with a product document (number and day) is done on its day; one without waits for the giver's word and
    is then done on the day of the delivery. A return or a reopening undoes it. A group's task is done on the day of its last
    part that is not excused.
    """
    own = Line(last_ok_on=last_ok_on)
    lines = dict.fromkeys(parts, Line())
    reported: date | None = None
    for event in events:
        if event.kind in {EventKind.PROGRESS, EventKind.DELIVERED}:
            reported = event.happened_on
        if event.part_id is None:
            own = step(own, event)
        elif event.part_id in lines:
            lines[event.part_id] = step(lines[event.part_id], event)
    own = replace(own, reported_on=reported)
    if lines and parts_decide and own.done_on is None:
        own = replace(own, done_on=_all_done(lines.values()))
    return Course(own, lines)


def _all_done(lines: Collection[Line]) -> date | None:
    owed = [line.done_on for line in lines if not line.paused]
    days = [day for day in owed if day is not None]
    return max(days) if owed and len(days) == len(owed) else None


def step(line: Line, event: Happening) -> Line:
    """One event on one line."""
    change = _CHANGES.get(event.kind)
    return change(line, event) if change else line


def _progressed(line: Line, event: Happening) -> Line:
    percent = line.percent if event.percent is None else event.percent
    return replace(line, percent=percent, note=event.note or line.note)


def _delivered(line: Line, event: Happening) -> Line:
    if line.done_on is not None:
        return line
    note = event.note or line.note
    if event.has_product:
        return replace(line, done_on=event.happened_on, delivered_on=event.happened_on, stage="", note=note)
    return replace(line, delivered_on=event.happened_on, stage=EventKind.DELIVERED.value, note=note)


def _accepted(line: Line, event: Happening) -> Line:
    return replace(line, done_on=line.done_on or line.delivered_on or event.happened_on, stage="")


def _undone(line: Line, event: Happening) -> Line:
    stage = event.kind if event.kind == EventKind.RETURNED else ""
    return replace(line, done_on=None, delivered_on=None, stage=str(stage))


def _stopped(line: Line, event: Happening) -> Line:
    return replace(line, paused=str(event.kind))


def _resumed(line: Line, _event: Happening) -> Line:
    return replace(line, paused="")


def _extended(line: Line, event: Happening) -> Line:
    return replace(line, last_ok_on=event.new_due_on)


_CHANGES: dict[str, Callable[[Line, Happening], Line]] = {
    EventKind.PROGRESS: _progressed,
    EventKind.DELIVERED: _delivered,
    EventKind.ACCEPTED: _accepted,
    EventKind.RETURNED: _undone,
    EventKind.REOPENED: _undone,
    EventKind.SUSPENDED: _stopped,
    EventKind.CANCELLED: _stopped,
    EventKind.RESUMED: _resumed,
    EventKind.EXTENDED: _extended,
}
