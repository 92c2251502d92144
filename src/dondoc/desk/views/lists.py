"""The lists that the figures of the first page open, across programmes."""

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from dondoc.common import wording
from dondoc.common.downloading import download, wanted_format
from dondoc.common.exporting import Column
from dondoc.common.pages import PAGE_SIZE, page_of
from dondoc.desk.queries import debts, waiting
from dondoc.desk.queries.debts import STATES, Debt
from dondoc.desk.queries.leading import COMMUNES, programmes_of, tasks_of
from dondoc.programmes.enums import AssignmentRole
from dondoc.programmes.models import Assignment, Task
from dondoc.programmes.queries import standing
from dondoc.programmes.rules.states import state_on
from dondoc.programmes.wording import badge_of
from dondoc.units import access
from dondoc.units.enums import UnitKind
from dondoc.units.models import Person
from dondoc.units.queries import visible_units
from dondoc.units.rules import Actor

ALL = "tat-ca"
MOST_DELIVERIES = 500
DEBT_COLUMNS: tuple[Column[Debt], ...] = (
    Column("Chương trình", lambda one: one.task.programme.title, width=40),
    Column("Mục", lambda one: one.task.section),
    Column("Nhiệm vụ", lambda one: one.task.text, width=60),
    Column("Đơn vị", lambda one: one.unit_name, width=28),
    Column("Người thực hiện", lambda one: one.handler_name, width=24),
    Column("Thời hạn", lambda one: one.task.deadline_text, width=24),
    Column("Hạn cuối", lambda one: one.last_ok_on),
    Column("Trạng thái", lambda one: "Trả lại" if one.returned else one.badge.text, width=22),
)
TASK_STATES = {
    "qua-han": "Quá hạn",
    "qua-30-ngay": "Quá hạn trên 30 ngày",
    "sap-den-han": "Sắp đến hạn",
    "14-ngay": "Đến hạn trong 14 ngày",
    "trong-han": "Trong hạn",
    "dung-han": "Hoàn thành đúng hạn",
    "tre-han": "Hoàn thành trễ hạn",
    "khong-thoi-han": "Không thời hạn",
    "chua-bao-cao": "Không thời hạn, quá 3 tháng chưa báo cáo",
    "tat-ca": "Tất cả nhiệm vụ",
}


def leads_of(task: Task) -> str:
    """The names of its leads, which were fetched with it."""
    held: list[Assignment] = task.leads  # type: ignore[attr-defined] # prefetched
    return ", ".join(one.unit.name if one.unit else one.name for one in held)


TASK_COLUMNS: tuple[Column[Task], ...] = (
    Column("Chương trình", lambda one: one.programme.title, width=40),
    Column("Mục", lambda one: one.section),
    Column("Nhiệm vụ", lambda one: one.text, width=60),
    Column("Cơ quan chủ trì", leads_of, width=34),
    Column("Thời hạn", lambda one: one.deadline_text, width=24),
    Column("Hạn cuối", lambda one: one.last_ok_on),
    Column("Hoàn thành", lambda one: one.done_on),
)


@require_safe
def unit_debts(request: HttpRequest) -> HttpResponseBase:
    """What units owe: one's own, a unit's (``don-vi``), the communes' or everybody's, in the units' own figures."""
    actor = access.actor(request)
    state = _one_of(request.GET.get("trang-thai", ""), STATES)
    units, words = _units(actor, request.GET.get("don-vi", ""))
    handler, person = _handler(actor, request.GET.get("nguoi", ""))
    keys = debts.listed(actor, debts.running(actor), units=units, state=state, handler=handler)
    if form := wanted_format(request):
        facts = {"Tính đến": wording.day(actor.on), "Đơn vị": words, "Trạng thái": STATES[state]}
        return download(request, form, "Việc chưa xong", DEBT_COLUMNS, debts.debts_for(keys[:], actor), **facts)
    page: Page[Any] = Paginator(keys, PAGE_SIZE).get_page(request.GET.get("trang"))  # type: ignore[arg-type] # counts, slices
    context = {
        "actor": actor,
        "page": page,
        "rows": debts.debts_for(page.object_list, actor),
        "state": state,
        "states": STATES,
        "words": STATES[state],
        "who": words,
        "person": person,
        "unit": request.GET.get("don-vi", ""),
        "handler": handler,
    }
    return render(request, "desk/debts.html", context)


