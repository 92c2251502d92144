"""What the page of a task shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Prefetch, QuerySet, When

from dondoc.documents.models import Item
from dondoc.programmes.enums import AssignmentRole
from dondoc.programmes.models import Assignment, Duty, Part, Programme, Task, TaskEvent
from dondoc.programmes.rules.states import Standing, state_on


@dataclass(frozen=True, slots=True)
class Passage:
    """The paragraph that something was read from, cut at the passage, with its neighbours."""

    above: str
    before: str
    marked: str
    after: str
    below: str


def task_of(programme: Programme, pk: int) -> QuerySet[Task]:
    tasks = Task.objects.filter(programme=programme, pk=pk)
    return tasks.select_related("item__document", "item__reading", "origin", "handler", "supersedes", "anchor_event").defer(
        "item__reading__raw", "item__reading__offsets", "item__reading__contract", "item__reading__tables",
        "item__reading__pages",
    )  # fmt: skip


def assignments_of(task: Task) -> list[Assignment]:
    """Leads first, each with its parts, the missing ones first."""
    parts = Part.objects.select_related("unit", "assignment", "handler", "period").order_by(
        Case(When(done_on__isnull=True, excused=False, then=0), default=1), "unit__search_text", "unit"
    )
    rows = task.assignments.select_related("unit", "group").prefetch_related(Prefetch("parts", queryset=parts))
    order = {AssignmentRole.LEAD: 0, AssignmentRole.COORDINATING: 1, AssignmentRole.SUPERVISING: 2}
    return sorted(rows, key=lambda row: (order[AssignmentRole(row.role)], row.position, row.pk))


def events_of(task: Task) -> list[TaskEvent]:
    """The newest first."""
    rows = task.events.select_related("recorded_by", "unit", "part__unit", "part__period", "person", "evidence")
    return list(rows.order_by("-happened_on", "-recorded_at", "-pk"))


def same_obligation(task: Task, assignments: Sequence[Assignment]) -> tuple[list[Task], list[Duty]]:
    """The other names of what the task's leads owe."""
    obligations = {one.obligation_id for one in assignments if one.obligation_id}
    if not obligations:
        return [], []
    tasks = Task.objects.filter(assignments__obligation__in=obligations).exclude(pk=task.pk).distinct()
    return list(tasks), list(Duty.objects.filter(obligation__in=obligations))


def standing_of(task: Task, on: date) -> Standing:
    return state_on(
        last_ok_on=task.last_ok_on,
        done_on=task.done_on,
        paused=task.paused,
        started=task.reported_on is not None,
        today=on,
    )


def passage_of(item: Item) -> Passage:
    """From the text that the item was read in; paragraphs are the reader's, else the lines."""
    text = item.reading.text
    paragraphs = _paragraphs(item)
    own = [place for place, (start, end) in enumerate(paragraphs) if start < item.span_end and end > item.span_start]
    first, last = (own[0], own[-1]) if own else (0, len(paragraphs) - 1)
    start = min(paragraphs[first][0], item.span_start) if paragraphs else item.span_start
    end = max(paragraphs[last][1], item.span_end) if paragraphs else item.span_end
    return Passage(
        above=_shown(text, paragraphs, first - 1),
        before=text[start : item.span_start].lstrip(),
        marked=text[item.span_start : item.span_end],
        after=text[item.span_end : end].rstrip(),
        below=_shown(text, paragraphs, last + 1),
    )


def _paragraphs(item: Item) -> list[tuple[int, int]]:
    blocks = item.reading.blocks
    if blocks:
        return [(int(block[0]), int(block[1])) for block in blocks]
    found = []
    start = 0
    for line in item.reading.text.split("\n"):
        if line.strip():
            found.append((start, start + len(line)))
        start += len(line) + 1
    return found


def _shown(text: str, paragraphs: list[tuple[int, int]], place: int) -> str:
    if not 0 <= place < len(paragraphs):
        return ""
    start, end = paragraphs[place]
    return text[start:end].strip()
