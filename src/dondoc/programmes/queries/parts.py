"""The units of a group's task as rows of one matrix, in three queries however many they are."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date

from dondoc.common.folding import searchable
from dondoc.programmes.enums import EventKind
from dondoc.programmes.models import Part, Period, Task, TaskEvent
from dondoc.programmes.queries.known import deciding_parts
from dondoc.programmes.rules.shares import MISSING, ShareFacts, ShareState, days_late, share_state
from dondoc.programmes.wording import Badge
from dondoc.programmes.wording_shares import share_badge
from dondoc.units.models import Person

ASKING = "xin-gia-han"
_TOLD = (EventKind.PROGRESS, EventKind.DELIVERED, EventKind.RETURNED, EventKind.DECLINED)
_ORDER = {state: place for place, state in enumerate(ShareState)}


@dataclass(frozen=True, slots=True)
class Row:
    """One unit. ``delivery``: its last one; ``said``: the last words, of the unit or of a return."""

    part: Part
    state: ShareState
    badge: Badge
    days: int
    delivery: TaskEvent | None
    said: str
    hand_in_by: date | None

    @property
    def is_missing(self) -> bool:
        return self.state in MISSING

    @property
    def phone(self) -> str:
        """Of the person that it was handed on to, else of the unit: digits to dial."""
        handler: Person | None = self.part.handler
        written = (handler.phone if handler else "") or self.part.unit.phone
        return "".join(letter for letter in written if letter.isdigit() or letter == "+")


@dataclass(frozen=True, slots=True)
class Choice:
    """What the address bar asks for: a state, a name, a period."""

    state: str = ""
    text: str = ""
    period: int | None = None


@dataclass(slots=True)
class Matrix:
    """The rows asked for, and counts of all; ``missing`` are neither done, nor waiting, nor excused."""

    rows: list[Row]
    counts: Counter[str]
    total: int
    missing: list[Row]
    periods: list[Period] = field(default_factory=list)
    period: Period | None = None

    @property
    def done(self) -> int:
        return self.counts[ShareState.DONE] + self.counts[ShareState.DONE_ON_TIME] + self.counts[ShareState.DONE_LATE]


def matrix_of(task: Task, choice: Choice, today: date) -> Matrix:
    """The most urgent first; of a recurring task one period."""
    related = ("unit", "handler", "period", "assignment")
    parts = list(deciding_parts().filter(assignment__task=task).select_related(*related))
    periods = _periods(parts, today)
    period = _asked(parts, periods, choice)
    shown = [part for part in parts if part.period_id == (period.pk if period else part.period_id)]
    rows = sorted(_rows(task, shown, today), key=lambda row: (_ORDER[row.state], -row.days, row.part.unit.search_text))
    counts = Counter(str(row.state) for row in rows)
    counts[ASKING] = sum(1 for row in rows if row.part.asking_until)
    asked = [row for row in rows if _fits(row, choice)]
    return Matrix(asked, counts, len(rows), [row for row in rows if row.is_missing], periods, period)


def _periods(parts: Sequence[Part], today: date) -> list[Period]:
    """Those that have begun."""
    found = {part.period.pk: part.period for part in parts if part.period and part.period.starts_on <= today}
    return sorted(found.values(), key=lambda period: period.starts_on)


def _asked(parts: Sequence[Part], periods: Sequence[Period], choice: Choice) -> Period | None:
    """The one asked for, else the first that somebody still owes, else the last."""
    by_pk = {period.pk: period for period in periods}
    if choice.period in by_pk:
        return by_pk[choice.period]
    owed = {part.period_id for part in parts if part.done_on is None and not part.excused}
    return next((period for period in periods if period.pk in owed), periods[-1] if periods else None)


def _rows(task: Task, parts: Collection[Part], today: date) -> list[Row]:
    told = _told(task)
    return [_row(part, told.get(part.pk, {}), today) for part in parts]


def _told(task: Task) -> dict[int, dict[str, TaskEvent]]:
    """The last event of each kind, by part."""
    events = TaskEvent.objects.filter(task=task, part__isnull=False, kind__in=_TOLD).select_related("evidence")
    found: dict[int, dict[str, TaskEvent]] = {}
    for event in events.order_by("happened_on", "recorded_at", "pk"):
        if event.part_id:
            found.setdefault(event.part_id, {})[event.kind] = event
    return found


def _row(part: Part, told: dict[str, TaskEvent], today: date) -> Row:
    delivery, back = told.get(EventKind.DELIVERED), told.get(EventKind.RETURNED)
    progress = told.get(EventKind.PROGRESS)
    hand_in_by = back.new_due_on if back and part.stage == EventKind.RETURNED else None
    facts = ShareFacts(
        done_on=part.done_on,
        excused=part.excused,
        stage=part.stage,
        last_ok_on=part.last_ok_on,
        received_on=part.received_on,
        reported_on=progress.happened_on if progress else None,
        handed_in_on=delivery.happened_on if delivery and part.stage == EventKind.DELIVERED else None,
        hand_in_by=hand_in_by,
    )
    state = share_state(facts, today)
    late = days_late(facts, today)
    last = told.get(part.stage) or progress or delivery
    return Row(part, state, share_badge(state, late), late, delivery, last.note if last else "", hand_in_by)


def _fits(row: Row, choice: Choice) -> bool:
    if choice.text and searchable(choice.text) not in row.part.unit.search_text:
        return False
    if choice.state == ASKING:
        return row.part.asking_until is not None
    return not choice.state or row.state == choice.state
