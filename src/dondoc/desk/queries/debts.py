"""What units owe: tasks that they lead alone or answer for, and their parts of those that a group or a rule divides."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber

from dondoc.programmes.enums import EventKind, ProgrammeState
from dondoc.programmes.models import Assignment, Part, Task, TaskEvent
from dondoc.programmes.queries.pressing import owed_parts, owed_whole
from dondoc.programmes.queries.programmes import visible_programmes
from dondoc.programmes.rules.states import LONG_OVERDUE_DAYS, SOON_DAYS, Standing, state_on
from dondoc.programmes.wording import Badge, badge_of
from dondoc.units.rules import Actor

SHOWN = 12
AHEAD = timedelta(days=14)
BUCKETS = ("overdue", "returned", "soon", "later", "undated")
_TASK = "assignment__task__"
_HEAVY = ("item__read", "item__corrected", "progress_note")


@dataclass(frozen=True, slots=True)
class Debt:
    """A task, or a part of one, that a unit still owes. ``mine``: it was handed on to the person who asks."""

    task: Task
    unit_name: str
    unit_id: int
    bucket: str
    standing: Standing
    badge: Badge
    last_ok_on: date | None
    part: Part | None = None
    mine: bool = False
    reason: str = ""
    hand_in_by: date | None = None

    @property
    def returned(self) -> bool:
        return self.bucket == "returned"

    @property
    def period_name(self) -> str:
        """Which turn of a recurring task it is."""
        return self.part.period.name if self.part and self.part.period else ""

    @property
    def asking_until(self) -> date | None:
        """The day that an open request for more time asks for."""
        return (self.part or self.task).asking_until

    @property
    def handler_name(self) -> str:
        """Whom it was handed on to inside the unit."""
        handler = (self.part or self.task).handler
        return handler.full_name if handler else ""


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
    """What some units owe: the whole figures, and the first of each bucket in the order in which they press."""

    figures: Figures = Figures()
    overdue: list[Debt] = field(default_factory=list)
    returned: list[Debt] = field(default_factory=list)
    soon: list[Debt] = field(default_factory=list)
    later: list[Debt] = field(default_factory=list)
    undated: list[Debt] = field(default_factory=list)


def running(actor: Actor) -> list[int]:
    """The programmes that go on and that the actor may see: asked for once a page, every list of debts is limited by them."""
    held = visible_programmes(actor).filter(state=ProgrammeState.ACTIVE)
    return list(held.order_by().values_list("pk", flat=True))


def leads(actor: Actor, programmes: Collection[int]) -> QuerySet[Assignment]:
    """Leads that owe a task whole and have not handed it in."""
    return owed_whole(actor.on).filter(task__programme__in=programmes).order_by()


def parts(actor: Actor, programmes: Collection[int]) -> QuerySet[Part]:
    """Parts that are neither done, excused nor handed in."""
    return owed_parts(actor.on).filter(assignment__task__programme__in=programmes)


def owed_by(actor: Actor, programmes: Collection[int]) -> Owed:
    """What the actor's units owe: a light query and, where there is something, a second one for leads and for parts each."""
    if not actor.unit_ids:
        return Owed()
    whole = _first(leads(actor, programmes), actor, "task__")
    shared = _first(parts(actor, programmes), actor, "")
    totals = {name: sum(held.get(place, 0) for held in (whole.totals, shared.totals)) for place, name in enumerate(BUCKETS)}
    rows: list[Assignment | Part] = []
    if whole.pks:
        rows += with_names(Assignment.objects.filter(pk__in=whole.pks), "task__", "task__")
    if shared.pks:
        rows += with_names(Part.objects.filter(pk__in=shared.pks), _TASK, "")
    debts = _with_reasons(sorted((debt_of(row, actor) for row in rows), key=_pressing))
    return Owed(Figures(**totals), **{name: [debt for debt in debts if debt.bucket == name][:SHOWN] for name in BUCKETS})


def _pressing(debt: Debt) -> tuple[bool, date, int]:
    """Own first, then by the last good day."""
    return not debt.mine, debt.last_ok_on or date.max, debt.task.pk


