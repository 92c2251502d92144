"""Lists of obstacles: of one programme, and of all that the person may see."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from dondoc.common import clock, wording
from dondoc.common.downloading import download, wanted_format
from dondoc.common.errors import NotAllowed
from dondoc.common.exporting import Column, Format
from dondoc.common.forms import attempt
from dondoc.common.pages import PAGE_SIZE, page_of
from dondoc.programmes.enums import ObstacleCause, Solver
from dondoc.programmes.forms.obstacles import RaiseForm, answer_form
from dondoc.programmes.models import Obstacle, Programme, Target, Task
from dondoc.programmes.queries import obstacles as queries
from dondoc.programmes.queries.listing import limits_of
from dondoc.programmes.queries.obstacles import LONG, MINE, OPEN_KEY, SOLVERS, STATES, Listed, ObstacleQuery
from dondoc.programmes.rules.rights import may_steer
from dondoc.programmes.rules.states import OBSTACLE_DAYS
from dondoc.programmes.services.obstacles import raise_obstacle as raise_it
from dondoc.programmes.views.common import head_context, programme_or_404
from dondoc.units import access
from dondoc.units.models import Unit
from dondoc.units.queries import valid_on, visible_units
from dondoc.units.rules import Actor

SOLVER_OPTIONS = [
    (MINE, "Chờ đơn vị tôi"),
    *((key, str(Solver(solver).label)) for key, solver in SOLVERS.items()),
]
COLUMNS: tuple[Column[Listed], ...] = (
    Column("Chương trình", lambda one: one.obstacle.programme.title, width=40),
    Column("Nhiệm vụ", lambda one: one.obstacle.task.text if one.obstacle.task else "", width=40),
    Column("Chỉ tiêu", lambda one: one.obstacle.target.indicator if one.obstacle.target else "", width=30),
    Column("Đơn vị nêu", lambda one: one.obstacle.unit.name, width=28),
    Column("Vướng mắc", lambda one: one.obstacle.text, width=60),
    Column("Nguyên nhân", lambda one: one.obstacle.get_cause_display()),
    Column("Đề xuất, kiến nghị", lambda one: one.obstacle.asked, width=60),
    Column("Nơi giải quyết", queries.solver_name, width=28),
    Column("Tình trạng", lambda one: str(one.course.state.label)),
    Column("Ngày phát sinh", lambda one: one.obstacle.happened_on),
    Column("Chờ ý kiến (ngày)", lambda one: one.waited),
    Column("Ngày đóng", lambda one: one.course.closed_on),
)
STATE_OPTIONS = [
    (OPEN_KEY, "Chưa giải quyết xong"),
    ("cho-y-kien", "Chờ ý kiến"),
    ("da-co-y-kien", "Đã có ý kiến"),
    ("da-dong", "Đã giải quyết, đã rút"),
    ("tat-ca", "Tất cả"),
]


@require_safe
def everywhere(request: HttpRequest) -> HttpResponseBase:
    """All that wait in the programmes that the person may see; the province's own list by a filter."""
    actor = access.actor(request)
    obstacles = queries.current_obstacles(actor)
    if form := wanted_format(request):
        return _file(request, form, obstacles, actor)
    return render(request, "programmes/obstacles.html", _list_context(request, actor, obstacles))


@require_safe
def of_programme(request: HttpRequest, pk: int) -> HttpResponseBase:
    programme = programme_or_404(request, pk)
    actor = access.actor(request)
    if form := wanted_format(request):
        return _file(request, form, programme.obstacles.all(), actor)
    context = {
        **_list_context(request, actor, programme.obstacles.all()),
        **head_context(request, programme, "obstacles"),
        "may_raise": _raisers(actor, programme, None).exists(),
    }
    return render(request, "programmes/obstacles.html", context)


def _list_context(request: HttpRequest, actor: Actor, obstacles: QuerySet[Obstacle]) -> dict[str, Any]:
    query = _query(request, actor)
    page = _page(request, obstacles, query, actor)
    figures = queries.figures_of(obstacles, actor.unit_ids, query)
    return {
        "query": query,
        "page": page,
        "pills": _pills(query, figures),
        "solvers": SOLVER_OPTIONS,
        "states": STATE_OPTIONS,
        "causes": ObstacleCause.choices,
        "filtered": bool(query.solver or query.cause or query.age or query.text or query.state != OPEN_KEY or query.is_past),
        "rows": [(one, answer_form(actor, one.obstacle) if not query.is_past else None) for one in page.object_list],
    }


