"""Requests for more time: which are open, whose word they wait for, what became of them."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import Coalesce

from dondoc.programmes.enums import EventKind, ProgrammeState
from dondoc.programmes.models import ExtensionRequest, Part, Programme, Task, TaskEvent
from dondoc.programmes.queries.programmes import visible_programmes
from dondoc.programmes.rules.deadlines import last_good_day
from dondoc.programmes.wording import Badge
from dondoc.units.enums import Role
from dondoc.units.rules import Actor

WAITING, MINE, ANSWERED, ALL = "cho", "cho-toi", "da-quyet-dinh", "tat-ca"


def requests() -> QuerySet[TaskEvent]:
    """Requests with what a list or a page prints of them. Their copies under other names of the same obligation are left out.

    ``term``: the last good day that holds now, of the part or of the task.
    """
    asked = TaskEvent.objects.filter(kind=EventKind.EXTENSION_ASKED, request__isnull=False)
    answers = TaskEvent.objects.select_related("recorded_by", "unit", "evidence").order_by("pk")
    return (
        asked.annotate(term=Coalesce("part__last_ok_on", "task__last_ok_on"))
        .select_related("request__programme__lead_unit", "task", "part__unit", "part__period", "unit", "recorded_by", "evidence")
        .prefetch_related(Prefetch("answered_by", queryset=answers))
    )


def undecided() -> Q:
    """Without an answer, for work that is owed and followed. What is done or went to another unit asks no longer."""
    of_task = Q(part__isnull=True, task__asking_until=F("new_due_on"))
    of_part = Q(part__asking_until=F("new_due_on"), part__excused=False)
    followed = Q(task__paused="", task__superseded_on__isnull=True)
    return ~_answered() & followed & (of_task | of_part)


def _answered() -> Q:
    return Q(Exists(TaskEvent.objects.filter(answers=OuterRef("pk"))))


def _may_decide(actor: Actor) -> Q:
    """``rules.extensions.may_decide`` as a condition."""
    led = {seat.province_id for seat in actor.seats if actor.leads_province(seat.province_id)}
    givers = {seat.unit_id for seat in actor.seats if seat.role in {Role.SPECIALIST, Role.UNIT_LEADER}}
    others = Q(request__programme__lead_unit__in=givers) & ~Q(unit__in=actor.unit_ids)
    return Q(request__programme__province__in=led) | others


def waiting_for(actor: Actor) -> QuerySet[TaskEvent]:
    """Open requests that wait for the actor's word, the most pressing first."""
    return pressing_first(requests().filter(undecided(), _may_decide(actor)))


def pressing_first(asked: QuerySet[TaskEvent]) -> QuerySet[TaskEvent]:
    return asked.order_by(F("term").asc(nulls_last=True), "happened_on", "pk")


def pressing_between(first: date, last: date) -> QuerySet[TaskEvent]:
    """Open requests of all running programmes with their last good day between these, found from the few requests there are."""
    running = ExtensionRequest.objects.filter(programme__state=ProgrammeState.ACTIVE).values("pk")
    return pressing_first(requests().filter(undecided(), pk__in=running, term__range=(first, last)))


def open_requests(task: Task) -> list[TaskEvent]:
    """Those of the task and of its parts, the most pressing first."""
    return list(pressing_first(requests().filter(undecided(), task=task)))


def open_request(task: Task, part: Part | None) -> TaskEvent | None:
    """The request that the task, or this part of it, waits for a word on. ``part`` and ``task`` as they are now."""
    asking = (part or task).asking_until
    if asking is None:
        return None
    asked = requests().filter(~_answered(), task=task, part=part, new_due_on=asking)
    return asked.order_by("-happened_on", "-recorded_at", "-pk").first()


def granted(task: Task, part: Part | None) -> int:
    """How often the task, or this part of it, was given more time; the task's own extensions count for each part."""
    extended = TaskEvent.objects.filter(task=task, kind=EventKind.EXTENDED)
    return extended.filter(Q(part__isnull=True) | Q(part=part) if part else Q(part__isnull=True)).count()


def of_programme(programme: Programme) -> QuerySet[TaskEvent]:
    return requests().filter(request__programme=programme)


def concerning(actor: Actor) -> QuerySet[TaskEvent]:
    """All requests of visible programmes for the provincial office; for others those that they decide on and their units' own."""
    seen = requests().filter(request__programme__in=visible_programmes(actor).values("pk"))
    led = {seat.province_id for seat in actor.seats if actor.leads_province(seat.province_id)}
    mine = Q(request__programme__lead_unit__in=actor.unit_ids) | Q(unit__in=actor.unit_ids)
    return seen.filter(Q(request__programme__province__in=led) | mine)


def chosen(asked: QuerySet[TaskEvent], state: str, actor: Actor) -> QuerySet[TaskEvent]:
    """Those that a list shows: what waits by its deadline, what was decided the newest first."""
    if state in {WAITING, MINE}:
        return pressing_first(asked.filter(_in(actor)[state]))
    rows = asked.filter(_in(actor)[state]) if state == ANSWERED else asked
    return rows.order_by("-happened_on", "-pk")


def counted(asked: QuerySet[TaskEvent], actor: Actor) -> dict[str, int]:
    """How many each choice of a list shows."""
    plain = asked.select_related(None).prefetch_related(None).order_by()
    counts = {name: Count("pk", filter=condition) for name, condition in _in(actor).items()}
    found = plain.aggregate(all=Count("pk"), **{name.replace("-", "_"): count for name, count in counts.items()})
    return {**{name: found[name.replace("-", "_")] for name in counts}, ALL: found["all"]}


def _in(actor: Actor) -> dict[str, Q]:
    return {WAITING: undecided(), MINE: undecided() & _may_decide(actor), ANSWERED: _answered()}


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as pages print it. ``answer`` none while it waits, or where the work was done before anybody answered."""

    event: TaskEvent
    answer: TaskEvent | None
    first: date | None
    open: bool

    @property
    def badge(self) -> Badge:
        if self.answer is None:
            return (
                Badge("ask", "calendar-question", "Chờ quyết định")
                if self.open
                else Badge("idle", "circle-off", "Không còn hiệu lực")
            )
        return _BADGES[self.answer.kind]


_BADGES: dict[str, Badge] = {
    EventKind.EXTENDED: Badge("run", "calendar-plus", "Đã gia hạn"),
    EventKind.EXTENSION_REFUSED: Badge("idle", "ban", "Không đồng ý"),
    EventKind.EXTENSION_WITHDRAWN: Badge("idle", "arrow-back-up", "Đã rút"),
}


def asked_of(event: TaskEvent) -> Asked:
    """``event`` is one of :func:`requests`."""
    task, part = event.task, event.part
    answer = next(iter(event.answered_by.all()), None)
    period = part.period if part else None
    first = period.last_ok_on if period else last_good_day(task.due_on, exclusive=task.exclusive)
    followed = not task.paused and task.superseded_on is None and not (part and part.excused)
    waits = answer is None and followed and (part or task).asking_until == event.new_due_on
    return Asked(event, answer, first, waits)