@dataclass(frozen=True, slots=True)
class _First:
    """The first of each bucket, and the sizes of the buckets by their places."""

    pks: list[int]
    totals: dict[int, int]


def _first(rows: QuerySet[Any], actor: Actor, own: str) -> _First:
    """Of the actor's units; ``own`` leads to what holds stage, day and handler."""
    mine = Case(When(**{f"{own}handler": actor.person.pk}, then=Value(0)), default=Value(1), output_field=IntegerField())
    order = [F("not_mine").asc(), F(f"{own}last_ok_on").asc(), F("pk").asc()]
    numbered = rows.filter(unit__in=actor.unit_ids).annotate(bucket=_bucket(actor.on, own), not_mine=mine)
    numbered = numbered.annotate(
        place=Window(RowNumber(), partition_by=[F("bucket")], order_by=order),
        total=Window(Count("pk"), partition_by=[F("bucket")]),
    )
    found = list(numbered.filter(place__lte=SHOWN).values_list("pk", "bucket", "total"))
    return _First([pk for pk, _, _ in found], {bucket: total for _, bucket, total in found})


def with_names(rows: QuerySet[Any], task: str, own: str) -> QuerySet[Any]:
    related = [
        f"{task}item__document",
        f"{task}origin",
        f"{task}programme",
        "unit",
        f"{own}handler",
        *(["period"] if not own else []),
    ]
    return rows.select_related(*related).defer(*(f"{task}{name}" for name in _HEAVY))


