"""Events that deadlines wait for: an administrator enters them and their days; a giver ties a task to one."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dondoc.common import clock
from dondoc.common.forms import settled
from dondoc.programmes import services
from dondoc.programmes.forms.anchors import DateEventForm, NameEventForm, TieForm
from dondoc.programmes.models import Task
from dondoc.programmes.queries.anchors import entered, events_for, unknown
from dondoc.programmes.views.common import steered
from dondoc.units import access
from dondoc.units.views.common import administrator, provinces_for


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Those waited for, words that name one, those that have their day."""
    return _page(request)


def _page(request: HttpRequest, *, status: int = 200, **bound: Any) -> HttpResponse:
    provinces = provinces_for(request, administrator(request))
    scope = {provinces.chosen.pk}
    undated, dated = entered(scope)
    context = {
        "provinces": provinces,
        "undated": undated,
        "dated": dated,
        "unknown": unknown(scope),
        "form": NameEventForm(),
    }
    return render(request, "programmes/events.html", {**context, **bound}, status=status)


@require_POST
def name_event(request: HttpRequest) -> HttpResponse:
    actor = administrator(request)
    province = provinces_for(request, actor).chosen
    form = NameEventForm(request.POST)
    facts: dict[str, Any] = {"actor": actor, "province": province, "at": clock.now()}
    if form.is_valid() and settled(form, lambda: services.name_event(**facts, **form.cleaned_data)):
        messages.success(request, "Đã ghi sự kiện. Ghi ngày khi sự kiện đã có ngày.")
        return redirect("programmes:events")
    return _page(request, status=422, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
def date_event(request: HttpRequest, event_pk: int) -> HttpResponse:
    """The day of one event, and the tasks that wait for it."""
    actor = administrator(request)
    provinces = provinces_for(request, actor)
    event = get_object_or_404(events_for({province.pk for province in provinces.all}), pk=event_pk)
    form = DateEventForm(request.POST or None, event=event, today=clock.today())
    if request.method == "POST" and form.is_valid():
        facts: dict[str, Any] = {"actor": actor, "event": event, "at": clock.now()}
        if settled(form, lambda: services.date_event(**facts, **form.cleaned_data)):
            messages.success(request, "Đã ghi ngày của sự kiện. Thời hạn của các nhiệm vụ được tính lại.")
            return redirect("programmes:events")
    tasks = Task.objects.filter(anchor_event=event, programme__province__in=provinces.all, superseded_on__isnull=True)
    context = {"event": event, "form": form, "tasks": tasks.select_related("programme").order_by("programme", "position")[:100]}
    return render(request, "programmes/event.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def tie_task(request: HttpRequest, pk: int, task_pk: int) -> HttpResponse:
    """For which event the task's deadline waits."""
    programme = steered(request, pk)
    task = get_object_or_404(Task.objects.filter(programme=programme), pk=task_pk)
    form = TieForm(request.POST or None, events=events_for({programme.province_id}), initial={"event": task.anchor_event_id})
    if request.method == "POST" and form.is_valid():
        facts: dict[str, Any] = {"actor": access.actor(request), "task": task, "at": clock.now()}
        if settled(form, lambda: services.tie_task(**facts, **form.cleaned_data)):
            messages.success(request, "Đã ghi sự kiện làm mốc")
            return redirect("programmes:task", pk, task_pk)
    context = {"programme": programme, "task": task, "form": form}
    return render(request, "programmes/tie.html", context, status=422 if form.is_bound else 200)
