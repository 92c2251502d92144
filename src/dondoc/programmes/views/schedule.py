"""The periods of a task: how far each is, leaving one out, and the rule by which they come."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from dondoc.common import clock
from dondoc.common.forms import settled
from dondoc.programmes import services
from dondoc.programmes.forms.schedules import PeriodForm, ScheduleForm, StopScheduleForm
from dondoc.programmes.models import Period, Programme, Task
from dondoc.programmes.queries.periods import turns_of
from dondoc.programmes.rules.rights import may_steer
from dondoc.programmes.views.common import head_context, programme_or_404, steered
from dondoc.units import access
from dondoc.units.models import Unit

_PERIOD_ACTS: dict[str, tuple[Callable[..., Any], str]] = {
    "bo-qua": (services.skip_period, "Đã bỏ qua"),
    "tinh-lai": (services.take_up_period, "Đã tính lại"),
}


def _task(programme: Programme, pk: int) -> Task:
    return get_object_or_404(Task.objects.filter(programme=programme), pk=pk)


@require_safe
def schedule(request: HttpRequest, pk: int, task_pk: int) -> HttpResponse:
    programme = programme_or_404(request, pk)
    return _page(request, programme, _task(programme, task_pk))


@require_POST
def set_schedule(request: HttpRequest, pk: int, task_pk: int) -> HttpResponse:
    programme = steered(request, pk)
    task = _task(programme, task_pk)
    form = ScheduleForm(request.POST, today=clock.today())
    actor = access.actor(request)
    if form.is_valid() and settled(form, lambda: services.set_schedule(actor=actor, task=task, schedule=form.schedule())):
        messages.success(request, "Đã đặt kỳ cho nhiệm vụ")
        return redirect("programmes:schedule", pk, task_pk)
    return _page(request, programme, task, status=422, schedule_form=form)


@require_POST
def stop_schedule(request: HttpRequest, pk: int, task_pk: int) -> HttpResponse:
    programme = steered(request, pk)
    task = _task(programme, task_pk)
    form = StopScheduleForm(request.POST, today=clock.today(), prefix="dung")
    actor = access.actor(request)
    if form.is_valid() and settled(form, lambda: services.stop_schedule(actor=actor, task=task, **form.cleaned_data)):
        messages.success(request, "Đã dừng lặp lại")
        return redirect("programmes:schedule", pk, task_pk)
    return _page(request, programme, task, status=422, stop_form=form)


@require_POST
def period_act(request: HttpRequest, pk: int, task_pk: int, period_pk: int, key: str) -> HttpResponse:
    """Leave a period out, or take it up again."""
    programme = steered(request, pk)
    period = get_object_or_404(
        Period.objects.filter(task__programme=programme, task=task_pk).select_related("task"), pk=period_pk
    )
    if key not in _PERIOD_ACTS:
        raise Http404
    service, said = _PERIOD_ACTS[key]
    form = PeriodForm(request.POST, today=clock.today(), units=_units(period), prefix=f"{key}-{period.pk}")
    actor = access.actor(request)
    if form.is_valid() and settled(form, lambda: service(actor=actor, period=period, at=clock.now(), **form.cleaned_data)):
        messages.success(request, f"{said} {period.name}")
        return redirect("programmes:schedule", pk, task_pk)
    return _page(request, programme, period.task, status=422, period_form=(period.pk, key, form))


def _units(period: Period) -> Any:
    return Unit.objects.filter(parts__period=period).distinct().order_by("kind", "search_text")


def _page(request: HttpRequest, programme: Programme, task: Task, *, status: int = 200, **bound: Any) -> HttpResponse:
    today = clock.today()
    turns = turns_of(task, today)
    steers = may_steer(access.actor(request), programme)
    period_form = bound.pop("period_form", None)
    context = {
        **head_context(request, programme, "tasks"),
        "task": task,
        "rows": [(turn, _forms(turn, today, period_form) if steers else []) for turn in turns],
        "today": today,
        "schedule_form": ScheduleForm(today=today) if steers else None,
        "stop_form": StopScheduleForm(today=today, prefix="dung") if steers and task.turns_on else None,
    }
    return render(request, "programmes/schedule.html", {**context, **bound}, status=status)


def _forms(turn: Any, today: Any, bound: Any) -> list[tuple[str, str, forms.Form, bool]]:
    """(key, words, form, open) of what may be done with a period."""
    acts = []
    if turn.left:
        acts.append(("bo-qua", "Bỏ qua kỳ này"))
    if turn.excused:
        acts.append(("tinh-lai", "Tính lại kỳ này"))
    shown = []
    for key, words in acts:
        if bound and bound[:2] == (turn.period.pk, key):
            shown.append((key, words, bound[2], True))
        else:
            form = PeriodForm(today=today, units=_units(turn.period), prefix=f"{key}-{turn.period.pk}")
            shown.append((key, words, form, False))
    return shown
