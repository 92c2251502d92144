"""A task, and what people do with it."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST, require_safe

from dondoc.common.errors import NotAllowed
from dondoc.files.views import hand_out
from dondoc.programmes import services
from dondoc.programmes.models import Task, TaskEvent
from dondoc.programmes.queries.changes import Seen, changes_since
from dondoc.programmes.queries.tasks_page import task_of
from dondoc.programmes.services.guards import NOT_ASSIGNED, NOT_THE_GIVER
from dondoc.programmes.views.acts import BY_KEY, choices_of, form_of, may
from dondoc.programmes.views.common import carried_out, programme_or_404, to_top
from dondoc.programmes.views.task_page import Shown, scene_of, task_page


@require_safe
def task(request: HttpRequest, pk: int, task_pk: int) -> HttpResponse:
    programme = programme_or_404(request, pk)
    return task_page(request, programme, get_object_or_404(task_of(programme, task_pk)))


@require_POST
def act(request: HttpRequest, pk: int, task_pk: int, key: str) -> HttpResponse:
    """Do one of the acts; with errors, or where others were faster, the page comes again with the form open."""
    programme = programme_or_404(request, pk)
    held = get_object_or_404(task_of(programme, task_pk))
    chosen = BY_KEY.get(key)
    if chosen is None:
        raise Http404
    scene = scene_of(request, programme, held)
    if not may(scene, chosen):
        raise NotAllowed(NOT_THE_GIVER if chosen.side == "giver" else NOT_ASSIGNED)
    seen = Seen.read(request.POST.get("seen", ""))
    choices = choices_of(scene, chosen, request.POST.get(f"{key}-part", ""))
    form = form_of(scene, chosen, choices, request.POST, request.FILES)
    is_same = seen is None or seen.revision == held.revision
    if is_same and form.is_valid() and carried_out(partial(_as_seen, chosen.service, seen), form, scene.actor, task=held):
        messages.success(request, chosen.said)
        return to_top("programmes:task", pk, task_pk)
    held = get_object_or_404(task_of(programme, task_pk))
    changes = changes_since(held, seen) if seen and seen.revision != held.revision else []
    files = [upload.name or "" for upload in request.FILES.values() if isinstance(upload, UploadedFile)]
    shown = Shown(chosen, form, open=True, changes=changes, files=files)
    return task_page(request, programme, held, bound=shown, status=409 if changes else 422)


def _as_seen(service: Callable[..., Any], seen: Seen | None, *, task: Task, **facts: Any) -> Any:
    revision = seen.revision if seen else None
    return services.as_seen(task=task, revision=revision, change=partial(service, task=task, **facts))


@require_safe
def evidence(request: HttpRequest, pk: int, task_pk: int, event_pk: int) -> FileResponse:
    """The file that an event brought, for those who may see the programme."""
    programme = programme_or_404(request, pk)
    events = TaskEvent.objects.filter(task__programme=programme, task=task_pk, evidence__isnull=False)
    event = get_object_or_404(events.select_related("evidence"), pk=event_pk)
    assert event.evidence is not None  # noqa: S101 - the query asks for it
    return hand_out(event.evidence, inline=True)
