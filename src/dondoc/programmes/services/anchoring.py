"""Events that deadlines wait for: finding them in the words, saying on which day they happened, and what follows from it."""

import csv
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from functools import cache
from pathlib import Path

from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from dondoc.common import audit, wording
from dondoc.common.errors import NotAllowed, Refused
from dondoc.common.folding import searchable
from dondoc.notices import services as notices
from dondoc.notices.calendar import rest_days
from dondoc.notices.services import Occasion
from dondoc.programmes.models import AnchorEvent, Programme, Task
from dondoc.programmes.queries.anchors import units_of, waiting_for
from dondoc.programmes.rules.anchors import days_of, is_event, names
from dondoc.programmes.rules.deadlines import last_good_day
from dondoc.programmes.services.guards import steering
from dondoc.programmes.services.projecting import bump, bump_revision, lock, refresh
from dondoc.programmes.services.telling import short
from dondoc.units.enums import Role
from dondoc.units.models import Unit
from dondoc.units.queries import seated
from dondoc.units.rules import Actor

_FILE = Path(__file__).parents[1] / "data" / "anchor_events.tsv"
_DATED = ("starts_on", "due_on", "exclusive", "last_ok_on", "anchor_event")
NOT_ADMINISTRATOR = "Chỉ người quản trị của tỉnh được ghi ngày của sự kiện."


@cache
def _other_names() -> dict[str, Sequence[str]]:
    """By the folded name of an event that ships with the program, the other ways in which documents write it."""
    with _FILE.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {searchable(row["name"]): row["also"].split("; ") for row in rows}


def tie(tasks: Iterable[Task], province: Unit) -> None:
    """Give tasks that wait for a known event that event, and its day where it has one; before they are written."""
    waiting = [task for task in tasks if task.anchor and task.due_on is None and is_event(task.anchor)]
    if not waiting:
        return
    events = list(AnchorEvent.objects.filter(Q(province=province) | Q(province__isnull=True)))
    for task in waiting:
        task.anchor_event = _named(task, events)
        count_from_event(task)


def _named(task: Task, events: Sequence[AnchorEvent]) -> AnchorEvent | None:
    """The event of the longest name among those that the words speak of; the province's own before the country's."""
    words = f"{task.anchor}; {task.deadline_text}"
    found = [
        (event.province_id is not None, len(name), event)
        for event in events
        for name in (event.name, *_other_names().get(event.search_text, ()))
        if names(name, words)
    ]
    return max(found, key=lambda one: one[:2])[2] if found else None


def count_from_event(task: Task) -> None:
    """Set the days that follow from the task's event; none while it has no day."""
    event = task.anchor_event
    if event is None or event.happened_on is None:
        task.due_on, task.exclusive, task.last_ok_on = None, False, None
        return
    days = days_of(event.happened_on, task.deadline_text or task.anchor, task.offset, holidays=rest_days())
    task.due_on, task.exclusive = days.due_on, days.exclusive
    task.starts_on = days.starts_on or task.starts_on
    task.last_ok_on = last_good_day(days.due_on, exclusive=days.exclusive)


@transaction.atomic
def name_event(*, actor: Actor, province: Unit, name: str, at: datetime) -> AnchorEvent:
    """A new event; tasks whose words speak of it wait for it from now on."""
    _administers(actor, province.pk)
    event = _add(province, name)
    tasks = [task for task in waiting_for(frozenset({province.pk})) if names(event.name, f"{task.anchor}; {task.deadline_text}")]
    for task in tasks:
        task.anchor_event = event
    _recount(actor, event, tasks, at)
    audit.record("programmes.name_event", event, actor=actor.person, unit=province, name=event.name, tasks=len(tasks))
    return event


def _add(province: Unit, name: str) -> AnchorEvent:
    if not name.strip():
        raise Refused("Ghi tên sự kiện.", field="name")
    folded = searchable(name)[:400]
    if AnchorEvent.objects.filter(Q(province=province) | Q(province__isnull=True), search_text=folded).exists():
        raise Refused("Đã có sự kiện tên này. Ghi ngày cho sự kiện đang có.", field="name")
    return AnchorEvent.objects.create(province=province, name=" ".join(name.split())[:255], search_text=folded)