def _one_of(asked: str, known: Iterable[str]) -> str:
    return asked if asked in known else ""


def _units(actor: Actor, asked: str) -> tuple[Q | None, str]:
    """A condition on the unit, and its name; :raises Http404: no unit that the actor may see."""
    if asked == ALL:
        return None, "Tất cả đơn vị"
    if asked == COMMUNES:
        return Q(unit__kind=UnitKind.COMMUNE), "UBND các xã, phường"
    if not asked:
        return Q(unit__in=actor.unit_ids), "Đơn vị tôi"
    if not asked.isdecimal():
        raise Http404
    unit = get_object_or_404(visible_units(actor), pk=int(asked))
    return Q(unit=unit.pk), unit.name


def _handler(actor: Actor, asked: str) -> tuple[str, str]:
    """The key of a person and the name; only those who work in the actor's units are asked for."""
    if asked == "0":
        return asked, "chưa giao ai"
    if not asked.isdecimal():
        return "", ""
    people = Person.objects.filter(memberships__unit__in=actor.unit_ids).distinct()
    return asked, get_object_or_404(people, pk=int(asked)).full_name


@require_safe
def deliveries(request: HttpRequest) -> HttpResponseBase:
    """What was handed in, or declined, in the programmes that the person's units lead, and waits for their word."""
    actor = access.actor(request)
    led = [entry.programme.pk for entry in programmes_of(actor) if entry.programme.lead_unit_id in actor.unit_ids]
    return render(request, "desk/deliveries.html", {"actor": actor, "deliveries": waiting.deliveries(led, MOST_DELIVERIES)})


@require_safe
def tasks(request: HttpRequest) -> HttpResponseBase:
    """Tasks of all programmes that go on, as programmes count them: a group's is one."""
    actor = access.actor(request)
    state = _one_of(request.GET.get("trang-thai", ""), TASK_STATES) or "qua-han"
    rows = _with_leads(_in_state(tasks_of(actor, debts.running(actor)), state, actor))
    if form := wanted_format(request):
        facts = {"Tính đến": wording.day(actor.on), "Trạng thái": TASK_STATES[state]}
        return download(request, form, "Nhiệm vụ", TASK_COLUMNS, rows, **facts)
    page = page_of(request, rows)
    context = {
        "actor": actor,
        "page": page,
        "rows": [_shown(one, actor) for one in page.object_list],
        "state": state,
        "states": TASK_STATES,
        "words": TASK_STATES[state],
    }
    return render(request, "desk/tasks.html", context)


def _in_state(rows: QuerySet[Task], state: str, actor: Actor) -> QuerySet[Task]:
    if state == ALL:
        return rows
    if state == "14-ngay":
        ahead = (actor.on, actor.on + debts.AHEAD)
        return rows.filter(done_on__isnull=True, paused="", last_ok_on__range=ahead)
    return rows.filter(standing.FILTERS[state](actor.on))


def _with_leads(rows: QuerySet[Task]) -> QuerySet[Task]:
    leads = Assignment.objects.filter(role=AssignmentRole.LEAD).select_related("unit").order_by("-answers", "position", "pk")
    held = rows.select_related("programme", "item__document", "origin").defer("item__read", "item__corrected")
    return held.prefetch_related(Prefetch("assignments", leads, to_attr="leads")).order_by("last_ok_on", "pk")


def _shown(task: Task, actor: Actor) -> dict[str, Any]:
    now = state_on(
        last_ok_on=task.last_ok_on,
        done_on=task.done_on,
        paused=task.paused,
        started=task.reported_on is not None,
        today=actor.on,
    )
    return {"task": task, "badge": badge_of(now), "leads": leads_of(task)}
