"""The order of a board's tasks on a day, and what one page of it shows."""

from array import array
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from django.db.models import Min, QuerySet

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


@dataclass(frozen=True, slots=True)
class Order:
    """Which tasks, in which order, under which headings: (words, how many, index of the first)."""

    pks: "array[int]"
    headings: tuple[tuple[str, int, int], ...]

    def page(self, number: int) -> Sequence[int]:
        return self.pks[(number - 1) * PAGE_SIZE : number * PAGE_SIZE].tolist()

    def headings_of(self, number: int) -> dict[int, tuple[str, int]]:
        """Headings by the place on the page before which they stand; the first row always has one."""
        start, end = (number - 1) * PAGE_SIZE, number * PAGE_SIZE
        shown = [
            (max(first - start, 0), words, count)
            for words, count, first in self.headings
            if start < first + count and first < end
        ]
        return {place: (words, count) for place, words, count in shown}


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

_HEADINGS = {
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
_RANKS = {words: rank for rank, words in enumerate(dict.fromkeys(_HEADINGS.values()))}
_RANK_OF = {state: _RANKS[words] for state, words in _HEADINGS.items()}


def order_of(programme: Programme, query: BoardQuery, unit_ids: Collection[int]) -> Order:
    """All tasks that the address bar asks for, the most urgent first under each heading."""
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
    headings = []
    first = 0
    for (_, words), rows in groupby(keyed, key=lambda row: row[0]):
        count = sum(1 for _ in rows)
        headings.append((words, count, first))
        first += count
    return Order(array("q", (pk for *_, pk in keyed)), tuple(headings))


def _urgency(one: Known) -> tuple[int, date, int]:
    return _RANK_OF[one.standing.state], one.last_ok_on or date.max, one.position


def _grouping(view: str, tasks: QuerySet[Task]) -> Callable[[Known], tuple[object, str]]:
    if view == BY_AGENCY:
        names = _lead_names(tasks)
        return lambda one: (one.pk not in names, names.get(one.pk, NO_LEAD))
    if view == BY_DEADLINE:
        return _by_month
    return lambda one: (_RANK_OF[one.standing.state], _HEADINGS[one.standing.state])


def _by_month(one: Known) -> tuple[object, str]:
    """Months that hold work first, then what is finished or has no day."""
    if one.last_ok_on is None:
        return (2, 0, 0), NO_DAY
    finished = one.standing.state not in OPEN_WITH_DEADLINE
    words = f"Tháng {one.last_ok_on.month}/{one.last_ok_on.year}"
    return (int(finished), one.last_ok_on.year, one.last_ok_on.month), f"{words}, đã xong" if finished else words


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
    words = searchable(text).split()
    held: dict[int, str] = {}
    for pk, *texts in tasks.order_by().values_list("pk", "text", "result", "section"):
        held[pk] = searchable(*texts)
    for pk, name in _lead_names(tasks).items():
        held[pk] += f" {searchable(name)}"
    return {pk for pk, hay in held.items() if all(word in hay for word in words)}


def agencies_of(programme: Programme, day: date) -> list[tuple[str, str]]:
    """The leads that the filter offers: value and name."""
    rows = (
        Assignment.objects.filter(task__in=tasks_on(programme, day).values("pk"), role=AssignmentRole.LEAD)
        .order_by()
        .values_list("unit", "group", "unit__name")
        .annotate(Min("name"))
        .distinct()
    )
    named = Assignment.objects.filter(
        task__in=tasks_on(programme, day).values("pk"), role=AssignmentRole.LEAD, unit=None, group=None
    )
    options = {_option(unit, group): unit_name or name for unit, group, unit_name, name in rows if unit or group}
    options.update({f"t{name}": name for name in named.order_by().values_list("name", flat=True).distinct()})
    return sorted(options.items(), key=lambda pair: searchable(pair[1]))


def _option(unit: int | None, group: int | None) -> str:
    return f"u{unit}" if unit else f"g{group}"


def sections_of(programme: Programme, day: date) -> list[str]:
    """The headings that tasks stand under, to the second level, in the order of the document."""
    rows = tasks_on(programme, day).exclude(section="").order_by().values_list("section").annotate(at=Min("position"))
    first: dict[str, int] = {}
    for section, at in rows:
        head = ".".join(section.split(".")[:2])
        first[head] = min(at, first.get(head, at))
    return sorted(first, key=lambda head: first[head])
