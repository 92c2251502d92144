"""To record what one unit says for one period, to look at what was said, and the giver's word on it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dondoc.common import clock, wording
from dondoc.common.errors import NotAllowed, Refused
from dondoc.common.forms import settled
from dondoc.documents.places import name_of, url_of
from dondoc.files.services import kept
from dondoc.files.views import hand_out
from dondoc.programmes.forms.targets import FigureForm, MeasureForm, SendBackForm
from dondoc.programmes.models import Measurement, Programme, Target
from dondoc.programmes.queries.targets import Asked, asked_one
from dondoc.programmes.queries.targets_entry import (
    chain_of,
    held_for,
    measurable_by,
    shares_of,
    span_chosen,
    spans_to_enter,
    takes_any_day,
    with_reviews,
)
from dondoc.programmes.rules.rights import may_report, may_steer
from dondoc.programmes.rules.targets_periods import Span
from dondoc.programmes.services import targets_measuring, targets_reviewing
from dondoc.programmes.services.targets_measuring import NOT_MEASURING, Clash, Faulty
from dondoc.programmes.views.common import head_context, programme_or_404
from dondoc.programmes.views.target import target_or_404
from dondoc.programmes.wording_targets import figure_badge, figure_words, parts_words
from dondoc.units import access
from dondoc.units.models import Unit


@require_http_methods(["GET", "HEAD", "POST"])
def measure(request: HttpRequest, pk: int, target_pk: int) -> HttpResponse:
    """One number for one unit and period; the period and unit are chosen in the address."""
    programme = programme_or_404(request, pk)
    row = target_or_404(programme, target_pk)
    actor, today = access.actor(request), clock.today()
    span = span_chosen(row, wording.read_day(request.GET.get("ky", "")), today)
    units = measurable_by(actor, row, span.ends_on if span else today)
    if not units:
        raise NotAllowed(NOT_MEASURING)
    unit = next((one for one in units if str(one.pk) == request.GET.get("don-vi")), None) or _likely(units, actor.unit_ids)
    asked = asked_one(row, today)
    if span is None or unit is None:
        return _measure_page(request, programme, asked, span, units, None, None)
    form = _measure_form(request, asked, unit, span)
    if request.method == "POST" and form.is_valid() and _recorded(request, asked.target, unit, span, form):
        messages.success(request, f"Đã ghi số đo {span.name} của {unit.name}")
        return redirect("programmes:target", pk, target_pk)
    return _measure_page(request, programme, asked, span, units, unit, form)


def _likely(units: list[Unit], own: frozenset[int]) -> Unit | None:
    """The person's own unit, or the only one there is."""
    mine = [unit for unit in units if unit.pk in own]
    return mine[0] if mine else units[0] if len(units) == 1 else None


def _measure_form(request: HttpRequest, asked: Asked, unit: Unit, span: Span) -> MeasureForm:
    standing = held_for(asked.target, span.ends_on, [unit]).get(unit.pk)
    giver = may_steer(access.actor(request), asked.target.programme)
    return MeasureForm(
        request.POST or None,
        request.FILES or None,
        target=asked.target,
        measure=asked.measure,
        standing=standing.measurement if standing else None,
        today=clock.today(),
        giver=giver,
    )


def _recorded(request: HttpRequest, row: Target, unit: Unit, span: Span, form: MeasureForm) -> bool:
    """Call the service; what it refuses stands at its field, and after a clash the next try is told apart from it."""
    facts = form.cleaned_data
    upload = facts.get("evidence")
    actor = access.actor(request)
    plain = form.entry()
    try:
        with kept(upload, actor) as stored:
            targets_measuring.record(
                actor=actor,
                target=row,
                unit=unit,
                span=span,
                entry=replace(plain, evidence=stored),
                seen=facts.get("seen"),
                at=clock.now(),
                reason=facts.get("reason", ""),
                accept_it=facts.get("accept_it", False),
            )
    except NotAllowed:
        raise
    except Refused as refusal:
        say(form, refusal)
        return False
    return True


def say(form: FigureForm, refusal: Refused) -> None:
    """Each fault at its field; after a clash the form knows the row that it met."""
    if isinstance(refusal, Faulty):
        for fault in refusal.faults:
            form.add_error(_field(form, fault.field), fault.message)
        return
    form.add_error(_field(form, refusal.field), refusal.message)
    if isinstance(refusal, Clash):
        typed: Any = form.data
        form.data = typed = typed.copy()
        typed[form.add_prefix("seen")] = str(refusal.standing.pk)


def _field(form: FigureForm, name: str) -> str | None:
    if name == "value" and name not in form.fields:
        return "numerator"
    return name if name in form.fields else None


