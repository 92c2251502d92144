"""The units of a group's task in one matrix: the giver's word on many at once, and closing it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from dondoc.common import clock
from dondoc.programmes import services
from dondoc.programmes.forms.events import AcceptForm, EventForm, ReturnForm, StopForm
from dondoc.programmes.forms.gathering import CloseForm
from dondoc.programmes.models import Part, Programme, Task
from dondoc.programmes.queries.changes import Change, Seen, changes_since, seen_now
from dondoc.programmes.queries.parts import ASKING, Choice, Matrix, matrix_of
from dondoc.programmes.queries.sources import source_of
from dondoc.programmes.queries.tasks_page import standing_of, task_of
from dondoc.programmes.rules.rights import may_steer
from dondoc.programmes.rules.shares import ShareState
from dondoc.programmes.views.common import carried_out, head_context, programme_or_404, steered
from dondoc.programmes.wording import badge_of
from dondoc.programmes.wording_shares import SHARE_WORDS
from dondoc.units import access


@dataclass(frozen=True, slots=True)
class GroupAct:
    """What the giver can say of many units at once."""

    key: str
    words: str
    icon: str
    said: str
    form: type[EventForm]
    service: Callable[..., Any]


GROUP_ACTS = (
    GroupAct("xac-nhan", "Xác nhận hoàn thành", "checks", "Đã xác nhận", AcceptForm, services.accept_parts),
    GroupAct("tra-lai", "Trả lại", "arrow-back-up", "Đã trả lại", ReturnForm, services.return_parts),
    GroupAct("mien", "Miễn", "user-minus", "Đã miễn", StopForm, services.excuse_parts),
)
CLOSE = "dong"


@dataclass(slots=True)
class Shown:
    act: GroupAct
    form: Form
    open: bool = False


@dataclass(frozen=True, slots=True)
class Back:
    """What comes back unwritten: which form, which units were marked, what others did meanwhile."""

    key: str
    form: Form
    marked: frozenset[str] = frozenset()
    changes: Sequence[Change] = ()


@require_safe
def parts(request: HttpRequest, pk: int, task_pk: int) -> HttpResponse:
    programme = programme_or_404(request, pk)
    return _page(request, programme, get_object_or_404(task_of(programme, task_pk)))


@require_POST
def act_on_parts(request: HttpRequest, pk: int, task_pk: int) -> HttpResponse:
    """One word on all that are marked, or on none."""
    programme, held = _for_the_giver(request, pk, task_pk)
    key = request.POST.get("act", "")
    chosen = next((one for one in GROUP_ACTS if one.key == key), GROUP_ACTS[0])
    form = chosen.form(request.POST, today=clock.today(), prefix=chosen.key)
    marked = [value for value in request.POST.getlist("parts") if value.isdecimal()]
    wanted = list(Part.objects.filter(assignment__task=held, pk__in=marked))
    change = partial(chosen.service, parts=wanted)
    if _written(request, held, form, change):
        messages.success(request, f"{chosen.said}: {len(wanted)} đơn vị")
        return redirect(_address(request, programme, held))
    return _unwritten(request, programme, held, Back(chosen.key, form, frozenset(marked)))


@require_POST
def close(request: HttpRequest, pk: int, task_pk: int) -> HttpResponse:
    programme, held = _for_the_giver(request, pk, task_pk)
    form = CloseForm(request.POST, today=clock.today(), prefix=CLOSE)
    if _written(request, held, form, services.close):
        messages.success(request, "Đã đóng nhiệm vụ")
        return redirect(_address(request, programme, held))
    return _unwritten(request, programme, held, Back(CLOSE, form))


def _for_the_giver(request: HttpRequest, pk: int, task_pk: int) -> tuple[Programme, Task]:
    programme = steered(request, pk)
    return programme, get_object_or_404(task_of(programme, task_pk))


def _written(request: HttpRequest, held: Task, form: Form, change: Callable[..., Any]) -> bool:
    seen = Seen.read(request.POST.get("seen", ""))
    if seen and seen.revision != held.revision:
        return False

    def as_seen(**facts: Any) -> Any:
        return services.as_seen(task=held, revision=seen.revision if seen else None, change=partial(change, task=held, **facts))

    return form.is_valid() and carried_out(as_seen, form, access.actor(request))


def _unwritten(request: HttpRequest, programme: Programme, held: Task, back: Back) -> HttpResponse:
    held = get_object_or_404(task_of(programme, held.pk))
    seen = Seen.read(request.POST.get("seen", ""))
    changes = changes_since(held, seen) if seen and seen.revision != held.revision else []
    told = Back(back.key, back.form, back.marked, changes)
    return _page(request, programme, held, back=told, status=409 if changes else 422)


def _address(request: HttpRequest, programme: Programme, task: Task) -> str:
    """The matrix with the filters that it had."""
    kept = {name: request.GET[name] for name in ("trang-thai", "tim", "ky") if request.GET.get(name)}
    return reverse("programmes:parts", args=[programme.pk, task.pk]) + (f"?{urlencode(kept)}" if kept else "")


def _choice(request: HttpRequest) -> Choice:
    given = request.GET
    period = given.get("ky", "")
    return Choice(given.get("trang-thai", ""), given.get("tim", "").strip()[:80], int(period) if period.isdecimal() else None)


def _page(request: HttpRequest, programme: Programme, task: Task, *, back: Back | None = None, status: int = 200) -> HttpResponse:
    today = clock.today()
    choice = _choice(request)
    matrix = matrix_of(task, choice, today)
    giver = may_steer(access.actor(request), programme)
    source = source_of(task)
    context = {
        **head_context(request, programme, "tasks"),
        "task": task,
        "source": source.text,
        "source_url": source.url,
        "badge": badge_of(standing_of(task, today)),
        "matrix": matrix,
        "choice": choice,
        "strip": _strip(matrix),
        "chips": _chips(request, programme, task, matrix, choice),
        "acts": _acts(back) if giver and not task.done_on and matrix.total else [],
        "close_form": _close_form(task, matrix, back) if giver else None,
        "giver": giver,
        "back": back,
        "seen": str(seen_now(task)),
        "address": _address(request, programme, task),
        "query": request.GET.urlencode(),
    }
    return render(request, "programmes/parts.html", context, status=status)


def _strip(matrix: Matrix) -> dict[str, int]:
    """Done on time, late, waiting, over, left."""
    late, waiting, over = (matrix.counts[state] for state in (ShareState.DONE_LATE, ShareState.WAITING, ShareState.OVERDUE))
    left = matrix.total - matrix.done - waiting - over
    return {"done": matrix.done - late, "late": late, "waiting": waiting, "over": over, "left": left}


def _acts(back: Back | None) -> list[Shown]:
    shown = []
    for act in GROUP_ACTS:
        if back and back.key == act.key:
            shown.append(Shown(act, back.form, open=True))
        else:
            shown.append(Shown(act, act.form(today=clock.today(), prefix=act.key)))
    return shown


def _close_form(task: Task, matrix: Matrix, back: Back | None) -> Form | None:
    """Where nobody is missing and the task is still open."""
    if back and back.key == CLOSE:
        return back.form
    goes_on = bool(task.rrule)
    if task.done_on or task.paused or task.superseded_on or matrix.missing or not matrix.total or goes_on:
        return None
    return CloseForm(today=clock.today(), prefix=CLOSE)


def _chips(request: HttpRequest, programme: Programme, task: Task, matrix: Matrix, choice: Choice) -> list[dict[str, Any]]:
    """Counts that filter; those of nothing are left out."""
    base = reverse("programmes:parts", args=[programme.pk, task.pk])
    kept = {name: request.GET[name] for name in ("tim", "ky") if request.GET.get(name)}
    words = {"": "Tất cả"} | {str(state): said for state, said in SHARE_WORDS.items()} | {ASKING: "Xin gia hạn"}
    counts = {"": matrix.total} | dict(matrix.counts)
    return [
        {
            "url": f"{base}?{urlencode({**kept, 'trang-thai': key})}" if key or kept else base,
            "words": said,
            "number": counts.get(key, 0),
            "current": choice.state == key,
        }
        for key, said in words.items()
        if counts.get(key) or choice.state == key
    ]
