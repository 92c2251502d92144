"""Choosing who a written name stands for, who answers, and which units an open group has."""

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from dondoc.common import clock
from dondoc.common.errors import NotAllowed, Refused
from dondoc.programmes import services
from dondoc.programmes.models import Assignment
from dondoc.programmes.queries.bearers import bearer_of
from dondoc.programmes.queries.changes import Seen, changes_since
from dondoc.programmes.queries.tasks_page import task_of
from dondoc.programmes.services.conflict import Changed
from dondoc.programmes.views.common import programme_or_404
from dondoc.programmes.views.task_page import Renamed, task_page
from dondoc.units import access
from dondoc.units.models import Unit, UnitGroup


def _assignment(request: HttpRequest, pk: int, task_pk: int, assignment_pk: int) -> Assignment:
    programme = programme_or_404(request, pk)
    held = Assignment.objects.filter(task__programme=programme, task=task_pk).select_related("task", "group")
    return get_object_or_404(held, pk=assignment_pk)


def _back(request: HttpRequest, assignment: Assignment, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("programmes:task", assignment.task.programme_id, assignment.task_id)


def _refused(request: HttpRequest, assignment: Assignment, refusal: Refused) -> HttpResponse:
    if isinstance(refusal, NotAllowed):
        raise refusal
    messages.error(request, refusal.message)
    return redirect("programmes:task", assignment.task.programme_id, assignment.task_id)


@require_POST
def set_unit(request: HttpRequest, pk: int, task_pk: int, assignment_pk: int) -> HttpResponse:
    """Where others changed the task since the page was opened, it comes again with the choice still made."""
    assignment = _assignment(request, pk, task_pk, assignment_pk)
    programme, actor = assignment.task.programme, access.actor(request)
    value, reason = request.POST.get("bearer", ""), request.POST.get("reason", "")
    bearer = bearer_of(value, programme, actor.on)
    seen = Seen.read(request.POST.get("seen", ""))
    change = partial(
        services.set_unit,
        actor=actor,
        assignment=assignment,
        at=clock.now(),
        unit=bearer if isinstance(bearer, Unit) else None,
        group=bearer if isinstance(bearer, UnitGroup) else None,
        reason=reason,
    )
    try:
        services.as_seen(task=assignment.task, revision=seen.revision if seen else None, change=change)
    except Changed:
        held = get_object_or_404(task_of(programme, task_pk))
        changes = changes_since(held, seen) if seen else []
        renamed = Renamed(assignment.pk, value, reason, changes)
        return task_page(request, programme_or_404(request, pk), held, renamed=renamed, status=409)
    except Refused as refusal:
        return _refused(request, assignment, refusal)
    return _back(request, assignment, f"Đã gắn “{assignment.name}”" if bearer else f"Đã bỏ gắn “{assignment.name}”")


@require_POST
def name_answerer(request: HttpRequest, pk: int, task_pk: int, assignment_pk: int) -> HttpResponse:
    assignment = _assignment(request, pk, task_pk, assignment_pk)
    try:
        services.name_answerer(actor=access.actor(request), assignment=assignment)
    except Refused as refusal:
        return _refused(request, assignment, refusal)
    return _back(request, assignment, f"Đã giao {assignment.name} chịu trách nhiệm chính")


@require_POST
def choose_parts(request: HttpRequest, pk: int, task_pk: int, assignment_pk: int) -> HttpResponse:
    assignment = _assignment(request, pk, task_pk, assignment_pk)
    wanted = [value for value in request.POST.getlist("units") if value.isdecimal()]
    units = list(Unit.objects.filter(pk__in=wanted))
    try:
        services.choose_parts(actor=access.actor(request), assignment=assignment, units=units)
    except Refused as refusal:
        return _refused(request, assignment, refusal)
    return _back(request, assignment, f"Đã chọn {len(units)} đơn vị")
