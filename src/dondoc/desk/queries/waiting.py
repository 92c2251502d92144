"""What waits for a word of the actor's units: deliveries, requests for more time, obstacles, documents that were read."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q, Window

from dondoc.documents.enums import DocumentState, ItemState
from dondoc.documents.models import Document
from dondoc.documents.queries import visible_documents
from dondoc.programmes.enums import EventKind
from dondoc.programmes.models import Part, Task, TaskEvent
from dondoc.programmes.queries import extensions, obstacles
from dondoc.programmes.queries.obstacles import Listed
from dondoc.programmes.queries.opening import KINDS
from dondoc.units.rules import Actor

SHOWN = 5
_WAITS = (EventKind.DELIVERED, EventKind.DECLINED)


@dataclass(frozen=True, slots=True)
class Delivery:
    """Work that was handed in, or declined, and waits for the giver's word."""

    task: Task
    unit_name: str
    declined: bool


@dataclass(frozen=True, slots=True)
class Some:
    """The first few of a list, and how many there are."""

    rows: list[Any] = field(default_factory=list)
    total: int = 0


def deliveries(led: Collection[int], shown: int = SHOWN) -> Some:
    """In these programmes, which the actor's units lead, the oldest first."""
    if not led:
        return Some()
    waits = Q(stage__in=_WAITS, done_on__isnull=True)
    total = Window(Count("pk"))
    whole = Task.objects.filter(waits, programme__in=led, counted=True, superseded_on__isnull=True).annotate(total=total)
    shares = Part.objects.filter(
        waits, assignment__task__programme__in=led, assignment__task__counted=True,
        assignment__task__superseded_on__isnull=True,
    ).annotate(total=total)  # fmt: skip
    tasks = list(whole.order_by("reported_on", "pk")[:shown])
    parts = list(
        shares.select_related("assignment__task", "unit").order_by("assignment__task__reported_on", "pk")[:shown]
    )  # fmt: skip
    rows = [Delivery(task, "", task.stage == EventKind.DECLINED) for task in tasks]
    rows += [Delivery(part.assignment.task, part.unit.name, part.stage == EventKind.DECLINED) for part in parts]
    return Some(rows[:shown], sum(held[0].total for held in (tasks, parts) if held))


def requests(actor: Actor) -> Some:
    """Requests for more time, the most pressing first."""
    rows: list[TaskEvent] = list(extensions.waiting_for(actor).annotate(total=Window(Count("pk")))[:SHOWN])
    return _some(rows, rows)


def obstacles_of_units(actor: Actor) -> Some:
    """What units are to solve, the oldest first."""
    waiting = obstacles.with_names(obstacles.waiting_for_units(actor)).annotate(total=Window(Count("pk")))
    rows = list(waiting[:SHOWN])
    return _some(rows, [obstacles.now(row, actor.on) for row in rows])


def obstacles_of_province(actor: Actor, shown: int = 3) -> Some:
    """What waits for the leaders of the province, the oldest first."""
    waiting = obstacles.with_names(obstacles.waiting_for_province(actor)).annotate(total=Window(Count("pk")))
    rows = list(waiting[:shown])
    listed: list[Listed] = [obstacles.now(row, actor.on) for row in rows]
    return _some(rows, listed)


def _some(rows: list[Any], shown: list[Any]) -> Some:
    return Some(shown, rows[0].total if rows else 0)


def documents(actor: Actor) -> list[Document]:
    """Documents that the actor's units handed in, read, with items that nobody has looked at (``unseen``)."""
    unseen = Count("items", filter=Q(items__state=ItemState.PROPOSED, items__kind__in=KINDS, items__orphaned=False))
    held = visible_documents(actor).filter(unit__in=actor.unit_ids, state=DocumentState.READ)
    return list(held.annotate(unseen=unseen).filter(unseen__gt=0).order_by("-uploaded_at", "-pk")[:SHOWN])
