"""Events → where a task and its parts stand.

The projections in the tables are what this gives for all events; the board of a past day is what it gives for those that had
happened by then.

Who closes follows from what the task is given for. To be known: receiving it is all there is to do. To be carried out: a
product document closes it, without one the giver's word does. To be reported on, or asked for an opinion: the giver's word alone.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from dondoc.programmes.enums import EventKind, TaskKind


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
    person_id: int | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """A part that must be done. ``term`` is its period's last good day, none where it has the task's."""

    pk: int
    term: date | None = None


@dataclass(frozen=True, slots=True)
class Charge:
    """What is asked of a task before anything happens.

    ``shares_decide``: all shares done is the task done; false where a lead without parts owes it too. ``goes_on``: a recurring
    task of which more periods are to come.
    """

    last_ok_on: date | None = None
    kind: str = TaskKind.EXECUTE
    shares: Collection[Share] = ()
    shares_decide: bool = True
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """The course of a task, or of one part of it."""

    done_on: date | None = None
    delivered_on: date | None = None
    stage: str = ""
    paused: str = ""
    received_on: date | None = None
    reported_on: date | None = None
    percent: int | None = None
    note: str = ""
    last_ok_on: date | None = None
    asking_until: date | None = None
    handler_id: int | None = None

    @property
    def is_late(self) -> bool:
        return self.done_on is not None and self.last_ok_on is not None and self.done_on > self.last_ok_on


@dataclass(frozen=True, slots=True)
class Course:
    """A task's own line with the group's taken in, and each part's."""

    task: Line
    parts: dict[int, Line] = field(default_factory=dict)


def course_of(events: Iterable[Happening], charge: Charge) -> Course:
    """Fold the events of one task.

    A return or a reopening undoes a delivery. A group's task is done on the day of its last part that is not excused; until then
    it is held to the earliest term of those that are owed, and then to one that says truly whether any of them was late.
    """
    own = Line(last_ok_on=charge.last_ok_on)
    lines = {share.pk: Line(last_ok_on=share.term) for share in charge.shares}
    reported: date | None = None
    for event in events:
        if event.kind in {EventKind.PROGRESS, EventKind.DELIVERED}:
            reported = event.happened_on
        if event.part_id is None:
            own = step(own, event, charge.kind)
        elif event.part_id in lines:
            lines[event.part_id] = step(lines[event.part_id], event, charge.kind)
    own = replace(own, reported_on=reported)
    terms = {share.pk: share.term for share in charge.shares}
    lines = {pk: _with_term(line, terms[pk], own) for pk, line in lines.items()}
    if lines and charge.shares_decide and own.done_on is None:
        own = _of_all(own, list(lines.values()), goes_on=charge.goes_on)
    return Course(own, lines)


def _with_term(line: Line, term: date | None, own: Line) -> Line:
    """A part of a period keeps the period's; another has the task's, unless it was given longer itself."""
    if term is not None or own.last_ok_on is None:
        return line
    return replace(line, last_ok_on=max(line.last_ok_on or own.last_ok_on, own.last_ok_on))


def _of_all(own: Line, lines: Collection[Line], *, goes_on: bool) -> Line:
    owed = [line for line in lines if not line.paused]
    missing = [line.last_ok_on for line in owed if line.done_on is None]
    if missing:
        return replace(own, last_ok_on=min((term for term in missing if term), default=own.last_ok_on))
    if goes_on:
        return replace(own, last_ok_on=None)
    if not owed:
        return own
    done_on = max(line.done_on for line in owed if line.done_on)
    return replace(own, done_on=done_on, last_ok_on=_telling_term(owed, own.last_ok_on))


def _telling_term(done: Collection[Line], usual: date | None) -> date | None:
    late = [line.last_ok_on for line in done if line.is_late and line.last_ok_on]
    terms = [line.last_ok_on for line in done if line.last_ok_on]
    return min(late) if late else max(terms, default=usual)


def step(line: Line, event: Happening, kind: str = TaskKind.EXECUTE) -> Line:
    """One event on one line."""
    if event.kind == EventKind.DELIVERED:
        return _delivered(line, event, kind)
    if event.kind == EventKind.RECEIVED:
        return _received(line, event, kind)
    change = _CHANGES.get(event.kind)
    return change(line, event) if change else line


def _received(line: Line, event: Happening, kind: str) -> Line:
    done_on = line.done_on or (event.happened_on if kind == TaskKind.INFORM else None)
    return replace(line, received_on=line.received_on or event.happened_on, done_on=done_on)


def _delivered(line: Line, event: Happening, kind: str) -> Line:
    if line.done_on is not None:
        return line
    note = event.note or line.note
    if kind == TaskKind.INFORM or (kind == TaskKind.EXECUTE and event.has_product):
        return replace(line, done_on=event.happened_on, delivered_on=event.happened_on, stage="", note=note)
    return replace(line, delivered_on=event.happened_on, stage=EventKind.DELIVERED.value, note=note)


def _progressed(line: Line, event: Happening) -> Line:
    percent = line.percent if event.percent is None else event.percent
    return replace(line, percent=percent, note=event.note or line.note)


def _accepted(line: Line, event: Happening) -> Line:
    return replace(line, done_on=line.done_on or line.delivered_on or event.happened_on, stage="")


def _undone(line: Line, event: Happening) -> Line:
    stage = event.kind if event.kind == EventKind.RETURNED else ""
    return replace(line, done_on=None, delivered_on=None, stage=str(stage))


def _declined(line: Line, _event: Happening) -> Line:
    return line if line.done_on else replace(line, stage=EventKind.DECLINED.value)


def _insisted(line: Line, _event: Happening) -> Line:
    return replace(line, stage="") if line.stage == EventKind.DECLINED else line


def _handed_on(line: Line, event: Happening) -> Line:
    return replace(line, handler_id=event.person_id)


def _stopped(line: Line, event: Happening) -> Line:
    return replace(line, paused=str(event.kind), stage="" if line.stage == EventKind.DECLINED else line.stage)


def _resumed(line: Line, _event: Happening) -> Line:
    return replace(line, paused="")


def _asked(line: Line, event: Happening) -> Line:
    return replace(line, asking_until=event.new_due_on)


def _answered(line: Line, _event: Happening) -> Line:
    return replace(line, asking_until=None)


def _extended(line: Line, event: Happening) -> Line:
    return replace(line, last_ok_on=event.new_due_on, asking_until=None)


_CHANGES: dict[str, Callable[[Line, Happening], Line]] = {
    EventKind.PROGRESS: _progressed,
    EventKind.ACCEPTED: _accepted,
    EventKind.RETURNED: _undone,
    EventKind.REOPENED: _undone,
    EventKind.DECLINED: _declined,
    EventKind.INSISTED: _insisted,
    EventKind.HANDED_ON: _handed_on,
    EventKind.SUSPENDED: _stopped,
    EventKind.CANCELLED: _stopped,
    EventKind.RESUMED: _resumed,
    EventKind.EXTENSION_ASKED: _asked,
    EventKind.EXTENSION_REFUSED: _answered,
    EventKind.EXTENSION_WITHDRAWN: _answered,
    EventKind.EXTENDED: _extended,
}