def _query(request: HttpRequest, actor: Actor) -> ObstacleQuery:
    """What does not make sense counts as not asked for. The limit is that of the actor's own province."""
    asked = request.GET
    today = clock.today()
    day = wording.read_day(asked.get("ngay", ""), today) or today
    solver, state, cause = asked.get("noi", ""), asked.get("trang-thai", ""), asked.get("nguyen-nhan", "")
    return ObstacleQuery(
        day=min(day, today),
        today=today,
        state=state if state in STATES else OPEN_KEY,
        solver=solver if solver in SOLVERS or solver == MINE else "",
        cause=cause if cause in ObstacleCause.values else "",
        age=LONG if asked.get("cho") == LONG else "",
        text=asked.get("tim", "").strip(),
        limit=limits_of(actor.seats[0].province_id, today).obstacle if actor.seats else OBSTACLE_DAYS,
    )


def _page(request: HttpRequest, obstacles: QuerySet[Obstacle], query: ObstacleQuery, actor: Actor) -> "Page[Any]":
    if query.is_past:
        return Paginator(queries.then(obstacles, query, actor.unit_ids), PAGE_SIZE).get_page(request.GET.get("trang"))
    page = page_of(request, queries.with_names(queries.chosen(obstacles, query, actor.unit_ids)))
    page.object_list = [queries.now(row, query.today) for row in page.object_list]
    return page


def _file(request: HttpRequest, form: Format, obstacles: QuerySet[Obstacle], actor: Actor) -> HttpResponseBase:
    """All that the page lists, as a table."""
    query = _query(request, actor)
    if query.is_past:
        rows = queries.then(obstacles, query, actor.unit_ids)
    else:
        chosen = queries.with_names(queries.chosen(obstacles, query, actor.unit_ids))
        rows = [queries.now(row, query.today) for row in chosen]
    return download(request, form, "Khó khăn, vướng mắc", COLUMNS, rows, **{"Tính đến": wording.day(query.day)})


def _pills(query: ObstacleQuery, figures: queries.Figures) -> list[tuple[str, int, str, bool]]:
    """Words, number, address, whether it is what is shown."""
    waiting = {"trang-thai": "cho-y-kien"}
    offered: list[tuple[str, int, dict[str, str]]] = [
        ("Chờ ý kiến", figures.waiting, waiting),
        ("Chờ UBND tỉnh", figures.province, {**waiting, "noi": "tinh"}),
        ("Chờ đơn vị tôi", figures.mine, {**waiting, "noi": MINE}),
        (f"Chờ trên {query.limit} ngày", figures.long, {**waiting, "cho": LONG}),
        ("Đã có ý kiến", figures.answered, {"trang-thai": "da-co-y-kien"}),
        ("Đã đóng", figures.closed, {"trang-thai": "da-dong"}),
    ]
    now = {"trang-thai": query.state, "noi": query.solver, "cho": query.age}
    held = {name: value for name, value in now.items() if value}
    return [(words, number, f"?{urlencode(asked)}", asked == held) for words, number, asked in offered]


@require_http_methods(["GET", "HEAD", "POST"])
def raise_obstacle(request: HttpRequest, pk: int) -> HttpResponse:
    """Nêu vướng mắc: in a programme, at a task (``?nhiem-vu=``) or at a target (``?chi-tieu=``)."""
    programme = programme_or_404(request, pk)
    actor = access.actor(request)
    task, target = _subject(request, programme)
    raisers = _raisers(actor, programme, task)
    if not raisers.exists():
        raise NotAllowed("Chỉ đơn vị được giao việc và cơ quan chủ trì chương trình được nêu vướng mắc.")
    units = visible_units(actor).filter(valid_on(actor.on), province=programme.province_id).order_by("kind", "search_text")
    form = RaiseForm(request.POST or None, today=clock.today(), raisers=raisers, units=units)
    if request.method == "POST" and form.is_valid():
        raised = _raised(actor, programme, task, target, form)
        if raised is not None:
            messages.success(request, "Đã nêu vướng mắc")
            return redirect("programmes:obstacle", pk, raised.pk)
    context = {**head_context(request, programme, "obstacles"), "form": form, "task": task, "target": target}
    return render(request, "programmes/obstacle_raise.html", context, status=422 if form.errors else 200)


def _subject(request: HttpRequest, programme: Programme) -> tuple[Task | None, Target | None]:
    task_pk, target_pk = request.GET.get("nhiem-vu", ""), request.GET.get("chi-tieu", "")
    if task_pk.isdecimal():
        return get_object_or_404(programme.tasks, pk=int(task_pk)), None
    if target_pk.isdecimal():
        return None, get_object_or_404(programme.targets, pk=int(target_pk))
    return None, None


def _raisers(actor: Actor, programme: Programme, task: Task | None) -> QuerySet[Unit]:
    """The units that this person may raise an obstacle for."""
    units = queries.units_that_may_raise(programme, task)
    return units if may_steer(actor, programme) else units.filter(pk__in=actor.unit_ids)


def _raised(
    actor: Actor, programme: Programme, task: Task | None, target: Target | None, form: RaiseForm
) -> Obstacle | None:  # fmt: skip
    facts = form.cleaned_data
    return attempt(form, lambda: raise_it(actor=actor, programme=programme, at=clock.now(), task=task, target=target, **facts))
