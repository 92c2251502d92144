"""The rows that a figure counts: tasks of the programmes, or what a unit owes of them, as of the figures' day."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import F, QuerySet

from dondoc.common.exporting import Column
from dondoc.documents.places import name_of_section
from dondoc.programmes.enums import AssignmentRole
from dondoc.programmes.models import Assignment, Programme, Spell, Task
from dondoc.programmes.rules.states import state_on
from dondoc.programmes.wording import Badge, badge_of

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Line:
    """``who``: the leads of a task, or the unit whose own it is. ``extended``: the term is no longer the first."""

    task: Task
    programme: Programme
    place: str
    who: str
    last_ok_on: date | None
    first_ok_on: date | None
    done_on: date | None
    badge: Badge

    @property
    def extended(self) -> bool:
        return self.first_ok_on != self.last_ok_on


COLUMNS: tuple[Column[Line], ...] = (
    Column("Chương trình", lambda one: one.programme.title, width=40),
    Column("Mục", lambda one: one.place),
    Column("Nhiệm vụ", lambda one: one.task.text, width=60),
    Column("Cơ quan", lambda one: one.who, width=34),
    Column("Thời hạn", lambda one: one.task.deadline_text, width=24),
    Column("Hạn giao ban đầu", lambda one: one.first_ok_on),
    Column("Hạn đang giữ", lambda one: one.last_ok_on),
    Column("Hoàn thành", lambda one: one.done_on),
    Column("Trạng thái", lambda one: one.badge.text, width=24),
)


def in_order(spells: QuerySet[Spell]) -> QuerySet[Spell]:
    held = spells.select_related("task__item__document", "task__origin", "programme", "unit")
    held = held.defer("task__result", "task__progress_note", "task__item__read", "task__item__corrected")
    return held.order_by(F("last_ok_on").asc(nulls_last=True), "task", "pk")


def lines_of(spells: Iterable[Spell], day: date) -> list[Line]:
    """Of one page, in one query more."""
    held = list(spells)
    leads = _leads([one.task_id for one in held if one.unit is None])
    return [_line(one, day, leads) for one in held]


def all_lines(spells: QuerySet[Spell], day: date) -> Iterator[Line]:
    """Of all pages, some hundreds at a time."""
    held: list[Spell] = []
    for one in spells.iterator(chunk_size=AT_ONCE):
        held.append(one)
        if len(held) == AT_ONCE:
            yield from lines_of(held, day)
            held = []
    yield from lines_of(held, day)


def _leads(tasks: list[int]) -> dict[int, str]:
    rows = Assignment.objects.filter(task__in=tasks, role=AssignmentRole.LEAD).order_by("-answers", "position", "pk")
    names: dict[int, list[str]] = {}
    for task_id, unit, name in rows.values_list("task", "unit__name", "name"):
        names.setdefault(task_id, []).append(unit or name)
    return {pk: ", ".join(held) for pk, held in names.items()}


def _line(one: Spell, day: date, leads: dict[int, str]) -> Line:
    now = state_on(last_ok_on=one.last_ok_on, done_on=one.done_on, paused=one.paused, started=True, today=day)
    return Line(
        task=one.task,
        programme=one.programme,
        place=name_of_section(one.task.section),
        who=one.unit.name if one.unit else leads.get(one.task_id, ""),
        last_ok_on=one.last_ok_on,
        first_ok_on=one.first_ok_on,
        done_on=one.done_on,
        badge=badge_of(now),
    )
