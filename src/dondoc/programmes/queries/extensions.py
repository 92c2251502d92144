"""Requests for more time: which are open, and whose word they wait for."""

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from dondoc.programmes.enums import EventKind
from dondoc.programmes.models import Part, Programme, Task, TaskEvent
from dondoc.programmes.queries.programmes import visible_programmes
from dondoc.units.enums import Role
from dondoc.units.rules import Actor


def requests() -> QuerySet[TaskEvent]:
    """Requests with what a list or a page prints of them. Their copies under other names of the same obligation are left out.

    ``term``: the last good day that holds now, of the part or of the task.
    """
    asked = TaskEvent.objects.filter(kind=EventKind.EXTENSION_ASKED, request__isnull=False)
    return asked.annotate(term=Coalesce("part__last_ok_on", "task__last_ok_on")).select_related(
        "request", "task__programme__lead_unit", "part__unit", "unit", "recorded_by", "evidence"
    )


def undecided() -> Q:
    """Without an answer, for work that is owed and followed. What is done or went to another unit asks no longer."""
    of_task = Q(part__isnull=True, task__asking_until=F("new_due_on"))
    of_part = Q(part__asking_until=F("new_due_on"), part__excused=False)
    followed = Q(task__paused="", task__superseded_on__isnull=True)
    return Q(answered_by__isnull=True) & followed & (of_task | of_part)


def decided() -> Q:
    return Q(answered_by__isnull=False)


def open_requests(task: Task) -> list[TaskEvent]:
    """Those of the task and of its parts, the most pressing first."""
    return list(pressing_first(requests().filter(undecided(), task=task)))


def open_request(task: Task, part: Part | None) -> TaskEvent | None:
    """The request that the task, or this part of it, waits for a word on. ``part`` and ``task`` as they are now."""
    asking = (part or task).asking_until
    if asking is None:
        return None
    asked = requests().filter(task=task, part=part, answered_by__isnull=True, new_due_on=asking)
    return asked.order_by("-happened_on", "-recorded_at", "-pk").first()


def granted(task: Task, part: Part | None) -> int:
    """How often the task, or this part of it, was given more time; the task's own extensions count for each part."""
    extended = TaskEvent.objects.filter(task=task, kind=EventKind.EXTENDED)
    return extended.filter(Q(part__isnull=True) | Q(part=part) if part else Q(part__isnull=True)).count()


def waiting_for(actor: Actor) -> QuerySet[TaskEvent]:
    """Open requests that wait for the actor's word (``rules.extensions.may_decide``), the most pressing first."""
    led = {seat.province_id for seat in actor.seats if actor.leads_province(seat.province_id)}
    givers = {seat.unit_id for seat in actor.seats if seat.role in {Role.SPECIALIST, Role.UNIT_LEADER}}
    own = Q(task__programme__lead_unit__in=givers) & ~Q(unit__in=actor.unit_ids)
    return pressing_first(requests().filter(undecided(), Q(task__programme__province__in=led) | own))


def of_programme(programme: Programme) -> QuerySet[TaskEvent]:
    return requests().filter(task__programme=programme)


def concerning(actor: Actor) -> QuerySet[TaskEvent]:
    """All requests of visible programmes for the provincial office; for others those that they decide on and their units' own."""
    seen = requests().filter(task__programme__in=visible_programmes(actor).values("pk"))
    led = {seat.province_id for seat in actor.seats if actor.leads_province(seat.province_id)}
    mine = Q(task__programme__lead_unit__in=actor.unit_ids) | Q(unit__in=actor.unit_ids)
    return seen.filter(Q(task__programme__province__in=led) | mine)


def pressing_first(asked: QuerySet[TaskEvent]) -> QuerySet[TaskEvent]:
    return asked.order_by(F("term").asc(nulls_last=True), "happened_on", "pk")
