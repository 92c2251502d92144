"""What the people of some units owe, look after and wait for, as of today. Every list is short and every figure is whole."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber

from dondoc.documents.enums import DocumentState, ItemState
from dondoc.documents.models import Document
from dondoc.documents.queries import visible_documents
from dondoc.programmes.enums import AssignmentRole, EventKind, ProgrammeState, TaskState
from dondoc.programmes.models import Assignment, Duty, Part, Task, TaskEvent
from dondoc.programmes.queries import standing
from dondoc.programmes.queries.known import deciding_parts
from dondoc.programmes.queries.listing import Entry, entries_of
from dondoc.programmes.queries.opening import KINDS
from dondoc.programmes.queries.programmes import visible_programmes
from dondoc.programmes.queries.tasks import in_force
from dondoc.programmes.rules.states import Standing, state_on
from dondoc.programmes.wording import Badge, badge_of
from dondoc.units.models import UnitGroup
from dondoc.units.queries import members_of_groups
from dondoc.units.rules import Actor

SHOWN = 12
_DUTY_STAYS = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Debt:
    """A task, or a part of one, that a unit still owes."""

    task: Task
    unit_name: str
    returned: bool
    standing: Standing
    badge: Badge
    reason: str = ""
    hand_in_by: date | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """How much is owed; each debt counts in one of these."""

    overdue: int = 0
    returned: int = 0
    soon: int = 0
    later: int = 0
    undated: int = 0

    @property
    def urgent(self) -> int:
        return self.overdue + self.returned

    @property
    def coming(self) -> int:
        return self.soon + self.later


@dataclass(frozen=True, slots=True)
class Owed:
    """What some units owe, in the order in which it presses."""

    figures: Figures
    overdue: list[Debt]
    returned: list[Debt]
    soon: list[Debt]
    later: list[Debt]
    undated: list[Debt]


def owed_by(actor: Actor) -> Owed:
    """Leads and parts of the actor's units that are neither done nor handed in."""
    today = actor.on
    leads, parts = _leads(actor), _parts(actor)
    figures = _sum(_figures(leads, today), _figures(parts, today, "assignment__task__"))
    debts = [_of_lead(task, today) for task in _pressing(leads, "last_ok_on", today)]
    debts += [_of_part(part, today) for part in _pressing(parts, "assignment__task__last_ok_on", today)]
    debts = _with_reasons(sorted(debts, key=lambda debt: (debt.task.last_ok_on or date.max, debt.task.pk)))
    return Owed(figures, **_buckets(debts))


def _buckets(debts: list[Debt]) -> dict[str, list[Debt]]:
    buckets: dict[str, list[Debt]] = {"overdue": [], "returned": [], "soon": [], "later": [], "undated": []}
    for debt in debts:
        buckets[_bucket(debt)].append(debt)
    return buckets


def _bucket(debt: Debt) -> str:
    if debt.returned:
        return "returned"
    if debt.task.last_ok_on is None:
        return "undated"
    return {"over": "overdue", "soon": "soon"}.get(debt.badge.key, "later")


def _open_tasks(actor: Actor, prefix: str = "") -> Q:
    conditions = in_force(actor.on) & Q(done_on__isnull=True, paused="")
    tasks = Task.objects.filter(conditions, programme__in=visible_programmes(actor).values("pk"))
    return Q(**{f"{prefix}pk__in": tasks.values("pk")})


def _leads(actor: Actor) -> QuerySet[Task]:
    """Tasks that one of the units leads alone, or answers for, and has not handed in."""
    leading = Assignment.objects.filter(task=OuterRef("pk"), role=AssignmentRole.LEAD)
    own = leading.filter(unit__in=actor.unit_ids)
    answered = leading.filter(answers=True)
    leads = Task.objects.filter(Exists(own.filter(answers=True)) | Exists(own) & ~Exists(answered))
    return leads.filter(_open_tasks(actor)).exclude(stage=EventKind.DELIVERED)


def _parts(actor: Actor) -> QuerySet[Part]:
    parts = deciding_parts().filter(unit__in=actor.unit_ids, done_on__isnull=True, excused=False)
    return parts.filter(_open_tasks(actor, "assignment__task__")).exclude(stage=EventKind.DELIVERED)


def _figures(rows: QuerySet[Any], today: date, prefix: str = "") -> Figures:
    back = Q(stage=EventKind.RETURNED)
    counts = {"returned": back, **{name: ~back & condition for name, condition in _pressure(today, prefix).items()}}
    return Figures(**rows.aggregate(**{name: Count("pk", filter=condition) for name, condition in counts.items()}))


def _pressure(today: date, prefix: str) -> dict[str, Q]:
    """How an open task presses, in this order; the names are those of the buckets."""
    states = standing.of_states(today, prefix)
    return {
        "overdue": states[TaskState.OVERDUE],
        "soon": states[TaskState.DUE_SOON],
        "later": states[TaskState.IN_PROGRESS] | states[TaskState.NOT_STARTED],
        "undated": states[TaskState.NO_DEADLINE],
    }


def _sum(one: Figures, other: Figures) -> Figures:
    return Figures(*(getattr(one, name) + getattr(other, name) for name in Figures.__slots__))


