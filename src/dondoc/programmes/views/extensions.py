"""Requests for more time: lists of them, the page of one, and the word on it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from dondoc.common import clock
from dondoc.common.downloading import download, hand_out_made, wanted_format
from dondoc.common.exporting import Column
from dondoc.common.official import DOCX, to_docx
from dondoc.common.pages import page_of
from dondoc.programmes import services
from dondoc.programmes.forms import extensions as forms
from dondoc.programmes.forms.events import EventForm
from dondoc.programmes.models import Programme, TaskEvent
from dondoc.programmes.official.extension import FILE_NAME, paper_of
from dondoc.programmes.queries import extensions as queries
from dondoc.programmes.queries.extensions import ALL, ANSWERED, MINE, WAITING, Asked
from dondoc.programmes.rules.extensions import may_decide
from dondoc.programmes.rules.rights import may_report
from dondoc.programmes.views.common import carried_out, head_context, programme_or_404, to_top
from dondoc.units import access
from dondoc.units.rules import Actor

CHOICES = {WAITING: "Chờ quyết định", MINE: "Chờ tôi quyết định", ANSWERED: "Đã quyết định", ALL: "Tất cả"}
COLUMNS = (
    Column[Asked]("Chương trình", lambda one: one.event.request.programme.title, width=40),
    Column[Asked]("Nhiệm vụ", lambda one: one.event.task.text, width=60),
    Column[Asked]("Đơn vị đề nghị", lambda one: one.event.unit.name if one.event.unit else "", width=30),
    Column[Asked]("Ngày đề nghị", lambda one: one.event.happened_on),
    Column[Asked]("Hạn đầu", lambda one: one.first),
    Column[Asked]("Hạn đang có", lambda one: one.event.term),  # type: ignore[attr-defined] # annotated
    Column[Asked]("Đề nghị đến", lambda one: one.event.new_due_on),
    Column[Asked]("Nguyên nhân khách quan", lambda one: one.event.request.objective_reason, width=40),
    Column[Asked]("Nguyên nhân chủ quan", lambda one: one.event.request.subjective_reason, width=40),
    Column[Asked]("Giải trình đề nghị sau hạn", lambda one: one.event.request.late_explanation, width=30),
    Column[Asked]("Kết quả đến nay", lambda one: one.event.request.progress, width=40),
    Column[Asked]("Văn bản đề nghị", lambda one: one.event.product_code),
    Column[Asked]("Tình trạng", lambda one: one.badge.text),
    Column[Asked]("Ngày quyết định", lambda one: one.answer.happened_on if one.answer else None),
    Column[Asked]("Hạn được gia hạn", lambda one: one.answer.new_due_on if one.answer else None),
    Column[Asked]("Văn bản quyết định", lambda one: one.answer.product_code if one.answer else ""),
    Column[Asked]("Ý kiến", lambda one: one.answer.note if one.answer else "", width=40),
)


@dataclass(frozen=True, slots=True)
class Answer:
    """``side``: "decider" for those who gave the task, "asker" for the unit that asks."""

    key: str
    words: str
    icon: str
    said: str
    side: str
    form: type[EventForm]
    service: Callable[..., Any]


ANSWERS = (
    Answer("dong-y", "Đồng ý gia hạn", "calendar-plus", "Đã gia hạn", "decider", forms.GrantForm, services.grant_extension),
    Answer("khong-dong-y", "Không đồng ý", "ban", "Đã ghi không đồng ý gia hạn", "decider", forms.RefuseForm,
           services.refuse_extension),
    Answer("rut", "Rút đề nghị", "arrow-back-up", "Đã rút đề nghị gia hạn", "asker", forms.WithdrawForm,
           services.withdraw_extension),
)  # fmt: skip
BY_KEY = {one.key: one for one in ANSWERS}


@dataclass(slots=True)
class Offered:
    """An answer with its form, on the page."""

    answer: Answer
    form: EventForm
    open: bool = False


@require_safe
def everywhere(request: HttpRequest) -> HttpResponseBase:
    """Across programmes: all for the provincial office, for others what they decide on and what their units asked."""
    return _listing(request, queries.concerning(access.actor(request)), {})


@require_safe
def of_programme(request: HttpRequest, pk: int) -> HttpResponseBase:
    programme = programme_or_404(request, pk)
    return _listing(request, queries.of_programme(programme), head_context(request, programme, "requests"))


def _listing(request: HttpRequest, asked: QuerySet[TaskEvent], context: dict[str, Any]) -> HttpResponseBase:
    actor = access.actor(request)
    state = request.GET.get("loai", WAITING)
    state = state if state in CHOICES else WAITING
    rows = queries.chosen(asked, state, actor)
    if file := wanted_format(request):
        return download(
            request, file, "Đề nghị gia hạn", COLUMNS, map(queries.asked_of, rows.iterator(chunk_size=500)), Loại=CHOICES[state]
        )
    page = page_of(request, rows)
    counts = queries.counted(asked, actor)
    pills = [(words, counts[key], f"?loai={key}", key == state) for key, words in CHOICES.items() if counts[key] or key != MINE]
    shown = {"page": page, "rows": [queries.asked_of(event) for event in page.object_list], "pills": pills, "state": state}
    return render(request, "programmes/extensions.html", {**context, **shown, "today": clock.today()})


@require_safe
def extension(request: HttpRequest, pk: int, task_pk: int, request_pk: int) -> HttpResponse:
    programme = programme_or_404(request, pk)
    return _page(request, programme, _held(programme, task_pk, request_pk))


@require_safe
def paper(request: HttpRequest, pk: int, task_pk: int, request_pk: int) -> HttpResponse:
    """An open request as a công văn of the unit that asks, to be numbered and signed."""
    programme = programme_or_404(request, pk)
    event = _held(programme, task_pk, request_pk)
    if event.unit is None or not queries.asked_of(event).open:
        raise Http404
    content = to_docx(paper_of(event, event.unit, programme, event.term))  # type: ignore[attr-defined] # annotated
    return hand_out_made(content, FILE_NAME, "docx", DOCX)


@require_POST
def answer(request: HttpRequest, pk: int, task_pk: int, request_pk: int, key: str) -> HttpResponse:
    """Grant, refuse or withdraw; with errors the page comes again with the form open."""
    programme = programme_or_404(request, pk)
    asked = _held(programme, task_pk, request_pk)
    chosen = BY_KEY.get(key)
    if chosen is None:
        raise Http404
    form = chosen.form(request.POST, request.FILES, today=clock.today(), prefix=key)
    if form.is_valid() and carried_out(chosen.service, form, access.actor(request), request=asked):
        messages.success(request, chosen.said)
        return to_top("programmes:request", pk, task_pk, request_pk)
    return _page(request, programme, _held(programme, task_pk, request_pk), bound=Offered(chosen, form, open=True), status=422)


def _held(programme: Programme, task_pk: int, request_pk: int) -> TaskEvent:
    return get_object_or_404(queries.of_programme(programme), task=task_pk, pk=request_pk)


def _page(
    request: HttpRequest, programme: Programme, event: TaskEvent, *, bound: Offered | None = None, status: int = 200
) -> HttpResponse:
    actor = access.actor(request)
    asked = queries.asked_of(event)
    offered = _offered(actor, programme, asked)
    if bound:
        offered = [bound if one.answer is bound.answer else one for one in offered] or [bound]
    context = {
        **head_context(request, programme, "requests"),
        "asked": asked,
        "event": event,
        "task": event.task,
        "earlier": [one for one in map(queries.asked_of, _earlier(event)) if one.event.pk != event.pk],
        "decides": [one for one in offered if one.answer.side == "decider"],
        "withdraws": [one for one in offered if one.answer.side == "asker"],
        "today": clock.today(),
    }
    return render(request, "programmes/extension.html", context, status=status)


def _earlier(event: TaskEvent) -> QuerySet[TaskEvent]:
    """All requests of the same task or part, for whoever decides on one."""
    return queries.requests().filter(task=event.task_id, part=event.part_id).order_by("-happened_on", "-pk")


def _offered(actor: Actor, programme: Programme, asked: Asked) -> list[Offered]:
    """What this person may do with it as it stands."""
    if not asked.open:
        return []
    event = asked.event
    allowed = {
        "decider": may_decide(actor, programme, event.unit_id),
        "asker": may_report(actor, [event.unit_id or 0]) or event.recorded_by_id == actor.person.pk,
    }
    initial = {"happened_on": clock.today(), "new_due_on": event.new_due_on}
    return [
        Offered(one, one.form(today=clock.today(), prefix=one.key, initial=initial), open=one is ANSWERS[0])
        for one in ANSWERS
        if allowed[one.side]
    ]
