"""The page of an obstacle, and what people do there."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from dondoc.common import clock
from dondoc.common.forms import settled
from dondoc.programmes.enums import ObstacleEventKind
from dondoc.programmes.forms import obstacles as forms
from dondoc.programmes.models import Obstacle, Programme
from dondoc.programmes.queries import obstacles as queries
from dondoc.programmes.rules.obstacles import fits
from dondoc.programmes.rules.rights import may_answer, may_steer
from dondoc.programmes.services import obstacles
from dondoc.programmes.views.common import head_context, programme_or_404, to_top
from dondoc.units import access
from dondoc.units.queries import valid_on, visible_units
from dondoc.units.rules import Actor


@dataclass(frozen=True, slots=True)
class Act:
    """``side``: "solver" for whom it waits, "raiser" for who raised it; who steers the programme may act for either but answer."""

    key: str
    words: str
    icon: str
    said: str
    side: str
    kind: ObstacleEventKind
    form: type[forms.ObstacleForm]
    service: Callable[..., Any]


ACTS = (
    Act(forms.ANSWER, "Cho ý kiến", "message-2", "Đã cho ý kiến", "solver", ObstacleEventKind.ANSWERED, forms.AnswerForm,
        obstacles.answer),
    Act("chuyen", "Chuyển nơi khác giải quyết", "arrow-forward-up", "Đã chuyển vướng mắc", "both", ObstacleEventKind.PASSED_ON,
        forms.PassOnForm, obstacles.pass_on),
    Act("da-giai-quyet", "Đã giải quyết xong", "circle-check", "Đã ghi giải quyết xong", "raiser", ObstacleEventKind.SOLVED,
        forms.SolveForm, obstacles.solve),
    Act("rut", "Rút lại", "ban", "Đã rút vướng mắc", "raiser", ObstacleEventKind.WITHDRAWN, forms.WithdrawForm,
        obstacles.withdraw),
    Act("mo-lai", "Mở lại", "refresh", "Đã mở lại vướng mắc", "raiser", ObstacleEventKind.REOPENED, forms.ReopenObstacleForm,
        obstacles.reopen),
)  # fmt: skip
BY_KEY = {act.key: act for act in ACTS}


@dataclass(slots=True)
class Shown:
    """An act with its form, on the page."""

    act: Act
    form: forms.ObstacleForm
    open: bool = False


@require_safe
def obstacle(request: HttpRequest, pk: int, obstacle_pk: int) -> HttpResponse:
    programme = programme_or_404(request, pk)
    return _page(request, programme, _held(programme, obstacle_pk))


@require_POST
def act(request: HttpRequest, pk: int, obstacle_pk: int, key: str) -> HttpResponse:
    """Do one of the acts, then back to where it was asked for; with errors the page comes with the form open."""
    programme = programme_or_404(request, pk)
    held = _held(programme, obstacle_pk)
    chosen = BY_KEY.get(key)
    if chosen is None:
        raise Http404
    form = _form(request, programme, chosen, request.POST)
    if form.is_valid() and _done(access.actor(request), held, chosen, form):
        messages.success(request, chosen.said)
        return _back(request) or to_top("programmes:obstacle", pk, obstacle_pk)
    return _page(request, programme, _held(programme, obstacle_pk), bound=Shown(chosen, form, open=True), status=422)


def _back(request: HttpRequest) -> HttpResponseRedirect | None:
    """The page of ours that the form stood on."""
    address = request.POST.get("ve", "")
    ours = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(address) if ours else None


def _held(programme: Programme, pk: int) -> Obstacle:
    return get_object_or_404(queries.with_names(programme.obstacles.all()), pk=pk)


def _form(request: HttpRequest, programme: Programme, chosen: Act, data: Any = None, **more: Any) -> forms.ObstacleForm:
    if issubclass(chosen.form, forms.SolverForm):
        units = visible_units(access.actor(request)).filter(valid_on(clock.today()), province=programme.province_id)
        more["units"] = units.order_by("kind", "search_text")
    return chosen.form(data, today=clock.today(), prefix=chosen.key, **more)


def _done(actor: Actor, held: Obstacle, chosen: Act, form: forms.ObstacleForm) -> bool:
    return settled(form, lambda: chosen.service(actor=actor, obstacle=held, at=clock.now(), **form.cleaned_data))


def _page(
    request: HttpRequest, programme: Programme, held: Obstacle, *, bound: Shown | None = None, status: int = 200
) -> HttpResponse:
    context = {
        **head_context(request, programme, "obstacles"),
        "one": queries.now(held, clock.today()),
        "obstacle": held,
        "events": queries.events_of(held),
        "acts": [
            bound if bound and bound.act is act else Shown(act, _form(request, programme, act), open=_asked(request, act))
            for act in _offered(access.actor(request), programme, held)
        ],
    }
    return render(request, "programmes/obstacle.html", context, status=status)


def _asked(request: HttpRequest, act: Act) -> bool:
    return request.GET.get("viec") == act.key


def _offered(actor: Actor, programme: Programme, held: Obstacle) -> list[Act]:
    """What this person may do with it as it stands."""
    answers = may_answer(actor, programme, held.solver, held.solver_unit_id)
    steers = may_steer(actor, programme)
    raised = held.unit_id in actor.unit_ids
    allowed = {"solver": answers, "raiser": raised or steers, "both": answers or steers}
    return [act for act in ACTS if allowed[act.side] and fits(act.kind, held.state)]