@transaction.atomic
def date_event(
    *, actor: Actor, event: AnchorEvent, happened_on: date | None, legal_basis: str, at: datetime, reason: str = ""
) -> int:
    """Say on which day it happened or will, or that this is not known after all: how many tasks were counted anew.

    A day that stood already is changed with a reason; what stood before is in the trail.
    """
    _administers(actor, event.province_id)
    held = AnchorEvent.objects.select_for_update().get(pk=event.pk)
    before = held.happened_on
    if before is None and happened_on is None:
        raise Refused("Ghi ngày của sự kiện.", field="happened_on")
    if before and before != happened_on and not reason.strip():
        raise Refused(f"Sự kiện đang ghi ngày {wording.day(before)}. Ghi lý do sửa.", field="reason")
    if happened_on and not legal_basis.strip():
        raise Refused("Ghi căn cứ: văn bản hoặc thông báo nêu ngày này.", field="legal_basis")
    held.happened_on, held.legal_basis = happened_on, legal_basis.strip()
    held.verified_on = actor.on if happened_on else None
    held.save(update_fields=["happened_on", "legal_basis", "verified_on"])
    tasks = list(held.tasks.filter(superseded_on__isnull=True))
    _recount(actor, held, tasks, at, told=before != happened_on)
    audit.record(
        "programmes.date_event",
        held,
        actor=actor.person,
        unit=held.province,
        reason=reason.strip(),
        before=before.isoformat() if before else None,
        happened_on=happened_on.isoformat() if happened_on else None,
        legal_basis=held.legal_basis,
        tasks=len(tasks),
    )
    return len(tasks)


@transaction.atomic
def tie_task(*, actor: Actor, task: Task, at: datetime, event: AnchorEvent | None = None, name: str = "") -> None:
    """The giver says for which event a task's deadline waits, where the words were not understood; or for none."""
    programme = steering(actor, task.programme_id)
    held = Task.objects.get(pk=task.pk)
    if held.due_on and held.anchor_event_id is None:
        raise Refused("Nhiệm vụ đã có thời hạn nên không chờ sự kiện nào.", field="event")
    if name.strip():
        event = _add(programme.province, name)
    if event and event.province_id not in {None, programme.province_id}:
        raise Refused("Sự kiện thuộc tỉnh khác.", field="event")
    held.anchor_event = event
    _recount(actor, event, [held], at, told=False)
    audit.record("programmes.tie_task", held, actor=actor.person, unit=programme.lead_unit, event=event.name if event else "")


def _recount(actor: Actor, event: AnchorEvent | None, tasks: Collection[Task], at: datetime, *, told: bool = False) -> None:
    """Count the days of these tasks from their event, programme by programme, and tell their units."""
    by_programme: dict[int, list[Task]] = {}
    for task in tasks:
        by_programme.setdefault(task.programme_id, []).append(task)
    for pk in sorted(by_programme):
        programme, own = lock(pk), by_programme[pk]
        for task in own:
            task.anchor_event = event
            count_from_event(task)
        Task.objects.bulk_update(own, _DATED, batch_size=200)
        refresh(own, actor)
        bump_revision([task.pk for task in own])
        bump(programme)
        if told and event:
            _tell(actor, programme, event, own, at)


def _tell(actor: Actor, programme: Programme, event: AnchorEvent, tasks: Collection[Task], at: datetime) -> None:
    day = wording.day(event.happened_on) if event.happened_on else "chưa có ngày"
    key = f"event-{event.pk}-{event.happened_on}-{programme.pk}"
    text = f"{short(event.name)}: {day}. Thời hạn của {len(tasks)} nhiệm vụ được tính lại: {short(programme.title)}"
    occasion = Occasion(key, text, reverse("programmes:board", args=[programme.pk]))
    people = set().union(*seated(units_of(tasks), actor.on).values()) - {actor.person.pk}
    notices.tell([(person, occasion) for person in sorted(people)], on=actor.on, at=at)


def _administers(actor: Actor, province_id: int | None) -> None:
    """Of the province; an event of the whole country is dated by any administrator."""
    if not (actor.has_role(Role.ADMINISTRATOR) if province_id is None else actor.administers(province_id)):
        raise NotAllowed(NOT_ADMINISTRATOR)
