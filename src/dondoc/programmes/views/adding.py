"""Adding a task from a letter or a meeting, and where such tasks come from."""

from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from dondoc.common import clock, wording
from dondoc.files.models import StoredFile
from dondoc.files.views import hand_out
from dondoc.programmes import services
from dondoc.programmes.forms.adding import AddTaskForm
from dondoc.programmes.models import Origin, Programme, Task
from dondoc.programmes.queries.bearers import bearer_of, bearer_options
from dondoc.programmes.queries.origins import origins_of
from dondoc.programmes.rules.naming import name_of_origin
from dondoc.programmes.services.adding import Bearer, Bearers, Deadline, OriginFacts
from dondoc.programmes.views.common import carried_out, head_context, programme_or_404, steered
from dondoc.units import access
from dondoc.units.rules import Actor


@require_http_methods(["GET", "HEAD", "POST"])
def add_task(request: HttpRequest, pk: int) -> HttpResponse:
    """``?nguon=`` names a source that is known already."""
    programme, actor = steered(request, pk), access.actor(request)
    form = _form(request, programme, actor)
    made: list[Task] = []

    def service(*, actor: Actor, at: datetime, evidence: StoredFile | None = None, **facts: Any) -> None:
        made.append(_add(programme, actor, at, evidence, facts))

    if request.method == "POST" and form.is_valid() and carried_out(service, form, actor):
        return _added(request, programme, made[0])
    context = {**head_context(request, programme, "tasks"), "form": form, "origin": _origin_of(form)}
    return render(request, "programmes/add_task.html", context, status=422 if form.errors else 200)


def _form(request: HttpRequest, programme: Programme, actor: Actor) -> AddTaskForm:
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    return AddTaskForm(
        *sent,
        origins=list(origins_of(programme)),
        bearers=bearer_options(programme, actor.on),
        today=clock.today(),
        initial={"origin": request.GET.get("nguon", "")},
    )


def _origin_of(form: AddTaskForm) -> Origin | None:
    """The source that the form was opened for; its fields are not asked for again."""
    return form.held.get(str(form["origin"].value() or ""))


def _add(programme: Programme, actor: Actor, at: datetime, file: StoredFile | None, facts: dict[str, Any]) -> Task:
    new = ("title", "said_on", "words", "code", "said_by")
    origin = facts["origin"] or OriginFacts(kind=facts["origin_kind"], file=file, **{name: facts[name] for name in new})

    def bearers(*values: str) -> list[Bearer]:
        found = [bearer_of(value, programme, actor.on) for value in values]
        return [one for one in found if one]

    return services.add_task(
        actor=actor,
        programme=programme,
        at=at,
        origin=origin,
        text=facts["text"],
        bearers=Bearers(
            leads=bearers(facts["lead"], *facts["more_leads"]),
            coordinating=bearers(*facts["coordinating"]),
            supervising=bearers(facts["supervising"]),
        ),
        deadline=Deadline(facts["due_on"], bool(facts["exclusive"]), facts["deadline_text"]),
        kind=facts["kind"],
        result=facts["result"],
    )


def _added(request: HttpRequest, programme: Programme, task: Task) -> HttpResponse:
    messages.success(request, _said(task, clock.today()))
    if request.POST.get("more"):
        return redirect(f"{reverse('programmes:add_task', args=[programme.pk])}?nguon={task.origin_id}")
    return redirect("programmes:task", programme.pk, task.pk)


def _said(task: Task, today: date) -> str:
    if task.last_ok_on and task.last_ok_on < today:
        return f"Đã thêm nhiệm vụ. Hạn cuối {wording.day(task.last_ok_on)} đã qua nên nhiệm vụ được tính là quá hạn."
    return "Đã thêm nhiệm vụ"


@require_safe
def origin(request: HttpRequest, pk: int, origin_pk: int) -> HttpResponse:
    programme = programme_or_404(request, pk)
    held = get_object_or_404(origins_of(programme), pk=origin_pk)
    context = {
        **head_context(request, programme, "papers"),
        "origin": held,
        "name": name_of_origin(held.kind, held.code, held.said_on),
        "tasks": held.tasks.filter(superseded_on__isnull=True),
    }
    return render(request, "programmes/origin.html", context)


@require_safe
def origin_file(request: HttpRequest, pk: int, origin_pk: int) -> FileResponse:
    programme = programme_or_404(request, pk)
    held = get_object_or_404(origins_of(programme).filter(file__isnull=False), pk=origin_pk)
    assert held.file is not None  # noqa: S101 - the query asks for it
    return hand_out(held.file, inline=True)
