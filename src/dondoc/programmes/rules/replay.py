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
    """A part that must be done. ``term`` is its period's last good day, none where it has the task's; so is ``opens_on``."""

    pk: int
    term: date | None = None
    opens_on: date | None = None
    unit_id: int | None = None


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
    """Fold the events of one task."""
    fold = Fold(charge)
    for event in events:
        fold.add(event)
    return fold.course(charge.shares, goes_on=charge.goes_on)


class Fold:
    """The lines of a task while its events come one after the other."""

    def __init__(self, charge: Charge) -> None:
        self.charge = charge
        self.own = Line(last_ok_on=charge.last_ok_on)
        self.lines = {share.pk: Line(last_ok_on=share.term) for share in charge.shares}
        self.termed: dict[int, tuple[Line, date | None, Line]] = {}

    def add(self, event: Happening) -> None:
        """A word of a part is a word on the task too."""
        if event.part_id is None:
            self.own = step(self.own, event, self.charge.kind)
        elif event.part_id in self.lines:
            self.lines[event.part_id] = step(self.lines[event.part_id], event, self.charge.kind)
        if event.kind in _WORDS:
            self.own = replace(self.own, reported_on=event.happened_on)
            if event.part_id in self.lines:
                self.lines[event.part_id] = replace(self.lines[event.part_id], reported_on=event.happened_on)

    def course(self, shares: Collection[Share], *, goes_on: bool) -> Course:
        """Where these shares stand now, and the task with them.

        A group's task is done on the day of its last part that is not excused; until then it is held to the earliest term of
        those that are owed, and then to one that says truly whether any of them was late. Whoever says that it is done while
        a part is owed, it is not; where all parts are excused, the giver's word closes it.
        """
        lines = {share.pk: self._line_of(share) for share in shares}
        if not lines:
            return Course(self.own, lines)
        return Course(_with_parts(self.own, list(lines.values()), self.charge, goes_on=goes_on), lines)

    def _line_of(self, share: Share) -> Line:
        """The part's line with its term, made once for as long as both stay the same."""
        line, term = self.lines[share.pk], self.own.last_ok_on
        known = self.termed.get(share.pk)
        if known is None or known[0] is not line or known[1] != term:
            known = self.termed[share.pk] = (line, term, _with_term(line, share.term, self.own))
        return known[2]


def _with_term(line: Line, term: date | None, own: Line) -> Line:
    """A part of a period keeps the period's; another has the task's, unless it was given longer itself."""
    if term is not None or own.last_ok_on is None:
        return line
    later = max(line.last_ok_on or own.last_ok_on, own.last_ok_on)
    return line if later == line.last_ok_on else replace(line, last_ok_on=later)


def _with_parts(own: Line, lines: Collection[Line], charge: Charge, *, goes_on: bool) -> Line:
    """The task's own line, held to its parts."""
    owed = [line for line in lines if not line.paused]
    missing = [line.last_ok_on for line in owed if line.done_on is None]
    if missing:
        terms = missing if charge.shares_decide or own.done_on else [*missing, own.last_ok_on]
        return replace(own, done_on=None, last_ok_on=min((term for term in terms if term), default=own.last_ok_on))
    if not charge.shares_decide:
        return own
    if goes_on:
        return replace(own, done_on=None, last_ok_on=None)
    done_on = max((line.done_on for line in owed if line.done_on), default=own.done_on)
    return replace(own, done_on=done_on, last_ok_on=_telling_term(owed, own.last_ok_on))


def _telling_term(done: Collection[Line], usual: date | None) -> date | None:
    late = [line.last_ok_on for line in done if line.is_late and line.last_ok_on]
    terms = [line.last_ok_on for line in done if line.last_ok_on]
    return min(late) if late else max(terms, default=usual)


_WORDS = frozenset({EventKind.PROGRESS, EventKind.DELIVERED})


def step(line: Line, event: Happening, kind: str = TaskKind.EXECUTE) -> Line:
    """One event on one line."""
    if event.kind == EventKind.DELIVERED:
        return _delivered(line, event, kind)
    if event.kind == EventKind.RECEIVED:
        return _received(line, event, kind)
    change = _CHANGES.get(event.kind)
    return change(line, event) if change else line


def _received(line: Line, event: Happening, kind: str) -> Line:
    """Whoever receives it takes back that they declined it. A deadline that runs from the receipt is known from then on."""
    term = line.last_ok_on or event.new_due_on
    taken = _insisted(replace(line, received_on=line.received_on or event.happened_on, last_ok_on=term), event)
    return _done(taken, taken.done_on or event.happened_on) if kind == TaskKind.INFORM else taken


def _delivered(line: Line, event: Happening, kind: str) -> Line:
    """What waits for the giver's word counts from its first delivery since the last return."""
    if line.done_on is not None:
        return line
    told = replace(line, note=event.note or line.note)
    if kind == TaskKind.INFORM or (kind == TaskKind.EXECUTE and event.has_product):
        return _done(replace(told, delivered_on=event.happened_on), event.happened_on)
    first = line.delivered_on or event.happened_on
    return replace(told, delivered_on=first, stage=EventKind.DELIVERED.value)


def _done(line: Line, on: date) -> Line:
    """Nothing waits for a word any more."""
    return replace(line, done_on=on, stage="", asking_until=None)


def _progressed(line: Line, event: Happening) -> Line:
    percent = line.percent if event.percent is None else event.percent
    return replace(line, percent=percent, note=event.note or line.note)


def _accepted(line: Line, event: Happening) -> Line:
    return _done(line, line.done_on or line.delivered_on or event.happened_on)


def _undone(line: Line, event: Happening) -> Line:
    stage = event.kind if event.kind == EventKind.RETURNED else ""
    return replace(line, done_on=None, delivered_on=None, stage=str(stage))


def _declined(line: Line, _event: Happening) -> Line:
    return line if line.done_on else replace(line, stage=EventKind.DECLINED.value)


def _insisted(line: Line, _event: Happening) -> Line:
    return replace(line, stage="") if line.stage == EventKind.DECLINED else line


def _reassigned(line: Line, _event: Happening) -> Line:
    """Another unit begins anew; what was reported before stays in the history."""
    return replace(line, received_on=None, delivered_on=None, stage="", asking_until=None, handler_id=None)


def _handed_on(line: Line, event: Happening) -> Line:
    return replace(line, handler_id=event.person_id)


def _stopped(line: Line, event: Happening) -> Line:
    return replace(line, paused=str(event.kind), stage="" if line.stage == EventKind.DECLINED else line.stage)


def _resumed(line: Line, _event: Happening) -> Line:
    return replace(line, paused="")


def _asked(line: Line, event: Happening) -> Line:
    return line if line.done_on else replace(line, asking_until=event.new_due_on)


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
    EventKind.REASSIGNED: _reassigned,
    EventKind.HANDED_ON: _handed_on,
    EventKind.SUSPENDED: _stopped,
    EventKind.CANCELLED: _stopped,
    EventKind.RESUMED: _resumed,
    EventKind.EXTENSION_ASKED: _asked,
    EventKind.EXTENSION_REFUSED: _answered,
    EventKind.EXTENSION_WITHDRAWN: _answered,
    EventKind.EXTENDED: _extended,
}
