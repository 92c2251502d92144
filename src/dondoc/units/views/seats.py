"""Seats and stand-ins, on a person's page."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from dondoc.common import wording
from dondoc.common.forms import attempt
from dondoc.units import queries
from dondoc.units.access import actor
from dondoc.units.forms.people import SeatForm, StandInForm
from dondoc.units.forms.units import EndForm, LastDayForm
from dondoc.units.models import Membership, Person, StandIn
from dondoc.units.services import seats as services
from dondoc.units.views.common import administrator
from dondoc.units.views.units import form_page


def _seat(request: HttpRequest, pk: int) -> Membership:
    units = queries.visible_units(actor(request))
    return get_object_or_404(Membership.objects.select_related("unit", "person"), pk=pk, unit__in=units)


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """A further seat, also for someone of another province who is known by their user name."""
    asking = administrator(request)
    username = (request.POST.get("username") or request.GET.get("ten") or "").strip().lower()
    person = get_object_or_404(Person, username=username)
    form = SeatForm(request.POST or None, actor=asking, initial={"valid_from": asking.on})
    if request.method == "POST" and form.is_valid():
        seat = attempt(form, lambda: services.add_membership(actor=asking, person=person, seat=form.seat_facts()))
        if seat is not None:
            messages.success(request, f"{person.full_name} làm việc ở {seat.unit.name} từ {wording.day(seat.valid_from)}.")
            return redirect("units:person", person.pk)
    facts = {"title": f"Thêm chỗ làm cho {person.full_name}", "submit": "Thêm chỗ làm", "back": "units:people"}
    return form_page(request, form, hidden={"username": person.username}, **facts)


@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, pk: int) -> HttpResponse:
    seat = _seat(request, pk)
    asking = administrator(request)
    form = EndForm(request.POST or None, initial={"on": asking.on})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        attempt(form, lambda: services.end_membership(actor=asking, membership=seat, on=data["on"], reason=data["reason"]))
        if not form.errors:
            messages.success(request, f"{seat.person.full_name} thôi làm việc ở {seat.unit.name} sau {wording.day(data['on'])}.")
            return redirect("units:person", seat.person_id)
    title = f"Kết thúc chỗ làm của {seat.person.full_name} ở {seat.unit.name}"
    return form_page(request, form, title=title, submit="Kết thúc", danger=True, back="units:person", back_pk=seat.person_id)


@require_http_methods(["GET", "POST"])
def add_stand_in(request: HttpRequest, pk: int) -> HttpResponse:
    seat = _seat(request, pk)
    asking = administrator(request)
    form = StandInForm(request.POST or None, actor=asking, membership=seat, initial={"valid_from": asking.on})
    if request.method == "POST" and form.is_valid():
        done = attempt(form, lambda: services.add_stand_in(actor=asking, membership=seat, **form.cleaned_data))
        if done is not None:
            messages.success(
                request, f"{done.person.full_name} thay {seat.person.full_name} đến hết {wording.day(done.valid_to)}."
            )
            return redirect("units:person", seat.person_id)
    title = f"Người thay {seat.person.full_name} ở {seat.unit.name}"
    return form_page(request, form, title=title, submit="Ghi người thay", back="units:person", back_pk=seat.person_id)


@require_http_methods(["GET", "POST"])
def end_stand_in(request: HttpRequest, pk: int, stand_in_pk: int) -> HttpResponse:
    seat = _seat(request, pk)
    asking = administrator(request)
    stand_in = get_object_or_404(StandIn.objects.select_related("membership__unit", "person"), pk=stand_in_pk, membership=seat)
    form = LastDayForm(request.POST or None, initial={"on": asking.on})
    if request.method == "POST" and form.is_valid():
        attempt(form, lambda: services.end_stand_in(actor=asking, stand_in=stand_in, on=form.cleaned_data["on"]))
        if not form.errors:
            messages.success(request, f"{stand_in.person.full_name} thôi thay sau {wording.day(form.cleaned_data['on'])}.")
            return redirect("units:person", seat.person_id)
    title = f"{stand_in.person.full_name} thôi thay {seat.person.full_name}"
    return form_page(request, form, title=title, submit="Ghi ngày", back="units:person", back_pk=seat.person_id)
