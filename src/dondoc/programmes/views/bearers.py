"""Choosing who a written name stands for, who answers, and which units an open group has."""

from collections.abc import Sequence
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from dondoc.common.errors import NotAllowed, Refused
from dondoc.programmes import services
from dondoc.programmes.models import Assignment, Programme
from dondoc.programmes.views.common import programme_or_404
from dondoc.units import access
from dondoc.units.enums import GroupRule
from dondoc.units.models import Unit, UnitGroup
from dondoc.units.queries import valid_on


def bearer_options(programme: Programme, on: date) -> list[tuple[str, list[tuple[str, str]]]]:
    """Units and groups of the province, for a select."""
    units = Unit.objects.filter(valid_on(on), province=programme.province_id).order_by("kind", "search_text")
    groups = UnitGroup.objects.filter(province=programme.province_id)
    return [
        ("Nhóm", [(f"g{pk}", name) for pk, name in groups.values_list("pk", "name")]),
        ("Đơn vị", [(f"u{pk}", name) for pk, name in units.values_list("pk", "name")]),
    ]


def open_units(programme: Programme, on: date, assignments: Sequence[Assignment]) -> list[Unit]:
    """The units that a person chooses from, where there is an open group."""
    if not any(one.group and one.group.rule == GroupRule.OPEN for one in assignments):
        return []
    return list(Unit.objects.filter(valid_on(on), province=programme.province_id).order_by("kind", "search_text"))


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
    assignment = _assignment(request, pk, task_pk, assignment_pk)
    value = request.POST.get("bearer", "")
    chosen = {"u": Unit, "g": UnitGroup}.get(value[:1])
    bearer = get_object_or_404(chosen, pk=value[1:]) if chosen and value[1:].isdecimal() else None
    try:
        services.set_unit(
            actor=access.actor(request),
            assignment=assignment,
            unit=bearer if isinstance(bearer, Unit) else None,
            group=bearer if isinstance(bearer, UnitGroup) else None,
        )
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
