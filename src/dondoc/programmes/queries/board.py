"""What a board is asked for, the headings that its rows stand under, and the order of a past day or of a search.

The order of today without a search comes from the database (``today``); both give the same rows under the same headings.
"""

from array import array
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from django.db.models import Q, QuerySet

from dondoc.common.folding import searchable
from dondoc.programmes.enums import AssignmentRole, TaskState
from dondoc.programmes.models import Assignment, Programme, Task
from dondoc.programmes.queries.known import Known, known_on
from dondoc.programmes.queries.tasks import Choice, chosen, tasks_on
from dondoc.programmes.rules.states import OPEN_WITH_DEADLINE, WITHIN_TIME, long_overdue

PAGE_SIZE = 50
BY_STATE, BY_AGENCY, BY_DEADLINE = "trang-thai", "co-quan", "thoi-han"
NO_LEAD = "Chưa giao chủ trì"
NO_DAY = "Không thời hạn"


@dataclass(frozen=True, slots=True)
class BoardQuery:
    """The address bar of a board, read."""

    day: date
    today: date
    choice: Choice = field(default_factory=Choice)
    state: str = ""
    text: str = ""
    view: str = BY_STATE
    page: int = 1

    @property
    def is_past(self) -> bool:
        return self.day < self.today

    @property
    def is_narrowed(self) -> bool:
        return bool(self.state or self.text) or self.choice != Choice()


@dataclass(frozen=True, slots=True)
class Heading:
    """Words, how many rows stand under them, and the place of the first. ``holds``: which, for the database."""

    words: str
    count: int
    first: int
    holds: Q | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """Headings in their order; for a past day or a search the tasks under them too."""

    headings: tuple[Heading, ...]
    pks: "array[int] | None" = None

    @property
    def total(self) -> int:
        return sum(heading.count for heading in self.headings)

    def shown(self, number: int) -> list[Heading]:
        """The headings of a page."""
        start, end = (number - 1) * PAGE_SIZE, number * PAGE_SIZE
        return [one for one in self.headings if start < one.first + one.count and one.first < end]

    def places(self, number: int) -> dict[int, tuple[str, int]]:
        """Headings by the place on the page before which they stand; the first row always has one."""
        start = (number - 1) * PAGE_SIZE
        return {max(one.first - start, 0): (one.words, one.count) for one in self.shown(number)}


def order_with(counted: Iterable[tuple[str, int, Q | None]], pks: "array[int] | None" = None) -> Order:
    """Headings one after the other; those without rows are left out."""
    headings = []
    first = 0
    for words, count, holds in counted:
        if count:
            headings.append(Heading(words, count, first, holds))
            first += count
    return Order(tuple(headings), pks)


STATES: dict[str, Callable[[Known], bool]] = {
    "qua-han": lambda one: one.standing.state == TaskState.OVERDUE,
    "qua-30-ngay": lambda one: long_overdue(one.standing),
    "sap-den-han": lambda one: one.standing.state == TaskState.DUE_SOON,
    "trong-han": lambda one: one.standing.state in WITHIN_TIME,
    "dung-han": lambda one: one.standing.state == TaskState.DONE_ON_TIME,
    "tre-han": lambda one: one.standing.state == TaskState.DONE_LATE,
    "khong-thoi-han": lambda one: one.standing.state == TaskState.NO_DEADLINE,
    "chua-bao-cao": lambda one: one.silent,
    "xong-khong-han": lambda one: one.standing.state == TaskState.DONE,
    "tam-dung": lambda one: one.standing.state == TaskState.SUSPENDED,
    "dung": lambda one: one.standing.state == TaskState.CANCELLED,
}

HEADINGS = {
    TaskState.OVERDUE: "Quá hạn",
    TaskState.DUE_SOON: "Sắp đến hạn",
    TaskState.IN_PROGRESS: "Trong hạn",
    TaskState.NOT_STARTED: "Trong hạn",
    TaskState.DONE_LATE: "Hoàn thành trễ hạn",
    TaskState.DONE_ON_TIME: "Hoàn thành đúng, trước hạn",
    TaskState.DONE: "Hoàn thành, không thời hạn",
    TaskState.NO_DEADLINE: "Không thời hạn",
    TaskState.SUSPENDED: "Tạm dừng",
    TaskState.CANCELLED: "Dừng theo dõi",
}
_RANKS = {words: rank for rank, words in enumerate(dict.fromkeys(HEADINGS.values()))}
RANK_OF = {state: _RANKS[words] for state, words in HEADINGS.items()}


def order_then(programme: Programme, query: BoardQuery, unit_ids: Collection[int]) -> Order:
    """Read all tasks that the address bar asks for and put them in order."""
    tasks = chosen(tasks_on(programme, query.day), query.choice, unit_ids)
    known: Iterable[Known] = known_on(tasks, query.day, today=query.today)
    if fits := STATES.get(query.state):
        known = filter(fits, known)
    if query.text:
        found = _with_text(tasks, query.text)
        known = (one for one in known if one.pk in found)
    return _ordered(list(known), _grouping(query.view, tasks))


def _ordered(known: list[Known], group: Callable[[Known], tuple[object, str]]) -> Order:
    keyed = sorted((group(one), _urgency(one), one.pk) for one in known)
    counted = [(words, sum(1 for _ in rows), None) for (_, words), rows in groupby(keyed, key=lambda row: row[0])]
    return order_with(counted, array("q", (pk for *_, pk in keyed)))


def _urgency(one: Known) -> tuple[int, date, int]:
    return RANK_OF[one.standing.state], one.last_ok_on or date.max, one.position


def _grouping(view: str, tasks: QuerySet[Task]) -> Callable[[Known], tuple[object, str]]:
    if view == BY_AGENCY:
        names = _lead_names(tasks)
        return lambda one: (agency_key(names.get(one.pk)), names.get(one.pk, NO_LEAD))
    if view == BY_DEADLINE:
        return lambda one: month_of(one.last_ok_on, is_open=one.standing.state in OPEN_WITH_DEADLINE)
    return lambda one: (RANK_OF[one.standing.state], HEADINGS[one.standing.state])


def agency_key(name: str | None) -> tuple[bool, str, str]:
    """Names in the order of the alphabet, marks and capitals aside; tasks without a lead come last."""
    return name is None, searchable(name or ""), name or ""


def month_of(day: date | None, *, is_open: bool) -> tuple[tuple[int, int, int], str]:
    """Months that hold work first, then what is finished or has no day."""
    if day is None:
        return (2, 0, 0), NO_DAY
    words = f"Tháng {day.month}/{day.year}"
    return (int(not is_open), day.year, day.month), words if is_open else f"{words}, đã xong"


def _lead_names(tasks: QuerySet[Task]) -> dict[int, str]:
    """The name of each task's first lead, or of the one that answers."""
    rows = (
        Assignment.objects.filter(task__in=tasks.values("pk"), role=AssignmentRole.LEAD)
        .order_by("answers", "-position", "-pk")
        .values_list("task_id", "unit__name", "name")
    )
    return {task_id: unit or name for task_id, unit, name in rows}


def _with_text(tasks: QuerySet[Task], text: str) -> set[int]:
    """Tasks whose text, section, result or lead holds all the words, marks and capitals aside."""
    words: Sequence[str] = searchable(text).split()
    held: dict[int, str] = {}
    for pk, *texts in tasks.order_by().values_list("pk", "text", "result", "section"):
        held[pk] = searchable(*texts)
    for pk, name in _lead_names(tasks).items():
        held[pk] += f" {searchable(name)}"
    return {pk for pk, hay in held.items() if all(word in hay for word in words)}
