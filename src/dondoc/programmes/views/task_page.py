"""The page of a task, as it stands for the one who asks."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from dondoc.common import clock, wording
from dondoc.programmes.commented import subject_of
from dondoc.programmes.enums import AssignmentRole, EventKind
from dondoc.programmes.models import Assignment, Period, Programme, Task
from dondoc.programmes.queries.bearers import bearer_options, open_units
from dondoc.programmes.queries.changes import Change, seen_now
from dondoc.programmes.queries.extensions import open_requests
from dondoc.programmes.queries.obstacles import of_task, units_that_may_raise
from dondoc.programmes.queries.sources import source_of
from dondoc.programmes.queries.tasks_page import assignments_of, events_of, passage_of, same_obligation, standing_of
from dondoc.programmes.rules.anchors import is_receipt
from dondoc.programmes.rules.deadlines import is_extended, last_good_day
from dondoc.programmes.rules.rights import may_steer
from dondoc.programmes.views.acts import ACTS, Act, Scene, offered
from dondoc.programmes.views.common import head_context
from dondoc.programmes.views.urging import urging_of
from dondoc.programmes.wording import badge_of, by_first, extra_badges, hint_of
from dondoc.units import access


@dataclass(slots=True)
class Shown:
    """An act with its form, on the page.

    ``changes``: what others did since the form was opened; ``files``: names of what was attached and has to be chosen again.
    """

    act: Act
    form: Form
    open: bool = False
    changes: Sequence[Change] = ()
    files: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Renamed:
    """A choice of a bearer that was not written, because others changed the task meanwhile."""

    assignment_id: int
    value: str
    reason: str
    changes: Sequence[Change] = field(default=())


def scene_of(request: HttpRequest, programme: Programme, task: Task) -> Scene:
    actor = access.actor(request)
    return Scene(actor, programme, task, assignments_of(task), may_steer(actor, programme))


def task_page(
    request: HttpRequest,
    programme: Programme,
    task: Task,
    *,
    bound: Shown | None = None,
    renamed: Renamed | None = None,
    status: int = 200,
) -> HttpResponse:
    """``bound``: an act whose form comes back; ``renamed``: a bearer that does."""
    scene = scene_of(request, programme, task)
    actor = scene.actor
    context = {
        **head_context(request, programme, "tasks"),
        **_facts(task),
        **_agencies(scene),
        "events": events_of(task),
        "talk": subject_of(task, programme),
        "acts": _acts(scene, bound),
        "seen": str(seen_now(task)),
        "giver": scene.giver,
        "renamed": renamed,
        "obstacles": of_task(task, actor.on),
        "may_raise": scene.giver or units_that_may_raise(programme, task).filter(pk__in=actor.unit_ids).exists(),
    }
    if scene.giver:
        context["bearers"] = bearer_options(programme, actor.on)
        context["open_units"] = open_units(programme, actor.on, scene.assignments)
        context |= urging_of(actor, task, scene.assignments, overdue=context["badge"].key == "over")
    return render(request, "programmes/task.html", context, status=status)


def _facts(task: Task) -> dict[str, Any]:
    today = clock.today()
    standing = standing_of(task, today)
    first = last_good_day(task.due_on, exclusive=task.exclusive)
    extended = is_extended(task.last_ok_on, first, own_terms=bool(task.rrule) or is_receipt(task.anchor))
    hint, hint_class = hint_of(standing, task.last_ok_on, task.done_on, first=first if extended else None)
    if badge_of(standing).key in {"over", "soon", "run", "idle"} and task.last_ok_on:
        hint = wording.distance(task.last_ok_on, today) + by_first(first if extended else None, today)
    source = source_of(task)
    return {
        "task": task,
        "today": today,
        "standing": standing,
        "badge": badge_of(standing),
        "extras": extra_badges(task.stage, extended=extended, asking_until=task.asking_until),
        "extended": extended,
        "first_last_ok_on": first,
        "requests": open_requests(task),
        "hint": hint,
        "hint_class": hint_class,
        "passage": passage_of(task.item) if task.item else None,
        "source": source.text,
        "source_url": source.url,
        "superseded_by": task.superseded_by.first(),
    }


def _agencies(scene: Scene) -> dict[str, Any]:
    leads = [one for one in scene.assignments if one.role == AssignmentRole.LEAD]
    also_tasks, also_duties = same_obligation(scene.task, scene.assignments)
    return {
        "assignments": scene.assignments,
        "leads": leads,
        "groups": [(one, _own_first(one, scene)) for one in leads if one.group_id],
        "own_units": scene.actor.unit_ids,
        "has_parts": bool(scene.parts),
        "declined": [part for part in scene.parts if part.stage == EventKind.DECLINED],
        "unanswered": len(leads) > 1 and not any(one.answers for one in leads),
        "also_tasks": also_tasks,
        "also_duties": also_duties,
    }


def _own_first(group: Assignment, scene: Scene) -> list[Any]:
    """Of a recurring task the parts of one period: the earliest that is owed, else the latest."""
    parts = list(group.parts.all())
    periods = [part.period for part in parts if part.period]
    owed = [part.period for part in parts if part.period and part.done_on is None and not part.excused]
    if periods:
        shown = min(owed, key=_begins) if owed else max(periods, key=_begins)
        parts = [part for part in parts if part.period_id == shown.pk]
    return sorted(parts, key=lambda part: part.unit_id not in scene.actor.unit_ids)


def _begins(period: Period) -> date:
    return period.starts_on


def _acts(scene: Scene, bound: Shown | None) -> list[Shown]:
    shown = []
    for act in ACTS:
        if bound and act.key == bound.act.key:
            shown.append(bound)
        elif form := offered(scene, act):
            shown.append(Shown(act, form))
    return shown
