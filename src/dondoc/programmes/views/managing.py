"""What a programme is called, who leads and who sees it; its end, and opening it again."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import F
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from dondoc.common import clock
from dondoc.common.forms import settled
from dondoc.programmes import services
from dondoc.programmes.enums import ProgrammeState
from dondoc.programmes.forms.managing import CloseProgrammeForm, ProgrammeForm, ReopenProgrammeForm
from dondoc.programmes.models import Programme
from dondoc.programmes.queries.programmes import open_tasks
from dondoc.programmes.rules.rights import may_steer
from dondoc.programmes.views.common import head_context, programme_or_404, steered
from dondoc.units import access
from dondoc.units.models import Unit
from dondoc.units.queries import valid_on

_LISTED = 10


@require_http_methods(["GET", "HEAD", "POST"])
def information(request: HttpRequest, pk: int) -> HttpResponse:
    """The facts; for the giver a form."""
    if request.method != "POST":
        return _page(request, programme_or_404(request, pk))
    programme = steered(request, pk)
    form = _form(request, programme, request.POST)
    facts: dict[str, Any] = {"actor": access.actor(request), "programme": programme, "at": clock.now()}
    if form.is_valid() and settled(form, lambda: services.edit_programme(facts=form.facts(), **facts)):
        messages.success(request, "Đã ghi thông tin chương trình")
        return redirect("programmes:information", pk)
    return _page(request, programme, status=422, form=form)


@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    form = CloseProgrammeForm(request.POST, today=clock.today(), prefix="dong")
    return _changed(request, pk, form, "close_form", services.close_programme, "Đã kết thúc chương trình")


@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    form = ReopenProgrammeForm(request.POST, prefix="mo")
    return _changed(request, pk, form, "reopen_form", services.reopen_programme, "Đã mở lại chương trình")


def _changed(request: HttpRequest, pk: int, form: Form, name: str, service: Callable[..., Any], said: str) -> HttpResponse:
    programme = steered(request, pk)
    facts: dict[str, Any] = {"actor": access.actor(request), "programme": programme, "at": clock.now()}
    if form.is_valid() and settled(form, lambda: service(**facts, **form.cleaned_data)):
        messages.success(request, said)
        return redirect("programmes:information", pk)
    return _page(request, programme, status=422, **{name: form})


def _form(request: HttpRequest, programme: Programme, data: Any = None) -> ProgrammeForm:
    units = Unit.objects.filter(valid_on(access.actor(request).on), province=programme.province_id)
    units = units | Unit.objects.filter(pk=programme.lead_unit_id or 0)
    return ProgrammeForm(data, programme=programme, units=units.order_by("kind", "search_text"))


def _page(request: HttpRequest, programme: Programme, *, status: int = 200, **bound: Any) -> HttpResponse:
    today = clock.today()
    left = open_tasks(programme, today)
    context = {
        **head_context(request, programme, "information"),
        "open_tasks": left.order_by(F("last_ok_on").asc(nulls_last=True), "position")[:_LISTED],
        "open_count": left.count(),
        "restricted_to": programme.restricted_to.all(),
    }
    if may_steer(access.actor(request), programme):
        if programme.state == ProgrammeState.CLOSED:
            context["reopen_form"] = ReopenProgrammeForm(prefix="mo")
        else:
            context["form"] = _form(request, programme)
            context["close_form"] = CloseProgrammeForm(today=today, prefix="dong")
    return render(request, "programmes/information.html", {**context, **bound}, status=status)
