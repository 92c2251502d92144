"""The documents of a programme: more items, further documents, what takes the place of what."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from dondoc.common import clock
from dondoc.common.errors import NotAllowed, Refused
from dondoc.common.forms import settled
from dondoc.documents.enums import DocumentState
from dondoc.documents.queries import visible_documents
from dondoc.programmes import services
from dondoc.programmes.forms.opening import JoinForm, SupersedeForm
from dondoc.programmes.models import Programme
from dondoc.programmes.queries.origins import origins_of
from dondoc.programmes.queries.papers import papers_of, superseded_of, tasks_to_replace
from dondoc.programmes.rules.rights import may_steer
from dondoc.programmes.views.common import head_context, programme_or_404, steered
from dondoc.units import access


@require_safe
def papers(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, programme_or_404(request, pk))


def _page(request: HttpRequest, programme: Programme, status: int = 200, **bound: Any) -> HttpResponse:
    context = {
        **head_context(request, programme, "papers"),
        "papers": papers_of(programme, access.actor(request)),
        "origins": origins_of(programme),
        "superseded": superseded_of(programme),
    }
    if may_steer(access.actor(request), programme):
        context["join_form"] = _join_form(request, programme)
        context["supersede_form"] = _supersede_form(programme)
    return render(request, "programmes/papers.html", {**context, **bound}, status=status)


def _join_form(request: HttpRequest, programme: Programme, data: Any = None) -> JoinForm:
    documents = visible_documents(access.actor(request)).filter(province=programme.province_id, state=DocumentState.READ)
    documents = documents.exclude(pk__in=programme.papers.values("document")).order_by("-uploaded_at")
    return JoinForm(data, documents=documents, today=clock.today())


def _supersede_form(programme: Programme, data: Any = None) -> SupersedeForm | None:
    newer, earlier = tasks_to_replace(programme)
    if not newer or not earlier:
        return None
    return SupersedeForm(data, newer=newer, earlier=earlier, today=clock.today(), prefix="thay")


@require_POST
def join(request: HttpRequest, pk: int) -> HttpResponse:
    programme = steered(request, pk)
    form = _join_form(request, programme, request.POST)
    if form.is_valid() and settled(
        form, lambda: services.join_document(actor=access.actor(request), programme=programme, **form.cleaned_data)
    ):
        messages.success(request, "Đã thêm văn bản vào chương trình")
        return redirect("programmes:papers", pk)
    return _page(request, programme, status=422, join_form=form)


@require_POST
def add_items(request: HttpRequest, pk: int, paper_pk: int) -> HttpResponse:
    programme = programme_or_404(request, pk)
    paper = get_object_or_404(programme.papers.select_related("document"), pk=paper_pk)
    try:
        made = services.add_items(actor=access.actor(request), paper=paper)
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.warning(request, refusal.message)
    else:
        messages.success(request, f"Đã thêm {len(made.tasks)} nhiệm vụ, {len(made.targets)} chỉ tiêu, {len(made.duties)} báo cáo")
    return redirect("programmes:papers", pk)


@require_POST
def supersede(request: HttpRequest, pk: int) -> HttpResponse:
    programme = steered(request, pk)
    form = _supersede_form(programme, request.POST)
    if form is None:
        return redirect("programmes:papers", pk)
    if form.is_valid() and settled(form, lambda: services.supersede(actor=access.actor(request), **form.cleaned_data)):
        messages.success(request, "Đã ghi nhiệm vụ thay thế")
        return redirect("programmes:papers", pk)
    return _page(request, programme, status=422, supersede_form=form)