def _bucket(today: date, own: str) -> Case:
    """The place in ``BUCKETS``."""
    due = f"{own}last_ok_on"
    return Case(
        When(**{f"{own}stage": EventKind.RETURNED}, then=Value(1)),
        When(**{f"{due}__isnull": True}, then=Value(4)),
        When(**{f"{due}__lt": today}, then=Value(0)),
        When(**{f"{due}__lte": today + timedelta(days=SOON_DAYS)}, then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )


def bucket_of(stage: str, last_ok_on: date | None, today: date) -> str:
    """What :func:`_bucket` says in SQL."""
    if stage == EventKind.RETURNED:
        return "returned"
    if last_ok_on is None:
        return "undated"
    if last_ok_on < today:
        return "overdue"
    return "soon" if last_ok_on <= today + timedelta(days=SOON_DAYS) else "later"


def debt_of(row: Assignment | Part, actor: Actor) -> Debt:
    """Of a lead or of a part, with its task."""
    part = row if isinstance(row, Part) else None
    task = row.assignment.task if isinstance(row, Part) else row.task
    own = part or task
    standing = state_on(last_ok_on=own.last_ok_on, done_on=None, paused="", started=task.reported_on is not None, today=actor.on)
    unit = row.unit
    assert unit is not None  # noqa: S101 - both queries ask for one
    bucket = bucket_of(own.stage, own.last_ok_on, actor.on)
    mine = own.handler_id == actor.person.pk
    return Debt(task, unit.name, unit.pk, bucket, standing, badge_of(standing), own.last_ok_on, part, mine)


def _with_reasons(debts: list[Debt]) -> list[Debt]:
    """Why it came back, and by when it is wanted again."""
    returned = [debt.task.pk for debt in debts if debt.returned]
    if not returned:
        return debts
    rows = TaskEvent.objects.filter(task__in=returned, kind=EventKind.RETURNED)
    said = {(event.task_id, event.part_id): event for event in rows.order_by("happened_on", "recorded_at", "pk")}
    return [_with_reason(debt, said.get((debt.task.pk, debt.part.pk if debt.part else None))) for debt in debts]


def _with_reason(debt: Debt, event: TaskEvent | None) -> Debt:
    if event is None or not debt.returned:
        return debt
    return Debt(
        debt.task, debt.unit_name, debt.unit_id, debt.bucket, debt.standing, debt.badge, debt.last_ok_on, debt.part,
        debt.mine, event.note, event.new_due_on,
    )  # fmt: skip


def overdue(today: date, own: str = "") -> Q:
    return Q(**{f"{own}last_ok_on__lt": today})


def long_overdue(today: date, own: str = "") -> Q:
    return Q(**{f"{own}last_ok_on__lt": today - timedelta(days=LONG_OVERDUE_DAYS)})


def of_state(key: str, today: date, own: str = "") -> Q:
    """What the addresses of lists of debts ask for; "" stands for all."""
    due = f"{own}last_ok_on"
    back = Q(**{f"{own}stage": EventKind.RETURNED})
    soon = today + timedelta(days=SOON_DAYS)
    conditions = {
        "": Q(),
        "qua-han": overdue(today, own),
        "qua-30-ngay": long_overdue(today, own),
        "no-qua-han": ~back & overdue(today, own),
        "tra-lai": back,
        "sap-den-han": ~back & Q(**{f"{due}__range": (today, soon)}),
        "sau": ~back & Q(**{f"{due}__gt": soon}),
        "khong-thoi-han": ~back & Q(**{f"{due}__isnull": True}),
        "14-ngay": Q(**{f"{due}__range": (today, today + AHEAD)}),
    }
    return conditions[key]


STATES = {
    "": "Tất cả việc chưa xong",
    "qua-han": "Quá hạn",
    "qua-30-ngay": f"Quá hạn trên {LONG_OVERDUE_DAYS} ngày",
    "no-qua-han": "Quá hạn, chưa nộp lần nào",
    "tra-lai": "Bị trả lại",
    "sap-den-han": f"Đến hạn trong {SOON_DAYS} ngày",
    "14-ngay": f"Đến hạn trong {AHEAD.days} ngày",
    "sau": f"Có hạn sau {SOON_DAYS} ngày",
    "khong-thoi-han": "Không thời hạn",
}


@dataclass(frozen=True, slots=True)
class Keys:
    """The debts that a list asks for, by their keys, the most pressing first; a page of them is read with :func:`debts_for`."""

    rows: QuerySet[Any, dict[str, Any]]

    def count(self) -> int:
        return self.rows.count()

    def __len__(self) -> int:
        return self.count()

    def __getitem__(self, index: slice) -> Sequence[dict[str, Any]]:
        return list(self.rows[index])


def listed(actor: Actor, programmes: Collection[int], *, units: Q | None, state: str, handler: str = "") -> Keys:
    """Debts of units (a condition on the unit; none: of all of them) in one of ``STATES``.

    ``handler``: the key of a person, or "0" for what was handed on to nobody.
    """
    today = actor.on
    whole = leads(actor, programmes).filter(of_state(state, today, "task__"), _held_by(handler, "task__"))
    shared = parts(actor, programmes).filter(of_state(state, today), _held_by(handler, ""))
    if units is not None:
        whole, shared = whole.filter(units), shared.filter(units)
    names = ("due", "task_pk", "lead_pk", "part_pk")
    none = Value(None, output_field=IntegerField())
    one = whole.annotate(due=F("task__last_ok_on"), task_pk=F("task_id"), lead_pk=F("pk"), part_pk=none)
    other = shared.annotate(due=F("last_ok_on"), task_pk=F("assignment__task_id"), lead_pk=none, part_pk=F("pk"))
    rows = one.values(*names).union(other.values(*names), all=True)
    return Keys(rows.order_by(F("due").asc(nulls_last=True), "task_pk", "lead_pk", "part_pk"))


def _held_by(handler: str, own: str) -> Q:
    if not handler:
        return Q()
    return Q(**{f"{own}handler__isnull": True}) if handler == "0" else Q(**{f"{own}handler": int(handler)})


def debts_for(keys: Iterable[dict[str, Any]], actor: Actor) -> list[Debt]:
    """One page, in the order of its keys, in two queries."""
    asked = list(keys)
    whole = with_names(Assignment.objects.all(), "task__", "task__").in_bulk([key["lead_pk"] for key in asked if key["lead_pk"]])
    shared = with_names(Part.objects.all(), _TASK, "").in_bulk([key["part_pk"] for key in asked if key["part_pk"]])
    return [debt_of(whole[key["lead_pk"]] if key["lead_pk"] else shared[key["part_pk"]], actor) for key in asked]
