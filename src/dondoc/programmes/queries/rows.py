"""The rows of one page of a board: everything that a template prints, in words, in a constant number of queries."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.urls import reverse

from dondoc.common import wording
from dondoc.documents.places import name_of_section
from dondoc.programmes.enums import AssignmentRole, EventKind, TaskState
from dondoc.programmes.models import Assignment, Part, Period, Task, TaskEvent
from dondoc.programmes.queries.known import Known, deciding_parts, known_of, known_then
from dondoc.programmes.queries.periods import held_to, owed_periods
from dondoc.programmes.rules.anchors import is_receipt
from dondoc.programmes.rules.deadlines import is_extended, last_good_day
from dondoc.programmes.rules.links import is_report
from dondoc.programmes.rules.naming import name_of_origin
from dondoc.programmes.rules.replay import Course
from dondoc.programmes.rules.states import STOPPED
from dondoc.programmes.wording import Badge, badge_of, extra_badges, hint_of, some
from dondoc.units.enums import GroupRule

_NOUNS = {GroupRule.ALL_COMMUNES: "xã, phường", GroupRule.ALL_DEPARTMENTS: "sở, ngành"}
_NAMED = 8
_AT_ONCE = 500
_FACTS = (
    "pk", "position", "given_on", "last_ok_on", "done_on", "reported_on", "stage", "progress_percent", "progress_note",
    "paused",
)  # fmt: skip
_PAPER = (
    "text", "section", "deadline_text", "deadline_kind", "due_on", "exclusive", "rrule", "turns_on", "asking_until", "item__key",
    "item__document_id", "item__document__code", "anchor", "anchor_event__name", "origin_id", "origin__kind", "origin__code", "origin__said_on",
)  # fmt: skip


@dataclass(slots=True)
class Lead:
    """A leading name, and what stands below it."""

    name: str
    note: str = ""
    known: bool = True


@dataclass(slots=True)
class Share:
    """How many units of a group are done."""

    done: int = 0
    late: int = 0
    total: int = 0
    asking: int = 0
    noun: str = "đơn vị"
    missing: list[tuple[str, str]] = field(default_factory=list)

    @property
    def all_done(self) -> int:
        return self.done + self.late

    @property
    def left(self) -> int:
        return self.total - self.all_done


@dataclass(slots=True)
class Row:
    """A task on a board."""

    pk: int
    url: str
    key: str
    source: str
    source_url: str
    text: str
    leads: list[Lead]
    coordinating: str
    deadline: str
    hint: str
    hint_class: str
    last_ok_on: date | None
    first_ok_on: date | None
    late_by_first: int | None
    done_on: date | None
    badge: Badge
    extras: list[Badge]
    share: Share | None
    progress: str
    percent: int | None
    call: str
    call_name: str
    mine: bool
    verb: str
    heading: tuple[str, int] | None = None

    @property
    def missing(self) -> str:
        """Names of the missing, where they are few or due."""
        if self.share is None or not self.share.left or self.key not in {"over", "soon"}:
            return ""
        if not self.share.missing:
            return f"{self.share.left} {self.share.noun}"
        return some([name for name, _ in self.share.missing], self.share.left, self.share.noun)


class Places:
    """Addresses of tasks and passages, each kind resolved once a page."""

    def __init__(self, programme_id: int) -> None:
        self.programme_id = programme_id
        self.tasks = reverse("programmes:task", args=[programme_id, 0]).removesuffix("0/")
        self.documents: dict[int, str] = {}

    def task(self, pk: int) -> str:
        return f"{self.tasks}{pk}/"

    def source(self, task: dict[str, Any]) -> str:
        """The passage, or the letter or meeting that it was added from."""
        if task["origin_id"]:
            return reverse("programmes:origin", args=[self.programme_id, task["origin_id"]])
        return self.passage(task["item__document_id"], task["item__key"])

    def passage(self, document_id: int, key: object) -> str:
        if document_id not in self.documents:
            self.documents[document_id] = reverse("documents:page", args=[document_id])
        return f"{self.documents[document_id]}?muc={key}#doan"


@dataclass(slots=True)
class _Page:
    """What the queries of one page brought."""

    known: dict[int, Known]
    courses: dict[int, Course]
    names: dict[int, list[dict[str, Any]]]
    shares: dict[int, Share]
    words: dict[int, dict[str, Any]]
    mine: frozenset[int]
    periods: dict[int, Period]
    plan_id: int
    places: "Places"
    day: date


def rows_of(
    programme_id: int, plan_id: int, pks: Sequence[int], *, day: date, today: date, unit_ids: Collection[int]
) -> list[Row]:
    """Rows for these tasks, in this order. ``unit_ids``: whose tasks are marked."""
    if not pks:
        return []
    tasks = {row["pk"]: row for row in Task.objects.filter(pk__in=pks).order_by().values(*_FACTS, *_PAPER)}
    known, courses = _known(tasks, day, today)
    names = _names(pks)
    recurring = [pk for pk, task in tasks.items() if task["rrule"]]
    periods = owed_periods(known, recurring)
    shares = _shares(pks, names, held_to(periods, day), courses if day < today else None)
    words = _last_words(known, day)
    mine = _mine(pks, names, unit_ids)
    page = _Page(known, courses, names, shares, words, mine, periods, plan_id, Places(programme_id), day)
    return [_row(tasks[pk], page) for pk in pks if pk in tasks]


def rows_in_turn(
    programme_id: int, plan_id: int, pks: Sequence[int], *, day: date, today: date, unit_ids: Collection[int]
) -> Iterator[Row]:
    """All these rows, asked for some hundreds at a time."""
    for start in range(0, len(pks), _AT_ONCE):
        yield from rows_of(programme_id, plan_id, pks[start : start + _AT_ONCE], day=day, today=today, unit_ids=unit_ids)


def _known(tasks: dict[int, dict[str, Any]], day: date, today: date) -> tuple[dict[int, Known], dict[int, Course]]:
    if day < today:
        return known_then(Task.objects.filter(pk__in=tasks), day)
    return {pk: known_of(tuple(row[name] for name in _FACTS), day) for pk, row in tasks.items()}, {}


def _names(pks: Sequence[int]) -> dict[int, list[dict[str, Any]]]:
    rows = (
        Assignment.objects.filter(task__in=pks, role__in=(AssignmentRole.LEAD, AssignmentRole.COORDINATING))
        .order_by("-role", "-answers", "position", "pk")
        .values("pk", "task_id", "role", "name", "unit_id", "group_id", "group__rule", "answers")
    )
    by_task: dict[int, list[dict[str, Any]]] = {}
    for row in rows:
        by_task.setdefault(row["task_id"], []).append(dict(row))
    return by_task


def _mine(pks: Sequence[int], names: dict[int, list[dict[str, Any]]], unit_ids: Collection[int]) -> frozenset[int]:
    if not unit_ids:
        return frozenset()
    named = {
        pk for pk, rows in names.items() if any(row["unit_id"] in unit_ids and row["role"] == AssignmentRole.LEAD for row in rows)
    }
    parts = Part.objects.filter(assignment__task__in=pks, unit__in=unit_ids).order_by()
    return frozenset(named.union(parts.values_list("assignment__task", flat=True)))


def _shares(
    pks: Sequence[int], names: dict[int, list[dict[str, Any]]], meant: Q, courses: dict[int, Course] | None
) -> dict[int, Share]:
    """How far each group is. ``meant``: which parts count, of a recurring task those of one period."""
    grouped = [pk for pk in pks if any(row["group_id"] and row["role"] == AssignmentRole.LEAD for row in names.get(pk, ()))]
    if not grouped:
        return {}
    parts = deciding_parts().filter(meant, assignment__task__in=grouped)
    shares = _counted_then(parts, courses) if courses is not None else _counted(parts)
    for pk, share in shares.items():
        rules = {row["group__rule"] for row in names[pk] if row["group_id"]}
        share.noun = _NOUNS.get(rules.pop(), "đơn vị") if len(rules) == 1 else "đơn vị"
    few = [pk for pk, share in shares.items() if 0 < share.left <= _NAMED]
    _name_missing(parts.filter(assignment__task__in=few) if few else None, shares, courses)
    return shares


def _counted(parts: QuerySet[Part]) -> dict[int, Share]:
    rows = (
        parts.filter(excused=False)
        .values_list("assignment__task")
        .annotate(
            late=Count("pk", filter=Q(done_on__gt=F("last_ok_on"))),
            done=Count("pk", filter=Q(done_on__isnull=False)),
            total=Count("pk"),
            asking=Count("asking_until"),
        )
    )
    return {pk: Share(done=done - late, late=late, total=total, asking=asking) for pk, late, done, total, asking in rows}


def _counted_then(parts: QuerySet[Part], courses: dict[int, Course]) -> dict[int, Share]:
    shares: dict[int, Share] = {}
    for pk, part in parts.values_list("assignment__task", "pk"):
        line = courses[pk].parts[part]
        if line.paused:
            continue
        share = shares.setdefault(pk, Share())
        share.total += 1
        share.late += line.is_late
        share.done += line.done_on is not None and not line.is_late
        share.asking += line.asking_until is not None
    return shares


def _name_missing(parts: QuerySet[Part] | None, shares: dict[int, Share], courses: dict[int, Course] | None) -> None:
    if parts is None:
        return
    if courses is None:
        parts = parts.filter(done_on__isnull=True, excused=False)
    rows = parts.order_by("unit__search_text", "unit").values_list("assignment__task", "pk", "unit__name", "unit__phone")
    for pk, part, name, phone in rows:
        line = courses[pk].parts[part] if courses is not None else None
        if line is None or not (line.done_on or line.paused):
            shares[pk].missing.append((name, phone))


def _last_words(known: dict[int, Known], day: date) -> dict[int, dict[str, Any]]:
    """The product of what is done; the return of what was sent back."""
    wanted = [pk for pk, one in known.items() if one.done_on or one.stage == EventKind.RETURNED]
    if not wanted:
        return {}
    rows = (
        TaskEvent.objects.filter(
            Q(kind=EventKind.DELIVERED) | Q(kind=EventKind.RETURNED),
            task__in=wanted,
            part__isnull=True,
            happened_on__lte=day,
        )
        .order_by("happened_on", "recorded_at", "pk")
        .values("task_id", "kind", "product_code", "product_date", "new_due_on")
    )
    return {row["task_id"]: dict(row) for row in rows}


def _row(task: dict[str, Any], page: _Page) -> Row:
    pk = task["pk"]
    one = page.known[pk]
    rows = page.names.get(pk, [])
    share = page.shares.get(pk)
    last = page.words.get(pk, {})
    first = last_good_day(task["due_on"], exclusive=task["exclusive"])
    extended = is_extended(one.last_ok_on, first, own_terms=bool(task["rrule"]) or is_receipt(task["anchor"]))
    hint, hint_class = hint_of(one.standing, one.last_ok_on, one.done_on, first=first if extended else None, extended=extended)
    if told := _of_time(task, page.periods.get(pk), one):
        hint = f"{told}, {hint}" if hint else told
    badge = badge_of(one.standing)
    call_name, call = _call(share)
    return Row(
        pk=pk,
        url=page.places.task(pk),
        key=badge.key,
        source=_source(task, page.plan_id),
        source_url=page.places.source(task),
        text=task["text"],
        leads=_leads(rows, share),
        coordinating=some([row["name"] for row in rows if row["role"] == AssignmentRole.COORDINATING], noun="cơ quan"),
        deadline=task["deadline_text"] or _without_words(one, extended=extended),
        hint=hint,
        hint_class=hint_class,
        last_ok_on=one.last_ok_on,
        first_ok_on=first if extended else one.last_ok_on,
        late_by_first=_late_by(first if extended else one.last_ok_on, one, page.day),
        done_on=one.done_on,
        badge=badge,
        extras=extra_badges(
            one.stage,
            extended=extended,
            hand_in_by=last.get("new_due_on"),
            asking_until=page.courses[pk].task.asking_until if page.courses else task["asking_until"],
            asking=share.asking if share else 0,
        ),
        share=share,
        progress=_progress(one, last),
        percent=one.percent if one.done_on is None else None,
        call=call,
        call_name=call_name,
        mine=pk in page.mine,
        verb="gửi" if share and is_report(task["text"]) else "xong",
    )


def _of_time(task: dict[str, Any], period: Period | None, one: Known) -> str:
    """The period that is owed, when the next one begins, or what the deadline waits for."""
    if period or one.done_on:
        return period.name if period else ""
    if task["rrule"] and one.last_ok_on is None and task["turns_on"]:
        return f"kỳ sau từ {wording.day(task['turns_on'])}"
    waits = task["anchor_event__name"] and one.last_ok_on is None
    return f"chờ: {task['anchor_event__name']}" if waits else ""


def _late_by(term: date | None, one: Known, day: date) -> int | None:
    """How many days after ``term`` it was done or is still owed; none in time, and for what is stopped."""
    until = one.done_on or day
    return (until - term).days if term and until > term and one.standing.state not in STOPPED else None


def _without_words(one: Known, *, extended: bool) -> str:
    return f"đến {wording.day(one.last_ok_on)}" if extended and one.last_ok_on else "không nêu"


def _source(task: dict[str, Any], plan_id: int) -> str:
    if task["origin_id"]:
        return name_of_origin(task["origin__kind"], task["origin__code"], task["origin__said_on"])
    place = name_of_section(task["section"])
    return place if task["item__document_id"] == plan_id else f"{task['item__document__code'] or 'văn bản khác'}, {place}"


def _leads(rows: Iterable[dict[str, Any]], share: Share | None) -> list[Lead]:
    leads: list[Lead] = []
    for row in rows:
        if row["role"] != AssignmentRole.LEAD:
            continue
        known = bool(row["unit_id"] or row["group_id"])
        note = "" if known else "chưa gắn với đơn vị"
        if row["group_id"]:
            note = f"{share.total} {share.noun}, một lần giao" if share and not leads else "nhóm, chưa chọn đơn vị"
            note = "" if leads and share else note
        leads.append(Lead(row["name"], note, known))
    return leads


def _call(share: Share | None) -> tuple[str, str]:
    """The telephone of the one that is missing."""
    if share is None or share.left != 1 or not share.missing:
        return "", ""
    name, phone = share.missing[0]
    return (name, "".join(digit for digit in phone if digit.isdigit() or digit == "+")) if phone else ("", "")


def _progress(one: Known, last: dict[str, Any]) -> str:
    if one.done_on and last.get("product_code"):
        day = last.get("product_date")
        return f"Sản phẩm: {last['product_code']}" + (f", {wording.day(day)}" if day else "")
    if one.note:
        return one.note
    if one.reported_on:
        return f"Báo cáo gần nhất {wording.day(one.reported_on)}"
    stopped = one.standing.state in {TaskState.SUSPENDED, TaskState.CANCELLED}
    return "" if one.done_on or stopped else "Chưa báo cáo lần nào"
