"""How a unit hands in its reports, on one page."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from dondoc.common import clock
from dondoc.common.errors import NotAllowed
from dondoc.common.forms import settled
from dondoc.reporting.forms.handing import SubmitterForm
from dondoc.reporting.services import practice as services
from dondoc.reporting.services.handing import wants_leader
from dondoc.units import access, queries
from dondoc.units.models import Person, Unit
from dondoc.units.queries.people import people_of


def _unit(request: HttpRequest, pk: int) -> Unit:
    actor = access.actor(request)
    unit = get_object_or_404(queries.visible_units(actor), pk=pk)
    if not services.may_set(actor, unit):
        raise NotAllowed(services.NOT_THE_LEADER)
    return unit


@require_http_methods(["GET", "HEAD", "POST"])
def practice(request: HttpRequest, pk: int) -> HttpResponse:
    """A POST names somebody who hands in."""
    unit, actor = _unit(request, pk), access.actor(request)
    people = Person.objects.filter(pk__in=people_of(unit, actor.on).order_by().values("person")).order_by("search_text", "pk")
    form = SubmitterForm(request.POST or None, people=people, initial={"valid_from": actor.on})
    if (
        request.method == "POST"
        and form.is_valid()
        and settled(form, lambda: services.name_submitter(actor=actor, unit=unit, **form.cleaned_data))
    ):
        messages.success(request, "Đã phân công người nộp báo cáo")
        return redirect("reporting:practice", pk)
    facts = {
        "unit": unit,
        "form": form,
        "leader_approves": wants_leader(unit),
        "submitters": services.submitters(unit, actor.on),
        "works_here": unit.pk in actor.unit_ids,
    }
    return render(request, "reporting/practice.html", facts, status=422 if form.errors else 200)


@require_POST
def set_practice(request: HttpRequest, pk: int) -> HttpResponse:
    leader_approves = request.POST.get("leader_approves") == "on"
    services.set_practice(actor=access.actor(request), unit=_unit(request, pk), leader_approves=leader_approves, at=clock.now())
    messages.success(request, "Đã ghi cách nộp báo cáo")
    return redirect("reporting:practice", pk)


@require_POST
def end_submitter(request: HttpRequest, pk: int, submitter_pk: int) -> HttpResponse:
    unit = _unit(request, pk)
    row = get_object_or_404(services.submitters(unit, access.actor(request).on), pk=submitter_pk)
    services.end_submitter(actor=access.actor(request), submitter=row)
    messages.success(request, f"{row.person.full_name} thôi nộp báo cáo của đơn vị")
    return redirect("reporting:practice", pk)