def _measure_page(
    request: HttpRequest,
    programme: Programme,
    asked: Asked,
    span: Span | None,
    units: list[Unit],
    unit: Unit | None,
    form: MeasureForm | None,
) -> HttpResponse:
    row = asked.target
    context: dict[str, Any] = {
        **head_context(request, programme, "targets"),
        "target": row,
        "asked": asked,
        "span": span,
        "spans": spans_to_enter(row, clock.today()),
        "any_day": takes_any_day(row),
        "units": units,
        "unit": unit,
        "form": form,
        "source": name_of(row.item),
        "source_url": url_of(row.item),
    }
    if span and unit and form:
        standing = held_for(row, span.ends_on, [unit]).get(unit.pk)
        context |= {
            "standing": standing,
            "standing_words": figure_words(standing.measurement, asked.measure) if standing else "",
            "standing_badge": figure_badge(standing.state) if standing else None,
            "share": shares_of(row, span.ends_on, clock.today()).get(unit.pk),
            "needs_reason": bool(standing and not standing.is_returned),
            "on_behalf": unit.pk not in access.actor(request).unit_ids,
        }
    return render(request, "programmes/target_measure.html", context, status=422 if form and form.errors else 200)


@require_safe
def measurement(request: HttpRequest, pk: int, target_pk: int, measurement_pk: int) -> HttpResponse:
    """What a unit said for a period: every row of it, every word of the giver, and the evidence."""
    programme = programme_or_404(request, pk)
    return _measurement_page(request, programme, _measurement_or_404(programme, target_pk, measurement_pk))


def _measurement_or_404(programme: Programme, target_pk: int, pk: int) -> Measurement:
    rows = with_reviews(Measurement.objects.filter(target__programme=programme, target=target_pk))
    return get_object_or_404(rows.select_related("target__item", "target__programme__lead_unit"), pk=pk)


def _measurement_page(
    request: HttpRequest, programme: Programme, row: Measurement, *, form: SendBackForm | None = None
) -> HttpResponse:
    actor = access.actor(request)
    chain = chain_of(row)
    asked = asked_one(row.target, clock.today())
    giver = may_steer(actor, programme)
    newest = chain[0]
    context = {
        **head_context(request, programme, "targets"),
        "target": asked.target,
        "asked": asked,
        "unit": row.unit,
        "span": Span(row.period_to, row.period_from),
        "lines": [
            (
                one,
                figure_words(one.measurement, asked.measure),
                parts_words(one.measurement.numerator, one.measurement.denominator),
            )
            for one in chain
        ],
        "newest": newest,
        "badge": figure_badge(newest.state),
        "giver": giver,
        "may_correct": giver or may_report(actor, [row.unit_id]),
        "form": form or SendBackForm(),
        "source": name_of(row.target.item),
        "source_url": url_of(row.target.item),
    }
    return render(request, "programmes/target_measurement.html", context, status=422 if form else 200)


@require_POST
def accept(request: HttpRequest, pk: int, target_pk: int) -> HttpResponse:
    """The giver accepts the ticked rows."""
    programme = programme_or_404(request, pk)
    row = target_or_404(programme, target_pk)
    wanted = [int(value) for value in request.POST.getlist("measurements") if value.isdecimal()]
    if not wanted:
        messages.warning(request, "Chọn số đo để duyệt.")
    else:
        _said(
            request,
            lambda: targets_reviewing.accept(
                actor=access.actor(request), target=row, measurements=wanted, at=clock.now(), happened_on=clock.today()
            ),
        )
    return redirect(back(request, pk, target_pk))


def _said(request: HttpRequest, act: Callable[[], int]) -> None:
    try:
        count = act()
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.warning(request, refusal.message)
    else:
        messages.success(request, f"Đã duyệt {count} số đo" if count else "Các số này đã duyệt từ trước")


def back(request: HttpRequest, pk: int, target_pk: int) -> str:
    """The grid of the period where the form came from there, else the target's page."""
    day: date | None = wording.read_day(request.POST.get("ky", ""))
    name = "programmes:grid" if day and request.POST.get("tu") == "bang" else "programmes:target"
    return reverse(name, args=[pk, target_pk]) + (f"?ky={day}" if day else "")


@require_POST
def send_back(request: HttpRequest, pk: int, target_pk: int, measurement_pk: int) -> HttpResponse:
    programme = programme_or_404(request, pk)
    row = _measurement_or_404(programme, target_pk, measurement_pk)
    form = SendBackForm(request.POST)
    actor = access.actor(request)
    if form.is_valid() and settled(
        form,
        lambda: targets_reviewing.send_back(
            actor=actor, measurement=row, at=clock.now(), happened_on=clock.today(), **form.cleaned_data
        ),
    ):
        messages.success(request, f"Đã trả lại số đo của {row.unit.name}")
        return redirect("programmes:target", pk, target_pk)
    return _measurement_page(request, programme, row, form=form)


@require_safe
def evidence(request: HttpRequest, pk: int, target_pk: int, measurement_pk: int) -> FileResponse:
    """The file that came with a measurement, for those who may see the programme."""
    programme = programme_or_404(request, pk)
    rows = Measurement.objects.filter(target__programme=programme, target=target_pk, evidence__isnull=False)
    row = get_object_or_404(rows.select_related("evidence"), pk=measurement_pk)
    assert row.evidence is not None  # noqa: S101 - the query asks for it
    return hand_out(row.evidence, inline=True)