def _pressing(rows: QuerySet[Any], due: str, today: date) -> list[Any]:
    """The first of each bucket by their last good day, in one query."""
    prefix = due.removesuffix("last_ok_on")
    related = [f"{prefix}item__document", f"{prefix}programme", *(["unit"] if prefix else [])]
    pressure = _pressure(today, prefix).values()
    bucket = Case(
        When(stage=EventKind.RETURNED, then=Value(0)),
        *(When(condition, then=Value(place)) for place, condition in enumerate(pressure, start=1)),
        output_field=IntegerField(),
    )
    place = Window(RowNumber(), partition_by=[F("bucket")], order_by=[F(due).asc(), F("pk").asc()])
    first = rows.annotate(bucket=bucket).annotate(place=place).filter(place__lte=SHOWN).values("pk")
    deferred = [f"{prefix}item__read", f"{prefix}item__corrected"]
    held = rows.model.objects.filter(pk__in=[row["pk"] for row in first])
    return list(held.select_related(*related).defer(*deferred))


def _of_lead(task: Task, today: date) -> Debt:
    standing = _standing(task, today)
    return Debt(task, "", task.stage == EventKind.RETURNED, standing, badge_of(standing))


def _of_part(part: Part, today: date) -> Debt:
    task = part.assignment.task
    standing = _standing(task, today)
    return Debt(task, part.unit.name, part.stage == EventKind.RETURNED, standing, badge_of(standing))


def _standing(task: Task, today: date) -> Standing:
    return state_on(last_ok_on=task.last_ok_on, done_on=None, paused="", started=task.reported_on is not None, today=today)


def _with_reasons(debts: list[Debt]) -> list[Debt]:
    """Why it came back, and by when it is wanted again."""
    returned = [debt.task.pk for debt in debts if debt.returned]
    if not returned:
        return debts
    rows = TaskEvent.objects.filter(task__in=returned, kind=EventKind.RETURNED).select_related("part__unit")
    said = {
        (event.task_id, event.part.unit.name if event.part else ""): event
        for event in rows.order_by("happened_on", "recorded_at", "pk")
    }
    return [_with_reason(debt, said.get((debt.task.pk, debt.unit_name))) for debt in debts]


def _with_reason(debt: Debt, event: TaskEvent | None) -> Debt:
    if event is None or not debt.returned:
        return debt
    return Debt(debt.task, debt.unit_name, debt.returned, debt.standing, debt.badge, event.note, event.new_due_on)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A delivery that waits for the giver's word."""

    task: Task
    unit_name: str


def waiting_for(actor: Actor) -> tuple[list[Waiting], int]:
    """Deliveries in the programmes that the actor's unit leads; the first few, and how many there are."""
    led = visible_programmes(actor).filter(lead_unit__in=actor.unit_ids).values("pk")
    handed_in = Q(stage=EventKind.DELIVERED, done_on__isnull=True)
    tasks = Task.objects.filter(handed_in, programme__in=led, counted=True, superseded_on__isnull=True)
    parts = Part.objects.filter(
        handed_in, assignment__task__programme__in=led, assignment__task__counted=True,
        assignment__task__superseded_on__isnull=True,
    )  # fmt: skip
    shown = [Waiting(task, "") for task in tasks.order_by("reported_on", "pk")[:5]]
    rows = parts.select_related("assignment__task", "unit").order_by("assignment__task__reported_on", "pk")[:5]
    shown += [Waiting(part.assignment.task, part.unit.name) for part in rows]
    return shown[:5], tasks.count() + parts.count()


def to_review(actor: Actor) -> list[Document]:
    """Documents that the actor's units handed in, read, with items that nobody has looked at (``unseen``)."""
    unseen = Count("items", filter=Q(items__state=ItemState.PROPOSED, items__kind__in=KINDS, items__orphaned=False))
    documents = visible_documents(actor).filter(unit__in=actor.unit_ids, state=DocumentState.READ)
    return list(documents.annotate(unseen=unseen).filter(unseen__gt=0).order_by("-uploaded_at", "-pk")[:5])


def programmes_of(actor: Actor) -> list[Entry]:
    """The programmes that the actor looks after, those in need first: all of the province for its office."""
    programmes = visible_programmes(actor).filter(state=ProgrammeState.ACTIVE).select_related("lead_unit")
    if not any(actor.leads_province(province) for province in actor.province_ids):
        programmes = programmes.filter(lead_unit__in=actor.unit_ids)
    entries = entries_of(list(programmes[:60]), actor.on)
    order = {"direct": 0, "slow": 1, "good": 2}
    return sorted(entries, key=lambda entry: (order[entry.light], -entry.figures.overdue))[:6]


def reports_of(actor: Actor) -> list[Duty]:
    """Reports that the actor's units owe and that no task of a board stands for, by their last good day."""
    duties = (
        Duty.objects.filter(
            obligation__isnull=True,
            last_ok_on__gte=actor.on - _DUTY_STAYS,
            programme__in=visible_programmes(actor).values("pk"),
        )
        .select_related("item__document")
        .defer("item__read", "item__corrected")
        .prefetch_related("reporters__group")
        .order_by("last_ok_on", "pk")[:200]
    )
    held = list(duties)
    mine = _groups_with(actor, [one.group for duty in held for one in duty.reporters.all() if one.group])
    return [duty for duty in held if any(one.unit_id in actor.unit_ids or one.group_id in mine for one in duty.reporters.all())][
        :SHOWN
    ]


def _groups_with(actor: Actor, groups: list[UnitGroup]) -> set[int]:
    distinct = {group.pk: group for group in groups}
    if not distinct:
        return set()
    members = members_of_groups(distinct.values(), actor.on)
    return {pk for pk, units in members.items() if any(unit.pk in actor.unit_ids for unit in units)}
