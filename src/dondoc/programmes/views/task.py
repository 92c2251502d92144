"""The page of a task, and what people do there."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from dondoc.common import clock, wording
from dondoc.documents.places import name_of, url_of
from dondoc.files.views import hand_out
from dondoc.programmes.commented import subject_of
from dondoc.programmes.enums import AssignmentRole
from dondoc.programmes.forms.events import EventForm
from dondoc.programmes.models import Assignment, Part, Programme, Task, TaskEvent
from dondoc.programmes.queries.extensions import open_requests
from dondoc.programmes.queries.obstacles import of_task, units_that_may_raise
from dondoc.programmes.queries.tasks_page import (
    assignments_of,
    events_of,
    passage_of,
    same_obligation,
    standing_of,
    task_of,
)
from dondoc.programmes.rules.deadlines import is_extended, last_good_day
from dondoc.programmes.rules.rights import may_report, may_steer
from dondoc.programmes.views.acts import ACTS, BY_KEY, Act
from dondoc.programmes.views.bearers import bearer_options, open_units
from dondoc.programmes.views.common import carried_out, head_context, programme_or_404
from dondoc.programmes.wording import badge_of, by_first, extra_badges, hint_of
from dondoc.units import access
from dondoc.units.rules import Actor


@dataclass(slots=True)
class Shown:
    """An act with its form, on the page."""

    act: Act
    form: EventForm
    open: bool = False


@require_safe
def task(request: HttpRequest, pk: int, task_pk: int) -> HttpResponse:
    programme = programme_or_404(request, pk)
    held = get_object_or_404(task_of(programme, task_pk))
    return _page(request, programme, held)


@require_POST
def act(request: HttpRequest, pk: int, task_pk: int, key: str) -> HttpResponse:
    """Do one of the acts; with errors the page comes again with the form open."""
    programme = programme_or_404(request, pk)
    held = get_object_or_404(task_of(programme, task_pk))
    chosen = BY_KEY.get(key)
    if chosen is None:
        raise Http404
    actor = access.actor(request)
    parts = _parts_for(chosen, assignments_of(held), actor, giver=may_steer(actor, programme))
    form = chosen.form(request.POST, request.FILES, today=clock.today(), parts=parts, prefix=key)
    if form.is_valid() and carried_out(chosen.service, form, actor, task=held):
        messages.success(request, chosen.said)
        return redirect("programmes:task", pk, task_pk)
    held = get_object_or_404(task_of(programme, task_pk))
    return _page(request, programme, held, bound=(chosen, form), status=422)


def _parts_for(chosen: Act, assignments: Sequence[Assignment], actor: Actor, *, giver: bool) -> list[Part]:
    """The units that this person may choose in the form; none where the act concerns the whole task."""
    fits = chosen.parts
    if fits is None:
        return []
    parts = [part for part in _lead_parts(assignments) if fits(part)]
    return parts if giver else [part for part in parts if part.unit_id in actor.unit_ids]


def _lead_parts(assignments: Sequence[Assignment]) -> list[Part]:
    return [part for one in assignments if one.role == AssignmentRole.LEAD for part in one.parts.all()]


def _page(
    request: HttpRequest,
    programme: Programme,
    held: Task,
    *,
    bound: tuple[Act, EventForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    actor = access.actor(request)
    assignments = assignments_of(held)
    giver = may_steer(actor, programme)
    context = {
        **head_context(request, programme, "tasks"),
        **_facts(held, assignments),
        "task": held,
        "assignments": assignments,
        "leads": [one for one in assignments if one.role == AssignmentRole.LEAD],
        "groups": [
            (one, sorted(one.parts.all(), key=lambda part: part.unit_id not in actor.unit_ids))
            for one in assignments
            if one.role == AssignmentRole.LEAD and one.group_id
        ],
        "own_units": actor.unit_ids,
        "events": events_of(held),
        "talk": subject_of(held, programme),
        "acts": _acts(held, assignments, actor, giver=giver, bound=bound),
        "giver": giver,
        "obstacles": of_task(held, actor.on),
        "may_raise": giver or units_that_may_raise(programme, held).filter(pk__in=actor.unit_ids).exists(),
    }
    if giver:
        context["bearers"] = bearer_options(programme, actor.on)
        context["open_units"] = open_units(programme, actor.on, assignments)
    return render(request, "programmes/task.html", context, status=status)


def _facts(held: Task, assignments: Sequence[Assignment]) -> dict[str, Any]:
    today = clock.today()
    standing = standing_of(held, today)
    first = last_good_day(held.due_on, exclusive=held.exclusive)
    extended = is_extended(held.last_ok_on, first, recurring=bool(held.rrule))
    also_tasks, also_duties = same_obligation(held, assignments)
    hint, hint_class = hint_of(standing, held.last_ok_on, held.done_on, first=first if extended else None)
    if badge_of(standing).key in {"over", "soon", "run", "idle"} and held.last_ok_on:
        hint = wording.distance(held.last_ok_on, today) + by_first(first if extended else None, today)
    leads = [one for one in assignments if one.role == AssignmentRole.LEAD]
    return {
        "today": today,
        "standing": standing,
        "badge": badge_of(standing),
        "extras": extra_badges(held.stage, extended=extended, asking_until=held.asking_until),
        "extended": extended,
        "first_last_ok_on": first,
        "requests": open_requests(held),
        "hint": hint,
        "hint_class": hint_class,
        "passage": passage_of(held.item),
        "source": name_of(held.item),
        "source_url": url_of(held.item),
        "also_tasks": also_tasks,
        "also_duties": also_duties,
        "unanswered": len(leads) > 1 and not any(one.answers for one in leads),
        "superseded_by": held.superseded_by.first(),
    }


def _acts(
    held: Task,
    assignments: Sequence[Assignment],
    actor: Actor,
    *,
    giver: bool,
    bound: tuple[Act, EventForm] | None,
) -> list[Shown]:
    parts = _lead_parts(assignments)
    units = {one.unit_id for one in assignments if one.role == AssignmentRole.LEAD and one.unit_id}
    reports = may_report(actor, units | {part.unit_id for part in parts})
    shown = []
    for one in ACTS:
        if bound and one.key == bound[0].key:
            shown.append(Shown(one, bound[1], open=True))
            continue
        allowed = giver or (one.side == "unit" and reports)
        choices = _parts_for(one, assignments, actor, giver=giver)
        needs_part = one.parts is not None and parts
        if allowed and one.fits(held, parts) and (choices or not needs_part) and (one.whole or choices):
            shown.append(Shown(one, one.form(today=clock.today(), parts=choices, prefix=one.key)))
    return shown


@require_safe
def evidence(request: HttpRequest, pk: int, task_pk: int, event_pk: int) -> FileResponse:
    """The file that an event brought, for those who may see the programme."""
    programme = programme_or_404(request, pk)
    events = TaskEvent.objects.filter(task__programme=programme, task=task_pk, evidence__isnull=False)
    event = get_object_or_404(events.select_related("evidence"), pk=event_pk)
    assert event.evidence is not None  # noqa: S101 - the query asks for it
    return hand_out(event.evidence, inline=True)
